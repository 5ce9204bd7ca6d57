"""The QA desk as a real window on a real X server: a queue of twenty parts, cleared with the keyboard and nothing else."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import pytest
from desk_of_parts import Station
from review_screen import write_station
from waiting import wait_until
from x_window import Desktop, desktop

from station.journal.reader import JournalReader
from station.journal.review_queries import ReviewQueries, ReviewRecord
from station.line.inspection import VerdictKind
from station.people.manage import manage
from station.people.roles import Role
from station.review.queue import Outcome, QueueFilter, QueueItem, Reason, Stage

pytestmark = pytest.mark.system

BADGE, PIN = "B-0815", "314159"
TITLE = "review"
PARTS = 20
NG, UNDECIDED = VerdictKind.NG, VerdictKind.NOT_DECIDABLE


class Queue:
    """What the journal says of the queue, in the order in which its parts are lent."""

    def __init__(self, data: Path) -> None:
        self._data = data
        with JournalReader(data) as reader:
            self.items: tuple[QueueItem, ...] = ReviewQueries(reader).page(QueueFilter()).items

    def words(self, uid: UUID) -> tuple[ReviewRecord, ...]:
        with JournalReader(self._data) as reader:
            return ReviewQueries(reader).reviews(uid)

    def verdict(self, uid: UUID) -> VerdictKind:
        with JournalReader(self._data) as reader:
            summary = reader.summary(uid)
        assert summary is not None
        return summary.verdict

    def classes(self, uid: UUID) -> set[str]:
        with JournalReader(self._data) as reader:
            stored = reader.annotations(uid)
        return {label.class_name for label in stored[-1].annotation.labels} if stored else set()

    def stages(self) -> dict[Stage, int]:
        with JournalReader(self._data) as reader:
            return dict(ReviewQueries(reader).counts().by_stage)

    def logins(self) -> int:
        with JournalReader(self._data) as reader:
            ((count,),) = reader.connection.execute("SELECT count(*) FROM audit WHERE event = 'logged-in'")
        return int(count)

    def until_said(self, item: QueueItem, what: str, words: int = 1) -> None:
        wait_until(lambda: len(self.words(item.uid)) == words, f"part {item.part_seq}: {what}", 40.0)


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A station that has made twenty parts, and Vera of QA with her badge."""
    config = write_station(tmp_path)
    station = Station(tmp_path / "data", tmp_path / "audit.key")
    for number in range(PARTS):
        station.add_part(kind=UNDECIDED if number % 5 == 4 else NG, size=(800, 600))
    details = {"name": "Vera", "role": Role.QA.value, "badge": BADGE, "pin": PIN}
    manage(lambda work: work(station.journal), "the test", "add", details)
    station.close()
    return config


@contextmanager
def window(config: Path, display: Desktop) -> Iterator[None]:
    """Open the review and give it the keyboard."""
    command = [sys.executable, "-m", "station", "review", "--config", str(config), "--window", "1280x800"]
    environment = {**display.environment, "XDG_CONFIG_HOME": str(config.parent / "settings")}
    with (config.parent / "review.log").open("ab") as log:
        process = subprocess.Popen(command, env=environment, stderr=log)
    try:
        display.hand("windowactivate", "--sync", display.window(TITLE))
        yield
    finally:
        if process.poll() is None:
            process.terminate()
        assert process.wait(20) == 0, (config.parent / "review.log").read_text()


def test_a_queue_is_cleared_with_the_keyboard_alone(config: Path) -> None:
    queue = Queue(config.parent / "data")
    assert len(queue.items) == PARTS
    doubtful, certain = queue.items[:4], queue.items[4:]
    assert {item.verdict for item in doubtful} == {UNDECIDED}
    with desktop(1280, 800) as display, window(config, display):
        wait_until((config.parent / "data" / "desk.sock").exists, "the review serves the desk itself", 40.0)
        display.hand("sleep", "1.5")  # a person looks before they scan
        display.type(BADGE, pause_ms=1)
        display.hand("sleep", "0.5")
        display.type(PIN)
        wait_until(lambda: queue.logins() == 1, "Vera is logged in", 40.0)
        display.key("Return")
        display.hand("sleep", "1.5")
        for number, item in enumerate(doubtful):
            display.key("a" if number % 2 else "r")
            queue.until_said(item, "one key decides it")
        first, second, third, fourth, *rest = certain
        display.key("r")
        queue.until_said(first, "R")
        display.key("z")
        wait_until(lambda: queue.words(first.uid)[-1].undone, "Z takes it back", 40.0)
        display.key("a")
        queue.until_said(first, "A, after all", words=2)
        display.key("2")
        queue.until_said(second, "its class")
        display.key("n")
        display.key("1")
        queue.until_said(third, "to rework")
        display.key("e")
        display.key("1")
        display.key("Return")
        queue.until_said(fourth, "edited")
        for item in rest:
            display.key("a")
            queue.until_said(item, "A")
    assert [queue.verdict(item.uid).value for item in doubtful] == ["NG", "OK", "NG", "OK"]
    assert all(queue.verdict(item.uid) is NG for item in certain)
    assert queue.classes(second.uid) == {"dent"}
    assert queue.classes(fourth.uid) == {"scratch"}
    (sent_back,) = queue.words(third.uid)
    assert (sent_back.outcome, sent_back.reasons) == (Outcome.REWORK, (Reason.WRONG_CLASS,))
    assert all(word.reviewer == "Vera" for item in queue.items for word in queue.words(item.uid))
    stages = queue.stages()
    assert (stages[Stage.DONE], stages[Stage.REWORK], stages.get(Stage.FIRST, 0)) == (PARTS - 1, 1, 0)
