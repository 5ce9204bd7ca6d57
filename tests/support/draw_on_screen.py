"""Draws on the operator's screen until somebody kills it; says how many places the finger has been at, once each is taken.

As a script: ``python tests/support/draw_on_screen.py DATA AUDIT_KEY OUTLINES``; so many outlines are finished before the
one that never ends.
"""

import os
import sys
from collections.abc import Iterator
from itertools import count
from math import cos, pi, sin
from pathlib import Path

import numpy as np
from desk_of_parts import PIT, Station
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from station.ui.main import ScreenOptions, make_context, make_shell
from station.ui.operator.inspect import InspectPage


def around(centre: tuple[float, float], radius: float, turns: float) -> Iterator[tuple[float, float]]:
    """Places on a spiral, which never meets itself."""
    for step in count():
        angle = step * pi / 40
        if angle > turns * 2 * pi:
            return
        reach = radius + 2 * angle
        yield centre[0] + reach * cos(angle), centre[1] + reach * sin(angle)


def main(data: Path, audit_key: Path, outlines: int) -> None:
    """Open the screen, say NG and draw."""
    app = QApplication([])
    station = Station(data, audit_key)
    context = make_context(ScreenOptions(data=data), connect=station.connect)
    shell = make_shell(context)
    shell.resize(1280, 800)
    shell.show()
    context.link.start()
    context.session.log_in("1234", lambda _: None, name="Mara")
    uid = station.add_part(defects=0)
    station.announce(uid)
    page = shell.inspect
    until(app, lambda: page.part is not None and page.part.complete)
    page.on_show.changed_at_s = float("-inf")
    page.column.verdicts.ng.click()
    until(app, lambda: page.ng.active)
    device = QTest.createTouchDevice()
    canvas = page.canvas

    def at(place: tuple[float, float]) -> QPoint:
        x, y = canvas._view.to_screen(np.array(place))
        return canvas.mapTo(shell, QPoint(round(float(x)), round(float(y))))

    def draw(places: Iterator[tuple[float, float]], *, tell: bool) -> None:
        last = at(next(places))
        QTest.touchEvent(shell, device).press(0, last, shell).commit()
        for place in places:
            if at(place) == last:
                continue
            last = at(place)
            QTest.touchEvent(shell, device).move(0, last, shell).commit()
            if tell:
                say(drawn(page))
        QTest.touchEvent(shell, device).release(0, last, shell).commit()

    for number in range(outlines):
        draw(around((500.0 + 150 * number, 300.0), 30.0, 1.0), tell=False)
        page.ng.page.palette_.chips[number % 2].click()
    draw(around(PIT, 20.0, 1000.0), tell=True)


def drawn(page: InspectPage) -> int:
    """How many places the canvas has of the stroke under way."""
    live = page.canvas._state.live if page.canvas._state is not None else None
    return len(live) if isinstance(live, np.ndarray) else 0


def say(number: int) -> None:
    os.write(sys.stdout.fileno(), b"%d\n" % number)


def until(app: QApplication, condition: object) -> None:
    while not condition():  # type: ignore[operator]
        app.processEvents()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
