"""What an ONNX model from elsewhere is: by its sidecar, else by what its exporter wrote into it, else by its shapes. Pure.

Ultralytics writes task, names and imgsz into `metadata_props`, as Python literals; its documentation of export says so.
"""

import ast
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from models.errors import ModelError
from models.manifest import HEADS, MAX_CLASSES, OUTPUTS, PositiveFloat, Share, Side
from models.session import MAX_SIDE_PX, Network, Tensor

STRIDES = (8, 16, 32)
"""Of the three grids that YOLO's heads lay over the input."""
ANCHORS = 3
"""Boxes YOLOv5 gives for each place of a grid."""
MAX_END_TO_END = 1000
MAX_TEXT = 200_000
GOOD_NAMES = {"ok", "good", "normal", "pass"}
TASKS = {"classify": "classification", "detect": "detection", "segment": "segmentation"}
"""Ultralytics' word to ours; what it calls pose and obb cannot be read here."""
TYPES = {"tensor(float)": "float32", "tensor(uint8)": "uint8"}

Shape = tuple[int, ...]


class Sidecar(BaseModel):
    """What a person says of a model; what is not said is looked for in the model. The keys are those of the manifest."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    head: Literal["logits", "probabilities", "yolov5", "yolov8", "yolo-end-to-end", "yolov8-segment"] | None = None
    outputs: tuple[str, ...] | None = None
    classes: Annotated[tuple[str, ...], Field(min_length=1, max_length=MAX_CLASSES)] | None = None
    good: tuple[str, ...] | None = None
    low: Share | None = None
    high: Share | None = None
    outline: Share | None = None
    nms_iou: Share | None = None
    width: Side | None = None
    height: Side | None = None
    colour: Literal["RGB", "BGR"] | None = None
    fit: Literal["letterbox", "stretch", "crop"] | None = None
    pad: Annotated[int, Field(ge=0, le=255)] | None = None
    scale: PositiveFloat | None = None
    mean: tuple[float, float, float] | None = None
    std: tuple[PositiveFloat, PositiveFloat, PositiveFloat] | None = None


@dataclass(frozen=True, slots=True)
class Exported:
    """What Ultralytics wrote into the model; None where it said nothing."""

    task: str | None
    names: tuple[str, ...] | None
    size: tuple[int, int] | None

    @classmethod
    def read(cls, metadata: Mapping[str, str]) -> "Exported":
        """Read `metadata_props`. Raises `ModelError` for a task that cannot be read here."""
        task = metadata.get("task")
        if task is not None and task not in TASKS:
            raise ModelError(f"its task is {task!r}, which cannot be read here; there are: {', '.join(TASKS)}")
        return cls(None if task is None else TASKS[task], _names(metadata), _size(metadata))


def input_of(network: Network, exported: Exported, sidecar: Sidecar) -> tuple[dict[str, Any], dict[str, str]]:
    """Return name, type, layout and size of the input, and where each comes from. Raises `ModelError` if it is no picture."""
    if len(network.inputs) != 1:
        raise ModelError(f"it has {len(network.inputs)} inputs, one is needed: {[one.name for one in network.inputs]}")
    tensor = network.inputs[0]
    layout = _layout(tensor)
    fixed = tensor.shape[1:3] if layout == "NHWC" else tensor.shape[2:4]
    origin = {}
    sides: dict[str, Any] = {}
    for index, key in enumerate(("height", "width")):
        said, exported_side = getattr(sidecar, key), exported.size[index] if exported.size else None
        if fixed[index] is not None and said not in {None, fixed[index]}:
            raise ModelError(
                f"its input is {fixed[index]} pixels in {key}, the sidecar says {said}; correct the sidecar"
            )
        candidates = (("shape", fixed[index]), ("sidecar", said), ("metadata", exported_side))
        found = next(((name, side) for name, side in candidates if side is not None), None)
        if found is None:
            raise ModelError("its input has no fixed size; give width and height in a sidecar")
        if not 1 <= found[1] <= MAX_SIDE_PX:
            raise ModelError(f"its input is {found[1]} pixels in {key}, 1 to {MAX_SIDE_PX} are allowed")
        origin[key], sides[key] = found
    return {"name": tensor.name, "dtype": TYPES[tensor.type], "layout": layout, **sides}, origin


def head_of(shapes: Sequence[Shape], size: tuple[int, int], exported: Exported, *, adds_to_one: bool) -> str:
    """Return the head that outputs of these shapes belong to, for an input of (width, height).

    Raises
    ------
    ModelError
        If none does, or not one of the task the exporter named.
    """
    head = _head_by_shape(shapes, size, adds_to_one=adds_to_one)
    if head is None or (exported.task is not None and head not in HEADS[exported.task]):
        known = ", ".join(name for names in HEADS.values() for name in names)
        wanted = f" of a model for {exported.task}" if exported.task else ""
        raise ModelError(
            f"its outputs of shape {', '.join(map(str, shapes))} are none{wanted} that is known; "
            f"name the head in a sidecar, one of {known}"
        )
    return head


def classes_of(head: str, shapes: Sequence[Shape], exported: Exported, sidecar: Sidecar) -> tuple[tuple[str, ...], str]:
    """Return the names of the classes and where they come from. Raises `ModelError` if there are not as many as outputs."""
    count = _class_count(head, shapes)
    for names, origin in ((sidecar.classes, "sidecar"), (exported.names, "metadata")):
        if names is not None:
            if count not in {None, len(names)}:
                raise ModelError(
                    f"its outputs are for {count} classes, the {origin} names {len(names)}; correct the sidecar"
                )
            return names, origin
    if count is None or not 1 <= count <= MAX_CLASSES:
        raise ModelError("how many classes it knows cannot be seen; name them in a sidecar's `classes`")
    return tuple(f"class {number}" for number in range(count)), "shape"


def settings_of(
    head: str, classes: tuple[str, ...], exported: Exported, sidecar: Sidecar
) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any], dict[str, str]]:
    """Return what else the manifest, its input and its thresholds hold, and where each comes from."""
    classifies = head in HEADS["classification"]
    told = exported.task is not None
    origin_of_fit = "metadata" if told else "default"
    usual: dict[str, tuple[Any, str]] = {
        "colour": ("RGB", origin_of_fit),
        "fit": (("crop" if told else "stretch") if classifies else "letterbox", origin_of_fit),
        "pad": (114, origin_of_fit),
        "scale": (1 / 255, origin_of_fit),
        "mean": ((0.0, 0.0, 0.0), origin_of_fit),
        "std": ((1.0, 1.0, 1.0), origin_of_fit),
        "low": (0.25, "default"),
        "high": (0.5, "default"),
        "outline": (None, "default"),
        "nms_iou": (0.7, "default"),
        "good": (tuple(name for name in classes if classifies and name.lower() in GOOD_NAMES), "default"),
    }
    for key in usual:
        if (said := getattr(sidecar, key)) is not None:
            usual[key] = said, "sidecar"
    values = {key: value for key, (value, _) in usual.items()}
    if values["low"] > values["high"] and sidecar.high is None:
        values["high"] = values["low"]
    groups = [
        {key: values[key] for key in keys}
        for keys in (("good", "nms_iou"), ("colour", "fit", "pad", "scale", "mean", "std"), ("low", "high", "outline"))
    ]
    return groups[0], groups[1], groups[2], {key: origin for key, (_, origin) in usual.items()}


def outputs_of(head: str, network: Network, sidecar: Sidecar) -> tuple[str, ...]:
    """Return the names of the outputs that a head reads: the sidecar's, or the first ones."""
    return sidecar.outputs or tuple(one.name for one in network.outputs[: OUTPUTS.get(head, 1)])


