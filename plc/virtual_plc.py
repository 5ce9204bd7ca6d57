"""The other side of the handshake as a process of its own: a line of parts, its PLC, and the record of what left the gate.

``python -m plc.virtual_plc --port 1502 --takt-ms 500 --parts 200 --gate-pitch 3 --log plc.jsonl``
"""

import argparse
import asyncio
import json
import logging
import os
import signal
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from plc.conveyor import LeftPart
from plc.line_faults import FaultKind, parse_faults
from plc.line_program import LineProgram, LineSettings
from plc.link import PlcError
from plc.modbus import RegisterClient, RegisterServer
from plc.registers import (
    STATUS,
    ControlView,
    StatusView,
    control_to_registers,
    standard_table,
    status_from_registers,
)
from plc.tasks import end_all
from plc.wire import TriggerWire, WireSettings

logger = logging.getLogger(__name__)
RECONNECT_S = 0.1
TABLE = standard_table()
BIT_REGISTERS = frozenset(TABLE["control_bits"].addresses)


class Wire(Protocol):
    """How the PLC reaches the registers; each method raises `PlcError` when it cannot."""

    async def exchange(self, control: ControlView) -> StatusView:
        """Write the PLC's registers, data before bits, and read the station's."""

    async def close(self) -> None:
        """Let go of the connection; the next exchange takes it up again."""


class ClientWire:
    """The station has the registers; the PLC is its Modbus client."""

    def __init__(self, host: str, port: int) -> None:
        self._client = RegisterClient(host, port)
        self._open = False
        self._shown: dict[int, int] = {}

    async def exchange(self, control: ControlView) -> StatusView:
        """Write what changed, read all."""
        if not self._open:
            await self._client.open()
            self._open, self._shown = True, {}
        for part in _data_then_bits(control_to_registers(TABLE, control)):
            changed = {at: word for at, word in part.items() if self._shown.get(at) != word}
            await self._client.write(changed)
            self._shown.update(changed)
        return status_from_registers(TABLE, await self._client.read([STATUS]))

    async def close(self) -> None:
        """Drop the connection."""
        self._open = False
        self._client.close()


class ServerWire:
    """The PLC has the registers; the station polls and writes them."""

    def __init__(self, host: str, port: int) -> None:
        self._status = dict.fromkeys(STATUS, 0)
        self._server = RegisterServer(host, port, STATUS, self._written)
        self._open = False

    async def exchange(self, control: ControlView) -> StatusView:
        """Set the PLC's own registers and see what the station wrote."""
        if not self._open:
            await self._server.start()
            self._open = True
            logger.info("listening on port %d", self._server.port)
        for part in _data_then_bits(control_to_registers(TABLE, control)):
            await self._server.write(part)
        return status_from_registers(TABLE, self._status)

    async def close(self) -> None:
        """Stop listening."""
        self._open = False
        await self._server.stop()

    async def _written(self, registers: Mapping[int, int]) -> None:
        self._status.update(registers)


def _data_then_bits(registers: Mapping[int, int]) -> tuple[dict[int, int], dict[int, int]]:
    data = {at: word for at, word in registers.items() if at not in BIT_REGISTERS}
    return data, {at: word for at, word in registers.items() if at in BIT_REGISTERS}


class PartLog:
    """One JSON line for each part that left the gate, on its way to the disk before the next part moves."""

    def __init__(self, path: Path) -> None:
        self.last_part_seq = 0
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = path.read_bytes().splitlines(keepends=True) if path.exists() else []
        torn = bool(lines) and not lines[-1].endswith(b"\n")  # the PLC was killed while it wrote
        for line in reversed(lines[:-1] if torn else lines):
            if line.strip():
                self.last_part_seq = int(json.loads(line)["part_seq"])
                break
        self._file = path.open("r+b" if lines else "ab", buffering=0)
        self._file.truncate(sum(map(len, lines[:-1] if torn else lines)))
        self._file.seek(0, os.SEEK_END)

    def append(self, left: LeftPart) -> None:
        """Write one part down."""
        record = {
            "part_seq": left.part_seq,
            "inspection_id": left.verdict.inspection_id if left.verdict else None,
            "verdict": left.verdict.code.name if left.verdict else None,
            "passed": left.passed,
            "why": left.why,
            "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
        }
        self._file.write((json.dumps(record) + "\n").encode())

    def close(self) -> None:
        """Close the file."""
        self._file.close()


