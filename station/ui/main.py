"""The screen's process: one window on one station's data folder."""

import os
import signal
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSocketNotifier
from PySide6.QtWidgets import QApplication, QWidget

from models.pair_files import PairFiles
from station.desk.client import DeskClient
from station.desk.messages import Kind
from station.errors import DisplayMissingError
from station.ui.context import Clock, Context
from station.ui.engineer.page import EngineerPage
from station.ui.garbage import Garbage
from station.ui.i18n import Language
from station.ui.keys import Keys
from station.ui.link import Connect, DeskLink
from station.ui.operator.inspect import InspectPage
from station.ui.pictures import Pictures
from station.ui.priority import give_way
from station.ui.reading import Reading
from station.ui.screen_file import ScreenFile
from station.ui.session import Session
from station.ui.settings import SettingsPage
from station.ui.shell import Shell
from station.ui.shift.page import ShiftPage
from station.ui.theme import Theme, ThemeName

_NEEDS_NO_DISPLAY = {"offscreen", "minimal", "vnc", "eglfs", "linuxfb"}


@dataclass(frozen=True, slots=True)
class ScreenOptions:
    """What the command line says; None leaves it to the screen's own settings."""

    data: Path
    window: tuple[int, int] | None = None
    theme: ThemeName | None = None
    language: str | None = None
    config: Path | None = None
    """`station.toml`, where the screen was told of one."""
    recipes: Path | None = None
    """Folder of the recipes; None: where they stand by default."""
    assist: PairFiles | None = None
    """The model that can be pointed with; None: where it is by default."""


def run(options: ScreenOptions) -> int:
    """Show the screen until it is closed or a signal ends it.

    Raises
    ------
    DisplayMissingError
        If there is nothing to show it on.
    """
    check_display(os.environ)
    give_way()
    app = QApplication.instance() or QApplication(["station"])
    context = make_context(options)
    shell = make_shell(context)
    with ended_by_signals(shell):
        if options.window is None:
            shell.showFullScreen()
        else:
            shell.resize(*options.window)
            shell.show()
        context.link.start()
        garbage = Garbage()
        try:
            return app.exec()
        finally:
            shell.stop()
            shell.deleteLater()
            garbage.stop()


def make_context(options: ScreenOptions, *, connect: Connect | None = None, clock: Clock | None = None) -> Context:
    """Put together what the pages share; `link.start()` is still to be called."""
    screen = ScreenFile()
    theme = Theme(options.theme or screen.settings.theme, screen.settings.px_per_mm)
    if options.theme is not None:
        screen.settings = screen.settings.model_copy(update={"theme": options.theme})
    if options.language is not None:
        screen.settings = screen.settings.model_copy(update={"language": options.language})
    language = Language()
    language.choose(screen.settings.language)
    link = DeskLink(connect or partial(DeskClient, options.data, Kind.SCREEN))
    return Context(
        link=link,
        pictures=Pictures(options.data, recipes=options.recipes),
        reading=Reading(options.data),
        session=Session(link),
        theme=theme,
        language=language,
        keys=Keys(),
        screen=screen,
        clock=clock or Clock(),
        data=options.data,
        config=options.config,
        assist=options.assist,
    )


def make_shell(context: Context) -> Shell:
    """Build the window with all its pages."""
    settings = SettingsPage(context)
    shell = Shell(context, InspectPage(context), (ShiftPage(context), EngineerPage(context), settings))
    shell.unmeasured.wanted.connect(lambda: shell.go_to(shell.pages.index(settings)))
    return shell


def check_display(environment: Mapping[str, str]) -> None:
    """See that a window can be opened, before Qt ends the process over it.

    Raises
    ------
    DisplayMissingError
        If no display is named, or the one that is named does not answer.
    """
    if environment.get("QT_QPA_PLATFORM", "").partition(":")[0] in _NEEDS_NO_DISPLAY:
        return
    wayland, x11 = environment.get("WAYLAND_DISPLAY", ""), environment.get("DISPLAY", "")
    if not wayland and not x11:
        raise DisplayMissingError(
            "there is no display for the operator screen; start it from a desktop session, or set DISPLAY"
        )
    if wayland and _answers(str(Path(environment.get("XDG_RUNTIME_DIR", "/"), wayland))):
        return
    host, _, number = x11.rpartition(":")
    if x11 and (host not in {"", "unix"} or _answers(f"/tmp/.X11-unix/X{number.partition('.')[0]}")):  # noqa: S108  (X's own)
        return
    named = f"DISPLAY={x11}" if x11 else f"WAYLAND_DISPLAY={wayland}"
    raise DisplayMissingError(f"the display {named} does not answer; start the desktop session, or correct the name")


def _answers(address: str) -> bool:
    """Whether somebody listens on a UNIX socket; X listens on an abstract one of the same name too."""
    for name in (address, "\0" + address):
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
            try:
                probe.connect(name)
            except OSError:
                continue
            return True
    return False


@contextmanager
def ended_by_signals(shell: QWidget) -> Iterator[None]:
    """Close the window on SIGINT and SIGTERM: Python is woken out of Qt's loop by a byte in a socket."""
    receiving, sending = socket.socketpair()
    sending.setblocking(False)
    notifier = QSocketNotifier(receiving.fileno(), QSocketNotifier.Type.Read)
    notifier.activated.connect(lambda *_: shell.close())
    before = {number: signal.signal(number, _nothing) for number in (signal.SIGINT, signal.SIGTERM)}
    wakeup = signal.set_wakeup_fd(sending.fileno(), warn_on_full_buffer=False)
    try:
        yield
    finally:
        signal.set_wakeup_fd(wakeup)
        for number, handler in before.items():
            signal.signal(number, handler)
        notifier.setEnabled(False)
        receiving.close()
        sending.close()


def _nothing(_number: int, _frame: object) -> None:
    """The byte in the socket says it all."""
