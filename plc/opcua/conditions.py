"""Faults and warnings of the line as conditions (OPC 40100-1, 11.4; OPC 10000-9): told, acknowledged, confirmed.

A condition is retained as long as its cause stands or nobody has confirmed it, also over a restart. Its instances are not in
the address space: a client names one by the ConditionId of its event, as OPC 10000-9, 5.7.3 provides for.
"""

import asyncio
import logging
import uuid
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from asyncua import Node, Server, ua

from plc.opcua.address_space import child
from plc.opcua.events import CONDITION_ID, NORMAL, REFRESH_END, REFRESH_START, Events
from plc.opcua.methods import Audited, MethodTable, StatusError
from plc.opcua.ports import ConditionStore, Fault, Identity, KeptCondition, LineState, PortError, Role
from plc.opcua.rules import Caller
from plc.opcua.structures import Namespaces, Structures

log = logging.getLogger(__name__)

_CONDITION_TYPE, _ACKNOWLEDGEABLE_TYPE = 2782, 2881
_BASE_CLASS = ua.NodeId(11163)
"""BaseConditionClassType: a condition that belongs to no class in particular."""
_PERSISTENT = frozenset({"camera", "storage", "recipe"})
"""Kinds of faults that need a hand from outside; the others may end by themselves."""
_WARNING_SEVERITY, _ERROR_SEVERITY = 400, 800
MOST = 100
"""Conditions kept; beyond that the oldest that is over goes, confirmed or not."""
_LATEST_EVENTS = 20
"""Events of one condition that an acknowledgement may name."""
_LONGEST_COMMENT = 400


@dataclass(slots=True)
class Condition:
    """One fault or warning, from when it came up until it is over and confirmed."""

    number: int
    fault: Fault
    warning: bool
    active: bool = True
    acknowledged: bool = False
    confirmed: bool = False
    comment: str = ""
    author: str = ""
    changed: datetime = field(default_factory=lambda: datetime.now(UTC))
    events: deque[bytes] = field(default_factory=lambda: deque(maxlen=_LATEST_EVENTS))

    @property
    def retained(self) -> bool:
        """Whether a client has to know of it."""
        return self.active or not self.confirmed

    @property
    def kept(self) -> KeptCondition:
        """What outlives a restart."""
        return KeptCondition(self.fault, self.warning, self.acknowledged, self.confirmed, self.comment, self.author)

    @property
    def type_name(self) -> str:
        """The type of its events."""
        if self.warning:
            return "VisionWarningConditionType"
        persistent = self.fault.code in _PERSISTENT
        return "VisionPersistentErrorConditionType" if persistent else "VisionErrorConditionType"

    @property
    def message(self) -> str:
        """What its event says."""
        return self.fault.text if self.active else f"Over: {self.fault.text}"


