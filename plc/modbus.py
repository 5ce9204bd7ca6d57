"""Modbus TCP: our own registers, those of a peer, and the station's link over either; nobody else uses pymodbus."""

import asyncio
import errno
import logging
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace

from pymodbus.client import AsyncModbusTcpClient
from pymodbus.constants import ExcCodes
from pymodbus.exceptions import ConnectionException, ModbusException
from pymodbus.pdu import ModbusPDU
from pymodbus.server import ModbusTcpServer
from pymodbus.simulator import DataType, SimData, SimDevice

from plc.driver import HandshakeDriver
from plc.events import ControlSeen, TransportLost
from plc.handshake import Handshake, image
from plc.link import OfflineReason, PlcError, PlcLink, PlcListener
from plc.registers import (
    CONTROL,
    CONTROL_BIT_NAMES,
    CONTROL_NAMES,
    SPACE,
    StatusBit,
    StatusView,
    control_from_registers,
    spans,
    status_to_registers,
)
from plc.settings import LinkMode, PlcSettings

MAX_REGISTERS = 120
"""Registers in one request; the protocol allows 125 to be read and 123 to be written."""
logger = logging.getLogger(__name__)
_COIL_CODES = {1, 2, 5, 15}
_CODES = {code.value: code.name for code in ExcCodes}

logging.getLogger("pymodbus").setLevel(logging.CRITICAL)  # PlcError, on_link and our own log say it better


class RegisterServer:
    """A Modbus TCP server over one block of registers, read alike by FC3 and FC4, for any unit id.

    `on_write` gets what a peer wrote, by address, before the peer has its answer. Writes outside of `writable` are
    answered with ILLEGAL ADDRESS and change nothing.
    """

    def __init__(
        self, host: str, port: int, writable: range, on_write: Callable[[Mapping[int, int]], Awaitable[None]]
    ) -> None:
        self._host, self._port = host, port
        self._writable = writable
        self._on_write = on_write
        self._own = False
        self._server: ModbusTcpServer | None = None

    @property
    def port(self) -> int:
        """The port listened on; the one taken when 0 was asked for."""
        return self._port

    async def start(self) -> None:
        """Listen. Raises `PlcError` naming address and remedy."""
        registers = SimData(SPACE.start, count=len(SPACE), datatype=DataType.REGISTERS)
        # Id 0 stands for every id: PLCs send 0, 1 or 255 to a device that is no gateway.
        device = SimDevice(id=0, simdata=[registers], action=self._action)
        server = ModbusTcpServer(device, address=(self._host, self._port))
        try:
            await server.serve_forever(background=True)
        except RuntimeError:
            raise PlcError(await _why_not_bound(self._host, self._port)) from None
        self._server = server
        assert isinstance(server.transport, asyncio.Server)
        self._port = server.transport.sockets[0].getsockname()[1]

    async def write(self, registers: Mapping[int, int]) -> None:
        """Set registers; each run of addresses changes at once."""
        if self._server is None:
            return
        self._own = True  # async_setValues never suspends, so no peer comes between
        try:
            for span in spans(registers):
                # The datastore is one block for FC3 and FC4, so one write serves both.
                await self._server.async_setValues(0, 3, span.start, [registers[address] for address in span])
        finally:
            self._own = False

    async def stop(self) -> None:
        """Stop listening and drop every connection."""
        if self._server is not None:
            await self._server.shutdown()  # type: ignore[no-untyped-call]  # pymodbus leaves it bare
            self._server = None
            await asyncio.sleep(0)  # lets the sockets close before the loop may end

    async def _action(
        self,
        code: int,
        _start: int,
        address: int,
        count: int,
        _registers: list[int],
        values: list[int] | list[bool] | None,
    ) -> ExcCodes | None:
        """See each access before it happens; a call without values reads, also the second one of a write."""
        if code in _COIL_CODES:
            return ExcCodes.ILLEGAL_FUNCTION
        if self._own or values is None:
            return None
        if address < self._writable.start or address + count > self._writable.stop:
            return ExcCodes.ILLEGAL_ADDRESS
        try:
            await self._on_write({address + offset: int(value) for offset, value in enumerate(values)})
        except Exception:
            logger.exception("a write of the PLC to register %d failed inside the station", address)
            return ExcCodes.DEVICE_FAILURE
        return None


