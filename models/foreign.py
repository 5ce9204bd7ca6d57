"""A model from elsewhere made to answer as the station's own do: a picture in, a score and what was found out."""

from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from labeling.shapes import Points, Polygon
from models import geometry
from models.decoders import classification, yolo_end_to_end, yolov5, yolov8, yolov8_segment
from models.decoders.anomaly import Placement
from models.decoders.boxes import Detections, FloatArray, Limits
from models.errors import ModelError
from models.manifest import ForeignManifest
from models.prediction import Defect
from models.preprocess import encode
from models.session import WARM_UP_RUNS, Answer, Network

NO_MAP = np.zeros((0, 0), dtype=np.float32)
GREY = 128


@dataclass(frozen=True, slots=True, eq=False)
class ForeignSession:
    """A network and how it is fed and read. Immutable; `run` may be called from any thread."""

    network: Network
    manifest: ForeignManifest

    @classmethod
    def load(cls, data: bytes, manifest: ForeignManifest, *, threads: int = 1) -> Self:
        """Load the model of a manifest. Raises `ModelError` if it is none, or not the manifest's."""
        network = Network.load(data, threads=threads)
        have = {one.name for one in network.outputs}
        if [one.name for one in network.inputs] != [manifest.input.name] or not have.issuperset(manifest.outputs):
            raise ModelError(
                f"the model has inputs {[one.name for one in network.inputs]} and outputs {sorted(have)}, its manifest speaks of "
                f"{manifest.input.name!r} and {list(manifest.outputs)}; deploy another version"
            )
        return cls(network, manifest)

    @property
    def width(self) -> int:
        """Of the picture it takes, in pixels."""
        return self.manifest.input.width

    @property
    def height(self) -> int:
        """Of the picture it takes, in pixels."""
        return self.manifest.input.height

    @property
    def threads(self) -> int:
        """Threads that one run uses."""
        return self.network.threads

    def run(self, image: npt.NDArray[np.uint8]) -> Answer:
        """Judge one picture of shape (1, height, width, 3) uint8 RGB.

        Raises
        ------
        ModelError
            If the model fails, or its answer is not what its head gives: never good.
        """
        spec = self.manifest
        outputs = self.network.run(spec.input.name, encode(image, spec.input), spec.outputs)
        check_shapes([output.shape for output in outputs], spec)
        if spec.task == "classification":
            return Answer(self._not_good(outputs[0]), NO_MAP)
        found = self._found(outputs)
        return Answer(found.top_score, NO_MAP, found)

    def warm_up(self) -> None:
        """Run on a grey picture until memory is laid out. Raises `ModelError` as `run` does."""
        image = np.full((1, self.height, self.width, 3), GREY, dtype=np.uint8)
        for _ in range(WARM_UP_RUNS):
            self.run(image)

    def _not_good(self, output: FloatArray) -> float:
        """Return the probability of everything but the good classes."""
        spec = self.manifest
        probabilities = classification.decode(output, logits=spec.head == "logits")
        good = sum(probabilities[spec.classes.index(name)] for name in spec.good)
        return float(np.clip(1.0 - good, 0.0, 1.0))

    def _found(self, outputs: list[FloatArray]) -> Detections:
        spec = self.manifest
        asked = tuple(number for number, name in enumerate(spec.classes) if name not in spec.good)
        floor = spec.thresholds.low if spec.thresholds.outline is None else spec.thresholds.outline
        limits = Limits(asked, floor, spec.nms_iou)
        match spec.head:
            case "yolov5":
                return yolov5.decode(outputs[0], limits)
            case "yolov8":
                return yolov8.decode(outputs[0], limits)
            case "yolo-end-to-end":
                return yolo_end_to_end.decode(outputs[0], limits, len(spec.classes))
            case _:
                return yolov8_segment.decode(outputs[0], outputs[1], limits, (self.width, self.height))


def check_shapes(shapes: list[tuple[int, ...]], spec: ForeignManifest) -> None:
    """Raise `ModelError` unless the outputs have the shapes that the head gives for this number of classes."""
    count, first = len(spec.classes), shapes[0]
    box = len(first) == 3 and first[0] == 1
    match spec.head:
        case "yolov5":
            fits, wanted = box and first[2] == 5 + count, f"(1, N, {5 + count})"
        case "yolov8":
            fits, wanted = box and first[1] == 4 + count, f"(1, {4 + count}, N)"
        case "yolo-end-to-end":
            fits, wanted = box and first[2] == 6, "(1, N, 6)"
        case "yolov8-segment":
            masks = shapes[1][1] if len(shapes[1]) == 4 and shapes[1][0] == 1 and min(shapes[1]) > 0 else 0
            fits, wanted = (
                box and masks > 0 and first[1] == 4 + count + masks,
                f"(1, {4 + count} + M, N) and (1, M, h, w)",
            )
        case _:
            fits, wanted = first == (1, count), f"(1, {count})"
    if not fits:
        raise ModelError(
            f"the model's outputs have shape {', '.join(map(str, shapes))}; "
            f"head {spec.head!r} with {count} classes gives {wanted}"
        )


def defects_of(found: Detections, spec: ForeignManifest, placement: Placement) -> tuple[tuple[Defect, ...], int]:
    """Return what was found as defects in source pixels, best first, and how many more there were.

    What lies outside the picture, in the padding, is no defect.
    """
    shapes = found.outlines or tuple(yolov8_segment.rectangle(box) for box in found.boxes)
    placed = [_placed(shape, placement) for shape in shapes]
    defects = tuple(
        Defect(spec.classes[number], score, shape)
        for number, score, shape in zip(found.classes.tolist(), found.scores.tolist(), placed, strict=True)
        if shape.area_px > 0
    )
    return defects, found.left_out


def _placed(shape: Polygon, placement: Placement) -> Polygon:
    """Return a polygon of the input in the source, cut at its edges; without holes where they would leave nothing of it."""
    whole = Polygon(_ring(shape.outline, placement), tuple(_ring(hole, placement) for hole in shape.holes))
    return whole if whole.area_px > 0 else Polygon(whole.outline)


def _ring(ring: Points, placement: Placement) -> Points:
    width, height = placement.source_size
    points = np.clip(geometry.apply(placement.to_source, ring), -0.5, (width - 0.5, height - 0.5))
    points.setflags(write=False)
    return points
