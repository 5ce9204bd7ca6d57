"""Events of the vision system, each sent from the system's own node and from the Server object.

A subscription hears only what the exact node it watches emits, and many clients watch the Server object alone.
"""

import copy
import logging
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from asyncua import Node, Server, ua
from asyncua.common.events import Event, get_event_obj_from_type_node
from asyncua.server.address_space import AddressSpace
from asyncua.ua.ua_binary import variant_to_binary

from plc.opcua.address_space import built_in_type
from plc.opcua.structures import Namespaces

log = logging.getLogger(__name__)

DIAGNOSTIC = "VisionDiagnosticInfoEventType"
VISION_EVENTS = (
    "RecipePreparedEventType",
    "JobStartedEventType",
    "ReadyEventType",
    "AcquisitionDoneEventType",
    "ResultReadyEventType",
    "StateChangedEventType",
    "ErrorEventType",
    "ErrorResolvedEventType",
    "VisionInformationEventType",
    DIAGNOSTIC,
    "VisionWarningConditionType",
    "VisionErrorConditionType",
    "VisionPersistentErrorConditionType",
)
REFRESH_START, REFRESH_END = "RefreshStartEventType", "RefreshEndEventType"
MACHINERY_EVENT = "InspectionResultReadyEventType"
"""Subtype of the Machinery ResultReadyEventType, which is abstract."""
_MACHINERY_READY = 1002
_OWN_EVENT = 1001
_SEVERITY = {"ErrorEventType": 800}
NORMAL = 100
_TYPED = dict.fromkeys(("Transition/Id", "FromState/Id", "ToState/Id"), ua.VariantType.NodeId) | dict.fromkeys(
    ("EnabledState/Id", "AckedState/Id", "ConfirmedState/Id"), ua.VariantType.Boolean
)
"""Declared as any type in the base NodeSet (OPC 10000-16, 4.4; OPC 10000-9, 5.2)."""
CONDITION_ID = "NodeId"
"""How the field without a path, a condition's own id, is called here (OPC 10000-9, 5.5.2)."""


class _Told(Event):
    """An event on its way. What is told is never changed again, so every subscriber can be given the same values."""

    def to_event_fields(self, select_clauses: list[ua.SimpleAttributeOperand]) -> list[ua.Variant]:
        """Return the fields that a client has asked for; asyncua would make a deep copy for each client."""
        return [self._field(clause) for clause in select_clauses]

    def _field(self, clause: ua.SimpleAttributeOperand) -> ua.Variant:
        name = (
            self.browse_path_to_attribute_name(clause.BrowsePath)
            if clause.BrowsePath
            else ua.AttributeIds(clause.AttributeId).name
        )
        value = getattr(self, name, None)
        return ua.Variant(value, self.data_types[name]) if value is not None else ua.Variant(None)


