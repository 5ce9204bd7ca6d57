import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import foreign
import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from models import session as session_module
from models.errors import ModelError
from models.providers import Provider, asked_for, name_of
from models.session import Network, Session

ModelOf = Callable[..., onnx.ModelProto]


def answering(score: float, map_shape: tuple[int, ...] = (1, 4, 4), score_shape: tuple[int, ...] = (1,)) -> bytes:
    """Return a model that always gives the same answer, whatever shape it declares."""
    constants = [
        numpy_helper.from_array(np.full(map_shape, score, dtype=np.float32), "map"),
        numpy_helper.from_array(np.full(score_shape, score, dtype=np.float32), "value"),
    ]
    nodes = [
        helper.make_node("Shape", ["image"], ["unused"]),
        helper.make_node("Identity", ["map"], ["anomaly_map"]),
        helper.make_node("Identity", ["value"], ["score"]),
    ]
    outputs = [
        helper.make_tensor_value_info("anomaly_map", TensorProto.FLOAT, None),
        helper.make_tensor_value_info("score", TensorProto.FLOAT, None),
    ]
    image = helper.make_tensor_value_info("image", TensorProto.UINT8, [1, 8, 8, 3])
    graph = helper.make_graph(nodes, "constant", [image], outputs, constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)
    return bytes(model.SerializeToString())


def test_answers_with_a_map_and_a_score(grey_model: bytes) -> None:
    session = Session.load(grey_model)
    image = np.full((1, 48, 64, 3), 128, dtype=np.uint8)
    image[0, 8:12, 16:20] = 228
    answer = session.run(image)
    assert (session.width, session.height, session.threads) == (64, 48, 1)
    assert answer.score == 100.0
    assert answer.anomaly_map.shape == (12, 16)
    assert answer.anomaly_map[2, 4] == 100.0
    assert np.count_nonzero(answer.anomaly_map) == 1


@pytest.mark.parametrize("data", [b"", b"not a model at all", b"\x89PNG\r\n\x1a\n" + bytes(2000), b"PK\x03\x04" * 50])
def test_what_is_no_onnx_file_is_refused(data: bytes) -> None:
    with pytest.raises(ModelError, match=r"the model file cannot be loaded: .*; deploy another version"):
        Session.load(data)


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9, 0.99])
def test_a_truncated_model_is_refused(grey_model: bytes, kept: float) -> None:
    with pytest.raises(ModelError):
        Session.load(grey_model[: int(len(grey_model) * kept)])


def test_tensors_in_other_files_are_refused(tmp_path: Path, model_of: ModelOf, monkeypatch: pytest.MonkeyPatch) -> None:
    model = model_of(np.full((48, 64, 3), 128))
    path = tmp_path / "model.onnx"
    onnx.save_model(model, path, save_as_external_data=True, location="weights.bin", size_threshold=16)
    assert (tmp_path / "weights.bin").is_file()
    monkeypatch.chdir(tmp_path)  # even where the other file could be found
    with pytest.raises(ModelError, match="cannot be loaded"):
        Session.load(path.read_bytes())


def test_an_unknown_operator_is_refused(grey_model: bytes) -> None:
    model = onnx.load_model_from_string(grey_model)
    model.graph.node[0].op_type = "RunAnything"
    with pytest.raises(ModelError, match="cannot be loaded"):
        Session.load(model.SerializeToString())


def test_a_file_beyond_the_cap_is_refused_unread(grey_model: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session_module, "MAX_MODEL_BYTES", len(grey_model) - 1)
    with pytest.raises(ModelError, match=f"has {len(grey_model)} bytes, {len(grey_model) - 1} are allowed"):
        Session.load(grey_model)


def _rename_input(model: onnx.ModelProto) -> None:
    model.graph.input[0].name = model.graph.node[0].input[0] = "picture"


def _rename_output(model: onnx.ModelProto) -> None:
    model.graph.output[1].name = model.graph.node[-1].output[0] = "verdict"


def _free_height(model: onnx.ModelProto) -> None:
    model.graph.input[0].type.tensor_type.shape.dim[1].dim_param = "height"


def _batch(model: onnx.ModelProto) -> None:
    for info in (model.graph.input[0], model.graph.output[0]):
        info.type.tensor_type.shape.dim[0].dim_value = 2
    del model.graph.value_info[:]


def _float_input(model: onnx.ModelProto) -> None:
    model.graph.input[0].type.tensor_type.elem_type = TensorProto.FLOAT


@pytest.mark.parametrize(
    ("spoil", "text"),
    [
        (_rename_input, r"inputs are \['picture'\], one named 'image' is needed"),
        (_rename_output, "'anomaly_map' and 'score' are needed"),
        (_free_height, r"\[1, 'height', 64, 3\], tensor\(uint8\) \[1, height, width, 3\] of fixed size is needed"),
        (_batch, "of fixed size is needed"),
        (_float_input, r"input is tensor\(float\)"),
    ],
)
def test_a_model_that_breaks_the_contract_is_refused(
    grey_model: bytes, spoil: Callable[[onnx.ModelProto], None], text: str
) -> None:
    model = onnx.load_model_from_string(grey_model)
    spoil(model)
    with pytest.raises(ModelError, match=text):
        Session.load(model.SerializeToString())


