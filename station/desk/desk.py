"""The desk: screens, gateways and tools on one side, the engine on the other, and nothing in between that could hold it up.

The engine tells the desk what happened (`station.line.audience.Audience`) and goes on; the desk tells whoever is attached.
What they ask for is checked here, done by `station.desk.commands` and `station.desk.people`, and answered once: the same key
again, over another connection, gets the same answer.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from uuid import UUID, uuid4

from station.config import StationConfig
from station.desk import commands, relabelling, reviewing
from station.desk.commands import Caller, Means, done, refused
from station.desk.line import Line, NoLine
from station.desk.messages import (
    SESSION_OVER,
    AddAudit,
    Annotate,
    Answer,
    Attach,
    ChooseRecipe,
    Command,
    FromEngine,
    GiveVerdict,
    HoldEnded,
    Kind,
    LogIn,
    LogOut,
    ManagePeople,
    ManageRecords,
    PartCaptured,
    Pause,
    Propose,
    Refusal,
    Resume,
    SetPreferences,
    ToEngine,
    TriggerPart,
    Welcome,
    WriteNote,
)
from station.desk.people import PeopleDesk
from station.desk.review_messages import (
    Adjudicate,
    DeleteView,
    Relabel,
    ReleaseParts,
    Review,
    SaveView,
    SetGolden,
    TakeParts,
    UndoRelabel,
    UndoReview,
)
from station.desk.server import Client, DeskServer
from station.desk.telling import held_lines, part_finished, recipe_line, recipe_names, state_of
from station.journal.errors import RefusedError
from station.line.clock import Clock
from station.line.inspection import Inspection
from station.line.recipe import Recipe
from station.line.recorder import Recorder
from station.people.roles import Action, Person, may_send
from station.people.sessions import UNUSED_S, Sessions

log = logging.getLogger(__name__)

STATE_S = 0.5
"""Everybody hears at least so often that the engine lives."""
LEAST_STATE_S = 0.1
LATENCY_S = 1.0
"""How often the percentiles are worked out anew; ten thousand figures are sorted for it."""
LAST_ANSWERS_S = 0.3
"""How long the engine's end waits for answers that are on their way."""
REMEMBERED = 1024
"""Answers kept for commands that are sent again."""

IN_ITS_OWN_RIGHT: Mapping[Kind, frozenset[str]] = {
    Kind.SCREEN: frozenset(),
    Kind.GATEWAY: frozenset({"pause", "resume", "trigger-part", "choose-recipe", "add-audit"}),
    Kind.TOOL: frozenset({"add-audit", "manage-people", "manage-records", "propose"}),
}
"""What a program may ask for without a person, by the `type` of the command: whoever may open the socket is the station's
own user, so the kind keeps programs in order, not intruders out."""
FOR_ANYBODY = frozenset({"attach", "log-in", "log-out"})
NEVER_FOR_PEOPLE = frozenset({"add-audit", "propose"})
"""What nobody's role allows: people are audited, they do not audit, and what they outline is no proposal."""

Function = Callable[[Means, Caller, Any], Awaitable[Answer]]

FUNCTIONS: Mapping[type[Command], Function] = {
    GiveVerdict: commands.give_verdict,
    Annotate: commands.annotate,
    Propose: commands.propose,
    WriteNote: commands.write_note,
    ChooseRecipe: commands.choose_recipe,
    Pause: commands.pause,
    Resume: commands.resume,
    TriggerPart: commands.trigger_part,
    AddAudit: commands.add_audit,
    TakeParts: reviewing.take_parts,
    ReleaseParts: reviewing.release_parts,
    Review: reviewing.review,
    Adjudicate: reviewing.adjudicate,
    UndoReview: reviewing.undo_review,
    SetGolden: reviewing.set_golden,
    SaveView: reviewing.save_view,
    DeleteView: reviewing.delete_view,
    Relabel: relabelling.relabel,
    UndoRelabel: relabelling.undo_relabel,
}
OF_A_LINE = frozenset({ChooseRecipe, Pause, Resume, TriggerPart})
"""What a desk refuses that has no line behind it."""


