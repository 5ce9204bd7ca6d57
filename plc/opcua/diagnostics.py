"""Diagnostic events of OPC 40100-1 (11.6.2), and `DiagnosticLevel`, below whose severity none is sent."""

from collections.abc import Mapping

from asyncua import Node, ua

from plc.opcua.address_space import child
from plc.opcua.events import DIAGNOSTIC, NORMAL, Events
from plc.opcua.ports import Role
from plc.opcua.rules import Caller

HIGHEST = 1000
"""Of a severity (OPC 10000-5, 6.4.2)."""


class Diagnostics:
    """Tells why a call was not done. The level is 0 again after a restart: all is told."""

    def __init__(self, events: Events) -> None:
        self._events = events
        self._node: Node | None = None
        self._level = 0

    async def bind(self, system: Node) -> None:
        """Show the level."""
        self._node = await child(system, "DiagnosticLevel")
        await self._show()

    async def tell_refusal(self, method: str, details: Mapping[str, str]) -> None:
        """Tell that a call was not done."""
        if self._level <= NORMAL:
            message = f"{method} of {details['user']} was not done: {details['why']}"
            await self._events.emit(DIAGNOSTIC, {"CausePath": method}, message)

    def may_write(self, role: Role, node: ua.NodeId) -> bool:
        """Tell whether a role may write a node."""
        return role >= Role.ENGINEER and self.has(node)

    def has(self, node: ua.NodeId) -> bool:
        """Tell whether this is the level."""
        return self._node is not None and node == self._node.nodeid

    async def write(self, caller: Caller, value: ua.WriteValue) -> ua.StatusCode:
        """Take another level."""
        if value.AttributeId != ua.AttributeIds.Value or not self.may_write(caller.rights, value.NodeId):
            return ua.StatusCode(ua.StatusCodes.BadUserAccessDenied)
        variant = value.Value.Value if value.Value is not None else None
        if value.IndexRange or variant is None or variant.VariantType is not ua.VariantType.UInt16:
            return ua.StatusCode(ua.StatusCodes.BadTypeMismatch)
        if not isinstance(variant.Value, int) or variant.Value > HIGHEST:
            return ua.StatusCode(ua.StatusCodes.BadOutOfRange)
        self._level = variant.Value
        await self._show()
        return ua.StatusCode(ua.StatusCodes.Good)

    async def _show(self) -> None:
        assert self._node is not None  # bound
        await self._node.write_value(self._level, ua.VariantType.UInt16)
