"""How files of every exporter are understood, and that what they find comes back to the picture: checked in this process."""

import math
from typing import Any

import foreign
import numpy as np
import numpy.typing as npt
import onnx
import pytest

from labeling.shapes import Polygon
from models.errors import ModelError
from models.intake_check import check
from models.manifest import ForeignManifest
from models.prediction import Defect
from models.predictor import Predictor
from models.understanding import Sidecar

Array = npt.NDArray[Any]
SIZE = foreign.SIZE
CREATED = "2026-01-02T00:00:00Z"
WHITE = np.full((150, 210), 255, dtype=np.uint8)
CORNERS = np.array([[70.0, 40.0], [121.0, 40.0], [121.0, 97.0], [70.0, 97.0]])
"""A defect in the picture, well within what every fit shows of it."""


def understood(model: onnx.ModelProto, **sidecar: Any) -> ForeignManifest:
    return check(model.SerializeToString(), "plate", CREATED, Sidecar(**sidecar))


def judged(
    model: onnx.ModelProto, picture: Array = WHITE, **sidecar: Any
) -> tuple[ForeignManifest, tuple[Defect, ...], float]:
    manifest = understood(model, **sidecar)
    prediction = Predictor.of_foreign(model.SerializeToString(), manifest, threads=1).predict(picture)
    return manifest, prediction.defects, prediction.score


def in_input(points: Array, way: str) -> Array:
    """Return where points of `WHITE` lie in the input, counted from its corner: written anew, for every way to fit."""
    height, width = WHITE.shape
    if way == "stretch":
        return np.asarray((points + 0.5) * [SIZE / width, SIZE / height])
    gain = (max if way == "crop" else min)(SIZE / width, SIZE / height)
    if way == "crop":  # torchvision rounds down, and half a pixel to the even one
        inner = np.array([int(width * gain + 1e-9), int(height * gain + 1e-9)])
        return np.asarray(
            (points + 0.5) * inner / [width, height] - [round((side - SIZE) / 2) for side in inner.tolist()]
        )
    inner = np.array([round(width * gain), round(height * gain)])
    shift = np.zeros(2) if way == "corner" else np.array([round((SIZE - side) / 2 - 0.1) for side in inner.tolist()])
    return np.asarray((points + 0.5) * inner / [width, height] + shift)


