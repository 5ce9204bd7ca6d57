from hypothesis import given
from hypothesis import strategies as st

from labeling.canvas.captions import MOST, placed
from labeling.canvas.transform import Rect

ROOM = Rect(0, 0, 400, 300)
SIZE = (80, 20)


def test_a_caption_stands_above_its_outline_or_below_at_the_upper_edge() -> None:
    above, below = placed([Rect(50, 100, 90, 140), Rect(200, 5, 240, 40)], [SIZE, SIZE], ROOM)
    assert above is not None
    assert (above.left, above.bottom) == (50, 95)
    assert below is not None
    assert (below.left, below.top) == (200, 45)


def test_at_the_right_edge_it_moves_in() -> None:
    (place,) = placed([Rect(380, 100, 398, 140)], [SIZE], ROOM)
    assert place is not None
    assert place.right == 400


def test_an_outline_as_high_as_the_room_has_it_beside() -> None:
    (place,) = placed([Rect(10, 0, 100, 300)], [SIZE], ROOM)
    assert place is not None
    assert place.left == 105


def test_where_there_is_no_room_there_is_no_caption() -> None:
    assert placed([Rect(0, 0, 400, 300)], [SIZE], ROOM) == [None]
    assert placed([Rect(10, 10, 20, 20)], [(500, 20)], ROOM) == [None]
    assert placed([Rect(10, 10, 20, 20)], [SIZE], Rect(5, 5, 5, 5)) == [None]


areas = st.builds(
    lambda left, top, width, height: Rect(left, top, left + width, top + height),
    st.integers(-100, 450),
    st.integers(-100, 350),
    st.integers(0, 200),
    st.integers(0, 200),
)


@given(outlines=st.lists(areas, max_size=MOST + 20))
def test_captions_never_overlap_nor_leave_the_picture(outlines: list[Rect]) -> None:
    places = [place for place in placed(outlines, [SIZE] * len(outlines), ROOM) if place is not None]
    assert len(places) <= MOST
    for number, place in enumerate(places):
        assert place.common(ROOM) == place
        assert all(place.common(other).empty for other in places[:number])


def test_the_first_are_the_most_important() -> None:
    first, second = placed([Rect(50, 100, 90, 101), Rect(50, 100, 90, 101)], [SIZE, SIZE], ROOM)
    assert first is not None
    assert first.bottom == 95
    assert second is not None
    assert second.top == 106


def test_a_small_outline_is_not_hidden_by_the_caption_of_another() -> None:
    small = Rect(60, 75, 80, 95)
    first, _ = placed([Rect(50, 100, 110, 140), small], [SIZE, SIZE], ROOM)
    assert first is not None
    assert first.common(small).empty
    assert first.top == 145
