"""A client's session closed: asyncua lets every session handle the subscriptions of all others, and asks no bounds."""

import secrets
from collections.abc import Iterable
from typing import Any

from asyncua import ua
from asyncua.common.utils import ServiceError
from asyncua.server.internal_session import InternalSession
from asyncua.server.monitored_item_service import WhereClauseEvaluator

from plc.opcua.address_space import built_in_type
from plc.opcua.ports import Role
from plc.opcua.rules import Caller, Rules

FASTEST_PUBLISHING_MS = 20.0
MOST_ITEMS_PER_REQUEST = 1000
MOST_FIELDS = 200
DEEPEST_PATH = 10
"""Bounds of an event filter: fields, and names in a field's path."""


_DENIED = ua.StatusCodes.BadUserAccessDenied
_NOT_PLAIN = (ua.VariantType.ExtensionObject, ua.VariantType.Variant)
_ALWAYS_TOLD = (ua.NodeId(ua.ObjectIds.RefreshStartEventType), ua.NodeId(ua.ObjectIds.RefreshEndEventType))
"""Events that no filter keeps back (OPC 10000-9, 5.5.7)."""


class WhereClause(WhereClauseEvaluator):
    """Which events a client wants. Of a type is, other than asyncua has it, what is of a subtype of it, too."""

    def eval(self, event: Any) -> bool:
        """Tell whether an event is wanted."""
        return event.EventType in _ALWAYS_TOLD or bool(super().eval(event))

    def _eval_el(self, index: int, event: Any) -> Any:
        element = self.elements[index]
        if element.FilterOperator != ua.FilterOperator.OfType:
            return super()._eval_el(index, event)
        wanted, at = self._eval_op(element.FilterOperands[0], event), event.EventType
        while at is not None and at != wanted:
            at = next(
                (
                    reference.NodeId
                    for reference in self._aspace[at].references
                    if reference.ReferenceTypeId == _HAS_SUBTYPE and not reference.IsForward
                ),
                None,
            )
        return at is not None


_HAS_SUBTYPE = ua.NodeId(ua.ObjectIds.HasSubtype)


