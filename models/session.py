"""The only door to onnxruntime: a session from bytes, checked against the contract of an anomaly model.

The contract: input `image` uint8 (1, H, W, 3) RGB of fixed size; outputs `anomaly_map` float32 (1, h, w) and `score`
float32 (1,), both growing with abnormality. A `Network` keeps no contract: whatever goes in comes out as float32.
"""

import os
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol

import numpy as np
import numpy.typing as npt
import onnxruntime as ort
from onnxruntime.capi import onnxruntime_pybind11_state as ort_state

from models.decoders.boxes import Detections
from models.errors import ModelError

MAX_MODEL_BYTES = 512 << 20
MAX_SIDE_PX = 8192
CPU = "CPUExecutionProvider"
PREFERRED_PROVIDERS = ("TensorrtExecutionProvider", "CUDAExecutionProvider", CPU)
"""Best first; a machine uses those of them that its onnxruntime was built with."""
WARM_UP_RUNS = 3
BENCH_RUNS = 15
MAX_THREADS = 16
THREAD_GAIN = 1.25
"""How much quicker twice the threads must be to be worth their processors."""
SEVERITY_WARNING = 2
SEVERITY_ERROR = 3
"""onnxruntime's log levels: warnings while a model is loaded, once; only errors while it runs, part after part."""

_ORT_ERRORS: tuple[type[Exception], ...] = (
    RuntimeError,
    ValueError,
    *(kind for kind in vars(ort_state).values() if isinstance(kind, type) and issubclass(kind, Exception)),
)
"""Its exceptions share no base class of their own."""


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """What the model computed: `score`, and `anomaly_map` of shape (h, w) float32 on the same scale, both finite.

    `found` is what a model from elsewhere detects, in the pixels of its input; such a model has a map of shape (0, 0).
    """

    score: float
    anomaly_map: npt.NDArray[np.float32]
    found: Detections | None = None


class Judging(Protocol):
    """A model loaded and ready, whatever it is."""

    @property
    def width(self) -> int:
        """Of the picture it takes, in pixels."""

    @property
    def height(self) -> int:
        """Of the picture it takes, in pixels."""

    def run(self, image: npt.NDArray[np.uint8]) -> Answer:
        """Judge one picture of shape (1, height, width, 3) uint8 RGB. Raises `ModelError`."""

    def warm_up(self) -> None:
        """Run until memory is laid out and kernels are chosen. Raises `ModelError`."""


@dataclass(frozen=True, slots=True, eq=False)
class Session:
    """A loaded model. Immutable; `run` may be called from any thread.

    Attributes
    ----------
    width, height
        Of the input, in pixels.
    threads
        Threads that one run uses.
    providers
        What the model really runs on, best first.
    notices
        What the person who runs the station should know: a provider that was asked for and is not used.
    """

    width: int
    height: int
    threads: int
    providers: tuple[str, ...]
    notices: tuple[str, ...]
    ort_session: ort.InferenceSession

    @classmethod
    def load(cls, data: bytes, *, threads: int = 1, providers: Sequence[str] | None = None) -> "Session":
        """Make a session from the bytes of a model file. Slow: never on the thread that judges parts.

        From bytes, onnxruntime has no folder to look in and refuses tensors kept in other files.

        Parameters
        ----------
        data
            The whole ONNX file.
        threads
            Threads of one run; see `choose_threads`.
        providers
            Execution providers to ask for, best first; by default the best of this machine. The CPU always comes last.

        Raises
        ------
        ModelError
            If the bytes are too many, no ONNX model, or a model that does not keep the contract.
        """
        session, notices = _opened(data, threads, providers)
        width, height = _input_size(session)
        _check_outputs(session)
        return cls(width, height, threads, tuple(session.get_providers()), notices, session)

    def run(self, image: npt.NDArray[np.uint8]) -> Answer:
        """Judge one picture of shape (1, height, width, 3) uint8 RGB.

        Raises
        ------
        ModelError
            If the model fails, or answers with anything but finite numbers: never good.
        """
        try:
            anomaly_map, score = self.ort_session.run(["anomaly_map", "score"], {"image": image}, _RUN_OPTIONS)
        except _ORT_ERRORS as error:
            raise ModelError(f"the model failed: {_first_line(error)}") from error
        if anomaly_map.ndim != 3 or anomaly_map.shape[0] != 1 or anomaly_map.size == 0 or score.size != 1:
            raise ModelError(
                f"the model answered with anomaly_map {anomaly_map.shape} and score {score.shape}, "
                "(1, h, w) and (1,) are needed"
            )
        value = float(score.reshape(()))
        if not (np.isfinite(value) and np.isfinite(anomaly_map).all()):
            raise ModelError("the model answered with a number that is not finite; learn it again or deploy another")
        return Answer(value, anomaly_map[0])

    def warm_up(self, runs: int = WARM_UP_RUNS) -> None:
        """Run on a grey picture until memory is laid out and kernels are chosen. Raises `ModelError` as `run` does."""
        image = np.full((1, self.height, self.width, 3), 128, dtype=np.uint8)
        for _ in range(runs):
            self.run(image)


