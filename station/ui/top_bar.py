"""The line at the top of every page: state of the line, recipe, part, counters, pages, and who is logged in."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from station.desk.messages import State, Welcome
from station.ui.button import Button
from station.ui.context import Context
from station.ui.marks import Mark, MarkLabel
from station.ui.theme import MARGIN_MM, TOUCH_MM
from station.ui.widgets import Line
from station.ui.words import line_words


class TopBar(QWidget):
    """One row where the screen is wide, two where it is not; what is shortened first is the recipe."""

    page_chosen = Signal(int)
    person_tapped = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        theme = context.theme
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._mark = MarkLabel(theme, Mark.WAITING, 6.0)
        self._state, self._recipe = Line(), Line(role="quiet")
        self._part, self._counters = Line(), Line()
        for line in (self._state, self._part):  # never shortened
            line.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._pages: list[Button] = []
        self._names: list[str] = []
        self.person = Button(theme, clicked=self.person_tapped.emit)
        self._first, self._second = QHBoxLayout(), QHBoxLayout()
        self._page_row = QHBoxLayout()
        self._rows = QVBoxLayout(self)
        self._rows.addLayout(self._first)
        self._rows.addLayout(self._second)
        self._narrow: bool | None = None
        self.setMinimumWidth(1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        context.link.state.connect(self._state_came)
        context.link.welcome.connect(self._met)
        context.link.lost.connect(lambda _: self._tell())
        context.link.found.connect(self._tell)
        context.session.changed.connect(self._tell)
        theme.changed.connect(self._dress)
        self._arrange(narrow=False)
        self._dress()
        self._tell()

    def offer_pages(self, names: Sequence[str], shown: int) -> None:
        """Name the pages a person may go to; one alone needs no choice."""
        while len(self._pages) < len(names):
            place = len(self._pages)
            button = Button(self._context.theme, shortcut=f"F{place + 1}", checkable=True)
            button.clicked.connect(lambda _checked=False, place=place: self.page_chosen.emit(place))
            self._pages.append(button)
            self._page_row.addWidget(button)
        self._names = list(names)
        for place, button in enumerate(self._pages):
            button.setVisible(
                bool(names[place : place + 1]) and bool(names[place]) and len([n for n in names if n]) > 1
            )
            if place < len(names):
                button.say(names[place])
                button.setChecked(place == shown)
        self._fit()

    def show_part(self, name: str) -> None:
        """Say which part is on show."""
        self._part.say(self.tr("part {0}").format(name) if name else "")
        self._fit()

    def show_counters(self, text: str) -> None:
        """Say how the shift goes."""
        self._counters.say(text)
        self._fit()

    def retranslate(self) -> None:
        """Say everything again."""
        self._tell()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  (Qt's name)
        """Break into two rows where one has no room."""
        super().resizeEvent(event)
        self._fit()

    @property
    def state_word(self) -> str:
        """The word for the state of the line."""
        return self._state.whole

    @property
    def counters(self) -> str:
        """What it says of the shift."""
        return self._counters.whole

    def _met(self, _: Welcome) -> None:
        self._tell()

    def _state_came(self, _: State) -> None:
        self._tell()

    def _tell(self) -> None:
        link = self._context.link
        line = link.last_welcome is None or link.last_welcome.line
        words = line_words(up=link.up, state=link.last_state, line=line)
        self._state.say(words.word)
        self._mark.show_mark(words.mark, "fault_ink" if words.abnormal else "running")
        if link.last_welcome is not None:
            recipe = link.last_welcome.recipe
            self._recipe.say(self.tr("recipe {0} v{1}").format(recipe.name, recipe.version))
        person = self._context.session.person
        self.person.say(person.name if person else self.tr("Log in"))
        self._fit()

    def _fit(self) -> None:
        buttons = [self.person, *(page for page in self._pages if not page.isHidden())]
        lines = (self._state, self._part)
        theme = self._context.theme
        wanted = sum(widget.sizeHint().width() for widget in (*buttons, *lines)) + self._mark.sizeHint().width()
        tall = self.window().height() > self.window().width()  # only there is room for a second row
        counters = self._counters.sizeHint() if tall else self._counters.minimumSizeHint()
        wanted += self._recipe.minimumSizeHint().width() + counters.width() + theme.px(MARGIN_MM) * (len(buttons) + 5)
        self._arrange(narrow=wanted > self.width())

    def _arrange(self, *, narrow: bool) -> None:
        if narrow == self._narrow:
            return
        self._narrow = narrow
        for row in (self._first, self._second):
            while row.count():
                row.takeAt(0)
        first: list[QWidget | QHBoxLayout | None] = [self._mark, self._state, self._recipe, self._part]
        second: list[QWidget | QHBoxLayout | None] = [self._counters, None, self._page_row]
        if narrow:
            self._fill(self._first, [*first, None, self.person])
            self._fill(self._second, second)
        else:
            self._fill(self._first, [*first, None, *second[::2], self.person])
        self.updateGeometry()

    @staticmethod
    def _fill(row: QHBoxLayout, things: "list[QWidget | QHBoxLayout | None]") -> None:
        for thing in things:
            if thing is None:
                row.addStretch(1)
            elif isinstance(thing, QWidget):
                row.addWidget(thing)
            else:
                row.addLayout(thing)

    def sizeHint(self) -> QSize:  # noqa: N802  (Qt's name)
        """One row of buttons, or two."""
        theme = self._context.theme
        rows = 2 if self._narrow else 1
        return QSize(theme.px(200), rows * theme.px(TOUCH_MM) + (rows + 1) * theme.px(1.0))

    def _dress(self) -> None:
        theme = self._context.theme
        margin, little = theme.px(MARGIN_MM), theme.px(1.0)
        self._rows.setContentsMargins(margin, little, margin, little)
        self._rows.setSpacing(little)
        for row in (self._first, self._second):
            row.setSpacing(margin)
        self._page_row.setSpacing(margin // 2)
        self._state.setStyleSheet("font-weight: bold;")
        self._tell()
