"""Small helpers over asyncua's address space: instances with chosen optional children, and types of values."""

from collections.abc import Iterable

from asyncua import Node, ua
from asyncua.common.instantiate_util import _instantiate_node
from asyncua.common.manage_nodes import delete_nodes
from asyncua.common.node_factory import make_node
from asyncua.common.ua_utils import get_node_supertypes
from asyncua.server.address_space import AddressSpace

_LAST_BUILT_IN = 25
_ENUMERATION = 29


def built_in_type(space: AddressSpace, data_type: ua.NodeId) -> ua.VariantType:
    """Return the built-in type that values of a data type travel as (OPC 10000-6, 5.1.2).

    Raises
    ------
    KeyError
        If the data type is not in the address space.
    """
    if data_type.is_null():
        return ua.VariantType.Variant  # left out in a NodeSet, it is BaseDataType
    while True:
        if data_type.NamespaceIndex == 0 and isinstance(data_type.Identifier, int):
            if data_type.Identifier == _ENUMERATION:
                return ua.VariantType.Int32
            if data_type.Identifier <= _LAST_BUILT_IN:
                return ua.VariantType(data_type.Identifier)
        data_type = next(
            reference.NodeId
            for reference in space[data_type].references
            if reference.ReferenceTypeId == ua.NodeId(ua.ObjectIds.HasSubtype) and not reference.IsForward
        )


async def child(owner: Node, name: str) -> Node:
    """Return a component or property by the name in its browse name, whatever its namespace. Raises `KeyError`."""
    for node in await owner.get_children(refs=ua.ObjectIds.Aggregates):
        if (await node.read_browse_name()).Name == name:
            return node
    raise KeyError(name)


async def add_instance(owner: Node, nodeid: ua.NodeId, name: ua.QualifiedName, object_type: Node) -> Node:
    """Add an object of a type with what is mandatory of it."""
    added = await owner.add_object(nodeid, name, objecttype=object_type.nodeid, instantiate_optional=False)
    assert isinstance(added, Node)  # asyncua declares it so loosely
    return added


async def add_optional(owner: Node, names: Iterable[str]) -> None:
    """Add optional children of its type to an object, each with what is mandatory of it."""
    (definition,) = await owner.get_referenced_nodes(refs=ua.ObjectIds.HasTypeDefinition)
    wanted = set(names)
    for supertype in await get_node_supertypes(definition, includeitself=True):
        for description in await supertype.get_children_descriptions():
            if description.BrowseName.Name not in wanted:
                continue
            wanted.discard(description.BrowseName.Name)
            await _instantiate_node(
                owner.session,
                make_node(owner.session, description.NodeId),
                owner.nodeid,
                description,
                ua.NodeId(NamespaceIndex=owner.nodeid.NamespaceIndex),
                description.BrowseName,
                instantiate_optional=False,
            )
    if wanted:
        raise KeyError(", ".join(sorted(wanted)))


async def add_declared(
    owner: Node, declaration: ua.ReferenceDescription, nodeid: ua.NodeId, name: ua.QualifiedName
) -> Node:
    """Add what a type declares, a placeholder for one, under a name, with what is mandatory of it."""
    added = await _instantiate_node(
        owner.session,
        make_node(owner.session, declaration.NodeId),
        owner.nodeid,
        declaration,
        nodeid,
        name,
        dname=ua.LocalizedText(name.Name),
        instantiate_optional=False,
    )
    return make_node(owner.session, added[0])


async def drop_placeholders(folder: Node) -> None:
    """Delete what asyncua makes of a type's placeholders, such as `<Product>`, in an instance's folder."""
    for node in await folder.get_children():
        if str((await node.read_browse_name()).Name).startswith("<"):
            await delete_nodes(folder.session, [node], recursive=True)
