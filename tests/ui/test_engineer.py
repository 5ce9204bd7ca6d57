"""The page Engineer: who may, what the cameras saw, recipe, pause, models, learning, doctor."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import numpy as np
import pytest
from fake_desk import NOW, Desk, finished_part, make_desk
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from camera.frame import PixelFormat
from station.desk.messages import ChooseRecipe, Pause, Refusal, Resume
from station.journal.images import encode
from station.journal.store import Journal
from station.line.inspection import (
    Author,
    Fault,
    FaultCode,
    Inspection,
    RecipeRef,
    Trigger,
    Verdict,
    VerdictKind,
    View,
)
from station.ui import child
from station.ui.button import Button
from station.ui.engineer.doctor import DoctorPanel
from station.ui.engineer.line import LinePanel
from station.ui.engineer.live import LivePanel
from station.ui.engineer.models import ModelsPanel
from station.ui.engineer.page import EngineerPage
from station.ui.theme import ThemeName
from station.ui.widgets import Band

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


@pytest.fixture
def config(tmp_path: Path) -> Path:
    data = tmp_path / "data"
    (data / "recipes").mkdir(parents=True)
    (data / "recipes" / "plate-A.toml").write_text(RECIPE)
    (data / "station.toml").write_text(f'[station]\naudit_key = "{tmp_path}/audit.key"\n{STATION}')
    return data / "station.toml"


@pytest.fixture
def desk(config: Path, tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    desk = make_desk(config.parent, tmp_path / "screen.json", config=config)
    yield desk
    desk.stop()


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> Iterator[EngineerPage]:
    page = EngineerPage(desk.context)
    qtbot.addWidget(page)
    page.resize(1920, 1000)
    page.show()
    yield page
    page.left()  # gives its keys back


@pytest.fixture
def record(config: Path, tmp_path: Path) -> Callable[..., UUID]:
    numbers = iter(range(1, 100))

    def record(grey: int | None, **fields: object) -> UUID:
        number = next(numbers)
        uid = UUID(int=(1 << 100) + number)
        with Journal.open(config.parent, audit_key_path=tmp_path / "audit.key") as journal:
            known: dict[str, object] = {"name": "top", "camera": "cam"}
            if grey is not None:
                pixels = np.full((256, 320), grey, np.uint8)
                pixels[:, 160:] = 250
                image = encode(pixels, PixelFormat.MONO8)
                blob = journal.blobs.put(image.data, image.media_type)
                known |= {"image": blob, "width": 320, "height": 256, "pixel_format": "Mono8"}
            view = View(**(known | fields))  # type: ignore[arg-type]
            trigger = Trigger(uid, number, number, number, f"P{number}", 0, NOW, number)
            verdict = Verdict(VerdictKind.OK, Author.RULES, "", NOW)
            journal.record(Inspection(trigger, RecipeRef("plate-A", 1, "ab" * 32), (view,), verdict, 40))
        return uid

    return record


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


_FAKE = """
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


