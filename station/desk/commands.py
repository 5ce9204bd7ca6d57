"""What a program at the desk may have done, one function a command.

Each returns the command's answer, or raises `RefusedError` when nothing was changed. What has an effect is durable before
it is answered, and its answer is recorded with it, so that the same command again, even of another engine, is answered the
same and does nothing.
"""

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from labeling.annotation import Annotation
from labeling.codec import annotation_from_json
from models.shelf import Shelf
from plc.link import OfflineReason, VerdictCode
from station.config import StationConfig
from station.desk.asking import ask
from station.desk.line import Line
from station.desk.messages import (
    AddAudit,
    Annotate,
    Answer,
    ChooseRecipe,
    Command,
    FromEngine,
    GiveVerdict,
    Pause,
    Propose,
    Refusal,
    Resume,
    TriggerPart,
    WriteNote,
)
from station.desk.telling import recipe_names, verdict_changed
from station.journal.audit import AuditEvent
from station.journal.errors import RefusedError, StorageError
from station.journal.store import Journal
from station.line.choices import Choices, load_choices, save_choices
from station.line.clock import Clock
from station.line.inspection import Verdict, VerdictKind
from station.line.recipe import Recipe, load_station_recipe
from station.line.recorder import Recorder
from station.people.roles import Action, Person
from station.toml_file import ConfigError

MAX_PART_ID = 128
MAX_REASON = 1000
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Means:
    """What commands act on."""

    config: StationConfig
    recipe: Recipe
    engine: Line
    recorder: Recorder
    clock: Clock
    tell: Callable[[FromEngine], None]
    again: Callable[[], None]
    """Ends the engine in order, to be started anew."""

    async def ask(self, work: Callable[[Journal], T]) -> T:
        """Have the journal do something. Raises `RefusedError`."""
        return await ask(self.recorder, work)


@dataclass(frozen=True, slots=True)
class Caller:
    """Who wants it done: a person, or a program in its own right whose `name` is its kind."""

    name: str
    person: Person | None

    @property
    def somebody(self) -> Person:
        """The person. Raises `RefusedError` where nobody is logged in."""
        if self.person is None:
            raise RefusedError(Refusal.NOT_ALLOWED, "Nobody is logged in; log in first.")
        return self.person


def done(command: Command, **result: Any) -> Answer:
    """Return the answer to what was done."""
    return Answer(key=command.key, done=True, result=result)


def refused(command: Command, refusal: Refusal, text: str) -> Answer:
    """Return the answer to what was not done."""
    return Answer(key=command.key, done=False, refusal=refusal, text=text)


# Parts ----------------------------------------------------------------------------------------------------------------


async def give_verdict(means: Means, caller: Caller, command: GiveVerdict) -> Answer:
    """Record a person's verdict; the PLC is told if the part still waits for one."""
    person, uid = caller.somebody, command.uid
    _check_length(command.reason, MAX_REASON, "a reason")
    kind = VerdictKind(command.verdict)
    verdict = Verdict(kind, person.author, command.reason, means.clock.now(), person.name)
    told = means.engine.told(uid)

    def work(journal: Journal) -> tuple[str | None, Answer, int]:
        known = journal.answer_of(command.key)
        summary = journal.summary(uid)
        passed = kind is VerdictKind.NG and may_have_passed(told, journal.verdicts(uid))
        answer = done(command, plc_told=False, passed_already=passed)
        if known is None:
            seen, may = VerdictKind(command.seen), person.may(Action.SUPERSEDE)
            journal.give_verdict(
                uid, verdict, seen, key=command.key, answer=answer.model_dump_json(), may_supersede=may
            )
        return known, answer, summary.part_seq if summary else 0

    known, answer, part_seq = await means.ask(work)
    if known is not None:
        return Answer.model_validate_json(known)
    plc_told = means.engine.decide(uid, kind)
    means.tell(verdict_changed(uid, part_seq, verdict, plc_told=plc_told))
    return answer.model_copy(update={"result": {**answer.result, "plc_told": plc_told}})


def may_have_passed(told: VerdictCode | None, verdicts: Sequence[Verdict]) -> bool:
    """Whether the PLC may have let a part pass that is NG now, so that somebody must fetch it back.

    Parameters
    ----------
    told
        What this engine told the PLC; None when it told it nothing or does not know.
    verdicts
        All verdicts before this one, oldest first. Without better knowledge they are taken at their worst.
    """
    if told is not None:
        return told is VerdictCode.OK
    kinds = [verdict.kind for verdict in verdicts]
    return kinds[:1] == [VerdictKind.OK] or (kinds[:1] == [VerdictKind.NOT_DECIDABLE] and VerdictKind.OK in kinds)


async def annotate(means: Means, caller: Caller, command: Annotate) -> Answer:
    """Keep what a person outlined on a view, in the person's name."""
    sent = await _read(command)
    return await _keep(means, command, replace(sent, author=caller.somebody.name, time=means.clock.now()))


async def propose(means: Means, caller: Caller, command: Propose) -> Answer:
    """Keep what a model proposes on a view, in the model's name."""
    del caller
    sent = await _read(command)
    if not sent.proposed or sent.complete:
        raise RefusedError(Refusal.BAD_VALUE, "A proposal is a model's, and never complete.")
    return await _keep(means, command, replace(sent, time=means.clock.now()))


async def _read(command: Annotate | Propose) -> Annotation:
    try:
        return await asyncio.to_thread(annotation_from_json, command.annotation)
    except ValueError as error:
        raise RefusedError(Refusal.BAD_VALUE, f"The annotation cannot be read: {error}.") from None


