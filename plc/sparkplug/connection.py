"""One MQTT connection of a Sparkplug node, paho's thread and callbacks brought to the loop."""

import asyncio
import contextlib
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from paho.mqtt import client as paho
from paho.mqtt.enums import CallbackAPIVersion

NAMESPACE = "spBv1.0"
KEEPALIVE_S = 30
CONNECT_S = 5.0
CLOSE_S = 1.0
"""How long the connection's thread may take to end; after that it ends by itself."""


class SparkplugError(Exception):
    """Nothing can be published now; the text says why."""


@dataclass(frozen=True, slots=True)
class EdgeSettings:
    """Where the broker is and what the node is called. `encrypted` with the system's authorities, or those of `ca_file`."""

    host: str
    port: int
    group: str
    node: str
    primary_host: str | None = None
    encrypted: bool = True
    ca_file: Path | None = None
    user: str | None = None
    timeout_s: float = 10.0

    def topic(self, kind: str) -> str:
        """Return the topic of a kind of message."""
        return f"{NAMESPACE}/{self.group}/{kind}/{self.node}"


class Connection:
    """One MQTT connection, its callbacks brought to the loop."""

    def __init__(
        self, settings: EdgeSettings, password: str | None, death: bytes, heard: Callable[[str, bytes], None]
    ) -> None:
        self._loop = asyncio.get_running_loop()
        self._acknowledged: dict[int, asyncio.Future[None]] = {}
        self._up: asyncio.Future[None] = self._loop.create_future()
        self.lost = asyncio.Event()
        self.why = "the connection was lost"
        self._timeout_s = settings.timeout_s
        name = f"{settings.group}-{settings.node}"
        self._client = paho.Client(CallbackAPIVersion.VERSION2, name, reconnect_on_failure=False)
        self._client.connect_timeout = min(CONNECT_S, settings.timeout_s)
        if settings.user is not None:
            self._client.username_pw_set(settings.user, password)
        if settings.encrypted:
            self._client.tls_set_context(_trusting(settings.ca_file))
        self._client.will_set(settings.topic("NDEATH"), death, qos=1, retain=False)
        self._client.on_connect = self._on_connect
        self._client.on_disconnect = lambda _client, _data, _flags, code, _more: self._tell(self._fail, str(code))
        self._client.on_publish = lambda _client, _data, number, _code, _more: self._tell(self._take, number)
        self._client.on_message = lambda _client, _data, message: self._tell(heard, message.topic, message.payload)
        self._where = settings.host, settings.port
        self._closing = False
        self._connecting = threading.Thread(target=self._connect, name="mqtt connect", daemon=True)

    async def open(self, topics: tuple[str, ...]) -> None:
        """Connect and subscribe. Raises `SparkplugError`."""
        self._connecting.start()
        try:
            async with asyncio.timeout(self._timeout_s):
                await asyncio.shield(self._up)
        except TimeoutError:
            raise SparkplugError(f"the broker did not answer within {self._timeout_s:g} s") from None
        self._client.subscribe([(topic, 1) for topic in topics])

    async def publish(self, topic: str, payload: bytes) -> None:
        """Publish, and wait for the broker's acknowledgement. Raises `SparkplugError`."""
        sent = self._client.publish(topic, payload, qos=1)
        if sent.rc != paho.MQTT_ERR_SUCCESS:
            raise SparkplugError(f"{self.why}: {paho.error_string(sent.rc)}")
        taken = self._acknowledged[sent.mid] = self._loop.create_future()
        try:
            async with asyncio.timeout(self._timeout_s):
                await taken
        except TimeoutError:
            self._fail(f"the broker did not acknowledge within {self._timeout_s:g} s")
            raise SparkplugError(self.why) from None
        finally:
            self._acknowledged.pop(sent.mid, None)

    async def close(self) -> None:
        """Disconnect, which keeps the broker from announcing our death, and wait for the thread to end."""
        self._closing = True
        self._client.disconnect()
        ended = asyncio.Event()

        def join() -> None:
            if self._connecting.ident is not None:
                self._connecting.join()  # paho cannot stop a thread that is only just starting
            self._client.loop_stop()
            self._client._reset_sockets()  # noqa: SLF001  # else its wake-up sockets stay open until it is collected
            self._tell(ended.set)

        threading.Thread(target=join, name="mqtt end", daemon=True).start()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(CLOSE_S):
                await ended.wait()
        if self._up.done() and not self._up.cancelled():
            self._up.exception()

    def _connect(self) -> None:
        """Connect, which blocks; paho by itself would not say why it cannot."""
        try:
            self._client.connect(*self._where, KEEPALIVE_S)
        except (OSError, ValueError) as error:
            self._tell(self._fail, f"{type(error).__name__}: {error}")
            return
        self._client.loop_start()
        if self._closing:
            self._client.disconnect()

    def _tell(self, what: Callable[..., None], *args: object) -> None:
        with contextlib.suppress(RuntimeError):  # the loop has ended before the connection's thread
            self._loop.call_soon_threadsafe(what, *args)

    def _on_connect(self, _client: object, _data: object, _flags: object, code: object, _more: object) -> None:
        if getattr(code, "is_failure", False):
            self._tell(self._fail, f"the broker will not have us: {code}")
        else:
            self._tell(self._connected)

    def _connected(self) -> None:
        if not self._up.done():
            self._up.set_result(None)

    def _fail(self, why: str) -> None:
        self.why = why
        self.lost.set()
        for waiting in (self._up, *self._acknowledged.values()):
            if not waiting.done():
                waiting.set_exception(SparkplugError(why))

    def _take(self, number: int) -> None:
        waiting = self._acknowledged.get(number)
        if waiting is not None and not waiting.done():
            waiting.set_result(None)


class _ClosedOnFailure(ssl.SSLSocket):
    """A socket that is closed when the other side cannot be trusted; paho would leave it open."""

    def do_handshake(self, block: bool = False) -> None:
        """Agree on keys."""
        try:
            super().do_handshake(block)
        except OSError:
            self.close()
            raise


def _trusting(ca_file: Path | None) -> ssl.SSLContext:
    """Trust the system's authorities, or only those of a file."""
    context = ssl.create_default_context(cafile=ca_file)
    context.sslsocket_class = _ClosedOnFailure
    return context
