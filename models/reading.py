"""From the outputs of a model from elsewhere to its answer, by the head its manifest names. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from models.decoders import (
    anomaly_scale,
    classification,
    detr,
    listed,
    oriented,
    semantic,
    yolo_end_to_end,
    yolov5,
    yolov8,
    yolov8_segment,
)
from models.decoders.boxes import Detections, FloatArray, Limits
from models.errors import ModelError
from models.heads import Head, Shape, fits, wanted
from models.manifest import ForeignManifest
from models.session import Answer

NO_MAP = np.zeros((0, 0), dtype=np.float32)


def read(outputs: Sequence[FloatArray], spec: ForeignManifest) -> Answer:
    """Return what the outputs of one picture mean, in the order of the manifest.

    Raises
    ------
    ModelError
        If they are not what the head gives: never good.
    """
    check_shapes([output.shape for output in outputs], spec)
    if spec.task == "classification":
        return _classified(outputs[0], spec)
    if spec.task == "anomaly":
        return Answer(*anomaly_scale.read(list(outputs), spec.anomaly))
    found = _found(outputs, spec)
    return Answer(found.top_score, NO_MAP, found)


def check_shapes(shapes: Sequence[Shape], spec: ForeignManifest) -> None:
    """Raise `ModelError` unless the outputs have the shapes that the head gives for this number of classes."""
    if not fits(spec.head, shapes, len(spec.classes)):
        raise ModelError(
            f"the model's outputs have shape {', '.join(map(str, shapes))}; "
            f"head {spec.head!r} with {len(spec.classes)} classes gives {wanted(spec.head, len(spec.classes))}"
        )


def _classified(output: FloatArray, spec: ForeignManifest) -> Answer:
    """Return the probability of everything but the good classes, and the likeliest class of those that are not."""
    probabilities = classification.decode(output, logits=spec.head == "logits")
    by_class = dict(zip(spec.classes, probabilities.tolist(), strict=True))
    good = sum(by_class.pop(name) for name in spec.good)
    return Answer(float(np.clip(1.0 - good, 0.0, 1.0)), NO_MAP, class_name=max(by_class, key=by_class.__getitem__))


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked of a model that knows so many classes, for an input of (width, height)."""

    limits: Limits
    classes: int
    size: tuple[int, int]


def _found(outputs: Sequence[FloatArray], spec: ForeignManifest) -> Detections:
    asked = tuple(number for number, name in enumerate(spec.classes) if name not in spec.good)
    floor = spec.thresholds.low if spec.thresholds.outline is None else spec.thresholds.outline
    limits = Limits(asked, floor, spec.nms_iou)
    return _READERS[spec.head](outputs, _Asked(limits, len(spec.classes), (spec.input.width, spec.input.height)))


_READERS: Mapping[Head, Callable[[Sequence[FloatArray], _Asked], Detections]] = {
    "yolov5": lambda of, asked: yolov5.decode(of[0], asked.limits),
    "yolov8": lambda of, asked: yolov8.decode(of[0], asked.limits),
    "yolo-end-to-end": lambda of, asked: yolo_end_to_end.decode(of[0], asked.limits, asked.classes),
    "rt-detr": lambda of, asked: detr.decode(of[0], asked.limits, asked.size),
    "rt-detr-end-to-end": lambda of, asked: detr.decode_end_to_end(of[0], asked.limits, asked.classes, asked.size),
    "detr": lambda of, asked: detr.decode_logits(of[0], of[1], asked.limits, asked.size),
    "detections": lambda of, asked: listed.decode(of[0], of[1], of[2], asked.limits, asked.classes, None),
    "detections-shares": lambda of, asked: listed.decode(of[0], of[1], of[2], asked.limits, asked.classes, asked.size),
    "scored-boxes": lambda of, asked: listed.decode_scored(of[0], of[1], asked.limits, asked.classes),
    "ssd": lambda of, asked: listed.decode_ssd(of[0], asked.limits, asked.classes, asked.size),
    "yolov8-obb": lambda of, asked: oriented.decode(of[0], asked.limits),
    "yolo-end-to-end-obb": lambda of, asked: oriented.decode_end_to_end(of[0], asked.limits, asked.classes),
    "yolov8-segment": lambda of, asked: yolov8_segment.decode(of[0], of[1], asked.limits, asked.size),
    "yolo-end-to-end-segment": lambda of, asked: yolo_end_to_end.decode_masks(
        of[0], of[1], asked.limits, asked.classes, asked.size
    ),
    "semantic-logits": lambda of, asked: semantic.decode_scores(of[0], asked.limits, asked.size, logits=True),
    "semantic-probabilities": lambda of, asked: semantic.decode_scores(of[0], asked.limits, asked.size, logits=False),
    "semantic-classes": lambda of, asked: semantic.decode_classes(of[0], asked.limits, asked.size, asked.classes),
}
"""How each head that finds things is read."""