def task_of(head: str) -> str:
    """Return the task that a head belongs to."""
    return next(task for task, heads in HEADS.items() if head in heads)


def _layout(tensor: Tensor) -> str:
    shape = tensor.shape
    if tensor.type not in TYPES:
        raise ModelError(f"its input is a {tensor.type}; export it for float32 or uint8")
    if len(shape) == 4 and shape[0] in {None, 1}:
        if shape[1] == 3:
            return "NCHW"
        if shape[3] == 3:
            return "NHWC"
    sides = ", ".join("free" if side is None else str(side) for side in shape)
    raise ModelError(
        f"its input has shape ({sides}); one picture of three colours is needed: (1, 3, h, w) or (1, h, w, 3)"
    )


def _head_by_shape(shapes: Sequence[Shape], size: tuple[int, int], *, adds_to_one: bool) -> str | None:
    first = shapes[0]
    if len(first) == 2 and first[0] == 1 and first[1] > 1:
        return "probabilities" if adds_to_one else "logits"
    if len(first) != 3 or first[0] != 1:
        return None
    places = sum(math.ceil(size[0] / stride) * math.ceil(size[1] / stride) for stride in STRIDES)
    if len(shapes) > 1 and len(shapes[1]) == 4 and first[2] == places:
        return "yolov8-segment" if first[1] > 4 + shapes[1][1] else None
    if first[1] == ANCHORS * places and first[2] > 5:
        return "yolov5"
    if first[2] == places and first[1] > 4:
        return "yolov8"
    return "yolo-end-to-end" if first[2] == 6 and first[1] <= MAX_END_TO_END else None


def _class_count(head: str, shapes: Sequence[Shape]) -> int | None:
    """Return how many classes the outputs are for; None where they do not say."""
    first = shapes[0]
    match head:
        case "logits" | "probabilities":
            return first[-1]
        case "yolov5":
            return first[-1] - 5
        case "yolov8" if len(first) == 3:
            return first[1] - 4
        case "yolov8-segment" if len(first) == 3 and len(shapes) > 1 and len(shapes[1]) == 4:
            return first[1] - 4 - shapes[1][1]
    return None


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
