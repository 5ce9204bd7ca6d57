"""Python's cycle collector on the thread of the screen alone.

Left to itself it runs on whichever thread makes the next object, and a widget that is part of a cycle is then destroyed
by the thread that decodes pictures: Qt allows that on its own thread only, and the process would end without a word.
"""

import gc

from PySide6.QtCore import QObject, QTimer

INTERVAL_MS = 500
"""How often it is seen whether there is enough to collect."""


class Garbage(QObject):
    """Collects as often as Python would, a generation at a time, between two events; `stop` gives it back to Python."""

    def __init__(self) -> None:
        super().__init__()
        gc.collect()
        gc.freeze()  # what the start made stays anyway; nobody looks through it again
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.collect)
        self._timer.start(INTERVAL_MS)

    def collect(self) -> None:
        """Collect the oldest generation that is due."""
        due = [generation for generation in range(3) if gc.get_count()[generation] > gc.get_threshold()[generation]]
        if due:
            gc.collect(due[-1])

    def stop(self) -> None:
        """Let Python collect again when and where it likes."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()
