"""The state machines bound to their nodes, to the line and to the methods that a client calls."""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from asyncua import Node, Server, ua

from plc.opcua.address_space import add_optional, child
from plc.opcua.events import Events
from plc.opcua.methods import ERROR_BAD_VALUE, ERROR_UNKNOWN, MethodError, MethodTable
from plc.opcua.ports import HaltMark, Line, LineState, Products, Role
from plc.opcua.state_machine import (
    Cause,
    Effect,
    Mode,
    NotNowError,
    Situation,
    State,
    Transition,
    allows,
    browse_name,
    describe,
    next_cause,
    step,
)
from plc.opcua.structures import Namespaces, Structures

log = logging.getLogger(__name__)

_MACHINE_TYPE, _MODE_TYPE = 1017, 1021
_LAST_TRANSITION_TYPE = 2767
_SEMI = {State.OPERATIONAL: 2, State.ERROR: 5, State.HALTED: 4, State.PREOPERATIONAL: 5}
"""SEMI E10: standby 2, scheduled down 4, unscheduled down 5; productive 1 while a job runs."""
_PRODUCTIVE = 1


class VisionMachine:
    """Keeps CurrentState, LastTransition, SystemState and the events of both machines true.

    Everything runs on one loop. A client's method and what the line does by itself take turns under a lock, so that the
    events of one step are never mixed with those of another.
    """

    def __init__(
        self,
        server: Server,
        spaces: Namespaces,
        structures: Structures,
        events: Events,
        line: Line,
        halt: HaltMark,
        products: Products,
    ) -> None:
        self.situation = Situation(State.HALTED) if halt.stands else Situation()
        self.line_state = LineState(attached=False, faults=(), accepting=False, busy=False, settled=False, recipe=None)
        self._server = server
        self._spaces = spaces
        self._structures = structures
        self._events = events
        self._line = line
        self._halt_mark = halt
        self._products = products
        self._product = ""
        self._lock = asyncio.Lock()
        self._job = ""
        self._single_job = ""
        self._job_done = False
        self._unprepared = False
        self._nodes: dict[type, Node] = {}
        self._types: dict[type, dict[str, Node]] = {}
        self._system_state: Node | None = None

    async def bind(self, system: Node, methods: MethodTable) -> None:
        """Find the nodes, add what the type leaves out, and answer the methods."""
        outer = await child(system, "VisionStateMachine")
        inner = await child(outer, "AutomaticModeStateMachine")
        self._nodes = {State: outer, Mode: inner}
        for kind, number in ((State, _MACHINE_TYPE), (Mode, _MODE_TYPE)):
            of_type = self._server.get_node(ua.NodeId(number, self._spaces.vision))
            self._types[kind] = {
                str((await node.read_browse_name()).Name): node for node in await of_type.get_children()
            }
            await add_optional(self._nodes[kind], ["LastTransition"])
            await add_optional(await child(self._nodes[kind], "LastTransition"), ["Number", "TransitionTime"])
        self._system_state = await child(system, "SystemState")
        await self._show(None)
        await methods.add(outer, "Halt", Role.ENGINEER, self._halt)
        await methods.add(outer, "Reset", Role.ENGINEER, self._reset)
        await methods.add(outer, "SelectModeAutomatic", Role.MES, self._select_mode_automatic)
        await methods.add(inner, "StartSingleJob", Role.MES, self._start_single_job)
        await methods.add(inner, "StartContinuous", Role.MES, self._start_continuous)
        await methods.add(inner, "Stop", Role.MES, self._stop)
        await methods.add(inner, "Abort", Role.MES, self._abort)

    # What the line does -------------------------------------------------------------------------------------------

    async def observe(self, line: LineState, job: str) -> None:
        """Take the line's state; `job` is the job that parts taken as they come belong to."""
        async with self._lock:
            self.line_state = line
            await self._settle(job)

    async def result_published(self, job: str) -> None:
        """Note that a job has its result: a single job is then done."""
        async with self._lock:
            if job == self._single_job:
                self._job_done = True
                await self._settle(self._job)

    async def _settle(self, job: str) -> None:
        while cause := next_cause(
            self.situation, self.line_state, unprepared=self._unprepared, job_done=self._job_done
        ):
            if cause is Cause.STARTED_ELSEWHERE:
                self._job = job
            await self._go(cause)
        await self._show_system_state()

    # What a client does -------------------------------------------------------------------------------------------

    async def _halt(self, cause: int, description: str) -> tuple[Any, ...]:
        async with self._lock:
            self._require(Cause.HALT)
            if self.line_state.attached:
                await self._line.pause(_reason("Halt", cause, description))
            await self._halt_mark.keep(stands=True)
            await self._go(Cause.HALT)
            await self._show_system_state()
        return ()

    async def _reset(self, cause: int, description: str) -> tuple[Any, ...]:
        async with self._lock:
            self._require(Cause.RESET)
            if self.line_state.attached and self.line_state.accepting:
                await self._line.pause(_reason("Reset", cause, description))
            await self._halt_mark.keep(stands=False)
            await self._go(Cause.RESET)
            await self._settle(self._job)
        return ()

    async def _select_mode_automatic(self) -> tuple[Any, ...]:
        async with self._lock:
            if self.situation.state is State.OPERATIONAL:
                return ()  # it is the only mode there is
            self._require(Cause.SELECT_MODE_AUTOMATIC)
            if not (self.line_state.attached and self.line_state.settled):
                raise NotNowError("cameras, model and storage are not up yet")
            await self._go(Cause.SELECT_MODE_AUTOMATIC)
            await self._settle(self._job)
        return ()

    async def _start_single_job(
        self, meas_id: Any, part_id: Any, recipe: Any, product: Any, parameters: Any
    ) -> tuple[Any, ...]:
        async with self._lock:
            self._require(Cause.START_SINGLE_JOB)
            made = self._check_job(recipe, product, parameters)
            self._single_job = await self._line.trigger(_id(part_id), _id(meas_id), made)
            self._job, self._job_done = self._single_job, False
            await self._go(Cause.START_SINGLE_JOB)
            await self._show_system_state()
            return (self._structures.job_id(self._job),)

    async def _start_continuous(
        self, meas_id: Any, part_id: Any, recipe: Any, product: Any, parameters: Any
    ) -> tuple[Any, ...]:
        async with self._lock:
            self._require(Cause.START_CONTINUOUS)
            made = self._check_job(recipe, product, parameters)
            self._job = await self._line.run(_id(part_id), _id(meas_id), made)
            self.line_state = _accepting(self.line_state, yes=True)
            await self._go(Cause.START_CONTINUOUS)
            await self._show_system_state()
            return (self._structures.job_id(self._job),)

    async def _stop(self, cause: int, description: str) -> tuple[Any, ...]:
        return await self._end_job(Cause.STOP, cause, description)

    async def _abort(self, cause: int, description: str) -> tuple[Any, ...]:
        return await self._end_job(Cause.ABORT, cause, description)

    async def _end_job(self, ending: Cause, cause: int, description: str) -> tuple[Any, ...]:
        async with self._lock:
            self._require(ending)
            if self.situation.mode is Mode.CONTINUOUS_EXECUTION:
                await self._line.pause(_reason(ending.value, cause, description))
                self.line_state = _accepting(self.line_state, yes=False)
            self._single_job = ""
            await self._go(ending)
            await self._show_system_state()
        return ()

    async def prepare(self, recipe: str, product: str = "") -> bool:
        """Prepare a recipe, by itself or for a product it judges.

        True when it is in use already, False when the line has to change over first.
        """
        async with self._lock:
            if self.situation.mode not in {Mode.INITIALIZED, Mode.READY}:
                raise NotNowError(f"a recipe cannot be prepared while {describe(self.situation)}")
            in_use = self.line_state.recipe
            if in_use is None or in_use.id != recipe:
                await self._line.change_recipe(recipe)
                self._unprepared, self._product = False, product
                return False
            was_unprepared, self._unprepared = self._unprepared, False
            self._product = product
            cause = Cause.PREPARE_PRODUCT if product else Cause.PREPARE_RECIPE
            if was_unprepared and allows(self.situation, cause):
                await self._go(cause)
            else:
                await self._recipe_prepared()
            await self._settle(self._job)
            return True

    async def unprepare(self, recipe: str, *, by_product: bool = False) -> None:
        """Unprepare the recipe in use, named by itself or by a product of its: no job starts until one is prepared."""
        async with self._lock:
            in_use = self.line_state.recipe
            if in_use is None or in_use.id != recipe or self._unprepared:
                raise MethodError(ERROR_UNKNOWN, f"the recipe {recipe!r} is not prepared")
            cause = Cause.UNPREPARE_PRODUCT if by_product else Cause.UNPREPARE_RECIPE
            self._require(cause)
            self._unprepared, self._product = True, ""
            await self._go(cause)
            await self._show_system_state()

    def is_prepared(self, recipe: str) -> bool:
        """Tell whether a job may name a recipe."""
        in_use = self.line_state.recipe
        return in_use is not None and in_use.id == recipe and not self._unprepared

    def _require(self, cause: Cause) -> None:
        if not allows(self.situation, cause):
            raise NotNowError(f"{cause.value} is not possible while {describe(self.situation)}")

    @property
    def product(self) -> str:
        """The product that was prepared, as long as its recipe is; empty for none."""
        return self._product if self.is_prepared(self._products.links.get(self._product, "")) else ""

    def _check_job(self, recipe: Any, product: Any, parameters: Any) -> str:
        """Return the product that a job is for: the one named, or else the one that was prepared."""
        if parameters:
            raise MethodError(ERROR_BAD_VALUE, "jobs take no parameters")
        wanted, made = _id(recipe), _id(product)
        if wanted and not self.is_prepared(wanted):
            raise MethodError(ERROR_BAD_VALUE, f"the recipe {wanted!r} is not prepared")
        if made and not self.is_prepared(self._products.links.get(made, "")):
            raise MethodError(ERROR_BAD_VALUE, f"the product {made!r} is not prepared")
        return made or self.product

    # What clients see ---------------------------------------------------------------------------------------------

    async def _go(self, cause: Cause) -> None:
        before, (self.situation, transition) = self.situation, step(self.situation, cause)
        log.info("OPC UA: %s, %s -> %s", cause.value, describe(before), describe(self.situation))
        await self._show(transition)
        await self._tell_state_changed(transition)
        for effect in transition.effects:
            await self._tell(effect)

    async def _show(self, transition: Transition | None) -> None:
        now = datetime.now(UTC)
        await self._show_state(self._nodes[State], self.situation.state, now)
        await self._show_state(self._nodes[Mode], self.situation.mode, now)
        if transition is None:
            return
        kind = type(transition.target)
        shown = await child(self._nodes[kind], "LastTransition")
        await shown.write_value(ua.LocalizedText(transition.name, "en"))
        values = {"Id": self._types[kind][transition.name].nodeid, "Number": ua.UInt32(transition.number)}
        types = {"Id": ua.VariantType.NodeId, "Number": ua.VariantType.UInt32}
        for name, value in values.items():
            await (await child(shown, name)).write_value(value, types[name])
        await (await child(shown, "TransitionTime")).write_value(now, ua.VariantType.DateTime)

    async def _show_state(self, machine: Node, state: State | Mode | None, now: datetime) -> None:
        current = await child(machine, "CurrentState")
        number = await child(current, "Id")
        if state is None:
            inactive = ua.DataValue(
                ua.Variant(None), StatusCode=ua.StatusCode(ua.StatusCodes.BadStateNotActive), SourceTimestamp=now
            )
            await current.write_value(inactive)
            await number.write_value(inactive)
            return
        await current.write_value(ua.LocalizedText(browse_name(state), "en"))
        of_type = self._types[type(state)][browse_name(state)]
        await number.write_value(of_type.nodeid, ua.VariantType.NodeId)

    async def _show_system_state(self) -> None:
        assert self._system_state is not None  # bound
        running = self.situation.mode in {Mode.SINGLE_EXECUTION, Mode.CONTINUOUS_EXECUTION}
        semi = _PRODUCTIVE if running else _SEMI[self.situation.state]
        text = self.line_state.faults[0].text if self.line_state.faults else describe(self.situation)
        value = self._structures.system_state(semi, text[:200])
        if value != await self._system_state.read_value():
            await self._system_state.write_value(ua.Variant(value, ua.VariantType.ExtensionObject))

    async def _tell_state_changed(self, transition: Transition) -> None:
        source = self._types[type(transition.source)][browse_name(transition.source)]
        target = self._types[type(transition.target)][browse_name(transition.target)]
        arrow = self._types[type(transition.target)][transition.name]
        values = {
            "FromState": ua.LocalizedText(browse_name(transition.source), "en"),
            "FromState/Id": source.nodeid,
            "ToState": ua.LocalizedText(browse_name(transition.target), "en"),
            "ToState/Id": target.nodeid,
            "Transition": ua.LocalizedText(transition.name, "en"),
            "Transition/Id": arrow.nodeid,
        }
        message = f"{browse_name(transition.source)} to {browse_name(transition.target)}"
        await self._events.emit("StateChangedEventType", values, message)

    async def _tell(self, effect: Effect) -> None:
        match effect:
            case Effect.RECIPE_PREPARED:
                await self._recipe_prepared()
            case Effect.JOB_STARTED | Effect.READY:
                message = (
                    f"job {self._job}: {'started' if effect is Effect.JOB_STARTED else 'done, ready for the next'}"
                )
                await self._events.emit(effect.value, {"JobId": self._structures.job_id(self._job)}, message)
            case Effect.ERROR | Effect.ERROR_RESOLVED:
                await self._events.emit(effect.value, self._state_fields(), self._faults() or "well")

    def _faults(self) -> str:
        return "; ".join(fault.text for fault in self.line_state.faults)

    def _state_fields(self) -> Mapping[str, Any]:
        return {"ToState": ua.LocalizedText(browse_name(self.situation.state), "en")}

    async def recipe_changed(self) -> None:
        """Tell that the line has changed over to another recipe."""
        async with self._lock:
            await self._recipe_prepared()

    async def _recipe_prepared(self) -> None:
        recipe = self.line_state.recipe
        if recipe is None:
            return
        values = {
            "ExternalId": self._structures.external_recipe(recipe),
            "InternalId": self._structures.internal_recipe(recipe),
            "ProductId": self._structures.product_id(self.product),
        }
        message = f"recipe {recipe.id} version {recipe.version} is prepared"
        await self._events.emit("RecipePreparedEventType", values, message)


def _id(value: Any) -> str:
    """Return the `Id` of a structure that a client may have left open."""
    return str(value.Id or "").strip() if value is not None else ""


def _reason(method: str, cause: int, description: str | None) -> str:
    text = " ".join((description or "").split())[:200]  # it goes into a log: one line
    return f"{method} over OPC UA, cause {cause}" + (f": {text}" if text else "")


def _accepting(line: LineState, *, yes: bool) -> LineState:
    return replace(line, accepting=yes)
