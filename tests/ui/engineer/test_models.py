"""Versions deployed and taken back, and learning, by the real program or one that says what a test wrote."""

import os
from pathlib import Path

import pytest
from engineer_page import LONG_MS, FakeStation, button_of, tap
from fake_desk import Desk
from pytestqt.qtbot import QtBot

from station.ui import child
from station.ui.engineer.models import ModelsPanel
from station.ui.engineer.page import EngineerPage


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
    deploy = button_of(models.shelf, "Deploy")
    tap(qtbot, deploy)
    assert not deploy.isEnabled()
    assert "Trying version 3" in models.shelf._outcome.text()
    qtbot.waitUntil(lambda: "Version 3 of plate is deployed" in models.shelf._outcome.text(), timeout=LONG_MS)
    assert station.calls[1] == ["models", "deploy", "plate", "3", "--config", str(config), "--by", "Ann", "--json"]


def test_going_back(models: ModelsPanel, station: FakeStation, qtbot: QtBot) -> None:
    station.says(
        "rollback", lines=("station: no version of model 'plate' was deployed before the present one",), code=1
    )
    tap(qtbot, button_of(models.shelf, "Go back to the version before"))
    qtbot.waitUntil(lambda: "did not work: station: no version" in models.shelf._outcome.text(), timeout=LONG_MS)
    assert station.calls[1][:3] == ["models", "rollback", "plate"]
    assert button_of(models.shelf, "Deploy").isEnabled()


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
    tap(qtbot, models.learning._start)
    qtbot.waitUntil(lambda: not models.learning.child.running, timeout=LONG_MS)
    assert heard == [0.1, 0.62, 0.62]
    assert models.learning._stage.text() == lines[-1]
    assert models.learning._bar.share == 1.0
    assert ["learn", "--config", str(config), "--parent", str(os.getpid())] in station.calls


def test_learning_that_fails_says_why(models: ModelsPanel, station: FakeStation, qtbot: QtBot) -> None:
    station.says("learn", lines=(" 10% good part 3 of 30 taken", "station: camera cam: picture 4 is black"), code=3)
    tap(qtbot, models.learning._start)
    qtbot.waitUntil(lambda: "picture 4 is black" in models.learning._stage.text(), timeout=LONG_MS)
    assert models.learning._start.isVisible()


def test_real_learning_is_cancelled_and_deploys_nothing(desk: Desk, page: EngineerPage, qtbot: QtBot) -> None:
    desk.log_in("engineer")
    page.entered()
    page.go(2)
    panel = page.findChild(ModelsPanel)
    heard: list[str] = []  # on a busy machine lines come together, and the panel says the last
    panel.learning.child.line.connect(heard.append)
    tap(qtbot, panel.learning._start)
    qtbot.waitUntil(lambda: any("taken" in line for line in heard), timeout=LONG_MS)
    tap(qtbot, panel.learning._cancel)
    qtbot.waitUntil(lambda: not panel.learning.child.running, timeout=LONG_MS)
    assert panel.learning._stage.text() == "Cancelled; nothing was deployed."
    assert not list(desk.context.data.glob("models/*/deployed.json"))
    qtbot.waitUntil(lambda: panel.shelf._models == [] and not panel.shelf._child.running, timeout=LONG_MS)


def test_a_screen_that_ends_takes_its_learning_with_it(desk: Desk, page: EngineerPage, qtbot: QtBot) -> None:
    desk.log_in("engineer")
    page.entered()
    page.go(2)
    panel = page.findChild(ModelsPanel)
    heard: list[str] = []  # on a busy machine lines come together, and the panel says the last
    panel.learning.child.line.connect(heard.append)
    tap(qtbot, panel.learning._start)
    qtbot.waitUntil(lambda: any("taken" in line for line in heard), timeout=LONG_MS)
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
