"""How long one moved corner takes in the model of a full picture, beside the usual way: a deep copy of everything for undo."""

import copy
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from uuid import UUID

import numpy as np

from labeling.annotation import Label
from labeling.drafts import DraftLog
from labeling.edits import ChangeShape, Document, History
from labeling.shapes import Polygon, frozen_points

BASELINE: Final = "copy.deepcopy of all labels, as editors keep a backup for each undo"
POINTS: Final = 40
"""Of an outline, as of one that was drawn by hand and simplified."""


@dataclass(frozen=True, slots=True)
class EditBench:
    """Medians of one run, in milliseconds.

    Attributes
    ----------
    edit_ms
        One corner moved: the command made, applied, its inverse kept.
    kept_ms
        The same, and the command in the draft log.
    undo_ms, redo_ms
        One step back and forth in the model.
    deep_copy_ms
        The baseline: what `BASELINE` says, for the same labels in a list.
    """

    shapes: int
    edit_ms: float
    kept_ms: float
    undo_ms: float
    redo_ms: float
    deep_copy_ms: float


def bench_edits(*, shapes: int = 1_000, behind: int = 2_000, times: int = 60) -> EditBench:
    """Measure edits of a picture with `shapes` outlines and `behind` edits to undo.

    Raises
    ------
    DraftError
        If the folder for temporary files cannot be written.
    """
    history = History(full_document(shapes))

    def move(number: int) -> ChangeShape:
        return moved_corner(history.document.labels[number * 37 % shapes], number)

    def edit(number: int) -> None:
        nonlocal history
        history = history.do(move(number))

    def keep(number: int) -> None:
        nonlocal history
        command = move(number)
        log.append(command)
        history = history.do(command)

    def undo(_: int) -> None:
        nonlocal history
        history = history.undo()

    def redo(_: int) -> None:
        nonlocal history
        history = history.redo()

    for number in range(behind):
        edit(number)
    with tempfile.TemporaryDirectory() as folder:
        log = DraftLog.begin(Path(folder) / "draft", history.document, {})
        try:
            edit_ms, kept_ms, undo_ms, redo_ms = (_median_ms(work, times) for work in (edit, keep, undo, redo))
        finally:
            log.close()
    labels = list(history.document.labels)
    deep_copy_ms = _median_ms(lambda _: _copied(labels), max(3, times // 20))
    return EditBench(shapes, edit_ms, kept_ms, undo_ms, redo_ms, deep_copy_ms)


def full_document(shapes: int) -> Document:
    """Return a picture full of outlines of 40 points."""
    angles = np.linspace(0, 2 * np.pi, POINTS, endpoint=False)
    circle = 12 * np.stack([np.cos(angles), np.sin(angles)], axis=1)
    places = np.random.default_rng(5).uniform(20, 3000, (shapes, 2))
    return Document(
        tuple(
            Label(UUID(int=number + 1), "scratch", Polygon(frozen_points(circle + place)))
            for number, place in enumerate(places)
        )
    )


def moved_corner(label: Label, corner: int) -> ChangeShape:
    """Return the command that moves a corner of a label's polygon by a pixel and a half."""
    if not isinstance(label.shape, Polygon):
        raise TypeError(f"a corner of {label.shape} cannot be moved here")
    outline = label.shape.outline.copy()
    outline[corner % len(outline)] += 1.5
    return ChangeShape(label.uid, Polygon(frozen_points(outline), label.shape.holes))


def _copied(labels: list[Label]) -> None:
    copy.deepcopy(labels)


def _median_ms(work: Callable[[int], None], times: int) -> float:
    taken = []
    for number in range(times):
        begin = time.perf_counter()
        work(number)
        taken.append(time.perf_counter() - begin)
    return statistics.median(taken) * 1000
