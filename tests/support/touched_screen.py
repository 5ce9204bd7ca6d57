"""The operator's screen with a touch panel: the real `station ui`, in whose window fingers are put down, moved and lifted.

As a script: ``python tests/support/touched_screen.py ui --data DATA …``. A touch panel cannot be plugged into a virtual X
server, so the touches enter where Qt's own X plugin hands them over: at the window, by the window system's interface. All
from there on is the product's. Each line of stdin is a JSON object, each is answered by one:

`{"frames": [[[finger, "press" | "move" | "release", x, y], …], …], "after_ms": 0}`
    Touches at places of the screen, a frame at a time as a panel reports them, after a pause. Answer: `true`.
`{"where": "Undo"}`
    The middle of the button that says so, on the screen; `null` while there is none that can be pressed.
`{"canvas": true}`
    Left, top, right, bottom of the picture's widget on the screen.
"""

import json
import os
import sys
from typing import Any

from PySide6.QtCore import QPoint, QSocketNotifier
from PySide6.QtGui import QGuiApplication, QPointingDevice, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from labeling.canvas.view import Canvas
from station.commands.main import main

FRAME_MS = 8
"""Panels report some hundred times a second."""


class Panel:
    """Does what stdin says, one line at a time."""

    def __init__(self) -> None:
        self._device: QPointingDevice = QTest.createTouchDevice()
        self._listening = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
        self._listening.activated.connect(self._hear)
        self._unread = b""

    def _hear(self) -> None:
        self._unread += os.read(sys.stdin.fileno(), 1 << 20)
        *lines, self._unread = self._unread.split(b"\n")
        for line in lines:
            answer = json.dumps(self._answer(json.loads(line)))
            os.write(sys.stdout.fileno(), answer.encode() + b"\n")

    def _answer(self, asked: dict[str, Any]) -> object:
        if "frames" in asked:
            QTest.qWait(asked["after_ms"])
            for frame in asked["frames"]:
                self._touch(frame)
            return True
        if "where" in asked:
            return where(asked["where"])
        (canvas,) = (
            widget for widget in QApplication.allWidgets() if isinstance(widget, Canvas) and widget.isVisible()
        )
        return *on_screen(canvas, 0.0), *on_screen(canvas, 1.0)

    def _touch(self, frame: list[tuple[int, str, float, float]]) -> None:
        window = shown_window()
        sequence = QTest.touchEvent(window, self._device, autoCommit=False)
        for finger, what, x, y in frame:
            at = window.mapFromGlobal(QPoint(round(x), round(y)))
            getattr(sequence, what)(finger, at, window)
        sequence.commit()
        QTest.qWait(FRAME_MS)


def shown_window() -> QWindow:
    (window,) = (window for window in QGuiApplication.topLevelWindows() if window.isVisible())
    return window


def where(words: str) -> tuple[int, int] | None:
    for widget in QApplication.allWidgets():
        if isinstance(widget, QAbstractButton) and widget.isVisible() and widget.isEnabled() and words in widget.text():
            return on_screen(widget, 0.5)
    return None


def on_screen(widget: QWidget, share: float) -> tuple[int, int]:
    at = widget.mapToGlobal(QPoint(round(widget.width() * share), round(widget.height() * share)))
    return at.x(), at.y()


if __name__ == "__main__":
    app = QApplication(["station"])
    panel = Panel()
    sys.exit(main(sys.argv[1:]))
