from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labeling import drafts
from labeling.annotation import Label, Source
from labeling.edits import Command, Document, History
from labeling.shapes import Box, Polygon, frozen_points
from station.ui.operator.ng_state import (
    UNCLASSED,
    ChipTapped,
    Drawn,
    Effect,
    Event,
    FindEdges,
    Hint,
    NgState,
    OutlineTapped,
    Press,
    Reshaped,
    Snapped,
    Tool,
    ToolTapped,
)
from station.ui.operator.ng_steps import begin, step

A, B, C, D = (UUID(int=number) for number in range(1, 5))
SEND, FINISH = Effect.SEND, Effect.FINISH


def ring(at: float = 0.0) -> Polygon:
    return Polygon(frozen_points([[at, at], [at + 9, at], [at + 5, at + 8]]))


RING, OTHER, SNAPPED = ring(), ring(20), ring(1)


def offer(uid: UUID, score: float) -> Label:
    return Label(uid, "anomaly", ring(score * 100), Source.MODEL, score)


def blank() -> NgState:
    return begin(History(), ())


def modelled() -> NgState:
    return begin(History(), (offer(C, 0.9), offer(D, 0.6)))


def run(state: NgState, *events: Event) -> tuple[NgState, list[object]]:
    effects: list[object] = []
    for event in events:
        result = step(state, event)
        state = result.state
        effects += result.effects
    return state, effects


def told(state: NgState) -> list[tuple[int, str, str]]:
    return [(label.uid.int, label.class_name, label.source.value) for label in state.labels]


SCRATCH, DENT = ChipTapped("scratch"), ChipTapped("dent")


@pytest.mark.parametrize(
    ("start", "events", "labels", "tags", "effects"),
    [
        # the model's worst outline is selected: one chip, and it is done
        (modelled(), [SCRATCH], [(3, "scratch", "model")], (), [SEND]),
        # the other outline: a tap and a chip
        (modelled(), [OutlineTapped(D), SCRATCH], [(4, "scratch", "model")], (), [SEND]),
        # a new outline: a stroke and a chip
        (blank(), [Drawn(A, RING), SCRATCH], [(1, "scratch", "person")], (), [SEND]),
        (modelled(), [Drawn(A, RING), SCRATCH], [(1, "scratch", "person")], (), [SEND]),
        # a glove taps twice
        (blank(), [Drawn(A, RING), SCRATCH, SCRATCH], [(1, "scratch", "person")], (), [SEND]),
        (modelled(), [SCRATCH, SCRATCH], [(3, "scratch", "model")], (), [SEND]),
        # the wrong chip, then the right one
        (blank(), [Drawn(A, RING), SCRATCH, DENT], [(1, "dent", "person")], (), [SEND, SEND]),
        # two strokes, one chip for both; the third has its own
        (
            blank(),
            [Drawn(A, RING), Drawn(B, OTHER), SCRATCH, Drawn(C, OTHER), DENT],
            [(1, "scratch", "person"), (2, "scratch", "person"), (3, "dent", "person")],
            (),
            [SEND, SEND],
        ),
        # a chip beside everything is of the whole picture, once
        (blank(), [SCRATCH, SCRATCH], [], ("scratch",), [SEND]),
        (modelled(), [OutlineTapped(None), DENT], [], ("dent",), [SEND]),
        # with outlines there and none selected a chip is no guess
        (blank(), [Drawn(A, RING), SCRATCH, OutlineTapped(None), DENT], [(1, "scratch", "person")], (), [SEND]),
        # whole-image tags go on and off by their tool
        (blank(), [ToolTapped(Tool.TAGS), SCRATCH, DENT, SCRATCH], [], ("dent",), [SEND, SEND, SEND]),
        # nothing to class, nothing to say
        (blank(), [Press.WITHOUT_OUTLINE], [], (), [SEND, FINISH]),
        (blank(), [Press.DONE], [], (), []),
        # with an outline there it is not without one
        (blank(), [Drawn(A, RING), Press.WITHOUT_OUTLINE], [(1, UNCLASSED, "person")], (), []),
        (modelled(), [SCRATCH, Press.DONE], [(3, "scratch", "model")], (), [SEND, FINISH]),
        # done waits for the chip of every outline
        (blank(), [Drawn(A, RING), Press.DONE], [(1, UNCLASSED, "person")], (), []),
        (blank(), [Drawn(A, RING), Press.DONE, DENT, Press.DONE], [(1, "dent", "person")], (), [SEND, FINISH]),
        # presses that mean nothing
        (blank(), [Press.UNDO, Press.REDO, Press.DELETE, Press.RAW], [], (), []),
        (modelled(), [Press.DELETE, Press.RAW], [], (), []),
        # undo goes back through chip and outline, redo forth
        (blank(), [Drawn(A, RING), SCRATCH, Press.UNDO], [(1, UNCLASSED, "person")], (), [SEND]),
        (blank(), [Drawn(A, RING), SCRATCH, Press.UNDO, Press.UNDO, Press.UNDO], [], (), [SEND]),
        (
            blank(),
            [Drawn(A, RING), SCRATCH, Press.UNDO, Press.UNDO, Press.REDO, Press.REDO, Press.REDO],
            [(1, "scratch", "person")],
            (),
            [SEND],
        ),
        # an accepted outline that is undone is on offer again
        (modelled(), [SCRATCH, Press.UNDO, DENT], [(3, "dent", "model")], (), [SEND, SEND]),
        (blank(), [Drawn(A, RING), Press.DELETE], [], (), []),
        # the model's outline with a corner moved is the person's
        (modelled(), [Reshaped(C, (RING,)), SCRATCH], [(3, "scratch", "person")], (), [SEND]),
        (modelled(), [SCRATCH, Reshaped(C, (RING,))], [(3, "scratch", "person")], (), [SEND]),
        # an eraser through the middle leaves two of the same class
        (
            blank(),
            [Drawn(A, RING), SCRATCH, Reshaped(A, (OTHER, SNAPPED), (B,))],
            [(1, "scratch", "person"), (2, "scratch", "person")],
            (),
            [SEND],
        ),
        # an eraser over all of it
        (blank(), [Drawn(A, RING), Reshaped(A, ())], [], (), []),
        (modelled(), [Reshaped(C, ()), Reshaped(B, (RING,))], [], (), []),
    ],
)
def test_what_a_tap_a_stroke_and_a_chip_do(
    start: NgState, events: list[Event], labels: list[object], tags: tuple[str, ...], effects: list[object]
) -> None:
    state, happened = run(start, *events)
    assert told(state) == labels
    assert state.history.document.tags == tags
    assert happened == effects


