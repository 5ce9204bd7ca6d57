"""The frame around every page: top bar, faults, the page itself, and the strip of the last parts. No dialogs."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QGridLayout, QStackedWidget, QVBoxLayout, QWidget

from station.desk.messages import FaultLine, HoldEnded, PartFinished, State, VerdictChanged, Welcome
from station.journal.records import PartSummary
from station.ui.calibration import UnmeasuredBand
from station.ui.context import Context, Page
from station.ui.login import LoginPanel
from station.ui.marks import Look, Mark
from station.ui.operator.inspect import InspectPage, column_px
from station.ui.operator.strip import PARTS, Entry, Strip, Toast
from station.ui.sentences import said
from station.ui.shift_counter import ShiftCounter
from station.ui.theme import ThemeName
from station.ui.top_bar import TopBar
from station.ui.widgets import Band
from station.ui.words import fault_title, part_name

MOST_FAULTS = 2
"""Bands of standing faults shown at once; the rest are counted."""


class Shell(QWidget):
    """The window. Pages after the first are those that the person's role may see."""

    def __init__(self, context: Context, inspect: InspectPage, others: Sequence[Page] = ()) -> None:
        super().__init__()
        self.context = context
        self.setObjectName("ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.inspect = inspect
        self.pages: tuple[Page, ...] = (inspect, *others)
        self.top = TopBar(context)
        self.lost = Band(context.theme, Look.FAULT, Mark.FAULT)
        self.faults = tuple(Band(context.theme, Look.FAULT, Mark.FAULT) for _ in range(MOST_FAULTS))
        self.strip, self.toast = Strip(context), Toast(context)
        self.login = LoginPanel(context)
        self.unmeasured = UnmeasuredBand(context)
        self.counter = ShiftCounter(context)
        self._stack = QStackedWidget()
        self._held: frozenset[UUID] = frozenset()
        self._build()
        self._connect()
        self._dress()
        self.retranslate()
        self._tell_faults()
        context.end_with(self)
        self.go_to(0)
        self.ask_for_login()

    @property
    def page(self) -> Page:
        """The page on show."""
        return self.pages[self._stack.currentIndex()]

    def go_to(self, place: int) -> None:
        """Show another page, if the person may see it."""
        if place >= len(self.pages) or not self._names()[place]:
            return
        self.page.left()
        self._stack.setCurrentIndex(place)
        self.page.entered()
        self._foot.setVisible(self.page is self.inspect)
        self._offer_pages()

    def ask_for_login(self, why: str = "") -> None:
        """Ask who is there, beside the page."""
        self.login.begin(why)
        self._open_login()

    def stop(self) -> None:
        """End everything that runs in the background."""
        for page in self.pages:
            page.stop()
        self.context.stop()

    def retranslate(self) -> None:
        """Say everything again."""
        self.setWindowTitle(self.tr("Inspection station"))
        self.top.retranslate()
        self.strip.retranslate()
        self.login.retranslate()
        self.unmeasured.retranslate()
        self._tell_faults()
        self._count()
        self._offer_pages()
        self._shown(self.inspect.showing.shown)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  (Qt's name)
        """Speak the new language as soon as there is one."""
        if event.type() == QEvent.Type.LanguageChange:
            self._dress()  # another script may want other fonts
            self.retranslate()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  (Qt's name)
        """Put the toast under the strip where both have no room side by side."""
        super().resizeEvent(event)
        self._lay_out()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802  (Qt's name)
        """Give the keys back."""
        self.page.left()
        super().closeEvent(event)

    # Building ---------------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        for page in self.pages:
            self._stack.addWidget(page)
        self._middle = QWidget()
        self._middle.setMinimumHeight(
            1
        )  # what does not fit is scrolled or shortened, the window is never pushed larger
        self._cell = QGridLayout(self._middle)
        self._cell.setContentsMargins(0, 0, 0, 0)
        self._cell.addWidget(self._stack, 0, 0)
        self._cell.addWidget(self.login, 0, 0)
        self._foot = QWidget()
        self._foot.setObjectName("panel")
        self._foot.setMinimumWidth(1)
        self._foot.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._foot_row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._foot)
        self._foot_row.setContentsMargins(0, 0, 0, 0)
        self._foot_row.setSpacing(0)
        self._foot_row.addWidget(self.strip, 1)
        self._foot_row.addWidget(self.toast)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        for widget in (self.top, self.unmeasured, self.lost, *self.faults):
            whole.addWidget(widget)
        whole.addWidget(self._middle, 1)
        whole.addWidget(self._foot)

    def _connect(self) -> None:
        context, link = self.context, self.context.link
        link.state.connect(self._state_came)
        link.welcome.connect(self._met)
        link.part.connect(self._part_came)
        link.verdict.connect(self._verdict_changed)
        link.hold_ended.connect(self._hold_ended)
        link.lost.connect(lambda _: self._tell_faults())
        link.found.connect(self._tell_faults)
        self.login.hide()
        context.session.changed.connect(self._person_changed)
        context.session.ended.connect(self.ask_for_login)
        context.keys.scanned.connect(lambda _: self._open_login())
        context.theme.changed.connect(self._dress)
        self.counter.changed.connect(self._count)
        self.top.page_chosen.connect(self.go_to)
        self.top.person_tapped.connect(self._person_tapped)
        self.login.closed.connect(self._close_login)
        self.strip.opened.connect(self._open_part)
        self.inspect.toast.connect(self.toast.show_saved)
        self.inspect.shown.connect(self._shown)
        pages = {f"F{place + 1}": lambda place=place: self.go_to(place) for place in range(len(self.pages))}
        context.keys.bind({"Z": self.toast.take_back, **pages}, always=True)

    def _lay_out(self) -> None:
        tall = self.height() > self.width()
        beside = not tall or self.strip.full_px + self.toast.sizeHint().width() <= self.width()
        self._foot_row.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        self.login.setFixedWidth(self.width() if tall else column_px(self.context.theme, self.width()))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute
        self._cell.setAlignment(self.login, Qt.AlignmentFlag.AlignBottom if tall else right)  # over the column
        self.login.raise_()

    def _dress(self) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.setStyleSheet(self.context.theme.stylesheet())
        self._lay_out()

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

    # The person -------------------------------------------------------------------------------------------------------

    def _person_changed(self) -> None:
        person, context = self.context.session.person, self.context
        if person is not None:
            self._close_login()
        theme = person.theme if person and person.theme in set(ThemeName) else context.screen.settings.theme
        context.theme.choose(ThemeName(theme))
        context.language.choose(person.language if person and person.language else context.screen.settings.language)
        if not self._names()[self._stack.currentIndex()]:
            self.go_to(0)
        self._offer_pages()
        self._lay_out()

    def _person_tapped(self) -> None:
        if self.login.isVisible():
            self._close_login()
        elif self.context.session.person is None:
            self.ask_for_login()
        else:
            self.context.session.log_out()
            self.ask_for_login()

    def _open_login(self) -> None:
        self.context.keys.cover(
            {
                "Backspace": lambda: self.login.typed("⌫"),
                "Enter": lambda: self.login.typed("✓"),
                "Esc": self._close_login,
            },
            typing=self.login.typed,
        )
        self.login.show()
        self._lay_out()

    def _close_login(self) -> None:
        self.context.keys.cover(None)
        self.login.hide()
        self.page.setFocus()

    def _names(self) -> list[str]:
        """The pages as the person may see them; empty where they may not."""
        return [page.name() if page.may_be_seen() else "" for page in self.pages]

    def _offer_pages(self) -> None:
        self.top.offer_pages(self._names(), self._stack.currentIndex())

    # Parts ------------------------------------------------------------------------------------------------------------

    def _open_part(self, uid: UUID) -> None:
        if self.page is not self.inspect:
            self.go_to(0)
        self.inspect.open_part(uid)

    def _shown(self, uid: UUID | None) -> None:
        self.strip.mark_shown(uid)
        entry = next((entry for entry in self.strip.entries if entry.uid == uid), None)
        self.top.show_part(part_name("", entry.part_seq) if entry else "")
