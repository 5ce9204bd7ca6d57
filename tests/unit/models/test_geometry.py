import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from models import geometry
from models.decoders.anomaly import Placement

shifts = st.floats(-150.0, 150.0)
angles = st.floats(-0.06, 0.06)
scales = st.floats(0.05, 1.5)
points = st.lists(st.tuples(st.floats(0.0, 2448.0), st.floats(0.0, 2048.0)), min_size=1, max_size=20)


@given(angle=angles, x=shifts, y=shifts, scale=scales, places=points)
def test_source_to_input_and_back_is_exact(
    angle: float, x: float, y: float, scale: float, places: list[tuple[float, float]]
) -> None:
    pose = geometry.rigid(angle, x, y, (1223.5, 1023.5))
    to_input = geometry.compose(geometry.resized(scale, scale), pose)
    placement = Placement.of(pose, scale, (640, 512), (2448, 2048))
    there = np.array(places)
    back = geometry.apply(placement.to_source, geometry.apply(to_input, there))
    np.testing.assert_allclose(back, there, atol=1e-6)


@given(angle=angles, x=shifts, y=shifts)
def test_a_rigid_map_keeps_distances_and_turns_about_its_centre(angle: float, x: float, y: float) -> None:
    rigid = geometry.rigid(angle, x, y, (10.0, 20.0))
    ends = geometry.apply(rigid, np.array([[0.0, 0.0], [30.0, 40.0], [10.0, 20.0]]))
    assert abs(np.hypot(*(ends[1] - ends[0])) - 50.0) < 1e-9
    np.testing.assert_allclose(ends[2], [10.0 + x, 20.0 + y], atol=1e-9)


def test_resizing_keeps_the_picture_s_corners_together() -> None:
    corners = np.array([[-0.5, -0.5], [99.5, 49.5]])
    np.testing.assert_allclose(geometry.apply(geometry.resized(0.3, 0.5), corners), [[-0.5, -0.5], [29.5, 24.5]])


def test_a_map_covers_the_whole_input() -> None:
    placement = Placement.of(geometry.identity(), 0.25, (64, 32), (256, 128))
    corners = geometry.apply(placement.from_map((4, 8)), np.array([[-0.5, -0.5], [7.5, 3.5]]))
    np.testing.assert_allclose(corners, [[-0.5, -0.5], [255.5, 127.5]])
