"""A model from elsewhere made to answer as the station's own do: a picture in, a score and what was found out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from labeling.shapes import Points, Polygon
from models import geometry
from models.decoders.anomaly import Placement
from models.decoders.boxes import Detections, FloatArray
from models.decoders.yolov8_segment import rectangle
from models.errors import ModelError
from models.manifest import ForeignManifest
from models.prediction import Defect
from models.preprocess import Picture, Tensor, encode_all
from models.providers import Provider
from models.reading import read
from models.session import WARM_UP_RUNS, Answer, Network

GREY = 128
MASKED = ("yolov8-segment", "yolo-end-to-end-segment")
"""Heads that draw masks within boxes."""
NOTHING_PX2 = 1e-6
"""An area that rounding alone may leave, of a box that has none."""
SIZE_TYPES = {"tensor(int64)": np.int64, "tensor(int32)": np.int32, "tensor(float)": np.float32}
"""Of an input that is told the size of the picture."""


@dataclass(frozen=True, slots=True, eq=False)
class ForeignSession:
    """A network and how it is fed and read. Immutable; `run` may be called from any thread."""

    network: Network
    manifest: ForeignManifest

    @classmethod
    def load(
        cls, data: bytes, manifest: ForeignManifest, *, threads: int = 1, provider: Provider = Provider.CPU
    ) -> Self:
        """Load the model of a manifest. Raises `ModelError` if it is none, not the manifest's, or not to be run so."""
        network = Network.load(data, threads=threads, provider=provider)
        have = {one.name for one in network.outputs}
        fed = {manifest.input.name} | ({manifest.input.size_name} if manifest.input.size_name else set())
        if {one.name for one in network.inputs} != fed or not have.issuperset(manifest.outputs):
            raise ModelError(
                f"the model has inputs {[one.name for one in network.inputs]} and outputs {sorted(have)}, its manifest speaks of "
                f"{sorted(fed)} and {list(manifest.outputs)}; deploy another version"
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

    def run(self, image: Picture) -> Answer:
        """Judge one picture of shape (1, height, width, 3) uint8 RGB.

        Raises
        ------
        ModelError
            If the model fails, or its answer is not what its head gives: never good.
        """
        return read(self.outputs([image]), self.manifest)

    def run_together(self, images: Sequence[Picture]) -> list[Answer]:
        """Judge several pictures in one run, by a model whose batch is free. Raises `ModelError` for all of them."""
        outputs = self.outputs(images)
        each = [[np.atleast_1d(output)[number : number + 1] for output in outputs] for number in range(len(images))]
        return [read(one, self.manifest) for one in each]

    def outputs(self, images: Sequence[Picture]) -> list[FloatArray]:
        """Return what the model says to pictures in one run, as it says it. Raises `ModelError` if it fails."""
        spec = self.manifest
        return self.network.run_all(self.feed(images), spec.outputs)

    def feed(self, images: Sequence[Picture]) -> dict[str, npt.NDArray[Any]]:
        """Return everything that goes into the model for pictures in one run, by the names of its inputs."""
        return self._feed(encode_all(images, self.manifest.input))

    def bare(self, image: Picture) -> Callable[[], object]:
        """Return the run of onnxruntime alone on a picture as `run` takes it, for comparison."""
        return self.network.bare(self.feed([image]), self.manifest.outputs)

    @property
    def takes_several(self) -> bool:
        """Whether the batch of its input is free."""
        return all(one.shape[0] is None for one in self.network.inputs)

    def _feed(self, tensor: Tensor) -> dict[str, npt.NDArray[Any]]:
        """Return everything that goes into the model with the tensor of its pictures."""
        spec = self.manifest.input
        if spec.size_name is None:
            return {spec.name: tensor}
        kind = next(one.type for one in self.network.inputs if one.name == spec.size_name)
        sizes = np.tile([[spec.width, spec.height]], (len(tensor), 1))
        return {spec.name: tensor, spec.size_name: sizes.astype(SIZE_TYPES[kind])}

    def warm_up(self) -> None:
        """Run on a grey picture until memory is laid out. Raises `ModelError` as `run` does."""
        image = np.full((1, self.height, self.width, 3), GREY, dtype=np.uint8)
        for _ in range(WARM_UP_RUNS):
            self.run(image)


def defects_of(found: Detections, spec: ForeignManifest, placement: Placement) -> tuple[tuple[Defect, ...], int]:
    """Return what was found as defects in source pixels, best first, and how many more there were.

    What lies outside the picture, in the padding, is no defect.
    """
    shapes = found.outlines or tuple(rectangle(box) for box in found.boxes)
    placed = [_placed(shape, placement) for shape in shapes]
    if spec.head in MASKED:  # the largest piece of a mask may lie in the padding while what was found does not
        boxes = (rectangle(box) for box in found.boxes)
        placed = [
            one if one.area_px > NOTHING_PX2 else _placed(box, placement)
            for one, box in zip(placed, boxes, strict=True)
        ]
    defects = tuple(
        Defect(spec.classes[number], score, shape)
        for number, score, shape in zip(found.classes.tolist(), found.scores.tolist(), placed, strict=True)
        if shape.area_px > NOTHING_PX2
    )
    return defects, found.left_out


def _placed(shape: Polygon, placement: Placement) -> Polygon:
    """Return a polygon of the input in the source, cut at its edges; without holes where they would leave nothing of it."""
    whole = Polygon(_ring(shape.outline, placement), tuple(_ring(hole, placement) for hole in shape.holes))
    return whole if not whole.holes or whole.area_px > 0 else Polygon(whole.outline)


def _ring(ring: Points, placement: Placement) -> Points:
    """Return a ring of the input in the source, cut at its edges."""
    limits = [(-0.5, side - 0.5) for side in placement.source_size]
    points = geometry.apply(placement.to_source, ring)
    if any(points[:, axis].min() < low or points[:, axis].max() > high for axis, (low, high) in enumerate(limits)):
        for axis, (low, high) in enumerate(limits):
            points = geometry.cut(points[np.newaxis], axis, low, high)[0]
        points = points[(points != np.roll(points, 1, axis=0)).any(axis=1)]
        if len(points) < 3:
            points = np.zeros((3, 2))  # nothing of it lies in the picture
    points.setflags(write=False)
    return points
