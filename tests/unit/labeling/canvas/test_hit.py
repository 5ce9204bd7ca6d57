import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from labeling.canvas.geometry import handles_of
from labeling.canvas.hit import contains, distance_to, handle_at, outline_at
from labeling.canvas.outline import Outline, OutlineStyle
from labeling.shapes import Box, Keypoint, Polygon, Polyline, RotatedBox, Shape, frozen_points

coordinates = st.floats(-1000, 1000).map(lambda value: round(value, 2))
places = st.tuples(coordinates, coordinates)
rings = st.lists(places, min_size=3, max_size=30)


def outlines(*shapes: Shape) -> list[Outline]:
    return [Outline(number, shape, OutlineStyle.PERSON) for number, shape in enumerate(shapes)]


@given(ring=rings, at=places)
def test_inside_is_what_opencv_calls_inside_for_convex_rings(
    ring: list[tuple[float, float]], at: tuple[float, float]
) -> None:
    found = cv2.convexHull(np.array(ring, dtype=np.float32))
    if found is None or len(found) < 3:
        return
    hull = found.reshape(-1, 2)
    distance = cv2.pointPolygonTest(hull, at, measureDist=True)
    if abs(distance) < 0.01:
        return
    polygon = Polygon(frozen_points(hull))
    assert contains(polygon, at) == (distance > 0)
    assert distance_to(polygon, at) == pytest.approx(abs(distance), abs=0.01)


@given(ring=rings, at=places)
def test_the_nearest_handle_is_nearest(ring: list[tuple[float, float]], at: tuple[float, float]) -> None:
    polygon = Polygon(frozen_points(ring))
    distances = np.hypot(*(polygon.outline - at).T)
    index = handle_at(polygon, at, 50.0)
    if distances.min() > 50.0:
        assert index is None
    else:
        assert index is not None
        assert distances[index] == distances.min()


@given(at=places, move=places)
def test_hits_move_with_the_shape(at: tuple[float, float], move: tuple[float, float]) -> None:
    ring = np.array([(-200, -100), (300, -50), (100, 250)], dtype=float)
    moved = (at[0] + move[0], at[1] + move[1])
    if distance_to(Polygon(frozen_points(ring)), at) > 1e-6:
        here = contains(Polygon(frozen_points(ring)), at)
        assert here == contains(Polygon(frozen_points(ring + move)), moved)


def test_a_hole_is_not_inside() -> None:
    hole = frozen_points([(40, 40), (60, 40), (60, 60), (40, 60)])
    polygon = Polygon(frozen_points([(0, 0), (100, 0), (100, 100), (0, 100)]), (hole,))
    assert contains(polygon, (20, 20))
    assert not contains(polygon, (50, 50))
    assert distance_to(polygon, (50, 50)) == 10


@pytest.mark.parametrize(
    ("shape", "inside", "distance"),
    [
        (Box(0, 0, 10, 20), True, 5),
        (RotatedBox(5, 10, 10, 20, 0), True, 5),
        (Polyline(frozen_points([(0, 10), (10, 10)])), False, 0),
        (Keypoint(5, 13), False, 3),
    ],
)
def test_every_shape_can_be_asked(shape: Shape, inside: bool, distance: float) -> None:
    assert contains(shape, (5, 10)) == inside
    assert distance_to(shape, (5, 10)) == pytest.approx(distance)


def test_an_open_line_does_not_join_its_ends() -> None:
    line = Polyline(frozen_points([(0, 0), (100, 0), (100, 100)]))
    assert distance_to(line, (0, 50)) == 50


def test_of_shapes_within_each_other_the_smallest_is_meant() -> None:
    big, small = Box(0, 0, 100, 100), Box(40, 40, 60, 60)
    for order in (outlines(big, small), outlines(small, big)):
        found = outline_at(order, (50, 50), 5)
        assert next(one for one in order if one.uid == found).shape is small
    assert outline_at(outlines(big, small), (20, 20), 5) == 0


def test_beside_all_shapes_the_nearest_line_within_reach_is_meant() -> None:
    every = outlines(Box(0, 0, 10, 10), Box(16, 0, 30, 10), Keypoint(13, 40))
    assert outline_at(every, (14, 5), 5) == 1
    assert outline_at(every, (12, 5), 5) == 0
    assert outline_at(every, (13, 38), 5) == 2
    assert outline_at(every, (13, 25), 5) is None
    assert outline_at([], (0, 0), 5) is None


def test_inside_one_wins_over_near_another() -> None:
    every = outlines(Keypoint(5, 5), Box(0, 0, 100, 100))
    assert outline_at(every, (6, 5), 5) == 1


def test_handles_of_a_polygon_with_holes_are_all_there() -> None:
    hole = frozen_points([(40, 40), (60, 40), (60, 60)])
    polygon = Polygon(frozen_points([(0, 0), (100, 0), (100, 100), (0, 100)]), (hole,))
    assert len(handles_of(polygon)) == 7
    assert handle_at(polygon, (59, 61), 5) == 6
