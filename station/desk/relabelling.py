"""One class for many parts, and one undo for all of it.

Every view's revision is a transaction of its own, so that the parts of a running line get their turn in between; its key comes
from the command's, so that a command that is sent again after a crash goes on where it stopped.
"""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid5

from labeling.annotation import Annotation, Label, Source
from station.desk.commands import Caller, Means, done
from station.desk.messages import Answer
from station.desk.review_messages import Relabel, UndoRelabel
from station.journal.errors import Refusal, RefusedError, StorageError
from station.journal.queries import JournalQueries
from station.journal.reader import JournalReader
from station.journal.relabelling import Relabelled
from station.journal.store import Journal
from station.line.inspection import View


@dataclass(frozen=True, slots=True)
class _Planned:
    """A view's new revision; `stored` already where the same command was cut off."""

    view: str
    annotation: Annotation
    stored: bool


async def relabel(means: Means, caller: Caller, command: Relabel) -> Answer:
    """Give every label of the parts one class."""
    name = caller.somebody.name
    if (known := await means.ask(lambda journal: journal.answer_of(command.key))) is not None:
        return Answer.model_validate_json(known)

    def plan(journal: JournalQueries, uid: UUID) -> list[_Planned]:
        return _planned(journal, uid, command.class_name, name, means.clock.now(), command.key)

    views, refused = await _change(means, dict.fromkeys(command.uids), plan, name)
    answer = done(command, **_result(views, command.uids, refused)).model_dump_json()
    return Answer.model_validate_json(
        await means.ask(
            lambda journal: journal.note_relabel(views, name, command.class_name, key=command.key, answer=answer)
        )
    )


async def undo_relabel(means: Means, caller: Caller, command: UndoRelabel) -> Answer:
    """Give the labels of a bulk change the classes back that they had."""
    name = caller.somebody.name
    if (known := await means.ask(lambda journal: journal.answer_of(command.key))) is not None:
        return Answer.model_validate_json(known)
    changed = await means.ask(lambda journal: journal.relabel_of(command.relabel, name))

    def plan(journal: JournalQueries, uid: UUID) -> list[_Planned]:
        return _taken_back(journal, uid, changed, name, means.clock.now(), command.key)

    uids = dict.fromkeys(view.uid for view in changed)
    views, refused = await _change(means, uids, plan, name)
    answer = done(command, **_result(views, uids, refused)).model_dump_json()
    return Answer.model_validate_json(
        await means.ask(
            lambda journal: journal.note_relabel_undone(command.relabel, name, key=command.key, answer=answer)
        )
    )


Plan = Callable[[JournalQueries, UUID], list[_Planned]]


async def _change(
    means: Means, uids: Iterable[UUID], plan: Plan, name: str
) -> tuple[list[Relabelled], dict[UUID, str]]:
    """Store the planned revisions of each part; return those, and why a part was left as it is."""
    views: list[Relabelled] = []
    refused: dict[UUID, str] = {}
    for uid in uids:
        try:
            for made in await asyncio.to_thread(_read, means.config.station.data, plan, uid):
                if not made.stored:
                    await means.ask(_storing(uid, made, name))
                views.append(Relabelled(uid, made.view, made.annotation.uid, made.annotation.parent))
        except RefusedError as error:
            if error.refusal is Refusal.STORAGE:
                raise
            refused[uid] = str(error)
    return views, refused


def _read(data: Path, plan: Plan, uid: UUID) -> list[_Planned]:
    try:
        with JournalReader(data) as reader:
            return plan(reader, uid)
    except StorageError as error:
        raise RefusedError(Refusal.STORAGE, f"The part cannot be read: {error}.") from error


def _storing(uid: UUID, made: _Planned, name: str) -> Callable[[Journal], None]:
    def store(journal: Journal) -> None:
        journal.check_free(uid, name)
        journal.annotate(uid, made.view, made.annotation.parent, made.annotation, key=made.annotation.uid)

    return store


def _planned(
    journal: JournalQueries, uid: UUID, class_name: str, author: str, now: datetime, key: UUID
) -> list[_Planned]:
    record = journal.part(uid)
    if record is None:
        raise RefusedError(Refusal.NO_SUCH_PART, f"There is no part {uid}.")
    newest = {stored.view: stored.annotation for stored in journal.annotations(uid)}
    planned = []
    for view in record.inspection.views:
        if view.image is None:
            continue
        revision, before = uuid5(key, f"{uid}/{view.name}"), newest.get(view.name)
        if before is not None and before.uid == revision:
            planned.append(_Planned(view.name, before, stored=True))
        elif (made := _with_class(view, before, class_name, revision, author, now)) is not None:
            planned.append(_Planned(view.name, made, stored=False))
    if not planned:
        raise RefusedError(Refusal.BAD_VALUE, "The part has no picture, or nothing with another class.")
    return planned


def _with_class(
    view: View, before: Annotation | None, class_name: str, revision: UUID, author: str, now: datetime
) -> Annotation | None:
    """Return what a view's labels are with one class; None where that changes nothing."""
    if before is None or before.proposed:
        labels = tuple(
            Label(uuid5(revision, str(number)), class_name, defect.shape, Source.MODEL, defect.score)
            for number, defect in enumerate(view.defects)
        )
        tags: tuple[str, ...] = () if labels else (class_name,)
        parent = before.uid if before else None
        return Annotation(revision, parent, author, now, (view.width, view.height), labels, tags)
    labels = tuple(replace(label, class_name=class_name) for label in before.labels)
    tags = (class_name,) if before.tags or not labels else ()
    if tags == before.tags and all(label.class_name == class_name for label in before.labels):
        return None
    return replace(before, uid=revision, parent=before.uid, author=author, time=now, labels=labels, tags=tags)


def _taken_back(
    journal: JournalQueries, uid: UUID, changed: Sequence[Relabelled], author: str, now: datetime, key: UUID
) -> list[_Planned]:
    stored = journal.annotations(uid)
    revisions = {each.annotation.uid: each.annotation for each in stored}
    newest = {each.view: each.annotation for each in stored}
    planned = []
    for view in (each for each in changed if each.uid == uid):
        revision = uuid5(key, f"{uid}/{view.view}")
        if newest[view.view].uid == revision:
            planned.append(_Planned(view.view, newest[view.view], stored=True))
            continue
        if newest[view.view].uid != view.revision:
            raise RefusedError(Refusal.SUPERSEDED, f"{newest[view.view].author} has annotated this part since.")
        before = revisions[view.parent] if view.parent else None
        bare = replace(revisions[view.revision], labels=(), tags=(), complete=False)
        said = replace(before or bare, uid=revision, parent=view.revision, author=author, time=now)
        planned.append(_Planned(view.view, said, stored=False))
    return planned


def _result(views: Sequence[Relabelled], uids: Iterable[UUID], refused: dict[UUID, str]) -> dict[str, object]:
    changed = {view.uid for view in views}
    return {
        "relabelled": [str(uid) for uid in uids if uid in changed],
        "refused": {str(uid): text for uid, text in refused.items()},
    }