@pytest.fixture
def station(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeStation:
    folder = tmp_path / "station"
    folder.mkdir()
    (folder / "station.py").write_text(_FAKE)
    monkeypatch.setattr(child, "PROGRAM", (sys.executable, str(folder / "station.py")))
    fake = FakeStation(folder)
    fake.says("list", SHELF)
    return fake


def _tap(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def _button(within: QWidget, text: str) -> Button:
    return next(button for button in within.findChildren(Button) if button.text() == text and not button.isHidden())


# Who may --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "may"),
    [("operator", False), ("qa", False), ("engineer", True), ("administrator", True), ("service", True)],
)
def test_who_may_go_there(desk: Desk, page: EngineerPage, role: str, *, may: bool) -> None:
    assert not page.may_be_seen()
    desk.log_in(role)
    assert page.may_be_seen() == may
    desk.context.session.log_out()
    assert not page.may_be_seen()


def test_without_the_right_nothing_can_be_pressed(
    desk: Desk, station: FakeStation, page: EngineerPage, qtbot: QtBot
) -> None:
    panel = _line(desk, page)
    page.go(2)
    shelf = page.findChild(ModelsPanel).shelf
    qtbot.waitUntil(lambda: bool(shelf._buttons) and shelf._buttons[0].isEnabled(), timeout=LONG_MS)
    desk.context.session.log_out()
    buttons = [*panel.recipe._buttons.values(), panel.line._pause, *shelf._buttons]
    assert not any(button.isEnabled() for button in buttons)


def test_keys_go_to_the_parts_of_the_page(desk: Desk, page: EngineerPage, qtbot: QtBot) -> None:
    desk.log_in("engineer")
    page.entered()
    qtbot.keyClick(page, Qt.Key.Key_2)
    qtbot.waitUntil(lambda: page._stack.currentIndex() == 1)
    page.left()
    qtbot.keyClick(page, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: not desk.context.keys._held)
    assert page._stack.currentIndex() == 1


# Cameras --------------------------------------------------------------------------------------------------------------


def test_cameras_show_the_newest_picture_and_its_figures(
    desk: Desk, page: EngineerPage, record: Callable[..., UUID], qtbot: QtBot
) -> None:
    record(30)
    newest = record(50, chunk={"ChunkExposureTime": "4998.5"})
    desk.log_in("engineer")
    page.entered()
    live = page.findChild(LivePanel)
    qtbot.waitUntil(lambda: len(live._cards) == 1)
    card = live._cards[0]
    assert card._title.whole == "Camera cam, view top"
    assert "P2" in card._note.text()
    assert card._values["brightness"].whole == f"{(50 + 250) / 2 / 255:.2f}"
    assert card._values["ExposureTime"].whole == "4998.5 (set to 5000.0)"
    assert card._values["Gain"].whole == "set to 2.0"
    assert card._histogram._shares is not None
    assert card._histogram._shares[[50, 250]].tolist() == [0.5, 0.5]
    third = record(90)
    desk.client.say(finished_part(newest))
    desk.client.say(finished_part(third))
    qtbot.waitUntil(lambda: "P3" in card._note.text())
    page.left()


def test_a_camera_without_a_picture_says_why(
    desk: Desk, page: EngineerPage, record: Callable[..., UUID], qtbot: QtBot
) -> None:
    record(None, fault=Fault(FaultCode.CAMERA, "cam", "Camera cam is silent. Check its cable."))
    desk.log_in("engineer")
    page.entered()
    live = page.findChild(LivePanel)
    qtbot.waitUntil(lambda: len(live._cards) == 1)
    assert live._cards[0]._trouble.text() == "Camera cam is silent. Check its cable."
    assert live._cards[0]._values["sharpness"].whole == "-"
    assert not page.grab().isNull()


def test_before_the_first_part(desk: Desk, page: EngineerPage, qtbot: QtBot) -> None:
    desk.log_in("engineer")
    page.entered()
    live = page.findChild(LivePanel)
    qtbot.waitUntil(lambda: "cannot be read" in live._empty.text())
    assert live._empty.isVisible()


def test_a_part_that_the_journal_lost_its_picture_of(
    desk: Desk, page: EngineerPage, record: Callable[..., UUID], qtbot: QtBot
) -> None:
    record(30)
    for blob in (desk.context.data / "blobs").rglob("*"):
        if blob.is_file():
            blob.unlink()
    desk.log_in("engineer")
    page.entered()
    live = page.findChild(LivePanel)
    qtbot.waitUntil(lambda: len(live._cards) == 1)
    assert "blobs" in live._cards[0]._trouble.text()


# Recipe and line ------------------------------------------------------------------------------------------------------


def _line(desk: Desk, page: EngineerPage) -> LinePanel:
    desk.log_in("engineer")
    page.entered()
    desk.welcome(recipes=("plate-A", "plate-B"))
    page.go(1)
    return page.findChild(LinePanel)


def test_a_recipe_is_chosen_in_two_taps_that_say_what_it_means(desk: Desk, page: EngineerPage, qtbot: QtBot) -> None:
    card = _line(desk, page).recipe
    assert card._now.text() == "plate-A, version 7, number 1 for the PLC"
    assert not card._yes.isVisible()
    _tap(qtbot, card._buttons["plate-B"])
    assert card._meaning.text().startswith("Change to plate-B: the engine starts again.")
    before = len(desk.client.sent)
    _tap(qtbot, card._no)
    assert not card._yes.isVisible()
    assert len(desk.client.sent) == before
    _tap(qtbot, card._buttons["plate-B"])
    _tap(qtbot, card._yes)
    assert desk.client.last(ChooseRecipe).recipe == "plate-B"
    assert not card._buttons["plate-A"].isEnabled()
    desk.client.answer()
    assert "starts again with recipe plate-B" in card._outcome.text()


def test_a_refused_recipe_says_why(desk: Desk, page: EngineerPage, qtbot: QtBot) -> None:
    card = _line(desk, page).recipe
    _tap(qtbot, card._buttons["plate-B"])
    _tap(qtbot, card._yes)
    desk.client.answer(Refusal.BAD_VALUE, "plate-B.toml, line 3: number is missing.")
    assert card._outcome.text() == "plate-B.toml, line 3: number is missing."
    assert card._buttons["plate-B"].isEnabled()


def test_pause_and_go_on(desk: Desk, page: EngineerPage, qtbot: QtBot) -> None:
    card = _line(desk, page).line
    assert card._state.text() == "running"
    assert not card._resume.isVisible()
    _tap(qtbot, card._reasons[0])
    _tap(qtbot, card._pause)
    assert desk.client.last(Pause).reason == "Cleaning"
    desk.client.answer()
    desk.state(accepting=False, online=False)
    assert card._state.text() == "paused"
    assert not card._pause.isVisible()
    _tap(qtbot, card._resume)
    desk.client.last(Resume)
    desk.client.answer()
    desk.state()
    assert card._state.text() == "running"


def test_without_an_engine_nothing_can_be_pressed(desk: Desk, page: EngineerPage) -> None:
    panel = _line(desk, page)
    desk.client.lose("the engine ended")
    assert panel.line._state.text() == "no engine"
    assert not panel.line._pause.isEnabled()
    assert not panel.recipe._buttons["plate-B"].isEnabled()


# Models ---------------------------------------------------------------------------------------------------------------


@pytest.fixture
def models(desk: Desk, station: FakeStation, page: EngineerPage, qtbot: QtBot) -> ModelsPanel:
    desk.log_in("engineer")
    page.entered()
    page.go(2)
    panel: ModelsPanel = page.findChild(ModelsPanel)
    qtbot.waitUntil(lambda: panel.shelf._models is not None and not panel.shelf._child.running, timeout=LONG_MS)
    return panel


def test_a_version_is_deployed_in_the_persons_name(
    models: ModelsPanel, station: FakeStation, config: Path, qtbot: QtBot
) -> None:
    assert station.calls == [["models", "list", "--config", str(config), "--json"]]
    station.says("deploy", {"name": "plate", "deployed": "3", "before": "1"})
    deploy = _button(models.shelf, "Deploy")
    _tap(qtbot, deploy)
    assert not deploy.isEnabled()
    assert "Trying version 3" in models.shelf._outcome.text()
    qtbot.waitUntil(lambda: "Version 3 of plate is deployed" in models.shelf._outcome.text(), timeout=LONG_MS)
    assert station.calls[1] == ["models", "deploy", "plate", "3", "--config", str(config), "--by", "Ann", "--json"]


def test_going_back(models: ModelsPanel, station: FakeStation, qtbot: QtBot) -> None:
    station.says(
        "rollback", lines=("station: no version of model 'plate' was deployed before the present one",), code=1
    )
    _tap(qtbot, _button(models.shelf, "Go back to the version before"))
    qtbot.waitUntil(lambda: "did not work: station: no version" in models.shelf._outcome.text(), timeout=LONG_MS)
    assert station.calls[1][:3] == ["models", "rollback", "plate"]
    assert _button(models.shelf, "Deploy").isEnabled()


def test_learning_waits_for_the_engine_to_go(models: ModelsPanel, desk: Desk) -> None:
    desk.welcome()
    assert not models.learning._start.isEnabled()
    assert "The engine holds cameras and journal" in models.learning._meaning.text()
    desk.client.lose("the engine ended")
    assert models.learning._start.isEnabled()
    desk.context.session.log_out()
    assert not models.learning._start.isEnabled()


def test_learning_shows_how_far_it_is(models: ModelsPanel, station: FakeStation, config: Path, qtbot: QtBot) -> None:
    heard: list[float] = []
    models.learning.child.line.connect(lambda _: heard.append(models.learning._bar.share))
    lines = (" 10% good part 3 of 30 taken", " 62% features", "model plate version 4: learned from 30 good parts")
    station.says("learn", lines=lines)
    _tap(qtbot, models.learning._start)
    qtbot.waitUntil(lambda: not models.learning.child.running, timeout=LONG_MS)
    assert heard == [0.1, 0.62, 0.62]
    assert models.learning._stage.text() == lines[-1]
    assert models.learning._bar.share == 1.0
    assert ["learn", "--config", str(config), "--parent", str(os.getpid())] in station.calls


def test_learning_that_fails_says_why(models: ModelsPanel, station: FakeStation, qtbot: QtBot) -> None:
    station.says("learn", lines=(" 10% good part 3 of 30 taken", "station: camera cam: picture 4 is black"), code=3)
    _tap(qtbot, models.learning._start)
    qtbot.waitUntil(lambda: "picture 4 is black" in models.learning._stage.text(), timeout=LONG_MS)
    assert models.learning._start.isVisible()


def test_real_learning_is_cancelled_and_deploys_nothing(desk: Desk, page: EngineerPage, qtbot: QtBot) -> None:
    desk.log_in("engineer")
    page.entered()
    page.go(2)
    panel = page.findChild(ModelsPanel)
    _tap(qtbot, panel.learning._start)
    qtbot.waitUntil(lambda: "taken" in panel.learning._stage.text(), timeout=LONG_MS)
    _tap(qtbot, panel.learning._cancel)
    qtbot.waitUntil(lambda: not panel.learning.child.running, timeout=LONG_MS)
    assert panel.learning._stage.text() == "Cancelled; nothing was deployed."
    assert not list(desk.context.data.glob("models/*/deployed.json"))
    qtbot.waitUntil(lambda: panel.shelf._models == [] and not panel.shelf._child.running, timeout=LONG_MS)


def test_a_screen_that_ends_takes_its_learning_with_it(desk: Desk, page: EngineerPage, qtbot: QtBot) -> None:
    desk.log_in("engineer")
    page.entered()
    page.go(2)
    panel = page.findChild(ModelsPanel)
    _tap(qtbot, panel.learning._start)
    qtbot.waitUntil(lambda: "taken" in panel.learning._stage.text(), timeout=LONG_MS)
    panel.learning.child.stop()
    assert not panel.learning.child.running
    qtbot.waitUntil(lambda: not panel.shelf._child.running, timeout=LONG_MS)


def test_a_program_that_is_not_there(desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "PROGRAM", ("/nowhere/station",))
    started = child.Child()
    with qtbot.waitSignal(started.done) as done:
        assert started.run("doctor")
    assert done.args[0] == -1
    assert not started.running


# Doctor ---------------------------------------------------------------------------------------------------------------


def test_every_finding_with_its_remedy_the_worst_first(
    desk: Desk, station: FakeStation, page: EngineerPage, config: Path, qtbot: QtBot
) -> None:
    checks = [
        {"name": "python", "state": "ok", "text": "CPython 3.11", "remedy": ""},
        {"name": "memory", "state": "warning", "text": "little", "remedy": "add memory"},
        {"name": "camera cam", "state": "fail", "text": "is not there", "remedy": "check its cable"},
    ]
    station.says("doctor", {"ok": False, "checks": checks}, code=3)
    desk.log_in("service")
    page.entered()
    page.go(3)
    panel = page.findChild(DoctorPanel)
    qtbot.waitUntil(lambda: panel._checks is not None, timeout=LONG_MS)
    assert station.calls[-1] == ["doctor", "--config", str(config), "--json"]
    assert panel._outcome.text() == "To mend: 1. To know: 1."
    band = panel._list.itemAt(0).widget()
    assert isinstance(band, Band)
    assert band.words == "camera cam: is not there check its cable"
    assert panel._list.count() == 4
    station.says("doctor", lines=("station: no such file",), code=2)
    _tap(qtbot, panel._again)
    qtbot.waitUntil(lambda: "could not work: station: no such file" in panel._outcome.text(), timeout=LONG_MS)


def test_the_real_doctor(desk: Desk, page: EngineerPage, qtbot: QtBot) -> None:
    desk.log_in("engineer")
    page.entered()
    page.go(3)
    panel = page.findChild(DoctorPanel)
    qtbot.waitUntil(lambda: panel._checks is not None, timeout=LONG_MS)
    assert {"python", "camera cam", "model of top"} <= {check["name"] for check in panel._checks}


# How it looks ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("theme", ThemeName)
@pytest.mark.parametrize("size", [(1920, 1000), (1280, 720), (1080, 1780)])
def test_nothing_sticks_out(
    desk: Desk,
    station: FakeStation,
    page: EngineerPage,
    record: Callable[..., UUID],
    qtbot: QtBot,
    theme: ThemeName,
    size: tuple[int, int],
) -> None:
    record(40)
    station.says("doctor", {"ok": True, "checks": []})
    desk.context.theme.choose(theme)
    page.setStyleSheet(desk.context.theme.stylesheet())
    page.resize(*size)
    _line(desk, page)
    for number, (panel, _) in enumerate(page.panels):
        page.go(number)
        qtbot.waitUntil(lambda panel=panel: page.rect().contains(panel.geometry().translated(0, 0)))
        for child_widget in panel.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            assert not child_widget.isVisible() or panel.rect().contains(child_widget.geometry()), (panel, child_widget)
        assert not page.grab().isNull()
    shelf = page.findChild(ModelsPanel).shelf
    qtbot.waitUntil(lambda: not shelf._child.running, timeout=LONG_MS)
    qtbot.waitUntil(lambda: not page.findChild(DoctorPanel)._child.running, timeout=LONG_MS)
