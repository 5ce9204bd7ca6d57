"""Work that is on this screen's disk and not with the engine, and the band that says so until it is."""

from dataclasses import dataclass

from PySide6.QtCore import Signal

from station.ui.button import Button
from station.ui.marks import Look, Mark
from station.ui.operator.drafting import Place
from station.ui.theme import Theme
from station.ui.widgets import Band


@dataclass(frozen=True, slots=True)
class Kept:
    """One view's outlines; `recovered`: the screen stopped while they were drawn. `why` is what the engine said."""

    place: Place
    name: str
    recovered: bool
    why: str = ""


class KeptBand(Band):
    """Shows the first of what is kept, and how many there are; never says that anything is saved."""

    opened = Signal(object)
    """The `Place` that the person wants to go on with."""

    def __init__(self, theme: Theme) -> None:
        self._open = Button(theme)
        super().__init__(theme, Look.UNDECIDED, Mark.UNDECIDED, (self._open,))
        self._all: dict[Place, Kept] = {}
        self._open.clicked.connect(self._open_first)
        self.retranslate()

    @property
    def kept(self) -> tuple[Kept, ...]:
        """All of it."""
        return tuple(self._all.values())

    def add(self, kept: Kept) -> None:
        """Show something that is kept here."""
        self._all[kept.place] = kept
        self.retranslate()

    def drop(self, place: Place) -> None:
        """Somebody is at it, or the engine has it."""
        self._all.pop(place, None)
        self.retranslate()

    def allow(self, *, allowed: bool) -> None:
        """Whether there is a person who may go on with it."""
        self._open.setEnabled(allowed)

    def retranslate(self) -> None:
        """Say it again."""
        self.setVisible(bool(self._all))
        self._open.say(self.tr("Open"))
        if not self._all:
            return
        first = next(iter(self._all.values()))
        others = self.tr(" · {0} more").format(len(self._all) - 1) if len(self._all) > 1 else ""
        if first.recovered:
            text = self.tr("What was drawn before the screen stopped is here again. It is not with the engine yet.")
            self.say(self.tr("Recovered: part {0}").format(first.name) + others, text)
        else:
            text = first.why or self.tr("The outlines are on this screen's disk only. Open the part to send them.")
            self.say(self.tr("Not saved: outlines of part {0}").format(first.name) + others, text)

    def _open_first(self) -> None:
        if self._all:
            self.opened.emit(next(iter(self._all)))
