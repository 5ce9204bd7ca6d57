"""The filter's fields: choices and a few words, each with its name over it; whatever changes counts at once."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QDoubleValidator, QKeyEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from station.line.inspection import VerdictKind
from station.review.queue import QueueFilter, Stage, Why
from station.ui.context import Context
from station.ui.review.words import moment_text, stage_word, why_word
from station.ui.theme import MARGIN_MM
from station.ui.widgets import Line
from station.ui.words import verdict_word

SHIFTS = 6
"""A day has at most so many that are offered."""
_AGES = (1, 8, 24, 24 * 7, 24 * 30)
_LONGEST = 64


class FilterPanel(QWidget):
    """Fields in two columns; `Esc` leaves them, the keys of the page work again."""

    changed = Signal(object)
    """`QueueFilter`."""
    left = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._filter = QueueFilter()
        self._filling = False
        self._values: dict[str, list[object]] = {}
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        choices = ("whys", "stage", "verdicts", "classes", "since", "shift", "recipe", "camera")
        texts = ("lot", "operator", "model_version", "score_low", "score_high", "size_low_px", "size_high_px")
        self.choices = {name: self._choice(name) for name in choices}
        self.texts = {name: self._text(name) for name in texts}
        self.names = {name: Line(role="small") for name in (*choices, *texts)}
        inside = QWidget()
        inside.setObjectName("panel")
        self._grid = QGridLayout(inside)
        for at, name in enumerate((*choices, *texts)):
            row, column = divmod(at, 2)
            field: QWidget = self.choices[name] if name in self.choices else self.texts[name]
            self._grid.addWidget(self.names[name], 2 * row, column)
            self._grid.addWidget(field, 2 * row + 1, column)
        self._grid.setRowStretch(self._grid.rowCount(), 1)
        for column in range(2):
            self._grid.setColumnStretch(column, 1)
        self._area = QScrollArea()
        self._area.setWidget(inside)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._area)
        context.theme.changed.connect(self._dress)
        self._dress()
        self.offer((), (), ())

    def _choice(self, name: str) -> QComboBox:
        box = QComboBox()
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(6)
        box.activated.connect(lambda at: self._chosen(name, self._values[name][at]))
        return box

    def _text(self, name: str) -> QLineEdit:
        field = QLineEdit()
        field.setMaxLength(_LONGEST)
        if name.startswith(("score", "size")):
            validator = QDoubleValidator(0.0, 1e6, 3, field)
            validator.setLocale(QLocale.c())
            field.setValidator(validator)
        field.editingFinished.connect(lambda: self._chosen(name, _value(name, field.text())))
        return field

    # What it is given and gives -----------------------------------------------------------------------------------

    @property
    def filter(self) -> QueueFilter:
        """What the fields ask for."""
        return self._filter

    def show_filter(self, wanted: QueueFilter) -> None:
        """Show what is asked for."""
        self._filter = wanted
        self._fill()

    def offer(self, classes: Sequence[str], recipes: Sequence[str], cameras: Sequence[str]) -> None:
        """Offer the names that there are."""
        self._classes, self._recipes, self._cameras = tuple(classes), tuple(recipes), tuple(cameras)
        self._fill()

    def retranslate(self) -> None:
        """Say everything again."""
        self._fill()

    def _take(self, wanted: QueueFilter) -> None:
        if wanted != self._filter:
            self.show_filter(wanted)
            self.changed.emit(wanted)

    def _chosen(self, name: str, value: object) -> None:
        if self._filling:
            return
        if isinstance(value, timedelta):
            value = self._context.clock.now() - value
        asked: dict[str, Any] = {name: value}
        self._take(replace(self._filter, **asked))

    # What they offer ----------------------------------------------------------------------------------------------

    def _fill(self) -> None:
        self._filling = True
        self._say_names()
        chosen = self._filter
        self._offer("whys", [((why,), why_word(why)) for why in Why if why is not Why.GOLDEN], chosen.whys)
        self._offer("stage", [(stage, stage_word(stage)) for stage in Stage], chosen.stage, self.tr("open"))
        self._offer("verdicts", [((kind,), verdict_word(kind.value)) for kind in VerdictKind], chosen.verdicts)
        self._offer("classes", [((name,), name) for name in self._classes], chosen.classes)
        self._offer("since", self._since(), chosen.since)
        self._offer("shift", [(number, str(number)) for number in range(1, SHIFTS + 1)], chosen.shift)
        self._offer("recipe", [(name, name) for name in self._recipes], chosen.recipe)
        self._offer("camera", [(name, name) for name in self._cameras], chosen.camera)
        for name, field in self.texts.items():
            value = getattr(chosen, name)
            field.setText("" if value in {None, ""} else f"{value:g}" if isinstance(value, float) else str(value))
        self._filling = False

    def _since(self) -> list[tuple[object, str]]:
        known = self._filter.since
        ages: list[tuple[object, str]] = [(timedelta(hours=hours), self._age_words(hours)) for hours in _AGES]
        if isinstance(known, datetime):
            ages.insert(0, (known, self.tr("since {0}").format(moment_text(known, self._context.language.locale))))
        return ages

    def _age_words(self, hours: int) -> str:
        if hours < 48:
            return self.tr("last %n hour(s)", "", hours)
        return self.tr("last %n day(s)", "", hours // 24)

    def _offer(self, name: str, offered: Sequence[tuple[object, str]], chosen: object, nothing: str = "") -> None:
        box, empty = self.choices[name], getattr(QueueFilter(), name)
        box.clear()
        box.addItem(nothing or self.tr("any"))
        for _, words in offered:
            box.addItem(words)
        values = [empty, *(value for value, _ in offered)]
        if chosen not in values:  # a view may ask for several, or for what is not there any more
            several = chosen if isinstance(chosen, tuple) else (chosen,)
            box.addItem(", ".join(str(each) for each in several))
            values.append(chosen)
        self._values[name] = values  # Qt would make other things of tuples and times
        box.setCurrentIndex(values.index(chosen))

    def _say_names(self) -> None:
        names = {
            "whys": self.tr("Here because"),
            "stage": self.tr("Stage"),
            "verdicts": self.tr("Verdict"),
            "classes": self.tr("Class"),
            "since": self.tr("Time"),
            "shift": self.tr("Shift"),
            "recipe": self.tr("Recipe"),
            "camera": self.tr("Camera"),
            "lot": self.tr("Lot: the id begins with"),
            "operator": self.tr("Person"),
            "model_version": self.tr("Model, as name/version"),
            "score_low": self.tr("Score from"),
            "score_high": self.tr("Score to"),
            "size_low_px": self.tr("Size from, pixels"),
            "size_high_px": self.tr("Size to, pixels"),
        }
        for name, words in names.items():
            self.names[name].say(words)
            field: QWidget = self.choices[name] if name in self.choices else self.texts[name]
            field.setAccessibleName(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  (Qt's name)
        """Esc leaves the fields."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _dress(self) -> None:
        margin = self._context.theme.px(MARGIN_MM)
        self._grid.setContentsMargins(margin, margin // 2, margin, margin // 2)
        self._grid.setHorizontalSpacing(margin)
        self._grid.setVerticalSpacing(margin // 4)


def _value(name: str, text: str) -> str | float | None:
    """Return what a field of words or figures asks for."""
    if not name.startswith(("score", "size")):
        return text.strip()
    try:
        return float(text)
    except ValueError:
        return None
