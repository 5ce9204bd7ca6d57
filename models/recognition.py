"""Which head the outputs of a model belong to: by their names, by what its exporter said, or by their shapes and values. Pure."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from models.decoders.boxes import FloatArray
from models.errors import ModelError
from models.exporters import Exported
from models.heads import Head, Shape, every_head, has_shape, outputs_read

STRIDES = (8, 16, 32)
"""Of the three grids that YOLO's heads lay over the input."""
ANCHORS = 3
"""Boxes YOLOv5 gives for each place of a grid."""
MAX_END_TO_END = 1000
MAX_STRIDE = 32
SCORE_AND_CLASS = 6
"""Columns of a row that ends with the score and the number of its class."""
SUM_TOLERANCE = 0.01
SHARES_END = 1.5
"""Boxes in shares of the picture end before, those in pixels hardly."""

_NAMED: tuple[tuple[Head, tuple[str, ...]], ...] = (
    ("anomaly-map", ("anomaly_map", "pred_score")),
    ("anomaly-map", ("anomaly_map",)),
    ("detr", ("pred_boxes", "pred_logits")),
    ("detr", ("pred_boxes", "logits")),
    ("detr", ("dets", "labels")),
    ("detections", ("labels", "boxes", "scores")),
    ("detections-shares", ("labels", "boxes", "scores")),
    ("detections-shares", ("labels", "bboxes", "scores")),
    ("scored-boxes", ("boxes", "labels")),
    ("scored-boxes", ("bboxes", "labels")),
)
"""Heads that are known by the names of their outputs, in the order in which they are read."""


_END_TO_END: Mapping[int, Head] = {6: "yolo-end-to-end", 7: "yolo-end-to-end-obb"}


@dataclass(frozen=True, slots=True, eq=False)
class Tried:
    """What a model answered to an input of one value, for the picture of (width, height).

    Attributes
    ----------
    outputs
        Those that hold numbers, by name, in the model's order.
    whole
        Names of those that hold whole numbers by their type.
    told_size
        Whether the model is told the size of the picture, so that its boxes are in pixels.
    """

    outputs: Mapping[str, FloatArray]
    whole: frozenset[str]
    size: tuple[int, int]
    told_size: bool

    def shapes(self, names: Sequence[str]) -> list[Shape]:
        """Return the shapes of the named outputs."""
        return [self.outputs[name].shape for name in names]


def recognised(tried: Tried, exported: Exported, said: Sequence[str] | None) -> tuple[Head, tuple[str, ...]]:
    """Return the head of a model, and the outputs it reads in its order.

    Parameters
    ----------
    said
        The outputs that a sidecar names, if it does.

    Raises
    ------
    ModelError
        If no head has such outputs, or none of those that the exporter speaks of.
    """
    for head, names in _candidates(tried, said, told=bool(exported.heads)):
        if not exported.heads or head in exported.heads:
            return head, names
    told = [head for head in exported.heads if has_shape(head, tried.shapes(read_by(head, tried, said)))]
    if len(told) == 1:
        return told[0], read_by(told[0], tried, said)
    shapes = ", ".join(str(output.shape) for output in tried.outputs.values())
    whose = f" of a model that may have head {' or '.join(exported.heads)}" if exported.heads else ""
    raise ModelError(
        f"its outputs of shape {shapes} are none{whose} that is known; "
        f"name the head in a sidecar, one of {', '.join(every_head())}"
    )


def read_by(head: Head, tried: Tried, said: Sequence[str] | None) -> tuple[str, ...]:
    """Return the outputs that a head reads: those a sidecar names, those that have its names, or the first ones that fit."""
    if said:
        return tuple(said)
    for name, outputs in _NAMED:
        if name == head and set(outputs) <= set(tried.outputs) and has_shape(head, tried.shapes(outputs)):
            return outputs
    have = tuple(tried.outputs)
    alone = [(name,) for name in have] if outputs_read(head) == (1,) else []
    every = [*(have[:count] for count in reversed(outputs_read(head))), *alone]
    return next((names for names in every if has_shape(head, tried.shapes(names))), have[: outputs_read(head)[0]])


