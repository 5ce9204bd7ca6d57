"""The review's window on a real journal: served by the review's own host, reached over the real desk."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from desk_of_parts import Station
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station.config import load_station
from station.journal.reader import JournalReader
from station.journal.review_queries import ReviewQueries, ReviewRecord
from station.line.inspection import VerdictKind
from station.people.manage import manage
from station.people.roles import Role
from station.review.host import review_host
from station.review.queue import QueueItem
from station.ui.context import Clock
from station.ui.main import ScreenOptions, make_context
from station.ui.review.main import make_window
from station.ui.review.window import ReviewWindow
from station.ui.theme import ThemeName

PASSWORD = "a long password"
LONG_MS = 30_000
CONFIG = """
[station]
name = "press-3"
data = "data"
audit_key = "audit.key"
recipes = "recipes"
[[camera]]
name = "cam"
[plc]
mode = "none"
[line]
recipe = "plate-A"
trigger = "timer"
"""
RECIPE = """
name = "plate-A"
number = 1
version = 7
pixel_size_um = 50.0
[[view]]
name = "top"
camera = "cam"
model = "plate"
"""
CLASSES = ("scratch", "dent", "stain", "burr", "pit", "other")


def write_station(folder: Path, review: str = "") -> Path:
    """Write a station and its recipe; return its configuration."""
    (folder / "recipes").mkdir()
    classes = "".join(f'[[class]]\nname = "{name}"\n' for name in CLASSES)
    (folder / "recipes" / "plate-A.toml").write_text(RECIPE + classes)
    config = folder / "station.toml"
    config.write_text(f"{CONFIG}\n[review]\naudit_percent = 0\ngolden_percent = 0\n{review}\n")
    return config


def record_parts(folder: Path, fill: Callable[[Station], object], people: dict[str, Role]) -> None:
    """Record parts as an engine does, and make accounts; the journal is let go of then."""
    station = Station(folder / "data", folder / "audit.key")
    try:
        fill(station)
        for name, role in people.items():
            details = {"name": name, "role": role.value, "password": PASSWORD}
            manage(lambda work: work(station.journal), "the test", "add", details)
    finally:
        station.close()


@dataclass
class Hands:
    """A clock that a test moves."""

    time_s: float = 1000.0


@dataclass
class Reviewer:
    """A window with a person at it."""

    window: ReviewWindow
    qtbot: QtBot
    data: Path
    hands: Hands

    def log_in(self, name: str = "Vera") -> None:
        """Log in by name."""
        session = self.window.context.session
        session.log_in(PASSWORD, lambda _: None, name=name)
        self.until(lambda: session.person is not None and session.person.name == name)

    def until(self, condition: Callable[[], bool]) -> None:
        """Wait for something."""
        self.qtbot.waitUntil(condition, timeout=LONG_MS)

    def key(self, name: str) -> None:
        """Press one key, as whoever has the focus gets it, some time after the last."""
        self.hands.time_s += 1.0
        keys = {"Enter": Qt.Key.Key_Return, "Esc": Qt.Key.Key_Escape, "Space": Qt.Key.Key_Space}
        keys |= {"Right": Qt.Key.Key_Right, "Down": Qt.Key.Key_Down, "PgDown": Qt.Key.Key_PageDown}
        keys |= {f"F{number}": Qt.Key(Qt.Key.Key_F1 + number - 1) for number in range(1, 9)}
        target = QApplication.focusWidget() or self.window
        if name in keys:
            QTest.keyClick(target, keys[name])
        else:
            QTest.keyClicks(target, name)
        held = self.window.context.keys._held
        self.until(lambda: held is not self.window.context.keys._held or not held)  # no scanner types so slowly

    def until_part(self, uid: UUID | None = None) -> QueueItem:
        """Wait until a part of the run is on the screen with all its pixels; return it."""
        window = self.window

        def shown() -> bool:
            item, part = window.lending.current, window.one.on_show.part
            wanted = item is not None and uid in {None, item.uid}
            return wanted and item is not None and part is not None and part.uid == item.uid and part.complete

        self.until(shown)
        self.hands.time_s += 1.0
        assert window.lending.current is not None
        return window.lending.current

    def until_saved(self) -> None:
        """Wait until nothing is on its way to the journal."""
        self.until(lambda: self.window.lending.under_way == 0)

    def words(self, uid: UUID) -> tuple[ReviewRecord, ...]:
        """What the journal has of what reviewers said of a part."""
        with JournalReader(self.data) as reader:
            return ReviewQueries(reader).reviews(uid)

    def verdict(self, uid: UUID) -> VerdictKind:
        """What the journal has."""
        with JournalReader(self.data) as reader:
            summary = reader.summary(uid)
        assert summary is not None
        return summary.verdict


@contextmanager
def reviewing(
    folder: Path,
    config: Path,
    qtbot: QtBot,
    size: tuple[int, int] = (1280, 800),
    theme: ThemeName = ThemeName.DAY,
    language: str = "en",
    *,
    served: bool = True,
) -> Iterator[Reviewer]:
    """Open the window; with `served` the review's own host keeps the records."""
    hands = Hands()
    clock = Clock(monotonic=lambda: hands.time_s, now=lambda: datetime.now(UTC))
    station = load_station(config)
    options = ScreenOptions(station.station.data, size, theme, language, config, station.recipes)
    context = make_context(options, clock=clock)
    window = make_window(context)
    try:
        window.resize(*size)
        window.show()
        qtbot.waitExposed(window)
        window.activateWindow()
        context.link.start()
        if served:
            with review_host(station):
                qtbot.waitUntil(lambda: context.link.up, timeout=LONG_MS)
                yield Reviewer(window, qtbot, station.station.data, hands)
        else:
            yield Reviewer(window, qtbot, station.station.data, hands)
    finally:
        window.close()
        context.language.choose("en")
        window.stop()
        window.deleteLater()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.sendPostedEvents()
        app.setStyleSheet("")
        app.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
