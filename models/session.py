"""The only door to onnxruntime: a session from bytes, checked against the contract of an anomaly model.

The contract: input `image` uint8 (1, H, W, 3) RGB of fixed size; outputs `anomaly_map` float32 (1, h, w) and `score`
float32 (1,), both growing with abnormality. A `Network` keeps no contract: whatever goes in comes out as float32.
"""

import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import onnxruntime as ort
from onnxruntime.capi import onnxruntime_pybind11_state as ort_state

from models.decoders.boxes import Detections
from models.errors import ModelError
from models.providers import CPU_NAME, Provider, asked_for, name_of, package_of

MAX_MODEL_BYTES = 512 << 20
MAX_SIDE_PX = 8192
WARM_UP_RUNS = 3
SEVERITY_WARNING = 2
SEVERITY_ERROR = 3
"""onnxruntime's log levels: warnings while a model is loaded, once; only errors while it runs, part after part."""

_ORT_ERRORS: tuple[type[Exception], ...] = (
    RuntimeError,
    ValueError,
    *(kind for kind in vars(ort_state).values() if isinstance(kind, type) and issubclass(kind, Exception)),
)
"""Its exceptions share no base class of their own."""
IN_8_BITS = ("Conv", "Clip", "Relu", "Add", "MaxPool", "AveragePool")
"""Operators worth it: convolutions, and what stands between them. Distances of an anomaly head in 8 bits would mean nothing."""
_QUANTIZE_ERRORS: tuple[type[Exception], ...] = (*_ORT_ERRORS, OSError, LookupError, TypeError, AttributeError)
"""What its quantization, written in Python, raises on a graph that it does not understand."""


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """What the model computed: `score`, and `anomaly_map` of shape (h, w) float32 on the same scale, both finite.

    `found` is what a model from elsewhere detects, in the pixels of its input; such a model has a map of shape (0, 0).
    `class_name` is what a classifier takes the whole picture for, were it bad.
    """

    score: float
    anomaly_map: npt.NDArray[np.float32]
    found: Detections | None = None
    class_name: str = ""


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
    runs_on
        What the model really runs on: onnxruntime's name of each provider → how many of its operators.
    """

    width: int
    height: int
    threads: int
    runs_on: Mapping[str, int]
    ort_session: ort.InferenceSession

    @classmethod
    def load(cls, data: bytes, *, threads: int = 1, provider: Provider = Provider.CPU) -> "Session":
        """Make a session from the bytes of a model file. Slow: never on the thread that judges parts.

        From bytes, onnxruntime has no folder to look in and refuses tensors kept in other files.

        Parameters
        ----------
        data
            The whole ONNX file.
        threads
            Threads of one run; see `models.threads`.
        provider
            What to run it on.

        Raises
        ------
        ModelError
            If the bytes are too many, no ONNX model, or a model that does not keep the contract; or if the provider is not there,
            or leaves the model to another one.
        """
        session, runs_on = _opened(data, threads, provider)
        width, height = _input_size(session)
        _check_outputs(session)
        return cls(width, height, threads, runs_on, session)

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

    def bare(self, image: npt.NDArray[np.uint8]) -> Callable[[], object]:
        """Return the run of onnxruntime alone on a picture as `run` takes it, for comparison."""
        return lambda: self.ort_session.run(["anomaly_map", "score"], {"image": image}, _RUN_OPTIONS)

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
    runs_on: Mapping[str, int]
    ort_session: ort.InferenceSession

    @classmethod
    def load(cls, data: bytes, *, threads: int = 1, provider: Provider = Provider.CPU) -> "Network":
        """Make a session from the bytes of a model file, as `Session.load` does, whatever it takes and gives.

        Raises
        ------
        ModelError
            If the bytes are too many or no ONNX model, or the provider cannot be used.
        """
        session, runs_on = _opened(data, threads, provider)
        return cls(
            tuple(_tensor(one) for one in session.get_inputs()),
            tuple(_tensor(one) for one in session.get_outputs()),
            MappingProxyType(dict(session.get_modelmeta().custom_metadata_map)),
            threads,
            runs_on,
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

    def bare(self, tensors: Mapping[str, npt.NDArray[Any]], outputs: Sequence[str]) -> Callable[[], object]:
        """Return the run of onnxruntime alone on tensors by the names of their inputs, for comparison."""
        return lambda: self.ort_session.run(list(outputs), dict(tensors), _RUN_OPTIONS)

    def run_all(self, tensors: Mapping[str, npt.NDArray[Any]], outputs: Sequence[str]) -> list[npt.NDArray[np.float32]]:
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


def available() -> tuple[str, ...]:
    """Return onnxruntime's names of the providers it has here."""
    return tuple(ort.get_available_providers())


