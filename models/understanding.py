"""What an ONNX model from elsewhere is: by its sidecar, else by what its exporter wrote into it, else by its outputs. Pure."""

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from models.errors import ModelError
from models.exporters import Exported, is_background
from models.foreign import SIZE_TYPES
from models.heads import SEMANTIC, Head, Shape, class_count, task_of
from models.manifest import MAX_CLASSES, AnomalyScale, Fit, PositiveFloat, Share, Shrink, Side, TilesSpec
from models.session import MAX_SIDE_PX, Network, Tensor

GOOD_NAMES = {"ok", "good", "normal", "pass"}
TYPES = {"tensor(float)": "float32", "tensor(uint8)": "uint8"}
IMAGENET = {"mean": (0.485, 0.456, 0.406), "std": (0.229, 0.224, 0.225)}
"""Of pictures from 0 to 1."""
RF_DETR = ("dets", "labels")
"""As it calls its outputs."""


class Sidecar(BaseModel):
    """What a person says of a model; what is not said is looked for in the model. The keys are those of the manifest."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    head: Head | None = None
    outputs: tuple[str, ...] | None = None
    classes: Annotated[tuple[str, ...], Field(min_length=1, max_length=MAX_CLASSES)] | None = None
    good: tuple[str, ...] | None = None
    low: Share | None = None
    high: Share | None = None
    outline: Share | None = None
    nms_iou: Share | None = None
    tiles: TilesSpec | None = None
    anomaly: AnomalyScale | None = None
    width: Side | None = None
    height: Side | None = None
    colour: Literal["RGB", "BGR"] | None = None
    fit: Fit | None = None
    shrink: Shrink | None = None
    pad: Annotated[int, Field(ge=0, le=255)] | None = None
    scale: PositiveFloat | None = None
    mean: tuple[float, float, float] | None = None
    std: tuple[PositiveFloat, PositiveFloat, PositiveFloat] | None = None
    bits: Literal[8, 16] | None = None


def input_of(network: Network, exported: Exported, sidecar: Sidecar) -> tuple[dict[str, Any], dict[str, str]]:
    """Return names, type, layout and size of the input, and where each comes from. Raises `ModelError` if it is no picture."""
    tensor, size_name = _inputs(network)
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
    return {"name": tensor.name, "size_name": size_name, "dtype": TYPES[tensor.type], "layout": layout, **sides}, origin


def classes_of(head: Head, shapes: list[Shape], exported: Exported, sidecar: Sidecar) -> tuple[tuple[str, ...], str]:
    """Return the names of the classes and where they come from. Raises `ModelError` if there are not as many as outputs."""
    count = class_count(head, shapes)
    for names, origin in ((sidecar.classes, "sidecar"), (exported.names_for(count, head), "metadata")):
        if names is not None:
            if count not in {None, len(names)}:
                raise ModelError(
                    f"its outputs are for {count} classes, the {origin} names {len(names)}; "
                    "name them all in a sidecar's `classes`"
                )
            return names, origin
    if head == "anomaly-map":
        return ("anomaly",), "default"
    if count is None or not 1 <= count <= MAX_CLASSES:
        raise ModelError("how many classes it knows cannot be seen; name them in a sidecar's `classes`")
    return tuple(f"class {number}" for number in range(count)), "shape"


@dataclass(frozen=True, slots=True)
class Settings:
    """What else a manifest holds: key → value, and key → where it comes from."""

    values: dict[str, Any]
    origin: dict[str, str]

    def of(self, *keys: str) -> dict[str, Any]:
        """Return some of them."""
        return {key: self.values[key] for key in keys}


def settings_of(
    head: Head, outputs: tuple[str, ...], classes: tuple[str, ...], exported: Exported, sidecar: Sidecar
) -> Settings:
    """Return how the input is made and what its answers mean, where the head and the classes are known."""
    values: dict[str, Any] = {
        "colour": "RGB",
        "fit": _usual_fit(head, exported),
        "shrink": _usual_shrink(head, outputs, exported),
        "pad": 114,
        "scale": 1 / 255,
        "mean": (0.0, 0.0, 0.0),
        "std": (1.0, 1.0, 1.0),
        "bits": 8,
        "low": 0.25,
        "high": 0.5,
        "outline": None,
        "nms_iou": 0.7,
        "tiles": None,
        "anomaly": None,
        "good": _usual_good(head, classes),
    }
    if outputs == RF_DETR:
        values |= IMAGENET
    origin = dict.fromkeys(values, "default")
    if exported.by == "Ultralytics":
        origin["fit"] = "metadata"
    said = {key: value for key in values if (value := getattr(sidecar, key)) is not None}
    for source, known in (("metadata", exported.settings), ("sidecar", said)):
        values |= {key: value.model_dump() if isinstance(value, BaseModel) else value for key, value in known.items()}
        origin |= dict.fromkeys(known, source)
    if values["low"] > values["high"]:
        if "high" not in said:
            values["high"] = values["low"]
        elif "low" not in said:
            values["low"] = values["high"]
    return Settings(values, origin)


def _usual_fit(head: Head, exported: Exported) -> str:
    """Return how most who train such a head fit a picture into the input."""
    if task_of(head) == "classification":
        return "crop" if exported.by == "Ultralytics" else "stretch"
    if head in SEMANTIC:
        return "letterbox" if exported.by == "Ultralytics" else "stretch"
    return "letterbox" if head.startswith("yolo") else "stretch"


def _usual_shrink(head: Head, outputs: tuple[str, ...], exported: Exported) -> str:
    """Return how most who train such a head resize a picture: with OpenCV or as Pillow, in whole numbers or not."""
    if exported.by == "Ultralytics":
        return "smooth" if task_of(head) == "classification" else "linear"
    if outputs == RF_DETR:
        return "linear-fine"
    if head == "anomaly-map" and not exported.by:
        return "smooth-fine"
    if exported.by == "Model API" or head.startswith(("yolo", "rt-detr")):
        return "linear"
    return "smooth"


def _usual_good(head: Head, classes: tuple[str, ...]) -> tuple[str, ...]:
    """Return the classes whose name says that they are no defect, where the head speaks of what is good."""
    if task_of(head) != "classification" and head not in SEMANTIC:
        return ()
    return tuple(name for name in classes if name.lower() in GOOD_NAMES or (head in SEMANTIC and is_background(name)))


def _inputs(network: Network) -> tuple[Tensor, str | None]:
    """Return the input of the picture, and the name of the one that is told its size, if there is one."""
    pictures = [one for one in network.inputs if len(one.shape) == 4]
    sizes = [one for one in network.inputs if len(one.shape) == 2 and one.shape[1] == 2 and one.type in SIZE_TYPES]
    if len(network.inputs) == 1:
        return network.inputs[0], None
    if len(network.inputs) != 2 or len(pictures) != 1 or len(sizes) != 1 or "size" not in sizes[0].name:
        raise ModelError(
            f"it has {len(network.inputs)} inputs, one is needed (a picture), or a second that is told its size: "
            f"{[one.name for one in network.inputs]}; export it with one"
        )
    return pictures[0], sizes[0].name


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
