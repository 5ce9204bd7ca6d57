"""One at a time: the part as large as it goes, one key a verdict, and the next part is there already."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout

from station.ui.context import Context
from station.ui.operator.inspect import column_px
from station.ui.operator.picture_page import PicturePage
from station.ui.operator.picture_side import PictureSide
from station.ui.review.column import ReviewColumn
from station.ui.review.editing import Editing
from station.ui.review.judging import Judging
from station.ui.review.key_list import KeyWords
from station.ui.review.lending import Lending
from station.ui.review.queue_list import QueueList
from station.ui.review.show import ReviewShow
from station.ui.review.telling import Moment, said_words, tell

LIST_MM = 48.0
LIST_FROM_MM = 380.0
"""A narrower page has no room for the list beside the picture."""
_COLUMN_SHARE = 0.42
_ANY = 16_777_215
"""Qt's own largest size of a widget."""


class OnePage(PicturePage):
    """Shows the part that the run is at. The page lays out, ties together and says; `Judging` does what keys ask for."""

    about = Signal(str)
    """What the part on show is called; empty: there is none."""

    def __init__(self, context: Context, lending: Lending) -> None:
        column = ReviewColumn(context)
        super().__init__(context, column)
        self.lending = lending
        self.column = column
        self.list = QueueList(context)
        self.on_show = ReviewShow(context, lending, self)
        self._picture = PictureSide(self.on_show, self.canvas, self.bar, self.compare, self.ng)
        self.editing = Editing(self.on_show, self._picture, self.ng)
        self.judging = Judging(context, lending, self.on_show, self.editing, self.column)
        self._zoomed = False
        self._shown = False
        self._build()
        self._connect()
        self.retranslate()

    def name(self) -> str:
        """What the page is called."""
        return self.tr("Parts")

    # What the window asks -----------------------------------------------------------------------------------------

    def entered(self) -> None:
        """Take the keys, and parts where there are none."""
        self._shown = True
        self._take()
        self.bind_keys()
        self.setFocus()
        self._tell()

    def left(self) -> None:
        """Give the keys back; what is being edited stays in its draft."""
        self._shown = False
        self.editing.leave()
        self.ng.book.close_book()
        self.context.keys.unbind()

    def keys(self) -> list[KeyWords]:
        """List what the keys do here."""
        return [
            ("J  K", self.tr("next part, part before")),
            ("A", self.tr("accept: the judgement stands; a part that was not decidable is OK")),
            ("R", self.tr("reject: it is the other way round; a part that was not decidable is NG")),
            ("1 … 9", self.tr("NG of this class: all its outlines get it")),
            ("C", self.tr("the other classes, where there are more than are shown")),
            ("N", self.tr("the labels need rework; the next key says why")),
            ("E", self.tr("edit the outlines; Enter: done and NG, Esc: back")),
            ("Z", self.tr("undo")),
            (
                "P",
                self.tr(
                    "a part you have decided becomes a golden part: its answer is known, and reviewers are tried on it"
                ),
            ),
            ("H", self.tr("heat")),
            ("B", self.tr("outlines")),
            ("G", self.tr("golden sample in the part's place, and back")),
            ("Space", self.tr("the worst place large, and back")),
            ("F", self.tr("whole part")),
            ("D", self.tr("defect book of the class")),
            ("W", self.tr("show the part that the note is about")),
            ("Esc", self.tr("put the note away")),
            ("+  -  0  ← ↑ ↓ →", self.tr("move the picture")),
        ]

    # Building -----------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(0)
        self._body.addWidget(self.list)
        self._body.addWidget(self.picture(), 1)
        self._body.addWidget(self.column)

    def _connect(self) -> None:
        on_show, bar, lending, context = self.on_show, self.bar, self.lending, self.context
        on_show.another.connect(lambda _: self.compare.release())
        on_show.read.connect(lambda _: self._draw())
        on_show.lost.connect(self._picture.clear)
        on_show.changed.connect(self._tell)
        lending.moved.connect(self._moved)
        lending.changed.connect(self._changed)
        context.link.lost.connect(lambda _: self._tell())
        context.link.found.connect(self._take)
        context.link.found.connect(self._tell)
        context.session.changed.connect(self._lay_out)
        context.session.changed.connect(self._tell)
        bar.changed.connect(self._picture.draw_opinion)
        bar.fit.connect(self._fit)
        bar.view_chosen.connect(self._choose_view)
        bar.compare.pressed.connect(self._picture.compare)
        bar.compare.released.connect(self.compare.release)
        self.compare.told.connect(bar.told.say)
        self.list.chosen.connect(lending.go)
        self.judging.changed.connect(self._tell)
        self.editing.began.connect(self._lay_out)
        self.editing.began.connect(self._tell)
        self.editing.ended.connect(self._take_back)
        self.ng.resume.connect(lambda place: lending.open(place.part))

    def bind_keys(self) -> None:
        """Take the keys of the page."""
        keys, judging = self.context.keys, self.judging
        keys.unbind()
        bound = {
            "J": lambda: self.lending.go(self.lending.at + 1),
            "K": lambda: self.lending.go(self.lending.at - 1),
            "A": judging.accept,
            "R": judging.reject,
            "N": judging.ask_for_reason,
            "E": judging.edit,
            "C": self.column.palette_.turn,
            "P": judging.make_golden,
            "Z": judging.undo,
            "W": judging.show_it,
            "Esc": self._escape,
            "H": self.bar.heat.click,
            "B": self.bar.outlines.click,
            "G": self._picture.compare_by_key,
            "F": self._fit,
            "D": self._open_book,
            "Space": self._zoom,
        }
        bound |= {str(number): partial(self._number, number) for number in range(1, 10)}
        keys.bind(bound)

    def _lay_out(self) -> None:
        tall = self.height() > self.width()
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        person = self.context.session.person
        left_handed = person is not None and person.left_handed
        beside = QBoxLayout.Direction.RightToLeft if left_handed != mirrored else QBoxLayout.Direction.LeftToRight
        self._body.setDirection(QBoxLayout.Direction.TopToBottom if tall else beside)
        theme = self.context.theme
        self.list.setVisible(not tall and self.width() >= theme.px(LIST_FROM_MM))
        self.list.setFixedWidth(theme.px(LIST_MM))
        self.column.setMinimumSize(0, 0)
        self.column.setMaximumSize(_ANY, _ANY)
        if tall:
            self.column.setFixedHeight(round(self.height() * _COLUMN_SHARE))
        else:
            self.column.setFixedWidth(column_px(theme, self.width()))
        picture_px = self.width() - (0 if tall else self.column.minimumWidth())
        picture_px -= self.list.width() if not self.list.isHidden() else 0
        tight = self.ng.toolbar.row_px > picture_px
        self.ng.toolbar.wrap(wrapped=tight)
        self.bar.setVisible(not (tight and self.ng.active))  # two rows under the picture, never three

    # What happens -------------------------------------------------------------------------------------------------

    def _take(self) -> None:
        """Take parts where there are none: only while they are looked at."""
        if self._shown and self.lending.current is None and not self.lending.exhausted:
            self.lending.take_more()

    def _moved(self) -> None:
        self._take()
        self._zoomed = False
        self.judging.drop_question()
        self.on_show.show_current()
        if self.lending.current is None:
            self._picture.clear()
        self._changed()

    def _changed(self) -> None:
        lending = self.lending
        said = {item.uid: said_words(said) for item in lending.items if (said := lending.said(item.uid)) is not None}
        self.list.show_items(lending.items, lending.at, "", said)
        self._tell()

    def _draw(self) -> None:
        if self.lending.current is not None:
            self._picture.draw()

    def _choose_view(self, place: int) -> None:
        self.editing.leave()
        self.on_show.view_at = place
        self._draw()
        self._tell()

    def _fit(self) -> None:
        self._zoomed = False
        self.canvas.fit()

    def _zoom(self) -> None:
        """Show the worst place large; the same key shows all of it again."""
        view = self.on_show.view
        if self._zoomed or view is None or not view.defects:
            self._fit()
        else:
            self._zoomed = True
            self.canvas.zoom_to(view.defects[0].shape.bounds)

    def _number(self, number: int) -> None:
        if self.judging.asking:
            self.judging.answer(number)
        else:
            self.column.palette_.press(number)

    def _open_book(self) -> None:
        """Open the defect book at the class in question, or close it; chips turn its pages."""
        book, item = self.ng.book, self.on_show.item
        chips = [chip.face.name for chip in self.column.palette_.chips if chip.face.name]
        if book.class_name or item is None:
            book.close_book()
        elif name := item.worst_class if item.worst_class in chips else next(iter(chips), item.worst_class):
            book.open_at(name, item.recipe)

    def _escape(self) -> None:
        if self.ng.book.class_name:
            self.ng.book.close_book()
        else:
            self.judging.escape()

    def _take_back(self) -> None:
        if self._shown:
            self.bind_keys()
        self._lay_out()
        self._tell()

    def _tell(self) -> None:
        on_show, item = self.on_show, self.on_show.item
        part = on_show.part if item is not None and on_show.is_read else None
        moment = Moment(
            item=item,
            part=part,
            view=on_show.view if part is not None else None,
            said=self.lending.said(item.uid) if item is not None else None,
            taking=self.lending.taking,
            ended=bool(self.lending.items),
            trouble=on_show.trouble,
            why_not=self.judging.why_not,
            outlining=self.ng.active,
            words=on_show.words,
            golden=self.judging.is_golden,
            can_undo=self.lending.can_undo,
            under_way=self.lending.under_way,
            locale=self.context.language.locale,
        )
        tell(self.column, moment)
        self.about.emit("" if item is None else item.part_id or f"{item.part_seq % 10_000:04d}")

    def look_up(self, uid: UUID) -> None:
        """Show one part now."""
        self.lending.open(uid)
