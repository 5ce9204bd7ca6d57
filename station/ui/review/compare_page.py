"""Compare: what two annotators, or the model and a person, outlined on the same part, one over the other."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QVBoxLayout, QWidget

from labeling.canvas.outline import Outline, OutlineStyle
from labeling.canvas.view import Canvas
from station.journal.reader import JournalReader
from station.line.inspection import Author
from station.review.queue import Stage
from station.ui.button import Button
from station.ui.context import Context, Page
from station.ui.operator.inspect import column_px
from station.ui.operator.opinion import worst_view
from station.ui.operator.picture_side import canvas_colours
from station.ui.pictures import PartPicture
from station.ui.review.compare_side import Side
from station.ui.review.key_list import KeyWords
from station.ui.review.lending import Lending
from station.ui.review.opinions import Opinion, agreement, first_pair, opinions_of
from station.ui.review.show import words_of
from station.ui.review.words import moment_text
from station.ui.theme import MARGIN_MM
from station.ui.widgets import Line, Words
from station.ui.words import part_name, verdict_word

_ANY = 16_777_215
_COLUMN_SHARE = 0.34


class ComparePage(Page):
    """The part that the run is at, with two opinions on it; J and K go on."""

    def __init__(self, context: Context, lending: Lending) -> None:
        super().__init__(context)
        self.lending = lending
        self.canvas = Canvas(canvas_colours(context), context.theme.px_per_mm)
        self.heading, self.told = Line(role="title"), Words()
        self.sides = (Side(context, "1", lambda: self._turn(0)), Side(context, "2", lambda: self._turn(1)))
        self._part: PartPicture | None = None
        self._opinions: tuple[Opinion, ...] = ()
        self._pair = (0, 0)
        self._only: int | None = None
        self._asked: UUID | None = None
        self._trouble = ""
        self._shown = False
        self.only = tuple(
            Button(context.theme, shortcut=key, checkable=True, clicked=partial(self._look_at, at))
            for at, key in enumerate(("A", "B"))
        )
        self.setFocusProxy(self.canvas)
        self._build()
        lending.moved.connect(self._follow)
        lending.saved.connect(lambda _: self._follow())
        context.pictures.ready.connect(self._ready)
        context.pictures.failed.connect(self._failed)
        self.retheme()
        self.retranslate()

    def name(self) -> str:
        """What the page is called."""
        return self.tr("Compare")

    @property
    def opinions(self) -> Sequence[Opinion]:
        """Who said something of the view on show."""
        return self._opinions

    @property
    def pair(self) -> tuple[int, int]:
        """Which two of them are compared."""
        return self._pair

    # What the window asks -----------------------------------------------------------------------------------------

    def entered(self) -> None:
        """Take the keys, and read the part anew."""
        self._shown = True
        self.context.keys.unbind()
        self.context.keys.bind(
            {
                "J": lambda: self.lending.go(self.lending.at + 1),
                "K": lambda: self.lending.go(self.lending.at - 1),
                "1": self.sides[0].other.click,
                "2": self.sides[1].other.click,
                "A": self.only[0].click,
                "B": self.only[1].click,
                "F": self.canvas.fit,
            }
        )
        self.setFocus()
        self._follow()

    def left(self) -> None:
        """Give the keys back."""
        self._shown = False
        self.context.keys.unbind()

    def keys(self) -> list[KeyWords]:
        """List what the keys do here."""
        return [
            ("J  K", self.tr("next part, part before")),
            ("1  2", self.tr("another annotator on the first side, on the second")),
            ("A  B", self.tr("only the first one's outlines, only the second one's; again: both")),
            ("F", self.tr("whole part")),
            ("+  -  0  ← ↑ ↓ →", self.tr("move the picture")),
        ]

    def retheme(self) -> None:
        """Colours of the canvas, and the measures of the page."""
        self.canvas.set_colours(canvas_colours(self.context))
        self.canvas.set_px_per_mm(self.context.theme.px_per_mm)
        margin = self.context.theme.px(MARGIN_MM)
        self._column.setContentsMargins(margin, margin // 2, margin, margin // 2)
        self._column.setSpacing(margin)
        self._lay_out()
        super().retheme()

    def retranslate(self) -> None:
        """Say everything again."""
        self.only[0].say(self.tr("Only the first"))
        self.only[1].say(self.tr("Only the second"))
        self._tell()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  (Qt's name)
        """Stand the column beside the picture, or under it on a tall screen."""
        super().resizeEvent(event)
        self._lay_out()

    # Building -----------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        inside = QWidget()
        inside.setObjectName("panel")
        self._column = QVBoxLayout(inside)
        for widget in (self.heading, *self.sides, *self.only, self.told):
            self._column.addWidget(widget)
        self._column.addStretch(1)
        self._area = QScrollArea()
        self._area.setWidget(inside)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(0)
        self._body.addWidget(self.canvas, 1)
        self._body.addWidget(self._area)

    def _lay_out(self) -> None:
        tall = self.height() > self.width()
        self._body.setDirection(QBoxLayout.Direction.TopToBottom if tall else QBoxLayout.Direction.LeftToRight)
        self._area.setMinimumSize(0, 0)
        self._area.setMaximumSize(_ANY, _ANY)
        if tall:
            self._area.setFixedHeight(round(self.height() * _COLUMN_SHARE))
        else:
            self._area.setFixedWidth(column_px(self.context.theme, self.width()))

    # The part -----------------------------------------------------------------------------------------------------

    def _follow(self) -> None:
        """Show the part that the run is at, once this page is on show."""
        if not self._shown:
            return
        item = self.lending.current
        if item is None:
            self._part, self._opinions, self._asked = None, (), None
            self.canvas.set_picture(None)
            self._tell()
            return
        self._asked, self._trouble = item.uid, ""
        self.context.pictures.want(item.uid)
        for ahead in self.lending.ahead[:1]:
            self.context.pictures.prefetch(ahead.uid)

    def _ready(self, part: PartPicture) -> None:
        if not self._shown or part.uid != self._asked:
            return
        another = self._part is None or self._part.uid != part.uid
        self._part = part
        view = part.views[worst_view(part)] if part.views else None
        if view is not None:
            self.canvas.set_picture(view.pixels)
            if another:
                self.canvas.fit()
        if another:
            self._opinions = ()
        self._read(part)
        self._tell()

    def _read(self, part: PartPicture) -> None:
        """Have all revisions of everybody's outlines read."""
        if not part.views:
            return
        view = part.record.inspection.views[worst_view(part)]

        def came(found: tuple[Opinion, ...]) -> None:
            if self._part is not None and part.uid == self._part.uid:
                if len(found) != len(self._opinions):
                    self._pair, self._only = first_pair(found), None
                self._opinions = found
                self._tell()

        def work(journal: JournalReader) -> tuple[Opinion, ...]:
            return opinions_of(part.record, journal.annotations(part.uid), view, words_of(journal, part.uid))

        if self._may_know(part):
            self.context.reading.ask(work, came, lambda text: self._failed(part.uid, text), urgent=True)

    def _may_know(self, part: PartPicture) -> bool:
        """Whether the person may see what reviewers said: not before they have said it themselves."""
        item = self.lending.current
        if item is None or item.uid != part.uid:
            return False
        if self.lending.said(item.uid) is not None or item.stage is Stage.ADJUDICATION:
            return True
        # a judgement that is older than what is on record is reviewed without knowing the rest
        others = item.by is not Author.QA and any(verdict.by is Author.QA for verdict in part.record.verdicts)
        return not others and not self.lending.is_blind(item)

    def _failed(self, uid: UUID, text: str) -> None:
        if uid == self._asked:
            self._trouble = text
            self._tell()

    def _turn(self, side: int) -> None:
        """Take the next annotator on a side; never the one on the other side."""
        if len(self._opinions) < 3:
            return
        pair = list(self._pair)
        pair[side] = (pair[side] + 1) % len(self._opinions)
        if pair[0] == pair[1]:
            pair[side] = (pair[side] + 1) % len(self._opinions)
        self._pair = pair[0], pair[1]
        self._tell()

    def _look_at(self, side: int) -> None:
        self._only = None if self._only == side else side
        self._tell()

    # Saying it ----------------------------------------------------------------------------------------------------

    def _tell(self) -> None:
        for at, button in enumerate(self.only):
            button.setChecked(self._only == at)
        item = self.lending.current
        self.heading.say("" if item is None else part_name(item.part_id, item.part_seq))
        two = len(self._opinions) > 1
        for side, box in enumerate(self.sides):
            box.setVisible(two)
            box.other.setVisible(len(self._opinions) > 2)
            self.only[side].setVisible(two)
        if not two:
            self.canvas.set_outlines(())
            self.told.setText(self._why_none())
            return
        first, second = (self._opinions[at] for at in self._pair)
        styles = (OutlineStyle.MODEL if first.is_model else OutlineStyle.PERSON, OutlineStyle.REVIEW)
        outlines: list[Outline] = []
        for side, (opinion, style) in enumerate(zip((first, second), styles, strict=True)):
            self.sides[side].say(style, self._who(opinion), self._what(opinion), self.tr("Another annotator"))
            if self._only in {None, side}:
                outlines += [
                    Outline((side, at), each.shape, style, each.class_name)
                    for at, each in enumerate(opinion.outlined or ())
                ]
        self.canvas.set_outlines(outlines)
        self.told.setText(self._agreement(first, second))

    def _why_none(self) -> str:
        item, part = self.lending.current, self._part
        if item is None:
            return self.tr("No part is in hand. F1 shows the queue; Enter there takes parts.")
        if self._trouble:
            return self._trouble
        if part is None or part.uid != item.uid:
            return self.tr("The part is being read …")
        if not self._may_know(part):
            return self.tr("Others have said something of this part. You see it once you have said what you think.")
        if not self._opinions:
            return self.tr("The part is being read …")
        return self.tr("Only the model has said something of this part.")

    def _who(self, opinion: Opinion) -> str:
        who = self.tr("the model") if opinion.is_model else opinion.who
        return f"{who} · {moment_text(opinion.time, self.context.language.locale)}"

    def _what(self, opinion: Opinion) -> str:
        words = []
        if opinion.verdict is not None:
            words.append(verdict_word(opinion.verdict.value))
        if opinion.outlined is None:
            words.append(self.tr("outlined nothing"))
        else:
            names = [each.class_name for each in opinion.outlined]
            words.append(self.tr("%Ln outline(s)", "", len(names)))
            words += [f"{name} {names.count(name)}" for name in dict.fromkeys(names)]
        words += opinion.tags
        return " · ".join(words)

    def _agreement(self, first: Opinion, second: Opinion) -> str:
        if first.outlined is None or second.outlined is None:
            return ""
        found = agreement(first, second)
        rows = (
            (self.tr("the same defect, the same class"), found.same),
            (self.tr("the same defect, another class"), found.other_class),
            (self.tr("only the first"), found.only_first),
            (self.tr("only the second"), found.only_second),
        )
        return "\n".join(f"{words}: {self.context.language.locale.toString(count)}" for words, count in rows)
