from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from labeling.shapes import Polygon, frozen_points
from models.decoders.boxes import Detections
from models.foreign import defects_of
from models.manifest import ForeignInput
from models.preprocess import fit


def square(left: float, top: float, right: float, bottom: float) -> Polygon:
    return Polygon(frozen_points([[left, top], [right, top], [right, bottom], [left, bottom]]))


@pytest.mark.parametrize(
    ("head", "bottom", "bounds"),
    [
        ("yolov8-segment", 31.5, [(9.5, -0.5, 29.5, 15.5)]),  # the box reaches into the picture
        ("yolov8-segment", 11.5, []),
        ("yolov8-obb", 31.5, []),  # whose outline is all of it
    ],
)
def test_a_mask_whose_largest_piece_lies_in_the_padding_is_its_box(head: str, bottom: float, bounds: list[Any]) -> None:
    _, placement = fit(np.zeros((32, 64), dtype=np.uint8), ForeignInput(name="images", width=64, height=64))
    box = np.array([[9.5, 3.5, 29.5, bottom]], dtype=np.float32)
    outlines = (square(9.5, 3.5, 29.5, 10.5),)  # the picture begins in row 16
    found = Detections(box, np.array([0.9], np.float32), np.array([0]), 0.9, outlines)
    spec: Any = SimpleNamespace(head=head, classes=("dent",))
    defects, left_out = defects_of(found, spec, placement)
    assert [tuple(defect.shape.bounds) for defect in defects] == [pytest.approx(wanted) for wanted in bounds]
    assert left_out == 0
