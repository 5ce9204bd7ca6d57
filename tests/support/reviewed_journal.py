"""A journal that reviewers work on, and what is asked of it."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from station.journal.errors import Refusal, RefusedError
from station.journal.lending import Wanted
from station.journal.reader import JournalReader
from station.journal.review_queries import ReviewQueries
from station.journal.reviewing import Effect, Word
from station.journal.store import Journal
from station.line.inspection import Inspection, Verdict, VerdictKind, View
from station.review.queue import Outcome, QueueFilter, QueueItem, Reason, Stage

OK, NG, ND = VerdictKind.OK, VerdictKind.NG, VerdictKind.NOT_DECIDABLE
QUIET = {"audit_share": 0.0, "drift_sigmas": 0.0, "golden_share": 0.0}


@dataclass
class Desk:
    """A journal and what is asked of it."""

    journal: Journal
    data: Path
    key_path: Path
    make_part: Callable[..., Inspection]
    make_view: Callable[..., View]
    now: Callable[[], object]
    number: int = 0

    def part(self, kind: VerdictKind = NG, **view: object) -> UUID:
        self.number += 1
        made = self.make_part(self.number, self.make_view(self.journal.blobs, self.number, **view), kind=kind)
        self.journal.record(made)
        return made.trigger.uid

    def take(
        self, who: str, *uids: UUID, n: int = 10, golden: tuple[UUID, ...] = (), key: UUID | None = None
    ) -> list[QueueItem]:
        given: list[QueueItem] = []

        def answer(items: tuple[QueueItem, ...], until: str) -> str:
            given.extend(items)
            return json.dumps([[str(item.uid) for item in items], until])

        self.journal.take(Wanted(who, uids, n, golden), key=key or uuid4(), answer=answer)
        return given

    def say(
        self,
        who: str,
        uid: UUID,
        outcome: Outcome = Outcome.ACCEPT,
        seen: VerdictKind = NG,
        verdict: VerdictKind | None = None,
        reasons: tuple[Reason, ...] = (),
    ) -> Effect:
        given = self.journal.review(uid, Word(who, outcome, verdict, seen, reasons), key=uuid4(), answer=str)
        assert given.effect is not None
        return given.effect

    def decide(self, who: str, uid: UUID, verdict: VerdictKind) -> Effect:
        word = Word(who, Outcome.ACCEPT, verdict, verdict)
        given = self.journal.adjudicate(uid, word, key=uuid4(), answer=str)
        assert given.effect is not None
        return given.effect

    def undo(self, who: str, uid: UUID) -> Effect:
        given = self.journal.undo_review(uid, who, key=uuid4(), answer=str)
        assert given.effect is not None
        return given.effect

    def queue(self, wanted: QueueFilter | None = None) -> list[UUID]:
        with JournalReader(self.data) as reader:
            return [item.uid for item in ReviewQueries(reader).page(wanted or QueueFilter()).items]

    def item(self, uid: UUID) -> QueueItem | None:
        with JournalReader(self.data) as reader:
            return ReviewQueries(reader).item(uid)

    def stage(self, uid: UUID) -> Stage:
        item = self.item(uid)
        assert item is not None
        return item.stage

    def verdict(self, uid: UUID) -> Verdict:
        return self.journal.verdicts(uid)[-1]


def refusal(work: Callable[[], object]) -> Refusal:
    with pytest.raises(RefusedError) as caught:
        work()
    return caught.value.refusal
