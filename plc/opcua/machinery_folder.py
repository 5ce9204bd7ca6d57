"""The folder `Results` of OPC 40001-101 (7.1): the latest results as variables, with their meta data one by one."""

from collections import deque

from asyncua import Node, Server, ua

from plc.opcua.address_space import add_declared, add_optional, built_in_type, child
from plc.opcua.ports import Result
from plc.opcua.structures import Namespaces, Structures

SHOWN = 10
_MANAGEMENT_TYPE = 1004
_META_DATA = (
    "HasTransferableDataOnFile",
    "IsPartial",
    "IsSimulated",
    "ResultState",
    "StepId",
    "PartId",
    "ExternalRecipeId",
    "InternalRecipeId",
    "ProductId",
    "InternalConfigurationId",
    "JobId",
    "CreationTime",
    "ProcessingTimes",
    "ResultEvaluation",
    "ResultEvaluationDetails",
    "FileFormat",
)
_STRUCTURE = ua.VariantType.ExtensionObject
_ANY = ua.DataValue(ua.Variant(ua.NodeId(ua.ObjectIds.BaseDataType), ua.VariantType.NodeId))


class MachineryFolder:
    """Result n in slot n modulo their number; follows behind, because no result waits for it."""

    def __init__(self, server: Server, spaces: Namespaces, structures: Structures) -> None:
        self._server = server
        self._spaces = spaces
        self._structures = structures
        self._slots: list[tuple[Node, Node, Node, dict[str, tuple[Node, ua.VariantType]]]] = []
        self._new: deque[Result] = deque(maxlen=SHOWN)

    async def bind(self, machinery: Node) -> None:
        """Add the variables."""
        folder = await child(machinery, "Results")
        management = self._server.get_node(ua.NodeId(_MANAGEMENT_TYPE, self._spaces.machinery))
        (placeholder,) = await (await child(management, "Results")).get_children_descriptions()
        for place in range(SHOWN):
            name = ua.QualifiedName(f"Result{place}", self._spaces.own)
            nodeid = ua.NodeId(f"MachineryResults.Result{place}", self._spaces.own)
            slot = await add_declared(folder, placeholder, nodeid, name)
            await add_optional(slot, ["ResultContent"])
            meta_data, content = await child(slot, "ResultMetaData"), await child(slot, "ResultContent")
            await content.write_attribute(ua.AttributeIds.DataType, _ANY)  # left out in the NodeSet
            self._slots.append((slot, meta_data, content, await self._fields(meta_data)))

    async def _fields(self, meta_data: Node) -> dict[str, tuple[Node, ua.VariantType]]:
        """Add what is optional of a result's meta data; return each by its name, with the type it travels as."""
        declared = self._server.get_node(self._structures.meta_data_variable)
        space = self._server.iserver.aspace
        fields = {}
        for description in await declared.get_children_descriptions():
            name = str(description.BrowseName.Name)
            if name in _META_DATA:
                nodeid = ua.NodeId(f"{meta_data.nodeid.Identifier}.{name}", self._spaces.own)
                await add_declared(meta_data, description, nodeid, description.BrowseName)
            if name in (*_META_DATA, "ResultId"):
                node = await child(meta_data, name)
                fields[name] = node, built_in_type(space, await node.read_data_type())
        return fields

    def add(self, result: Result) -> None:
        """Note a result."""
        self._new.append(result)

    async def show(self) -> None:
        """Show what is new."""
        while self._new:
            result = self._new.popleft()
            slot, meta_data, content, fields = self._slots[result.sequence % SHOWN]
            whole = self._structures.machinery_result(result)
            await slot.write_value(ua.Variant(whole, _STRUCTURE))
            await meta_data.write_value(ua.Variant(whole.ResultMetaData, _STRUCTURE))
            await content.write_value(ua.Variant(whole.ResultContent, ua.VariantType.Variant, is_array=True))
            for name, (node, kind) in fields.items():
                await node.write_value(ua.Variant(getattr(whole.ResultMetaData, name), kind))
