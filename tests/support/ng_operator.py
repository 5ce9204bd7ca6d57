"""A person in the NG mode at the real window, with fingers that go down and up."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import UUID

import numpy as np
from desk_of_parts import PIT, Station
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from labeling.annotation import Annotation
from station.ui.main import ScreenOptions, make_context, make_shell
from station.ui.operator.handover import Standing
from station.ui.operator.inspect import InspectPage
from station.ui.operator.ng_state import Tool
from station.ui.shell import Shell
from station.ui.theme import ThemeName

At = tuple[float, float]
AROUND_PIT = [(PIT[0] + 34 * np.cos(angle), PIT[1] + 34 * np.sin(angle)) for angle in np.linspace(0, 2 * np.pi, 40)]


class Operator:
    """A person at the real window, who counts taps and strokes."""

    def __init__(self, qtbot: QtBot, station: Station, shell: Shell) -> None:
        self.qtbot, self.station, self.shell = qtbot, station, shell
        self.taps = self.strokes = 0
        self._device = QTest.createTouchDevice()

    @property
    def page(self) -> InspectPage:
        return self.shell.inspect

    def until(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=10_000)

    def see(self, uid: UUID) -> None:
        """Wait for a part to be on the screen, in full."""
        self.station.announce(uid)
        self.until(lambda: self.page.part is not None and self.page.part.uid == uid and self.page.part.complete)
        self.let_deafness_pass()

    def let_deafness_pass(self) -> None:
        self.page.on_show.changed_at_s = float("-inf")

    def tap(self, widget: QWidget, place: QPoint | None = None) -> None:
        """Tap a widget with a finger."""
        self.taps += 1
        self.settle(widget)
        assert widget.isVisible(), widget
        assert widget.isEnabled(), widget
        at = widget.mapTo(self.shell, place or widget.rect().center())
        QTest.touchEvent(self.shell, self._device).press(0, at, self.shell).commit()
        QTest.touchEvent(self.shell, self._device).release(0, at, self.shell).commit()

    def settle(self, widget: QWidget) -> None:
        """Wait until a widget stays where it is: what has just been shown is laid out before anybody can see it."""
        place = None
        while place != (place := (widget.mapTo(self.shell, QPoint(0, 0)), widget.size())):
            self.qtbot.wait(20)

    def place(self, at: At) -> QPoint:
        """Where an image place is on the canvas."""
        x, y = self.page.canvas._view.to_screen(np.array(at))
        return QPoint(round(float(x)), round(float(y)))

    def tap_picture(self, at: At) -> None:
        self.tap(self.page.canvas, self.place(at))

    def draw(self, points: list[At], *, lift: bool = True) -> None:
        """Draw with one finger; `lift` ends the stroke."""
        self.strokes += 1
        canvas = self.page.canvas
        places = [canvas.mapTo(self.shell, self.place(at)) for at in points]
        QTest.touchEvent(self.shell, self._device).press(0, places[0], self.shell).commit()
        for place in places[1:]:
            QTest.touchEvent(self.shell, self._device).move(0, place, self.shell).commit()
        if lift:
            QTest.touchEvent(self.shell, self._device).release(0, places[-1], self.shell).commit()

    def chip(self, name: str) -> QWidget:
        return next(chip for chip in self.page.ng.page.palette_.chips if chip.text() == name)

    def use(self, tool: Tool) -> None:
        bar = self.page.ng.toolbar
        if not bar.tools[tool].isVisible():
            self.tap(bar.more)
        self.tap(bar.tools[tool])

    def say_ng(self) -> None:
        self.tap(self.page.column.verdicts.ng)
        self.until(lambda: self.page.ng.active)

    @property
    def standing(self) -> Standing | None:
        work = self.page.ng.work
        return work.handover.standing if work is not None else None

    def until_snapped(self) -> None:
        """Wait for the edges around the selected outline."""
        self.until(lambda: self.page.ng.work is not None and self.page.ng.work.state.is_snapped)

    def until_saved(self) -> None:
        self.until(lambda: self.standing is Standing.SAVED)

    def newest(self, uid: UUID) -> Annotation:
        return self.station.journal.annotations(uid)[-1].annotation

    def verdict(self, uid: UUID) -> tuple[str, str]:
        verdict = self.station.journal.verdicts(uid)[-1]
        return verdict.kind.value, verdict.author


@contextmanager
def operating(qtbot: QtBot, station: Station) -> Iterator[Operator]:
    """Open the window, with Mara at it."""
    context = make_context(ScreenOptions(data=station.data, theme=ThemeName.DAY), connect=station.connect)
    shell = make_shell(context)
    shell.resize(1920, 1080)
    shell.show()
    context.link.start()
    context.session.log_in("1234", lambda _: None, name="Mara")
    try:
        yield Operator(qtbot, station, shell)
    finally:
        shell.close()
        shell.stop()
        shell.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
