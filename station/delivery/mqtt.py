"""Results as data of a Sparkplug B edge node: the station is the node, and each result sets all of its metrics at once."""

from collections.abc import Mapping
from datetime import datetime

from plc.sparkplug.connection import EdgeSettings, SparkplugError
from plc.sparkplug.edge import EdgeNode
from plc.sparkplug.payload import DataType
from station.delivery.fields import FIELDS
from station.delivery.message import Message
from station.delivery.secret import SecretError, read_secret
from station.delivery.settings import DeliveryTable
from station.delivery.sink import Sink, Surroundings, UnreachableError

PORT, ENCRYPTED_PORT = 1883, 8883
_TYPES: Mapping[type, DataType] = {
    str: DataType.STRING,
    int: DataType.UINT64,
    float: DataType.DOUBLE,
    bool: DataType.BOOLEAN,
    datetime: DataType.DATE_TIME,
}
METRICS = {f"Result/{name}": _TYPES[kind] for name, kind in FIELDS.items()}


class Mqtt(Sink):
    """The way to one broker. Nothing is ever refused: a broker takes what it can route, and hosts do not answer."""

    def __init__(self, settings: DeliveryTable, around: Surroundings) -> None:
        self._secret_file = settings.secret_file
        edge = edge_settings(settings, around.station)
        self._node = EdgeNode(edge, METRICS, self._password, around.next_session, around.came)

    def start(self) -> None:
        """Connect, and wait for the primary host."""
        self._node.start()

    async def send(self, message: Message) -> None:
        """Publish one result, and wait for the broker's acknowledgement."""
        try:
            await self._node.publish({f"Result/{name}": value for name, value in message.fields.items()}, message.time)
        except SparkplugError as error:
            raise UnreachableError(str(error)) from None

    async def close(self) -> None:
        """Say goodbye."""
        await self._node.close()

    def _password(self) -> str | None:
        try:
            return read_secret(self._secret_file) if self._secret_file is not None else None
        except SecretError as error:
            raise SparkplugError(str(error)) from None


def make_sink(settings: DeliveryTable, surroundings: Surroundings) -> Mqtt:
    """Make the way to a broker."""
    return Mqtt(settings, surroundings)


def edge_settings(settings: DeliveryTable, station: str) -> EdgeSettings:
    """Give the node's settings; it is called like the station."""
    address = settings.address
    assert address.hostname is not None  # the configuration's check
    return EdgeSettings(
        host=address.hostname,
        port=address.port or (ENCRYPTED_PORT if settings.encrypted else PORT),
        group=settings.group,
        node=station,
        primary_host=settings.primary_host,
        encrypted=settings.encrypted,
        ca_file=settings.ca_file,
        user=settings.user,
        timeout_s=settings.timeout_s,
    )
