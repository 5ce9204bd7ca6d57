import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from camera.device import CameraError
from camera.settings import CameraSettings
from models.errors import ModelError
from models.providers import Provider
from station import probes

SMALL = {"width": 128, "height": 96}


@pytest.fixture
def port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_write_and_sync_leaves_nothing(tmp_path: Path) -> None:
    probes.write_and_sync(tmp_path / "new")
    assert list((tmp_path / "new").iterdir()) == []


def test_write_and_sync_where_nothing_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OSError, match="exists"):
        probes.write_and_sync(tmp_path / "file")


def test_a_port_that_listens_is_reached_and_cannot_be_bound(port: int) -> None:
    probes.connect("127.0.0.1", port)
    with pytest.raises(OSError, match="in use"):
        probes.bind("127.0.0.1", port)


def test_a_free_port_is_bound_and_not_reached() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        free = taken.getsockname()[1]
    probes.bind("127.0.0.1", free)
    with pytest.raises(OSError, match="refused"):
        probes.connect("127.0.0.1", free)


def test_a_camera_is_opened_and_let_go() -> None:
    info = probes.open_camera(CameraSettings("top", "simulated", options=SMALL))
    assert (info.width, info.height) == (128, 96)


def test_a_camera_that_cannot_be_opened_says_why(tmp_path: Path) -> None:
    settings = CameraSettings("top", "replay", options={"folder": str(tmp_path / "nothing")})
    with pytest.raises(CameraError, match="top"):
        probes.open_camera(settings)


def test_a_shelf_without_the_model(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no version of model 'cup' is deployed"):
        probes.read_model(tmp_path, "cup", Provider.CPU)


def test_this_machine() -> None:
    probes.check_sqlite()
    probes.load_module("plc.modbus")
    assert probes.status(Path(os.devnull).parent) is None
    assert probes.default_audit_key().name == "audit.key"
    limit = probes.rmem_max()
    assert limit is None or limit > 0
