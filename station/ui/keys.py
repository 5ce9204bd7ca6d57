"""Keys of the screen: a scanner's burst is told from a person's fingers, and only fingers reach the shortcuts.

A badge or barcode reader is a keyboard that types very fast and ends with Enter. A key is therefore held back for a
moment: if more follow at that pace it is a scan, otherwise it goes where it was meant for. A screen that was busy for
that moment looks first for keys that have come meanwhile: a scan must never be taken for a person's O or N. Nor may what a
person typed meanwhile be taken for a scan, although it comes all at once then: the system says when each key was pressed.
"""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

SCAN_GAP_MS = 50
"""Keys that are pressed faster one after the other than this come from a scanner, however late they are seen."""
LEAST_SCAN = 4
"""Characters a scan has at least."""

_MODIFIERS = frozenset({Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_CapsLock})
"""A reader presses Shift for every capital: that ends no scan."""

_WRITES = (QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox, QComboBox)

Action = Callable[[], None]


class Keys(QObject):
    """Sorts the application's keys. Shortcuts are names of keys as Qt writes them: "O", "Left", "Ctrl+Z", "Space"."""

    scanned = Signal(str)
    """What a scanner read."""

    def __init__(self, gap_ms: int = SCAN_GAP_MS) -> None:
        super().__init__()
        self._held: list[QKeyEvent] = []
        self._bound: dict[str, Action] = {}
        self._always: dict[str, Action] = {}
        self._covering: dict[str, Action] | None = None
        self._typing: Callable[[str], None] | None = None
        self._replaying = False
        self._gap = QTimer(self)
        self._gap.setSingleShot(True)
        self._gap.setTimerType(Qt.TimerType.PreciseTimer)
        self._gap.setInterval(gap_ms)
        self._gap.timeout.connect(self._look_again)
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(0)
        self._settling.timeout.connect(self._were_fingers)
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)

    def bind(self, shortcuts: Mapping[str, Action], *, always: bool = False) -> None:
        """Add shortcuts: of the page on show until `unbind`, or `always`."""
        (self._always if always else self._bound).update(shortcuts)

    def unbind(self, *shortcuts: str) -> None:
        """Take shortcuts of the page away; all of them where none is named."""
        for shortcut in shortcuts or tuple(self._bound):
            self._bound.pop(shortcut, None)

    def cover(self, shortcuts: Mapping[str, Action] | None, typing: Callable[[str], None] | None = None) -> None:
        """Let these alone act, as while somebody logs in; `typing` gets what is typed beside them.

        None gives the page its own back.
        """
        self._covering = None if shortcuts is None else dict(shortcuts)
        self._typing = typing

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
        """See every key before its widget does."""
        if self._replaying or not isinstance(event, QKeyEvent) or not isinstance(watched, QWidget):
            return False
        if isinstance(watched, _WRITES) or isinstance(QApplication.focusWidget(), _WRITES):
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # no shortcut of Qt's own: the key comes as a key press
            return True
        return event.type() == QEvent.Type.KeyPress and self._take(event)

    def _take(self, event: QKeyEvent) -> bool:
        if event.key() in _MODIFIERS:
            return False
        if self._held and _paused(self._held[-1], event):
            self._were_fingers()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and len(self._held) >= LEAST_SCAN:
            text = "".join(held.text() for held in self._held)
            self._held.clear()
            self._stop_waiting()
            self.scanned.emit(text)
            return True
        modifiers = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if event.text().isprintable() and event.text() and modifiers == Qt.KeyboardModifier.NoModifier:
            self._held.append(event.clone())
            self._settling.stop()
            self._gap.start()
            return True
        self._were_fingers()
        return self._act(event)

    def _look_again(self) -> None:
        """Let the keys that came while the screen was busy be taken first."""
        self._settling.start()

    def _stop_waiting(self) -> None:
        self._gap.stop()
        self._settling.stop()

    def _were_fingers(self) -> None:
        self._stop_waiting()
        held, self._held = self._held, []
        for event in held:
            if not self._act(event):
                self._replay(event)

    def _act(self, event: QKeyEvent) -> bool:
        name = key_name(event)
        bound = self._bound if self._covering is None else self._covering
        action = bound.get(name) or self._always.get(name)
        if action is None and self._typing is not None and event.text().isprintable() and event.text():
            self._typing(event.text())
            return True
        if action is None:
            return False
        if not event.isAutoRepeat():
            action()
        return True

    def _replay(self, event: QKeyEvent) -> None:
        """Give a held key to whoever has the focus, as if it came now."""
        target = QApplication.focusWidget() or QApplication.activeWindow()
        if target is None:
            return
        self._replaying = True
        try:
            QCoreApplication.sendEvent(target, event)
        finally:
            self._replaying = False


_NAMES: Mapping[int, str] = {
    Qt.Key.Key_Space: "Space",
    Qt.Key.Key_Return: "Enter",
    Qt.Key.Key_Enter: "Enter",
    Qt.Key.Key_Escape: "Esc",
    Qt.Key.Key_Left: "Left",
    Qt.Key.Key_Right: "Right",
    Qt.Key.Key_Up: "Up",
    Qt.Key.Key_Down: "Down",
    Qt.Key.Key_Delete: "Del",
    Qt.Key.Key_Backspace: "Backspace",
    Qt.Key.Key_PageUp: "PgUp",
    Qt.Key.Key_PageDown: "PgDown",
    Qt.Key.Key_Home: "Home",
    Qt.Key.Key_End: "End",
    **{Qt.Key.Key_F1 + index: f"F{index + 1}" for index in range(12)},
}


def _paused(before: QKeyEvent, now: QKeyEvent) -> bool:
    """Whether so much time lies between two keys that no scanner pressed both; keys of nobody's clock tell nothing."""
    return 0 < before.timestamp() < now.timestamp() - SCAN_GAP_MS


def key_name(event: QKeyEvent) -> str:
    """Name a key as shortcuts are written and printed: "O", "Ctrl+Z", "Left"."""
    key = event.key()
    name = _NAMES.get(key) or (chr(key) if 0x20 < key < 0x7F else event.text().upper())
    held = event.modifiers()
    before = "Ctrl+" if held & Qt.KeyboardModifier.ControlModifier else ""
    before += "Alt+" if held & Qt.KeyboardModifier.AltModifier else ""
    shifted = held & Qt.KeyboardModifier.ShiftModifier and (before or name in _NAMES.values())
    return before + ("Shift+" if shifted else "") + name
