"""The page Engineer on a station's folder, without an engine, and with a program that says what a test wrote."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import numpy as np
import numpy.typing as npt
from fake_desk import NOW, Desk
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from camera.frame import PixelFormat
from station.journal.images import encode
from station.journal.store import Journal
from station.line.inspection import Author, Inspection, RecipeRef, Trigger, Verdict, VerdictKind, View
from station.ui.button import Button
from station.ui.engineer.line import LinePanel
from station.ui.engineer.page import EngineerPage

LONG_MS = 60_000
"""For what starts a real program on a busy machine."""
STATION = """
[[camera]]
name = "cam"
[camera.options]
width = 320
height = 256
[camera.features]
ExposureTime = 5000.0
[plc]
mode = "none"
[line]
recipe = "plate-A"
trigger = "timer"
"""
RECIPE = """
name = "plate-A"
number = 1
pixel_size_um = 400.0
[[view]]
name = "top"
camera = "cam"
model = "plate"
[view.features]
Gain = 2.0
[learn]
parts = 30
"""


@dataclass(frozen=True)
class Plant:
    """What a station's folder has, and how large the page stands before it."""

    station: str = STATION
    recipe: str = RECIPE
    size: tuple[int, int] = (1920, 1000)


SHELF = {
    "models": [
        {
            "name": "plate",
            "deployed": "1",
            "versions": [
                {
                    "version": "1",
                    "deployed": True,
                    "task": "anomaly",
                    "head": "padim",
                    "created": "2026-11-17T10:00:00+00:00",
                    "sha256": "ab" * 32,
                },
                {"version": "2", "deployed": False, "error": "manifest.json is missing"},
                {
                    "version": "3",
                    "deployed": False,
                    "task": "anomaly",
                    "head": "pixel",
                    "created": "2026-11-17T11:00:00+00:00",
                    "sha256": "cd" * 32,
                },
            ],
        }
    ]
}


@dataclass
class FakeStation:
    """In the place of the `station` command: says what a test wrote, and keeps how it was called."""

    folder: Path

    def says(self, command: str, out: object = None, *, lines: tuple[str, ...] = (), code: int = 0) -> None:
        """Say this from now on when called with a command: its last word, such as "deploy"."""
        said = {"out": None if out is None else json.dumps(out), "lines": lines, "code": code}
        (self.folder / f"{command}.json").write_text(json.dumps(said))

    @property
    def calls(self) -> list[list[str]]:
        log = self.folder / "calls"
        return [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []


FAKE = """
import json, pathlib, sys
folder = pathlib.Path(__file__).parent
with (folder / "calls").open("a") as log:
    log.write(json.dumps(sys.argv[1:]) + "\\n")
command = next(word for word in sys.argv[1:] if word != "models")
says = json.loads((folder / f"{command}.json").read_text())
for line in says["lines"]:
    print(line, file=sys.stderr, flush=True)
if says["out"] is not None:
    print(says["out"])
sys.exit(says["code"])
"""


def tap(qtbot: QtBot, widget: QWidget) -> None:
    """Tap something."""
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def button_of(within: QWidget, text: str) -> Button:
    """Return the button that is shown with these words."""
    return next(button for button in within.findChildren(Button) if button.text() == text and not button.isHidden())


def line_panel(desk: Desk, page: EngineerPage) -> LinePanel:
    """Go to the panel of recipe and line, as an engineer with two recipes."""
    desk.log_in("engineer")
    page.entered()
    desk.welcome(recipes=("plate-A", "plate-B"))
    page.go(1)
    panel: LinePanel = page.findChild(LinePanel)
    return panel


def pictured(journal: Journal, name: str, camera: str, pixels: npt.NDArray[np.uint8]) -> View:
    """Return a view with a picture."""
    image = encode(pixels, PixelFormat.MONO8)
    height, width = pixels.shape
    blob = journal.blobs.put(image.data, image.media_type)
    return View(name, camera, image=blob, width=width, height=height, pixel_format="Mono8")


def record_part(
    config: Path, number: int, views: Callable[[Journal], Iterable[View]], kind: VerdictKind = VerdictKind.OK
) -> UUID:
    """Record a part of plate-A, as the engine does."""
    trigger = Trigger(UUID(int=(1 << 100) + number), number, number, number, f"P{number}", 0, NOW, number)
    verdict = Verdict(kind, Author.RULES, "", NOW)
    with Journal.open(config.parent, audit_key_path=config.parent.parent / "audit.key") as journal:
        journal.record(Inspection(trigger, RecipeRef("plate-A", 1, "ab" * 32), tuple(views(journal)), verdict, 40))
    return trigger.uid
