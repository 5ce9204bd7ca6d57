"""A program at the desk, as a test drives it: it asks and waits for the answer, and remembers what it was told."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, TypeVar
from uuid import UUID, uuid4

import pytest

from station.desk.client import DeskClient
from station.desk.messages import (
    Answer,
    FromEngine,
    GiveVerdict,
    Kind,
    LogIn,
    ManagePeople,
    PartFinished,
    State,
    ToEngine,
    Welcome,
)

PASSWORD = "a long password"
Message = TypeVar("Message", bound=FromEngine)


class Screen:
    """One attached program."""

    def __init__(self, data: Path, kind: Kind = Kind.SCREEN) -> None:
        self.heard: list[FromEngine] = []
        self.lost: list[str] = []
        self.session = ""
        self.on_part: Callable[[PartFinished], None] = lambda _part: None
        self._news = threading.Condition()
        self.client = DeskClient(data, kind, self._hear, self._lose)
        self.client.start()

    def _hear(self, message: FromEngine) -> None:
        with self._news:
            self.heard.append(message)
            self._news.notify_all()
        if isinstance(message, PartFinished):
            self.on_part(message)

    def _lose(self, why: str) -> None:
        with self._news:
            self.lost.append(why)
            self._news.notify_all()

    def until(self, condition: Callable[[], bool], what: str, timeout_s: float = 30.0) -> None:
        """Wait for something to be heard."""
        with self._news:
            if not self._news.wait_for(condition, timeout_s):
                pytest.fail(f"not heard within {timeout_s} s: {what}; lost {self.lost}; last {self.heard[-3:]}")

    def all(self, kind: type[Message]) -> list[Message]:
        """Return what was heard of one kind."""
        return [message for message in list(self.heard) if isinstance(message, kind)]

    def first(self, kind: type[Message], fits: Callable[[Message], bool] = lambda _: True) -> Message:
        """Wait for a message."""
        self.until(lambda: any(fits(message) for message in self.all(kind)), kind.__name__)
        return next(message for message in self.all(kind) if fits(message))

    def last_state(self) -> State:
        """Return the latest state."""
        return self.all(State)[-1]

    def welcomes(self) -> int:
        """Return how often it was let in."""
        return len(self.all(Welcome))

    def ask(self, command: ToEngine, timeout_s: float = 30.0) -> Answer:
        """Send a command and wait for its answer."""
        answers: list[Answer] = []
        came = threading.Event()

        def answered(answer: Answer) -> None:
            answers.append(answer)
            came.set()

        self.client.send(command, answered)
        if not came.wait(timeout_s):
            pytest.fail(f"no answer to {command} within {timeout_s} s; lost {self.lost}")
        return answers[0]

    def log_in(self, name: str) -> Answer:
        """Log in by name."""
        answer = self.ask(LogIn(key=uuid4(), name=name, secret=PASSWORD))
        self.session = str(answer.result.get("session", ""))
        return answer

    def verdict(
        self,
        uid: UUID,
        kind: Literal["OK", "NG"],
        seen: Literal["OK", "NG", "NOT_DECIDABLE"] = "NOT_DECIDABLE",
        key: UUID | None = None,
    ) -> GiveVerdict:
        """Make the command that decides a part."""
        return GiveVerdict(key=key or uuid4(), session=self.session, uid=uid, verdict=kind, seen=seen, reason="looked")

    def add_person(self, name: str, role: str) -> None:
        """Make an account, as `station users add` does."""
        details = {"name": name, "role": role, "password": PASSWORD}
        answer = self.ask(ManagePeople(key=uuid4(), action="add", details=details))
        assert answer.done, answer


@contextmanager
def screen(data: Path, kind: Kind = Kind.SCREEN) -> Iterator[Screen]:
    """Attach a program for a while."""
    program = Screen(data, kind)
    try:
        yield program
    finally:
        program.client.stop()


def add_people(data: Path, **roles: str) -> None:
    """Make accounts in a running station, by name and role."""
    with screen(data, Kind.TOOL) as tool:
        for name, role in roles.items():
            tool.add_person(name, role)


def wait(condition: Callable[[], bool], what: str, timeout_s: float = 30.0) -> None:
    """Wait for something outside the desk."""
    deadline = time.monotonic() + timeout_s
    while not condition():
        if time.monotonic() > deadline:
            pytest.fail(f"not within {timeout_s} s: {what}")
        threading.Event().wait(0.02)