@pytest.mark.parametrize(
    ("start", "events", "hint"),
    [
        (blank(), [], Hint.MARK),
        (modelled(), [], Hint.CHOOSE_CLASS),
        (modelled(), [OutlineTapped(None)], Hint.MARK),
        (blank(), [Drawn(A, RING)], Hint.CHOOSE_CLASS),
        (blank(), [Drawn(A, RING), SCRATCH], Hint.MORE_OR_DONE),
        (blank(), [Drawn(A, RING), SCRATCH, OutlineTapped(None), DENT], Hint.CHOOSE_OUTLINE),
        (blank(), [ToolTapped(Tool.TAGS)], Hint.CHOOSE_TAG),
        (blank(), [Press.DONE], Hint.MARK),
        (blank(), [Drawn(A, RING), OutlineTapped(None), Press.DONE], Hint.CHOOSE_CLASS),
    ],
)
def test_the_person_is_told_what_comes_next(start: NgState, events: list[Event], hint: Hint) -> None:
    assert run(start, *events)[0].hint is hint


def test_done_leads_to_the_outline_without_a_class() -> None:
    state, _ = run(blank(), Drawn(A, RING), OutlineTapped(None), Press.DONE)
    assert state.selected == A
    assert not state.settled


@pytest.mark.parametrize(
    ("start", "events", "settled"),
    [
        (blank(), [], False),
        (blank(), [SCRATCH], True),
        (blank(), [Drawn(A, RING)], False),
        (blank(), [Drawn(A, RING), SCRATCH], True),
        (blank(), [Drawn(A, RING), SCRATCH, Drawn(B, OTHER)], False),
        (begin(History(), (), decided=True), [], True),
    ],
)
def test_the_next_part_may_take_over_only_when_nothing_is_open(
    start: NgState, events: list[Event], settled: bool
) -> None:
    assert run(start, *events)[0].settled is settled


