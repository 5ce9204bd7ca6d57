"""What an exporter wrote into a model (`metadata_props`), in the words of a sidecar. Pure.

Ultralytics writes task, names, imgsz and end2end, as Python literals; its documentation of export says so. Geti, OTX and whatever
else follows the OpenVINO Model API write keys that begin with "model_info ", whose values are words, or lists of them by spaces.
"""

import ast
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from models.errors import ModelError
from models.heads import SEMANTIC, Head

MAX_TEXT = 200_000
BACKGROUND = "background"
OTHER = "other"

_ULTRALYTICS: Mapping[str, tuple[Head, ...]] = {
    "classify": ("logits", "probabilities"),
    "detect": ("yolov5", "yolov8", "yolo-end-to-end", "rt-detr", "rt-detr-end-to-end"),
    "segment": ("yolov8-segment", "yolo-end-to-end-segment"),
    "obb": ("yolov8-obb", "yolo-end-to-end-obb"),
    "semantic": ("semantic-logits", "semantic-classes"),
}
"""Its task to the heads it may have; what it calls pose cannot be read here."""
_MODEL_API: Mapping[str, tuple[Head, ...]] = {
    "classification": ("logits", "probabilities"),
    "segmentation": SEMANTIC,
    "ssd": ("scored-boxes", "detections-shares", "ssd"),
    "yolov5": ("yolov8",),
    "yolov8": ("yolov8",),
    "yolo11": ("yolov8",),
    "anomalydetection": ("anomaly-map",),
}
"""Its model_type, in small letters, to the heads it may have; by YOLOv5 it means the layout of YOLOv8 as well."""
_RESIZE = {
    "standard": "stretch",
    "fit_to_window_letterbox": "letterbox",
    "fit_to_window": "corner",
    "crop": "crop",
}
_PREFIX = "model_info "


@dataclass(frozen=True, slots=True)
class Exported:
    """What an exporter says; nothing where it is unknown.

    Attributes
    ----------
    by
        The exporter's name, empty where it is unknown.
    heads
        Which the model may have; none where it does not say.
    names
        Of the classes.
    size
        (height, width) of the input.
    settings
        What else it says: keys of a sidecar, with their values.
    """

    by: Literal["", "Ultralytics", "Model API"] = ""
    heads: tuple[Head, ...] = ()
    names: tuple[str, ...] | None = None
    size: tuple[int, int] | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def read(cls, metadata: Mapping[str, str]) -> "Exported":
        """Read `metadata_props`. Raises `ModelError` for a kind of model that cannot be read here."""
        about = {key.removeprefix(_PREFIX).strip(): value for key, value in metadata.items() if key.startswith(_PREFIX)}
        return _of_model_api(about) if about else _of_ultralytics(metadata)

    def names_for(self, count: int | None, head: Head) -> tuple[str, ...] | None:
        """Return the names of so many classes; of the Model API with what it leaves unsaid, the class that is nothing."""
        if self.names is None or self.by != "Model API":
            return self.names
        if head == "anomaly-map":
            return self.names[-1:]
        if count == len(self.names) + 1 or (count is None and head in SEMANTIC and not is_background(self.names[0])):
            return (BACKGROUND if head in SEMANTIC else OTHER, *self.names)
        return self.names


def is_background(name: str) -> bool:
    """Say whether a class is what exporters call the ground on which something lies."""
    return name.lower() in {BACKGROUND, "otx_background_lbl", "__background__"}


def _of_ultralytics(metadata: Mapping[str, str]) -> Exported:
    task, names, size = metadata.get("task"), _names(metadata), _size(metadata)
    if task is None:
        return Exported(names=names, size=size)
    if task not in _ULTRALYTICS:
        raise ModelError(f"its task is {task!r}, which cannot be read here; there are: {', '.join(_ULTRALYTICS)}")
    heads = _ULTRALYTICS[task]
    end_to_end = _says_nothing_twice(metadata)
    if same := tuple(head for head in heads if end_to_end in {None, head.startswith("yolo-end-to-end")}):
        heads = same
    settings = {"colour": "RGB", "pad": 114, "scale": 1 / 255, "mean": (0.0, 0.0, 0.0), "std": (1.0, 1.0, 1.0)}
    return Exported("Ultralytics", heads, names, size, settings)


def _says_nothing_twice(metadata: Mapping[str, str]) -> bool | None:
    """Say whether a YOLO's boxes are suppressed within the file: by its head, or by what `nms=True` put behind it."""
    options = _literal(metadata.get("args"))
    if isinstance(options, dict) and options.get("nms") is True:
        return True
    end_to_end = _literal(metadata.get("end2end"))
    return end_to_end if isinstance(end_to_end, bool) else None


