"""ResultManagement of OPC 40001-101 beside the vision system's own: verdicts as ResultEvaluation, and acknowledgement."""

from collections.abc import Awaitable, Callable
from typing import Any

from asyncua import Node

from plc.opcua.content_filter import FilterError, check_order, result_filter
from plc.opcua.events import MACHINERY_EVENT, Events
from plc.opcua.handles import Handles
from plc.opcua.methods import ERROR_BAD_VALUE, ERROR_UNKNOWN, Audited, MethodError, MethodTable
from plc.opcua.ports import Acknowledgements, Result, Results, Role
from plc.opcua.rules import Caller
from plc.opcua.structures import Structures

MOST_IDS = 1000
"""Ids in one answer, and in one acknowledgement."""


class MachineryResults:
    """Answers what a client asks of results in the words of the Machinery specification."""

    def __init__(
        self,
        results: Results,
        acknowledgements: Acknowledgements,
        structures: Structures,
        events: Events,
        acknowledged: Callable[[], Awaitable[None]],
    ) -> None:
        self._results = results
        self._acknowledgements = acknowledgements
        self._structures = structures
        self._events = events
        self._acknowledged = acknowledged
        self._handles = Handles()

    async def bind(self, node: Node, methods: MethodTable) -> None:
        """Answer the methods of the Machinery ResultManagement."""
        for name, handler in (
            ("GetLatestResult", self._latest),
            ("GetResultById", self._by_id),
            ("GetResultIdListFiltered", self._ids),
            ("ReleaseResultHandle", self._release),
        ):
            await methods.add(node, name, Role.OBSERVER, handler, audited=Audited.NEVER, wants_caller=True)
        await methods.add(node, "AcknowledgeResults", Role.MES, self._acknowledge, audited=Audited.OFTEN)

    async def publish(self, result: Result) -> None:
        """Tell of a new result."""
        whole, meta_data = self._structures.machinery_result(result), self._structures.meta_data(result)
        values = {"Result": whole, "Result/ResultMetaData": meta_data, "Result/ResultContent": whole.ResultContent}
        for name in meta_data.__dataclass_fields__:
            if name != "Encoding":  # which optional fields are there: part of the structure's encoding alone
                values[f"Result/ResultMetaData/{name}"] = getattr(meta_data, name)
        message = f"part {result.part_id or result.result_id}: {result.evaluation.name}"
        await self._events.emit(MACHINERY_EVENT, values, message)

    async def _latest(self, caller: Caller, _timeout: int) -> tuple[Any, ...]:
        result = await self._results.latest()
        if result is None:
            raise MethodError(ERROR_UNKNOWN, "there is no result yet")
        return self._handles.take(caller.session), self._structures.machinery_result(result)

    async def _by_id(self, caller: Caller, result_id: str | None, _timeout: int) -> tuple[Any, ...]:
        result = await self._results.by_id((result_id or "").strip())
        if result is None:
            raise MethodError(ERROR_UNKNOWN, f"there is no result {result_id!r}")
        return self._handles.take(caller.session), self._structures.machinery_result(result)

    async def _ids(
        self, caller: Caller, wanted: Any, ordered_by: list[Any] | None, most: int, _timeout: int
    ) -> tuple[Any, ...]:
        try:
            check_order(ordered_by)
            filtered = result_filter(wanted)
        except FilterError as error:
            raise MethodError(ERROR_BAD_VALUE, str(error)) from None
        found = await self._results.ids(filtered, min(most, MOST_IDS) if most else MOST_IDS)
        return self._handles.take(caller.session), list(found)

    async def _release(self, caller: Caller, handle: int) -> tuple[Any, ...]:
        if not self._handles.release(caller.session, handle):
            raise MethodError(ERROR_UNKNOWN, f"this session has no handle {handle}")
        return ()

    async def _acknowledge(self, result_ids: list[str] | None) -> tuple[Any, ...]:
        found = [await self._results.by_id(str(result_id or "").strip()) for result_id in result_ids or ()]
        known = [result.sequence for result in found if result is not None]
        if known:
            await self._acknowledgements.acknowledge(max(known))
            await self._acknowledged()
        return ([0 if result is not None else ERROR_UNKNOWN for result in found],)
