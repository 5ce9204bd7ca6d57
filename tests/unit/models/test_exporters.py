"""What exporters write into a model: the keys and values of their own sources, and what is wrong with them."""

from typing import Any

import pytest

from models.errors import ModelError
from models.exporters import Exported


def model_api(**about: str) -> Exported:
    return Exported.read({f"model_info {key}": value for key, value in about.items()})


def test_the_model_api_speaks_of_the_input_in_values_up_to_255() -> None:
    told = model_api(
        model_type="Segmentation",
        labels="scratch dent",
        mean_values="123.675 116.28 103.53",
        scale_values="58.395 57.12 57.375",
        reverse_input_channels="True",
        resize_type="fit_to_window_letterbox",
        pad_value="114",
        orig_height="256",
        orig_width="320",
        confidence_threshold="0.4",
    )
    assert told.heads == ("semantic-logits", "semantic-probabilities", "semantic-classes")
    assert (told.size, told.by) == ((256, 320), "Model API")
    assert told.settings == {
        "scale": 1.0,
        "mean": (123.675, 116.28, 103.53),
        "std": (58.395, 57.12, 57.375),
        "pad": 114,
        "fit": "letterbox",
        "colour": "BGR",
        "high": 0.4,
        "low": 0.25,
    }
    assert told.names_for(3, "semantic-logits") == ("background", "scratch", "dent")
    assert told.names_for(2, "semantic-logits") == ("scratch", "dent")
    assert told.names_for(None, "semantic-classes") == ("background", "scratch", "dent")


@pytest.mark.parametrize(
    ("resize", "fit"),
    [("standard", "stretch"), ("fit_to_window", "corner"), ("fit_to_window_letterbox", "letterbox"), ("crop", "crop")],
)
def test_every_way_to_resize_has_a_fit(resize: str, fit: str) -> None:
    assert model_api(model_type="ssd", resize_type=resize).settings["fit"] == fit


def test_what_the_model_api_leaves_out_is_its_own_default() -> None:
    told = model_api(
        model_type="Classification", labels="ok ng", confidence_threshold="0.9", reverse_input_channels="False"
    )
    wanted = {"scale": 1.0, "mean": (0, 0, 0), "std": (1, 1, 1), "pad": 0, "fit": "stretch", "colour": "RGB"}
    assert told.settings == wanted
    assert told.names_for(3, "logits") == ("other", "ok", "ng")


def test_an_anomaly_model_has_its_scale() -> None:
    told = model_api(
        model_type="AnomalyDetection",
        labels="Normal Anomaly",
        image_threshold="12.5",
        pixel_threshold="11",
        normalization_scale="20",
    )
    assert told.settings["anomaly"] == {"image_threshold": 12.5, "pixel_threshold": 11.0, "normalization_scale": 20.0}
    assert told.names_for(None, "anomaly-map") == ("Anomaly",)


@pytest.mark.parametrize(
    ("about", "reason"),
    [
        ({"model_type": "keypoint_detection"}, "its model_type is 'keypoint_detection', which cannot be read here"),
        ({"model_name": "any"}, "its model_type is None"),
        ({"model_type": "Classification", "multilabel": "True"}, r"do not exclude each other \(multilabel\)"),
        ({"model_type": "Classification", "hierarchical": "YES"}, r"are a tree \(hierarchical\)"),
        ({"model_type": "ssd", "mean_values": "1 2"}, "its mean_values has 2 numbers, 3 are needed"),
        ({"model_type": "ssd", "scale_values": "1 x 2"}, "its scale_values is 'x', a number is needed"),
        ({"model_type": "ssd", "pad_value": "inf"}, "its pad_value is 'inf', a number is needed"),
        ({"model_type": "ssd", "resize_type": "warp"}, "its resize_type is 'warp'"),
        ({"model_type": "AnomalyDetection", "image_threshold": "1"}, "it does not say its pixel_threshold"),
    ],
)
def test_what_cannot_be_read_says_so(about: dict[str, Any], reason: str) -> None:
    with pytest.raises(ModelError, match=reason):
        model_api(**({"labels": "a"} | about))


@pytest.mark.parametrize(
    ("metadata", "heads"),
    [
        ({"task": "detect"}, ("yolov5", "yolov8", "yolo-end-to-end", "rt-detr", "rt-detr-end-to-end")),
        ({"task": "detect", "end2end": "True"}, ("yolo-end-to-end",)),
        ({"task": "detect", "end2end": "False"}, ("yolov5", "yolov8", "rt-detr", "rt-detr-end-to-end")),
        ({"task": "detect", "end2end": "False", "args": "{'nms': True}"}, ("yolo-end-to-end",)),
        ({"task": "segment", "end2end": "False", "args": "{'nms': None}"}, ("yolov8-segment",)),
        ({"task": "segment", "end2end": "False", "args": "{'nms': True}"}, ("yolo-end-to-end-segment",)),
        ({"task": "obb", "end2end": "True"}, ("yolo-end-to-end-obb",)),
        ({"task": "semantic", "end2end": "True"}, ("semantic-logits", "semantic-classes")),
        ({"names": "['a']"}, ()),
    ],
)
def test_ultralytics_tells_the_task(metadata: dict[str, str], heads: tuple[str, ...]) -> None:
    assert Exported.read(metadata).heads == heads
