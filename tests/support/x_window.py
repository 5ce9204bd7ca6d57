"""A real X server with a window manager for one test, a hand (xdotool) and eyes (screenshots)."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image, ImageGrab

START_S = 20.0
NEEDED = ("Xvfb", "openbox", "xdotool")


@dataclass(frozen=True, slots=True)
class Desktop:
    """A screen nobody else sees."""

    display: str

    @property
    def environment(self) -> dict[str, str]:
        """What a program needs in order to appear on it."""
        return {**os.environ, "DISPLAY": self.display, "QT_QPA_PLATFORM": "xcb"}

    def hand(self, *words: object) -> str:
        """Let xdotool do something; returns what it says."""
        command = ["xdotool", *map(str, words)]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=30, check=True)
        return done.stdout.strip()

    def tap(self, x: float, y: float) -> None:
        """Press and release at a place of the screen, as quickly as a person can who has just seen what to tap."""
        self.hand("mousemove", round(x), round(y), "sleep", "0.5", "click", 1)

    def key(self, name: str) -> None:
        """Press one key, as quickly as a person can."""
        self.hand("sleep", "0.5", "key", name)

    def stroke(self, points: list[tuple[float, float]], *, release: bool = True) -> None:
        """Press at the first point, go along the others and release at the last, or keep the finger down."""
        (x, y), *rest = points
        words: list[object] = ["mousemove", round(x), round(y), "sleep", "0.5", "mousedown", 1]
        for x, y in rest:
            words += ["mousemove", round(x), round(y), "sleep", "0.01"]
        self.hand(*words, *(("mouseup", 1) if release else ()))

    def type(self, text: str, *, pause_ms: int = 150) -> None:
        """Type a line, as a person does; a badge scanner is much quicker (`pause_ms` = 1)."""
        self.hand("type", "--delay", pause_ms, text)
        self.hand("key", "Return")

    def window(self, title: str, timeout_s: float = 20.0) -> str:
        """Wait for a window by its title; returns its id."""
        deadline = time.monotonic() + timeout_s
        while True:
            command = ["xdotool", "search", "--onlyvisible", "--name", title]
            found = subprocess.run(
                command, env=self.environment, capture_output=True, text=True, check=False, timeout=30
            )
            if found.stdout.strip():
                return found.stdout.split()[0]
            if time.monotonic() > deadline:
                pytest.fail(f"no window {title!r} within {timeout_s} s")

    def picture(self, path: Path | None = None) -> Image.Image:
        """Take a screenshot, and keep it in a file if one is named."""
        image = ImageGrab.grab(xdisplay=self.display)
        if path is not None:
            image.save(path)
        return image


@contextmanager
def desktop(width: int = 1920, height: int = 1080) -> Iterator[Desktop]:
    """Start an X server of that size and a window manager; both end with the block."""
    missing = [name for name in NEEDED if shutil.which(name) is None]
    if missing:
        pytest.fail(f"missing: {', '.join(missing)}; run make setup")
    reader, writer = os.pipe()
    screen = f"{width}x{height}x24"
    command = ["Xvfb", "-displayfd", str(writer), "-screen", "0", screen, "-nolisten", "tcp", "-noreset"]
    server = subprocess.Popen(command, pass_fds=[writer], stderr=subprocess.DEVNULL)
    os.close(writer)
    manager: subprocess.Popen[bytes] | None = None
    try:
        with os.fdopen(reader) as numbers:
            number = numbers.readline().strip()  # ends when the server is ready, or dead
        assert number, "Xvfb did not start"
        found = Desktop(f":{number}")
        manager = subprocess.Popen(["openbox"], env=found.environment, stderr=subprocess.DEVNULL)
        yield found
    finally:
        for process in (manager, server):
            if process is not None:
                process.terminate()
                process.wait(10)