class GuardedSession(InternalSession):
    """A session that sees only what is its own."""

    def __init__(self, *args: Any, rules: Rules, **options: Any) -> None:
        super().__init__(*args, **options)
        self.rules = rules
        self.certificate = b""
        self.attached = True
        self.iserver.unregister_external_session(self)
        self.auth_token = ua.NodeId(secrets.token_bytes(32), 0, ua.NodeIdType.ByteString)  # asyncua's can be guessed
        if self.external:
            self.iserver.register_external_session(self)

    @property
    def caller(self) -> Caller:
        """Who speaks."""
        assert isinstance(self.user, Caller)  # asyncua has put there what _CheckedUsers gave
        self.user.session = self.session_id.to_string()
        return self.user

    @property
    def is_anonymous(self) -> bool:
        """Whether nobody knows who speaks."""
        return self.external and isinstance(self.user, Caller) and self.user.rights is Role.ANONYMOUS

    def _is_open_to_all(self, item: ua.ReadValueId) -> bool:
        """Tell whether strangers may watch this: values they may read, and no events."""
        if item.AttributeId == ua.AttributeIds.EventNotifier:
            return False
        return item.AttributeId != ua.AttributeIds.Value or self._is_plain(item.NodeId)

    def _is_plain(self, nodeid: ua.NodeId) -> bool:
        """Tell whether a variable holds a plain value, or one of the base standard's: results as structures name people."""
        if nodeid.NamespaceIndex == 0 or nodeid not in self.aspace:
            return True
        found = self.aspace[nodeid].attributes.get(ua.AttributeIds.DataType)
        data_type = found.value.Value.Value if found is not None else None
        if not isinstance(data_type, ua.NodeId):
            return True
        return built_in_type(self.aspace, data_type) not in _NOT_PLAIN

    async def close_session(self, delete_subs: bool = True) -> None:
        """End, and give back what the session held."""
        await super().close_session(delete_subs)
        for forget in self.rules.ended if self.external else ():
            forget(self.session_id.to_string())

    async def call(self, params: list[ua.CallMethodRequest]) -> list[ua.CallMethodResult]:
        """Carry out method calls, each by its own rule."""
        if not self.external:
            return list(await super().call(params))
        _bound(params)
        if self.is_anonymous:
            return [ua.CallMethodResult(StatusCode=ua.StatusCode(_DENIED)) for _ in params]
        assert self.rules.call is not None  # set before the port is opened
        return [await self.rules.call(self.caller, request) for request in params]

    async def write(self, params: ua.WriteParameters) -> list[ua.StatusCode]:
        """Write values, each by its own rule."""
        if not self.external:
            return list(await super().write(params))
        _bound(params.NodesToWrite)
        if self.is_anonymous:
            return [ua.StatusCode(_DENIED) for _ in params.NodesToWrite]
        assert self.rules.write is not None  # set before the port is opened
        return [await self.rules.write(self.caller, value) for value in params.NodesToWrite]

    async def read(self, params: ua.ReadParameters) -> list[ua.DataValue]:
        """Read; what a user may do with a node depends on the user."""
        if self.external:
            _bound(params.NodesToRead)
        values: list[ua.DataValue] = await super().read(params)
        if not self.external:
            return values
        return [self._as_seen(node, value) for node, value in zip(params.NodesToRead, values, strict=True)]

    def _as_seen(self, node: ua.ReadValueId, value: ua.DataValue) -> ua.DataValue:
        if value.Value is None:
            return value
        if self.is_anonymous and node.AttributeId == ua.AttributeIds.Value and not self._is_plain(node.NodeId):
            return ua.DataValue(StatusCode=ua.StatusCode(_DENIED))
        if node.AttributeId == ua.AttributeIds.UserExecutable:
            return ua.DataValue(
                ua.Variant(self.rules.may_call(self.caller.rights, node.NodeId), ua.VariantType.Boolean)
            )
        if node.AttributeId == ua.AttributeIds.UserAccessLevel:
            level = 3 if self.rules.may_write(self.caller.rights, node.NodeId) else 1
            return ua.DataValue(ua.Variant(level, ua.VariantType.Byte))
        return value

    async def browse(self, params: ua.BrowseParameters) -> list[ua.BrowseResult]:
        """Browse a bounded number of nodes."""
        if self.external:
            _bound(params.NodesToBrowse)
        return list(await super().browse(params))

    # Subscriptions: asyncua lets every session handle those of all others ------------------------------------------

    def _own(self, subscription: int) -> bool:
        found = self.subscription_service.subscriptions.get(subscription)
        return not self.external or (found is not None and found.session_id == self.session_id)

    def _check_own(self, subscription: int) -> None:
        if not self._own(subscription):
            raise ServiceError(ua.StatusCodes.BadSubscriptionIdInvalid)

    async def create_subscription(self, params: ua.CreateSubscriptionParameters, *args: Any, **options: Any) -> Any:
        """Create a subscription, within the client's bounds."""
        if self.external:
            own = [sub for sub in self.subscription_service.subscriptions.values() if sub.session_id == self.session_id]
            if len(own) >= self.rules.limits.subscriptions_per_session:
                raise ServiceError(ua.StatusCodes.BadTooManySubscriptions)
            # In this order of arguments NaN, too, becomes the fastest.
            wanted = max(FASTEST_PUBLISHING_MS, params.RequestedPublishingInterval)
            params.RequestedPublishingInterval = wanted
        return await super().create_subscription(params, *args, **options)

    async def create_monitored_items(self, params: ua.CreateMonitoredItemsParameters) -> Any:
        """Watch nodes."""
        self._check_own(params.SubscriptionId)
        _bound(params.ItemsToCreate)
        for item in params.ItemsToCreate:
            _check_event_filter(item.ItemToMonitor.AttributeId, item.RequestedParameters.Filter)
            if self.is_anonymous and not self._is_open_to_all(item.ItemToMonitor):
                raise ServiceError(_DENIED)
        made = await super().create_monitored_items(params)
        items = self.subscription_service.subscriptions[params.SubscriptionId].monitored_item_srv
        for item, result in zip(params.ItemsToCreate, made, strict=True):
            if item.ItemToMonitor.AttributeId == ua.AttributeIds.EventNotifier and result.StatusCode.is_good():
                where = WhereClause(items.logger, self.aspace, item.RequestedParameters.Filter.WhereClause)
                items._monitored_items[result.MonitoredItemId].where_clause_evaluator = where  # noqa: SLF001  # no setter
        return made

    async def modify_monitored_items(self, params: ua.ModifyMonitoredItemsParameters) -> Any:
        """Change how nodes are watched."""
        self._check_own(params.SubscriptionId)
        _bound(params.ItemsToModify)
        for item in params.ItemsToModify:
            if isinstance(item.RequestedParameters.Filter, ua.EventFilter):
                _check_event_filter(ua.AttributeIds.EventNotifier, item.RequestedParameters.Filter)
        return await super().modify_monitored_items(params)

    async def delete_monitored_items(self, params: ua.DeleteMonitoredItemsParameters) -> Any:
        """Watch nodes no longer."""
        self._check_own(params.SubscriptionId)
        return await super().delete_monitored_items(params)

    async def set_monitoring_mode(self, params: ua.SetMonitoringModeParameters) -> Any:
        """Switch items on or off."""
        self._check_own(params.SubscriptionId)
        return await super().set_monitoring_mode(params)

    async def set_publishing_mode(self, params: ua.SetPublishingModeParameters) -> Any:
        """Switch subscriptions on or off."""
        for subscription in params.SubscriptionIds:
            self._check_own(subscription)
        return await super().set_publishing_mode(params)

    async def delete_subscriptions(self, ids: list[int]) -> list[ua.StatusCode]:
        """End subscriptions."""
        own = [subscription for subscription in ids if self._own(subscription)]
        ended = dict(zip(own, await super().delete_subscriptions(own), strict=True))
        unknown = ua.StatusCode(ua.StatusCodes.BadSubscriptionIdInvalid)
        return [ended.get(subscription, unknown) for subscription in ids]

    def modify_subscription(self, params: ua.ModifySubscriptionParameters) -> Any:
        """Change a subscription."""
        self._check_own(params.SubscriptionId)
        return super().modify_subscription(params)

    def republish(self, params: ua.RepublishParameters) -> ua.NotificationMessage:
        """Send a notification again."""
        self._check_own(params.SubscriptionId)
        return super().republish(params)

    def publish(self, acks: Iterable[ua.SubscriptionAcknowledgement] | None = None) -> Any:
        """Take a request to publish, and what it acknowledges of this session's own."""
        return super().publish([ack for ack in acks or () if self._own(ack.SubscriptionId)])


def _bound(items: list[Any] | None) -> None:
    if len(items or ()) > MOST_ITEMS_PER_REQUEST:
        raise ServiceError(ua.StatusCodes.BadTooManyOperations)


def _check_event_filter(attribute: int, wanted: Any) -> None:
    """Refuse what asyncua would only stumble over when an event comes."""
    if attribute != ua.AttributeIds.EventNotifier:
        return
    clauses = list(wanted.SelectClauses or ()) if isinstance(wanted, ua.EventFilter) else []
    known = {int(number) for number in ua.AttributeIds}
    sound = all(int(clause.AttributeId) in known and len(clause.BrowsePath or ()) <= DEEPEST_PATH for clause in clauses)
    if not clauses or len(clauses) > MOST_FIELDS or not sound:
        raise ServiceError(ua.StatusCodes.BadEventFilterInvalid)
    for clause in clauses:
        clause.BrowsePath = list(clause.BrowsePath or ())
