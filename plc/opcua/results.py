"""ResultManagement of OPC 40100-1, and ResultReady for every result in the order of the station's own sequence."""

from collections import OrderedDict
from typing import Any

from asyncua import Node

from plc.opcua.address_space import child
from plc.opcua.events import Events
from plc.opcua.handles import Handles
from plc.opcua.methods import ERROR_BAD_VALUE, ERROR_UNKNOWN, Audited, MethodError, MethodTable
from plc.opcua.ports import Result, ResultFilter, Results, ResultState, Role
from plc.opcua.rules import Caller
from plc.opcua.structures import Structures

MOST_IN_A_LIST = 100
"""Results in one answer; the rest by StartIndex."""
MOST_IN_HAND = 1000
"""Parts whose pictures are taken and whose first result may still come."""


class ResultManagement:
    """Answers what a client asks of results."""

    def __init__(self, results: Results, structures: Structures, events: Events) -> None:
        self._results = results
        self._structures = structures
        self._events = events
        self._handles = Handles()
        self._acquired: OrderedDict[str, None] = OrderedDict()

    async def bind(self, system: Node, methods: MethodTable) -> None:
        """Answer the methods of the system's ResultManagement."""
        node = await child(system, "ResultManagement")
        for name, handler in (
            ("GetResultById", self._by_id),
            ("GetResultComponentsById", self._components),
            ("GetResultListFiltered", self._filtered),
            ("ReleaseResultHandle", self._release),
        ):
            await methods.add(node, name, Role.OBSERVER, handler, audited=Audited.NEVER, wants_caller=True)

    async def publish(self, result: Result) -> None:
        """Tell of a new result."""
        values = self._structures.components(result)
        del values["HasTransferableDataOnFile"]  # a field of the structure, not of the event
        message = f"part {result.part_id or result.result_id}: {result.evaluation.name}"
        if not result.supersedes:
            await self.acquired(result.result_id, result.job_id)
        await self._events.emit("ResultReadyEventType", values, message)

    async def acquired(self, result_id: str, job: str) -> None:
        """Tell, once for each part, that its pictures are taken; at the latest with its first result."""
        if result_id in self._acquired:
            return
        self._acquired[result_id] = None
        if len(self._acquired) > MOST_IN_HAND:
            self._acquired.popitem(last=False)
        values = {"JobId": self._structures.job_id(job)}
        await self._events.emit("AcquisitionDoneEventType", values, f"job {job}: pictures taken")

    async def _by_id(self, caller: Caller, result_id: Any, _timeout: int) -> tuple[Any, ...]:
        result = await self._find(result_id)
        return self._handles.take(caller.session), self._structures.result(result)

    async def _components(self, caller: Caller, result_id: Any, _timeout: int) -> tuple[Any, ...]:
        values = self._structures.components(await self._find(result_id))
        return (
            values["HasTransferableDataOnFile"],
            self._handles.take(caller.session),
            *(values[name] for name in _COMPONENTS),
        )

    async def _filtered(
        self,
        caller: Caller,
        state: int,
        meas_id: Any,
        part_id: Any,
        external_recipe: Any,
        internal_recipe: Any,
        external_configuration: Any,
        internal_configuration: Any,
        product: Any,
        job_id: Any,
        most: int,
        start: int,
        _timeout: int,
    ) -> tuple[Any, ...]:
        recipe = _id(external_recipe) or _id(internal_recipe)
        if _id(external_recipe) and _id(internal_recipe) and _id(external_recipe) != _id(internal_recipe):
            return True, 0, self._handles.take(caller.session), []
        wanted = ResultFilter(
            state=_state(state),
            part_id=_id(part_id),
            recipe_id=recipe,
            job_id=_id(job_id),
            meas_id=_id(meas_id),
            product=_id(product),
            configuration_id=_id(external_configuration) or _id(internal_configuration),
        )
        count = min(most, MOST_IN_A_LIST) if most else MOST_IN_A_LIST
        found = await self._results.page(wanted, start, count + 1)
        shown = [self._structures.result(result) for result in found[:count]]
        return len(found) <= count, len(shown), self._handles.take(caller.session), shown

    async def _release(self, caller: Caller, handle: int) -> tuple[Any, ...]:
        if not self._handles.release(caller.session, handle):
            raise MethodError(ERROR_UNKNOWN, f"this session has no handle {handle}")
        return ()

    async def _find(self, result_id: Any) -> Result:
        wanted = _id(result_id)
        if wanted is None:
            raise MethodError(ERROR_BAD_VALUE, "no ResultId was given")
        result = await self._results.by_id(wanted)
        if result is None:
            raise MethodError(ERROR_UNKNOWN, f"there is no result {wanted!r}")
        return result


_COMPONENTS = (
    "IsPartial",
    "IsSimulated",
    "ResultState",
    "MeasId",
    "PartId",
    "ExternalRecipeId",
    "InternalRecipeId",
    "ProductId",
    "ExternalConfigurationId",
    "InternalConfigurationId",
    "JobId",
    "CreationTime",
    "ProcessingTimes",
    "ResultContent",
)
"""Outputs of GetResultComponentsById after the handle, in their order."""


def _state(number: int) -> ResultState | None:
    """Return the state to filter by; 0, Undefined, asks for all."""
    if number == ResultState.UNDEFINED:
        return None
    try:
        return ResultState(number)
    except ValueError:
        raise MethodError(ERROR_BAD_VALUE, f"there is no ResultState {number}") from None


def _id(value: Any) -> str | None:
    """Return the `Id` of a structure, None where the client left it open."""
    return str(value.Id).strip() or None if value is not None and value.Id else None