async def _keep(means: Means, command: Annotate | Propose, annotation: Annotation) -> Answer:
    answer = done(command, revision=str(annotation.uid)).model_dump_json()
    return Answer.model_validate_json(
        await means.ask(
            lambda journal: journal.annotate(
                command.uid, command.view, command.parent, annotation, key=command.key, answer=answer
            )
        )
    )


async def write_note(means: Means, caller: Caller, command: WriteNote) -> Answer:
    """Keep a hand-over note."""
    author, answer = caller.somebody.name, done(command).model_dump_json()
    return Answer.model_validate_json(
        await means.ask(lambda journal: journal.write_note(author, command.text, key=command.key, answer=answer))
    )


async def trigger_part(means: Means, caller: Caller, command: TriggerPart) -> Answer:
    """Start a part that no PLC asked for."""
    _check_length(command.part_id, MAX_PART_ID, "a part's id")
    if (known := await means.ask(lambda journal: journal.answer_of(command.key))) is not None:
        return Answer.model_validate_json(known)
    trigger = means.engine.trigger_here(command.part_id, job=caller.person is None)
    if trigger is None:
        reason = means.engine.readiness.offline_reason
        busy = means.engine.readiness.takes_jobs if caller.person is None else reason is OfflineReason.NONE
        text = "too many parts are open already" if busy else f"the station is offline ({reason.name})"
        raise RefusedError(Refusal.NOT_NOW, f"No part can be taken now: {text}.")
    answer = done(command, uid=str(trigger.uid), part_seq=trigger.part_seq)
    details = {"part": str(trigger.uid), "part_id": command.part_id, "author": caller.name}
    await _note(means, command, AuditEvent.PART_TRIGGERED, details, answer)
    return answer


# The line -------------------------------------------------------------------------------------------------------------


async def pause(means: Means, caller: Caller, command: Pause) -> Answer:
    """Take no more parts, also after a restart. A program's pause takes nothing from a person's that stands."""
    _check_length(command.reason, MAX_REASON, "a reason")
    reason = command.reason or f"by {caller.name}"
    details = {"reason": command.reason, "author": caller.name}
    readiness = means.engine.readiness
    persons = caller.person is not None or (readiness.paused is not None and not readiness.job_by_job)
    await _choose(means, command, AuditEvent.PAUSED, details, paused=reason, job_by_job=not persons)
    means.engine.pause(reason, job_by_job=not persons)
    return done(command)


async def resume(means: Means, caller: Caller, command: Resume) -> Answer:
    """Take parts again."""
    await _choose(means, command, AuditEvent.RESUMED, {"author": caller.name}, paused=None, job_by_job=False)
    means.engine.pause(None)
    return done(command)


async def choose_recipe(means: Means, caller: Caller, command: ChooseRecipe) -> Answer:
    """Change over to another recipe, or to the same one whose file has changed: the engine starts again with it."""
    recipe, without_model = await asyncio.to_thread(_checked_recipe, means.config, command.recipe)
    if recipe.sha256 == means.recipe.sha256:
        return done(command)
    details = {"name": recipe.name, "version": str(recipe.version), "sha256": recipe.sha256, "author": caller.name}
    configured = means.config.line.recipe
    chosen = None if recipe.name == configured else recipe.name
    instead_of = None if chosen is None else configured
    await _choose(means, command, AuditEvent.RECIPE_CHOSEN, details, recipe=chosen, instead_of=instead_of)
    means.again()
    text = f"There is no model {', '.join(without_model)} yet: learn or deploy one." if without_model else ""
    return done(command).model_copy(update={"text": text})


def _checked_recipe(config: StationConfig, name: str) -> tuple[Recipe, list[str]]:
    """Load a recipe as the next engine will, and name its models that are not there."""
    if name not in recipe_names(config):
        raise RefusedError(
            Refusal.BAD_VALUE, f"There is no recipe {name!r}; there are: {', '.join(recipe_names(config))}."
        )
    try:
        recipe = load_station_recipe(config, name)
    except ConfigError as error:
        raise RefusedError(Refusal.BAD_VALUE, str(error)) from None
    shelf = Shelf(config.station.data / "models")
    models = dict.fromkeys(view.model for view in recipe.views)
    return recipe, [model for model in models if shelf.deployed(model) is None]


async def _choose(
    means: Means, command: Command, event: AuditEvent, details: dict[str, str], **choice: str | bool | None
) -> None:
    """Make a choice durable, and enter it into the audit chain; on the writer's thread, which is one alone."""
    data, answer = means.config.station.data, done(command).model_dump_json()

    def work(journal: Journal) -> None:
        before = _readable_choices(means)
        save_choices(data, before.model_copy(update=choice))
        try:
            journal.audit(event, details, key=command.key, answer=answer)
        except StorageError:
            with contextlib.suppress(StorageError):
                save_choices(data, before)
            raise

    await means.ask(work)


def _readable_choices(means: Means) -> Choices:
    try:
        return load_choices(means.config.station.data)
    except ConfigError as error:
        raise RefusedError(Refusal.NOT_NOW, str(error)) from None


# The audit chain ------------------------------------------------------------------------------------------------------


async def add_audit(means: Means, caller: Caller, command: AddAudit) -> Answer:
    """Enter what was done elsewhere; details of ours cannot be overwritten by theirs."""
    details = {**command.details, "event": command.event, "through": caller.name}
    answer = done(command)
    await _note(means, command, AuditEvent.DONE_ELSEWHERE, details, answer)
    return answer


async def _note(means: Means, command: Command, event: AuditEvent, details: dict[str, str], answer: Answer) -> None:
    await means.ask(lambda journal: journal.audit(event, details, key=command.key, answer=answer.model_dump_json()))


def _check_length(text: str, limit: int, what: str) -> None:
    if len(text) > limit:
        raise RefusedError(
            Refusal.BAD_VALUE, f"{what.capitalize()} has at most {limit} characters, this one {len(text)}."
        )
