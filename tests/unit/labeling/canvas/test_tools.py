import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from labeling.canvas.geometry import rings_of
from labeling.canvas.tool_protocol import (
    Drawn,
    Live,
    Outcome,
    Placed,
    StrokeDropped,
    StrokeFinished,
    StrokeMoved,
    StrokeStarted,
    Tool,
    ToolState,
)
from labeling.canvas.tools import begin, within
from labeling.shapes import Box, Keypoint, Points, Polygon, Polyline, RotatedBox

places = st.tuples(st.floats(0, 100), st.floats(0, 100))


def state(tool: Tool) -> ToolState:
    begun = begin(tool)
    assert begun is not None
    return begun


def rings_of_live(live: Live) -> tuple[Points, ...]:
    if live is None:
        return ()
    return (live,) if isinstance(live, np.ndarray) else rings_of(live)


def drag(tool: ToolState, *places: tuple[float, float]) -> list[Outcome]:
    outcomes = tool.began(places[0])
    for place in places[1:]:
        outcomes += tool.moved(place)
    return outcomes + tool.ended(places[-1], 2.0)


def test_every_tool_but_none_has_a_state() -> None:
    assert begin(Tool.NONE) is None
    assert all(begin(tool) is not None for tool in Tool if tool is not Tool.NONE)


@pytest.mark.parametrize("tool", [Tool.LASSO, Tool.BRUSH, Tool.ERASER])
def test_a_stroke_is_told_from_beginning_to_end(tool: Tool) -> None:
    stroke = state(tool)
    outcomes = drag(stroke, (0, 0), (5, 0), (5, 0), (5, 5))
    assert [type(outcome) for outcome in outcomes] == [
        StrokeStarted, StrokeMoved, StrokeMoved, StrokeMoved, StrokeFinished
    ]  # fmt: skip
    last = outcomes[-1]
    assert isinstance(last, StrokeFinished)
    assert last.points.tolist() == [[0, 0], [5, 0], [5, 5]]
    assert stroke.live is None


def test_a_dropped_stroke_leaves_nothing() -> None:
    lasso = state(Tool.LASSO)
    lasso.began((0, 0))
    assert lasso.live is not None
    assert lasso.dropped() == [StrokeDropped()]
    assert lasso.live is None
    assert lasso.moved((3, 3)) == []
    assert lasso.ended((3, 3), 1.0) == []
    assert lasso.dropped() == []


def test_a_tap_points_with_a_lasso_and_dabs_with_a_brush() -> None:
    assert state(Tool.LASSO).tap((3, 4), 1.0, again=False) == [Placed((3, 4))]
    started, finished = state(Tool.BRUSH).tap((3, 4), 1.0, again=False)
    assert isinstance(started, StrokeStarted)
    assert isinstance(finished, StrokeFinished)
    assert finished.points.tolist() == [[3, 4]]


def test_tap_snap_reports_places_and_keypoint_draws_them() -> None:
    assert drag(state(Tool.TAP_SNAP), (0, 0), (9, 9)) == [Placed((9, 9))]
    (drawn,) = state(Tool.KEYPOINT).tap((1, 2), 1.0, again=True)
    assert isinstance(drawn, Drawn)
    assert drawn.shape == Keypoint(1, 2)


def test_a_box_is_seen_as_it_grows() -> None:
    box = state(Tool.BOX)
    box.began((10, 10))
    box.moved((4, 30))
    assert box.live == Box(4, 10, 10, 30)
    (drawn,) = box.ended((4, 40), 1.0)
    assert isinstance(drawn, Drawn)
    assert drawn.shape == Box(4, 10, 10, 40)
    assert box.live is None


def test_a_box_without_width_is_none() -> None:
    assert drag(state(Tool.BOX), (10, 10), (10, 40)) == []


def test_a_turned_box_takes_one_side_then_the_other() -> None:
    box = state(Tool.ROTATED_BOX)
    assert drag(box, (0, 0), (30, 40)) == []
    assert isinstance(box.live, np.ndarray)
    (drawn,) = box.tap((-4, 3), 1.0, again=False)
    assert isinstance(drawn, Drawn)
    shape = drawn.shape
    assert isinstance(shape, RotatedBox)
    assert (shape.width, shape.height) == pytest.approx((50, 5))
    assert shape.angle_deg == pytest.approx(np.rad2deg(np.arctan2(40, 30)))
    assert box.live is None


