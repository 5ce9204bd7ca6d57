"""Outline here: a tap, and the model of the slot draws around what lies there. Beside the screen's thread, at low priority."""

import os
import threading

from PySide6.QtCore import QObject, Signal

from station.ui.aside import Aside
from station.ui.pointing import Bytes, Pointing

At = tuple[float, float]
NICENESS = 10
"""The line shares this machine: a picture is looked at with what it leaves."""


class OutlineHere(QObject):
    """One thread with the model; what it found comes as signals on the screen's thread, in the order it was asked for."""

    available = Signal(bool)
    """Whether there is a model, after each look and each answer."""
    answered = Signal(object, object)
    """A place that was asked for, and the `Polygon` around what lies there; None where the model sees nothing."""

    def __init__(self, pointing: Pointing, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pointing = pointing
        self._aside = Aside("outline", self)
        self._newest: Bytes | None = None

    def look(self, pixels: Bytes) -> None:
        """Have the model opened, and look at a picture that somebody begins to work on; one that comes later goes before."""
        if self._newest is None:
            self._aside.ask(_yield_to_the_line, lambda _: None)
        self._newest = pixels
        self._aside.ask(self._pointing.open, self.available.emit)
        self._aside.ask(lambda: self._look(pixels), lambda _: self._tell())

    def _look(self, pixels: Bytes) -> None:
        if pixels is self._newest:
            self._pointing.look(pixels)

    def ask(self, pixels: Bytes, at: At) -> None:
        """Ask what lies at a place of a picture of shape (H, W) or (H, W, 3)."""
        self._aside.ask(
            lambda: self._pointing.outline_at(pixels, at),
            lambda shape: self._answer(at, shape),
            lambda: self._answer(at, None),
        )

    def stop(self) -> None:
        """End the thread."""
        self._aside.stop()

    def _answer(self, at: At, shape: object) -> None:
        self.answered.emit(at, shape)
        self._tell()

    def _tell(self) -> None:
        self.available.emit(self._pointing.ready)


def _yield_to_the_line() -> None:
    """Lower the priority of this thread alone (Linux keeps one for each)."""
    os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICENESS)
