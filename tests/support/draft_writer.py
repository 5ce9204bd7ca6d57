"""Draws in a draft log as fast as it can until somebody kills it; says the number of each entry once the log has it.

As a script: ``python tests/support/draft_writer.py PATH SEED FIRST``; entry FIRST - 1 is the last that the log has already.
"""

import itertools
import os
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

import numpy as np

from labeling.annotation import Label
from labeling.drafts import DraftLog, Step
from labeling.edits import AddLabel, ChangeShape, Command, Document, History, SetTags
from labeling.shapes import Points, Polygon, frozen_points


@dataclass(frozen=True)
class Drawn:
    """What a draft must hold after some entries."""

    history: History
    stroke: Points | None = None
    entry: Command | Step | None = None
    """What the last one was; None: a piece of the stroke."""


def drawn(seed: int) -> Iterator[Drawn]:
    """Return what a hasty person does, entry by entry without end: strokes that become labels, moves, undo and redo."""
    chance = random.Random(seed)
    state = Drawn(History())
    for number in itertools.count(1):
        state = _after(state, number, chance)
        yield state


def _after(state: Drawn, number: int, chance: random.Random) -> Drawn:
    history = state.history
    if state.stroke is None or len(state.stroke) < chance.randint(3, 60):
        if state.stroke is None and history.can_undo and chance.random() < 0.3:
            return Drawn(history.undo(), entry=Step.UNDO)
        if state.stroke is None and history.can_redo and chance.random() < 0.3:
            return Drawn(history.redo(), entry=Step.REDO)
        if state.stroke is None and history.document.labels and chance.random() < 0.3:
            label = chance.choice(history.document.labels)
            assert isinstance(label.shape, Polygon)
            command = ChangeShape(label.uid, replace(label.shape, outline=frozen_points(label.shape.outline + 0.5)))
            return Drawn(history.do(command), entry=command)
        piece = [[chance.uniform(0, 3000), number]] * chance.randint(1, 4)
        return Drawn(
            history, frozen_points(np.vstack([np.empty((0, 2)) if state.stroke is None else state.stroke, piece]))
        )
    if len(state.stroke) < 3:
        tags = SetTags((str(number),))
        return Drawn(history.do(tags), entry=tags)
    added = AddLabel(Label(UUID(int=number), "scratch", Polygon(state.stroke)))
    return Drawn(history.do(added), entry=added)


def main(path: Path, seed: int, first: int) -> None:
    """Draw until killed."""
    log = DraftLog.open(path) if path.exists() else DraftLog.begin(path, Document(), {"part": "7"})
    for number, state in enumerate(drawn(seed), 1):
        if number < first:
            continue
        if state.entry is not None:
            log.append(state.entry)
        elif state.stroke is not None:
            log.stroke(state.stroke, tool="lasso")
        os.write(sys.stdout.fileno(), b"%d\n" % number)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
