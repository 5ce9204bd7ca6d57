"""The review's window: top line, what is wrong, the page, log-in and the list of keys. No dialogs."""

from collections.abc import Callable, Sequence
from uuid import UUID

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QKeyEvent

from station.people.roles import Action
from station.review.queue import QueueFilter
from station.ui.context import Context, Page
from station.ui.frame import Frame
from station.ui.keys import key_name
from station.ui.marks import Look, Mark
from station.ui.review.compare_page import ComparePage
from station.ui.review.grid_page import GridPage
from station.ui.review.key_list import KeyList, KeyWords
from station.ui.review.lending import Lending
from station.ui.review.one import OnePage
from station.ui.review.queue_page import QueuePage
from station.ui.widgets import Band

GIVE_BACK_MS = 500
"""How long the end waits until parts are given back; they come back by themselves otherwise."""

ASK_MS = 1_000
"""How often it is asked why the records cannot be kept."""


class ReviewWindow(Frame):
    """The window of `station review`; `others` are pages beside its own."""

    def __init__(self, context: Context, others: Sequence[Page] = ()) -> None:
        lending, queue = Lending(context), QueuePage(context)
        one, grid, compare = OnePage(context, lending), GridPage(context, queue.listing), ComparePage(context, lending)
        super().__init__(context, (queue, one, grid, compare, *others))
        lending.setParent(self)
        self.lending, self.queue, self.one, self.grid, self.compare = lending, queue, one, grid, compare
        self.apart = Band(context.theme, Look.CONTROL, Mark.WAITING)
        self.role = Band(context.theme, Look.UNDECIDED, Mark.UNDECIDED)
        self.key_list = KeyList(context)
        self._problem: Callable[[], str] = str
        self._asking = QTimer(self)
        self._asking.timeout.connect(self._tell)
        self._connect()
        self._put_together((self.lost, self.apart, self.role), {"?": self._show_keys}, over=(self.key_list,))

    def go_to(self, place: int) -> None:
        """Show another page."""
        self._close_keys()
        super().go_to(place)
        self._tell()

    def ask_why(self, problem: Callable[[], str]) -> None:
        """Say, while nobody keeps the records, why they cannot be kept here either; an empty text is no reason."""
        self._problem = problem
        self._asking.start(ASK_MS)

    def stop(self) -> None:
        """Give back what is lent, and end everything that runs in the background."""
        loop = QEventLoop()
        QTimer.singleShot(GIVE_BACK_MS, loop.quit)
        if self.lending.stop(loop.quit):
            loop.exec()
        super().stop()

    def retranslate(self) -> None:
        """Say everything again."""
        super().retranslate()
        self.setWindowTitle(self.tr("Inspection station · review"))
        self._tell()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  (Qt's name)
        """Go to a page also out of a field, which has no use for these keys."""
        name = key_name(event)
        if name.startswith("F") and name[1:].isdigit():
            self.go_to(int(name[1:]) - 1)
        else:
            super().keyPressEvent(event)

    def _connect(self) -> None:
        link = self.context.link
        link.welcome.connect(lambda _: self._tell())
        link.lost.connect(lambda _: self._tell())
        link.found.connect(self._tell)
        self.key_list.closed.connect(self._close_keys)
        self.queue.review_wanted.connect(self._review)
        self.queue.listing.changed.connect(self._count)
        self.lending.changed.connect(self._count)
        self.lending.saved.connect(lambda _: self.queue.listing.before_long())
        self.lending.undone.connect(lambda _: self.queue.listing.before_long())
        self.grid.opened.connect(self._open)
        self.one.about.connect(self.top.show_part)

    # What is said -------------------------------------------------------------------------------------------------

    def _tell(self) -> None:
        link, session = self.context.link, self.context.session
        self.lost.setVisible(not link.up)
        if not link.up:
            self.lost.say(
                self.tr("No connection to the engine"),
                self.tr("{0}. Parts can be looked at, and nothing can be saved. It reconnects by itself.").format(
                    self._problem() or link.why_down
                ),
            )
        welcome = link.last_welcome
        self.apart.setVisible(self.page is self.queue and link.up and welcome is not None and not welcome.line)
        self.apart.say(
            self.tr("No line runs here"),
            self.tr("The review keeps the records itself. When the engine starts it takes over; log in again then."),
        )
        self.role.setVisible(session.person is not None and not session.may(Action.REVIEW))
        self.role.say(
            self.tr("You may look, not review"),
            self.tr("Parts are reviewed by QA and administrators. Ask an administrator for the role, or log in anew."),
        )

    def _count(self) -> None:
        """Say how many parts wait in the view, and how many this person has reviewed."""
        listing, locale = self.queue.listing, self.context.language.locale
        said = sum(self.lending.said(item.uid) is not None for item in self.lending.items)
        if listing.count is None:
            self.top.show_counters("")
            return
        text = self.tr("{0} wait · {1} reviewed")
        self.top.show_counters(text.format(locale.toString(listing.count), locale.toString(said)))

    # Going from page to page --------------------------------------------------------------------------------------

    def _review(self, wanted: QueueFilter, first: UUID | None) -> None:
        """Begin a run, with one part first where one was chosen."""
        if wanted != self.lending.filter or self.lending.current is None:
            self.lending.begin(wanted)
        if first is not None:
            self.lending.open(first)
        self.go_to(self.pages.index(self.one))

    def _open(self, uid: UUID) -> None:
        self.lending.open(uid)
        self.go_to(self.pages.index(self.one))

    # Keys and people ----------------------------------------------------------------------------------------------

    def _show_keys(self) -> None:
        if self.key_list.isVisible():
            self._close_keys()
            return
        own = getattr(self.page, "keys", list)
        everywhere: list[KeyWords] = [
            (f"F1 … F{len(self.pages)}", self.tr("the pages")),
            ("?", self.tr("this list")),
        ]
        self.key_list.show_keys(self.page.name(), [*own(), *everywhere])
        self.context.keys.cover({"Esc": self._close_keys, "?": self._close_keys})

    def _close_keys(self) -> None:
        if self.key_list.isVisible():
            self.key_list.hide()
            self.context.keys.cover(None)
            self.page.setFocus()

    def _person_changed(self) -> None:
        super()._person_changed()
        self._tell()

    def _log_out(self) -> None:
        self.lending.give_back()
        super()._log_out()

    def _open_login(self) -> None:
        self._close_keys()
        super()._open_login()
