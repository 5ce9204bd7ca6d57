"""The operator's screen under measurement: `station ui` on no display, with a finger that taps OK while the line runs.

Painted is what the window has worked off, touched what enters at the window as from a touch panel. Times are the
machine's monotonic clock, which the engine's process shares. `python -m station.ui.bench DATA NAME PASSWORD FIGURES PARENT`
says a line once it is at work; after SIGTERM it writes its figures into a file and says how many parts it painted.
"""

import json
import os
import random
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer, Signal
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from camera.parent import end_with_parent
from station.ui.main import ScreenOptions, make_context, make_shell
from station.ui.pictures import PartPicture
from station.ui.priority import give_way
from station.ui.shell import Shell

SIZE = (1920, 1080)
TAP_S = (0.4, 0.9)
"""Least and most between two taps."""
DOWN_MS = 60
"""How long a finger stays on the button."""
LOOK_MS = 100
LOG_IN_MS = 60_000
"""Whoever cannot be logged in by then is not waited for."""
Painted = Callable[[int], object]


class Eye(QObject):
    """Says when what is on the screen by now has been painted."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._waiting: list[Painted] = []
        shell.installEventFilter(self)

    def once_painted(self, told: Painted) -> None:
        """Have `told` called, with the time, after the next repaint of the window."""
        self._waiting.append(told)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
        """Let the window repaint what is dirty, then tell; what was asked for meanwhile waits for the next time."""
        if event.type() == QEvent.Type.UpdateRequest and self._waiting:
            told, self._waiting = self._waiting, []
            QTimer.singleShot(0, lambda: [each(time.monotonic_ns()) for each in told])
        return False


class Finger(QObject):
    """Taps a button at times that it does not choose by what the screen is doing."""

    _now = Signal(object)

    def __init__(self, shell: Shell, eye: Eye) -> None:
        super().__init__(shell)
        self._shell = shell
        self._eye = eye
        self._device = QTest.createTouchDevice()
        self.feedback_ms: list[float] = []
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._keep_tapping, daemon=True)
        self._now.connect(self._tap)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """Lift it for good."""
        self._ended.set()
        if self._thread.is_alive():
            self._thread.join()

    def _keep_tapping(self) -> None:
        chance = random.Random(0)
        while not self._ended.wait(chance.uniform(*TAP_S)):
            self._now.emit(time.monotonic_ns())

    def _tap(self, touched_ns: int) -> None:
        """Touch OK; it shows itself pressed, at the latest when the window is painted next."""
        button = self._shell.inspect.column.verdicts.ok
        if not button.isEnabled():  # a verdict is on its way, or there is nothing to decide
            return
        at = button.mapTo(self._shell, button.rect().center())
        QTest.touchEvent(self._shell, self._device).press(0, at, self._shell).commit(False)
        self._eye.once_painted(lambda painted_ns: self.feedback_ms.append((painted_ns - touched_ns) / 1e6))
        QTimer.singleShot(DOWN_MS, lambda: self._lift(button, at))

    def _lift(self, button: QWidget, at: QPoint) -> None:
        QTest.touchEvent(self._shell, self._device).release(0, at, self._shell).commit(False)
        button.update()


class Watch:
    """Notes when each part was first painted, and when with the camera's own pixels."""

    def __init__(self, shell: Shell, eye: Eye) -> None:
        self._eye = eye
        self.first_ns: dict[str, int] = {}
        self.whole_ns: dict[str, int] = {}
        self.saved = 0
        shell.inspect.on_show.read.connect(self._read)
        shell.inspect.toast.connect(self._count)

    def _read(self, part: PartPicture) -> None:
        uid = str(part.uid)
        self._eye.once_painted(lambda painted_ns: self.first_ns.setdefault(uid, painted_ns))
        if part.complete:
            self._eye.once_painted(lambda painted_ns: self.whole_ns.setdefault(uid, painted_ns))

    def _count(self, _text: str, _undo: object) -> None:
        self.saved += 1


def main() -> None:
    """Be that screen."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    data, name, password, figures = Path(sys.argv[1]), sys.argv[2], sys.argv[3], Path(sys.argv[4])
    end_with_parent(int(sys.argv[5]))
    stopping = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopping.set())
    give_way()
    app = QApplication([])
    context = make_context(ScreenOptions(data, SIZE))
    shell = make_shell(context)
    shell.resize(*SIZE)
    shell.show()
    eye = Eye(shell)
    watch, finger = Watch(shell, eye), Finger(shell, eye)
    context.session.changed.connect(lambda: _at_work(finger))
    context.link.start()
    context.session.log_in(password, lambda _: None, name=name)
    looking = QTimer(shell)  # Python hears of a signal between two of Qt's events
    looking.timeout.connect(lambda: app.quit() if stopping.is_set() else None)
    looking.start(LOOK_MS)
    QTimer.singleShot(LOG_IN_MS, lambda: app.quit() if context.session.person is None else None)
    app.exec()
    finger.stop()
    shell.stop()
    found = {"first_ns": watch.first_ns, "whole_ns": watch.whole_ns, "feedback_ms": finger.feedback_ms}
    figures.write_text(json.dumps({**found, "saved": watch.saved}))
    sys.stdout.write(str(len(watch.first_ns)))


def _at_work(finger: Finger) -> None:
    finger.start()
    sys.stdout.write("\n")  # our parent waits for the line
    sys.stdout.flush()


if __name__ == "__main__":
    main()