@pytest.mark.parametrize("score", [float("nan"), float("inf"), float("-inf")])
def test_an_answer_that_is_no_number_is_an_error(score: float) -> None:
    with pytest.raises(ModelError, match="not finite"):
        Session.load(answering(score)).warm_up()


@pytest.mark.parametrize(
    ("map_shape", "score_shape"), [((4, 4), (1,)), ((2, 4, 4), (1,)), ((1, 0, 4), (1,)), ((1, 4, 4), (2,))]
)
def test_an_answer_of_another_shape_is_an_error(map_shape: tuple[int, ...], score_shape: tuple[int, ...]) -> None:
    session = Session.load(answering(1.0, map_shape, score_shape))
    with pytest.raises(ModelError, match="the model answered with anomaly_map"):
        session.run(np.zeros((1, 8, 8, 3), dtype=np.uint8))


@pytest.mark.parametrize("image", [np.zeros((1, 8, 9, 3), np.uint8), np.zeros((1, 8, 8, 3), np.float32)])
def test_a_wrong_input_is_a_model_error(image: Any) -> None:
    with pytest.raises(ModelError, match="the model failed"):
        Session.load(answering(1.0)).run(image)


def test_a_provider_that_is_not_there_is_refused_by_its_key_and_package(grey_model: bytes) -> None:
    text = (
        r'model.provider = "openvino" needs OpenVINOExecutionProvider, and the onnxruntime here has .*CPUExecutionProvider; '
        r'install onnxruntime-openvino in the place of onnxruntime, or write provider = "cpu"'
    )
    with pytest.raises(ModelError, match=text):
        Session.load(grey_model, provider=Provider.OPENVINO)


@pytest.mark.parametrize("provider", [Provider.CUDA, Provider.TENSORRT])
def test_another_provider_never_takes_its_place(
    grey_model: bytes, monkeypatch: pytest.MonkeyPatch, provider: Provider
) -> None:
    """As onnxruntime-gpu does where the GPU's libraries are missing: it has the provider, and runs on the processor."""
    opened = session_module.ort.InferenceSession

    def fallen_back(data: bytes, options: object, *, providers: list[object], enable_fallback: int) -> object:
        assert [name for name, _ in providers][-1] == "CPUExecutionProvider"  # type: ignore[attr-defined, misc]
        assert not enable_fallback
        return opened(data, options, providers=["CPUExecutionProvider"])

    monkeypatch.setattr(session_module, "available", lambda: (name_of(provider), "CPUExecutionProvider"))
    monkeypatch.setattr(session_module.ort, "InferenceSession", fallen_back)
    text = (
        f'model.provider = "{provider}": {name_of(provider)} is not used, the model would run on CPUExecutionProvider'
    )
    with pytest.raises(ModelError, match=text):
        Network.load(grey_model, provider=provider)


def test_what_a_model_runs_on_is_counted(grey_model: bytes) -> None:
    (name,) = Session.load(grey_model).runs_on
    assert name == "CPUExecutionProvider"
    assert Session.load(grey_model).runs_on[name] >= 5


def test_less_precision_is_never_asked_for() -> None:
    assert dict(asked_for(Provider.CUDA, 1))["CUDAExecutionProvider"] == {"use_tf32": "0"}
    openvino = dict(asked_for(Provider.OPENVINO, 3))["OpenVINOExecutionProvider"]
    assert openvino == {"device_type": "CPU", "precision": "ACCURACY", "num_of_threads": "3"}
    assert [name for name, _ in asked_for(Provider.TENSORRT, 1)] == [
        "TensorrtExecutionProvider",
        "CUDAExecutionProvider",
        "CPUExecutionProvider",
    ]


def test_loading_and_running_leaves_the_error_stream_empty(grey_version: Path) -> None:
    code = (
        "import pathlib, sys, numpy as np\n"
        "from models.session import Session\n"
        "session = Session.load(pathlib.Path(sys.argv[1]).read_bytes())\n"
        "session.warm_up(20)\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code, str(grey_version / "model.onnx")],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert (done.stdout, done.stderr) == ("", "")


def test_a_network_of_any_kind_says_what_it_takes_and_gives() -> None:
    model = foreign.detector("yolov8", (16, 16, 32, 32), metadata={"task": "detect"}, shape=(1, 3, "height", 64))
    network = Network.load(model.SerializeToString())
    (taken,) = network.inputs
    assert (taken.name, taken.type, taken.shape) == ("images", "tensor(float)", (1, 3, None, 64))
    assert [one.name for one in network.outputs] == ["output0"]
    assert dict(network.metadata) == {"task": "detect"}
    (output,) = network.run("images", np.full((1, 3, 64, 64), 0.5, dtype=np.float32), ["output0"])
    assert output.shape == (1, 6, foreign.PLACES)
    assert output[0, 5, 7] == 0.5
    with pytest.raises(ModelError, match="the model failed"):
        network.run("images", np.zeros((1, 3, 64), dtype=np.float32), ["output0"])
    with pytest.raises(ModelError, match="output0 holds a number that is not finite"):
        network.run("images", np.full((1, 3, 64, 64), np.nan, dtype=np.float32), ["output0"])
