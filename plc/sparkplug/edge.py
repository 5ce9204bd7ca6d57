"""A Sparkplug B edge node (Eclipse Sparkplug 3.0.0): born when its primary host is there, dead when that goes.

Whoever publishes waits for the broker's acknowledgement. The standard publishes data at QoS 0, with which nobody would know
whether it has arrived; here it is QoS 1, which every host takes.
"""

import asyncio
import contextlib
import json
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime

from plc.sparkplug.connection import NAMESPACE, Connection, EdgeSettings, SparkplugError
from plc.sparkplug.payload import DataType, Metric, Value, encode, is_set

REBIRTH = "Node Control/Rebirth"
FIRST_RETRY_S, LONGEST_RETRY_S = 1.0, 30.0
REPLAY_S = 60.0
"""What was published this long before host or broker went is published again when they are back: they may have lost it."""
SEQUENCE = 256


class EdgeNode:
    """The node. `start` once; `publish` works while it is born, and `came` is called, on the loop, whenever that begins.

    Parameters
    ----------
    settings
        Where the broker is and what the node is called.
    metrics
        What it has to tell, with types.
    read_password
        Read anew for every connection.
    next_session
        Gives 0, 1, 2, … over every restart: what ties a death to its birth (bdSeq).
    came
        Called when results can be published again.
    """

    def __init__(
        self,
        settings: EdgeSettings,
        metrics: Mapping[str, DataType],
        read_password: Callable[[], str | None],
        next_session: Callable[[], Awaitable[int]],
        came: Callable[[], None],
    ) -> None:
        self._settings = settings
        self._metrics = metrics
        self._read_password = read_password
        self._next_session = next_session
        self._came = came
        self._task: asyncio.Task[None] | None = None
        self._connection: Connection | None = None
        self._why = "the broker is not connected yet"
        self._born: datetime | None = None
        self._session = self._seq = 0
        self._host_time = 0
        self._host_on, self._host_off, self._rebirth = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self._last: Mapping[str, Value] = {}
        self._lately: deque[tuple[float, Mapping[str, Value], datetime]] = deque()

    def start(self) -> None:
        """Connect, now and whenever connection or host was lost."""
        self._task = asyncio.create_task(self._run())

    async def publish(self, values: Mapping[str, Value], time: datetime) -> None:
        """Publish values of a moment; those of one before the node's birth are historical. Raises `SparkplugError`."""
        if self._connection is None or self._born is None:
            raise SparkplugError(self._why)
        await self._send(self._connection, values, time)
        self._last = values
        now_s = asyncio.get_running_loop().time()
        self._lately.append((now_s, values, time))
        while self._lately[0][0] < now_s - REPLAY_S:
            self._lately.popleft()

    async def close(self) -> None:
        """Say goodbye and disconnect; safe to call twice."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None

    async def _run(self) -> None:
        pause_s = FIRST_RETRY_S
        while True:
            try:
                await self._one_session()
                pause_s = FIRST_RETRY_S
            except SparkplugError as error:
                self._why = str(error)
            except OSError as error:  # a file of authorities that cannot be read
                self._why = f"{error.filename or 'the connection'}: {error.strerror or error}"
            except Exception as error:  # noqa: BLE001  # the top of a worker: it is told to whoever publishes, and tried again
                self._why = f"{type(error).__name__}: {error}"
            await asyncio.sleep(pause_s)
            pause_s = min(pause_s * 2, LONGEST_RETRY_S)

    async def _one_session(self) -> None:
        """Connect, be born when the host is there, and live until connection or host is lost."""
        settings, host = self._settings, self._settings.primary_host
        self._session = await self._next_session() % SEQUENCE
        self._host_time = 0
        for event in (self._host_on, self._host_off, self._rebirth):
            event.clear()
        connection = Connection(settings, self._read_password(), self._death(), self._heard)
        try:
            states = (f"{NAMESPACE}/STATE/{host}", f"STATE/{host}") if host is not None else ()
            await connection.open((settings.topic("NCMD"), *states))
            if host is not None:
                self._why = f"the primary host {host} is not online"
                await _first_of(self._host_on, connection.lost)
            if not connection.lost.is_set():
                await self._live(connection)
            self._why = connection.why if connection.lost.is_set() else f"the primary host {host} is not online"
        finally:
            await self._end(connection)

    async def _live(self, connection: Connection) -> None:
        await self._birth(connection)
        for _, values, time in tuple(self._lately):
            await self._send(connection, values, time)
        self._connection = connection
        self._came()
        while not (self._host_off.is_set() or connection.lost.is_set()):
            await _first_of(self._host_off, connection.lost, self._rebirth)
            if self._rebirth.is_set():
                self._rebirth.clear()
                await self._birth(connection)

    async def _end(self, connection: Connection) -> None:
        born, self._born, self._connection = self._born, None, None
        if born is not None and not connection.lost.is_set():
            with contextlib.suppress(SparkplugError):
                await connection.publish(self._settings.topic("NDEATH"), self._death())
        await connection.close()

    async def _birth(self, connection: Connection) -> None:
        """Tell which metrics there are and how they stand; the sequence of messages begins anew."""
        self._seq, self._born = 0, datetime.now(UTC)
        metrics = [
            Metric("bdSeq", DataType.INT64, self._session, self._born),
            Metric(REBIRTH, DataType.BOOLEAN, False, self._born),
            *(Metric(name, kind, self._last.get(name), self._born) for name, kind in self._metrics.items()),
        ]
        await connection.publish(self._settings.topic("NBIRTH"), encode(metrics, self._born, self._seq))

    async def _send(self, connection: Connection, values: Mapping[str, Value], time: datetime) -> None:
        old = self._born is None or time < self._born
        metrics = [Metric(name, self._metrics[name], value, time, historical=old) for name, value in values.items()]
        seq = (self._seq + 1) % SEQUENCE
        payload = encode(metrics, datetime.now(UTC), seq)
        self._seq = seq
        await connection.publish(self._settings.topic("NDATA"), payload)

    def _death(self) -> bytes:
        now = datetime.now(UTC)
        return encode([Metric("bdSeq", DataType.INT64, self._session, now)], now)

    def _heard(self, topic: str, payload: bytes) -> None:
        if topic == self._settings.topic("NCMD"):
            if is_set(payload, REBIRTH):
                self._rebirth.set()
            return
        online, time = read_state(payload)
        if online is None or time < self._host_time:
            return
        self._host_time = time
        now, before = (self._host_on, self._host_off) if online else (self._host_off, self._host_on)
        now.set()
        before.clear()


def read_state(payload: bytes) -> tuple[bool | None, int]:
    """Return whether a host says it is online, None for nonsense, and when it said so; versions 2.2 and 3.0 of the standard."""
    if payload in {b"ONLINE", b"OFFLINE"}:
        return payload == b"ONLINE", 0
    try:
        told = json.loads(payload)
        online, time = told["online"], told["timestamp"]
    except (ValueError, KeyError, TypeError):
        return None, 0
    return (online, time) if isinstance(online, bool) and isinstance(time, int) else (None, 0)


async def _first_of(*events: asyncio.Event) -> None:
    waiting = [asyncio.create_task(event.wait()) for event in events]
    try:
        await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
