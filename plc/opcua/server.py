"""The OPC UA server of one vision system: the address space put together, started, fed and ended."""

import asyncio
import contextlib
import gc
import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from asyncua import Node, ua

from plc.opcua.address_space import add_instance, add_optional, built_in_type, child
from plc.opcua.assets import Assets
from plc.opcua.audit import AuditTrail
from plc.opcua.certificates import RENEW_DAYS, OwnCertificate, TrustList, ensure_own, read_own
from plc.opcua.conditions import Conditions
from plc.opcua.configurations import ConfigurationManagement
from plc.opcua.diagnostics import Diagnostics
from plc.opcua.events import Events
from plc.opcua.files import TemporaryFiles
from plc.opcua.guard import GuardedServer
from plc.opcua.last_result import PlainResults
from plc.opcua.machine import VisionMachine
from plc.opcua.machinery_folder import MachineryFolder
from plc.opcua.machinery_results import MachineryResults
from plc.opcua.methods import MethodTable
from plc.opcua.nodesets import OF_ASSETS, load_nodesets
from plc.opcua.ports import (
    Acknowledgements,
    Asset,
    ConditionStore,
    Configurations,
    Fault,
    HaltMark,
    Line,
    LineState,
    Nameplate,
    Products,
    Recipes,
    Result,
    ResultFilter,
    Results,
    Users,
)
from plc.opcua.products import ProductManagement
from plc.opcua.recipe_folder import RecipeFolder
from plc.opcua.recipe_transfer import RecipeTransfer
from plc.opcua.recipes import RecipeManagement
from plc.opcua.result_files import SHOWN, ResultFiles, ResultFolder
from plc.opcua.results import ResultManagement
from plc.opcua.rules import Caller, Rules
from plc.opcua.settings import ServerSettings
from plc.opcua.simulation import answer_simulation_mode
from plc.opcua.structures import Structures, add_content_types, find_namespaces

log = logging.getLogger(__name__)

_SYSTEM_ID, _MACHINERY_ID = 5001, 5050
_RECIPE_OPTIONS = (
    "ReleaseRecipeHandle",
    "AddRecipe",
    "RemoveRecipe",
    "RecipeTransfer",
    "Recipes",
    "Products",
    "PrepareProduct",
    "UnprepareProduct",
    "UnlinkProduct",
)
_SYSTEM_OPTIONS = (
    "ConfigurationManagement",
    "DiagnosticLevel",
    "RecipeManagement",
    "ResultManagement",
    "SystemState",
)
_CONFIGURATION_OPTIONS = (
    "ReleaseConfigurationHandle",
    "AddConfiguration",
    "RemoveConfiguration",
    "ConfigurationTransfer",
    "Configurations",
)
_MACHINERY_METHODS = (
    "GetLatestResult",
    "GetResultById",
    "GetResultIdListFiltered",
    "ReleaseResultHandle",
    "AcknowledgeResults",
    "ResultTransfer",
    "Results",
)
SHOW_S, LOOK_S = 0.5, 5.0
"""The folders follow at most so often, and look after recipes by themselves so often."""
_VISION_SYSTEM_TYPE, _MACHINERY_RESULTS_TYPE = 1003, 1004


@dataclass(frozen=True, slots=True)
class Ports:
    """What the server is given."""

    users: Users
    results: Results
    acknowledgements: Acknowledgements
    recipes: Recipes
    products: Products
    configurations: Configurations
    line: Line
    halt: HaltMark
    conditions: ConditionStore
    asset: Asset | None = None
    """None leaves the asset model out, whose types take a second or two to load."""