def centred(points: Array) -> list[float]:
    (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
    return [(left + right) / 2, (top + bottom) / 2, right - left, bottom - top]


def rows(*values: list[float]) -> Array:
    return np.array([values], dtype=np.float32)


def model_of(head: str, points: Array, scene: Array) -> tuple[onnx.ModelProto, dict[str, Any]]:
    """Return a model of a head that finds class 1 of 2 at points of its input, or in the scene; and what a sidecar has to say."""
    box, corner = centred(points), [*points.min(axis=0).tolist(), *points.max(axis=0).tolist()]
    shares, corner_shares = [value / SIZE for value in box], [value / SIZE for value in corner]
    columns = np.zeros((1, 7, foreign.PLACES))
    columns[0, :, 3] = [box[0], box[1], box[3], box[2], 0.0, 0.9, math.pi / 2]  # upright, said with a quarter turn
    sure, label = 1 / (1 + np.exp(-scene)), np.array([[1]])
    outputs: dict[str, dict[str, Array]] = {
        "rt-detr": {"output0": rows([*shares, 0.1, 0.9], [0.0] * 6)},
        "detr": {"pred_logits": rows([-4, 3], [-9, -9]), "pred_boxes": rows(shares, [0.0] * 4)},
        "scored-boxes": {"boxes": rows([*corner, 0.9]), "labels": label},
        "ssd": {"out": rows([0, 1, 0.9, *corner_shares])[None]},
        "yolov8-obb": {"output0": columns},
        "yolo-end-to-end-obb": {"output0": rows([*box, 0.9, 1, 0], [0] * 7)},
        "semantic-logits": {"out": np.stack([-scene, scene])[None]},
        "semantic-probabilities": {"out": np.stack([1 - sure, sure])[None]},
        "semantic-classes": {"out": (scene > 0)[None]},
        "anomaly-map": {"anomaly_map": sure[None, None], "pred_score": np.array([0.9])},
    }
    whole = {"scored-boxes": ("labels",), "semantic-classes": ("out",)}.get(head, ())
    said: dict[str, Any] = {"classes": ["dent"] if head == "anomaly-map" else ["dust", "dent"]}
    said |= {"head": head} if head in {"ssd", "yolov8-obb"} else {}
    said |= {"good": ["dust"]} if head.startswith("semantic") else {}
    if head == "detections":
        left, top, right, bottom = corner_shares
        return foreign.rt_detr_of_its_authors((left, top, right, bottom)), said
    return foreign.lit(outputs[head], {}, whole=whole), said


HEADS = (
    "rt-detr",
    "detr",
    "detections",
    "scored-boxes",
    "ssd",
    "yolov8-obb",
    "yolo-end-to-end-obb",
    "semantic-logits",
    "semantic-probabilities",
    "semantic-classes",
    "anomaly-map",
)


@pytest.mark.parametrize("way", ["letterbox", "corner", "stretch", "crop"])
@pytest.mark.parametrize("head", HEADS)
def test_a_place_in_the_picture_comes_back_from_every_head_and_fit(head: str, way: str) -> None:
    """Boxes to a thousandth of a pixel; outlines of maps to a share of a place of the map, which is up to 3.3 pixels wide."""
    points = in_input(CORNERS, way)
    y, x = np.mgrid[:SIZE, :SIZE] + 0.5
    (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
    scene = np.minimum(np.minimum(x - left, right - x), np.minimum(y - top, bottom - y))
    model, said = model_of(head, points, scene)
    manifest, (defect,), score = judged(model, fit=way, low=0.4, high=0.45, **said)
    assert (manifest.head, defect.class_name) == (head, "dent")
    assert score >= 0.5
    drawn = head in {"semantic-logits", "semantic-probabilities", "semantic-classes", "anomaly-map"}
    tolerance = {"semantic-logits": 0.3, "semantic-probabilities": 0.3}.get(head, 2.2) if drawn else 2e-3
    assert isinstance(defect.shape, Polygon)
    np.testing.assert_allclose(defect.shape.bounds, (70, 40, 121, 97), atol=tolerance)


def test_an_oriented_box_stays_a_rectangle_under_a_letterbox_and_is_cut_at_the_edge() -> None:
    turned = [[120.0, 20.0], [160.0, 60.0], [140.0, 80.0], [100.0, 40.0]]
    columns = np.zeros((1, 6, foreign.PLACES))
    points = in_input(np.array(turned), "letterbox")
    middle, sides = points.mean(axis=0), [np.hypot(*(points[1] - points[0])), np.hypot(*(points[3] - points[0]))]
    columns[0, :, 3] = [*middle, *sides, 0.9, math.pi / 4]
    model = foreign.lit({"output0": columns}, {}, metadata={"task": "obb", "names": "{0: 'dent'}"})
    manifest, (defect,), _ = judged(model)
    assert (manifest.head, manifest.task, manifest.assumed) == ("yolov8-obb", "oriented", ())
    np.testing.assert_allclose(defect.shape.outline, turned, atol=0.15)  # the letterbox rounds its sides
    columns[0, :2, 3] = in_input(np.array([[-0.5, 70.0]]), "letterbox")[0]
    _, (cut,), _ = judged(foreign.lit({"output0": columns}, {}), head="yolov8-obb", classes=["dent"])
    assert cut.shape.bounds[0] == -0.5
    assert cut.shape.area_px == pytest.approx(
        np.hypot(40, 40) * np.hypot(20, 20) / 2, rel=0.01
    )  # half of it is outside


def test_masks_of_an_end_to_end_model_are_drawn() -> None:
    row = [8.0, 8, 56, 56, 0.9, 1, 1.0, 0.0]
    of = {"output0": rows(row, [0] * 8), "output1": foreign.prototypes(31.5, 31.5, 15.0)}
    manifest, (defect,), _ = judged(foreign.lit(of, {}), np.zeros((64, 64), np.uint8), classes=["dust", "dent"])
    assert manifest.head == "yolo-end-to-end-segment"
    np.testing.assert_allclose(np.hypot(*(defect.shape.outline - 31.5).T), 15, atol=0.8)


def told(model_type: str, **about: str) -> dict[str, str]:
    every = {"model_type": model_type, "reverse_input_channels": "False"} | about
    return {f"model_info {key}": value for key, value in every.items()}


def test_a_model_of_geti_needs_no_sidecar() -> None:
    y, x = np.mgrid[:SIZE, :SIZE] + 0.5
    scene = np.minimum(np.minimum(x - 20, 44 - x), np.minimum(y - 16, 50 - y))
    metadata = told("Segmentation", labels="dent", mean_values="10 20 30", scale_values="2 2 2", resize_type="crop")
    manifest, (defect,), _ = judged(
        foreign.lit(
            {"feature_vector": np.zeros((1, 7, 1, 1)), "result": np.stack([-scene, scene])[None]}, {}, metadata=metadata
        ),
        np.zeros((64, 64), np.uint8),
    )
    assert (manifest.outputs, manifest.classes, manifest.good) == (("result",), ("background", "dent"), ("background",))
    assert (manifest.input.mean, manifest.input.std, manifest.input.scale) == ((10, 20, 30), (2, 2, 2), 1.0)
    assert (manifest.input.fit, manifest.understood["fit"], manifest.understood["head"]) == (
        "crop",
        "metadata",
        "metadata",
    )
    assert manifest.assumed == ("good",)
    np.testing.assert_allclose(defect.shape.bounds, (19.5, 15.5, 43.5, 49.5), atol=0.1)


def test_a_detector_of_geti_takes_its_threshold() -> None:
    of = {"boxes": rows([5, 5, 20, 20, 0.6]), "labels": np.array([[0]])}
    metadata = told("ssd", labels="dent", confidence_threshold="0.55", resize_type="fit_to_window")
    manifest, (defect,), score = judged(foreign.lit(of, {}, metadata=metadata, whole=("labels",)))
    assert (manifest.head, manifest.input.fit, manifest.assumed) == ("scored-boxes", "corner", ())
    assert (manifest.thresholds.low, manifest.thresholds.high) == (0.25, 0.55)
    assert defect.class_name == "dent"
    assert score == pytest.approx(0.6)


def test_an_anomaly_model_of_geti_is_normalised_and_draws_its_map() -> None:
    heat = np.full((1, 1, 32, 32), 4.0)
    heat[0, 0, 10:20, 12:22] = 30.0
    metadata = told(
        "AnomalyDetection",
        labels="Normal Anomaly",
        image_threshold="20",
        pixel_threshold="10",
        normalization_scale="40",
    )
    model = foreign.lit({"out": heat}, {}, metadata=metadata)
    manifest = understood(model)
    assert (manifest.task, manifest.classes, manifest.assumed) == ("anomaly", ("Anomaly",), ())
    prediction = Predictor.of_foreign(model.SerializeToString(), manifest, threads=1).predict(
        np.zeros((128, 128), np.uint8)
    )
    assert prediction.score == pytest.approx((30 - 20) / 40 + 0.5)
    assert prediction.heat_map is not None
    assert prediction.heat_map.max() == pytest.approx(1.0)
    (defect,) = prediction.defects
    np.testing.assert_allclose(defect.shape.bounds, (47.5, 39.5, 87.5, 79.5), atol=4.0)


def test_anomalib_is_known_by_the_names_of_its_outputs() -> None:
    """anomalib 2 exports pred_score, pred_label (bool), anomaly_map and pred_mask (bool), normalised in the graph."""
    of = {"pred_score": np.array([0.7]), "pred_label": np.array([1]), "anomaly_map": np.full((1, 1, 64, 64), 0.2)}
    manifest, defects, score = judged(foreign.lit(of, {}, whole=("pred_label",)))
    assert (manifest.head, manifest.outputs) == ("anomaly-map", ("anomaly_map", "pred_score"))
    assert defects == ()
    assert score == pytest.approx(0.7)
    assert "anomaly" in manifest.assumed
    with pytest.raises(ModelError, match="0 to 1 is needed"):
        understood(foreign.lit(of | {"pred_score": np.array([31.0])}, {}, whole=("pred_label",)))


def test_rf_detr_is_known_by_the_names_of_its_outputs() -> None:
    of = {"dets": rows([0.5, 0.5, 0.2, 0.2]), "labels": rows([-5, 4, -5])}
    manifest, _, _ = judged(foreign.lit(of, {}), classes=["unused", "dent", "dust"], good=["unused"])
    assert (manifest.head, manifest.outputs, manifest.input.fit) == ("detr", ("dets", "labels"), "stretch")
    assert manifest.input.mean == (0.485, 0.456, 0.406)
    assert {"mean", "head", "fit"} <= set(manifest.assumed)


@pytest.mark.parametrize(
    ("values", "head"),
    [
        ([0.5, 0.5, 0.1, 0.1, 0.4, 0.9], "rt-detr"),  # two classes, each with its score
        ([0.5, 0.5, 0.1, 0.1, 0.4, 1.0], "rt-detr-end-to-end"),  # a score and the number of its class
        ([5, 5, 60, 60, 0.4, 1.0], "yolo-end-to-end"),
    ],
)
def test_six_columns_are_told_apart_by_their_values(values: list[float], head: str) -> None:
    of = {"output0": rows(values)}
    manifest = understood(foreign.lit(of, {}, metadata={"task": "detect", "names": "['dust', 'dent']"}))
    assert (manifest.head, manifest.understood["head"]) == (head, "metadata")
    assert manifest.input.fit == ("letterbox" if head == "yolo-end-to-end" else "stretch")
    assert not manifest.input.smooth


UNKNOWN = foreign.lit({"a": np.zeros((1, 3, 5)), "b": np.zeros((1, 4))}, {})


@pytest.mark.parametrize(
    ("model", "sidecar", "reason"),
    [
        (UNKNOWN, {}, r"shape \(1, 3, 5\), \(1, 4\) are none that is known; name the head in a sidecar, one of logits"),
        (UNKNOWN, {"head": "detr", "classes": ["x"]}, r"head 'detr' with 1 classes gives \(1, N, 4\) and \(1, N, 1\)"),
        (
            foreign.lit({"out": np.zeros((1, 2, 32, 32))}, {}),
            {},
            "none of the classes is good; name the class of good parts",
        ),
        (foreign.lit({"out": np.zeros((1, 1, 32, 32))}, {}), {}, "name the head in a sidecar"),
        (
            foreign.lit({"output0": rows([5, 5, 9, 9, 0.9, 0])}, {}),
            {},
            "cannot be seen; name them in a sidecar's `classes`",
        ),
        (
            foreign.lit({"output0": rows([5, 5, 9, 9, 0.9, 3])}, {}),
            {"classes": ["x"]},
            "found class 3, it has 1; name all",
        ),
        (
            foreign.lit({"labels": rows([0]), "boxes": np.zeros((1, 4)), "scores": rows([1])}, {}),
            {"head": "detections", "classes": ["x"]},
            r"gives \(1, F\) and \(1, F, 4\) and \(1, F\)",
        ),
        (
            foreign.lit({"out": np.zeros((1, 1, 8, 8))}, {}, metadata=told("ssd", labels="a")),
            {},
            "that may have head scored-boxes or",
        ),
        (
            foreign.lit(
                {"boxes": rows([5, 5, 9, 9, 0.9]), "labels": np.array([[0]])},
                {},
                metadata=told("ssd", labels="a", confidence_threshold="7"),
                whole=("labels",),
            ),
            {},
            "low|high: Input should be less than or equal to 1; give it in a sidecar",
        ),
        (
            foreign.lit({"anomaly_map": np.zeros((1, 1, 8, 8))}, {}),
            {"classes": ["a", "b"]},
            "an anomaly model knows one class",
        ),
    ],
)
def test_what_is_not_understood_names_the_key_to_give(
    model: onnx.ModelProto, sidecar: dict[str, Any], reason: str
) -> None:
    with pytest.raises(ModelError, match=reason) as caught:
        understood(model, **sidecar)
    assert "\n" not in str(caught.value)


def test_maps_of_tiles_become_one_map() -> None:
    """Each tile says the same of itself; where two share ground the seam is not seen, and there is one map of the whole."""
    share = np.full((1, 1, SIZE, SIZE), 0.2)
    share[0, 0, 28:36, 28:36] = 0.9
    model = foreign.lit({"anomaly_map": share, "pred_score": np.array([0.9])}, {})
    manifest = understood(model, tiles={"size_px": 64, "overlap_px": 8})
    prediction = Predictor.of_foreign(model.SerializeToString(), manifest, threads=1).predict(
        np.zeros((64, 120), np.uint8)
    )
    assert prediction.heat_map is not None
    assert prediction.heat_map.shape == (64, 120)
    assert prediction.heat_map.min() == pytest.approx(0.2, abs=1e-3)
    assert sorted(defect.shape.bounds[0] for defect in prediction.defects) == pytest.approx([27.5, 83.5], abs=0.7)
