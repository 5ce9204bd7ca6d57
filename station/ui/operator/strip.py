"""The foot of the screen: the last ten parts, each of which opens again, and what was just saved."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from uuid import UUID

from PySide6.QtCore import QEasingCurve, QPoint, QPropertyAnimation, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from station.ui.button import Button
from station.ui.context import Context
from station.ui.marks import Look, Mark
from station.ui.theme import MARGIN_MM, TOUCH_MM, Type
from station.ui.widgets import Line
from station.ui.words import LOOKS, verdict_word

PARTS = 10
TOAST_MS = 5000
"""How long what was saved can be taken back with one tap."""
_SLIDE_MS = 150


@dataclass(frozen=True, slots=True)
class Entry:
    """One part of the strip."""

    uid: UUID
    part_seq: int
    verdict: str
    waits: bool = False
    hidden: bool = False
    """The model's opinion is kept back until the person has decided."""


class Strip(QWidget):
    """The last ten parts, newest nearest to the reading start."""

    opened = Signal(object)
    """uid of a part to be shown again."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._entries: tuple[Entry, ...] = ()
        self._shown: UUID | None = None
        self._row = QHBoxLayout(self)
        self._label = Line(role="quiet")
        self._row.addWidget(self._label)
        self._buttons = [self._button(place) for place in range(PARTS)]
        for button in self._buttons:
            self._row.addWidget(button)
        self._row.addStretch(1)
        self._move = QPropertyAnimation(self._buttons[0], b"pos", self)
        self._move.setDuration(_SLIDE_MS)
        self._move.setEasingCurve(QEasingCurve.Type.OutCubic)
        self.setMinimumWidth(1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        context.theme.changed.connect(self._dress)
        self._dress()
        self.retranslate()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The parts, newest first."""
        return self._entries

    def button_of(self, uid: UUID) -> Button:
        """The button that opens a part. Raises `StopIteration` where the part is not in the strip."""
        return self._buttons[next(place for place, entry in enumerate(self._entries) if entry.uid == uid)]

    def fill(self, entries: tuple[Entry, ...]) -> None:
        """Show what the journal knows of the newest parts; what has come since it was read stays in front."""
        waits = {entry.uid: entry for entry in self._entries if entry.waits or entry.hidden}
        parts = {entry.uid: entry for entry in self._entries}
        parts |= {entry.uid: waits.get(entry.uid, entry) for entry in entries}
        newest = sorted(parts.values(), key=lambda entry: entry.uid, reverse=True)  # a uid begins with its time
        self._show(tuple(newest[:PARTS]))

    def let_wait(self, held: Collection[UUID]) -> None:
        """Parts that the engine holds for a person, and no others."""
        self._show(tuple(replace(entry, waits=entry.uid in held) for entry in self._entries))

    def add(self, entry: Entry) -> None:
        """A part came."""
        self._show((entry, *(known for known in self._entries if known.uid != entry.uid))[:PARTS])
        self._slide()

    def change(self, uid: UUID, verdict: str | None = None) -> None:
        """A part waits no longer, or got another verdict."""
        self._show(
            tuple(
                Entry(known.uid, known.part_seq, verdict or known.verdict) if known.uid == uid else known
                for known in self._entries
            )
        )

    def mark_shown(self, uid: UUID | None) -> None:
        """Show which of them is on the screen."""
        self._shown = uid
        self._show(self._entries)

    @property
    def full_px(self) -> int:
        """Width of all ten and the words before them."""
        return self._context.theme.px(MARGIN_MM) + self._label.sizeHint().width() + PARTS * self._each_px

    @property
    def _each_px(self) -> int:
        theme = self._context.theme
        return theme.px(TOUCH_MM * 1.25) + theme.px(MARGIN_MM) // 2

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  (Qt's name)
        """Show as many as there is room for."""
        super().resizeEvent(event)
        self._show(self._entries)

    def retranslate(self) -> None:
        """Say everything again."""
        self._label.say(self.tr("last ten"))
        self._dress()
        self._show(self._entries)

    def _button(self, place: int) -> Button:
        button = Button(self._context.theme, checkable=True, clicked=lambda: self._open(place))
        button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        button.setVisible(False)
        return button

    def _open(self, place: int) -> None:
        uid = self._entries[place].uid
        self._buttons[place].setChecked(uid == self._shown)
        self.opened.emit(uid)

    def _show(self, entries: tuple[Entry, ...]) -> None:
        self._entries = entries
        room = PARTS - max(0, -(-(self.full_px - self.width()) // self._each_px))
        for place, button in enumerate(self._buttons):
            button.setVisible(place < min(len(entries), room))
            if place < len(entries):
                entry = entries[place]
                look, mark = (Look.CONTROL, Mark.WAITING) if entry.hidden else LOOKS[entry.verdict]
                number = f"{entry.part_seq % 10_000:04d}"
                button.say(number, look=look if entry.waits else Look.CONTROL, mark=mark)
                button.setChecked(entry.uid == self._shown)
                button.setAccessibleName(number if entry.hidden else f"{number} {verdict_word(entry.verdict)}")

    def _slide(self) -> None:
        """Let the newest part slide in, so that the eye sees where it went."""
        button = self._buttons[0]
        if not self._buttons[1].isVisible():
            return
        self._move.stop()
        self._row.activate()
        end = QPoint(button.x(), self._buttons[1].y())  # the others stand where the layout put them
        self._move.setStartValue(end - QPoint(0, button.height()))
        self._move.setEndValue(end)
        self._move.start()

    def _dress(self) -> None:
        theme = self._context.theme
        margin = theme.px(MARGIN_MM)
        left, right = (0, margin) if self.isRightToLeft() else (margin, 0)
        self._row.setContentsMargins(left, margin // 2, right, margin // 2)
        self._row.setSpacing(margin // 2)
        for button in self._buttons:
            button.setFixedSize(theme.px(TOUCH_MM * 1.25), theme.px(TOUCH_MM))


class Toast(QWidget):
    """What was just saved, for five seconds, and the way back."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._undo: Callable[[], object] | None = None
        self._button = Button(context.theme, shortcut="Z", size=Type.BODY, clicked=self.take_back)
        self._button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._button)
        self._end = QTimer(self)
        self._end.setSingleShot(True)
        self._end.setInterval(TOAST_MS)
        self._end.timeout.connect(self.clear)
        keep = self.sizePolicy()
        keep.setRetainSizeWhenHidden(True)
        keep.setHorizontalPolicy(QSizePolicy.Policy.Preferred)
        self.setSizePolicy(keep)
        context.theme.changed.connect(self._dress)
        self._dress()
        self.clear()

    @property
    def text(self) -> str:
        """What it says; empty when it is gone."""
        return self._button.text() if not self._button.isHidden() else ""

    def show_saved(self, text: str, undo: Callable[[], object] | None) -> None:
        """Say what is in the journal; `undo` is called when it is tapped within the five seconds."""
        self._undo = undo
        self._button.say(text)
        self._button.setEnabled(undo is not None)
        self._button.setVisible(True)
        self._end.start()

    def take_back(self) -> None:
        """Undo what was saved last, if there is still time."""
        undo = self._undo
        self.clear()
        if undo is not None:
            undo()

    def clear(self) -> None:
        """Show nothing."""
        self._end.stop()
        self._undo = None
        self._button.setVisible(False)

    def _dress(self) -> None:
        theme = self._context.theme
        margin = theme.px(MARGIN_MM)
        self._row.setContentsMargins(margin, margin // 2, margin, margin // 2)
        self.setMinimumSize(theme.px(72), theme.px(TOUCH_MM) + margin)
