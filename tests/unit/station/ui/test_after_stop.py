"""What comes on another thread after the screen has ended reaches nobody: the widgets that asked may be gone."""

import threading
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from waiting import wait_until

from station.desk.messages import Answer, FromEngine, ToEngine
from station.ui.aside import Aside
from station.ui.link import DeskLink
from station.ui.reading import Reading


def deliver() -> None:
    QApplication.processEvents()
    QApplication.processEvents()


def test_an_answer_of_the_journal_on_its_way_is_dropped(qtbot: QtBot, tmp_path: Path) -> None:
    told: list[str] = []
    reading = Reading(tmp_path)
    reading.ask(lambda _: None, lambda _: told.append("done"), told.append)
    qtbot.waitUntil(lambda: bool(told))
    reading.ask(lambda _: None, lambda _: told.append("late"), told.append)
    wait_until(lambda: not reading._jobs, "the thread takes the job")
    reading.stop()
    deliver()
    assert len(told) == 1


def test_work_beside_the_screen_is_neither_begun_nor_told(qtbot: QtBot) -> None:
    told: list[int] = []
    aside = Aside("aside")
    aside.ask(lambda: 1, told.append)
    qtbot.waitUntil(lambda: told == [1])
    done = threading.Event()
    aside.ask(done.set, lambda _: told.append(2))
    assert done.wait(10)
    aside.stop()
    aside.ask(lambda: 3, told.append)
    deliver()
    assert told == [1]


class _Client:
    """A connection that says what the test wants."""

    def __init__(self, hear: Callable[[FromEngine], None], lose: Callable[[str], None]) -> None:
        self.hear, self.lose = hear, lose
        self.answered: list[Callable[[Answer], None]] = []

    def start(self) -> None:
        """Nothing to start."""

    def stop(self) -> None:
        """Nothing to stop."""

    def send(self, _command: ToEngine, answered: Callable[[Answer], None]) -> None:
        self.answered.append(answered)


def test_the_engine_is_not_heard_any_more(qtbot: QtBot) -> None:
    assert qtbot is not None
    clients: list[_Client] = []
    link = DeskLink(lambda hear, lose: clients.append(_Client(hear, lose)) or clients[0])
    told: list[object] = []
    link.lost.connect(told.append)
    answer = Answer(key=UUID(int=1), done=True)
    link.send(None, told.append)  # type: ignore[arg-type]  # the client above sends nothing
    link.stop()
    clients[0].lose("gone")
    clients[0].hear(answer)
    clients[0].answered[0](answer)
    deliver()
    assert told == []
