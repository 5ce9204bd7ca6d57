from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pytest
import shapely
from hypothesis import example, given
from hypothesis import strategies as st

from labeling.areas import simplify, to_area, to_geometry, to_polygons
from labeling.brush import add_stroke, erase_stroke
from labeling.shapes import Box, Keypoint, Points, Polygon, Polyline, RotatedBox, Shape, frozen_points

SQUARE = Box(0, 0, 100, 100)
near = st.tuples(st.floats(-30, 130), st.floats(-30, 130))
strokes = st.lists(near, min_size=1, max_size=8)
radii = st.floats(1.5, 40)  # a dab of less is smaller than what is dropped


def test_a_dab_is_a_disc_and_keeps_its_fractions() -> None:
    (dab,) = add_stroke(None, [[10.25, 20.5]], 8)
    assert dab.area_px == pytest.approx(np.pi * 64, rel=0.03)
    assert dab.bounds == pytest.approx((2.25, 12.5, 18.25, 28.5), abs=0.1)
    assert len(dab.outline) < 64


def test_a_stroke_round_about_leaves_a_hole() -> None:
    (ring,) = add_stroke(None, [[0, 0], [50, 0], [50, 50], [0, 50], [0, 0]], 5)
    assert len(ring.holes) == 1
    assert ring.area_px == pytest.approx(60 * 60 - 40 * 40, rel=0.02)


def test_a_stroke_inside_changes_nothing_and_one_across_grows() -> None:
    (same,) = add_stroke(SQUARE, [[50, 50]], 10)
    assert same.area_px == 10_000
    (more,) = add_stroke(SQUARE, [[95, 50], [150, 50]], 5)
    assert more.area_px == pytest.approx(10_000 + 50 * 10 + np.pi * 25 / 2, rel=0.001)


def test_what_does_not_touch_is_a_piece_of_its_own() -> None:
    large, small = add_stroke(SQUARE, [[200, 200]], 10)
    assert large.area_px == 10_000
    assert small.bounds == pytest.approx((190, 190, 210, 210), abs=0.2)


def test_an_eraser_makes_holes_pieces_and_nothing() -> None:
    (holed,) = erase_stroke(SQUARE, [[50, 50]], 10)
    assert len(holed.holes) == 1
    assert holed.area_px == pytest.approx(10_000 - np.pi * 100, rel=0.001)
    halves = erase_stroke(SQUARE, [[60, -20], [60, 120]], 5)
    assert [round(piece.area_px) for piece in halves] == [5500, 3500]
    assert erase_stroke(SQUARE, [[-50, 50], [150, 50]], 90) == ()


def test_small_islands_and_holes_are_dropped() -> None:
    assert len(erase_stroke(SQUARE, [[98, -20], [98, 120]], 1.97)) == 1  # a sliver is left beside it
    (whole,) = erase_stroke(SQUARE, [[50, 50]], 0.9)
    assert whole.holes == ()
    assert add_stroke(None, [[0, 0]], 0.5) == ()


def test_a_crossed_outline_can_be_brushed() -> None:
    bow = Polygon(frozen_points([[0, 0], [40, 40], [40, 0], [0, 40]]))
    assert len(add_stroke(bow, [[20, 20]], 6)) == 1
    left, right = erase_stroke(bow, [[20, -10], [20, 60]], 2)
    assert left.area_px == pytest.approx(right.area_px)


JITTER = [(1.0, 0.0), (0.0, -0.5), (0.0, 0.0), (0.0, -1.0), (1.0, 0.0)]
"""GEOS 3.14.1 leaves a bite of 120 px² out of the buffer of this line with a radius of 21."""


@given(strokes, radii)
@example(JITTER, 21.0)
def test_nothing_of_a_stroke_is_left_out_and_nothing_else_touched(
    points: list[tuple[float, float]], radius: float
) -> None:
    pixels = np.stack(np.meshgrid(np.arange(2.0, 99, 4), np.arange(2.0, 99, 4)), axis=-1).reshape(-1, 2)
    way = np.round([points[0], *points], 6)
    away = np.min([distance_px(pixels, *ends) for ends in pairwise(way)], axis=0)
    places = shapely.points(pixels)
    left = shapely.intersects(to_union(erase_stroke(SQUARE, points, radius)), places)
    assert not left[away < radius - 0.4].any()
    # What is left may have lost islands of less than 4 px², and of those only such as lie between strokes.
    assert left[away > radius + 3].all()
    added = shapely.intersects(to_union(add_stroke(Box(0, 0, 0.5, 100), points, radius)), places)
    assert added[away < radius - 0.4].all()
    assert not added[(away > radius + 3) & (pixels[:, 0] > 1)].any()


def distance_px(pixels: Points, begin: Points, end: Points) -> npt.NDArray[np.float64]:
    """How far pixels are from a step of the way."""
    along, length2 = end - begin, max(float((end - begin) @ (end - begin)), 1e-12)
    share = np.clip((pixels - begin) @ along / length2, 0, 1)
    distances: npt.NDArray[np.float64] = np.hypot(*(pixels - begin - share[:, None] * along).T)
    return distances


