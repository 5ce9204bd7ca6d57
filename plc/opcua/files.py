"""Files (OPC 10000-20): what a client reads or writes in chunks, within its session and within bounds.

A temporary file (4.4) is no node of the address space: a client names it by the NodeId and the handle that it was given, and
calls the methods of FileType. A file of the address space (4.2) is opened for reading. Either ends with `Close` or
`CloseAndCommit`, with its session, or after a time in which nobody used it.
"""

import asyncio
import io
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

from asyncua import Node, Server, ua

from plc.opcua.address_space import child
from plc.opcua.arguments import LONGEST_TEXT
from plc.opcua.methods import Audited, Handler, MethodTable, StatusError
from plc.opcua.ports import Role
from plc.opcua.rules import Caller

CHUNK_BYTES = 1 << 20
"""The most that one call reads or writes; a longer read returns so much."""
MOST_PER_SESSION = 4
MOST_OPEN = 16
IDLE_S = 60.0
"""`ClientProcessingTimeout`: how long a file stays open without a call."""
_FILE_TYPE = 11575
_READ, _KNOWN_MODES = 1, 15
"""OpenFileMode of OPC 10000-20: bits for reading, writing, erasing and appending."""

Read = Callable[[], Awaitable[bytes]]
"""Gives a file's content; raises `PortError` where it cannot."""
Commit = Callable[[Caller, bytes], Awaitable[None]]
"""Takes what a client has written; raises `StatusError` where it will not do."""


@dataclass(slots=True)
class _Open:
    node: ua.NodeId
    session: str
    content: BinaryIO
    limit: int
    commit: Commit | None
    timer: asyncio.TimerHandle