def _of_model_api(about: Mapping[str, str]) -> Exported:
    kind = about.get("model_type", "").lower()
    if kind not in _MODEL_API:
        raise ModelError(
            f"its model_type is {about.get('model_type')!r}, which cannot be read here; there are: {', '.join(_MODEL_API)}"
        )
    for key, meaning in (
        ("multilabel", "its classes do not exclude each other"),
        ("hierarchical", "its classes are a tree"),
    ):
        if _yes(about.get(key)):
            raise ModelError(f"{meaning} ({key}), which cannot be read here; export it with one class a picture")
    height, width = (_number(about, key) for key in ("orig_height", "orig_width"))
    size = (int(height), int(width)) if height and width else None
    labels = tuple(about.get("labels", "").split()) or None
    return Exported("Model API", _MODEL_API[kind], labels, size, _settings(about, kind))


def _settings(about: Mapping[str, str], kind: str) -> dict[str, Any]:
    """Return what the Model API says of the input and of thresholds; it counts a picture's values from 0 to 255."""
    settings: dict[str, Any] = {
        "scale": 1.0,
        "mean": _triple(about, "mean_values", 0.0),
        "std": _triple(about, "scale_values", 1.0),
        "pad": round(_number(about, "pad_value") or 0),
    }
    resize = about.get("resize_type", "standard")
    if resize not in _RESIZE:
        raise ModelError(
            f"its resize_type is {resize!r}; there are: {', '.join(_RESIZE)}; say `fit` in a sidecar of a model without it"
        )
    settings["fit"] = _RESIZE[resize]
    if "reverse_input_channels" in about:
        settings["colour"] = "BGR" if _yes(about["reverse_input_channels"]) else "RGB"
    if kind not in {"classification", "anomalydetection"} and (sure := _number(about, "confidence_threshold")):
        settings |= {"high": sure, "low": min(0.25, sure)}
    if (overlap := _number(about, "iou_threshold")) is not None:
        settings["nms_iou"] = overlap
    if kind == "anomalydetection":
        keys = ("image_threshold", "pixel_threshold", "normalization_scale")
        settings["anomaly"] = {key: _needed(about, key) for key in keys}
    return settings


def _needed(about: Mapping[str, str], key: str) -> float:
    value = _number(about, key)
    if value is None:
        raise ModelError(f"it does not say its {key}, without which its values mean nothing; export it anew")
    return value


def _number(about: Mapping[str, str], key: str) -> float | None:
    """Return a number; None where it is not said. Raises `ModelError` where it is none."""
    if not about.get(key, "").strip():
        return None
    try:
        value = float(about[key])
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise ModelError(f"its {key} is {about[key][:40]!r}, a number is needed; export it anew")
    return value


def _triple(about: Mapping[str, str], key: str, otherwise: float) -> tuple[float, float, float]:
    words = about.get(key, "").replace("[", " ").replace("]", " ").replace(",", " ").split()
    if not words:
        return otherwise, otherwise, otherwise
    values = [_number({key: word}, key) or 0.0 for word in words]
    if len(values) != 3:
        raise ModelError(f"its {key} has {len(values)} numbers, 3 are needed; export it anew")
    return values[0], values[1], values[2]


def _yes(text: str | None) -> bool:
    return text is not None and text.strip().lower() in {"true", "yes", "1"}


def _names(metadata: Mapping[str, str]) -> tuple[str, ...] | None:
    """Return `names`, a dictionary of number to name or a list."""
    value = _literal(metadata.get("names"))
    if isinstance(value, dict) and set(value) == set(range(len(value))):
        value = [value[number] for number in range(len(value))]
    if isinstance(value, list | tuple) and value and all(isinstance(name, str) and name for name in value):
        return tuple(value)
    return None


def _size(metadata: Mapping[str, str]) -> tuple[int, int] | None:
    """Return `imgsz`, (height, width)."""
    value = _literal(metadata.get("imgsz"))
    if isinstance(value, list | tuple) and len(value) == 2 and all(isinstance(side, int) for side in value):
        return int(value[0]), int(value[1])
    return None


def _literal(text: str | None) -> object:
    """Return the value of a Python literal; None where the text is none."""
    if text is None or len(text) > MAX_TEXT:
        return None
    try:
        value: object = ast.literal_eval(text)
    except (ValueError, SyntaxError, MemoryError, RecursionError, TypeError):
        return None
    return value