def test_the_other_side_of_a_turned_box_may_be_dragged_and_the_first_taken_back() -> None:
    box = state(Tool.ROTATED_BOX)
    drag(box, (0, 0), (10, 0))
    box.back()
    assert box.live is None
    drag(box, (0, 0), (10, 0))
    box.began((5, 1))
    box.moved((5, 7))
    assert isinstance(box.live, RotatedBox)
    (drawn,) = box.ended((5, 8), 1.0)
    assert isinstance(drawn, Drawn)
    assert drawn.shape.bounds == pytest.approx((0, 0, 10, 8))


@pytest.mark.parametrize(
    ("tool", "kind", "closing"), [(Tool.POLYGON, Polygon, (1, 1)), (Tool.POLYLINE, Polyline, (49, 41))]
)
def test_taps_add_corners_until_one_ends(tool: Tool, kind: type, closing: tuple[float, float]) -> None:
    corners = state(tool)
    for place in ((0.0, 0.0), (50.0, 0.0), (50.0, 40.0)):
        assert corners.tap(place, 5.0, again=False) == []
    (drawn,) = corners.tap(closing, 5.0, again=False)
    assert isinstance(drawn, Drawn)
    assert isinstance(drawn.shape, kind)
    assert drawn.shape.bounds == (0, 0, 50, 40)
    assert corners.live is None


def test_a_double_tap_ends_and_adds_no_corner() -> None:
    polygon = state(Tool.POLYGON)
    for place in ((0.0, 0.0), (50.0, 0.0), (50.0, 40.0)):
        polygon.tap(place, 5.0, again=False)
    (drawn,) = polygon.tap((51, 41), 5.0, again=True)
    assert isinstance(drawn, Drawn)
    assert isinstance(drawn.shape, Polygon)
    assert len(drawn.shape.outline) == 3


def test_too_few_corners_do_not_end() -> None:
    polygon = state(Tool.POLYGON)
    polygon.tap((0, 0), 5.0, again=False)
    assert polygon.tap((1, 0), 5.0, again=True) == []
    assert polygon.finish() == []
    assert isinstance(polygon.live, np.ndarray)
    polygon.back()
    polygon.back()
    polygon.back()
    assert polygon.live is None


def test_a_drag_sets_the_corner_where_it_ends_and_a_dropped_one_sets_none() -> None:
    line = state(Tool.POLYLINE)
    line.tap((0, 0), 5.0, again=False)
    line.began((10, 10))
    line.moved((20, 20))
    assert isinstance(line.live, np.ndarray)
    assert line.live.tolist() == [[0, 0], [20, 20]]
    line.dropped()
    drag(line, (30, 30), (40, 40))
    (drawn,) = line.finish()
    assert isinstance(drawn, Drawn)
    assert isinstance(drawn.shape, Polyline)
    assert drawn.shape.points.tolist() == [[0, 0], [40, 40]]


@given(
    tool=st.sampled_from([tool for tool in Tool if tool is not Tool.NONE]),
    steps=st.lists(
        st.tuples(st.sampled_from(["tap", "drag", "drop", "finish", "back"]), places, places, st.booleans()),
        max_size=25,
    ),
)
def test_no_order_of_steps_breaks_a_tool(
    tool: Tool, steps: list[tuple[str, tuple[float, float], tuple[float, float], bool]]
) -> None:
    tool_state = state(tool)
    for step, one, other, again in steps:
        if step == "tap":
            tool_state.tap(one, 3.0, again=again)
        elif step == "drag":
            drag(tool_state, one, other)
        elif step == "drop":
            tool_state.began(one)
            tool_state.moved(other)
            tool_state.dropped()
        elif step == "finish":
            tool_state.finish()
        else:
            tool_state.back()
        assert tool_state.live is None or len(rings_of_live(tool_state.live)) > 0


@given(at=st.tuples(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6)))
def test_a_place_off_the_picture_is_led_to_its_edge(at: tuple[float, float]) -> None:
    x, y = within(at, (40, 30))
    assert -0.5 <= x <= 39.5
    assert -0.5 <= y <= 29.5
    assert within((x, y), (40, 30)) == (x, y)
