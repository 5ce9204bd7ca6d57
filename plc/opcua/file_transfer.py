"""Files that a client fetches and brings by a TemporaryFileTransfer (OPC 10000-20, 4.4), of things that have an identity."""

import io
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from asyncua import Node, ua

from plc.opcua.files import TemporaryFiles
from plc.opcua.methods import Audited, MethodError, MethodTable, StatusError
from plc.opcua.ports import Identity, PortError, Role
from plc.opcua.rules import Caller


@dataclass(frozen=True, slots=True)
class Transferable:
    """What is transferred.

    `kind` is the word for one; `named` says which one a client means, None for none; `read` gives its content and raises
    `MethodError` where there is none such, `PortError` where it cannot be read; `store` takes a content over and raises
    `StatusError` where it will not do.
    """

    kind: str
    largest_bytes: int
    readers: Role
    audited_reads: Audited
    named: Callable[[Any], Identity | None]
    read: Callable[[Any], Awaitable[bytes]]
    store: Callable[[Caller, Identity, bytes], Awaitable[None]]


async def answer_transfer(transfer: Node, files: TemporaryFiles, methods: MethodTable, things: Transferable) -> None:
    """Answer the methods of a TemporaryFileTransfer whose options name a thing as `InternalId`; engineers write."""

    async def read(caller: Caller, options: Any) -> tuple[Any, ...]:
        try:
            content = await things.read(options.InternalId if options is not None else None)
        except MethodError as error:
            raise StatusError(ua.StatusCodes.BadNotFound, str(error)) from error
        except PortError as error:
            raise StatusError(ua.StatusCodes.BadResourceUnavailable, str(error)) from error
        node, handle = files.reader(caller.session, io.BytesIO(content))
        return node, handle, ua.NodeId()

    async def write(caller: Caller, options: Any) -> tuple[Any, ...]:
        wanted = things.named(options.InternalId) if options is not None else None
        if wanted is None:
            raise StatusError(ua.StatusCodes.BadInvalidArgument, f"no {things.kind} was named")

        async def commit(sender: Caller, content: bytes) -> None:
            await things.store(sender, wanted, content)

        return files.writer(caller.session, things.largest_bytes, commit)

    async def close_and_commit(caller: Caller, handle: int) -> tuple[Any, ...]:
        await files.commit(caller, handle)
        return (ua.NodeId(),)

    await files.announce(transfer)
    audited = things.audited_reads
    await methods.add(transfer, "GenerateFileForRead", things.readers, read, audited=audited, wants_caller=True)
    await methods.add(transfer, "GenerateFileForWrite", Role.ENGINEER, write, wants_caller=True)
    await methods.add(transfer, "CloseAndCommit", Role.ENGINEER, close_and_commit, wants_caller=True)
