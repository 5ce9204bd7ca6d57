"""Results written into the variables of an OPC UA server, or given to one of its methods, by the mapping of the configuration."""

from plc.opcua.push import Push, PushError, PushRefusedError, PushSettings
from station.delivery.message import Message
from station.delivery.secret import SecretError, read_secret
from station.delivery.settings import DeliveryTable
from station.delivery.sink import RefusedError, Sink, Surroundings, UnreachableError


class OpcuaPush(Sink):
    """The way to one server, with the certificate of the station's own server: one application, one identity."""

    def __init__(self, settings: DeliveryTable, around: Surroundings) -> None:
        self._secret_file = settings.secret_file
        self._push = Push(push_settings(settings, around), self._password)

    async def send(self, message: Message) -> None:
        """Write or call."""
        try:
            await self._push.send(message.fields)
        except PushRefusedError as error:
            raise RefusedError(str(error)) from None
        except PushError as error:
            raise UnreachableError(str(error)) from None

    async def close(self) -> None:
        """Disconnect."""
        await self._push.close()

    def _password(self) -> str | None:
        try:
            return read_secret(self._secret_file) if self._secret_file is not None else None
        except SecretError as error:
            raise PushError(str(error)) from None


def make_sink(settings: DeliveryTable, surroundings: Surroundings) -> OpcuaPush:
    """Make the way to a server."""
    return OpcuaPush(settings, surroundings)


def push_settings(settings: DeliveryTable, around: Surroundings) -> PushSettings:
    """Give the client's settings."""
    return PushSettings(
        url=settings.url,
        station=around.station,
        certificates=around.certificates,
        user=settings.user,
        variables=settings.map or None,
        acknowledge=settings.acknowledge,
        owner=settings.object or "",
        method=settings.method or "",
        arguments=settings.arguments,
        timeout_s=settings.timeout_s,
    )