async def _why_not_bound(host: str, port: int) -> str:
    """Bind once more, because pymodbus keeps the cause to itself."""
    where = f"cannot listen for the PLC on {host}:{port}"
    try:
        server = await asyncio.get_running_loop().create_server(asyncio.Protocol, host, port)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            return f"{where}: another program has that port; stop it or set plc.port to a free one"
        if error.errno == errno.EACCES:
            return (
                f"{where}: ports below 1024 need a privilege; set plc.port = 1502, "
                "or grant CAP_NET_BIND_SERVICE (in systemd: AmbientCapabilities=CAP_NET_BIND_SERVICE)"
            )
        return f"{where}: {error.strerror or error}; set plc.host to an address of this machine, or 0.0.0.0 for all"
    server.close()
    await server.wait_closed()
    return f"{where}: the port was taken a moment ago; start again"


class RegisterClient:
    """Holding registers of a peer. Every call is bounded by `timeout_s` a request and raises `PlcError`."""

    def __init__(self, host: str, port: int, device_id: int = 1, timeout_s: float = 1.0) -> None:
        self._where = f"PLC {host}:{port}"
        self._host, self._port = host, port
        self._device_id = device_id
        self._timeout_s = timeout_s
        self._client: AsyncModbusTcpClient | None = None
        self._asking = False

    async def open(self) -> None:
        """Connect, once; coming back is the caller's business, who alone knows what must be said first."""
        self.close()
        client = AsyncModbusTcpClient(
            self._host,
            port=self._port,
            timeout=self._timeout_s,
            retries=0,
            reconnect_delay=0,
            name=self._where,
            trace_connect=self._connection,
        )
        self._client = client
        if not await client.connect():
            self.close()
            raise PlcError(f"{self._where} does not answer; check that it runs, its address and the cable")

    def close(self) -> None:
        """Disconnect; safe to call twice."""
        if self._client is not None:
            self._client.close()
            self._client = None

    async def read(self, addresses: Iterable[range]) -> dict[int, int]:
        """Read runs of registers; gives their words by address."""
        words: dict[int, int] = {}
        for span in _portions(addresses):
            answer = await self._ask(
                lambda client, span=span: client.read_holding_registers(  # type: ignore[misc]  # bound per span
                    span.start, count=len(span), device_id=self._device_id
                )
            )
            if len(answer.registers) != len(span):
                raise PlcError(f"{self._where} answered {len(answer.registers)} registers when asked for {len(span)}")
            words.update(zip(span, answer.registers, strict=True))
        return words

    async def write(self, registers: Mapping[int, int]) -> None:
        """Write registers, lowest address first, each run of addresses in one request."""
        for span in _portions(spans(registers)):
            values = [registers[address] for address in span]
            await self._ask(
                lambda client, span=span, values=values: client.write_registers(  # type: ignore[misc]  # bound per span
                    span.start, values, device_id=self._device_id
                )
            )

    def _connection(self, made: bool) -> None:
        """Fail the request under way when its connection goes: pymodbus would let it wait for its time-out."""
        if not made and self._asking and self._client and not self._client.ctx.response_future.done():
            self._client.ctx.response_future.set_exception(ConnectionException())

    async def _ask(self, request: Callable[[AsyncModbusTcpClient], Awaitable[ModbusPDU]]) -> ModbusPDU:
        if self._client is None:
            raise PlcError(f"{self._where} is not connected")
        self._asking = True
        try:
            answer = await request(self._client)
        except ConnectionException:
            raise PlcError(f"{self._where} closed the connection; check that it runs, and the cable") from None
        except ModbusException:
            raise PlcError(
                f"{self._where} gave no answer within {self._timeout_s:g} s; check its load and cable"
            ) from None
        finally:
            self._asking = False
        if answer.isError():
            code = _CODES.get(answer.exception_code, str(answer.exception_code))
            raise PlcError(f"{self._where} refused FC{answer.function_code & 0x7F}: {code}; check plc.tags")
        return answer


def _portions(runs: Iterable[range]) -> list[range]:
    return [run[at : at + MAX_REGISTERS] for run in runs for at in range(0, len(run), MAX_REGISTERS)]


