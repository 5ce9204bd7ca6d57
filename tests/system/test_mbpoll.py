"""A Modbus client written by others walks the whole handshake against a station in a process of its own.

mbpoll is Debian's (https://github.com/epsilonrt/mbpoll) and stands on libmodbus; nothing of it comes from here.
"""

import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.system

STATION = Path(__file__).parent / "plc_station.py"
READY, TRIGGER_ACK, MISSED, ONLINE, COMPLETED, VALID, FAILED, ERROR = (1 << bit for bit in (0, 1, 3, 7, 9, 11, 14, 15))
JOB_PASS = 1 << 4
"""In the second status register."""


class Mbpoll:
    """One mbpoll a call: reading gives words by address, writing gives what it printed."""

    def __init__(self, program: str, port: int) -> None:
        self._base = [program, "-m", "tcp", "-0", "-1", "-o", "5", "-p", str(port)]

    def call(self, *options: str, values: tuple[str, ...] = (), unit: int = 1) -> subprocess.CompletedProcess[str]:
        command = [*self._base, "-a", str(unit), *options, "127.0.0.1", *values]
        return subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)

    def read(self, address: int, count: int = 1, kind: str = "4", unit: int = 1) -> list[int]:
        done = self.call("-t", f"{kind}:hex", "-r", str(address), "-c", str(count), unit=unit)
        assert done.returncode == 0, done.stdout + done.stderr
        return [int(word, 16) for word in re.findall(r"^\[\d+\]:\s*0x([0-9A-F]{4})", done.stdout, re.MULTILINE)]

    def number(self, address: int, kind: str) -> float:
        done = self.call("-t", f"4:{kind}", "-B", "-r", str(address), "-c", "1")
        found = re.search(rf"^\[{address}\]:\s*(\S+)", done.stdout, re.MULTILINE)
        assert found, done.stdout + done.stderr
        return float(found.group(1))

    def write(self, address: int, *values: int, kind: str = "4") -> None:
        done = self.call("-t", kind, "-B", "-r", str(address), values=tuple(map(str, values)))
        assert done.returncode == 0, done.stdout + done.stderr

    def until(self, condition: Callable[[int], bool], what: str) -> int:
        deadline = time.monotonic() + 20
        while not condition(status := self.read(100)[0]):
            assert time.monotonic() < deadline, f"never saw {what}: {status:#06x}"
            threading.Event().wait(0.02)
        return status


@pytest.fixture
def mbpoll() -> Iterator[Mbpoll]:
    """mbpoll and a station for it to talk to."""
    program = shutil.which("mbpoll")
    assert program, "mbpoll is missing; `make setup` installs it (Debian and Ubuntu: apt-get install mbpoll)"
    with subprocess.Popen([sys.executable, STATION, "server", "0"], stdout=subprocess.PIPE, text=True) as station:
        assert station.stdout
        yield Mbpoll(program, int(station.stdout.readline().split()[1]))
        station.terminate()
        said = station.stdout.read()
    assert station.returncode == 0
    assert said.count("acknowledged") == 2, said


def test_mbpoll_walks_the_handshake(mbpoll: Mbpoll) -> None:
    status = mbpoll.until(lambda bits: bool(bits & ONLINE), "Online")
    assert not status & (READY | VALID | ERROR)

    mbpoll.write(0, 1)
    mbpoll.until(lambda bits: bool(bits & READY), "TriggerReady after TriggerEnable")

    # One good part: its data, then the rise of Trigger.
    mbpoll.write(4, 70001, kind="4:int")
    mbpoll.write(6, 123456, kind="4:int")
    mbpoll.write(8, 0x5334, 0x3200)
    mbpoll.write(0, 3)
    status = mbpoll.until(lambda bits: bool(bits & TRIGGER_ACK), "TriggerAck after Trigger")
    assert mbpoll.read(104) == [1]
    mbpoll.write(0, 1)
    mbpoll.until(lambda bits: not bits & TRIGGER_ACK and bits & READY, "TriggerAck falls with Trigger")
    status = mbpoll.until(lambda bits: bool(bits & VALID), "ResultsValid")
    assert status & COMPLETED
    assert mbpoll.read(101) == [JOB_PASS]
    assert mbpoll.read(102, 8) == [3, 0, 1, 1, 1, 1, 3, 2]
    assert mbpoll.number(110, "float") == 0.75
    assert mbpoll.number(114, "int") == 70001
    assert mbpoll.number(116, "int") == 123456
    assert mbpoll.read(118) == [42]
    assert mbpoll.read(104, 8, kind="3") == mbpoll.read(104, 8), "input registers mirror the holding registers"
    assert mbpoll.read(104, 8, unit=255) == mbpoll.read(104, 8), "any unit id is the station"

    # A second part meanwhile: NG, waiting behind the first.
    mbpoll.write(4, 70005, kind="4:int")
    mbpoll.write(0, 3)
    mbpoll.until(lambda bits: bool(bits & TRIGGER_ACK), "TriggerAck for the second part")
    mbpoll.write(0, 1)
    deadline = time.monotonic() + 20
    while mbpoll.read(113) != [2]:
        assert time.monotonic() < deadline, "the second result was never buffered"
    assert mbpoll.number(114, "int") == 70001, "an unacknowledged result stays"
    mbpoll.write(0, 1 | 8)
    mbpoll.until(lambda bits: not bits & VALID, "ResultsValid falls with InspectionResultsAck")
    assert mbpoll.read(107) == [0]
    mbpoll.write(0, 1)
    mbpoll.until(lambda bits: bool(bits & VALID), "the next result")
    assert mbpoll.read(107) == [2]
    assert mbpoll.read(101) == [0], "JobPass is for OK alone"
    assert mbpoll.number(114, "int") == 70005
    mbpoll.write(0, 1 | 8)
    mbpoll.write(0, 1)

    # A trigger the engine refuses, and ClearError.
    mbpoll.write(0, 3)
    status = mbpoll.until(lambda bits: bool(bits & MISSED), "MissedAcq")
    assert status & ERROR
    assert not status & TRIGGER_ACK
    assert mbpoll.read(103) == [4]
    assert mbpoll.read(104) == [2]
    mbpoll.write(0, 1, 4)
    status = mbpoll.until(lambda bits: not bits & (ERROR | MISSED), "ClearError")
    mbpoll.write(0, 1, 0)

    # A command that is not carried out.
    mbpoll.write(2, 2)
    mbpoll.write(0, 1 | 16)
    mbpoll.until(lambda bits: bool(bits & FAILED), "CmdFailed")
    assert mbpoll.read(119) == [2]
    mbpoll.write(0, 1)
    mbpoll.until(lambda bits: not bits & FAILED, "CmdFailed falls with ExecuteCommand")

    # SetOffline, and registers that are not the PLC's to write.
    mbpoll.write(0, 1 | 128)
    status = mbpoll.until(lambda bits: not bits & ONLINE, "SetOffline")
    assert status >> 4 & 7 == 5
    refused = mbpoll.call("-t", "4", "-r", "107", values=("1",))
    assert refused.returncode != 0
    assert "Illegal data address" in refused.stdout + refused.stderr
    assert mbpoll.read(107) == [0]
