"""What a tap, a stroke or a chip does while a part is called NG: pure steps from one state to the next, without a screen.

The document is the only truth. An outline just drawn is in it at once, without a class, so that it is in the draft and
in the undo stack from its first moment; the model's outlines are offers beside it until one is accepted.
"""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from labeling import drafts
from labeling.annotation import Label, Source
from labeling.edits import (
    AddLabel,
    ChangeClass,
    ChangeShape,
    Command,
    History,
    Many,
    RemoveLabel,
    SetTags,
    replace_shape,
)
from station.ui.operator.ng_state import (
    UNCLASSED,
    ChipTapped,
    Drawn,
    Effect,
    Effects,
    Event,
    FindEdges,
    Hint,
    NgState,
    OutlineTapped,
    Press,
    Reshaped,
    Snap,
    Snapped,
    Tool,
    ToolTapped,
)


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """The state after an event, the entry of the draft that led there, and what the outside has to do."""

    state: NgState
    effects: Effects = ()
    entry: Command | drafts.Step | None = None


def begin(history: History, offers: tuple[Label, ...], *, decided: bool = False) -> NgState:
    """Open a part: the model's worst outline is selected where nothing is outlined yet, so that one chip is enough."""
    state = NgState(history, offers, decided=decided)
    if state.unclassed:
        return _hinted(replace(state, selected=state.unclassed[0].uid))
    first = offers[0].uid if offers and not state.labels and not history.document.tags else None
    return _hinted(replace(state, selected=first))


def step(state: NgState, event: Event) -> Step:  # noqa: PLR0911  (one return an event)
    """Return what follows from an event; an event that means nothing in this state changes nothing."""
    match event:
        case OutlineTapped(uid):
            return Step(_hinted(_selecting(state, uid)))
        case ToolTapped(tool):
            return Step(_hinted(replace(state, tool=tool)))
        case Drawn():
            return _drawn(state, event)
        case Reshaped():
            return _reshaped(state, event)
        case Snapped():
            return _snapped(state, event)
        case ChipTapped(name):
            return _chip(state, name)
        case Press():
            return _pressed(state, event)


def _drawn(state: NgState, event: Drawn) -> Step:
    effects: Effects = (FindEdges(event.uid, event.shape),) if event.snappable else ()
    return _do(state, AddLabel(Label(event.uid, UNCLASSED, event.shape)), effects, selected=event.uid)


def _reshaped(state: NgState, event: Reshaped) -> Step:
    label = state.label(event.uid)
    if label is not None:
        command = replace_shape(label, event.pieces, event.uids)
        return _do(state, command, selected=event.uid if event.pieces else None)
    offer = next((offer for offer in state.open_offers if offer.uid == event.uid), None)
    if offer is None or not event.pieces:
        return Step(state)
    mended = Label(offer.uid, UNCLASSED, event.pieces[0], Source.PERSON, offer.score)
    return _do(state, AddLabel(mended), selected=offer.uid)


def _snapped(state: NgState, event: Snapped) -> Step:
    label = state.label(event.uid)
    if label is None or label.shape is not event.raw:  # deleted, undone or reshaped while the edges were looked for
        return Step(state)
    snaps = {**state.snaps, event.uid: Snap(event.raw, event.shape)}
    return _do(state, ChangeShape(event.uid, event.shape), _if_classed(label), snaps=snaps)


def _if_classed(label: Label) -> Effects:
    """A snap that comes after its chip has to follow it to the engine."""
    return (Effect.SEND,) if label.class_name != UNCLASSED else ()


def _chip(state: NgState, name: str) -> Step:
    if state.tool is Tool.TAGS:
        return _tagged(state, name, toggle=True)
    if command := _classing(state, name):
        return _do(state, command, (Effect.SEND,), decided=True)
    if state.label(state.selected) is not None:  # the same chip again, as a glove does
        return Step(state)
    if state.labels:
        return Step(replace(state, hint=Hint.CHOOSE_OUTLINE))
    return _tagged(state, name, toggle=False)


def _classing(state: NgState, name: str) -> Command | None:
    """Return the edit that a chip stands for: the selected outline, and all that wait where it is one of them."""
    offer = next((offer for offer in state.open_offers if offer.uid == state.selected), None)
    if offer is not None:
        return AddLabel(replace(offer, class_name=name, source=Source.MODEL))
    selected = state.label(state.selected)
    if selected is not None and selected.class_name != UNCLASSED:
        return ChangeClass(selected.uid, name) if selected.class_name != name else None
    changes = tuple(ChangeClass(label.uid, name) for label in state.unclassed)
    return changes[0] if len(changes) == 1 else Many(changes) if changes else None


def _tagged(state: NgState, name: str, *, toggle: bool) -> Step:
    tags = state.history.document.tags
    if name in tags and not toggle:
        return Step(state)
    changed = tuple(tag for tag in tags if tag != name) if name in tags else (*tags, name)
    return _do(state, SetTags(changed), (Effect.SEND,), decided=True)


def _pressed(state: NgState, press: Press) -> Step:
    history = state.history
    match press:
        case Press.UNDO:
            return _moved(state, history.undo(), drafts.Step.UNDO) if history.can_undo else Step(state)
        case Press.REDO:
            return _moved(state, history.redo(), drafts.Step.REDO) if history.can_redo else Step(state)
        case Press.DELETE:
            found = state.label(state.selected)
            return Step(state) if found is None else _do(state, RemoveLabel(found.uid), selected=None)
        case Press.RAW:
            return _toggled(state)
        case Press.WITHOUT_OUTLINE:
            outlined = state.labels or state.history.document.tags
            return _done(state) if outlined else Step(replace(state, decided=True), (Effect.SEND, Effect.FINISH))
        case Press.DONE:
            return _done(state)


def _toggled(state: NgState) -> Step:
    label, snap = state.label(state.selected), state.snap
    if label is None or snap is None:
        return Step(state)
    other = snap.raw if state.is_snapped else snap.snapped
    return _do(state, ChangeShape(label.uid, other), _if_classed(label))


def _done(state: NgState) -> Step:
    if state.unclassed:
        return Step(replace(state, selected=state.unclassed[0].uid, hint=Hint.CHOOSE_CLASS))
    if state.decided:
        return Step(state, (Effect.FINISH,))
    if state.labels or state.history.document.tags:  # recovered work that was never sent
        return Step(replace(state, decided=True), (Effect.SEND, Effect.FINISH))
    return Step(_hinted(state))


def _do(state: NgState, command: Command, effects: Effects = (), **changes: Any) -> Step:
    """Do an edit, and change other fields of the state with it."""
    return Step(_hinted(replace(state, history=state.history.do(command), **changes)), effects, command)


def _moved(state: NgState, history: History, entry: drafts.Step) -> Step:
    """Follow an undo or a redo; a selection that is gone goes."""
    moved = replace(state, history=history)
    return Step(_hinted(_selecting(moved, moved.selected)), entry=entry)


def _selecting(state: NgState, uid: UUID | None) -> NgState:
    """Select an outline that is there, or none."""
    there = uid is not None and any(label.uid == uid for label in (*state.labels, *state.open_offers))
    return replace(state, selected=uid if there else None)


def _hinted(state: NgState) -> NgState:
    offered = any(offer.uid == state.selected for offer in state.open_offers)
    if state.tool is Tool.TAGS:
        hint = Hint.CHOOSE_TAG
    elif state.unclassed or offered:
        hint = Hint.CHOOSE_CLASS
    else:
        hint = Hint.MORE_OR_DONE if state.decided else Hint.MARK
    return replace(state, hint=hint)