def _opened(data: bytes, threads: int, provider: Provider) -> tuple[ort.InferenceSession, Mapping[str, int]]:
    """Return a session, and how many operators run on which provider; never on another one than wanted. Raises `ModelError`."""
    if len(data) > MAX_MODEL_BYTES:
        raise ModelError(f"the model file has {len(data)} bytes, {MAX_MODEL_BYTES} are allowed")
    wanted = name_of(provider)
    if wanted not in available():
        raise ModelError(
            f'model.provider = "{provider}" needs {wanted}, and the onnxruntime here has {", ".join(available())}; install '
            f'{package_of(provider)} in the place of onnxruntime, or write provider = "cpu"'
        )
    options = _options(threads)
    options.add_session_config_entry("session.record_ep_graph_assignment_info", "1")
    try:
        session = ort.InferenceSession(data, options, providers=asked_for(provider, threads), enable_fallback=0)
    except _ORT_ERRORS as error:
        on = "" if provider is Provider.CPU else f' with model.provider = "{provider}"'
        raise ModelError(
            f"the model file cannot be loaded{on}: {_first_line(error)}; deploy another version"
        ) from error
    placed = Counter[str]()
    for subgraph in session.get_provider_graph_assignment_info():
        placed[subgraph.ep_name] += len(subgraph.get_nodes())
    if wanted not in session.get_providers() or (placed and not placed[wanted]):
        raise ModelError(
            f'model.provider = "{provider}": {wanted} is not used, the model would run on {", ".join(session.get_providers())}; '
            f'see what onnxruntime says above of its libraries, or write provider = "cpu"'
        )
    return session, MappingProxyType(dict(placed))


def in_8_bits(data: bytes, feeds: Iterable[Mapping[str, npt.NDArray[Any]]]) -> bytes:
    """Return a model with weights and values in 8 bits (static quantization, QDQ).

    Parameters
    ----------
    data
        The ONNX file.
    feeds
        Inputs by name, which the ranges of its values are taken from.

    Raises
    ------
    ModelError
        If onnxruntime cannot quantize it.
    """
    # Loaded when asked for: it brings all of onnx with it, which no part of the line needs.
    from onnxruntime.quantization import QuantFormat, QuantType, quantize_static  # noqa: PLC0415
    from onnxruntime.quantization.shape_inference import quant_pre_process  # noqa: PLC0415

    with tempfile.TemporaryDirectory(prefix="quantize-") as name:
        plain, prepared, made = (Path(name) / f"{step}.onnx" for step in ("plain", "prepared", "made"))
        plain.write_bytes(data)
        try:
            quant_pre_process(str(plain), str(prepared), skip_symbolic_shape=True)
            quantize_static(
                str(prepared),
                str(made),
                _Feeds(iter(feeds)),
                quant_format=QuantFormat.QDQ,
                op_types_to_quantize=list(IN_8_BITS),
                per_channel=True,
                activation_type=QuantType.QUInt8,
                weight_type=QuantType.QInt8,
            )
            return made.read_bytes()
        except _QUANTIZE_ERRORS as error:
            raise ModelError(f"the model cannot be quantized: {_first_line(error)}") from error


@dataclass(frozen=True, slots=True)
class _Feeds:
    """What `quantize_static` reads its inputs from: a `CalibrationDataReader` by its one method."""

    left: Iterator[Mapping[str, npt.NDArray[Any]]]

    def get_next(self) -> Mapping[str, npt.NDArray[Any]] | None:
        """Return the inputs of the next picture, None after the last."""
        return next(self.left, None)


@dataclass(frozen=True, slots=True, eq=False)
class FeatureSession:
    """A loaded network that is no anomaly model yet: one `image` in, one float32 tensor out."""

    ort_session: ort.InferenceSession

    @classmethod
    def load(cls, data: bytes, *, threads: int) -> "FeatureSession":
        """Make a session on the CPU from the bytes of a network. Raises `ModelError` if they are none."""
        try:
            return cls(ort.InferenceSession(data, _options(threads), providers=[CPU_NAME]))
        except _ORT_ERRORS as error:
            raise ModelError(f"the network cannot be loaded: {_first_line(error)}") from error

    def run(self, image: npt.NDArray[np.uint8] | npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """Return the network's one output for one picture. Raises `ModelError` if the network fails."""
        try:
            (output,) = self.ort_session.run(None, {"image": image}, _RUN_OPTIONS)
        except _ORT_ERRORS as error:
            raise ModelError(f"the network failed: {_first_line(error)}") from error
        return np.asarray(output, dtype=np.float32)


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