def _candidates(tried: Tried, said: Sequence[str] | None, *, told: bool) -> Iterator[tuple[Head, tuple[str, ...]]]:
    """Yield every head that the outputs speak for, with the outputs, the surest first; each by itself where `told` of heads."""
    have = tuple(said) if said else tuple(tried.outputs)
    for head, names in _NAMED:
        unit = {"detections": tried.told_size, "detections-shares": not tried.told_size}.get(head, True)
        if unit and set(names) <= set(have) and has_shape(head, tried.shapes(names)):
            yield head, names
    for first in (have, *((name,) for name in have if told)):
        guess = _by_shape(tried, first)
        if guess is not None:
            yield guess, first[: max(outputs_read(guess))]


def _by_shape(tried: Tried, names: tuple[str, ...]) -> Head | None:
    shapes, first = tried.shapes(names), tried.outputs[names[0]]
    match len(shapes[0]):
        case 2:
            classifier = shapes[0][0] == 1 and shapes[0][1] > 1
            return ("probabilities" if _adds_to_one(first) else "logits") if classifier else None
        case 3:
            return _rows(tried, names)
        case 4:
            return _map(tried, names[0])
    return None


def _rows(tried: Tried, names: tuple[str, ...]) -> Head | None:
    """Return the head of an output of rows or columns (1, a, b), or of a map of whole numbers."""
    shapes, first = tried.shapes(names), tried.outputs[names[0]]
    _, rows, columns = shapes[0]
    width, height = tried.size
    places = sum(math.ceil(width / stride) * math.ceil(height / stride) for stride in STRIDES)
    head: Head | None = None
    if names[0] in tried.whole:
        head = "semantic-classes" if _covers((rows, columns), tried.size) else None
    elif len(shapes) > 1 and len(shapes[1]) == 4:
        masks: Head = "yolov8-segment" if columns == places else "yolo-end-to-end-segment"
        head = masks if has_shape(masks, shapes[:2]) else None
    elif rows == ANCHORS * places and columns > 5:
        head = "yolov5"
    elif columns == places and rows > 4:
        head = "yolov8"
    elif rows <= MAX_END_TO_END and columns > 4:
        head = _of_detr(first) if _are_shares(first) else _END_TO_END.get(columns)
    return head


def _of_detr(output: FloatArray) -> Head:
    """Return the head of rows that begin with a box in shares: scores never are whole numbers, numbers of classes always."""
    listed = output.shape[2] == SCORE_AND_CLASS and not np.mod(output[..., -1], 1).any()
    return "rt-detr-end-to-end" if listed else "rt-detr"


def _map(tried: Tried, name: str) -> Head | None:
    """Return the head of an output (1, C, h, w) that covers the picture."""
    output = tried.outputs[name]
    if output.shape[0] != 1 or not _covers(output.shape[2:], tried.size):
        return None
    if output.shape[1] == 1:
        return "semantic-classes" if name in tried.whole else None
    return "semantic-probabilities" if _adds_to_one(output) else "semantic-logits"


def _covers(shape: Sequence[int], size: tuple[int, int]) -> bool:
    """Say whether a map of (height, width) is that of a picture of (width, height), at a whole stride."""
    strides = {(side // max(1, part), side % max(1, part)) for part, side in zip(shape, reversed(size), strict=True)}
    return len(strides) == 1 and all(1 <= stride <= MAX_STRIDE and rest == 0 for stride, rest in strides)


def _adds_to_one(output: FloatArray) -> bool:
    """Say whether the classes of an output (1, C) or (1, C, h, w) have probabilities."""
    sums = output.sum(axis=1, dtype=np.float64)
    return float(output.min()) >= 0 and float(np.abs(sums - 1).max()) < SUM_TOLERANCE


def _are_shares(output: FloatArray) -> bool:
    """Say whether the first four of each row are a box in shares of the picture; all zero, they are nothing."""
    boxes = output[..., :4]
    return bool(boxes.any()) and float(boxes.min()) >= 0 and float(boxes.max()) <= SHARES_END
