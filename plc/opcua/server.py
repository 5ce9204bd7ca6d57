"""The OPC UA server of one vision system: the address space put together, started, fed and ended."""

import logging
from dataclasses import dataclass
from datetime import UTC, datetime

from asyncua import Node, ua

from plc.opcua.address_space import add_instance, add_optional, built_in_type, child
from plc.opcua.audit import AuditTrail
from plc.opcua.certificates import OwnCertificate, TrustList, ensure_own
from plc.opcua.configurations import ConfigurationManagement
from plc.opcua.events import Events
from plc.opcua.guard import GuardedServer
from plc.opcua.last_result import PlainResults
from plc.opcua.machine import VisionMachine
from plc.opcua.machinery_results import MachineryResults
from plc.opcua.methods import MethodTable
from plc.opcua.nodesets import load_nodesets
from plc.opcua.ports import (
    Acknowledgements,
    Configuration,
    HaltMark,
    Line,
    LineState,
    Recipes,
    Result,
    Results,
    Users,
)
from plc.opcua.recipes import RecipeManagement
from plc.opcua.results import ResultManagement
from plc.opcua.rules import Caller, Rules
from plc.opcua.settings import ServerSettings
from plc.opcua.structures import Structures, add_content_types, find_namespaces

log = logging.getLogger(__name__)

_SYSTEM_ID, _MACHINERY_ID = 5001, 5050
_VISION_SYSTEM_TYPE, _MACHINERY_RESULTS_TYPE = 1003, 1004


@dataclass(frozen=True, slots=True)
class Ports:
    """What the server is given."""

    users: Users
    results: Results
    acknowledgements: Acknowledgements
    recipes: Recipes
    configuration: Configuration
    line: Line
    halt: HaltMark


class VisionServer:
    """One server. `start`, then `observe` and `publish` from the same loop, then `stop`."""

    def __init__(self, settings: ServerSettings, ports: Ports) -> None:
        self._settings = settings
        self._ports = ports
        self._rules = Rules(ports.users, TrustList(settings.certificates), settings.limits)
        self._server = GuardedServer(self._rules)
        self._audit = AuditTrail(ports.line.audit)

    async def start(self) -> None:
        """Build the address space and listen.

        Raises
        ------
        CertificateError
            If the own certificate cannot be made or read.
        NodeSetError
            If the official NodeSets are not there.
        OSError
            If the address cannot be had.
        """
        settings, server = self._settings, self._server
        own = ensure_own(settings.certificates, settings.application_uri, settings.name, datetime.now(UTC))
        server.name = f"Inspection station {settings.name}"
        server.manufacturer_name = "inspection-station"
        server.product_uri = "urn:inspection-station"
        await server.init()
        await self._identify(own)
        for nodeset in load_nodesets():
            await server.import_xml(xmlstring=nodeset)
        spaces = await find_namespaces(server)
        await add_content_types(server, spaces.own)
        structures = Structures(spaces)
        system, machinery = await self._instances(spaces.vision, spaces.machinery, spaces.own)
        events = Events(server, spaces)
        await events.prepare(system, machinery)
        await self._bind(structures, events, system, machinery)
        server.set_endpoint(f"opc.tcp://{settings.host}:{settings.port}/station/")
        await server.start()

    async def _identify(self, own: OwnCertificate) -> None:
        server = self._server
        await server.set_application_uri(self._settings.application_uri)
        await server.load_certificate(own.certificate)
        await server.load_private_key(own.key)
        await server.set_build_info(
            server.product_uri, server.manufacturer_name, server.name, self._settings.version, "", datetime.now(UTC)
        )

    async def _instances(self, vision: int, machinery: int, own: int) -> tuple[Node, Node]:
        server = self._server
        system = await add_instance(
            server.nodes.objects,
            ua.NodeId(_SYSTEM_ID, own),
            ua.QualifiedName("VisionSystem", own),
            server.get_node(ua.NodeId(_VISION_SYSTEM_TYPE, vision)),
        )
        await add_optional(system, ["ConfigurationManagement", "RecipeManagement", "ResultManagement", "SystemState"])
        await add_optional(await child(system, "ConfigurationManagement"), ["ReleaseConfigurationHandle"])
        await add_optional(await child(system, "RecipeManagement"), ["ReleaseRecipeHandle"])
        await add_optional(await child(system, "ResultManagement"), ["ReleaseResultHandle"])
        machine = await child(system, "VisionStateMachine")
        await add_optional(machine, ["AutomaticModeStateMachine", "SelectModeAutomatic"])
        results = await add_instance(
            server.nodes.objects,
            ua.NodeId(_MACHINERY_ID, own),
            ua.QualifiedName("ResultManagement", machinery),
            server.get_node(ua.NodeId(_MACHINERY_RESULTS_TYPE, machinery)),
        )
        await add_optional(
            results,
            [
                "GetLatestResult",
                "GetResultById",
                "GetResultIdListFiltered",
                "ReleaseResultHandle",
                "AcknowledgeResults",
            ],
        )
        return system, results

    async def _bind(self, structures: Structures, events: Events, system: Node, machinery: Node) -> None:
        server, ports = self._server, self._ports
        space = server.iserver.aspace
        spaces = await find_namespaces(server)
        methods = MethodTable(lambda data_type: built_in_type(space, data_type), self._audit)
        self._machine = VisionMachine(server, spaces, structures, events, ports.line, ports.halt)
        self._results = ResultManagement(ports.results, structures, events)
        self._plain = PlainResults(server, spaces.own, ports.results, ports.acknowledgements)
        self._machinery = MachineryResults(
            ports.results, ports.acknowledgements, structures, events, self._plain.acknowledged
        )
        await self._machine.bind(system, methods)
        await self._results.bind(system, methods)
        await self._machinery.bind(machinery, methods)
        await RecipeManagement(ports.recipes, self._machine, structures).bind(system, methods)
        await ConfigurationManagement(ports.configuration, structures).bind(system, methods)
        await self._plain.bind()
        self._rules.call = methods.call
        self._rules.may_call = methods.may_call
        self._rules.write = self._write
        self._rules.may_write = self._plain.may_write

    @property
    def port(self) -> int:
        """The port it listens on."""
        return self._server.port

    async def observe(self, line: LineState, job: str) -> None:
        """Take the line's state; `job` is the job that parts taken as they come belong to."""
        await self._machine.observe(line, job)

    async def recipe_changed(self) -> None:
        """Tell clients that the line has changed over to another recipe."""
        await self._machine.recipe_changed()

    async def publish(self, result: Result) -> None:
        """Tell clients of a new result; to be called in the order of `sequence`."""
        await self._plain.publish(result)
        await self._results.publish(result)
        await self._machinery.publish(result)
        await self._machine.result_published(result.job_id)

    async def stop(self) -> None:
        """Let every client go and close the port."""
        await self._server.stop()

    async def _write(self, caller: Caller, value: ua.WriteValue) -> ua.StatusCode:
        status = await self._plain.write(caller, value)
        node = value.NodeId.to_string()
        await self._audit.note_often("opcua-write", user=str(caller.name), node=node, outcome=status.name)
        return status