class VisionServer:
    """One server. `start`, then `observe` and `publish` from the same loop, then `stop`."""

    def __init__(self, settings: ServerSettings, ports: Ports) -> None:
        self._settings = settings
        self._ports = ports
        self._rules = Rules(ports.users, TrustList(settings.certificates), settings.limits, settings.anonymous)
        self._server = GuardedServer(self._rules)
        self._audit = AuditTrail(ports.line.audit)
        self._news = asyncio.Event()
        self._showing: asyncio.Task[None] | None = None
        self._assets: Assets | None = None
        self._own: OwnCertificate | None = None

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
        with _without_collecting():
            await self._build()
        server.set_endpoint(f"opc.tcp://{settings.host}:{settings.port}/station/")
        await server.start()
        if settings.anonymous:
            log.warning(
                "OPC UA: ANYBODY who reaches %s:%d can read without a name or encryption", settings.host, self.port
            )
        self._showing = asyncio.create_task(self._keep_showing())

    async def _build(self) -> None:
        settings, server = self._settings, self._server
        own = ensure_own(settings.certificates, settings.application_uri, settings.name, datetime.now(UTC))
        server.name = f"Inspection station {settings.name}"
        server.manufacturer_name = "inspection-station"
        server.product_uri = "urn:inspection-station"
        await server.init()
        self._own = own
        await self._identify(own)
        for nodeset in load_nodesets():
            await server.import_xml(xmlstring=nodeset)
        spaces = await find_namespaces(server)
        if self._ports.asset is not None:
            for nodeset in load_nodesets(OF_ASSETS):  # after the own namespace: clients know the indexes of the others
                await server.import_xml(xmlstring=nodeset)
        await add_content_types(server, spaces.own)
        structures = Structures(spaces)
        system, machinery = await self._instances(spaces.vision, spaces.machinery, spaces.own)
        events = Events(server, spaces)
        await events.prepare(system, machinery)
        await self._bind(structures, events, system, machinery)

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
        await add_optional(system, _SYSTEM_OPTIONS)
        await add_optional(await child(system, "ConfigurationManagement"), _CONFIGURATION_OPTIONS)
        await add_optional(await child(system, "RecipeManagement"), _RECIPE_OPTIONS)
        await add_optional(
            await child(system, "ResultManagement"), ["ReleaseResultHandle", "ResultTransfer", "Results"]
        )
        machine = await child(system, "VisionStateMachine")
        await add_optional(machine, ["AutomaticModeStateMachine", "SelectModeAutomatic", "ConfirmAll"])
        await add_optional(await child(machine, "AutomaticModeStateMachine"), ["SimulationMode"])
        results = await add_instance(
            server.nodes.objects,
            ua.NodeId(_MACHINERY_ID, own),
            ua.QualifiedName("ResultManagement", machinery),
            server.get_node(ua.NodeId(_MACHINERY_RESULTS_TYPE, machinery)),
        )
        await add_optional(results, _MACHINERY_METHODS)
        return system, results

    async def _bind(self, structures: Structures, events: Events, system: Node, machinery: Node) -> None:
        server, ports = self._server, self._ports
        space = server.iserver.aspace
        spaces = await find_namespaces(server)
        self._diagnostics = Diagnostics(events)
        refusals = AuditTrail(self._diagnostics.tell_refusal)
        methods = MethodTable(lambda data_type: built_in_type(space, data_type), self._audit, refusals)
        self._machine = VisionMachine(server, spaces, structures, events, ports.line, ports.halt, ports.products)
        self._results = ResultManagement(ports.results, structures, events)
        self._plain = PlainResults(server, spaces.own, ports.results, ports.acknowledgements)
        self._machinery = MachineryResults(
            ports.results, ports.acknowledgements, structures, events, self._plain.acknowledged
        )
        self._conditions = Conditions(server, spaces, structures, events, ports.conditions)
        await self._machine.bind(system, methods)
        await self._conditions.bind(system, methods)
        await self._results.bind(system, methods)
        await self._machinery.bind(machinery, methods)
        await RecipeManagement(ports.recipes, ports.products, self._machine, structures).bind(system, methods)
        await self._bind_files(structures, events, system, machinery, methods)
        await self._plain.bind()
        await self._diagnostics.bind(system)
        self._rules.call = methods.call
        self._rules.may_call = methods.may_call
        self._rules.write = self._write
        self._rules.may_write = lambda role, node: (
            self._plain.may_write(role, node) or self._diagnostics.may_write(role, node)
        )

    async def _bind_files(
        self, structures: Structures, events: Events, system: Node, machinery: Node, methods: MethodTable
    ) -> None:
        server, ports = self._server, self._ports
        spaces = await find_namespaces(server)
        files = TemporaryFiles(server, spaces.own)
        self._rules.ended.append(files.forget)
        products = ProductManagement(
            server, spaces, structures, ports.products, ports.recipes, self._machine, self._audit
        )
        self._recipes_shown = RecipeFolder(server, spaces, structures, ports.recipes, self._machine, products, files)
        self._results_shown = ResultFolder(server, spaces, structures)
        self._machinery_shown = MachineryFolder(server, spaces, structures)
        transfer = RecipeTransfer(
            ports.recipes, self._machine, structures, events, files, self._audit, products, self._recipes_shown
        )
        configurations = ConfigurationManagement(
            server, spaces, structures, ports.configurations, events, files, self._audit
        )
        await files.bind(methods)
        await products.bind(system, methods)
        await transfer.bind(system, methods)
        await configurations.bind(system, methods)
        await ResultFiles(ports.results, structures, files).bind(system, machinery, methods)
        await self._recipes_shown.bind(system, methods)
        await self._results_shown.bind(system)
        await self._machinery_shown.bind(machinery)
        await self._show_latest()
        if ports.asset is not None:
            self._assets = Assets(server, spaces.own, ports.asset)
            await self._assets.bind(system)
            await self._assets.keep_up(await ports.results.parts(), datetime.now(UTC))
        await answer_simulation_mode(system, ports.configurations.active, methods)

    async def _show_latest(self) -> None:
        """Fill both folders with the latest results there are."""
        latest = await self._ports.results.latest()
        if latest is None:
            return
        for result in await self._ports.results.page(ResultFilter(), max(0, latest.sequence - SHOWN), SHOWN):
            self._results_shown.add(result)
            self._machinery_shown.add(result)
        await self._results_shown.show()
        await self._machinery_shown.show()

    async def _keep_showing(self) -> None:
        """Let the folders follow, without a result ever waiting for them."""
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LOOK_S):  # wait_for of CPython 3.11 may lose a cancellation (gh-86296)
                    await self._news.wait()
            self._news.clear()
            try:
                await self._change_certificate()
                await self._results_shown.show()
                await self._machinery_shown.show()
                await self._recipes_shown.follow()
                if self._assets is not None:
                    await self._assets.keep_up(await self._ports.results.parts(), datetime.now(UTC))
            except Exception:  # the top of a worker: what cannot be shown now may be shown the next time
                log.exception("OPC UA: the folders are not up to date")
            await asyncio.sleep(SHOW_S)

    async def _change_certificate(self) -> None:
        """Take over a certificate that somebody has renewed, without a restart."""
        assert self._own is not None  # built
        own = await asyncio.to_thread(read_own, self._settings.certificates, self._own.thumbprint)
        if own is not None:
            await self._server.change_certificate(own)
            self._own = own
            log.warning("OPC UA: new connections get the certificate %s; clients must trust it", own.thumbprint)

    @property
    def port(self) -> int:
        """The port it listens on."""
        return self._server.port

    async def observe(self, line: LineState, job: str) -> None:
        """Take the line's state; `job` is the job that parts taken as they come belong to."""
        line = self._with_certificate(line)
        await self._conditions.observe(line)  # before the state: they say why it is Error (OPC 40100-1, 8.2.9.2)
        await self._machine.observe(line, job)
        if self._assets is not None:
            await self._assets.observe(line)
        self._news.set()

    def _with_certificate(self, line: LineState) -> LineState:
        """Add a warning while the own certificate is about to end."""
        if self._own is None or self._own.expires - datetime.now(UTC) > timedelta(days=RENEW_DAYS):
            return line
        text = (
            f"The OPC UA server's certificate ends on {self._own.expires:%Y-%m-%d}: make a new one with"
            " `station opcua certificate renew`, and have every client trust it."
        )
        return replace(line, warnings=(*line.warnings, Fault("certificate", "OPC UA", text)))

    async def show_cameras(self, cameras: Mapping[str, Nameplate]) -> None:
        """Show what cameras say of themselves, by their names."""
        if self._assets is not None:
            await self._assets.show(cameras)

    async def show_temperatures(self, cameras: Mapping[str, float]) -> None:
        """Show how warm cameras are, in °C; one that said so before and does not now has no value."""
        if self._assets is not None:
            await self._assets.show_temperatures(cameras)

    async def recipe_changed(self) -> None:
        """Tell clients that the line has changed over to another recipe."""
        await self._machine.recipe_changed()

    async def acquired(self, result_id: str, job: str) -> None:
        """Tell clients that the pictures of a part are taken, whose first result will bear this id."""
        await self._results.acquired(result_id, job)

    async def publish(self, result: Result) -> None:
        """Tell clients of a new result; to be called in the order of `sequence`."""
        await self._plain.publish(result)
        await self._results.publish(result)
        await self._machinery.publish(result)
        await self._machine.result_published(result.job_id)
        self._results_shown.add(result)
        self._machinery_shown.add(result)
        self._news.set()

    async def stop(self) -> None:
        """Let every client go and close the port."""
        if self._showing is not None:
            self._showing.cancel()
            await asyncio.gather(self._showing, return_exceptions=True)
        await self._server.stop()

    async def _write(self, caller: Caller, value: ua.WriteValue) -> ua.StatusCode:
        write = self._diagnostics.write if self._diagnostics.has(value.NodeId) else self._plain.write
        status = await write(caller, value)
        node = value.NodeId.to_string()
        await self._audit.note_often("opcua-write", user=str(caller.name), node=node, outcome=status.name)
        return status


@contextlib.contextmanager
def _without_collecting() -> Iterator[None]:
    """Make the address space without looking for garbage, which takes longer than making it; it stays for good."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.freeze()
