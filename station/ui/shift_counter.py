"""The counters of the shift in the top bar: read from the journal now and then, counted on by hand in between."""

from PySide6.QtCore import QObject, QTimer, Signal

from station.desk.messages import PartFinished
from station.journal.reader import JournalReader
from station.journal.shift_queries import read_shift
from station.quality.shift import Shift, Tally, total
from station.ui.context import Context
from station.ui.shift.figures import shift_table

_REREAD_MS = 60_000
_SOON_MS = 2000
"""After a verdict was superseded, or the shift has changed."""
_ONE = {"OK": Tally(ok=1), "NG": Tally(ng=1), "NOT_DECIDABLE": Tally(not_decidable=1)}


class ShiftCounter(QObject):
    """Parts of the present shift by their verdict."""

    changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._shift: Shift | None = None
        self._tally = Tally()
        self._again = QTimer(self)
        self._again.setInterval(_REREAD_MS)
        self._again.timeout.connect(self.read)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON_MS)
        self._soon.timeout.connect(self.read)
        context.link.part.connect(self._count)
        context.link.verdict.connect(lambda _: self._soon.start())
        context.link.welcome.connect(lambda _: self.read())
        self._again.start()

    @property
    def text(self) -> str:
        """What the top bar says: "shift 3: 1,204 parts · yield 97.8 %"; empty until the journal was read."""
        if self._shift is None:
            return ""
        locale = self._context.language.locale
        share = self._tally.yield_share
        if share is None:
            return self.tr("shift {0}: no parts yet").format(self._shift.number)
        per_cent = locale.toString(100 * share, "f", 1)
        text = self.tr("shift {0}: %Ln part(s) · yield {1} %", "", self._tally.parts)
        return text.format(self._shift.number, per_cent)

    def read(self) -> None:
        """Count anew what the journal has of the shift that it is now."""
        config, now = self._context.config, self._context.clock.now()

        def work(journal: JournalReader) -> tuple[Shift, Tally]:
            return _read(journal, shift_table(config).at(now))

        self._context.reading.ask(work, self._came)

    def _came(self, read: tuple[Shift, Tally]) -> None:
        self._shift, self._tally = read
        self.changed.emit()

    def _count(self, part: PartFinished) -> None:
        if self._shift is None or not self._shift.start <= part.time < self._shift.end:
            self._soon.start()
            return
        self._tally += _ONE[part.verdict]
        self.changed.emit()


def _read(journal: JournalReader, shift: Shift) -> tuple[Shift, Tally]:
    return shift, total(read_shift(journal, shift.start, shift.end).spans)
