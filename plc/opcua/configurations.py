"""ConfigurationManagement of OPC 40100-1 for a system with one configuration, which stands in a file and is always active."""

from typing import Any

from asyncua import Node, ua

from plc.opcua.address_space import child
from plc.opcua.handles import Handles
from plc.opcua.methods import ERROR_BAD_VALUE, ERROR_UNKNOWN, Audited, MethodError, MethodTable
from plc.opcua.ports import Configuration, Role
from plc.opcua.rules import Caller
from plc.opcua.structures import Structures


class ConfigurationManagement:
    """Answers what a client asks of the configuration."""

    def __init__(self, configuration: Configuration, structures: Structures) -> None:
        self._id = configuration.identity
        self._value = structures.configuration(configuration)
        self._handles = Handles()

    async def bind(self, system: Node, methods: MethodTable) -> None:
        """Show the active configuration and answer the methods of the system's ConfigurationManagement."""
        node = await child(system, "ConfigurationManagement")
        active = await child(node, "ActiveConfiguration")
        await active.write_value(ua.Variant(self._value, ua.VariantType.ExtensionObject))
        for name, handler in (
            ("GetConfigurationList", self._list),
            ("GetConfigurationById", self._by_id),
            ("ReleaseConfigurationHandle", self._release),
        ):
            await methods.add(node, name, Role.OBSERVER, handler, audited=Audited.NEVER, wants_caller=True)
        await methods.add(node, "ActivateConfiguration", Role.ENGINEER, self._activate)

    async def _list(self, caller: Caller, _most: int, start: int, _timeout: int) -> tuple[Any, ...]:
        shown = [self._value][start:]
        return True, len(shown), self._handles.take(caller.session), shown

    async def _by_id(self, caller: Caller, wanted: Any, _timeout: int) -> tuple[Any, ...]:
        self._check(wanted)
        return self._handles.take(caller.session), self._value

    async def _release(self, caller: Caller, handle: int) -> tuple[Any, ...]:
        if not self._handles.release(caller.session, handle):
            raise MethodError(ERROR_UNKNOWN, f"this session has no handle {handle}")
        return ()

    async def _activate(self, wanted: Any) -> tuple[Any, ...]:
        self._check(wanted)  # it is active already
        return ()

    def _check(self, wanted: Any) -> None:
        if wanted is None or not wanted.Id:
            raise MethodError(ERROR_BAD_VALUE, "no configuration was named")
        other_hash = wanted.Hash and bytes(wanted.Hash).hex() != self._id.sha256
        if wanted.Id != self._id.id or other_hash:
            raise MethodError(ERROR_UNKNOWN, f"there is no configuration {wanted.Id!r} of this hash")
