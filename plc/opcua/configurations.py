"""ConfigurationManagement of OPC 40100-1 (7.3): the configuration that is active, and others that wait beside it as files.

A configuration says which cameras, ports and folders there are, so a running system cannot change to another one: what a client
brings is checked and kept, and becomes active by the hand of whoever starts the system again with it.
"""

from typing import Any

from asyncua import Node, Server, ua

from plc.opcua.address_space import child
from plc.opcua.audit import AuditTrail
from plc.opcua.events import Events
from plc.opcua.file_transfer import Transferable, answer_transfer
from plc.opcua.files import TemporaryFiles
from plc.opcua.handles import Handles
from plc.opcua.methods import ERROR_BAD_VALUE, ERROR_UNKNOWN, Audited, MethodError, MethodTable, StatusError
from plc.opcua.ports import Configuration, Configurations, Identity, PortError, Role
from plc.opcua.rules import Caller
from plc.opcua.state_machine import NotNowError
from plc.opcua.structures import Namespaces, Structures

INFORMATION = "VisionInformationEventType"
MOST_IN_A_LIST = 100


class ConfigurationManagement:
    """Answers what a client does with configurations."""

    def __init__(
        self,
        server: Server,
        spaces: Namespaces,
        structures: Structures,
        configurations: Configurations,
        events: Events,
        files: TemporaryFiles,
        audit: AuditTrail,
    ) -> None:
        self._server = server
        self._own = spaces.own
        self._structures = structures
        self._configurations = configurations
        self._events = events
        self._files = files
        self._audit = audit
        self._handles = Handles()
        self._folder: Node | None = None
        self._shown: dict[str, tuple[Node, Configuration]] = {}

    async def bind(self, system: Node, methods: MethodTable) -> None:
        """Show the configurations and answer the methods of the system's ConfigurationManagement."""
        node = await child(system, "ConfigurationManagement")
        self._folder = await child(node, "Configurations")
        active = await child(node, "ActiveConfiguration")
        await active.write_value(self._value(self._configurations.active))
        await self._show()
        for name, handler in (
            ("GetConfigurationList", self._list),
            ("GetConfigurationById", self._by_id),
            ("ReleaseConfigurationHandle", self._release),
        ):
            await methods.add(node, name, Role.OBSERVER, handler, audited=Audited.NEVER, wants_caller=True)
        await methods.add(node, "ActivateConfiguration", Role.ENGINEER, self._activate)
        await methods.add(node, "AddConfiguration", Role.ENGINEER, self._add)
        await methods.add(node, "RemoveConfiguration", Role.ENGINEER, self._remove, wants_caller=True)
        largest = self._configurations.largest_bytes
        things = Transferable(
            "configuration", largest, Role.ENGINEER, Audited.ALWAYS, _identity, self._read, self._store
        )
        await answer_transfer(await child(node, "ConfigurationTransfer"), self._files, methods, things)

    # Listed, named, activated -------------------------------------------------------------------------------------

    async def _list(self, caller: Caller, most: int, start: int, _timeout: int) -> tuple[Any, ...]:
        there = await self._all()
        count = min(most, MOST_IN_A_LIST) if most else MOST_IN_A_LIST
        shown = [self._structures.configuration(one) for one in there[start : start + count]]
        return start + count >= len(there), len(shown), self._handles.take(caller.session), shown

    async def _by_id(self, caller: Caller, wanted: Any, _timeout: int) -> tuple[Any, ...]:
        found = await self._find(wanted)
        return self._handles.take(caller.session), self._structures.configuration(found)

    async def _release(self, caller: Caller, handle: int) -> tuple[Any, ...]:
        if not self._handles.release(caller.session, handle):
            raise MethodError(ERROR_UNKNOWN, f"this session has no handle {handle}")
        return ()

    async def _activate(self, wanted: Any) -> tuple[Any, ...]:
        found = (await self._find(wanted)).identity
        if found != self._configurations.active.identity:
            raise NotNowError(self._configurations.why_not(found.id))
        return ()

    # Brought and taken --------------------------------------------------------------------------------------------

    async def _add(self, external: Any) -> tuple[Any, ...]:
        wanted = _identity(external)
        if wanted is None:
            raise MethodError(ERROR_BAD_VALUE, "no configuration was named")
        found = next((one for one in await self._all() if _is(one.identity, wanted)), None)
        identity = found.identity if found is not None else wanted
        node = self._node_of(wanted.id) if found is not None else ua.NodeId()
        return self._structures.configuration_id(identity), node, found is None

    async def _remove(self, caller: Caller, wanted: Any) -> tuple[Any, ...]:
        found = (await self._find(wanted)).identity
        if found == self._configurations.active.identity:
            raise NotNowError(f"the configuration {found.id!r} is active")
        await self._configurations.remove(found.id)
        await self._note(caller, "removed", found)
        await self._show()
        return ()

    async def _read(self, wanted: Any) -> bytes:
        return await self._configurations.content((await self._find(wanted)).identity)

    async def _store(self, caller: Caller, wanted: Identity, content: bytes) -> None:
        try:
            stored = await self._configurations.store(wanted, content)
        except PortError as error:
            await self._tell(wanted, f"the configuration {wanted.id} was not stored: {error}")
            raise StatusError(ua.StatusCodes.BadInvalidArgument, str(error)) from error
        await self._note(caller, "stored", stored)
        await self._show()
        await self._tell(stored, f"the configuration {stored.id} is stored; {self._configurations.why_not(stored.id)}")

    async def _note(self, caller: Caller, what: str, configuration: Identity) -> None:
        details = {"configuration": configuration.id, "sha256": configuration.sha256}
        await self._audit.note("opcua-configuration", user=str(caller.name), outcome=what, **details)

    async def _tell(self, configuration: Identity, message: str) -> None:
        values = {
            "InternalConfigurationId": self._structures.configuration_id(configuration),
            "CausePath": "ConfigurationManagement",
        }
        await self._events.emit(INFORMATION, values, message)

    # Found and shown ----------------------------------------------------------------------------------------------

    async def _all(self) -> tuple[Configuration, ...]:
        return (self._configurations.active, *await self._configurations.waiting())

    async def _find(self, value: Any) -> Configuration:
        wanted = _identity(value)
        if wanted is None:
            raise MethodError(ERROR_BAD_VALUE, "no configuration was named")
        for one in await self._all():
            if _is(one.identity, wanted):
                return one
        raise MethodError(ERROR_UNKNOWN, f"there is no configuration {wanted.id!r} of this hash")

    def _node_of(self, configuration: str) -> ua.NodeId:
        return ua.NodeId(f"Configurations/{configuration}/", self._own)

    def _value(self, configuration: Configuration) -> ua.Variant:
        return ua.Variant(self._structures.configuration(configuration), ua.VariantType.ExtensionObject)

    async def _show(self) -> None:
        assert self._folder is not None  # bound
        there = {one.identity.id: one for one in await self._all()}
        for name in self._shown.keys() - there.keys():
            await self._server.delete_nodes([self._shown.pop(name)[0]])
        for name, one in there.items():
            node, before = self._shown.get(name) or (await self._add_node(name, one), one)
            if one != before:
                await node.write_value(self._value(one))
            self._shown[name] = node, one

    async def _add_node(self, name: str, configuration: Configuration) -> Node:
        assert self._folder is not None  # bound
        kind = self._structures.configuration_data_type
        title = ua.QualifiedName(name, self._own)
        return await self._folder.add_variable(self._node_of(name), title, self._value(configuration), datatype=kind)


def _is(there: Identity, wanted: Identity) -> bool:
    return there.id == wanted.id and wanted.sha256 in {"", there.sha256}


def _identity(value: Any) -> Identity | None:
    """Return what a client means, None where it left it open."""
    if value is None or not str(value.Id or "").strip():
        return None
    return Identity(str(value.Id).strip(), "", bytes(value.Hash or b"").hex())