@dataclass(frozen=True, slots=True)
class Tensor:
    """Name, type as onnxruntime writes it ("tensor(float)") and shape of an input or output; None where a side is free."""

    name: str
    type: str
    shape: tuple[int | None, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """A loaded model of any inputs and outputs. Immutable; `run` may be called from any thread.

    Attributes
    ----------
    metadata
        What whoever exported the model wrote into it (`metadata_props`).
    """

    inputs: tuple[Tensor, ...]
    outputs: tuple[Tensor, ...]
    metadata: Mapping[str, str]
    threads: int
    providers: tuple[str, ...]
    notices: tuple[str, ...]
    ort_session: ort.InferenceSession

    @classmethod
    def load(cls, data: bytes, *, threads: int = 1, providers: Sequence[str] | None = None) -> "Network":
        """Make a session from the bytes of a model file, as `Session.load` does, whatever it takes and gives.

        Raises
        ------
        ModelError
            If the bytes are too many or no ONNX model.
        """
        session, notices = _opened(data, threads, providers)
        return cls(
            tuple(_tensor(one) for one in session.get_inputs()),
            tuple(_tensor(one) for one in session.get_outputs()),
            MappingProxyType(dict(session.get_modelmeta().custom_metadata_map)),
            threads,
            tuple(session.get_providers()),
            notices,
            session,
        )

    def run(
        self, name: str, tensor: npt.NDArray[np.uint8] | npt.NDArray[np.float32], outputs: Sequence[str]
    ) -> list[npt.NDArray[np.float32]]:
        """Return the named outputs for the tensor at the input `name`.

        Raises
        ------
        ModelError
            If the model fails, or answers with anything but finite numbers.
        """
        return self.run_all({name: tensor}, outputs)

    def run_all(
        self, tensors: Mapping[str, npt.NDArray[np.uint8] | npt.NDArray[np.float32]], outputs: Sequence[str]
    ) -> list[npt.NDArray[np.float32]]:
        """Return the named outputs for tensors by the names of their inputs. Raises `ModelError` as `run` does."""
        try:
            answers = self.ort_session.run(list(outputs), dict(tensors), _RUN_OPTIONS)
        except _ORT_ERRORS as error:
            raise ModelError(f"the model failed: {_first_line(error)}") from error
        return [_finite(name, answer) for name, answer in zip(outputs, answers, strict=True)]


def _finite(name: str, answer: object) -> npt.NDArray[np.float32]:
    """Return an output as float32. Raises `ModelError` if it is none, or not finite; the extremes carry every NaN."""
    if not isinstance(answer, np.ndarray) or answer.dtype.kind not in "fiu":
        raise ModelError(f"the model's output {name} holds no numbers")
    values = np.asarray(answer, dtype=np.float32)
    if values.size and not (np.isfinite(values.min()) and np.isfinite(values.max())):
        raise ModelError(f"the model's output {name} holds a number that is not finite; deploy another version")
    return values


def _tensor(one: ort.NodeArg) -> Tensor:
    return Tensor(one.name, one.type, tuple(side if isinstance(side, int) else None for side in one.shape))


def _opened(data: bytes, threads: int, providers: Sequence[str] | None) -> tuple[ort.InferenceSession, tuple[str, ...]]:
    """Return a session, and what there is to say of its providers. Raises `ModelError`."""
    if len(data) > MAX_MODEL_BYTES:
        raise ModelError(f"the model file has {len(data)} bytes, {MAX_MODEL_BYTES} are allowed")
    available = ort.get_available_providers()
    asked = tuple(providers) if providers is not None else tuple(p for p in PREFERRED_PROVIDERS if p in available)
    usable = [*(p for p in asked if p in available and p != CPU), CPU]
    try:
        session = ort.InferenceSession(data, _options(threads), providers=usable)
    except _ORT_ERRORS as error:
        raise ModelError(f"the model file cannot be loaded: {_first_line(error)}; deploy another version") from error
    chosen = tuple(session.get_providers())
    notices = tuple(
        f"{provider} was asked for and is not used; the model runs on {chosen[0]}"
        for provider in asked
        if provider not in chosen
    )
    return session, notices


@dataclass(frozen=True, slots=True, eq=False)
class FeatureSession:
    """A loaded network that is no anomaly model yet: one `image` in, one float32 tensor out."""

    ort_session: ort.InferenceSession

    @classmethod
    def load(cls, data: bytes, *, threads: int) -> "FeatureSession":
        """Make a session on the CPU from the bytes of a network. Raises `ModelError` if they are none."""
        try:
            return cls(ort.InferenceSession(data, _options(threads), providers=[CPU]))
        except _ORT_ERRORS as error:
            raise ModelError(f"the network cannot be loaded: {_first_line(error)}") from error

    def run(self, image: npt.NDArray[np.uint8] | npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """Return the network's one output for one picture. Raises `ModelError` if the network fails."""
        try:
            (output,) = self.ort_session.run(None, {"image": image}, _RUN_OPTIONS)
        except _ORT_ERRORS as error:
            raise ModelError(f"the network failed: {_first_line(error)}") from error
        return np.asarray(output, dtype=np.float32)


def _contract(data: bytes, threads: int) -> Judging:
    return Session.load(data, threads=threads)


def choose_threads(
    data: bytes, processors: int | None = None, load: Callable[[bytes, int], Judging] = _contract
) -> int:
    """Return how many threads a run of this model should use on this machine, by trying.

    One processor is left to the camera, the journal and the PLC, so that no thread of a run waits for them while the
    others wait for it: on two processors the answer is 1 without a trial. Beyond that, threads are doubled as long as
    the 90th percentile of a run becomes quicker by `THREAD_GAIN`: fewer are steadier and leave more to others.

    Raises
    ------
    ModelError
        As `Session.load` and `Session.run`.
    """
    spare = (processors if processors is not None else len(os.sched_getaffinity(0))) - 1
    best, best_s = 1, 0.0
    threads = 2
    while threads <= min(spare, MAX_THREADS):
        best_s = best_s or _run_s(load(data, best))
        this_s = _run_s(load(data, threads))
        if best_s < THREAD_GAIN * this_s:
            break
        best, best_s, threads = threads, this_s, 2 * threads
    return best


def _run_s(session: Judging) -> float:
    session.warm_up()
    image = np.full((1, session.height, session.width, 3), 128, dtype=np.uint8)
    times_s = []
    for _ in range(BENCH_RUNS):
        begin = time.perf_counter()
        session.run(image)
        times_s.append(time.perf_counter() - begin)
    return statistics.quantiles(times_s, n=10)[-1]


def _run_options() -> ort.RunOptions:
    options = ort.RunOptions()
    options.log_severity_level = SEVERITY_ERROR
    return options


_RUN_OPTIONS = _run_options()


def _options(threads: int) -> ort.SessionOptions:
    options = ort.SessionOptions()
    options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_ENABLE_ALL
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.execution_mode = ort.ExecutionMode.ORT_SEQUENTIAL
    options.log_severity_level = SEVERITY_WARNING
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # spinning burns what the journal needs
    return options


def _input_size(session: ort.InferenceSession) -> tuple[int, int]:
    """Return width and height of the input. Raises `ModelError` if it is not the contract's."""
    inputs = session.get_inputs()
    if [one.name for one in inputs] != ["image"]:
        raise ModelError(f"the model's inputs are {[one.name for one in inputs]}, one named 'image' is needed")
    shape = inputs[0].shape
    fixed = len(shape) == 4 and all(isinstance(side, int) and 0 < side <= MAX_SIDE_PX for side in shape)
    if inputs[0].type != "tensor(uint8)" or not fixed or shape[0] != 1 or shape[3] != 3:
        raise ModelError(
            f"the model's input is {inputs[0].type} {shape}, tensor(uint8) [1, height, width, 3] of fixed size is needed"
        )
    return int(shape[2]), int(shape[1])


def _check_outputs(session: ort.InferenceSession) -> None:
    """Raise `ModelError` unless the outputs are the contract's."""
    outputs = {one.name: one.type for one in session.get_outputs()}
    for name in ("anomaly_map", "score"):
        if outputs.get(name) != "tensor(float)":
            raise ModelError(f"the model's outputs are {outputs}, tensor(float) 'anomaly_map' and 'score' are needed")


def _first_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0][:300]