class Events:
    """Sends events. `prepare` first, then `emit`."""

    def __init__(self, server: Server, spaces: Namespaces) -> None:
        self._server = server
        self._spaces = spaces
        self._templates: dict[str, Event] = {}
        self._source: Node | None = None
        self._source_name = ""

    async def prepare(self, system: Node, machinery: Node) -> None:
        """Learn the event types, and let `system`, `machinery` and the Server object emit."""
        self._source = system
        self._source_name = (await system.read_display_name()).Text or ""
        await self._add_machinery_type()
        for name in VISION_EVENTS:
            await self._learn(name, self._spaces.vision, system)
        await self._learn(MACHINERY_EVENT, self._spaces.own, machinery)
        for name in (REFRESH_START, REFRESH_END):
            await self._learn(name, 0, self._server.nodes.server)
        self._templates[MACHINERY_EVENT].add_property("Result/ResultContent", None, ua.VariantType.Variant)
        for node in (system, machinery, self._server.nodes.server):
            await node.set_event_notifier([ua.EventNotifier.SubscribeToEvents])
        await self._server.nodes.server.add_reference(system, ua.ObjectIds.HasNotifier)
        await system.add_reference(machinery, ua.ObjectIds.HasEventSource)
        self._machinery = machinery.nodeid

    async def emit(self, name: str, values: Mapping[str, Any], message: str) -> None:
        """Send one event to whoever watches the system or the server. Fields that are left out are null."""
        for sent in self._made(name, values, message):
            await self._send(sent)

    async def tell_one(
        self, subscription: int, item: int | None, name: str, values: Mapping[str, Any], message: str
    ) -> None:
        """Send one event to one subscription, or to one monitored item of it."""
        service = self._server.iserver.subscription_service
        if subscription in service.subscriptions:
            for sent in self._made(name, values, message):
                await service.subscriptions[subscription].monitored_item_srv.trigger_event(sent, item)

    def _made(self, name: str, values: Mapping[str, Any], message: str) -> tuple[Event, Event]:
        assert self._source is not None  # prepared
        event = copy.copy(self._templates[name])
        now = datetime.now(UTC)
        common = {
            "EventId": uuid.uuid4().bytes,
            "SourceNode": self._source.nodeid,
            "SourceName": self._source_name,
            "Time": now,
            "ReceiveTime": now,
            "Message": ua.LocalizedText(message, "en"),
            "Severity": _SEVERITY.get(name, NORMAL),
        }
        for field, value in {**common, **values}.items():
            if _can_travel(value, event.data_types.get(field)):
                setattr(event, field, value)
            else:
                log.error("OPC UA: %s of %s cannot be sent and is left out", field, name)
        own = self._machinery if name == MACHINERY_EVENT else self._source.nodeid
        event.emitting_node = own
        by_server = copy.copy(event)
        by_server.emitting_node = self._server.nodes.server.nodeid
        return event, by_server

    async def _send(self, event: Event) -> None:
        """Hand an event to each subscription; one that cannot take it ends alone, not the others nor the server."""
        service = self._server.iserver.subscription_service
        for number, subscription in list(service.subscriptions.items()):
            try:
                await subscription.monitored_item_srv.trigger_event(event)
            except Exception as error:  # noqa: BLE001  # what a client asked for is the client's
                log.warning("OPC UA: subscription %d cannot take an event and ends: %s", number, error)
                await service.delete_subscriptions([number])

    async def _add_machinery_type(self) -> None:
        own = self._spaces.own
        abstract = self._server.get_node(ua.NodeId(_MACHINERY_READY, self._spaces.machinery))
        await abstract.add_object_type(ua.NodeId(_OWN_EVENT, own), ua.QualifiedName(MACHINERY_EVENT, own))

    async def _learn(self, name: str, namespace: int, emitter: Node) -> None:
        base = self._server.nodes.base_event_type
        node = await _subtype(base, name, namespace)
        template = await get_event_obj_from_type_node(node)
        space = self._server.iserver.aspace
        at = node
        while at.nodeid != base.nodeid:
            for variable in await at.get_variables() + await at.get_properties():
                await _declare(template, space, variable, "")
            (at,) = await at.get_referenced_nodes(refs=ua.ObjectIds.HasSubtype, direction=ua.BrowseDirection.Inverse)
        template.add_property(CONDITION_ID, None, ua.VariantType.NodeId)
        told = _Told()
        told.__dict__.update(template.__dict__)
        self._templates[name] = told
        await emitter.add_reference(node, ua.ObjectIds.GeneratesEvent)


def _can_travel(value: Any, kind: ua.VariantType | None) -> bool:
    """Whether asyncua can encode a field; one that it cannot would silence every subscription that asks for it."""
    if kind is None:
        return False
    try:
        variant_to_binary(ua.Variant(value, kind) if value is not None else ua.Variant(None))
    except Exception:  # noqa: BLE001  # asyncua raises whatever the value brings about
        return False
    return True


async def _declare(template: Event, space: AddressSpace, variable: Node, before: str) -> None:
    """Give a field the type it travels as: where the NodeSet has no default, asyncua would send Null."""
    name = before + str((await variable.read_browse_name()).Name)
    kind = _TYPED.get(name) or built_in_type(space, await variable.read_data_type())
    template.add_property(name, None, kind)
    for inner in await variable.get_children(nodeclassmask=ua.NodeClass.Variable):
        await _declare(template, space, inner, f"{name}/")


async def _subtype(base: Node, name: str, namespace: int) -> Node:
    waiting = [base]
    while waiting:
        node = waiting.pop()
        if (await node.read_browse_name()) == ua.QualifiedName(name, namespace):
            return node
        waiting += await node.get_children(refs=ua.ObjectIds.HasSubtype)
    raise KeyError(name)