class NotOnlineError(Exception):
    """The station did not come online in time."""


class VirtualPlc:
    """Runs the program: the belt by the takt, the bus as fast as `scan_s`, neither waiting for the other."""

    def __init__(
        self,
        program: LineProgram,
        wire: Wire,
        log: PartLog,
        takt_s: float,
        scan_s: float,
        trigger_wire: TriggerWire,
    ) -> None:
        self._program, self._wire, self._log = program, wire, log
        self._trigger_wire = trigger_wire
        self._takt_s, self._scan_s = takt_s, scan_s
        self._wake = asyncio.Event()

    async def run(self, stop: asyncio.Event, wait_online_s: float) -> None:
        """Run until every part has left or `stop` is set. Raises `NotOnlineError`."""
        bus = asyncio.create_task(self._scan_forever(), name="bus")
        stopped = asyncio.create_task(stop.wait(), name="stop")
        line = asyncio.create_task(self._line(wait_online_s), name="line")
        try:
            done, _ = await asyncio.wait({bus, stopped, line}, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            await end_all((bus, stopped, line))
            for left in self._program.clear_belt():
                self._log.append(left)
            await self._wire.close()

    async def _line(self, wait_online_s: float) -> None:
        deadline = time.monotonic() + wait_online_s
        while wait_online_s and not self._program.ready(time.monotonic()):
            if time.monotonic() > deadline:
                raise NotOnlineError(f"the station was not ready for a trigger within {wait_online_s:g} s")
            await asyncio.sleep(self._scan_s)
        due = time.monotonic()
        while not self._program.done:
            before = self._program.counts.entered
            if (left := self._program.takt(time.monotonic())) is not None:
                self._log.append(left)
            if self._program.counts.entered > before:
                self._trigger_wire.part_came(self._program.last_part_seq - 1)
            self._wake.set()
            due = max(due + self._takt_s, time.monotonic() - self._takt_s)
            await asyncio.sleep(due - time.monotonic())

    async def _scan_forever(self) -> None:
        status: StatusView | None = None
        trouble, shown = "", ControlView()
        while True:
            now_s = time.monotonic()
            control = self._program.scan(status, now_s)
            try:
                if self._program.fails(FaultKind.VANISH, now_s):
                    raise PlcError("the connection is gone, as ordered")
                status, trouble = await self._wire.exchange(control), ""
            except PlcError as error:
                if str(error) != trouble:
                    logger.warning("%s", error)
                status, trouble = None, str(error)
                await self._wire.close()
            if status is None or control == shown:  # in the middle of a handshake the next step follows at once
                await self._pause(self._scan_s if status else RECONNECT_S)
            shown = control

    async def _pause(self, seconds: float) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._wake.wait()
        self._wake.clear()


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m plc.virtual_plc", description="A line of parts with its PLC.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=1502)
    parser.add_argument("--role", choices=("client", "server"), default="client", help="of Modbus; client is usual")
    parser.add_argument("--takt-ms", type=float, default=500.0)
    parser.add_argument("--scan-ms", type=float, default=5.0, help="pause between two looks at the registers")
    parser.add_argument("--parts", type=int, required=True)
    parser.add_argument("--gate-pitch", type=int, default=3, metavar="G", help="takts from the camera to the gate")
    parser.add_argument("--log", type=Path, required=True, metavar="FILE", help="plc.jsonl; appended to")
    parser.add_argument("--seed", type=int, default=0, help="shown in the serial numbers")
    parser.add_argument("--faults", default="", metavar="SCENARIO", help="e.g. vanish@20:3.0,double-trigger@50")
    parser.add_argument("--wait-online", type=float, default=0.0, metavar="S", help="wait for TriggerReady first")
    parser.add_argument("--heartbeat-timeout-s", type=float, default=2.0)
    parser.add_argument(
        "--wire", action="append", default=[], metavar="NAME", help="trigger the simulated cameras with that wire"
    )
    parser.add_argument("--wire-jitter-ms", type=float, default=0.0, metavar="MS", help="its pulses come so much late")
    parser.add_argument("--wire-lost", type=float, default=0.0, metavar="SHARE", help="of its pulses that do not come")
    parser.add_argument(
        "--wire-doubled", type=float, default=0.0, metavar="SHARE", help="of its pulses that come twice"
    )
    arguments = parser.parse_args(argv)
    try:
        arguments.faults = parse_faults(arguments.faults)
    except ValueError as error:
        parser.error(str(error))
    for name in ("takt_ms", "scan_ms", "parts", "gate_pitch", "heartbeat_timeout_s"):
        if getattr(arguments, name) <= 0:
            parser.error(f"--{name.replace('_', '-')} must be above 0")
    if arguments.wire_jitter_ms < 0 or min(arguments.wire_lost, arguments.wire_doubled) < 0:
        parser.error("--wire-jitter-ms, --wire-lost and --wire-doubled must not be below 0")
    if arguments.wire_lost + arguments.wire_doubled > 1:
        parser.error("--wire-lost and --wire-doubled are shares; together they must not be above 1")
    return arguments


