"""What reviewers may have done, one function a command; as `station.desk.commands`, durable before it is answered.

Which parts there are to take is found on a thread, over a reader; only what is written waits for the writer.
"""

import asyncio
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from station.desk.commands import Caller, Means, done, may_have_passed
from station.desk.messages import Answer, Command
from station.desk.review_messages import (
    Adjudicate,
    DeleteView,
    QueueChanged,
    ReleaseParts,
    Review,
    SaveView,
    SetGolden,
    TakeParts,
    UndoReview,
)
from station.desk.telling import verdict_changed
from station.journal.errors import Refusal, RefusedError, StorageError
from station.journal.lending import Wanted
from station.journal.reader import JournalReader
from station.journal.review_queries import ReviewQueries
from station.journal.reviewing import Effect, Given, Word
from station.journal.store import Journal
from station.line.inspection import VerdictKind
from station.review.queue import Cursor, Outcome, QueueFilter, QueueItem, Stage, filter_json, item_json

AT_ONCE = 200
MOST_PAGES = 50
"""So many pages of the queue are looked through for parts that a reviewer may have."""
SPARE = 8
"""Found beyond what is asked for: somebody else may take some of them in between."""


# Who has what ---------------------------------------------------------------------------------------------------------


async def take_parts(means: Means, caller: Caller, command: TakeParts) -> Answer:
    """Lend parts to a reviewer."""
    name = caller.somebody.name
    if command.uids:
        wanted = Wanted(name, command.uids, len(command.uids))
    else:
        wanted = await asyncio.to_thread(_wanted, means.config.station.data, command.filter, name, command.n)

    def answer(items: tuple[QueueItem, ...], until: str) -> str:
        parts = [item_json.dump_python(item, mode="json") for item in items]
        return done(command, parts=parts, until=until).model_dump_json()

    return Answer.model_validate_json(
        await means.ask(lambda journal: journal.take(wanted, key=command.key, answer=answer))
    )


def _wanted(data: Path, wanted: QueueFilter, reviewer: str, n: int) -> Wanted:
    """Look for parts that somebody may have. Raises `RefusedError`."""
    try:
        with JournalReader(data) as reader:
            queries = ReviewQueries(reader)
            parts = _takeable(queries, wanted, reviewer, n + SPARE)
            return Wanted(reviewer, parts, n, queries.golden_to_mix_in(wanted, reviewer))
    except StorageError as error:
        raise RefusedError(Refusal.STORAGE, f"The queue cannot be read: {error}.") from error


def _takeable(queries: ReviewQueries, wanted: QueueFilter, reviewer: str, most: int) -> tuple[UUID, ...]:
    found: list[UUID] = []
    cursor: Cursor | None = None
    for _ in range(MOST_PAGES):
        page = queries.page(wanted, cursor, AT_ONCE)
        found += [item.uid for item in page.items if _may_have(queries, item, wanted, reviewer)]
        cursor = page.cursor
        if cursor is None or len(found) >= most:
            break
    return tuple(found[:most])


def _may_have(queries: ReviewQueries, item: QueueItem, wanted: QueueFilter, reviewer: str) -> bool:
    """Whether a part looks free for somebody; the writer looks again before it lends."""
    if item.leased_by not in {"", reviewer} or (item.stage is Stage.REWORK and wanted.stage is not Stage.REWORK):
        return False
    return item.stage not in {Stage.SECOND, Stage.ADJUDICATION} or reviewer not in queries.said_by(item.uid)


async def release_parts(means: Means, caller: Caller, command: ReleaseParts) -> Answer:
    """Take parts back from a reviewer."""
    name, answer = caller.somebody.name, done(command).model_dump_json()
    text = await means.ask(lambda journal: journal.release(name, command.uids, key=command.key, answer=answer))
    return Answer.model_validate_json(text)


# What is said ---------------------------------------------------------------------------------------------------------


async def review(means: Means, caller: Caller, command: Review) -> Answer:
    """Keep what a reviewer says; a verdict that comes of it reaches the PLC if the part still waits."""
    kind = VerdictKind(command.verdict) if command.verdict else None
    word = Word(
        caller.somebody.name, command.outcome, kind, VerdictKind(command.seen), command.reasons, command.comment
    )
    return await _say(
        means,
        command,
        command.uid,
        lambda journal, answer: journal.review(command.uid, word, key=command.key, answer=answer),
    )


async def adjudicate(means: Means, caller: Caller, command: Adjudicate) -> Answer:
    """Decide where reviewers differ."""
    kind = VerdictKind(command.verdict)
    word = Word(caller.somebody.name, Outcome.ACCEPT, kind, kind, command.reasons, command.comment)
    return await _say(
        means,
        command,
        command.uid,
        lambda journal, answer: journal.adjudicate(command.uid, word, key=command.key, answer=answer),
    )


async def undo_review(means: Means, caller: Caller, command: UndoReview) -> Answer:
    """Take a reviewer's last word on a part back."""
    name = caller.somebody.name
    return await _say(
        means,
        command,
        command.uid,
        lambda journal, answer: journal.undo_review(command.uid, name, key=command.key, answer=answer),
    )


Say = Callable[[Journal, Callable[[Effect], str]], Given]


async def _say(means: Means, command: Command, uid: UUID, say: Say) -> Answer:
    """Have something said of a part, then tell PLC and screens what came of it."""
    told = means.engine.told(uid)

    def work(journal: Journal) -> tuple[Given, int]:
        before = journal.verdicts(uid)
        summary = journal.summary(uid)

        def answer(effect: Effect) -> str:
            gives_ng = effect.verdict is not None and effect.verdict.kind is VerdictKind.NG
            result = done(
                command,
                stage=effect.stage.value,
                verdict=effect.shown.value if effect.shown else "",
                plc_told=False,
                passed_already=gives_ng and may_have_passed(told, before),
            )
            return result.model_dump_json()

        return say(journal, answer), summary.part_seq if summary else 0

    given, part_seq = await means.ask(work)
    answer, effect = Answer.model_validate_json(given.answer), given.effect
    if effect is None:
        return answer
    plc_told = False
    if effect.verdict is not None:
        plc_told = means.engine.decide(uid, effect.verdict.kind)
        means.tell(verdict_changed(uid, part_seq, effect.verdict, plc_told=plc_told))
    means.tell(QueueChanged(uid=uid, stage=effect.stage))
    return answer.model_copy(update={"result": {**answer.result, "plc_told": plc_told}})


# Golden parts and saved views -----------------------------------------------------------------------------------------


async def set_golden(means: Means, caller: Caller, command: SetGolden) -> Answer:
    """Make a part one whose answer is known, or one like any other again."""
    name, answer = caller.somebody.name, done(command).model_dump_json()
    kind = VerdictKind(command.verdict) if command.verdict else None
    return Answer.model_validate_json(
        await means.ask(lambda journal: journal.set_golden(command.uid, kind, name, key=command.key, answer=answer))
    )


async def save_view(means: Means, caller: Caller, command: SaveView) -> Answer:
    """Keep a filter under a name."""
    name, answer = caller.somebody.name, done(command).model_dump_json()
    text = filter_json.dump_json(command.filter).decode()
    return Answer.model_validate_json(
        await means.ask(lambda journal: journal.save_view(command.name, text, name, key=command.key, answer=answer))
    )


async def delete_view(means: Means, caller: Caller, command: DeleteView) -> Answer:
    """Forget a saved view."""
    name, answer = caller.somebody.name, done(command).model_dump_json()
    return Answer.model_validate_json(
        await means.ask(lambda journal: journal.delete_view(command.name, name, key=command.key, answer=answer))
    )
