"""The queue: what waits for a reviewer, filtered and counted, with views that are kept by name."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout

from station.desk.messages import Answer
from station.desk.review_messages import DeleteView, SaveView
from station.people.roles import Action
from station.review.queue import QueueFilter, Why
from station.ui.button import Button
from station.ui.context import Context, Page
from station.ui.link import keyed
from station.ui.marks import Look, Mark
from station.ui.review.filters import FilterPanel
from station.ui.review.key_list import KeyWords
from station.ui.review.listing import Listing
from station.ui.review.queue_list import QueueList
from station.ui.review.words import why_word
from station.ui.sentences import said
from station.ui.theme import MARGIN_MM, Type
from station.ui.widgets import Band, Line

PANEL_MM = 100.0
_SHOWN = (Why.NG, Why.NOT_DECIDABLE, Why.DISAGREEMENT, Why.SECOND_OPINION, Why.AUDIT, Why.DRIFT, Why.DOUBTED)
_LONGEST_NAME = 100


class QueuePage(Page):
    """Filters on one side, parts on the other; Enter begins to review what is listed."""

    review_wanted = Signal(object, object)
    """`QueueFilter` to review, and the uid of the part to begin with (None: with the first)."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        theme = context.theme
        self.listing = Listing(context, self)
        self.filters = FilterPanel(context)
        self.list = QueueList(context)
        self.heading = Line(role="title")
        self.begin = Button(theme, shortcut="Enter", clicked=self._begin)
        self.everything = Button(theme, shortcut="0", clicked=lambda: self._filter(QueueFilter()))
        self.whys = {
            why: Button(theme, shortcut=str(number), checkable=True, size=Type.SMALL, clicked=partial(self._only, why))
            for number, why in enumerate(_SHOWN, 1)
        }
        self.views, self.name_field = QComboBox(), QLineEdit()
        self.save, self.forget = Button(theme, clicked=self._save), Button(theme, clicked=self._forget)
        self.trouble = Band(theme, Look.FAULT, Mark.FAULT)
        self.told = Line(role="small")
        self.trouble.hide()
        self.told.hide()
        self._build()
        self._connect()
        self.setFocusProxy(self.list)
        self.retheme()
        self.retranslate()

    def name(self) -> str:
        """What the page is called."""
        return self.tr("Queue")

    # What the window asks -----------------------------------------------------------------------------------------

    def entered(self) -> None:
        """Take the keys, and read anew."""
        self._bind_keys()
        self.listing.reload()
        self.setFocus()

    def left(self) -> None:
        """Give the keys back."""
        self.context.keys.unbind()

    def keys(self) -> list[KeyWords]:
        """List what the keys do here."""
        return [
            ("↑  ↓  PgUp  PgDn", self.tr("go through the list")),
            ("J  K", self.tr("the same")),
            ("Enter", self.tr("review these parts, the chosen one first")),
            (f"1 … {len(_SHOWN)}", self.tr("only parts that are here because of this; again: all")),
            ("0", self.tr("everything: take the filter away")),
            ("/", self.tr("go to the filter's fields; Tab goes on, Esc leaves them")),
            ("V", self.tr("go to the kept views")),
        ]

    def retheme(self) -> None:
        """Take sizes from the theme again."""
        margin = self.context.theme.px(MARGIN_MM)
        self._right.setContentsMargins(margin, margin // 2, margin, margin // 2)
        self._right.setSpacing(margin // 2)
        for row in (self._head, self._chips, self._kept):
            row.setSpacing(margin // 2)
        self._lay_out()
        super().retheme()

    def retranslate(self) -> None:
        """Say everything again."""
        self.begin.say(self.tr("Review these"))
        self.everything.say(self.tr("Everything"))
        self.save.say(self.tr("Keep view"))
        self.forget.say(self.tr("Forget view"))
        self.name_field.setPlaceholderText(self.tr("Name of the view"))
        self.filters.retranslate()
        self._tell()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  (Qt's name)
        """Stand the filter beside the list, or under it on a tall screen."""
        super().resizeEvent(event)
        self._lay_out()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  (Qt's name)
        """Esc leaves the fields of the views."""
        if event.key() == Qt.Key.Key_Escape:
            self.list.setFocus()
        else:
            super().keyPressEvent(event)

    # Building -----------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self._head, self._chips, self._kept = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        self._head.addWidget(self.heading, 1)
        self._head.addWidget(self.everything)
        self._head.addWidget(self.begin)
        for chip in self.whys.values():
            self._chips.addWidget(chip, 1)
        self.views.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.views.setMinimumContentsLength(8)
        self.name_field.setMaxLength(_LONGEST_NAME)
        self._kept.addWidget(self.views, 1)
        self._kept.addWidget(self.forget)
        self._kept.addWidget(self.name_field, 1)
        self._kept.addWidget(self.save)
        self._right = QVBoxLayout()
        self._right.addLayout(self._head)
        self._right.addLayout(self._chips)
        self._right.addWidget(self.trouble)
        self._right.addWidget(self.list, 1)
        self._right.addWidget(self.told)
        self._right.addLayout(self._kept)
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(0)
        self._body.addWidget(self.filters)
        self._body.addLayout(self._right, 1)

    def _connect(self) -> None:
        self.filters.changed.connect(self._filter)
        self.filters.left.connect(self.list.setFocus)
        self.listing.changed.connect(self._tell)
        self.list.more_wanted.connect(self.listing.more)
        self.list.opened.connect(lambda _: self._begin())
        self.views.activated.connect(self._choose_view)
        self.name_field.returnPressed.connect(self._save)
        self.context.session.changed.connect(self._tell)
        self.context.link.lost.connect(lambda _: self._tell())
        self.context.link.found.connect(self._tell)

    def _bind_keys(self) -> None:
        keys = self.context.keys
        keys.unbind()
        bound = {
            "J": lambda: self._move(1),
            "K": lambda: self._move(-1),
            "Enter": self._begin,
            "0": self.everything.click,
            "/": self.filters.choices["whys"].setFocus,
            "V": self.views.setFocus,
        }
        bound |= {str(number): button.click for number, button in enumerate(self.whys.values(), 1)}
        keys.bind(bound)

    def _lay_out(self) -> None:
        tall = self.height() > self.width()
        self._body.setDirection(QBoxLayout.Direction.BottomToTop if tall else QBoxLayout.Direction.LeftToRight)
        self.filters.setMinimumSize(0, 0)
        self.filters.setMaximumSize(16_777_215, 16_777_215)
        if tall:
            self.filters.setFixedHeight(round(self.height() * 0.42))
        else:
            self.filters.setFixedWidth(self.context.theme.px(PANEL_MM))

    # What happens -------------------------------------------------------------------------------------------------

    def _move(self, step: int) -> None:
        self.list.put_cursor(self.list.cursor_row + step)

    def _filter(self, wanted: QueueFilter) -> None:
        self.filters.show_filter(wanted)
        self.list.put_cursor(0)
        self.listing.show(wanted)

    def _only(self, why: Why) -> None:
        chosen = self.filters.filter
        self._filter(replace(chosen, whys=() if chosen.whys == (why,) else (why,)))

    def _begin(self) -> None:
        items = self.list.items
        if items and self.begin.isEnabled():
            at = self.list.cursor_row
            self.review_wanted.emit(self.listing.filter, items[at].uid if at else None)

    def _choose_view(self, at: int) -> None:
        if 0 < at <= len(self.listing.views):
            view = self.listing.views[at - 1]
            self.name_field.setText(view.name)
            self._filter(view.filter)
        else:
            self._filter(QueueFilter())
        self.list.setFocus()

    def _save(self) -> None:
        name = self.name_field.text().strip()
        if name:
            command = keyed(SaveView, self.context.session.token, name=name, filter=self.filters.filter)
            self.context.link.send(command, partial(self._kept_or_not, self.tr("View {0} is kept.").format(name)))

    def _forget(self) -> None:
        if name := self.name_field.text().strip():
            command = keyed(DeleteView, self.context.session.token, name=name)
            self.context.link.send(command, partial(self._kept_or_not, self.tr("View {0} is forgotten.").format(name)))

    def _kept_or_not(self, words: str, answer: Answer) -> None:
        self.context.session.heard(answer)
        self.told.say(words if answer.done else said(answer.text))
        self.told.setVisible(bool(self.told.whole))
        self.listing.reload()
        self.list.setFocus()

    # Saying it ----------------------------------------------------------------------------------------------------

    def _tell(self) -> None:
        listing, locale = self.listing, self.context.language.locale
        self.trouble.say(self.tr("The queue cannot be read."), listing.trouble)
        self.trouble.setVisible(bool(listing.trouble))
        if listing.count is None:
            text = self.tr("Reading the queue …")
        else:
            text = self.tr("%Ln part(s)", "", listing.count)
            if listing.counts is not None and listing.filter.asks_for:
                text = self.tr("{0} of {1} in the queue").format(text, locale.toString(listing.counts.open))
        self.heading.say(text)
        for why, button in self.whys.items():
            count = listing.counts.by_why.get(why, 0) if listing.counts is not None else 0
            button.say(f"{why_word(why)} {locale.toString(count)}")
            button.setChecked(listing.filter.whys == (why,))
        none = "" if listing.reading else self.tr("Nothing waits here. Take the filter away, or come back later.")
        chosen = self.list.current
        self.list.show_items(listing.items, self.list.cursor_row, none, {})
        if chosen is not None and self.list.cursor_row:  # what came before it must not move it from under the finger
            self.list.put_cursor(self.list.row_of(chosen))
        self._offer()
        may = self.context.session.may(Action.REVIEW) and self.context.link.up
        self.begin.setEnabled(may and bool(listing.items))
        self.everything.setEnabled(bool(listing.filter.asks_for))
        self.save.setEnabled(may)
        self.forget.setEnabled(may)

    def _offer(self) -> None:
        """Offer the names there are in the filter's fields, and the views that are kept."""
        listing, welcome = self.listing, self.context.link.last_welcome
        counted = listing.counts
        classes = dict.fromkeys(
            (
                *(line.name for line in (welcome.recipe.classes if welcome is not None else ())),
                *(counted.by_class if counted is not None else ()),
            )
        )
        recipes = dict.fromkeys(
            (*(counted.by_recipe if counted is not None else ()), *(welcome.recipes if welcome is not None else ()))
        )
        field = QApplication.focusWidget()
        if field is None or not self.filters.isAncestorOf(field):
            self.filters.offer(tuple(classes), tuple(recipes), welcome.cameras if welcome is not None else ())
        if not self.views.hasFocus():
            self.views.clear()
            self.views.addItem(self.tr("Kept views"))
            for view in listing.views:
                self.views.addItem(view.name)
            names = [view.name for view in listing.views if view.filter == listing.filter]
            self.views.setCurrentIndex(self.views.findText(names[0]) if names else 0)
