from hypothesis import given
from hypothesis import strategies as st

from labeling.canvas.gestures import (
    DragBegan,
    DragDropped,
    DragEnded,
    DragMoved,
    Gesture,
    Gestures,
    Pinched,
    Tap,
)


def test_a_finger_that_stays_in_its_place_taps() -> None:
    gestures = Gestures(slop_px=5)
    assert gestures.press(0, (10, 10)) == []
    assert gestures.move(0, (13, 13)) == []
    assert gestures.release(0, (12, 12), 1.0) == [Tap((12, 12))]
    assert gestures.idle


def test_two_taps_soon_and_near_are_a_double_tap_and_a_third_begins_anew() -> None:
    gestures = Gestures(slop_px=5)
    again = []
    for time_s in (1.0, 1.3, 1.5, 3.0):
        gestures.press(0, (10, 10))
        (tap,) = gestures.release(0, (10, 10), time_s)
        assert isinstance(tap, Tap)
        again.append(tap.again)
    assert again == [False, True, False, False]


def test_two_taps_far_apart_are_two_taps() -> None:
    gestures = Gestures(slop_px=5)
    for at in ((10.0, 10.0), (200.0, 10.0)):
        gestures.press(0, at)
        assert gestures.release(0, at, 1.0) == [Tap(at)]


def test_a_drag_begins_where_the_finger_was_pressed() -> None:
    gestures = Gestures(slop_px=5)
    gestures.press(0, (10, 10))
    assert gestures.move(0, (20, 10)) == [DragBegan((10, 10)), DragMoved((20, 10), (10, 0))]
    assert gestures.move(0, (20, 15)) == [DragMoved((20, 15), (0, 5))]
    assert gestures.move(0, (20, 15)) == []
    assert gestures.release(0, (20, 16), 1.0) == [DragMoved((20, 16), (0, 1)), DragEnded((20, 16))]


def test_a_drag_back_to_its_beginning_is_no_tap() -> None:
    gestures = Gestures(slop_px=5)
    gestures.press(0, (10, 10))
    gestures.move(0, (50, 10))
    assert gestures.release(0, (10, 10), 1.0)[-1] == DragEnded((10, 10))


def test_a_second_finger_drops_the_drag_and_pinches() -> None:
    gestures = Gestures(slop_px=5)
    gestures.press(0, (100, 100))
    gestures.move(0, (150, 100))
    assert gestures.press(1, (250, 100)) == [DragDropped()]
    assert gestures.move(1, (350, 100)) == [Pinched(2.0, (250, 100), (50, 0))]
    assert gestures.release(1, (350, 100), 1.0) == []
    # The finger that is left means nothing more.
    assert gestures.move(0, (400, 400)) == []
    assert gestures.release(0, (400, 400), 1.1) == []
    assert gestures.idle


def test_a_second_finger_within_the_slop_drops_nothing_and_taps_nothing() -> None:
    gestures = Gestures(slop_px=5)
    gestures.press(0, (100, 100))
    assert gestures.press(1, (200, 100)) == []
    assert gestures.release(0, (100, 100), 1.0) == []
    assert gestures.release(1, (200, 100), 1.0) == []


def test_a_finger_left_over_pinches_again_with_another() -> None:
    gestures = Gestures(slop_px=5)
    gestures.press(0, (0, 0))
    gestures.press(1, (100, 0))
    gestures.release(1, (100, 0), 1.0)
    assert gestures.press(2, (200, 0)) == []
    assert gestures.move(2, (400, 0)) == [Pinched(2.0, (200, 0), (100, 0))]


def test_a_third_finger_changes_nothing() -> None:
    gestures = Gestures(slop_px=5)
    gestures.press(0, (0, 0))
    gestures.press(1, (100, 0))
    assert gestures.press(2, (500, 500)) == []
    assert gestures.move(2, (700, 500)) == [Pinched(1.0, (50, 0), (0, 0))]


def test_fingers_that_touch_each_other_do_not_blow_the_picture_up() -> None:
    gestures = Gestures(slop_px=5)
    gestures.press(0, (100, 100))
    gestures.press(1, (100, 100))
    (pinch,) = gestures.move(1, (102, 100))
    assert isinstance(pinch, Pinched)
    assert pinch.factor == 2.0


def test_what_the_system_takes_away_is_dropped() -> None:
    gestures = Gestures(slop_px=5)
    gestures.press(0, (0, 0))
    gestures.move(0, (50, 0))
    assert gestures.cancel() == [DragDropped()]
    assert gestures.release(0, (50, 0), 1.0) == []
    assert gestures.idle


actions = st.lists(
    st.tuples(
        st.sampled_from(["press", "move", "release", "cancel"]),
        st.integers(0, 3),
        st.tuples(st.floats(0, 500), st.floats(0, 500)),
    ),
    max_size=60,
)


@given(actions=actions)
def test_whatever_fingers_do_every_drag_ends_once_or_is_dropped(
    actions: list[tuple[str, int, tuple[float, float]]],
) -> None:
    gestures = Gestures(slop_px=5)
    told: list[Gesture] = []
    down: set[int] = set()
    for number, (action, finger, at) in enumerate(actions):
        if action == "press" and finger not in down:
            down.add(finger)
            told += gestures.press(finger, at)
        elif action == "move":
            told += gestures.move(finger, at)
        elif action == "release":
            down.discard(finger)
            told += gestures.release(finger, at, float(number))
        elif action == "cancel":
            down.clear()
            told += gestures.cancel()
        assert gestures.idle == (not down)
    dragging = False
    for gesture in told:
        if isinstance(gesture, DragBegan):
            assert not dragging
            dragging = True
        elif isinstance(gesture, DragMoved):
            assert dragging
        elif isinstance(gesture, DragEnded | DragDropped):
            assert dragging
            dragging = False
        else:
            assert not dragging
