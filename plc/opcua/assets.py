"""Who made what stands here, whether it is well, and when it is looked after.

OPC 40100-2, with the identification of OPC 40001-1 and OPC 10000-100.

`Machines/<station>` is the vision system as an asset, its cameras below `ImageSensors`. The vision system of OPC 40100-1 is the
same thing from the side of its control, which a reference says.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from asyncua import Node, Server, ua

from plc.opcua.address_space import add_instance, add_optional, child, drop_placeholders
from plc.opcua.nodesets import AMCM, MACHINERY
from plc.opcua.ports import Asset, LineState, Nameplate

_ASSET_ID, _CAMERAS_FROM = 5300, 5310
_CAMERA_STEP = 30
_MACHINES, _ASSET_TYPE, _SENSOR_TYPE = 1001, 1008, 1020
_NORMAL, _FAILURE, _OFF_SPEC, _MAINTENANCE_REQUIRED = 0, 1, 3, 4
"""DeviceHealthEnumeration of OPC 10000-100."""
_CELSIUS = ua.EUInformation(
    NamespaceUri="http://www.opcfoundation.org/UA/units/un/cefact",
    UnitId=4408652,
    DisplayName=ua.LocalizedText("°C", "en"),
    Description=ua.LocalizedText("degree Celsius", "en"),
)
"""UNECE Recommendation 20, CEL (OPC 10000-8, 5.6.4.3)."""
_TEXTS = frozenset({"Manufacturer", "Model", "ComponentName"})
"""Properties that are LocalizedText; the others are String."""


class Assets:
    """The asset and its cameras. `bind`, then `show` what is known, `observe` how it is and `keep_up` with its use."""

    def __init__(self, server: Server, own: int, asset: Asset) -> None:
        self._server = server
        self._own = own
        self._asset = asset
        self._shown: dict[str, Mapping[str, str]] = {}
        self._nodes: dict[str, Node] = {}
        self._health: dict[str, int] = {}
        self._temperatures: dict[str, tuple[Node, float | None]] = {}
        self._line: LineState | None = None
        self._used: tuple[int, bool] | None = None
        self._due = False

    async def bind(self, system: Node) -> None:
        """Add the nodes."""
        server, own = self._server, self._own
        types = await server.get_namespace_index(AMCM)
        machines = server.get_node(ua.NodeId(_MACHINES, await server.get_namespace_index(MACHINERY)))
        name = ua.QualifiedName(self._asset.name, own)
        asset = await add_instance(
            machines, ua.NodeId(_ASSET_ID, own), name, server.get_node(ua.NodeId(_ASSET_TYPE, types))
        )
        await asset.add_reference(system, ua.ObjectIds.RepresentsSameEntityAs)
        await add_optional(asset, ["ImageSensors"])
        folder = await child(asset, "ImageSensors")
        await drop_placeholders(folder)
        await self._describe("", asset, self._asset.plate)
        await self._add_maintenance(asset)
        sensor_type = server.get_node(ua.NodeId(_SENSOR_TYPE, types))
        for place, (camera, plate) in enumerate(self._asset.cameras.items()):
            number = ua.NodeId(_CAMERAS_FROM + place * _CAMERA_STEP, own)
            node = await add_instance(folder, number, ua.QualifiedName(camera, own), sensor_type)
            await self._describe(camera, node, plate)

    async def show(self, cameras: Mapping[str, Nameplate]) -> None:
        """Show what cameras say of themselves; one that the configuration does not name is left out."""
        for camera, plate in cameras.items():
            if camera in self._nodes:
                await self._write_plate(camera, plate)

    async def show_temperatures(self, cameras: Mapping[str, float]) -> None:
        """Show temperatures in °C; a camera that said its own before and does not now has no value."""
        for camera in self._nodes.keys() & (cameras.keys() | self._temperatures.keys()):
            if camera not in self._temperatures:
                self._temperatures[camera] = await self._add_temperature(camera), None
            node, before = self._temperatures[camera]
            if (now := cameras.get(camera)) != before:
                gone = ua.DataValue(ua.Variant(None), StatusCode=ua.StatusCode(ua.StatusCodes.BadNoCommunication))
                await node.write_value(gone if now is None else ua.Variant(now, ua.VariantType.Double))
                self._temperatures[camera] = node, now

    async def observe(self, line: LineState) -> None:
        """Show how the system and each camera are."""
        self._line = line
        failed = {fault.source for fault in line.faults}
        await self._write_health("", self._health_of_system())
        for camera in self._nodes.keys() - {""}:
            await self._write_health(camera, _FAILURE if camera in failed else _NORMAL)

    async def keep_up(self, parts: int, now: datetime) -> None:
        """Show how many parts were judged, and whether calibration or service is due."""
        maintenance = self._asset.maintenance
        self._due = maintenance.is_due(now)
        await self._write_health("", self._health_of_system())
        used = parts, maintenance.needs_calibration(now)
        if used == self._used:
            return
        node = await child(self._nodes[""], "Maintenance")
        counter = await child(await child(node, "OperationCounters"), "OperationCycleCounter")
        await counter.write_value(parts, ua.VariantType.UInt64)
        if maintenance.next_calibration is not None:
            await (await child(node, "CalibrationNeeded")).write_value(used[1], ua.VariantType.Boolean)
        self._used = used

    def _health_of_system(self) -> int:
        if self._line is not None and self._line.faults:
            return _FAILURE
        if self._line is not None and self._line.warnings:
            return _OFF_SPEC
        return _MAINTENANCE_REQUIRED if self._due else _NORMAL

    async def _add_maintenance(self, asset: Node) -> None:
        maintenance = self._asset.maintenance
        needed = ["CalibrationNeeded"] if maintenance.next_calibration is not None else []
        await add_optional(asset, ["Maintenance"])
        node = await child(asset, "Maintenance")
        await add_optional(node, ["OperationCounters", *needed, *maintenance.properties])
        await add_optional(await child(node, "OperationCounters"), ["OperationCycleCounter"])
        for name, moment in maintenance.properties.items():
            await (await child(node, name)).write_value(moment, ua.VariantType.DateTime)

    async def _add_temperature(self, camera: str) -> Node:
        health = await child(self._nodes[camera], "Health")
        await add_optional(health, ["Temperature"])
        node = await child(health, "Temperature")
        await (await child(node, "EngineeringUnits")).write_value(_CELSIUS)
        return node

    async def _describe(self, key: str, node: Node, plate: Nameplate) -> None:
        self._nodes[key] = node
        await add_optional(node, ["Health"])
        await add_optional(await child(node, "Health"), ["DeviceHealth"])
        await self._write_health(key, _NORMAL)
        await self._write_plate(key, plate)

    async def _write_plate(self, key: str, plate: Nameplate) -> None:
        said = {name: value for name, value in plate.properties.items() if value}
        if self._shown.get(key) == said:
            return
        identification = await child(self._nodes[key], "Identification")
        there = {(await one.read_browse_name()).Name for one in await identification.get_properties()}
        await add_optional(identification, said.keys() - there)
        await _write(identification, said.items())
        self._shown[key] = said

    async def _write_health(self, key: str, health: int) -> None:
        if self._health.get(key) == health:
            return
        node = await child(await child(self._nodes[key], "Health"), "DeviceHealth")
        await node.write_value(health, ua.VariantType.Int32)
        self._health[key] = health


async def _write(identification: Node, values: Iterable[tuple[str, str]]) -> None:
    for name, value in values:
        node = await child(identification, name)
        if name in _TEXTS:
            await node.write_value(ua.LocalizedText(value), ua.VariantType.LocalizedText)
        else:
            await node.write_value(value, ua.VariantType.String)