async def _run(arguments: argparse.Namespace, program: LineProgram, log: PartLog) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    wire = (ClientWire if arguments.role == "client" else ServerWire)(arguments.host, arguments.port)
    pulses = WireSettings(arguments.wire_jitter_ms / 1000, arguments.wire_lost, arguments.wire_doubled, arguments.seed)
    with closing(TriggerWire(arguments.wire, pulses)) as trigger_wire:
        plc = VirtualPlc(program, wire, log, arguments.takt_ms / 1000, arguments.scan_ms / 1000, trigger_wire)
        await plc.run(stop, arguments.wait_online)


def _summary(program: LineProgram) -> dict[str, object]:
    counts = program.counts
    return {
        "parts": counts.passed + counts.rejected,
        "passed": counts.passed,
        "rejected": counts.rejected,
        "triggered": counts.triggered,
        "missed_triggers": counts.missed_triggers,
        "acknowledged": counts.acknowledged,
        "late": counts.late,
        "unknown": counts.unknown,
        "why": dict(counts.why),
        "errors": dict(counts.errors),
    }


def main(argv: Sequence[str] | None = None) -> int:
    """Run the line; 0 done or stopped, 2 wrong usage, 3 the station is not there."""
    arguments = _arguments(argv)
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    try:
        log = PartLog(arguments.log)
    except (OSError, ValueError, KeyError) as error:
        sys.stderr.write(f"--log {arguments.log}: {error}; give a file this program may write, or move it away\n")
        return 2
    settings = LineSettings(
        parts=arguments.parts,
        gate_pitch=arguments.gate_pitch,
        first_part_seq=log.last_part_seq + 1,
        seed=arguments.seed,
        heartbeat_timeout_s=arguments.heartbeat_timeout_s,
        faults=arguments.faults,
    )
    program = LineProgram(settings)
    code = 0
    try:
        asyncio.run(_run(arguments, program, log))
    except NotOnlineError as error:
        sys.stderr.write(f"{error}; start the station first, and see what `station doctor` says\n")
        code = 3
    finally:
        log.close()
    sys.stdout.write(json.dumps(_summary(program)) + "\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
