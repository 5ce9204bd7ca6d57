"""The screen on a real line: what is tapped reaches the PLC's gate and the journal, and the line does without the screen."""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from rig import Rig, learn_small_line, small_plan, unused_port
from screen import PASSWORD, add_people
from waiting import catches, wait_until

from station.commands.main import main
from station.demo.layout import write_files
from station.desk.client import DeskClient
from station.desk.messages import Kind
from station.journal.reader import JournalReader
from station.ui.main import ScreenOptions, make_context, make_shell
from station.ui.shell import Shell

pytestmark = pytest.mark.system


@pytest.fixture(scope="module")
def learned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a learned and deployed model and no parts."""
    data = tmp_path_factory.mktemp("learned")
    learn_small_line(data)
    return data


@pytest.fixture
def rig(learned: Path, tmp_path: Path) -> Iterator[Rig]:
    """A learned line whose every part is one that a person must decide, within two seconds."""
    data = tmp_path / "data"
    shutil.copytree(learned, data)
    plan, port = replace(small_plan(data), takt_ms=2500), unused_port()
    write_files(plan, port)
    recipe = data / "recipes" / "plate-A.toml"
    view = 'model = "plate-A"\n'
    text = recipe.read_text()
    text = re.sub(r"wait_ms = \d+", "wait_ms = 2000", text.replace(view, f"{view}low = -1e9\nhigh = 1e9\n"))
    assert "wait_ms = 2000" in text
    recipe.write_text(text)
    line = Rig(plan, port, tmp_path / "plc.jsonl")
    yield line
    line.end()


@pytest.fixture
def shell(rig: Rig, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shell]:
    """The window, attached as the program does it."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "screen"))
    data = rig.plan.data
    context = make_context(ScreenOptions(data), connect=partial(DeskClient, data, Kind.SCREEN))
    shell = make_shell(context)
    shell.resize(1280, 800)
    shell.show()
    context.link.start()
    yield shell
    shell.close()
    shell.stop()
    shell.deleteLater()


def log_in(shell: Shell, qtbot: QtBot, name: str) -> None:
    qtbot.waitUntil(lambda: shell.context.link.up, timeout=20_000)
    shell.context.session.log_in(PASSWORD, lambda _: None, name=name)
    qtbot.waitUntil(lambda: shell.context.session.person is not None, timeout=20_000)


def test_what_is_tapped_reaches_the_gate_and_without_a_tap_the_part_is_rejected(
    rig: Rig, shell: Shell, qtbot: QtBot
) -> None:
    assert shell.lost.isVisible(), "no engine yet, and the window says so"
    rig.start_engine()
    rig.until_online()
    add_people(rig.plan.data, Maria="operator")
    log_in(shell, qtbot, "Maria")
    rig.start_plc(3)
    page = shell.inspect
    for seq, button in ((1, page.column.verdicts.ok), (2, page.column.verdicts.ng)):
        qtbot.waitUntil(lambda seq=seq: held_seq(shell) == seq and not page.why_not, timeout=30_000)
        qtbot.wait(320)  # taps right after the picture changed are for the part before
        button.click()
        qtbot.waitUntil(lambda: "saved" in shell.toast.text, timeout=10_000)
        shell.toast.clear()
        if page.ng.active:
            page._live()
    assert page.part is not None
    assert page.part.views[0].limits == (-1e9, 1e9), "the recipe outweighs the model"
    qtbot.waitUntil(lambda: "nobody decided in time" in page.column.note.words, timeout=30_000)
    rig.wait_plc()
    assert [part.passed for part in rig.gated()] == [True, False, False]
    with JournalReader(rig.plan.data) as journal:
        newest = journal.parts().parts
    assert [part.verdict.value for part in newest] == ["NOT_DECIDABLE", "NG", "OK"]
    assert [part.by.value for part in newest] == ["rules", "operator", "operator"]


def held_seq(shell: Shell) -> int | None:
    held = shell.inspect.showing.hold
    return held.part_seq if held else None


def test_the_window_finds_the_engine_again_by_itself(rig: Rig, shell: Shell, qtbot: QtBot) -> None:
    rig.start_engine()
    rig.until_online()
    add_people(rig.plan.data, Maria="operator")
    log_in(shell, qtbot, "Maria")
    assert rig.engine is not None
    rig.engine.send_signal(signal.SIGKILL)
    qtbot.waitUntil(shell.lost.isVisible, timeout=10_000)
    assert not shell.inspect.column.verdicts.ok.isEnabled()
    rig.engine.communicate()
    rig.start_engine()
    qtbot.waitUntil(lambda: not shell.lost.isVisible(), timeout=20_000)
    qtbot.waitUntil(shell.login.isVisible)
    assert "The engine started again" in shell.login.trouble
    log_in(shell, qtbot, "Maria")


def start_screen(data: Path, *words: str, **environment: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "station", "ui", "--data", str(data), "--window", "1280x800", *words]
    return subprocess.Popen(
        command, env={**os.environ, **environment}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def test_the_program_waits_without_an_engine_says_nothing_and_ends_when_told(tmp_path: Path) -> None:
    screen = start_screen(tmp_path / "nothing-yet", QT_QPA_PLATFORM="offscreen", QT_LOGGING_RULES="*=false")
    try:
        wait_until(lambda: catches(screen.pid, signal.SIGTERM), "the screen to listen", 30)
        with pytest.raises(subprocess.TimeoutExpired):
            screen.wait(2)
        screen.terminate()
        out, err = screen.communicate(timeout=20)
    finally:
        screen.kill()
    assert (screen.returncode, out) == (0, "")
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"DISPLAY": "", "WAYLAND_DISPLAY": ""}, "there is no display for the operator screen"),
        ({"DISPLAY": ":4711", "WAYLAND_DISPLAY": ""}, "DISPLAY=:4711 does not answer"),
        ({"DISPLAY": "", "WAYLAND_DISPLAY": "wayland-4711"}, "WAYLAND_DISPLAY=wayland-4711 does not answer"),
    ],
)
def test_without_a_display_there_is_one_clear_error(
    environment: dict[str, str],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.delenv("QT_QPA_PLATFORM")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert main(["ui", "--data", str(tmp_path)]) == 3
    err = capsys.readouterr().err
    assert said in err
    assert err.count("\n") == 1


def test_a_size_that_is_none_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as exit_:
        main(["ui", "--window", "large"])
    assert exit_.value.code == 2
    assert "write it as 1280x800" in capsys.readouterr().err


def test_main_shows_the_window_and_ends_with_it(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "screen"))
    monkeypatch.setattr("station.ui.main.give_way", lambda: None)  # it is for a process that is the screen's alone
    seen: list[tuple[int, int]] = []

    def look() -> None:
        from PySide6.QtWidgets import QApplication

        shells = [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, Shell)]
        seen.extend((shell.width(), shell.height()) for shell in shells)
        for shell in shells:
            shell.close()

    from PySide6.QtCore import QTimer

    QTimer.singleShot(300, look)
    assert main(["ui", "--data", str(tmp_path), "--window", "1280x800", "--theme", "night"]) == 0
    assert seen == [(1280, 800)]
