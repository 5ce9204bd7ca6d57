"""The model's opinion of a part as the page uses it: what is outlined, where to look first, and when it is sure. Pure."""

import numpy as np
from PySide6.QtCore import QLocale

from labeling.canvas.outline import Outline, OutlineStyle
from station.line.inspection import Author, VerdictKind
from station.ui.operator.work import offers
from station.ui.pictures import PartPicture, ViewPicture

_SURE_MARGIN = 0.5
"""How far beyond its threshold, in distances between the two, a score is for the model to count as sure."""


def is_sure(score: float | None, limits: tuple[float, float] | None) -> bool:
    """Whether a score is so far outside of what is not decidable that opposing it deserves a second look."""
    if score is None or limits is None:
        return False
    low, high = limits
    margin = _SURE_MARGIN * (high - low)
    return score >= high + margin or score <= low - margin


def opposes_a_sure_model(part: PartPicture, verdict: str) -> bool:
    """Whether a verdict contradicts one that no person has touched yet and that the model is sure of.

    One view that is surely bad makes a sure NG; a sure OK needs every view to be surely good.
    """
    current = part.record.inspection.verdict
    if current.by is not Author.RULES or current.kind.value in {verdict, VerdictKind.NOT_DECIDABLE.value}:
        return False
    sure = [is_sure(view.score, view.limits) for view in part.views]
    return any(sure) if current.kind is VerdictKind.NG else all(sure)


def worst_view(part: PartPicture) -> int:
    """The view to look at first: one with a fault, else the one with the highest score."""
    ranked = [(view.fault is not None, view.score or 0.0) for view in part.views]
    return ranked.index(max(ranked)) if ranked else 0


def outlines(part: PartPicture, view: ViewPicture) -> list[Outline]:
    """The model's outlines, and on top those of people."""
    annotation = part.annotations.get(view.name)
    labels = annotation.labels if annotation is not None and not annotation.proposed else ()
    taken = {label.uid for label in labels}
    model = [
        Outline(
            offer.uid,
            offer.shape,
            OutlineStyle.MODEL,
            f"{offer.class_name} {QLocale().toString(offer.score or 0.0, 'f', 2)}",
        )
        for offer in offers(part.uid, view, annotation)
        if offer.uid not in taken
    ]
    return model + [Outline(label.uid, label.shape, OutlineStyle.PERSON, label.class_name) for label in labels]


def worst_place(view: ViewPicture) -> tuple[float, float] | None:
    """Where the view looks worst, in pixels of the picture: the heat's peak in the worst outline, or that outline's middle."""
    if not view.defects:
        return None
    left, top, right, bottom = view.defects[0].shape.bounds
    middle = (left + right) / 2, (top + bottom) / 2
    if view.heat is None or not view.heat.size:
        return middle
    rows, columns = view.heat.shape
    across, down = columns / view.size[0], rows / view.size[1]
    first_row, first_column = max(0, int(top * down)), max(0, int(left * across))
    part = view.heat[first_row : int(bottom * down) + 1, first_column : int(right * across) + 1]
    if not part.size:
        return middle
    row, column = np.unravel_index(int(part.argmax()), part.shape)
    return (first_column + float(column) + 0.5) / across, (first_row + float(row) + 0.5) / down


def heat_range(view: ViewPicture) -> tuple[float, float]:
    """Scores at which the heat begins and is brightest: from what is plainly good to its own peak, or to NG at least."""
    low, high = view.limits or (0.0, 0.0)
    peak = float(view.heat.max()) if view.heat is not None and view.heat.size else high
    return low, max(high, peak, low + 1e-6)
