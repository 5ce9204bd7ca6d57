"""What belongs to a result beside its words: the pictures as a file, and the latest results as variables.

`ResultTransfer` of both models (OPC 40100-1, 7.9; OPC 40001-101, 7.2) hands out one ZIP archive for a result. The folder
`Results` shows the latest few for clients that browse; it follows behind, because no result waits for it.
"""

import asyncio
from collections import deque
from typing import Any

from asyncua import Node, Server, ua

from plc.opcua.address_space import add_declared, add_optional, child
from plc.opcua.files import TemporaryFiles
from plc.opcua.methods import Audited, MethodTable, StatusError
from plc.opcua.ports import PortError, Result, Results, Role
from plc.opcua.rules import Caller
from plc.opcua.structures import Namespaces, Structures

SHOWN = 10
_FOLDER_TYPE = 1016
_OPTIONAL = (
    "HasTransferableDataOnFile",
    "IsSimulated",
    "MeasId",
    "PartId",
    "ProductId",
    "ExternalRecipeId",
    "ProcessingTimes",
)


class ResultFiles:
    """Answers `GenerateFileForRead` of both ResultTransfer objects."""

    def __init__(self, results: Results, structures: Structures, files: TemporaryFiles) -> None:
        self._results = results
        self._structures = structures
        self._files = files
        self._packing = asyncio.Lock()

    async def bind(self, system: Node, machinery: Node, methods: MethodTable) -> None:
        """Answer the methods."""
        for owner, options in (
            (await child(system, "ResultManagement"), self._structures.transfer_options),
            (machinery, self._structures.machinery_transfer_options),
        ):
            transfer = await child(owner, "ResultTransfer")
            await self._files.announce(transfer)
            await methods.add(
                transfer,
                "GenerateFileForRead",
                Role.OBSERVER,
                self._read,
                audited=Audited.NEVER,
                wants_caller=True,
                concrete=options,
            )

    async def _read(self, caller: Caller, options: Any) -> tuple[Any, ...]:
        wanted = _wanted(options)
        if not wanted:
            raise StatusError(ua.StatusCodes.BadInvalidArgument, "no ResultId was given")
        try:
            result = await self._results.by_id(wanted)
            async with self._packing:  # one at a time: it is work for a processor that the line needs, too
                self._files.room(caller.session)
                content = await self._results.archive(result) if result is not None else None
        except PortError as error:
            raise StatusError(ua.StatusCodes.BadResourceUnavailable, str(error)) from error
        if content is None:
            raise StatusError(ua.StatusCodes.BadNotFound, f"there is no result {wanted!r} with pictures")
        node, handle = self._files.reader(caller.session, content)
        return node, handle, ua.NodeId()


def _wanted(options: Any) -> str:
    """Return the ResultId of either model's options: a text, or a structure with an `Id`."""
    named = getattr(options, "ResultId", None) or getattr(options, "Id", None)
    return str(getattr(named, "Id", named) or "").strip()


class ResultFolder:
    """The latest results, each in a variable of its own: result n in slot n modulo their number."""

    def __init__(self, server: Server, spaces: Namespaces, structures: Structures) -> None:
        self._server = server
        self._spaces = spaces
        self._structures = structures
        self._slots: list[dict[str, Node]] = []
        self._new: deque[Result] = deque(maxlen=SHOWN)

    async def bind(self, system: Node) -> None:
        """Add the variables."""
        folder = await child(await child(system, "ResultManagement"), "Results")
        folder_type = self._server.get_node(ua.NodeId(_FOLDER_TYPE, self._spaces.vision))
        (placeholder,) = await folder_type.get_children_descriptions()
        for place in range(SHOWN):
            name = ua.QualifiedName(f"Result{place}", self._spaces.own)
            nodeid = ua.NodeId(f"Results.Result{place}", self._spaces.own)
            slot = await add_declared(folder, placeholder, nodeid, name)
            await add_optional(slot, _OPTIONAL)
            components = {str((await one.read_browse_name()).Name): one for one in await slot.get_children()}
            self._slots.append({"": slot, **components})

    def add(self, result: Result) -> None:
        """Note a result."""
        self._new.append(result)

    async def show(self) -> None:
        """Show what is new."""
        while self._new:
            result = self._new.popleft()
            slot, values = self._slots[result.sequence % SHOWN], self._structures.components(result)
            structure = ua.VariantType.ExtensionObject
            await slot[""].write_value(ua.Variant(self._structures.result(result), structure))
            for name, node in slot.items():
                if name:
                    await node.write_value(self._variant(values[name]))

    @staticmethod
    def _variant(value: Any) -> ua.Variant:
        if value is None:
            return ua.Variant(None, ua.VariantType.ExtensionObject)  # what may be left out is a structure
        if isinstance(value, bool):
            return ua.Variant(value)
        if isinstance(value, int):
            return ua.Variant(int(value), ua.VariantType.Int32)  # ResultState, the one number among them
        return ua.Variant(value)
