import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from labeling.canvas.transform import MAX_SCALE, Rect, ViewTransform, around, bounded, fitted

sides = st.integers(1, 20_000)
sizes = st.tuples(sides, sides)
viewports = st.tuples(st.integers(1, 4000), st.integers(1, 4000))
places = st.floats(-1e5, 1e5)
views = st.builds(ViewTransform, st.floats(1e-3, MAX_SCALE), places, places)
points = st.lists(st.tuples(places, places), min_size=1, max_size=20)


@given(view=views, values=points)
def test_to_the_screen_and_back_is_the_same_place(view: ViewTransform, values: list[tuple[float, float]]) -> None:
    there = view.to_screen(values)
    assert np.allclose(view.to_image(there), values, rtol=0, atol=1e-6 * max(1.0, 1 / view.scale))


@given(view=views, factor=st.floats(0.01, 100), at=st.tuples(places, places))
def test_a_zoom_keeps_what_is_under_the_finger(view: ViewTransform, factor: float, at: tuple[float, float]) -> None:
    zoomed = view.zoomed(factor, at)
    assert zoomed.scale == pytest.approx(view.scale * factor)
    assert np.allclose(zoomed.to_image(at), view.to_image(at), rtol=1e-6, atol=1e-5 / view.scale)


@given(picture=sizes, viewport=viewports)
def test_a_fitted_picture_is_whole_and_centred(picture: tuple[int, int], viewport: tuple[int, int]) -> None:
    view = fitted(picture, viewport)
    low, high = view.to_screen([(-0.5, -0.5), (picture[0] - 0.5, picture[1] - 0.5)])
    assert (low >= -1e-6).all()
    assert (high <= np.array(viewport) + 1e-6).all()
    assert np.allclose(low + high, viewport)
    assert view.scale <= MAX_SCALE


@given(view=views, picture=sizes, viewport=viewports)
def test_a_bounded_view_never_loses_the_picture(
    view: ViewTransform, picture: tuple[int, int], viewport: tuple[int, int]
) -> None:
    kept = bounded(view, picture, viewport)
    low, high = kept.to_screen([(-0.5, -0.5), (picture[0] - 0.5, picture[1] - 0.5)])
    middle = np.array(viewport) / 2
    assert (low <= middle + 1e-3).all()
    assert (high >= middle - 1e-3).all()
    again = bounded(kept, picture, viewport)
    assert (again.scale, again.x, again.y) == pytest.approx((kept.scale, kept.x, kept.y), abs=1e-3)


def test_a_small_picture_may_be_seen_at_1_to_1_and_a_large_one_whole() -> None:
    assert bounded(ViewTransform(0.01, 0, 0), (10, 10), (100, 100)).scale == 1.0
    assert bounded(ViewTransform(0.01, 0, 0), (1000, 500), (100, 100)).scale == 0.1
    assert bounded(ViewTransform(1e6, 0, 0), (1000, 500), (100, 100)).scale == MAX_SCALE


def test_around_shows_the_bounds_with_room_beside_them() -> None:
    view = around((10, 20, 30, 25), (200, 200), margin=0.5)
    assert view.scale == 5.0
    assert view.to_screen((20, 22.5)).tolist() == [100, 100]


def test_pixel_0_covers_the_first_screen_pixels() -> None:
    view = fitted((4, 4), (40, 40))
    assert view.to_screen((-0.5, -0.5)).tolist() == [0, 0]
    assert view.picture_rect((4, 4)) == Rect(0, 0, 40, 40)
    assert view.screen_rect((0.01, 0.0, 1.0, 3.0)) == Rect(5, 5, 15, 35)


def test_rectangles_join_and_meet() -> None:
    one, other = Rect(0, 0, 10, 10), Rect(5, 5, 20, 8)
    assert one.common(other) == Rect(5, 5, 10, 8)
    assert one.joined(other) == Rect(0, 0, 20, 10)
    assert one.joined(Rect(3, 3, 3, 9)) == one
    assert one.common(Rect(11, 0, 12, 1)).empty
    assert one.moved(1, -1).grown(2) == Rect(-1, -3, 13, 11)
