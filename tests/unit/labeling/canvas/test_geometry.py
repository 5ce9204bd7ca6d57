import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from labeling.canvas.geometry import box_between, handles_of, is_closed, rings_of, rotated_box_on, with_handle_at
from labeling.shapes import Box, Keypoint, Polygon, Polyline, RotatedBox, Shape, frozen_points

places = st.tuples(st.floats(-500, 500), st.floats(-500, 500))
HOLED = Polygon(
    frozen_points([(0, 0), (90, 0), (90, 90)]),
    (frozen_points([(60, 20), (70, 20), (70, 30)]), frozen_points([(80, 40), (85, 40), (85, 50)])),
)
SHAPES: list[Shape] = [
    HOLED,
    Box(0, 0, 30, 20),
    RotatedBox(50, 50, 40, 20, 33),
    Polyline(frozen_points([(0, 0), (10, 10), (30, 5)])),
    Keypoint(3, 4),
]


@pytest.mark.parametrize("shape", SHAPES)
def test_a_moved_handle_is_where_it_was_put(shape: Shape) -> None:
    for index in range(len(handles_of(shape))):
        to = tuple(handles_of(shape)[index] + (3.0, 2.0))
        moved = with_handle_at(shape, index, (float(to[0]), float(to[1])))
        assert type(moved) is type(shape)
        assert np.hypot(*(handles_of(moved) - to).T).min() < 1e-6


@pytest.mark.parametrize("shape", SHAPES)
def test_the_original_stays_as_it_was(shape: Shape) -> None:
    before = handles_of(shape).copy()
    with_handle_at(shape, 0, (77.0, 78.0))
    assert (handles_of(shape) == before).all()


@given(to=places, index=st.integers(0, 3))
def test_the_opposite_corner_of_a_box_stays(to: tuple[float, float], index: int) -> None:
    for shape in (Box(0, 0, 30, 20), RotatedBox(50, 50, 40, 20, 33)):
        fixed = handles_of(shape)[(index + 2) % 4]
        moved = with_handle_at(shape, index, to)
        assert np.hypot(*(handles_of(moved) - fixed).T).min() < 0.01


def test_a_handle_of_the_second_hole_moves_that_hole() -> None:
    moved = with_handle_at(HOLED, 7, (84.0, 39.0))
    assert isinstance(moved, Polygon)
    assert moved.outline is HOLED.outline
    assert moved.holes[0] is HOLED.holes[0]
    assert moved.holes[1].tolist() == [[80, 40], [84, 39], [85, 50]]
    with pytest.raises(IndexError, match="no handle"):
        with_handle_at(HOLED, 9, (0.0, 0.0))


@given(start=places, end=places, to=places)
def test_a_rotated_box_stands_on_its_side(
    start: tuple[float, float], end: tuple[float, float], to: tuple[float, float]
) -> None:
    if np.hypot(end[0] - start[0], end[1] - start[1]) < 1:
        return
    box = rotated_box_on((start, end), to)
    for corner in (start, end):
        assert np.hypot(*(box.corners - corner).T).min() < 0.01
    assert box.width == pytest.approx(np.hypot(end[0] - start[0], end[1] - start[1]))


def test_a_box_takes_its_corners_in_any_order() -> None:
    assert box_between((30, 5), (10, 20)) == Box(10, 5, 30, 20)
    assert box_between((3, 3), (3, 3)).bounds[2] > 3


def test_lines_are_open_and_the_rest_is_closed() -> None:
    assert [is_closed(shape) for shape in SHAPES] == [True, True, True, False, False]
    assert [len(rings_of(shape)) for shape in SHAPES] == [3, 1, 1, 1, 1]
