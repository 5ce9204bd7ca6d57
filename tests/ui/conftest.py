"""Screens without a display: the whole window on a real journal, offscreen."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from desk_of_parts import Station
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from whole_screen import Hands, OpenScreen, Screen

from station.ui.context import Clock
from station.ui.main import ScreenOptions, make_context, make_shell
from station.ui.shell import Shell
from station.ui.theme import ThemeName

os.environ["QT_QPA_PLATFORM"] = "offscreen"


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    """A journal with nothing in it yet, and the desk of its engine."""
    station = Station(tmp_path / "data", tmp_path / "audit.key")
    yield station
    station.close()


@pytest.fixture
def open_screen(
    station: Station, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[OpenScreen]:
    """Open the window; a test may close it and open another."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    opened: list[Shell] = []

    def open_screen(
        size: tuple[int, int] = (1280, 800),
        theme: ThemeName = ThemeName.DAY,
        language: str = "en",
        config: Path | None = None,
    ) -> Screen:
        hands = Hands(qtbot)
        clock = Clock(monotonic=lambda: hands.time_s, now=lambda: datetime.now(UTC))
        options = ScreenOptions(station.data, size, theme, language, config)
        context = make_context(options, connect=station.connect, clock=clock)  # type: ignore[arg-type]
        shell = make_shell(context)
        opened.append(shell)
        shell.resize(*size)
        shell.show()
        qtbot.waitExposed(shell)
        context.link.start()
        qtbot.waitUntil(lambda: context.link.up)
        return Screen(shell, station, hands, qtbot)

    yield open_screen
    for shell in opened:
        shell.close()
        shell.context.language.choose("en")  # what a later test says is not said in this one's language
        shell.stop()
        shell.deleteLater()
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    app.sendPostedEvents()
    app.setStyleSheet("")
    app.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@pytest.fixture
def screen(open_screen: OpenScreen) -> Screen:
    """The window, with an operator at it."""
    screen = open_screen()
    screen.log_in()
    return screen