class TemporaryFiles:
    """All files that are open."""

    def __init__(self, server: Server, own: int) -> None:
        self._server = server
        self._own = own
        self._open: dict[int, _Open] = {}
        self._last = 0

    async def bind(self, methods: MethodTable) -> None:
        """Answer the methods of open files."""
        file_type = self._server.get_node(ua.NodeId(_FILE_TYPE))
        for name, (role, handler) in self._handlers.items():
            longest = CHUNK_BYTES if name == "Write" else LONGEST_TEXT
            await methods.share(file_type, name, role, handler, self._has, audited=Audited.NEVER, longest=longest)

    @property
    def _handlers(self) -> Mapping[str, tuple[Role, Handler]]:
        return {
            "Read": (Role.OBSERVER, self._read),
            "GetPosition": (Role.OBSERVER, self._get_position),
            "SetPosition": (Role.OBSERVER, self._set_position),
            "Close": (Role.OBSERVER, self._close),
            "Write": (Role.ENGINEER, self._write),
        }

    async def serve(self, file: Node, methods: MethodTable, read: Read) -> None:
        """Let clients open a file of the address space for reading; what they read is as it was when they opened it."""

        async def open_file(caller: Caller, mode: int) -> tuple[Any, ...]:
            if mode != _READ:
                known = mode in range(1, _KNOWN_MODES + 1)
                code = ua.StatusCodes.BadNotWritable if known else ua.StatusCodes.BadInvalidArgument
                raise StatusError(code, f"this file is opened for reading alone, mode {_READ}")
            self.room(caller.session)
            return (self._add(caller.session, io.BytesIO(await read()), 0, None, file.nodeid)[1],)

        def on_this(handler: Handler) -> Handler:
            async def carry_out(caller: Caller, *values: Any) -> tuple[Any, ...]:
                return await handler(caller, file.nodeid, *values)

            return carry_out

        await methods.add(file, "Open", Role.MES, open_file, audited=Audited.OFTEN, wants_caller=True)
        for name, (role, handler) in self._handlers.items():
            await methods.add(file, name, role, on_this(handler), audited=Audited.NEVER, wants_caller=True)
        for name in ("Writable", "UserWritable"):
            await (await child(file, name)).write_value(False, ua.VariantType.Boolean)
        count = await child(file, "OpenCount")
        self._server.iserver.aspace.set_attribute_value_callback(
            count.nodeid, ua.AttributeIds.Value, lambda *_: self._open_count(file.nodeid)
        )

    def _open_count(self, node: ua.NodeId) -> ua.DataValue:
        count = sum(one.node == node for one in self._open.values())
        return ua.DataValue(ua.Variant(count, ua.VariantType.UInt16))

    @staticmethod
    async def announce(transfer: Node) -> None:
        """Say on a TemporaryFileTransfer how long files stay open."""
        await (await child(transfer, "ClientProcessingTimeout")).write_value(IDLE_S * 1000, ua.VariantType.Double)

    def room(self, session: str) -> None:
        """See that a session may open one more file. Raises `StatusError`."""
        own = sum(one.session == session for one in self._open.values())
        if own >= MOST_PER_SESSION or len(self._open) >= MOST_OPEN:
            raise StatusError(ua.StatusCodes.BadResourceUnavailable, "too many files are open; close some first")

    def reader(self, session: str, content: BinaryIO) -> tuple[ua.NodeId, int]:
        """Let a session read `content`, which is closed in the end. Raises `StatusError`."""
        try:
            self.room(session)
        except StatusError:
            content.close()
            raise
        return self._add(session, content, 0, None)

    def writer(self, session: str, limit: int, commit: Commit) -> tuple[ua.NodeId, int]:
        """Let a session write up to `limit` bytes; `commit` gets them. Raises `StatusError`."""
        self.room(session)
        return self._add(session, io.BytesIO(), limit, commit)

    async def commit(self, caller: Caller, handle: int) -> None:
        """Hand over what was written; the file is gone then, whatever comes of it. Raises `StatusError`."""
        file = self._find(caller, handle)
        if file.commit is None:
            raise StatusError(ua.StatusCodes.BadInvalidArgument, "this file is for reading")
        file.content.seek(0)
        written, commit = file.content.read(), file.commit
        self._end(handle)
        await commit(caller, written)

    def forget(self, session: str) -> None:
        """Close the files of a session."""
        for handle in [handle for handle, one in self._open.items() if one.session == session]:
            self._end(handle)

    def _add(
        self, session: str, content: BinaryIO, limit: int, commit: Commit | None, node: ua.NodeId | None = None
    ) -> tuple[ua.NodeId, int]:
        self._last = self._last % 2**31 + 1
        node = node or ua.NodeId(f"File.{self._last}", self._own)
        timer = asyncio.get_running_loop().call_later(IDLE_S, self._end, self._last)
        self._open[self._last] = _Open(node, session, content, limit, commit, timer)
        return node, self._last

    def _end(self, handle: int) -> None:
        file = self._open.pop(handle, None)
        if file is not None:
            file.timer.cancel()
            file.content.close()

    def _has(self, node: ua.NodeId) -> bool:
        return any(one.node == node for one in self._open.values())

    def _find(self, caller: Caller, handle: int, node: ua.NodeId | None = None) -> _Open:
        file = self._open.get(handle)
        if file is None or file.session != caller.session or node not in {None, file.node}:
            raise StatusError(ua.StatusCodes.BadInvalidArgument, f"this session has no file {handle}")
        file.timer.cancel()
        file.timer = asyncio.get_running_loop().call_later(IDLE_S, self._end, handle)
        return file

    async def _read(self, caller: Caller, node: ua.NodeId, handle: int, length: int) -> tuple[Any, ...]:
        file = self._find(caller, handle, node)
        if length < 0:
            raise StatusError(ua.StatusCodes.BadInvalidArgument, f"a length is not below 0: {length}")
        return (file.content.read(min(length, CHUNK_BYTES)),)

    async def _write(self, caller: Caller, node: ua.NodeId, handle: int, data: bytes | None) -> tuple[Any, ...]:
        file = self._find(caller, handle, node)
        if file.commit is None:
            raise StatusError(ua.StatusCodes.BadNotWritable, "this file is for reading")
        if file.content.tell() + len(data or b"") > file.limit:
            raise StatusError(ua.StatusCodes.BadRequestTooLarge, f"the file may have {file.limit} bytes at most")
        file.content.write(data or b"")
        return ()

    async def _get_position(self, caller: Caller, node: ua.NodeId, handle: int) -> tuple[Any, ...]:
        return (self._find(caller, handle, node).content.tell(),)

    async def _set_position(self, caller: Caller, node: ua.NodeId, handle: int, position: int) -> tuple[Any, ...]:
        content = self._find(caller, handle, node).content
        content.seek(min(position, content.seek(0, io.SEEK_END)))
        return ()

    async def _close(self, caller: Caller, node: ua.NodeId, handle: int) -> tuple[Any, ...]:
        self._find(caller, handle, node)
        self._end(handle)
        return ()