class Conditions:
    """All conditions. `bind`, then `observe` with every state of the line."""

    def __init__(
        self, server: Server, spaces: Namespaces, structures: Structures, events: Events, store: ConditionStore
    ) -> None:
        self._server = server
        self._own = spaces.own
        self._structures = structures
        self._events = events
        self._store = store
        self._conditions: dict[tuple[str, str], Condition] = {}
        self._last = 0
        self._recipe: Identity | None = None
        self._stored: tuple[KeptCondition, ...] = ()
        self._lock = asyncio.Lock()

    async def bind(self, system: Node, methods: MethodTable) -> None:
        """Take what was kept, and answer the methods of conditions and `ConfirmAll`."""
        self._stored = await self._store.read()
        for kept in self._stored:
            restored = self._new(kept.fault, warning=kept.warning)
            restored.active = False  # the line will say so if it still stands
            restored.acknowledged, restored.confirmed = kept.acknowledged, kept.confirmed
            restored.comment, restored.author = kept.comment, kept.author
        acknowledgeable = self._server.get_node(ua.NodeId(_ACKNOWLEDGEABLE_TYPE))
        condition_type = self._server.get_node(ua.NodeId(_CONDITION_TYPE))
        await methods.share(acknowledgeable, "Acknowledge", Role.MES, self._acknowledge, self._has)
        await methods.share(acknowledgeable, "Confirm", Role.MES, self._confirm, self._has)
        await methods.share(condition_type, "AddComment", Role.MES, self._add_comment, self._has)
        for name, refresh in (("ConditionRefresh", self._refresh), ("ConditionRefresh2", self._refresh_item)):
            await methods.share(
                condition_type,
                name,
                Role.OBSERVER,
                refresh,
                lambda node: node == condition_type.nodeid,
                audited=Audited.NEVER,
            )
        machine = await child(system, "VisionStateMachine")
        await methods.add(machine, "ConfirmAll", Role.MES, self._confirm_all, wants_caller=True)

    async def observe(self, line: LineState) -> None:
        """Let conditions come up and be over; while the engine is away, nobody knows."""
        if not line.attached:
            return
        async with self._lock:
            self._recipe = line.recipe
            standing = {(fault.code, fault.source): (fault, False) for fault in line.faults}
            standing |= {(fault.code, fault.source): (fault, True) for fault in line.warnings}
            changed = [self._raise(fault, warning=warning) for fault, warning in standing.values()]
            changed += [self._end(one) for key, one in self._conditions.items() if key not in standing]
            news = [condition for condition in changed if condition is not None]
            for condition in news:
                await self._tell(condition)
            if news:
                await self._tidy()

    def _raise(self, fault: Fault, *, warning: bool) -> Condition | None:
        key = (fault.code, fault.source)
        known = self._conditions.get(key)
        if known is None:
            return self._new(fault, warning=warning)
        if known.active and known.fault == fault:
            return None
        if not known.active:  # it has come again: somebody has to look again
            known.acknowledged = known.confirmed = False
            known.comment = known.author = ""
            known.events.clear()
        known.active, known.fault, known.warning, known.changed = True, fault, warning, datetime.now(UTC)
        return known

    def _new(self, fault: Fault, *, warning: bool) -> Condition:
        self._last += 1
        made = self._conditions[fault.code, fault.source] = Condition(self._last, fault, warning)
        return made

    @staticmethod
    def _end(condition: Condition) -> Condition | None:
        if not condition.active:
            return None
        condition.active, condition.changed = False, datetime.now(UTC)
        return condition

    # What a client does -------------------------------------------------------------------------------------------

    async def _acknowledge(self, caller: Caller, node: ua.NodeId, event: bytes, comment: Any) -> tuple[Any, ...]:
        async with self._lock:
            condition = self._named(node, event)
            if condition.acknowledged:
                raise StatusError(ua.StatusCodes.BadConditionBranchAlreadyAcked, "it is acknowledged already")
            condition.acknowledged = True
            await self._commented([condition], caller, comment)
        return ()

    async def _confirm(self, caller: Caller, node: ua.NodeId, event: bytes, comment: Any) -> tuple[Any, ...]:
        async with self._lock:
            condition = self._named(node, event)
            if condition.confirmed:
                raise StatusError(ua.StatusCodes.BadConditionBranchAlreadyConfirmed, "it is confirmed already")
            condition.acknowledged = condition.confirmed = True
            await self._commented([condition], caller, comment)
        return ()

    async def _add_comment(self, caller: Caller, node: ua.NodeId, event: bytes, comment: Any) -> tuple[Any, ...]:
        async with self._lock:
            await self._commented([self._named(node, event)], caller, comment)
        return ()

    async def _confirm_all(self, caller: Caller, comment: Any) -> tuple[Any, ...]:
        async with self._lock:
            open_ones = [condition for condition in self._conditions.values() if not condition.confirmed]
            for condition in open_ones:
                condition.acknowledged = condition.confirmed = True
            await self._commented(open_ones, caller, comment)
        return ()

    async def _commented(self, conditions: Sequence[Condition], caller: Caller, comment: Any) -> None:
        text = (comment.Text or "")[:_LONGEST_COMMENT] if comment is not None else ""
        for condition in conditions:
            condition.author, condition.changed = str(caller.name), datetime.now(UTC)
            condition.comment = text or condition.comment
            await self._tell(condition)
        await self._tidy()

    async def _refresh(self, caller: Caller, node: ua.NodeId, subscription: int) -> tuple[Any, ...]:
        return await self._refresh_item(caller, node, subscription, None)

    async def _refresh_item(
        self, caller: Caller, _node: ua.NodeId, subscription: int, item: int | None
    ) -> tuple[Any, ...]:
        async with self._lock:
            self._check_own(caller, subscription, item)
            by_server = {"SourceNode": self._server.nodes.server.nodeid, "SourceName": "Server"}
            await self._events.tell_one(subscription, item, REFRESH_START, by_server, "refresh starts")
            for condition in self._conditions.values():
                await self._tell(condition, only=(subscription, item))
            await self._events.tell_one(subscription, item, REFRESH_END, by_server, "refresh is done")
        return ()

    def _check_own(self, caller: Caller, subscription: int, item: int | None) -> None:
        found = self._server.iserver.subscription_service.subscriptions.get(subscription)
        if found is None or found.session_id.to_string() != caller.session:
            raise StatusError(
                ua.StatusCodes.BadSubscriptionIdInvalid, f"this session has no subscription {subscription}"
            )
        if item is not None and item not in found.monitored_item_srv._monitored_items:  # noqa: SLF001  # it has no asking
            raise StatusError(ua.StatusCodes.BadMonitoredItemIdInvalid, f"there is no monitored item {item}")

    def _has(self, node: ua.NodeId) -> bool:
        return self._find(node) is not None

    def _find(self, node: ua.NodeId) -> Condition | None:
        return next((one for one in self._conditions.values() if self._id(one) == node), None)

    def _named(self, node: ua.NodeId, event: bytes) -> Condition:
        condition = self._find(node)
        if condition is None:
            raise StatusError(ua.StatusCodes.BadNodeIdUnknown, "this condition is over and confirmed")
        if event not in condition.events:
            raise StatusError(ua.StatusCodes.BadEventIdUnknown, "no event of this condition has this id")
        return condition

    # What clients see ---------------------------------------------------------------------------------------------

    def _id(self, condition: Condition) -> ua.NodeId:
        return ua.NodeId(f"Condition.{condition.number}", self._own)

    async def _tell(self, condition: Condition, only: tuple[int, int | None] | None = None) -> None:
        if only is None or not condition.events:
            condition.events.append(uuid.uuid4().bytes)
        values = self._fields(condition)
        if only is not None:  # a refresh repeats the latest event, under its id
            await self._events.tell_one(*only, condition.type_name, values, condition.message)
        else:
            await self._events.emit(condition.type_name, values, condition.message)

    def _fields(self, condition: Condition) -> dict[str, Any]:
        severity = _severity(condition)
        values: dict[str, Any] = {
            CONDITION_ID: self._id(condition),
            "EventId": condition.events[-1],
            "Time": condition.changed,
            "Severity": severity,
            "ConditionClassId": _BASE_CLASS,
            "ConditionClassName": ua.LocalizedText("BaseConditionClass", "en"),
            "ConditionName": f"{condition.fault.code} {condition.fault.source}",
            "BranchId": ua.NodeId(),
            "Retain": condition.retained,
            "Quality": ua.StatusCode(ua.StatusCodes.Good),
            "LastSeverity": severity,
            "Comment": ua.LocalizedText(condition.comment, "en"),
            "ClientUserId": condition.author,
            "ErrorString": condition.fault.code,
            "CausePath": condition.fault.source,
            "StopReaction": not condition.warning,
            "BlockReaction": False,
        }
        for name, yes, words in (
            ("EnabledState", True, ("Enabled", "Disabled")),
            ("AckedState", condition.acknowledged, ("Acknowledged", "Unacknowledged")),
            ("ConfirmedState", condition.confirmed, ("Confirmed", "Unconfirmed")),
        ):
            values[name] = ua.LocalizedText(words[not yes], "en")
            values[f"{name}/Id"] = yes
        if self._recipe is not None:
            values["InternalRecipeId"] = self._structures.internal_recipe(self._recipe)
        return values

    async def _tidy(self) -> None:
        """Forget what is over and confirmed, and keep the rest."""
        self._conditions = {key: one for key, one in self._conditions.items() if one.retained}
        over = [key for key, one in self._conditions.items() if not one.active]
        for key in over[: max(0, len(self._conditions) - MOST)]:
            del self._conditions[key]
        kept = tuple(condition.kept for condition in self._conditions.values())
        if kept == self._stored:
            return
        self._stored = kept
        try:
            await self._store.keep(kept)
        except PortError as error:
            log.error("conditions cannot be kept, and are new after a restart: %s", error)


def _severity(condition: Condition) -> int:
    if not condition.active:
        return NORMAL
    return _WARNING_SEVERITY if condition.warning else _ERROR_SEVERITY
