"""Results as plain variables, for clients that read tags and know neither structures nor events.

`LastResult` always shows the latest. `NextResult` shows the oldest that is not acknowledged and stays until a client has
written its Sequence into `AcknowledgedSequence`: who reads only variables loses no result either.
"""

from typing import Any

from asyncua import Node, Server, ua

from plc.opcua.ports import Acknowledgements, PortError, Result, ResultFilter, Results, Role
from plc.opcua.rules import Caller

_LAST_ID, _NEXT_ID = 5100, 5200
_ACKNOWLEDGED_AT = 50
_TYPES: dict[str, ua.VariantType] = {
    "ResultId": ua.VariantType.String,
    "PartId": ua.VariantType.String,
    "Verdict": ua.VariantType.String,
    "Reason": ua.VariantType.String,
    "Score": ua.VariantType.Double,
    "DefectCount": ua.VariantType.UInt32,
    "WorstClass": ua.VariantType.String,
    "CreationTime": ua.VariantType.DateTime,
    "Sequence": ua.VariantType.UInt64,
}


class PlainResults:
    """Both folders. Sequence is written last: who sees it change finds the other variables set."""

    def __init__(self, server: Server, namespace: int, results: Results, acknowledgements: Acknowledgements) -> None:
        self._server = server
        self._namespace = namespace
        self._results = results
        self._acknowledgements = acknowledgements
        self._last: dict[str, Node] = {}
        self._next: dict[str, Node] = {}
        self._shown_next = 0
        self._acknowledged: Node | None = None

    async def bind(self) -> None:
        """Add the folders and show what is there already."""
        self._last = await self._folder("LastResult", _LAST_ID)
        self._next = await self._folder("NextResult", _NEXT_ID)
        owner = await self._next["Sequence"].get_parent()
        assert owner is not None  # it was added to one
        self._acknowledged = await owner.add_variable(
            ua.NodeId(_NEXT_ID + _ACKNOWLEDGED_AT, self._namespace),
            ua.QualifiedName("AcknowledgedSequence", self._namespace),
            self._acknowledgements.sequence,
            ua.VariantType.UInt64,
        )
        await self._acknowledged.set_writable()
        latest = await self._results.latest()
        if latest is not None:
            await self._show(self._last, latest)
        await self._show_next()

    async def publish(self, result: Result) -> None:
        """Show a new result."""
        await self._show(self._last, result)
        if not self._shown_next:
            await self._show_next()

    def may_write(self, role: Role, node: ua.NodeId) -> bool:
        """Tell whether a role may write a node."""
        return role >= Role.MES and self._acknowledged is not None and node == self._acknowledged.nodeid

    async def write(self, caller: Caller, value: ua.WriteValue) -> ua.StatusCode:
        """Take an acknowledgement; nothing else can be written."""
        if value.AttributeId != ua.AttributeIds.Value or not self.may_write(caller.rights, value.NodeId):
            return ua.StatusCode(ua.StatusCodes.BadUserAccessDenied)
        variant = value.Value.Value if value.Value is not None else None
        if value.IndexRange or variant is None or variant.VariantType is not ua.VariantType.UInt64:
            return ua.StatusCode(ua.StatusCodes.BadTypeMismatch)
        sequence = variant.Value
        if not isinstance(sequence, int) or sequence > await self._known():
            return ua.StatusCode(ua.StatusCodes.BadOutOfRange)
        try:
            await self._acknowledgements.acknowledge(sequence)
            await self.acknowledged()
        except PortError:
            return ua.StatusCode(ua.StatusCodes.BadResourceUnavailable)
        return ua.StatusCode(ua.StatusCodes.Good)

    async def acknowledged(self) -> None:
        """Show how far is acknowledged, and the next result."""
        assert self._acknowledged is not None  # bound
        await self._acknowledged.write_value(self._acknowledgements.sequence, ua.VariantType.UInt64)
        if self._shown_next <= self._acknowledgements.sequence:
            await self._show_next()

    async def _known(self) -> int:
        latest = await self._results.latest()
        return latest.sequence if latest is not None else 0

    async def _show_next(self) -> None:
        found = await self._results.page(ResultFilter(), self._acknowledgements.sequence, 1)
        await self._show(self._next, found[0] if found else None)
        self._shown_next = found[0].sequence if found else 0

    async def _folder(self, name: str, number: int) -> dict[str, Node]:
        folder = await self._server.nodes.objects.add_folder(
            ua.NodeId(number, self._namespace), ua.QualifiedName(name, self._namespace)
        )
        empty = _values(None)
        return {
            field: await folder.add_variable(
                ua.NodeId(number + place, self._namespace),
                ua.QualifiedName(field, self._namespace),
                empty[field],
                variant,
            )
            for place, (field, variant) in enumerate(_TYPES.items(), 1)
        }

    async def _show(self, nodes: dict[str, Node], result: Result | None) -> None:
        for field, value in _values(result).items():
            await nodes[field].write_value(value, _TYPES[field])


def _values(result: Result | None) -> dict[str, Any]:
    if result is None:
        texts = dict.fromkeys(("ResultId", "PartId", "Verdict", "Reason"), "")
        return {
            **texts,
            "Score": _NO_SCORE,
            "DefectCount": 0,
            "WorstClass": "",
            "CreationTime": ua.win_epoch_to_datetime(0),
            "Sequence": 0,
        }
    return {
        "ResultId": result.result_id,
        "PartId": result.part_id,
        "Verdict": result.evaluation.name,
        "Reason": result.reason,
        "Score": _NO_SCORE if result.score is None else result.score,
        "DefectCount": len(result.defects),
        "WorstClass": result.worst_class,
        "CreationTime": result.creation_time,
        "Sequence": result.sequence,
    }


_NO_SCORE = -1.0
"""Shown where no model gave a score."""
