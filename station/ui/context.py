"""What every page of the screen is given, and what every page is."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from models.pair_files import PairFiles
from station.ui.i18n import Language
from station.ui.keys import Keys
from station.ui.link import DeskLink
from station.ui.pictures import Pictures
from station.ui.reading import Reading
from station.ui.screen_file import ScreenFile
from station.ui.session import Session
from station.ui.theme import Theme

_SET_SINCE = 2024
"""A wall clock that shows an earlier year has lost its battery."""


@dataclass(frozen=True, slots=True)
class Clock:
    """Time of the screen; tests give their own."""

    monotonic: Callable[[], float] = time.monotonic
    """Seconds, for intervals."""
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    """UTC, for the eye and for shifts."""

    @property
    def is_set(self) -> bool:
        """Whether the wall clock can be right."""
        return self.now().year >= _SET_SINCE


@dataclass(frozen=True, slots=True, eq=False)
class Context:
    """The one of each thing that all pages share.

    Attributes
    ----------
    link
        The engine.
    pictures, reading
        Parts and their pictures; the journal for anything else, both read in threads of their own.
    session
        Who is at the screen.
    keys
        Shortcuts of the page on show; scanners are told from fingers there.
    screen
        What belongs to this screen alone: millimetres, theme and language without a person.
    data
        The station's data folder.
    config
        Its `station.toml`, where the screen was told of one: when shifts begin, and what an engineer works on.
    """

    link: DeskLink
    pictures: Pictures
    reading: Reading
    session: Session
    theme: Theme
    language: Language
    keys: Keys
    screen: ScreenFile
    clock: Clock
    data: Path
    config: Path | None = None
    assist: PairFiles | None = None
    """The model that can be pointed with; None: where it is by default."""

    def end_with(self, window: QObject) -> None:
        """Have all of it destroyed with the window, and after what is in it: only then do the pages' connections end."""
        for part in (self.link, self.pictures, self.reading, self.session, self.theme, self.keys):
            part.setParent(window)

    def stop(self) -> None:
        """End everything that runs in the background, and hear no more of the application's events."""
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self.session)
            app.removeEventFilter(self.keys)
        self.link.stop()
        self.pictures.stop()
        self.reading.stop()


class Page(QWidget):
    """One page of the screen. A page may be shown and hidden any number of times."""

    title = ""
    """Untranslated; `name` gives it in the person's language."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.setObjectName("ground")
        context.theme.changed.connect(self.retheme)

    def name(self) -> str:
        """What the page is called."""
        return self.tr(self.title)

    def may_be_seen(self) -> bool:
        """Whether the person at the screen may go there."""
        return True

    def entered(self) -> None:
        """The page is on show from now on."""

    def left(self) -> None:
        """Another page is."""

    def stop(self) -> None:
        """End what runs in the background: the screen ends."""

    def retheme(self) -> None:
        """Take colours and sizes from the theme again; what paints itself needs no more than this."""
        self.update()

    def retranslate(self) -> None:
        """Say everything again in the language in force."""

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  (Qt's name)
        """Speak the new language as soon as there is one."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
