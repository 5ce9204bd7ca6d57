"""What the NG mode puts on the canvas and says beside it: outlines with captions, findings, figures. Pure but for the words."""

from uuid import UUID

from PySide6.QtCore import QLocale

from labeling.annotation import Label
from labeling.canvas.outline import Outline, OutlineStyle
from station.ui.operator.captions import Captions, finding_words
from station.ui.operator.ng_state import UNCLASSED, NgState, Tool

Bounds = tuple[float, float, float, float]
SAME_PLACE = 0.3
"""Share of two rectangles' joint area that both must have, to mean the same place."""
MOST_CAPTIONS = 24
"""With more outlines than this only those have a caption that are selected or have something wrong."""


def outlines_of(state: NgState, captions: Captions) -> list[Outline]:
    """Return the model's open offers, then the person's outlines, the selected one last and so on top."""
    wrong: dict[UUID, list[str]] = {}
    for finding in captions.findings:
        wrong.setdefault(finding.label_uid, []).append(finding_words(finding, "")[0])
    offers = [(offer, OutlineStyle.MODEL) for offer in offered(state)]
    shown = [*offers, *((label, OutlineStyle.PERSON) for label in state.labels)]
    few = len(shown) <= MOST_CAPTIONS
    outlines: list[Outline] = []
    on_top: list[Outline] = []
    for label, style in shown:
        selected, faults = label.uid == state.selected, wrong.get(label.uid, []) if wrong else []
        captioned = few or selected or bool(faults)
        caption = "" if not captioned else _caption(label, captions, faults, offered=style is OutlineStyle.MODEL)
        seen = OutlineStyle.SELECTED if selected else style
        outline = Outline(label.uid, label.shape, seen, caption, filled=label.class_name == UNCLASSED)
        (on_top if selected else outlines).append(outline)
    return outlines + on_top


def offered(state: NgState) -> tuple[Label, ...]:
    """Return the open offers that no outline of the person lies on: where somebody drew, the model's is answered."""
    drawn = [label.shape.bounds for label in state.labels]
    return tuple(
        offer
        for offer in state.open_offers
        if offer.uid == state.selected or not any(_lie_together(offer.shape.bounds, bounds) for bounds in drawn)
    )


def _lie_together(one: Bounds, other: Bounds) -> bool:
    """Whether two rectangles (left, top, right, bottom) share so much that they mean the same place."""
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    if width <= 0 or height <= 0:
        return False
    areas = ((each[2] - each[0]) * (each[3] - each[1]) for each in (one, other))
    return width * height > SAME_PLACE * (sum(areas) - width * height)


def to_measure(state: NgState) -> tuple[Label, ...]:
    """Return the labels whose size is said: the selected one, and all where they are few."""
    if len(state.labels) <= MOST_CAPTIONS:
        return (*state.labels, *(offer for offer in state.open_offers if offer.uid == state.selected))
    return tuple(label for label in (*state.labels, *state.open_offers) if label.uid == state.selected)


def _caption(label: Label, captions: Captions, faults: list[str], *, offered: bool) -> str:
    if offered:
        score = "" if label.score is None else QLocale().toString(label.score, "f", 2)
        return f"{label.class_name} {score}".strip()
    return " · ".join(text for text in (f"{label.class_name or '?'} {captions.size(label)}".strip(), *faults) if text)


def findings_of(state: NgState, captions: Captions) -> tuple[str, ...]:
    """Return what is wrong, each sentence once."""
    names = {label.uid: label.class_name for label in state.labels}
    there = (finding for finding in captions.findings if finding.label_uid in names)
    return tuple(dict.fromkeys(finding_words(each, names[each.label_uid])[1] for each in there))


def figures_of(state: NgState, captions: Captions) -> str:
    """Return the size of the selected outline, and why it is in pixels where it is."""
    shown = next((label for label in (*state.labels, *state.open_offers) if label.uid == state.selected), None)
    if shown is None:
        return ""
    return " · ".join(text for text in (captions.size(shown), captions.no_millimetres) if text)


def lit_classes(state: NgState) -> frozenset[str]:
    """Return the classes whose chips are lit: of the selected outline, or of the whole picture where that is meant."""
    selected = state.label(state.selected)
    if state.tool is Tool.TAGS or (selected is None and not state.labels):
        return frozenset(state.history.document.tags)
    return frozenset({selected.class_name} - {UNCLASSED}) if selected is not None else frozenset()
