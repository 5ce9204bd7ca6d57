"""How often each class is given: what orders the palette, fixed for a shift, and the counts on its chips."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QObject

from labeling.classes import ClassList, DefectClass
from station.journal.reader import JournalReader
from station.journal.shift_queries import read_shift
from station.ui.context import Context
from station.ui.operator.palette import Palette
from station.ui.shift.figures import shift_table

LOOKED_BACK = timedelta(hours=24)
"""The order follows from what was frequent so long before the shift began: it cannot change while the shift lasts."""


@dataclass(frozen=True, slots=True)
class ClassCounts:
    """NG parts by class: in the day before the shift, and in the shift so far; `shift` is when it began."""

    shift: datetime
    before: Mapping[str, int]
    so_far: Mapping[str, int]


def count_classes(journal: JournalReader, config: Path | None, now: datetime) -> ClassCounts:
    """Count the classes around the shift that `now` lies in.

    Raises
    ------
    StorageError
        If the journal cannot be read.
    """
    shift = shift_table(config).at(now)
    before = read_shift(journal, shift.start - LOOKED_BACK, shift.start).classes
    return ClassCounts(shift.start, before, read_shift(journal, shift.start, shift.end).classes)


class PaletteFeed(QObject):
    """Gives a palette the classes of the recipe in use; their order changes with the recipe and the shift, never between."""

    def __init__(self, context: Context, palette: Palette) -> None:
        super().__init__(palette)
        self._context = context
        self._palette = palette
        self._counts: ClassCounts | None = None
        self._shown: tuple[tuple[DefectClass, ...], datetime | None] | None = None
        context.link.welcome.connect(lambda _: self.dress())
        self.refresh()

    @property
    def classes(self) -> ClassList:
        """The classes of the recipe in use."""
        welcome = self._context.link.last_welcome
        lines = welcome.recipe.classes if welcome is not None else ()
        return ClassList(tuple(DefectClass(line.name, line.parent) for line in lines))

    def refresh(self) -> None:
        """Count again, away from the screen's thread."""
        context = self._context
        now = context.clock.now()
        context.reading.ask(lambda journal: count_classes(journal, context.config, now), self._counted)

    def _counted(self, counts: ClassCounts) -> None:
        self._counts = counts
        if self._palette.isVisible():  # no chip moves under a finger: another order comes with the next part
            self._palette.count(counts.so_far)
        else:
            self.dress()

    def dress(self) -> None:
        """Show the classes of the recipe in use, in the order of the shift."""
        counts, classes = self._counts, self.classes
        shown = (classes.classes, counts.shift if counts is not None else None)
        so_far = counts.so_far if counts is not None else {}
        if shown != self._shown:
            self._shown = shown
            self._palette.set_classes(classes, counts.before if counts is not None else {}, so_far)
        else:
            self._palette.count(so_far)