def shape_of(state: NgState, uid: UUID = A) -> object:
    label = state.label(uid)
    assert label is not None
    return label.shape


def test_a_stroke_asks_for_its_edges_and_raw_is_one_tap_back_and_forth() -> None:
    state, effects = run(blank(), Drawn(A, RING, snappable=True))
    assert [(effect.uid, effect.shape) for effect in effects if isinstance(effect, FindEdges)] == [(A, RING)]
    state, effects = run(state, Snapped(A, RING, SNAPPED))
    assert shape_of(state) is SNAPPED
    assert effects == []
    state, _ = run(state, Press.RAW)
    assert shape_of(state) is RING
    state, _ = run(state, Press.RAW)
    assert shape_of(state) is SNAPPED
    state, _ = run(state, Press.UNDO, Press.UNDO, Press.UNDO)
    assert shape_of(state) is RING


def test_edges_that_come_after_the_chip_follow_it() -> None:
    state, effects = run(blank(), Drawn(A, RING), SCRATCH, Snapped(A, RING, SNAPPED), Press.RAW)
    assert told(state) == [(1, "scratch", "person")]
    assert shape_of(state) is RING
    assert effects == [SEND, SEND, SEND]


@pytest.mark.parametrize("meanwhile", [Press.DELETE, Press.UNDO, Reshaped(A, (OTHER,))])
def test_edges_that_come_too_late_change_nothing(meanwhile: Event) -> None:
    before, _ = run(blank(), Drawn(A, RING), meanwhile)
    after, effects = run(before, Snapped(A, RING, SNAPPED))
    assert after is before
    assert effects == []


def test_recovered_work_is_sent_by_done_and_its_open_outline_is_selected() -> None:
    document = Document((Label(A, "dent", RING), Label(B, UNCLASSED, OTHER)))
    state = begin(History(document), ())
    assert state.selected == B
    state, effects = run(state, SCRATCH, Press.DONE)
    assert effects == [SEND, FINISH]
    recovered = begin(History(Document((Label(A, "dent", RING),))), ())
    assert run(recovered, Press.DONE)[1] == [SEND, FINISH]


def test_a_reopened_part_selects_nothing_by_itself() -> None:
    state = begin(History(Document((Label(A, "dent", RING),))), (offer(C, 0.9),), decided=True)
    assert state.selected is None
    assert [label.uid for label in state.open_offers] == [C]
    accepted = begin(History(Document((replace(offer(C, 0.9), class_name="dent"),))), (offer(C, 0.9),))
    assert accepted.open_offers == ()


EVENTS = st.sampled_from(
    [
        *(OutlineTapped(uid) for uid in (A, C, D, None)),
        Drawn(A, RING, snappable=True),
        Drawn(B, Box(0, 0, 5, 5)),
        Reshaped(A, (OTHER,)),
        Reshaped(A, ()),
        Reshaped(C, (RING,)),
        Snapped(A, RING, SNAPPED),
        SCRATCH,
        DENT,
        ToolTapped(Tool.TAGS),
        ToolTapped(Tool.LASSO),
        *Press,
    ]
)


def replayed(history: History, entry: Command | drafts.Step | None) -> History:
    match entry:
        case None:
            return history
        case drafts.Step.UNDO:
            return history.undo()
        case drafts.Step.REDO:
            return history.redo()
        case _:
            return history.do(entry)


@given(st.lists(EVENTS, max_size=25))
def test_whatever_is_done_the_state_holds_together_and_the_draft_and_undo_follow(events: list[Event]) -> None:
    state, draft = modelled(), History()
    for event in events:
        if isinstance(event, Drawn) and state.label(event.uid) is not None:
            continue  # the screen gives every shape a name of its own
        result = step(state, event)
        state, draft = result.state, replayed(draft, result.entry)
        assert told(state) == [(label.uid.int, label.class_name, label.source.value) for label in draft.document.labels]
        assert (state.history.can_undo, state.history.can_redo) == (draft.can_undo, draft.can_redo)
        known = {label.uid for label in (*state.labels, *state.open_offers)}
        assert state.selected is None or state.selected in known
        assert not (state.settled and state.unclassed)
    while state.history.can_undo:
        state = step(state, Press.UNDO).state
    assert state.labels == ()
    assert state.history.document.tags == ()
    assert len(state.open_offers) == 2
