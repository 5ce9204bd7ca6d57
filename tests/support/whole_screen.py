"""The whole window as a test has it: attached to a station, with hands that count their taps and a clock that is moved."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from desk_of_parts import Station
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from station.ui.operator.inspect import InspectPage
from station.ui.shell import Shell


@dataclass
class Hands:
    """A clock that the test moves, and fingers that count their taps."""

    qtbot: QtBot
    time_s: float = 1000.0
    taps: int = 0

    def tap(self, button: QWidget) -> None:
        """Touch and let go."""
        self.taps += 1
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def wait(self, seconds: float) -> None:
        """Let time pass on the screen's clock."""
        self.time_s += seconds


@dataclass
class Screen:
    """A window, the station it is attached to, and hands."""

    shell: Shell
    station: Station
    hands: Hands
    qtbot: QtBot

    @property
    def inspect(self) -> InspectPage:
        """The page the operator works on."""
        return self.shell.inspect

    def log_in(self, role: str = "operator", name: str = "Mara") -> None:
        """Have somebody at the screen."""
        self.station.role = role
        self.shell.context.session.log_in("1234", lambda _: None, name=name)
        self.qtbot.waitUntil(lambda: self.shell.context.session.person is not None)

    def part(self, *, hold_ms: int = 0, hidden: bool = False, **values: object) -> UUID:
        """Let a part come past; returns once it is on the screen in full, with the first moment over."""
        uid = self.station.add_part(**values)  # type: ignore[arg-type]  # what `add_part` takes
        self.station.announce(uid, hold_ms=hold_ms, hidden=hidden)
        self.until_shown(uid)
        return uid

    def until_shown(self, uid: UUID) -> None:
        """Wait until a part is on the screen with all its pixels."""
        page = self.inspect
        self.qtbot.waitUntil(lambda: page.part is not None and page.part.uid == uid and page.part.complete)
        self.hands.wait(1.0)

    def until(self, condition: Callable[[], bool]) -> None:
        """Wait for something."""
        self.qtbot.waitUntil(condition)


OpenScreen = Callable[..., Screen]
"""Opens the window: size, theme, language."""
