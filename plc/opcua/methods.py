"""The methods of the address space: who may call which, with what, and what answers.

A handler is given the checked arguments by position and returns the declared outputs without the last one, `Error`,
which is 0 when it is done. For a refusal it raises `MethodError`: the call's status is then Uncertain and every other output
empty, because a Bad status would drop `Error` on its way (OPC 11030, 5). Methods of the base specification, of conditions
and files, have no `Error`: their handlers return all outputs and raise `StatusError`.
"""

import contextlib
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from asyncua import Node, ua
from asyncua.common.ua_utils import get_node_supertypes

from plc.opcua.arguments import (
    LONGEST_TEXT,
    BuiltIn,
    Output,
    Parameter,
    Refused,
    check_arguments,
    outputs,
    parameters,
)
from plc.opcua.audit import AuditTrail
from plc.opcua.ports import PortError, Role
from plc.opcua.rules import Caller
from plc.opcua.state_machine import NotNowError

log = logging.getLogger(__name__)

Handler = Callable[..., Awaitable[tuple[Any, ...]]]

ERROR_FAILED = -1
"""The line could not do it; the audit entry and the log say why."""
ERROR_NOT_NOW = -2
"""Not in this state."""
ERROR_UNKNOWN = -3
"""There is no such result, recipe, configuration or handle."""
ERROR_BAD_VALUE = -4
"""An argument makes no sense."""


class MethodError(Exception):
    """A method was not carried out; `code` is its `Error` output, below 0: this system's own."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(text)
        self.code = code


class StatusError(Exception):
    """A method of the base specification was not carried out; `code` is the status of the call."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(text)
        self.code = code


class Audited(Enum):
    """Whether a call enters the audit chain."""

    NEVER = "it changes nothing"
    OFTEN = "it may come with every result, so not every single one"
    ALWAYS = "each one"


@dataclass(frozen=True, slots=True)
class Method:
    """One method of one object."""

    name: str
    role: Role
    inputs: tuple[Parameter, ...]
    outputs: tuple[Output, ...]
    handler: Handler
    audited: Audited
    wants_caller: bool

    @property
    def tells_error(self) -> bool:
        """Whether its last output is `Error`."""
        return bool(self.outputs) and self.outputs[-1].name.lower() == "error"


@dataclass(frozen=True, slots=True)
class _Shared:
    """A method of a type that is called on objects which are not in the address space, as conditions and files are not."""

    owns: Callable[[ua.NodeId], bool]
    method: Method


