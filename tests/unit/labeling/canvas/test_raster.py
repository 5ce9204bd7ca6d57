import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from labeling.canvas.raster import Bytes, Raster, whole_pixels_between
from labeling.canvas.transform import Rect, ViewTransform

SIZE = (60, 40)


class World:
    """A painter whose every pixel says where in the image it is, and when it was painted."""

    def __init__(self) -> None:
        self.rects: list[Rect] = []
        self.mark = 1

    def paint(self, target: Bytes, rect: Rect, view: ViewTransform) -> None:
        self.rects.append(rect)
        x = np.arange(rect.left, rect.right) - round(view.x)
        y = np.arange(rect.top, rect.bottom) - round(view.y)
        target[..., 0], target[..., 1] = x % 256, (y % 256)[:, np.newaxis]
        target[..., 2], target[..., 3] = self.mark, 255


@given(moves=st.lists(st.tuples(st.integers(-70, 70), st.integers(-50, 50)), min_size=1, max_size=6))
def test_after_any_pans_the_picture_is_as_if_painted_anew(moves: list[tuple[int, int]]) -> None:
    world, fresh = World(), World()
    raster = Raster(world.paint)
    view = ViewTransform(1.0, 0.0, 0.0)
    raster.prepare(SIZE, view)
    for dx, dy in moves:
        view = view.panned(dx, dy)
        assert (raster.prepare(SIZE, view) == Raster(fresh.paint).prepare(SIZE, view)).all()


def test_a_pan_paints_only_what_comes_into_sight() -> None:
    world = World()
    raster = Raster(world.paint)
    view = ViewTransform(2.0, 0.3, 0.0)
    raster.prepare(SIZE, view)
    world.rects.clear()
    raster.prepare(SIZE, view.panned(5, -3))
    assert sum((r.right - r.left) * (r.bottom - r.top) for r in world.rects) == 5 * 37 + 3 * 60
    world.rects.clear()
    raster.prepare(SIZE, view.panned(5, -3))
    assert world.rects == []


def test_a_zoom_or_half_a_pixel_paints_all() -> None:
    world = World()
    raster = Raster(world.paint)
    raster.prepare(SIZE, ViewTransform(1.0, 0.0, 0.0))
    for view in (ViewTransform(1.1, 0.0, 0.0), ViewTransform(1.1, 0.5, 0.0)):
        world.rects.clear()
        raster.prepare(SIZE, view)
        assert world.rects == [Rect(0, 0, *SIZE)]


def test_what_is_soiled_is_painted_where_it_has_moved_to() -> None:
    world = World()
    raster = Raster(world.paint)
    view = ViewTransform(1.0, 0.0, 0.0)
    raster.prepare(SIZE, view)
    world.mark = 2
    raster.soil(Rect(10, 10, 20, 15))
    pixels = raster.prepare(SIZE, view.panned(7, 4))
    assert (pixels[14:19, 17:27, 2] == 2).all()
    assert (pixels[4:14, 7:17, 2] == 1).all()


def test_soiled_beyond_the_screen_is_nothing_and_soiled_all_is_all() -> None:
    world = World()
    raster = Raster(world.paint)
    view = ViewTransform(1.0, 0.0, 0.0)
    raster.prepare(SIZE, view)
    world.rects.clear()
    raster.soil(Rect(-30, -30, -10, -10))
    raster.prepare(SIZE, view)
    assert world.rects == []
    raster.soil()
    raster.prepare(SIZE, view)
    assert world.rects == [Rect(0, 0, *SIZE)]


def test_many_soiled_parts_are_painted_as_one() -> None:
    world = World()
    raster = Raster(world.paint)
    view = ViewTransform(1.0, 0.0, 0.0)
    raster.prepare(SIZE, view)
    world.rects.clear()
    for _ in range(1000):
        raster.soil(Rect(0, 0, 3, 3))
    raster.prepare(SIZE, view)
    assert world.rects == [Rect(0, 0, *SIZE)]


def test_another_size_paints_all() -> None:
    world = World()
    raster = Raster(world.paint)
    raster.prepare(SIZE, ViewTransform(1.0, 0.0, 0.0))
    assert raster.prepare((30, 20), ViewTransform(1.0, 0.0, 0.0)).shape == (20, 30, 4)


def test_whole_pixels_are_told_from_parts_of_them() -> None:
    view = ViewTransform(1.5, 10.25, 3.0)
    assert whole_pixels_between(view, view.panned(-3, 8)) == (-3, 8)
    assert whole_pixels_between(view, view.panned(0.5, 0)) is None
    assert whole_pixels_between(None, view) is None
