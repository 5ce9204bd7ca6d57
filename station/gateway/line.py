"""The engine as the OPC UA server sees it: its state, and what a client may have done through the desk."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from uuid import uuid4

from plc.opcua.ports import Fault, Identity, LineState, PortError
from station.desk.client import DeskClient
from station.desk.messages import (
    AddAudit,
    Answer,
    ChooseRecipe,
    FromEngine,
    Kind,
    PartCaptured,
    PartFinished,
    Pause,
    Refusal,
    Resume,
    State,
    ToEngine,
    TriggerPart,
    VerdictChanged,
    Welcome,
)
from station.gateway.jobs import Jobs
from station.journal.errors import StorageError

log = logging.getLogger(__name__)

ANSWER_S = 5.0
DRAIN_S = 10.0
"""How long parts in hand may take to become durable after a pause."""
_NO_PLC = Fault("plc", "PLC", "The PLC is not connected: nobody takes the verdicts. Look at its program and the cable.")


class EngineLine:
    """The engine. Everything but the desk client's own thread runs on one loop.

    Parameters
    ----------
    data
        The station's data folder.
    last_part
        Gives the row of the journal's last part.
    changed
        Called, on the loop, when the line's state changed.
    captured
        Called, on the loop, when the cameras are done with a part, with its uid and the job it belongs to.
    new_results
        Called, on the loop, when there may be a result that was not there before.
    expects_plc
        Whether the station has a PLC, so that its absence is worth a warning.
    """

    def __init__(
        self,
        data: Path,
        last_part: Callable[[], Awaitable[int]],
        changed: Callable[[], None],
        captured: Callable[[str, str], None],
        new_results: Callable[[], None],
        *,
        expects_plc: bool,
    ) -> None:
        self._loop = asyncio.get_running_loop()
        self._desk = DeskClient(data, Kind.GATEWAY, self._on_message, self._on_lost)
        self._last_part = last_part
        self._changed = changed
        self._captured = captured
        self._new_results = new_results
        self._expects_plc = expects_plc
        self._jobs: Jobs | None = None
        self._recipe: Identity | None = None
        self._state: State | None = None
        self._quiet = asyncio.Event()
        self._changing = asyncio.Lock()

    def start(self, jobs: Jobs) -> None:
        """Attach to the engine, now and whenever it is there again."""
        self._jobs = jobs
        self._desk.start()

    async def stop(self) -> None:
        """Detach."""
        await asyncio.to_thread(self._desk.stop)

    @property
    def state(self) -> LineState:
        """How the line is."""
        state = self._state
        if state is None:
            return LineState(attached=False, faults=(), accepting=False, busy=False, settled=False, recipe=self._recipe)
        return LineState(
            attached=True,
            faults=tuple(Fault(fault.code, fault.source, fault.text) for fault in state.faults),
            warnings=() if state.plc_up or not self._expects_plc else (_NO_PLC,),
            accepting=state.accepting and not state.awaited,
            busy=state.counts.started > state.counts.finished,
            settled=not state.awaited,
            recipe=self._recipe,
        )

    async def running_job(self) -> str:
        """Return the job of parts that are taken as they come; one begins here if somebody else has them taken."""
        async with self._changing:
            state = self.state
            if state.attached and state.accepting and not self._known_jobs.running:
                await self._begin_job()
            elif state.attached and not state.accepting and not state.busy:
                await self._end_job()
            return self._known_jobs.running

    # What a client has done ---------------------------------------------------------------------------------------

    async def trigger(self, part_id: str, meas_id: str, product: str) -> str:
        """Trigger one part. Raises `PortError`."""
        answer = await self._ask(TriggerPart(key=uuid4(), part_id=part_id))
        job = str(answer.result["uid"])
        await self._kept(self._known_jobs.measure(job, meas_id, product))
        return job

    async def run(self, part_id: str, meas_id: str, product: str) -> str:
        """Take parts as they come. Raises `PortError`."""
        if part_id:
            raise PortError("parts that are taken as they come bring their own ids: leave PartId open")
        async with self._changing:
            job = await self._begin_job(meas_id, product)
            try:
                await self._ask(Resume(key=uuid4()))
            except PortError:
                await self._end_job()
                raise
            return job

    async def pause(self, reason: str) -> None:
        """Take no more parts, and wait until none is in hand. Raises `PortError`."""
        async with self._changing:
            await self._ask(Pause(key=uuid4(), reason=reason))
            try:
                async with asyncio.timeout(DRAIN_S):
                    await self._drained()
            except TimeoutError:
                raise PortError("a part is still in hand; ask again") from None
            await self._end_job()

    async def change_recipe(self, recipe: str) -> None:
        """Change over to another recipe. Raises `PortError`."""
        await self._ask(ChooseRecipe(key=uuid4(), recipe=recipe))

    async def audit(self, event: str, details: Mapping[str, str]) -> None:
        """Enter what a client did into the audit chain; it waits in order while the engine is away."""
        self._desk.send(AddAudit(key=uuid4(), event=event, details=dict(details)), self._audited)

    @staticmethod
    def _audited(answer: Answer) -> None:
        if not answer.done:
            log.error("an entry is missing in the audit chain: %s", answer.text)

    async def _begin_job(self, meas_id: str = "", product: str = "") -> str:
        job = f"run-{uuid4()}"
        await self._kept(self._known_jobs.begin(await self._last_row(), job, meas_id, product))
        return job

    async def _end_job(self) -> None:
        if self._known_jobs.running:
            await self._kept(self._known_jobs.end(await self._last_row()))

    async def _last_row(self) -> int:
        try:
            return await self._last_part()
        except StorageError as error:
            raise PortError(str(error)) from error

    @staticmethod
    async def _kept(work: Awaitable[None]) -> None:
        try:
            await work
        except StorageError as error:
            raise PortError(str(error)) from error

    async def _drained(self) -> None:
        while True:
            self._quiet.clear()
            state = self.state
            if not state.attached or not (state.accepting or state.busy):
                return
            await self._quiet.wait()

    async def _ask(self, command: ToEngine) -> Answer:
        if self._state is None:
            raise PortError("the engine is not there; ask again when it is")
        answered: asyncio.Future[Answer] = self._loop.create_future()

        def take(answer: Answer) -> None:
            self._loop.call_soon_threadsafe(_settle, answered, answer)

        self._desk.send(command, take)
        try:
            async with asyncio.timeout(ANSWER_S):
                answer = await answered
        except TimeoutError:
            raise PortError("the engine does not answer; look whether it was done before you ask again") from None
        if not answer.done:
            raise PortError(answer.text or str(answer.refusal or Refusal.FAILED))
        return answer

    @property
    def _known_jobs(self) -> Jobs:
        assert self._jobs is not None  # started with them
        return self._jobs

    # What the engine says; from the desk client's thread ------------------------------------------------------------

    def _on_message(self, message: FromEngine) -> None:
        self._call(self._hear, message)

    def _on_lost(self, why: str) -> None:
        self._call(self._lose, why)

    def _call(self, function: Callable[..., None], *args: object) -> None:
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(function, *args)

    def _hear(self, message: FromEngine) -> None:
        match message:
            case Welcome(recipe=recipe):
                self._recipe = Identity(recipe.name, str(recipe.version), recipe.sha256)
            case State():
                self._state = message
                self._quiet.set()
                self._changed()
            case PartCaptured(uid=uid):
                self._captured(str(uid), self._known_jobs.running or str(uid))
            case PartFinished() | VerdictChanged():
                self._new_results()
            case _:
                pass

    def _lose(self, why: str) -> None:
        log.warning("no engine: %s", why)
        self._state = None
        self._quiet.set()
        self._changed()


def _settle(answered: "asyncio.Future[Answer]", answer: Answer) -> None:
    if not answered.done():
        answered.set_result(answer)
