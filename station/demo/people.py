"""Simulated people: they know the truth of the virtual line's parts, and err at rates that are known.

They log in at the desk with accounts of their own and decide parts as a screen does, so that figures of people can be held
against what these people are. A part of a real camera has no truth on record, so they never touch one.
"""

import random
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Self
from uuid import UUID, uuid4

from station.config import StationConfig
from station.desk.client import DeskClient
from station.desk.messages import Answer, GiveVerdict, Kind, LogIn, ManagePeople, ToEngine
from station.errors import StationFailedError
from station.journal.errors import Refusal, RefusedError
from station.journal.quality_queries import extent, part_rows
from station.journal.reader import JournalReader
from station.line.inspection import VerdictKind
from station.people.roles import Role
from station.quality.scope import Scope
from station.review.host import review_host

ANSWER_S = 30.0
"""How long the desk may take for one answer; at the start the journal has to be had first."""
BY = "simulated-"
"""How the names of simulated people begin."""


@dataclass(frozen=True, slots=True)
class Habits:
    """One simulated person: how often a bad part is called good, and a good one bad."""

    name: str
    miss_rate: float
    false_alarm_rate: float

    def __post_init__(self) -> None:
        if not self.name.startswith(BY):
            raise ValueError(f"the name of a simulated person begins with {BY!r}, unlike {self.name!r}")
        if not all(0 <= rate <= 1 for rate in (self.miss_rate, self.false_alarm_rate)):
            raise ValueError("a rate lies between 0 and 1")

    def verdict(self, uid: UUID, seed: int, *, bad: bool) -> VerdictKind:
        """Say what they say of a part: always the same with the same seed, and each by themselves."""
        errs = random.Random(f"{seed} {self.name} {uid}").random() < (self.miss_rate if bad else self.false_alarm_rate)
        return VerdictKind.NG if bad != errs else VerdictKind.OK


@dataclass(frozen=True, slots=True)
class Did:
    """What one of them did: bad and good parts decided, and those that they got wrong."""

    habits: Habits
    bad: int
    missed: int
    good: int
    false_alarms: int


def simulate(
    config: StationConfig, people: Sequence[Habits], seed: int, progress: Callable[[int, int], None]
) -> tuple[Did, ...]:
    """Have every person decide every part whose truth is known, at the engine's desk, or at one of our own where none runs.

    Raises
    ------
    StationFailedError
        If there is no such part, or the desk does not answer.
    RefusedError
        If the desk refuses a verdict.
    StorageError
        If the journal cannot be read.
    """
    known = _known(config.station.data)
    if not known:
        raise StationFailedError(f"{config.station.data}: no part here has a known truth; run `station demo` first")
    done: dict[str, list[tuple[bool, bool]]] = {habits.name: [] for habits in people}
    with review_host(config), JournalReader(config.station.data) as reader:
        sessions = [_Person.enter(config.station.data, habits) for habits in people]
        try:
            for number, (uid, bad) in enumerate(known, 1):
                for person in sessions:
                    kind = person.habits.verdict(uid, seed, bad=bad)
                    person.decide(reader, uid, kind)
                    done[person.habits.name].append((bad, (kind is VerdictKind.NG) != bad))
                progress(number, len(known))
        finally:
            for person in sessions:
                person.close()
    return tuple(_did(habits, done[habits.name]) for habits in people)


def _known(data: Path) -> list[tuple[UUID, bool]]:
    with JournalReader(data) as reader:
        found = extent(reader)
        rows = part_rows(reader, Scope(*found)) if found else ()
        return [(row.uid, row.is_bad) for row in rows if row.is_bad is not None]


def _did(habits: Habits, judged: Sequence[tuple[bool, bool]]) -> Did:
    bad = [wrong for is_bad, wrong in judged if is_bad]
    good = [wrong for is_bad, wrong in judged if not is_bad]
    return Did(habits, len(bad), sum(bad), len(good), sum(good))


class _Person:
    """A session at the desk."""

    def __init__(self, client: "_Asking", habits: Habits, session: str) -> None:
        self.habits = habits
        self._client, self._session = client, session

    @classmethod
    def enter(cls, data: Path, habits: Habits) -> Self:
        """Make an account, or give the one of an earlier run a new password, and log in."""
        password = secrets.token_urlsafe(18)
        details = {"name": habits.name, "role": Role.QA.value, "password": password}
        with _Asking(data, Kind.TOOL) as tool:
            listed = tool.ask(ManagePeople(key=uuid4(), action="list", details={}))
            there = {person["name"]: person["active"] for person in listed.result["people"]}
            renewed = ("set-password", "role", "unlock")
            wanted = ("add",) if habits.name not in there else renewed if there[habits.name] else ("restore", *renewed)
            for action in wanted:
                tool.ask(ManagePeople(key=uuid4(), action=action, details=details))
        client = _Asking(data, Kind.SCREEN)
        try:
            answer = client.ask(LogIn(key=uuid4(), name=habits.name, secret=password))
        except BaseException:
            client.close()
            raise
        return cls(client, habits, str(answer.result["session"]))

    def decide(self, reader: JournalReader, uid: UUID, kind: VerdictKind) -> None:
        """Give a verdict on what stands there now."""
        seen = reader.verdicts(uid)[-1].kind
        self._client.ask(
            GiveVerdict(key=uuid4(), session=self._session, uid=uid, verdict=kind.value, seen=seen.value)  # type: ignore[arg-type]  # of the two kinds that a person gives
        )

    def close(self) -> None:
        """Leave."""
        self._client.close()


class _Asking:
    """A client that waits for each answer."""

    def __init__(self, data: Path, kind: Kind) -> None:
        self._heard: SimpleQueue[Answer] = SimpleQueue()
        self._client = DeskClient(data, kind, lambda _: None, lambda _: None)
        self._client.start()

    def ask(self, command: ToEngine) -> Answer:
        """Send a command and return its answer. Raises `RefusedError` where it was not done."""
        self._client.send(command, self._heard.put)
        try:
            answer = self._heard.get(timeout=ANSWER_S)
        except Empty:
            raise StationFailedError(f"the desk did not answer within {ANSWER_S:g} s; see the engine's log") from None
        if not answer.done:
            raise RefusedError(answer.refusal or Refusal.NOT_NOW, answer.text)
        return answer

    def close(self) -> None:
        """Detach."""
        self._client.stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
