import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from labeling.relations import Areas, is_plain
from labeling.shapes import Polygon, frozen_points


def _box(x: float, y: float, width: float = 10, height: float = 4) -> Polygon:
    return Polygon(frozen_points([[x, y], [x + width, y], [x + width, y + height], [x, y + height]]))


ZONE = _box(0, 0, 100, 100)


@pytest.mark.parametrize(
    ("shape", "touches", "within"),
    [
        (_box(20, 20), True, True),
        (_box(0, 0), True, True),
        (_box(95, 20), True, False),
        (_box(100, 20), True, False),
        (_box(100.01, 20), False, False),
        (_box(-1, -1, 102, 102), True, False),
        (Polygon(frozen_points([[5, 5], [9, 9], [5, 5]])), True, True),
        (Polygon(frozen_points([[5, 5], [5, 5], [5, 5]])), True, True),
        (Polygon(frozen_points([[200, 5], [209, 9], [200, 5]])), False, False),
        (Polygon(frozen_points([[90, 0], [110, 10], [110, 0], [90, 10]])), True, False),
    ],
)
def test_touching_and_within(shape: Polygon, touches: bool, within: bool) -> None:
    areas = Areas([shape])
    assert (areas.touching(ZONE).tolist(), areas.within(ZONE).tolist()) == ([touches], [within])


def test_areas_without_holes_and_untangled() -> None:
    ring = Polygon(ZONE.outline, (_box(10, 10, 50, 50).outline,))
    bow = Polygon(frozen_points([[0, 0], [10, 10], [10, 0], [0, 10]]))
    assert Areas([ring, bow]).areas().tolist() == pytest.approx([7500, 50])


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=2, max_size=9))
def test_nearest_is_the_least_of_all_distances(corners: list[tuple[int, int]]) -> None:
    areas = Areas([_box(x, y) for x, y in corners])
    numbers = list(range(len(corners)))
    gaps = {
        (i, j): float(np.hypot(max(abs(a[0] - b[0]) - 10, 0), max(abs(a[1] - b[1]) - 4, 0)))
        for i, a in enumerate(corners)
        for j, b in enumerate(corners)
        if i < j
    }
    nearest = areas.nearest(numbers)
    assert nearest is not None
    assert nearest.distance == pytest.approx(min(gaps.values()))
    assert gaps[nearest.first, nearest.second] == pytest.approx(nearest.distance)


def test_nearest_of_those_asked_for_and_of_equal_ones() -> None:
    turned = Polygon(frozen_points(np.roll(_box(0, 0).outline, 1, axis=0)))
    areas = Areas([_box(0, 0), _box(12, 0), _box(30, 0), turned])
    of_two = areas.nearest([0, 2])
    assert of_two is not None
    assert (of_two.distance, of_two.first, of_two.second) == (20, 0, 2)
    same = areas.nearest([0, 3])
    assert same is not None
    assert same.distance == 0
    assert areas.nearest([1]) is None
    assert areas.nearest([]) is None


def test_a_plain_polygon_has_an_area_and_does_not_cross_itself() -> None:
    assert is_plain(ZONE)
    assert not is_plain(Polygon(frozen_points([[0, 0], [10, 10], [10, 0], [0, 10]])))
    assert not is_plain(Polygon(frozen_points([[0, 0], [10, 0], [5, 0]])))
