"""A rig for tests that run the station as real processes: one small learned line, copied for each test."""

import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from opcua_station import Gateway, mes_certificate, opcua_line
from operator_window import start_asking_line
from rig import Rig, learn_small_line, small_plan, unused_port
from x_window import Desktop, desktop

from plc.opcua.certificates import OwnCertificate
from station.demo.layout import write_files


@pytest.fixture(scope="session")
def learned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder with a learned and deployed model and no parts."""
    data = tmp_path_factory.mktemp("learned")
    learn_small_line(data)
    return data


@pytest.fixture
def rig(learned: Path, tmp_path: Path) -> Iterator[Rig]:
    """A learned line, not yet started."""
    data = tmp_path / "data"
    shutil.copytree(learned, data)
    plan, port = small_plan(data), unused_port()
    write_files(plan, port)
    line = Rig(plan, port, tmp_path / "plc.jsonl")
    yield line
    line.end()


@pytest.fixture
def asking_line(rig: Rig) -> Rig:
    """A running line on which a person must decide every part, and somebody with a badge."""
    return start_asking_line(rig, takt_ms=6000, gate_pitch=3)


@pytest.fixture(scope="session")
def display() -> Iterator[Desktop]:
    """A screen nobody else sees."""
    with desktop(1600, 1000) as found:
        yield found


@pytest.fixture
def station_rig(rig: Rig) -> Rig:
    return opcua_line(rig)


@pytest.fixture
def own(station_rig: Rig, tmp_path: Path) -> OwnCertificate:
    return mes_certificate(station_rig, tmp_path / "mes")


@pytest.fixture
def gateway(station_rig: Rig) -> Iterator[Gateway]:
    gateway = Gateway(station_rig)
    yield gateway
    gateway.end(signal.SIGKILL)