class MethodTable:
    """All methods, found by object and method as the call service names them."""

    def __init__(self, built_in: BuiltIn, audit: AuditTrail, refusals: AuditTrail) -> None:
        """Calls enter `audit`; why one was not done goes to `refusals` as well, for whoever watches."""
        self._built_in = built_in
        self._audit = audit
        self._refusals = refusals
        self._methods: dict[tuple[ua.NodeId, ua.NodeId], Method] = {}
        self._shared: dict[ua.NodeId, list[_Shared]] = {}
        self._by_node: dict[ua.NodeId, Method] = {}

    async def add(
        self,
        owner: Node,
        name: str,
        role: Role,
        handler: Handler,
        *,
        audited: Audited = Audited.ALWAYS,
        wants_caller: bool = False,
        concrete: type | None = None,
    ) -> None:
        """Let `handler` answer a method of an object; a client may name the instance's method or the type's.

        `wants_caller` hands the handler the caller before the arguments; `concrete` is the structure that is taken where
        the method declares an abstract one.
        """
        node = await _child(owner, name)
        method = await self._method(node, name, role, handler, audited, wants_caller=wants_caller)
        if concrete is not None:
            method = replace(method, inputs=tuple(replace(given, structure=concrete) for given in method.inputs))
        (definition,) = await owner.get_referenced_nodes(refs=ua.ObjectIds.HasTypeDefinition)
        for nodeid in (node.nodeid, (await _declared(definition, name)).nodeid):
            self._methods[owner.nodeid, nodeid] = method
            self._by_node[nodeid] = method

    def drop(self, owner: ua.NodeId) -> None:
        """Let nothing answer the methods of an object that goes."""
        for key in [key for key in self._methods if key[0] == owner]:
            del self._methods[key]
            if key[1] not in self._shared and not any(node == key[1] for _, node in self._methods):
                del self._by_node[key[1]]

    async def share(
        self,
        definition: Node,
        name: str,
        role: Role,
        handler: Handler,
        owns: Callable[[ua.NodeId], bool],
        *,
        audited: Audited = Audited.ALWAYS,
        longest: int = LONGEST_TEXT,
    ) -> None:
        """Let `handler` answer a type's method on every object that `owns` knows; it is given caller and object first."""
        node = await _child(definition, name)
        method = await self._method(node, name, role, handler, audited, wants_caller=True, longest=longest)
        self._shared.setdefault(node.nodeid, []).append(_Shared(owns, method))
        self._by_node[node.nodeid] = method

    async def _method(
        self,
        node: Node,
        name: str,
        role: Role,
        handler: Handler,
        audited: Audited,
        *,
        wants_caller: bool,
        longest: int = LONGEST_TEXT,
    ) -> Method:
        declared = {
            (await child.read_browse_name()).Name: await child.read_value() for child in await node.get_children()
        }
        return Method(
            name,
            role,
            parameters(declared.get("InputArguments") or (), self._built_in, longest),
            outputs(declared.get("OutputArguments") or (), self._built_in),
            handler,
            audited,
            wants_caller,
        )

    def may_call(self, role: Role, node: ua.NodeId) -> bool:
        """Tell whether a role may call a method."""
        method = self._by_node.get(node)
        return method is not None and role >= method.role

    async def call(self, caller: Caller, request: ua.CallMethodRequest) -> ua.CallMethodResult:
        """Carry out one call for a client."""
        method, first = self._find(caller, request)
        if method is None:
            return _status(self._why_unknown(request))
        if caller.rights < method.role:
            log.warning("OPC UA: %s may not call %s", caller.name, method.name)
            await self._audit.note_often("opcua-refused", user=str(caller.name), method=method.name)
            return _status(ua.StatusCodes.BadUserAccessDenied)
        values = check_arguments(method.inputs, request.InputArguments or [])
        if isinstance(values, Refused):
            result = _status(values.status)
            result.InputArgumentResults = [ua.StatusCode(code) for code in values.arguments]
            return result
        return await self._carry_out(method, caller, (*first, *values))

    def _find(self, caller: Caller, request: ua.CallMethodRequest) -> tuple[Method | None, tuple[Any, ...]]:
        """Return the method, and what its handler is given before the arguments."""
        method = self._methods.get((request.ObjectId, request.MethodId))
        if method is not None:
            return method, (caller,) if method.wants_caller else ()
        shared = next((one for one in self._shared.get(request.MethodId, ()) if one.owns(request.ObjectId)), None)
        return (shared.method, (caller, request.ObjectId)) if shared is not None else (None, ())

    def _why_unknown(self, request: ua.CallMethodRequest) -> int:
        shared = [one for group in self._shared.values() for one in group]
        known = any(owner == request.ObjectId for owner, _ in self._methods)
        if not known and not any(one.owns(request.ObjectId) for one in shared):
            return int(ua.StatusCodes.BadNodeIdUnknown)
        return int(ua.StatusCodes.BadMethodInvalid)

    async def _carry_out(self, method: Method, caller: Caller, values: tuple[Any, ...]) -> ua.CallMethodResult:
        error, status, text = 0, int(ua.StatusCodes.Good), ""
        found: tuple[Any, ...] = ()
        try:
            found = await method.handler(*values)
        except StatusError as refusal:
            status, text = refusal.code, str(refusal)
        except MethodError as refusal:
            error, text = refusal.code, str(refusal)
        except NotNowError as refusal:
            error, text = ERROR_NOT_NOW, str(refusal)
        except PortError as refusal:
            error, text = ERROR_FAILED, str(refusal)
        except Exception:
            # The top of a request: one method that fails must not end the client's session.
            log.exception("OPC UA: %s failed", method.name)
            return _status(ua.StatusCodes.BadInternalError)
        if text:
            log.warning("OPC UA: %s of %s was not done: %s", method.name, caller.name, text)
            await self._refusals.note_often(method.name, user=str(caller.name), why=text)
        await self._enter(method, caller, text[:200])
        if method.tells_error and not status:
            return _answer(method, found, error)
        return _plain_answer(method, found, status or (error and int(ua.StatusCodes.BadInvalidState)))

    async def _enter(self, method: Method, caller: Caller, refusal: str) -> None:
        if method.audited is Audited.NEVER:
            return
        note = self._audit.note_often if refusal or method.audited is Audited.OFTEN else self._audit.note
        await note("opcua-call", user=str(caller.name), method=method.name, outcome=refusal or "done")


def _answer(method: Method, found: tuple[Any, ...], error: int) -> ua.CallMethodResult:
    result = ua.CallMethodResult()
    *before, last = method.outputs
    values = found if not error else tuple([] if output.array else _EMPTY.get(output.variant) for output in before)
    result.OutputArguments = [output.pack(value) for output, value in zip(before, values, strict=True)]
    result.OutputArguments.append(last.pack(error))
    result.StatusCode = ua.StatusCode(ua.StatusCodes.Good if not error else ua.StatusCodes.Uncertain)
    return result


def _plain_answer(method: Method, found: tuple[Any, ...], status: int) -> ua.CallMethodResult:
    result = _status(status)
    if not status:
        result.OutputArguments = [output.pack(value) for output, value in zip(method.outputs, found, strict=True)]
    return result


_EMPTY: Mapping[ua.VariantType, Any] = {
    ua.VariantType.Boolean: False,
    ua.VariantType.Int32: 0,
    ua.VariantType.UInt32: 0,
    ua.VariantType.String: "",
}
"""What an output holds where there is nothing to say; a structure or time is null."""


def _status(code: int) -> ua.CallMethodResult:
    result = ua.CallMethodResult()
    result.StatusCode = ua.StatusCode(code)
    return result


async def _child(owner: Node, name: str) -> Node:
    for node in await owner.get_methods():
        if (await node.read_browse_name()).Name == name:
            return node
    raise KeyError(name)


async def _declared(definition: Node, name: str) -> Node:
    """Return a type's method, which may be one of its supertypes'."""
    for supertype in await get_node_supertypes(definition, includeitself=True):
        with contextlib.suppress(KeyError):
            return await _child(supertype, name)
    raise KeyError(name)