@given(strokes, strokes, radii)
def test_pieces_are_valid_and_the_largest_comes_first(
    first: list[tuple[float, float]], second: list[tuple[float, float]], radius: float
) -> None:
    for shape in add_stroke(None, first, radius + 1):
        pieces = erase_stroke(shape, second, radius)
        assert [piece.area_px for piece in pieces] == sorted((piece.area_px for piece in pieces), reverse=True)
        assert all(to_geometry(piece).is_valid for piece in pieces)


def to_union(pieces: tuple[Polygon, ...]) -> shapely.Geometry:
    return shapely.union_all([to_geometry(piece) for piece in pieces])


@pytest.mark.parametrize(
    ("points", "radius", "words"),
    [
        (np.empty((0, 2)), 5, "needs a point"),
        ([[1, 2]], 0, "radius above 0"),
        ([[1, 2]], float("nan"), "radius above 0"),
        ([[1, 2]], float("inf"), "radius above 0"),
        ([[1, float("nan")]], 5, "finite"),
    ],
)
def test_strokes_that_are_none_are_refused(points: list[list[float]], radius: float, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        add_stroke(None, points, radius)
    with pytest.raises(ValueError, match=words):
        erase_stroke(SQUARE, points, radius)


def test_a_new_shape_can_have_a_hole_erased() -> None:
    """Brush, then eraser, then brush again over the hole, as a person does."""
    (blob,) = add_stroke(None, [[50, 50], [80, 50]], 20)
    (holed,) = erase_stroke(blob, [[60, 50]], 6)
    assert len(holed.holes) == 1
    (filled,) = add_stroke(holed, [[60, 50]], 8)
    assert filled.holes == ()
    assert filled.area_px == pytest.approx(blob.area_px, rel=0.001)


# Geometry -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shape", "kind", "area"),
    [
        (Polygon(frozen_points([[0, 0], [4, 0], [4, 4]]), ()), "Polygon", 8),
        (Box(0, 0, 2, 3), "Polygon", 6),
        (RotatedBox(0, 0, 2, 3, 50), "Polygon", 6),
        (Polyline(frozen_points([[0, 0], [4, 0]])), "LineString", 0),
        (Keypoint(0, 0), "Point", 0),
    ],
)
def test_shapes_as_geometry(shape: Shape, kind: str, area: float) -> None:
    geometry = to_geometry(shape)
    assert geometry.geom_type == kind
    assert geometry.area == pytest.approx(area)


def test_a_crossed_outline_is_untangled_and_what_covers_nothing_is_empty() -> None:
    assert to_area(Polygon(frozen_points([[0, 0], [40, 40], [40, 0], [0, 40]]))).area == pytest.approx(800)
    assert to_area(Polygon(frozen_points([[0, 0], [1, 0], [2, 0]]))).area == 0


def test_pieces_that_are_lines_or_points_are_dropped() -> None:
    mixed = shapely.GeometryCollection(
        [shapely.Point(0, 0), shapely.box(0, 0, 2, 2), shapely.LineString([[0, 0], [9, 9]])]
    )
    assert [piece.area_px for piece in to_polygons(mixed)] == [4]
    assert to_polygons(shapely.Polygon()) == ()


lines = st.lists(st.tuples(st.floats(-500, 500), st.floats(-500, 500)), min_size=1, max_size=60)


@given(lines, st.floats(0, 50), st.booleans())
def test_simplifying_keeps_every_point_within_the_tolerance(
    points: list[tuple[float, float]], tolerance: float, closed: bool
) -> None:
    short = simplify(points, tolerance, closed=closed)
    given_points = np.round(points, 6)
    assert {tuple(point) for point in short.tolist()} <= {tuple(point) for point in given_points.tolist()}
    assert short[0].tolist() == given_points[0].tolist()
    if not closed:
        assert short[-1].tolist() == given_points[-1].tolist()
    if len(points) < 3:
        assert len(short) == len(points)
        return
    ring = [*short.tolist(), short[0].tolist()] if closed else short.tolist()
    assert shapely.distance(shapely.points(given_points), shapely.LineString(ring)).max() <= tolerance + 1e-6
    assert len(short) >= (3 if closed else 2)


def test_a_lasso_becomes_a_few_points() -> None:
    angles = np.linspace(0, 2 * np.pi, 121)[:-1]
    lasso = np.stack([100 + 50 * np.cos(angles), 100 + 30 * np.sin(angles)], axis=1)
    assert len(simplify(lasso, 2, closed=True)) <= 16


@pytest.mark.parametrize(
    ("points", "tolerance", "words"),
    [([[1, 2]], -1, "not negative"), ([[1, float("nan")]], 1, "finite"), ([1], 1, "shape")],
)
def test_what_cannot_be_simplified_is_refused(points: list[list[float]], tolerance: float, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        simplify(points, tolerance, closed=False)
