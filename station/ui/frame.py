"""What every window of the station is: a top line, one page of several, log-in beside it, and keys. No dialogs."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QStackedWidget, QVBoxLayout, QWidget

from station.ui.context import Context, Page
from station.ui.login import LoginPanel
from station.ui.marks import Look, Mark
from station.ui.operator.inspect import column_px
from station.ui.theme import ThemeName
from station.ui.top_bar import TopBar
from station.ui.widgets import Band


class Frame(QWidget):
    """The frame around `pages`. Whoever extends it makes what else the window has, and then calls `_put_together`."""

    def __init__(self, context: Context, pages: Sequence[Page]) -> None:
        super().__init__()
        self.context = context
        self.setObjectName("ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.pages: tuple[Page, ...] = tuple(pages)
        self.top = TopBar(context)
        self.lost = Band(context.theme, Look.FAULT, Mark.FAULT)
        self.login = LoginPanel(context)
        self._stack = QStackedWidget()
        for page in self.pages:
            self._stack.addWidget(page)
        self._middle = QWidget()
        self._cell = QGridLayout(self._middle)

    @property
    def page(self) -> Page:
        """The page on show."""
        return self.pages[self._stack.currentIndex()]

    def go_to(self, place: int) -> None:
        """Show another page, if the person may see it."""
        if place >= len(self.pages) or not self.pages[place].may_be_seen():
            return
        self.page.left()
        self._stack.setCurrentIndex(place)
        self.page.entered()
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
        self.top.retranslate()
        self.login.retranslate()
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

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802  (Qt's name)
        """Give the keys back."""
        self.page.left()
        super().closeEvent(event)

    def _put_together(
        self,
        bands: Sequence[QWidget],
        keys: Mapping[str, Callable[[], None]],
        over: Sequence[QWidget] = (),
        foot: QWidget | None = None,
    ) -> None:
        """Lay everything out, listen, and show the first page and the log-in.

        Parameters
        ----------
        bands
            What stands between the top line and the page, from the top.
        keys
            Shortcuts of every page, beside F1 and the following ones, which are the pages.
        over
            What may cover the page.
        foot
            What stands under it.
        """
        self._middle.setMinimumHeight(
            1
        )  # what does not fit is scrolled or shortened, the window is never pushed larger
        self._cell.setContentsMargins(0, 0, 0, 0)
        for widget in (self._stack, *over, self.login):
            self._cell.addWidget(widget, 0, 0)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        for band in (self.top, *bands):
            whole.addWidget(band)
        whole.addWidget(self._middle, 1)
        if foot is not None:
            whole.addWidget(foot)
        self.login.hide()
        self._listen(keys)
        self._dress()
        self.retranslate()
        self.context.end_with(self)
        self.go_to(0)
        self.ask_for_login()

    def _listen(self, keys: Mapping[str, Callable[[], None]]) -> None:
        context = self.context
        context.session.changed.connect(self._person_changed)
        context.session.ended.connect(self.ask_for_login)
        context.keys.scanned.connect(lambda _: self._open_login())
        context.theme.changed.connect(self._dress)
        self.top.page_chosen.connect(self.go_to)
        self.top.person_tapped.connect(self._person_tapped)
        self.login.closed.connect(self._close_login)
        pages = {f"F{place + 1}": lambda place=place: self.go_to(place) for place in range(len(self.pages))}
        context.keys.bind({**keys, **pages}, always=True)

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

    def _offer_pages(self) -> None:
        names = [page.name() if page.may_be_seen() else "" for page in self.pages]
        self.top.offer_pages(names, self._stack.currentIndex())

    # The person -------------------------------------------------------------------------------------------------------

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
        self._lay_out()

    def _person_tapped(self) -> None:
        if self.login.isVisible():
            self._close_login()
        elif self.context.session.person is None:
            self.ask_for_login()
        else:
            self._log_out()
            self.ask_for_login()

    def _log_out(self) -> None:
        self.context.session.log_out()

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
