"""What the engine says of the line: parts that come, parts that wait, parts that others decided, holds that end."""

from uuid import UUID

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QApplication

from station.desk.messages import HoldEnded, PartFinished, VerdictChanged, Welcome
from station.ui.context import Context
from station.ui.operator.column import Column
from station.ui.operator.deciding import Deciding
from station.ui.operator.on_show import OnShow
from station.ui.operator.outlining import Outlining
from station.ui.operator.showing import Held
from station.ui.operator.takt import TaktBar
from station.ui.words import part_name

LAPSE_S = 2.0
"""So long after its end a hold is over even if the engine could not say so."""


class Following(QObject):
    """Brings the part on show up to what the engine says, and leaves the person theirs while they work on it."""

    def __init__(
        self,
        context: Context,
        on_show: OnShow,
        deciding: Deciding,
        outlining: Outlining,
        column: Column,
        takt: TaktBar,
    ) -> None:
        super().__init__(on_show)
        self._context = context
        self._on_show = on_show
        self._deciding = deciding
        self._outlining = outlining
        self._column = column
        self._takt = takt
        context.link.welcome.connect(self._met)
        context.link.part.connect(self._arrived)
        context.link.verdict.connect(self._superseded)
        context.link.hold_ended.connect(self._hold_ended)

    def lapse(self) -> bool:
        """Let go of holds whose end the engine did not say; return whether there were any."""
        showing = self._on_show.showing
        over = showing.lapsed(self._context.clock.monotonic() - LAPSE_S)
        if over is showing:
            return False
        self._on_show.apply(over)
        return True

    def _met(self, welcome: Welcome) -> None:
        self._takt.takt(welcome.recipe.takt_ms)
        showing = self._on_show.showing.forgotten()
        for line in welcome.held:
            if line.hidden:
                self._on_show.hide(line.uid)
            showing = showing.waits_still(self._held(line.uid, line.part_seq, line.hold_ms))
        self._on_show.apply(showing)

    def _arrived(self, part: PartFinished) -> None:
        held = None
        if part.hold_ms > 0:
            held = self._held(part.uid, part.part_seq, part.hold_ms)
            self._sound()
        if part.hidden:
            self._on_show.hide(part.uid)
        self._takt.part_came()
        showing = self._on_show.showing
        if self._outlining.drawing:
            showing = showing.keep()
        if held is not None and self._outlining.only_offered:
            showing = showing.let_go()
        self._on_show.apply(showing.arrived(part.uid, held))
        if self._on_show.showing.shown != part.uid:
            self._context.pictures.prefetch(part.uid)

    def _superseded(self, changed: VerdictChanged) -> None:
        self._on_show.unhide(changed.uid)
        self._context.pictures.refresh(changed.uid)
        under_way = self._deciding.under_way
        if under_way is None or under_way.uid != changed.uid:  # one's own moves on with its answer
            self._on_show.apply(self._on_show.showing.released(changed.uid))

    def _hold_ended(self, ended: HoldEnded) -> None:
        nobody = QCoreApplication.translate("InspectPage", "Part {0}: nobody decided in time")
        self._column.say_note(
            nobody.format(part_name("", ended.part_seq)),
            QCoreApplication.translate(
                "InspectPage",
                "The PLC was told “not decidable”, so it rejects the part. A verdict now changes the records only.",
            ),
        )
        self._on_show.apply(self._on_show.showing.released(ended.uid))

    def _held(self, uid: UUID, part_seq: int, hold_ms: float) -> Held:
        hold_s = hold_ms / 1000
        return Held(uid, part_seq, self._context.clock.monotonic() + hold_s, hold_s)

    def _sound(self) -> None:
        person = self._context.session.person
        if person is not None and person.sound:
            QApplication.beep()
