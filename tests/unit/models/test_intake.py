"""Models from elsewhere, checked in the process that checks them on the station; and how they then judge."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import foreign
import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper

from models.errors import ModelError
from models.intake import CheckLimits, read_sidecar, take_in
from models.manifest import ForeignManifest, read_manifest
from models.predictor import Predictor
from models.shelf import Shelf
from models.understanding import Sidecar

NOW = datetime(2026, 1, 2, tzinfo=UTC)
BOX = (16.0, 24.0, 40.0, 44.0)
NAMES = {"names": "{0: 'dent', 1: 'scratch'}"}
ULTRALYTICS = NAMES | {"task": "detect", "stride": "32", "imgsz": "[64, 64]"}

TakeIn = Callable[..., tuple[ForeignManifest, bytes]]


@pytest.fixture
def taken(tmp_path: Path) -> TakeIn:
    def taken(model: onnx.ModelProto | bytes, **sidecar: Any) -> tuple[ForeignManifest, bytes]:
        path = tmp_path / "any.onnx"
        path.write_bytes(model if isinstance(model, bytes) else model.SerializeToString())
        return take_in(path, "plate", NOW, Sidecar(**sidecar))

    return taken


def stored(tmp_path: Path, taken: tuple[ForeignManifest, bytes]) -> Predictor:
    """Return the predictor of the model as the shelf holds it."""
    folder = Shelf(tmp_path / "models").add(*taken)
    assert read_manifest(folder) == taken[0]
    predictor = Predictor.load(folder)
    predictor.warm_up()
    return predictor


@pytest.mark.parametrize(
    ("head", "task"),
    [
        ("yolov5", "detection"),
        ("yolov8", "detection"),
        ("yolo-end-to-end", "detection"),
        ("yolov8-segment", "segmentation"),
    ],
)
def test_a_detector_judges_a_picture_of_any_size(tmp_path: Path, taken: TakeIn, head: str, task: str) -> None:
    predictor = stored(tmp_path, taken(foreign.detector(head, BOX, metadata=NAMES)))
    manifest = predictor.manifest
    assert isinstance(manifest, ForeignManifest)
    assert (manifest.head, manifest.task, manifest.classes) == (head, task, ("dent", "scratch"))
    assert manifest.understood["head"] == "shape"
    assert manifest.understood["classes"] == "metadata"
    assert manifest.understood["low"] == "default"
    dark = predictor.predict(np.full((256, 256), 25, dtype=np.uint8))
    assert dark.score == pytest.approx(25 / 255, abs=1e-4)
    assert (dark.low, dark.high, dark.defects) == (0.25, 0.5, ())
    bright = predictor.predict(
        np.full((256, 128, 3), 204, dtype=np.uint8)
    )  # shrunk to 32 of 64 columns, from column 16 on
    assert bright.score == pytest.approx((204 + 114) / 2 / 255, abs=1e-3)
    (defect,) = bright.defects
    assert defect.class_name == "scratch"
    assert defect.score == pytest.approx(bright.score)
    left, top, right, bottom = defect.shape.bounds
    if task == "detection":
        np.testing.assert_allclose((left, top, right, bottom), (-0.5, 95.5, 95.5, 175.5), atol=1e-3)
    else:  # a disc of radius 8 about (28, 34) of the input's corner
        np.testing.assert_allclose((left, top, right, bottom), (16 - 0.5, 104 - 0.5, 80 - 0.5, 168 - 0.5), atol=4.0)
    small = predictor.predict(np.full((31, 77), 204, dtype=np.uint8))
    assert all(defect.shape.area_px > 0 for defect in small.defects)


@pytest.mark.parametrize("logits", [True, False])
def test_a_classifier_s_score_is_what_is_not_good(tmp_path: Path, taken: TakeIn, logits: bool) -> None:
    metadata = {"names": "{0: 'ok', 1: 'bad'}", "task": "classify"}
    predictor = stored(tmp_path, taken(foreign.classifier(logits=logits, metadata=metadata)))
    manifest = predictor.manifest
    assert isinstance(manifest, ForeignManifest)
    assert (manifest.head, manifest.good) == ("logits" if logits else "probabilities", ("ok",))
    assert manifest.input.fit == "crop"
    share = 51 / 255
    wanted = 1 / (1 + np.exp(4 - 8 * share)) if logits else share
    prediction = predictor.predict(np.full((50, 90), 51, dtype=np.uint8))
    assert prediction.score == pytest.approx(wanted, abs=1e-5)
    assert (prediction.defects, prediction.heat_map) == ((), None)


def test_a_sidecar_outweighs_what_the_model_says(taken: TakeIn) -> None:
    model = foreign.detector("yolov8", BOX, metadata=ULTRALYTICS)
    said = {
        "classes": ("a", "b"),
        "good": ("a",),
        "low": 0.1,
        "high": 0.9,
        "outline": 0.3,
        "nms_iou": 0.4,
        "colour": "BGR",
    }
    manifest, _ = taken(model, fit="stretch", mean=(0.5, 0.5, 0.5), std=(0.2, 0.2, 0.2), **said)
    assert (manifest.classes, manifest.good, manifest.nms_iou) == (("a", "b"), ("a",), 0.4)
    assert manifest.thresholds.model_dump() == {"low": 0.1, "high": 0.9, "outline": 0.3}
    assert (manifest.input.fit, manifest.input.colour, manifest.input.std) == ("stretch", "BGR", (0.2, 0.2, 0.2))
    assert {key for key, origin in manifest.understood.items() if origin == "sidecar"} == {*said, "fit", "mean", "std"}
    plain, _ = taken(model)
    assert {plain.understood[key] for key in ("fit", "colour", "classes")} == {"metadata"}


def test_a_class_that_is_good_is_no_defect(tmp_path: Path, taken: TakeIn) -> None:
    predictor = stored(tmp_path, taken(foreign.detector("yolov8", BOX), good=("class 1",)))
    prediction = predictor.predict(np.full((64, 64), 250, dtype=np.uint8))
    assert (prediction.score, prediction.defects) == (0.0, ())


def test_a_model_of_free_size_takes_that_of_its_metadata_or_its_sidecar(taken: TakeIn) -> None:
    free = foreign.detector("yolov8", BOX, shape=("batch", 3, "height", "width"), metadata=ULTRALYTICS)
    assert (taken(free)[0].input.width, taken(free)[0].understood["width"]) == (64, "metadata")
    unsaid = foreign.detector("yolov8", BOX, shape=(1, 3, "height", "width"))
    assert taken(unsaid, width=64, height=64)[0].understood["width"] == "sidecar"
    with pytest.raises(ModelError, match="no fixed size; give width and height in a sidecar"):
        taken(unsaid)


def test_bytes_last(tmp_path: Path, taken: TakeIn) -> None:
    """A model that takes uint8 NHWC, as those with their own preprocessing do."""
    node = [
        helper.make_node("Cast", ["images"], ["real"], to=TensorProto.FLOAT),
        helper.make_node("ReduceMean", ["real"], ["mean"], keepdims=0),
        helper.make_node("Mul", ["share", "mean"], ["part"]),
        helper.make_node("Add", ["first", "part"], ["answer"]),
    ]
    constants = {
        "share": np.array([[-1 / 255, 1 / 255]], dtype=np.float32),
        "first": np.array([[1, 0]], dtype=np.float32),
    }
    model = foreign.built(node, constants, ["answer"], (1, 32, 48, 3), kind=TensorProto.UINT8)
    taken_in = taken(model, classes=("fine", "bad"), good=("fine",), head="probabilities")
    assert (taken_in[0].input.layout, taken_in[0].input.dtype, taken_in[0].input.width) == ("NHWC", "uint8", 48)
    picture = np.full((20, 20), 102, dtype=np.uint8)
    assert stored(tmp_path, taken_in).predict(picture).score == pytest.approx(0.4, abs=1e-3)


def custom(_: onnx.ModelProto) -> onnx.ModelProto:
    model = foreign.classifier(logits=True)
    model.graph.node[0].domain = "com.vendor"
    model.opset_import.append(helper.make_opsetid("com.vendor", 1))
    return model


def external(model: onnx.ModelProto) -> onnx.ModelProto:
    tensor = model.graph.initializer[0]
    tensor.data_location = TensorProto.EXTERNAL
    tensor.external_data.add(key="location", value="/etc/passwd")
    return model


def two_inputs(model: onnx.ModelProto) -> onnx.ModelProto:
    model.graph.input.append(helper.make_tensor_value_info("more", TensorProto.FLOAT, [1]))
    return model


def of_pose(_: onnx.ModelProto) -> onnx.ModelProto:
    return foreign.detector("yolov8", BOX, metadata=ULTRALYTICS | {"task": "pose"})


def of_other_names(_: onnx.ModelProto) -> onnx.ModelProto:
    return foreign.detector("yolov8", BOX, metadata={"names": "['only one']"})


def grey(_: onnx.ModelProto) -> onnx.ModelProto:
    return foreign.detector("yolov8", BOX, shape=(1, 1, 64, 64))


def without_sigmoid(_: onnx.ModelProto) -> onnx.ModelProto:
    answer = np.zeros((1, 6, foreign.PLACES))
    answer[0, 5] = 7.0
    return foreign.lit({"output0": answer}, {})


def not_finite(_: onnx.ModelProto) -> onnx.ModelProto:
    return foreign.lit({"output0": np.full((1, 6, foreign.PLACES), np.nan)}, {})


def strange(_: onnx.ModelProto) -> onnx.ModelProto:
    return foreign.lit({"output0": np.zeros((1, 9, 9, 9))}, {})


def bomb(_: onnx.ModelProto) -> onnx.ModelProto:
    """A file of some hundred bytes that asks for 4 TB."""
    nodes = [
        helper.make_node("ConstantOfShape", ["huge"], ["much"]),
        helper.make_node("ReduceMax", ["much"], ["most"], keepdims=0),
        helper.make_node("ReduceMean", ["images"], ["mean"], keepdims=0),
        helper.make_node("Add", ["most", "mean"], ["output0"]),
    ]
    return foreign.built(nodes, {"huge": np.array([1 << 20, 1 << 20], dtype=np.int64)}, ["output0"])


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (custom, "its operator ReduceMean of com.vendor is no operator of ONNX"),
        (external, "is kept in another file; export it as one file"),
        (two_inputs, "it has 2 inputs, one is needed"),
        (of_pose, "its task is 'pose', which cannot be read here"),
        (of_other_names, "its outputs are for 2 classes, the metadata names 1"),
        (grey, "one picture of three colours is needed"),
        (without_sigmoid, "0 to 1 is needed; export it with its last activation"),
        (not_finite, "holds a number that is not finite"),
        (strange, r"its outputs of shape \(1, 9, 9, 9\) are none that is known; name the head in a sidecar"),
        (bomb, "memory|allocation|failed"),
        (lambda model: model.SerializeToString()[:-40], "no ONNX file|cannot be loaded"),
        (lambda _: b"\x80\x04not a model", "it is no ONNX file"),
        (lambda _: b"", "it is no ONNX file"),
    ],
)
def test_what_cannot_be_used_is_refused_in_one_sentence(
    taken: TakeIn, spoil: Callable[[Any], Any], reason: str
) -> None:
    with pytest.raises(ModelError, match=reason) as caught:
        taken(spoil(foreign.classifier(logits=True)), good=None)
    assert "\n" not in str(caught.value)
    assert "any.onnx" in str(caught.value)


def test_a_classifier_without_a_good_class_is_refused(taken: TakeIn) -> None:
    with pytest.raises(ModelError, match="none of the classes is good; name the class of good parts"):
        taken(foreign.classifier(logits=True))


@pytest.mark.parametrize(
    ("sidecar", "reason"),
    [
        ({"classes": ("a", "b"), "good": ("c",)}, "good names 'c', which is none of the classes"),
        ({"good": ("class 0", "class 1")}, "every class is good"),
        ({"width": 32, "good": ("class 0",)}, "its input is 64 pixels in width, the sidecar says 32"),
        ({"outputs": ("nothing",)}, "it has no output 'nothing'"),
        ({"head": "yolov8", "classes": ("a", "b")}, r"head 'yolov8' with 2 classes gives \(1, 6, N\)"),
        ({"low": 0.9, "high": 0.3, "good": ("class 0",)}, r"low \(0.9\) must not be above high \(0.3\)"),
    ],
)
def test_a_sidecar_that_does_not_fit(taken: TakeIn, sidecar: dict[str, Any], reason: str) -> None:
    with pytest.raises(ModelError, match=reason):
        taken(foreign.classifier(logits=True), **sidecar)


def test_a_model_that_never_ends_is_ended(tmp_path: Path) -> None:
    body = helper.make_graph(
        [helper.make_node("Identity", ["go"], ["go_on"]), helper.make_node("Add", ["value", "value"], ["next"])],
        "body",
        [
            helper.make_tensor_value_info("turn", TensorProto.INT64, []),
            helper.make_tensor_value_info("go", TensorProto.BOOL, []),
            helper.make_tensor_value_info("value", TensorProto.FLOAT, []),
        ],
        [
            helper.make_tensor_value_info("go_on", TensorProto.BOOL, []),
            helper.make_tensor_value_info("next", TensorProto.FLOAT, []),
        ],
    )
    nodes = [
        helper.make_node("ReduceMean", ["images"], ["mean"], keepdims=0),
        helper.make_node("Loop", ["", "true", "mean"], ["output0"], body=body),
    ]
    model = foreign.built(nodes, {"true": np.array(True)}, ["output0"])
    path = tmp_path / "endless.onnx"
    path.write_bytes(model.SerializeToString())
    with pytest.raises(ModelError, match="more than 4 s of processor time"):
        take_in(path, "plate", NOW, Sidecar(), CheckLimits(cpu_s=4))
    with pytest.raises(ModelError, match=r"checking it took more than 0\.1 s"):
        take_in(path, "plate", NOW, Sidecar(), CheckLimits(wall_s=0.1))


def test_a_file_too_large_is_not_even_checked(tmp_path: Path) -> None:
    path = tmp_path / "large.onnx"
    path.write_bytes(bytes(101))
    with pytest.raises(ModelError, match="larger than the 100 bytes that are allowed"):
        take_in(path, "plate", NOW, Sidecar(), CheckLimits(file_bytes=100))
    with pytest.raises(ModelError, match="cannot be read"):
        take_in(tmp_path / "none.onnx", "plate", NOW, Sidecar())


def test_sidecars_are_toml_or_json(tmp_path: Path) -> None:
    toml, json = tmp_path / "side.toml", tmp_path / "side.json"
    toml.write_text('classes = ["a", "b"]\nlow = 0.1\n')
    json.write_text('{"classes": ["a", "b"], "low": 0.1}')
    assert read_sidecar(toml) == read_sidecar(json) == Sidecar(classes=("a", "b"), low=0.1)
    assert read_sidecar(None) == Sidecar()
    for text, reason in (
        ("colours = 1", "unknown key colours; the keys are head, "),
        ("tiles = { size_px = 32, overlap_px = 64 }", r"tiles: overlap_px \(64\) must be at most half of size_px"),
        ("low =", "neither"),
    ):
        toml.write_text(text)
        with pytest.raises(ModelError, match=reason):
            read_sidecar(toml)


def test_a_model_that_is_to_see_all_of_a_deep_picture_tells_what_eight_bits_cannot(
    tmp_path: Path, taken: TakeIn
) -> None:
    """Two pictures that differ in the low four of twelve bits alone; the score of the detector is the mean of its input."""
    first, second = (np.full((64, 64), value << 4, dtype=np.uint16) for value in (0x9A0, 0x9AF))
    assert np.array_equal(first >> 8, second >> 8)
    predictor = stored(tmp_path, taken(foreign.detector("yolov8", BOX, metadata=NAMES), bits=16, fit="stretch"))
    assert predictor.bits == 16
    scores = [predictor.predict(picture).score for picture in (first, second)]
    assert scores == pytest.approx([0x9A0 / 16 / 255, 0x9AF / 16 / 255], abs=2e-5)
    assert predictor.predict((first >> 8).astype(np.uint8)).score == pytest.approx(scores[0], abs=2e-5)
    coarse = stored(tmp_path / "coarse", taken(foreign.detector("yolov8", BOX, metadata=NAMES)))
    assert coarse.bits == 8
    with pytest.raises(ModelError, match="the picture is uint16"):
        coarse.predict(first)