class ModbusServerLink(HandshakeDriver):
    """A `PlcLink` whose registers are the station's own; the PLC comes as a Modbus client."""

    def __init__(
        self, settings: PlcSettings, listener: PlcListener, clock_ns: Callable[[], int] = time.monotonic_ns
    ) -> None:
        super().__init__(settings, listener, clock_ns)
        self._control = dict.fromkeys(CONTROL, 0)
        self._server = RegisterServer(settings.host, settings.port, CONTROL, self._written)
        self._lock = asyncio.Lock()

    @property
    def port(self) -> int:
        """The port listened on; the one taken when 0 was asked for."""
        return self._server.port

    async def start(self) -> None:
        """Listen with Online 0 and verdict 0. Raises `PlcError` naming address and remedy."""
        await self._server.start()
        await self._write(self.status)
        self.spawn(self.beat(), "PLC heartbeat")
        self.spawn(self._flush_forever(), "PLC registers")

    async def stop(self) -> None:
        """Write Online 0, verdict 0 and close."""
        await self.end_tasks()
        await self._write(image(Handshake(reason=OfflineReason.STOPPING)))
        await self._server.stop()

    async def _written(self, registers: Mapping[int, int]) -> None:
        """Take a write of the PLC; its answer goes out once the status follows it."""
        self._control.update(registers)
        self.feed(ControlSeen(control_from_registers(self.settings.table, self._control), self.now_ns()))
        await self._flush()

    async def _flush_forever(self) -> None:
        while True:
            await self.wake.wait()
            await self._flush()

    async def _flush(self) -> None:
        async with self._lock:
            for view in self.take_images():
                await self._write(view)

    async def _write(self, view: StatusView) -> None:
        await self._server.write(status_to_registers(self.settings.table, view))


class ModbusClientLink(HandshakeDriver):
    """A `PlcLink` over the PLC's own registers, polled and written by tag; it reconnects by itself."""

    def __init__(
        self, settings: PlcSettings, listener: PlcListener, clock_ns: Callable[[], int] = time.monotonic_ns
    ) -> None:
        super().__init__(settings, listener, clock_ns)
        self._client = RegisterClient(settings.host, settings.port, settings.device_id, settings.request_timeout_s)
        control = {*CONTROL_NAMES, *CONTROL_BIT_NAMES}
        self._polled = spans([at for name, tag in settings.table.items() if name in control for at in tag.addresses])
        self._shown: dict[int, int] = {}
        self._tried = asyncio.Event()

    async def start(self) -> None:
        """Begin to look for the PLC; one that is not there yet is reported by `on_link` and waited for."""
        self.spawn(self._run(), "PLC poll")
        self.spawn(self.beat(), "PLC heartbeat")
        await self._tried.wait()

    async def stop(self) -> None:
        """Write Online 0, verdict 0 as far as the PLC is there, and close."""
        await self.end_tasks()
        with suppress(PlcError):
            await self._show(image(Handshake(reason=OfflineReason.STOPPING)))
        self._client.close()
        await asyncio.sleep(0)  # lets the socket close before the loop may end

    async def _run(self) -> None:
        delay_s = self.settings.reconnect_min_s
        while True:
            try:
                await self._meet()
                self._tried.set()
                delay_s = self.settings.reconnect_min_s
                await self._poll_forever()
            except PlcError as error:
                self._client.close()
                self.feed(TransportLost(str(error)))
            finally:
                self._tried.set()
            await asyncio.sleep(delay_s)
            delay_s = min(2 * delay_s, self.settings.reconnect_max_s)

    async def _meet(self) -> None:
        """Connect, hear what the PLC says, then write everything anew: nothing, the data, and ResultsValid last."""
        await self._client.open()
        self._shown = {}
        await self._hear()
        self.take_images()
        view = self.status
        before = view.bits & ~(StatusBit.RESULTS_VALID | StatusBit.JOB_PASS)
        for stage in (StatusView(bits=before), replace(view, bits=before), view):
            await self._show(stage)

    async def _poll_forever(self) -> None:
        while True:
            for view in self.take_images():
                await self._show(view)
            with suppress(TimeoutError):
                async with asyncio.timeout(self.settings.poll_period_s):
                    await self.wake.wait()
            await self._hear()

    async def _hear(self) -> None:
        registers = await self._client.read(self._polled)
        self.feed(ControlSeen(control_from_registers(self.settings.table, registers), self.now_ns()))

    async def _show(self, view: StatusView) -> None:
        """Write each run of registers in which something differs from what the PLC was shown last."""
        registers = status_to_registers(self.settings.table, view)
        for run in spans(registers):
            if any(self._shown.get(at) != registers[at] for at in run):
                await self._client.write({at: registers[at] for at in run})
        self._shown = registers


def open_link(settings: PlcSettings, listener: PlcListener) -> PlcLink:
    """Make the link the settings ask for; it opens with `start`."""
    kind = ModbusServerLink if settings.mode is LinkMode.SERVER else ModbusClientLink
    return kind(settings, listener)
