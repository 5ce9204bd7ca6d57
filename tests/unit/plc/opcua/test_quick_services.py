"""The quicker services answer what asyncua's own do, over the whole standard space and the models of vision."""

import asyncio

import pytest
from asyncua import Server, ua

from plc.opcua.nodesets import load_nodesets
from plc.opcua.quick_services import serve_quickly

Reference = tuple[str, str, bool]
HIERARCHICAL, HAS_PROPERTY = ua.NodeId(ua.ObjectIds.HierarchicalReferences), ua.NodeId(ua.ObjectIds.HasProperty)
ALL = ua.NodeId(ua.ObjectIds.References)


async def _filled(*, quickly: bool) -> Server:
    server = Server()
    if quickly:
        server.iserver.view_service, server.iserver.node_mgt_service = serve_quickly(server.iserver.aspace)
    await server.init()
    for nodeset in load_nodesets():
        await server.import_xml(xmlstring=nodeset)
    return server


@pytest.fixture(scope="module")
def servers() -> tuple[Server, Server]:
    async def both() -> tuple[Server, Server]:
        return await _filled(quickly=False), await _filled(quickly=True)

    return asyncio.run(both())


def _references(server: Server) -> dict[str, list[Reference]]:
    space = server.iserver.aspace
    return {
        node.to_string(): [
            (one.ReferenceTypeId.to_string(), one.NodeId.to_string(), one.IsForward) for one in space[node].references
        ]
        for node in space.keys()  # noqa: SIM118 - asyncua's space is no mapping
    }


def test_a_filled_space_has_the_same_references(servers: tuple[Server, Server]) -> None:
    own, quick = (_references(server) for server in servers)
    assert len(own) > 5000
    assert quick == own


@pytest.mark.parametrize("kind", [ALL, HIERARCHICAL, HAS_PROPERTY], ids=["all", "hierarchical", "properties"])
@pytest.mark.parametrize("subtypes", [True, False])
def test_every_node_is_browsed_alike(servers: tuple[Server, Server], kind: ua.NodeId, *, subtypes: bool) -> None:
    space = servers[0].iserver.aspace
    asked = ua.BrowseParameters()
    for number, node in enumerate(space.keys()):
        if kind != ALL and number % 10:
            continue
        asked.NodesToBrowse.append(
            ua.BrowseDescription(node, ua.BrowseDirection.Both, kind, subtypes, ua.NodeClass.Unspecified)
        )
    own = servers[0].iserver.view_service.browse(asked)
    quick, _ = serve_quickly(space)
    assert quick.browse(asked) == own


def test_a_reference_is_added_once_and_its_contrary_is_refused(servers: tuple[Server, Server]) -> None:
    _, nodes = serve_quickly(servers[1].iserver.aspace)
    source, target = ua.NodeId(ua.ObjectIds.ObjectsFolder), ua.NodeId(ua.ObjectIds.TypesFolder)

    def add(*, forward: bool) -> ua.StatusCode:
        item = ua.AddReferencesItem(
            SourceNodeId=source, ReferenceTypeId=HAS_PROPERTY, IsForward=forward, TargetNodeId=target
        )
        (code,) = nodes.add_references([item])
        return code

    before = len(servers[1].iserver.aspace[source].references)
    assert add(forward=True).is_good()
    assert add(forward=True).is_good()
    assert add(forward=False) == ua.StatusCode(ua.StatusCodes.BadReferenceNotAllowed)
    assert len(servers[1].iserver.aspace[source].references) == before + 1
