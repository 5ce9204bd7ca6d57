"""The frame around every page: top bar, faults, the page itself, and the strip of the last parts. No dialogs."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QWidget

from station.desk.messages import FaultLine, HoldEnded, PartFinished, State, VerdictChanged, Welcome
from station.journal.records import PartSummary
from station.ui.calibration import UnmeasuredBand
from station.ui.context import Context, Page
from station.ui.frame import Frame
from station.ui.marks import Look, Mark
from station.ui.operator.inspect import InspectPage
from station.ui.operator.strip import PARTS, Entry, Strip, Toast
from station.ui.sentences import said
from station.ui.shift_counter import ShiftCounter
from station.ui.widgets import Band
from station.ui.words import fault_title, part_name

MOST_FAULTS = 2
"""Bands of standing faults shown at once; the rest are counted."""


class Shell(Frame):
    """The operator's window. Pages after the first are those that the person's role may see."""

    def __init__(self, context: Context, inspect: InspectPage, others: Sequence[Page] = ()) -> None:
        super().__init__(context, (inspect, *others))
        self.inspect = inspect
        self.faults = tuple(Band(context.theme, Look.FAULT, Mark.FAULT) for _ in range(MOST_FAULTS))
        self.strip, self.toast = Strip(context), Toast(context)
        self.unmeasured = UnmeasuredBand(context)
        self.counter = ShiftCounter(context)
        self._held: frozenset[UUID] = frozenset()
        self._foot = QWidget()
        self._foot_row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._foot)
        self._build_foot()
        self._connect()
        bands = (self.unmeasured, self.lost, *self.faults)
        self._put_together(bands, {"Z": self.toast.take_back}, foot=self._foot)
        self._tell_faults()

    def go_to(self, place: int) -> None:
        """Show another page, if the person may see it; the strip of parts stands under the first."""
        super().go_to(place)
        self._foot.setVisible(self.page is self.inspect)

    def retranslate(self) -> None:
        """Say everything again."""
        super().retranslate()
        self.setWindowTitle(self.tr("Inspection station"))
        self.strip.retranslate()
        self.unmeasured.retranslate()
        self._tell_faults()
        self._count()
        self._shown(self.inspect.showing.shown)

    # Building ---------------------------------------------------------------------------------------------------------

    def _build_foot(self) -> None:
        self._foot.setObjectName("panel")
        self._foot.setMinimumWidth(1)
        self._foot.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._foot_row.setContentsMargins(0, 0, 0, 0)
        self._foot_row.setSpacing(0)
        self._foot_row.addWidget(self.strip, 1)
        self._foot_row.addWidget(self.toast)

    def _connect(self) -> None:
        link = self.context.link
        link.state.connect(self._state_came)
        link.welcome.connect(self._met)
        link.part.connect(self._part_came)
        link.verdict.connect(self._verdict_changed)
        link.hold_ended.connect(self._hold_ended)
        link.lost.connect(lambda _: self._tell_faults())
        link.found.connect(self._tell_faults)
        self.counter.changed.connect(self._count)
        self.strip.opened.connect(self._open_part)
        self.inspect.toast.connect(self.toast.show_saved)
        self.inspect.shown.connect(self._shown)

    def _lay_out(self) -> None:
        """Put the toast under the strip where both have no room side by side."""
        tall = self.height() > self.width()
        beside = not tall or self.strip.full_px + self.toast.sizeHint().width() <= self.width()
        self._foot_row.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        super()._lay_out()

    # What the engine says ---------------------------------------------------------------------------------------------

    def _met(self, welcome: Welcome) -> None:
        self._held = frozenset(line.uid for line in welcome.held)
        self.strip.let_wait(self._held)
        self.context.pictures.recent(PARTS, self._recent)

    def _recent(self, parts: tuple[PartSummary, ...]) -> None:
        held = self._held
        self.strip.fill(tuple(Entry(part.uid, part.part_seq, part.verdict.value, part.uid in held) for part in parts))
        if parts:
            self.inspect.begin_with(parts[0].uid)
        self._shown(self.inspect.showing.shown)

    def _part_came(self, part: PartFinished) -> None:
        self.strip.add(Entry(part.uid, part.part_seq, part.verdict, waits=part.hold_ms > 0, hidden=part.hidden))
        self._shown(self.inspect.showing.shown)

    def _verdict_changed(self, changed: VerdictChanged) -> None:
        self.strip.change(changed.uid, changed.verdict)

    def _hold_ended(self, ended: HoldEnded) -> None:
        self.strip.change(ended.uid)

    def _state_came(self, _: State) -> None:
        self._tell_faults()

    def _count(self) -> None:
        clock = "" if self.context.clock.is_set else self.tr(" · clock not set")
        self.top.show_counters(self.counter.text + clock)

    def _tell_faults(self) -> None:
        link = self.context.link
        self.lost.setVisible(not link.up)
        if not link.up:
            self.lost.say(
                self.tr("No connection to the engine"),
                self.tr(
                    "{0}. What you see is the last it said, and nothing can be saved. It reconnects by itself; start"
                    " `station run` if the line should be running."
                ).format(link.why_down),
            )
        standing: Sequence[FaultLine] = link.last_state.faults if link.up and link.last_state else ()
        for place, band in enumerate(self.faults):
            band.setVisible(place < len(standing))
            if place < len(standing):
                fault = standing[place]
                more = len(standing) - MOST_FAULTS
                title = fault_title(fault.code, fault.source)
                last = place == MOST_FAULTS - 1 and more > 0
                band.say(self.tr("{0} (and {1} more)").format(title, more) if last else title, said(fault.text))

    # Parts ------------------------------------------------------------------------------------------------------------

    def _open_part(self, uid: UUID) -> None:
        if self.page is not self.inspect:
            self.go_to(0)
        self.inspect.open_part(uid)

    def _shown(self, uid: UUID | None) -> None:
        self.strip.mark_shown(uid)
        entry = next((entry for entry in self.strip.entries if entry.uid == uid), None)
        self.top.show_part(part_name("", entry.part_seq) if entry else "")
