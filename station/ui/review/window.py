"""The review's window: top line, what is wrong, the page, log-in and the list of keys. No dialogs."""

from collections.abc import Callable, Sequence
from uuid import UUID

from PySide6.QtCore import QEvent, QEventLoop, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QStackedWidget, QVBoxLayout, QWidget

from station.people.roles import Action
from station.review.queue import QueueFilter
from station.ui.context import Context, Page
from station.ui.keys import key_name
from station.ui.login import LoginPanel
from station.ui.marks import Look, Mark
from station.ui.operator.inspect import column_px
from station.ui.review.compare_page import ComparePage
from station.ui.review.grid_page import GridPage
from station.ui.review.key_list import KeyList, KeyWords
from station.ui.review.lending import Lending
from station.ui.review.one import OnePage
from station.ui.review.queue_page import QueuePage
from station.ui.theme import ThemeName
from station.ui.top_bar import TopBar
from station.ui.widgets import Band

GIVE_BACK_MS = 500
"""How long the end waits until parts are given back; they come back by themselves otherwise."""

ASK_MS = 1_000
"""How often it is asked why the records cannot be kept."""


class ReviewWindow(QWidget):
    """The window of `station review`; `others` are pages beside its own."""

    def __init__(self, context: Context, others: Sequence[Page] = ()) -> None:
        super().__init__()
        self.context = context
        self.setObjectName("ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.lending = Lending(context, self)
        self.queue = QueuePage(context)
        self.one = OnePage(context, self.lending)
        self.grid = GridPage(context, self.queue.listing)
        self.compare = ComparePage(context, self.lending)
        self.pages: tuple[Page, ...] = (self.queue, self.one, self.grid, self.compare, *others)
        self.top = TopBar(context)
        self.lost = Band(context.theme, Look.FAULT, Mark.FAULT)
        self.apart = Band(context.theme, Look.CONTROL, Mark.WAITING)
        self.role = Band(context.theme, Look.UNDECIDED, Mark.UNDECIDED)
        self.login, self.key_list = LoginPanel(context), KeyList(context)
        self._stack = QStackedWidget()
        self._problem: Callable[[], str] = str
        self._asking = QTimer(self)
        self._asking.timeout.connect(self._tell)
        self._build()
        self._connect()
        self._dress()
        self.retranslate()
        context.end_with(self)
        self.go_to(0)
        self.ask_for_login()

    @property
    def page(self) -> Page:
        """The page on show."""
        return self.pages[self._stack.currentIndex()]

    def go_to(self, place: int) -> None:
        """Show another page."""
        if place >= len(self.pages) or not self.pages[place].may_be_seen():
            return
        self._close_keys()
        self.page.left()
        self._stack.setCurrentIndex(place)
        self.page.entered()
        self._offer_pages()
        self._tell()

    def ask_why(self, problem: Callable[[], str]) -> None:
        """Say, while nobody keeps the records, why they cannot be kept here either; an empty text is no reason."""
        self._problem = problem
        self._asking.start(ASK_MS)

    def ask_for_login(self, why: str = "") -> None:
        """Ask who is there, beside the page."""
        self.login.begin(why)
        self._open_login()

    def stop(self) -> None:
        """Give back what is lent, and end everything that runs in the background."""
        loop = QEventLoop()
        QTimer.singleShot(GIVE_BACK_MS, loop.quit)
        if self.lending.stop(loop.quit):
            loop.exec()
        for page in self.pages:
            page.stop()
        self.context.stop()

    def retranslate(self) -> None:
        """Say everything again."""
        self.setWindowTitle(self.tr("Inspection station · review"))
        self.top.retranslate()
        self.login.retranslate()
        self._tell()
        self._offer_pages()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  (Qt's name)
        """Speak the new language as soon as there is one."""
        if event.type() == QEvent.Type.LanguageChange:
            self._dress()  # another script may want other fonts
            self.retranslate()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  (Qt's name)
        """Lay the log-in over the column."""
        super().resizeEvent(event)
        self._lay_out()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  (Qt's name)
        """Go to a page also out of a field, which has no use for these keys."""
        name = key_name(event)
        if name.startswith("F") and name[1:].isdigit():
            self.go_to(int(name[1:]) - 1)
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802  (Qt's name)
        """Give the keys back."""
        self.page.left()
        super().closeEvent(event)

    # Building -----------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        for page in self.pages:
            self._stack.addWidget(page)
        middle = QWidget()
        middle.setMinimumHeight(1)  # what does not fit is scrolled or shortened, the window is never pushed larger
        self._cell = QGridLayout(middle)
        self._cell.setContentsMargins(0, 0, 0, 0)
        for widget in (self._stack, self.key_list, self.login):
            self._cell.addWidget(widget, 0, 0)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        for band in (self.top, self.lost, self.apart, self.role):
            whole.addWidget(band)
        whole.addWidget(middle, 1)
        self.login.hide()

    def _connect(self) -> None:
        context, link = self.context, self.context.link
        link.welcome.connect(lambda _: self._tell())
        link.lost.connect(lambda _: self._tell())
        link.found.connect(self._tell)
        context.session.changed.connect(self._person_changed)
        context.session.ended.connect(self.ask_for_login)
        context.keys.scanned.connect(lambda _: self._open_login())
        context.theme.changed.connect(self._dress)
        self.top.page_chosen.connect(self.go_to)
        self.top.person_tapped.connect(self._person_tapped)
        self.login.closed.connect(self._close_login)
        self.key_list.closed.connect(self._close_keys)
        self.queue.review_wanted.connect(self._review)
        self.queue.listing.changed.connect(self._count)
        self.lending.changed.connect(self._count)
        self.lending.saved.connect(lambda _: self.queue.listing.before_long())
        self.lending.undone.connect(lambda _: self.queue.listing.before_long())
        self.grid.opened.connect(self._open)
        self.one.about.connect(self.top.show_part)
        pages = {f"F{place + 1}": lambda place=place: self.go_to(place) for place in range(len(self.pages))}
        context.keys.bind({"?": self._show_keys, **pages}, always=True)

    def _lay_out(self) -> None:
        tall = self.height() > self.width()
        self.login.setFixedWidth(self.width() if tall else column_px(self.context.theme, self.width()))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute
        self._cell.setAlignment(self.login, Qt.AlignmentFlag.AlignBottom if tall else right)  # over the column
        self.login.raise_()

    def _dress(self) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.setStyleSheet(self.context.theme.stylesheet())
        self._lay_out()

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

    def _offer_pages(self) -> None:
        names = [page.name() if page.may_be_seen() else "" for page in self.pages]
        self.top.offer_pages(names, self._stack.currentIndex())

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
        person, context = self.context.session.person, self.context
        if person is not None:
            self._close_login()
        theme = person.theme if person and person.theme in set(ThemeName) else context.screen.settings.theme
        context.theme.choose(ThemeName(theme))
        context.language.choose(person.language if person and person.language else context.screen.settings.language)
        if not self.page.may_be_seen():
            self.go_to(0)
        self._offer_pages()
        self._tell()
        self._lay_out()

    def _person_tapped(self) -> None:
        if self.login.isVisible():
            self._close_login()
        elif self.context.session.person is None:
            self.ask_for_login()
        else:
            self.lending.give_back()
            self.context.session.log_out()
            self.ask_for_login()

    def _open_login(self) -> None:
        self._close_keys()
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
