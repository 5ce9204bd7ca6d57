from math import inf, nan, sqrt

import numpy as np
import pytest

from labeling.shapes import Box, Keypoint, Polygon, Polyline, RotatedBox, Shape, frozen_points


@pytest.mark.parametrize("values", [[1, 2], [[1, 2, 3]], [[1, nan]], [[inf, 0]], []])
def test_points_that_are_none_are_refused(values: list[float]) -> None:
    with pytest.raises(ValueError, match="points must"):
        frozen_points(values)


def test_points_are_a_copy_that_nobody_can_write() -> None:
    mine = np.array([[1.5, 2.5]])
    points = frozen_points(mine)
    mine[:] = 0
    assert points.tolist() == [[1.5, 2.5]]
    with pytest.raises(ValueError, match="read-only"):
        points[0, 0] = 3


@pytest.mark.parametrize(
    ("shape", "bounds"),
    [
        (Polygon(frozen_points([[1, 2], [5, 2.5], [3, 9]])), (1, 2, 5, 9)),
        (Box(1, 2, 3.5, 4), (1, 2, 3.5, 4)),
        (RotatedBox(10, 20, 4, 2, 0), (8, 19, 12, 21)),
        (RotatedBox(10, 20, 4, 2, 90), (9, 18, 11, 22)),
        (RotatedBox(0, 0, 2, 2, 45), (-sqrt(2), -sqrt(2), sqrt(2), sqrt(2))),
        (Polyline(frozen_points([[4, 1], [2, 8]])), (2, 1, 4, 8)),
        (Keypoint(3, 4), (3, 4, 3, 4)),
    ],
)
def test_bounds(shape: Shape, bounds: tuple[float, float, float, float]) -> None:
    assert shape.bounds == pytest.approx(bounds)


def test_a_rotated_box_turns_clockwise_on_the_picture() -> None:
    first, second, *_ = RotatedBox(0, 0, 10, 2, 30).corners
    along = second - first
    assert np.degrees(np.arctan2(along[1], along[0])) == pytest.approx(30)  # y points down


def test_holes_are_taken_off_the_area() -> None:
    square = frozen_points([[0, 0], [10, 0], [10, 10], [0, 10]])
    hole = frozen_points([[2, 2], [2, 4], [4, 4], [4, 2]])
    assert Polygon(square, (hole,)).area_px == 96


@pytest.mark.parametrize(
    "make",
    [
        lambda: Polygon(frozen_points([[0, 0], [1, 1]])),
        lambda: Polyline(frozen_points([[0, 0]])),
        lambda: Box(3, 0, 3, 5),
        lambda: Box(0, 5, 3, 4),
        lambda: Box(0, nan, 3, 4),
        lambda: RotatedBox(0, 0, 0, 5, 0),
        lambda: RotatedBox(0, 0, 1, inf, 0),
        lambda: Keypoint(nan, 0),
    ],
)
def test_shapes_that_are_none_are_refused(make: object) -> None:
    assert callable(make)
    with pytest.raises(ValueError, match="needs"):
        make()