class Desk:
    """The engine's `Audience`, and the doer of what programs ask for. All on the engine's loop."""

    def __init__(
        self,
        config: StationConfig,
        recipe: Recipe,
        engine: Line,
        recorder: Recorder,
        clock: Clock,
        again: Callable[[], None],
    ) -> None:
        self._means = Means(config, recipe, engine, recorder, clock, self.tell, again)
        unused_s = max(UNUSED_S, config.people.idle_lock_s)
        self._people = PeopleDesk(recorder, Sessions(unused_s, lambda: clock.monotonic_ns() / 1e9))
        self._engine_id = uuid4()
        self._has_line = not isinstance(engine, NoLine)
        self._server = DeskServer(config.station.data, self._perform, self._welcome, self.note_change)
        self._answers: dict[UUID, asyncio.Future[Answer]] = {}
        self._changed = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._latency: dict[str, float | None] = {"p50": None, "p99": None}
        self._latency_at_s = float("-inf")

    def start(self) -> None:
        """Let programs in."""
        self._server.start()
        self._tasks = [asyncio.create_task(self._keep_telling()), asyncio.create_task(self._keep_locking())]

    async def stop(self) -> None:
        """Send everybody away, once what they are being answered has gone out."""
        if busy := [answer for answer in self._answers.values() if not answer.done()]:
            await asyncio.wait(busy, timeout=LAST_ANSWERS_S)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._server.stop()
        for answer in self._answers.values():
            answer.cancel()
        self._people.stop()

    def tell(self, message: FromEngine) -> None:
        """Tell everybody who is attached."""
        self._server.tell(message)

    def note_change(self) -> None:
        """Have the state told soon."""
        self._changed.set()

    # The engine's audience ----------------------------------------------------------------------------------------

    @property
    def attended(self) -> bool:
        """Whether somebody who may decide parts is logged in at a screen."""
        people = (self._people.sessions.peek(c.session) for c in self._server.clients if c.kind is Kind.SCREEN)
        return any(person is not None and person.may(Action.GIVE_VERDICT) for person in people)

    def part_captured(self, uid: UUID) -> None:
        """Tell gateways that a part may go on."""
        self.tell(PartCaptured(uid=uid))

    def part_finished(self, inspection: Inspection, *, faulty: bool, hold_ms: int) -> None:
        """Tell everybody of a durable part."""
        if not self._server.clients:
            return
        share = self._means.recipe.operator.hidden_share
        self.tell(part_finished(inspection, faulty=faulty, hold_ms=hold_ms, hidden_share=share))

    def hold_ended(self, uid: UUID, part_seq: int) -> None:
        """Tell everybody that nobody decided in time."""
        self.tell(HoldEnded(uid=uid, part_seq=part_seq))

    # What is told unasked -----------------------------------------------------------------------------------------

    async def _welcome(self) -> Welcome:
        config = self._means.config
        return Welcome(
            station=config.station.name,
            engine=self._engine_id,
            recipe=recipe_line(self._means.recipe, config),
            recipes=await asyncio.to_thread(recipe_names, config),
            cameras=tuple(camera.name for camera in config.camera),
            line=self._has_line,
            idle_lock_s=config.people.idle_lock_s,
            held=held_lines(self._means.engine.held, self._means.clock, self._means.recipe.operator.hidden_share),
        )

    async def _keep_telling(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            try:
                async with asyncio.timeout(STATE_S):
                    await self._changed.wait()
            except TimeoutError:
                pass
            self._changed.clear()
            if self._server.clients:
                if loop.time() - self._latency_at_s >= LATENCY_S:
                    self._latency_at_s = loop.time()
                    self._latency = self._means.engine.tally.latency_ms()
                self.tell(state_of(self._means.engine, self._latency))
            await asyncio.sleep(LEAST_STATE_S)

    async def _keep_locking(self) -> None:
        while True:
            await asyncio.sleep(1.0)
            await self._people.end_idle()

    # What is asked ------------------------------------------------------------------------------------------------

    async def _perform(self, client: Client, command: ToEngine) -> Answer:
        """Do a command once, however often and over however many connections it comes."""
        answer = self._answers.get(command.key)
        if answer is None:
            answer = asyncio.ensure_future(self._answer(client, command))
            self._answers[command.key] = answer
            self._forget_oldest()
        found = await asyncio.shield(answer)
        if isinstance(command, LogIn) and found.done:
            client.session = str(found.result["session"])
        return found

    def _forget_oldest(self) -> None:
        while len(self._answers) > REMEMBERED:
            oldest = next(iter(self._answers))
            if not self._answers[oldest].done():
                return
            del self._answers[oldest]

    async def _answer(self, client: Client, command: ToEngine) -> Answer:
        try:
            person = self._person(client, command)
            self._check_allowed(client, person, command)
            if type(command) in OF_A_LINE and not self._has_line:
                raise RefusedError(Refusal.NOT_NOW, "No line runs here: start the station first.")
            return await self._do(client, person, command)
        except RefusedError as error:
            return refused(command, error.refusal, str(error))
        except Exception:
            # The top of a worker: a defect that a command meets is its sender's to hear of, and the line goes on.
            log.exception("command %s failed", command.type)
            return refused(command, Refusal.FAILED, "The engine failed at this; its log says at what.")

    def _person(self, client: Client, command: Command) -> Person | None:
        if not command.session:
            return None
        person = self._people.sessions.person(command.session)
        if person is not None:
            client.session = command.session
        return person

    @staticmethod
    def _check_allowed(client: Client, person: Person | None, command: ToEngine) -> None:
        if command.type in FOR_ANYBODY or (client.kind and command.type in IN_ITS_OWN_RIGHT[client.kind]):
            return
        if person is None:
            text = SESSION_OVER if command.session else "Nobody is logged in; log in first."
            raise RefusedError(Refusal.NOT_ALLOWED, text)
        if command.type in NEVER_FOR_PEOPLE or not may_send(person.role, command.type):
            raise RefusedError(Refusal.NOT_ALLOWED, f"The role {person.role} may not do this.")

    async def _do(self, client: Client, person: Person | None, command: ToEngine) -> Answer:
        caller = Caller(person.name if person else str(client.kind), person)
        match command:
            case Attach():
                return done(command, person=person.name if person else "")
            case LogIn():
                return await self._people.log_in(command)
            case LogOut():
                return await self._people.log_out(command)
            case SetPreferences():
                return await self._people.set_preferences(caller.somebody, command)
            case ManagePeople() | ManageRecords():
                return await self._manage(caller, command)
            case _:
                return await FUNCTIONS[type(command)](self._means, caller, command)

    async def _manage(self, caller: Caller, command: ManagePeople | ManageRecords) -> Answer:
        if isinstance(command, ManagePeople):
            return await self._people.manage(caller.name, command)
        by = caller.name if caller.person else command.by or caller.name
        return await self._people.manage_records(self._means.config.station.data, by, command)
