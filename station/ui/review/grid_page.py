"""The grid: the worst defect of 24 parts at once, at one scale; what is alike is named alike with one key."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from station.desk.messages import Answer
from station.desk.review_messages import Relabel, UndoRelabel
from station.people.roles import Action
from station.review.queue import QueueItem
from station.ui.button import Button
from station.ui.context import Context, Page
from station.ui.link import keyed
from station.ui.marks import Look, Mark
from station.ui.operator.class_counts import PaletteFeed
from station.ui.operator.inspect import column_px
from station.ui.operator.palette import Palette
from station.ui.review.board import CELLS, Board
from station.ui.review.grid_feed import GridFeed
from station.ui.review.key_list import KeyWords
from station.ui.review.listing import Listing
from station.ui.sentences import said
from station.ui.theme import MARGIN_MM
from station.ui.widgets import Band, Line, Words
from station.ui.words import refusal_title

_COLUMN_SHARE = 0.3
_ANY = 16_777_215


class GridPage(Page):
    """Pages through what the queue's filter fits, in its order."""

    opened = Signal(object)
    """uid of a part that is to be seen large."""

    def __init__(self, context: Context, listing: Listing) -> None:
        super().__init__(context)
        theme = context.theme
        self.listing = listing
        self.feed = GridFeed(context.data)
        self.board = Board(context)
        self.palette_ = Palette(theme)
        self.classes = PaletteFeed(context, self.palette_)
        self.heading, self.told = Line(role="title"), Words(role="small")
        self.trouble = Band(theme, Look.FAULT, Mark.FAULT)
        self.why_not = Words()
        self.everything = Button(theme, shortcut="Ctrl+A", clicked=self.board.select_all)
        self.nothing = Button(theme, shortcut="Esc", clicked=self.board.select_none)
        self.before = Button(theme, shortcut="PgUp", clicked=lambda: self.turn(-1))
        self.after = Button(theme, shortcut="PgDn", clicked=lambda: self.turn(1))
        self.large = Button(theme, shortcut="Enter", clicked=self._open)
        self.lines = Button(theme, shortcut="B", checkable=True)
        self.undo = Button(theme, shortcut="Z", clicked=self._undo)
        self.lines.setChecked(True)
        self.trouble.hide()
        self._page = 0
        self._shown: tuple[UUID, ...] = ()
        self._items: tuple[QueueItem, ...] = ()
        self._filter = listing.filter
        self._last: list[UUID] = []
        self._under_way = False
        self._at_end = False
        self.setFocusProxy(self.board)
        self._build()
        self._connect()
        self.retheme()
        self.retranslate()

    def name(self) -> str:
        """What the page is called."""
        return self.tr("Grid")

    # What the window asks -----------------------------------------------------------------------------------------

    def entered(self) -> None:
        """Take the keys, and read anew: classes may have changed."""
        keys = self.context.keys
        keys.unbind()
        bound = {
            "PgUp": self.before.click,
            "PgDown": self.after.click,
            "Home": lambda: self.turn(-self._page),
            "Ctrl+A": self.everything.click,
            "Esc": self.nothing.click,
            "Enter": self.large.click,
            "B": self.lines.click,
            "C": self.palette_.turn,
            "Z": self.undo.click,
            "Ctrl+Z": self.undo.click,
        }
        bound |= {str(number): partial(self.palette_.press, number) for number in range(1, 10)}
        keys.bind(bound)
        self._shown = ()
        self._items = ()
        self.feed.forget()
        self.listing.reload()
        self.setFocus()
        self._show()

    def left(self) -> None:
        """Give the keys back."""
        self.context.keys.unbind()

    def stop(self) -> None:
        """End the thread."""
        self.feed.stop()

    def keys(self) -> list[KeyWords]:
        """List what the keys do here."""
        return [
            ("← ↑ ↓ →", self.tr("go through the cells; beyond the last one the page turns")),
            ("Space", self.tr("select the cell, or do not any more")),
            ("Shift + ← ↑ ↓ →", self.tr("select on the way")),
            ("Ctrl+A  Esc", self.tr("select the page; select nothing")),
            ("1 … 9", self.tr("this class for all that is selected, else for the cell under the cursor")),
            ("C", self.tr("the other classes, where there are more than are shown")),
            ("Z", self.tr("take the last change of classes back, all of it")),
            ("PgUp  PgDn  Home", self.tr("page before, next page, first page")),
            ("Enter", self.tr("see the part large")),
            ("B", self.tr("outlines")),
        ]

    def retheme(self) -> None:
        """Take sizes from the theme again."""
        margin = self.context.theme.px(MARGIN_MM)
        self._column.setContentsMargins(margin, margin // 2, margin, margin // 2)
        self._column.setSpacing(margin // 2)
        for row in self._rows:
            row.setSpacing(margin // 2)
        self._lay_out()
        super().retheme()

    def retranslate(self) -> None:
        """Say everything again."""
        self.everything.say(self.tr("All"))
        self.nothing.say(self.tr("None"))
        self.before.say(self.tr("Before"))
        self.after.say(self.tr("Next"))
        self.large.say(self.tr("Large"))
        self.lines.say(self.tr("Outlines"))
        self.undo.say(self.tr("Undo"))
        self._tell()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  (Qt's name)
        """Stand the column beside the grid, or under it on a tall screen."""
        super().resizeEvent(event)
        self._lay_out()

    # Building -----------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self._side = QWidget()
        self._side.setObjectName("panel")
        self._side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._column = QVBoxLayout(self._side)
        for widget in (self.heading, self.told, self.trouble, self.why_not):
            self._column.addWidget(widget)
        self._column.addWidget(self.palette_, 1)
        self._rows = (QHBoxLayout(), QHBoxLayout(), QHBoxLayout())
        rows = ((self.everything, self.nothing), (self.large, self.lines, self.undo), (self.before, self.after))
        for row, buttons in zip(self._rows, rows, strict=True):
            for button in buttons:
                button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
                row.addWidget(button, 1)
            self._column.addLayout(row)
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(0)
        self._body.addWidget(self.board, 1)
        self._body.addWidget(self._side)

    def _connect(self) -> None:
        self.listing.changed.connect(self._show)
        self.feed.came.connect(self._came)
        self.feed.sharper.connect(self._sharper)
        self.feed.failed.connect(self._fail)
        self.board.changed.connect(self._tell)
        self.board.turned.connect(self._run_off)
        self.board.opened.connect(self.opened)
        self.lines.clicked.connect(lambda: self.board.show_lines(shown=self.lines.isChecked()))
        self.palette_.chosen.connect(self._relabel)
        self.context.session.changed.connect(self._tell)
        self.context.link.lost.connect(lambda _: self._tell())
        self.context.link.found.connect(self._tell)

    def _lay_out(self) -> None:
        tall = self.height() > self.width()
        self._body.setDirection(QBoxLayout.Direction.TopToBottom if tall else QBoxLayout.Direction.LeftToRight)
        self._side.setMinimumSize(0, 0)
        self._side.setMaximumSize(_ANY, _ANY)
        if tall:
            self._side.setFixedHeight(round(self.height() * _COLUMN_SHARE))
        else:
            self._side.setFixedWidth(min(column_px(self.context.theme, self.width()), self.context.theme.px(92.0)))

    # Pages --------------------------------------------------------------------------------------------------------

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-max(self.listing.count or 0, len(self._items)) // CELLS))

    @property
    def page(self) -> int:
        """Which one is on show, from 0."""
        return self._page

    def turn(self, by: int) -> None:
        """Show another page."""
        to = min(max(self._page + by, 0), self.pages - 1)
        if to != self._page:
            self._page = to
            self._at_end = False
            self._show()

    def _run_off(self, by: int) -> None:
        before = self._page
        self.turn(by)
        self._at_end = self._page < before

    def _uids(self, page: int) -> tuple[UUID, ...]:
        return tuple(item.uid for item in self._items[page * CELLS : (page + 1) * CELLS])

    def _show(self) -> None:
        """Show what the page holds now; what is on show already stays, with its selection."""
        self._follow()
        last = max(0, -(-len(self._items) // CELLS) - 1)
        self._page = min(self._page, last)
        uids = self._uids(self._page)
        if (self._page + 2) * CELLS > len(self._items):
            self.listing.more()
        if self.isVisible() and (uids != self._shown or not self.board.crops):
            self._shown = uids
            self.feed.want(uids, self._uids(self._page + 1))
            if not uids:
                self.board.show_page(())
        self._tell()

    def _follow(self) -> None:
        """Take what the queue has now without moving a cell from under a finger: parts come while the line runs.

        What is new goes to the end, until the page is opened again or the filter is another one.
        """
        listing = self.listing
        if self._filter != listing.filter:
            self._items, self._filter = (), listing.filter
        known = {item.uid for item in self._items}
        self._items = (*self._items, *(item for item in listing.items if item.uid not in known))

    def _came(self, uids: tuple[UUID, ...]) -> None:
        if uids == self._shown:
            crops = self.feed.crops(uids)
            same = [crop.place.uid for crop in crops] == [crop.place.uid for crop in self.board.crops]
            if same:  # the same parts, read anew: cursor and selection stay
                for at, crop in enumerate(crops):
                    self.board.replace(at, crop)
            else:
                self.board.show_page(crops, cursor=len(crops) - 1 if self._at_end else 0)
            self._at_end = False
            self._tell()

    def _sharper(self, uids: tuple[UUID, ...], at: int) -> None:
        if uids == self._shown:
            self.board.replace(at, self.feed.crops(uids)[at])

    def _fail(self, text: str) -> None:
        self.trouble.say(self.tr("The pictures cannot be read."), text)
        self.trouble.show()

    def _open(self) -> None:
        if self.board.current is not None:
            self.opened.emit(self.board.current)

    # Classes ------------------------------------------------------------------------------------------------------

    @property
    def trouble_words(self) -> str:
        """Why no class can be given now; empty where it can."""
        context = self.context
        if not context.link.up:
            return self.tr("No engine: nothing can be saved.")
        if context.session.person is None:
            return self.tr("Log in to review.")
        if not context.session.may(Action.REVIEW):
            return self.tr("Your role does not review: QA and administrators do.")
        return ""

    def _relabel(self, name: str) -> None:
        uids = self.board.marked
        if not uids or self._under_way or self.trouble_words:
            return
        command = keyed(Relabel, self.context.session.token, uids=uids, class_name=name)
        self._under_way = True
        self.told.setText(self.tr("Being saved …"))

        def answered(answer: Answer) -> None:
            self._under_way = False
            if answer.done:
                self._last.append(command.key)
            self._say_outcome(answer, name)

        self.context.link.send(command, answered)

    def _undo(self) -> None:
        if not self._last or self._under_way or self.trouble_words:
            return
        key = self._last.pop()
        self._under_way = True

        def answered(answer: Answer) -> None:
            self._under_way = False
            self._say_outcome(answer, "")

        self.context.link.send(keyed(UndoRelabel, self.context.session.token, relabel=key), answered)

    def _say_outcome(self, answer: Answer, name: str) -> None:
        """Say what is on record now, and show it."""
        self.context.session.heard(answer)
        if not answer.done:
            self.told.setText(f"{refusal_title(answer)}. {said(answer.text)}")
        else:
            count = len(answer.result.get("relabelled", ()))
            if name:
                text = self.tr("%n part(s): {0} · saved", "", count).format(name)
            else:
                text = self.tr("%n part(s) taken back · saved", "", count)
            refused = dict(answer.result.get("refused", {}))
            if refused:
                text += " · " + self.tr("%n part(s) not: {0}", "", len(refused)).format(next(iter(refused.values())))
            self.told.setText(text)
        self.feed.forget()
        if answer.done:
            self.board.select_none()
        self.feed.want(self._shown, self._uids(self._page + 1))
        self._tell()

    # Saying it ----------------------------------------------------------------------------------------------------

    def _tell(self) -> None:
        locale = self.context.language.locale
        listing = self.listing
        if listing.reading:
            text = self.tr("Reading the queue …")
        elif not self._items:
            text = self.tr("Nothing waits here.")
        else:
            text = self.tr("page {0} of {1}").format(locale.toString(self._page + 1), locale.toString(self.pages))
            chosen = len(self.board.selected)
            if chosen:
                text += " · " + self.tr("%Ln selected", "", chosen)
        self.heading.say(text)
        why_not = self.trouble_words
        self.why_not.setText(why_not)
        self.why_not.setVisible(bool(why_not))
        self.told.setVisible(bool(self.told.text()))
        self.palette_.setEnabled(not why_not and bool(self.board.marked))
        self.before.setEnabled(self._page > 0)
        self.after.setEnabled(self._page + 1 < self.pages)
        self.undo.setEnabled(bool(self._last) and not why_not)
        self.large.setEnabled(self.board.current is not None)
        self.everything.setEnabled(bool(self.board.crops))
        self.nothing.setEnabled(bool(self.board.selected))
