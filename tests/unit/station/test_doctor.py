import errno
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from camera.device import CameraError, CameraInfo
from camera.frame import PixelFormat
from camera.settings import MEBIBYTE, CameraSettings
from models.errors import ModelError
from station.doctor import (
    Check,
    State,
    check_audit_key,
    check_camera,
    check_camera_priority,
    check_display,
    check_engine,
    check_free_space,
    check_listening,
    check_memory,
    check_model,
    check_modules,
    check_opcua,
    check_opcua_port,
    check_peer,
    check_python,
    check_receive_buffer,
    check_recipe,
    check_running_camera,
    check_sqlite,
    check_writable,
    exit_code,
    is_running,
)
from station.journal.errors import StorageError
from station.line.recipe import Recipe
from station.toml_file import ConfigError

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
HOME = Path("/home/station")
CAMERA = CameraSettings("top", "genicam", ring_slots=8, max_frame_bytes=10 * MEBIBYTE)
INFO = CameraInfo("genicam", "Maker", "M5", "42", 2448, 2048, PixelFormat.MONO8, ("Mono8",))
RECIPE = Recipe.model_validate({"name": "cup", "number": 3, "view": ({"name": "a", "camera": "b", "model": "c"},)})


def _raises(error: Exception) -> Callable[..., Any]:
    def probe(*_: object) -> None:
        raise error

    return probe


def _gives(value: object) -> Callable[..., Any]:
    return lambda *_: value


def _os_error(number: int, text: str) -> OSError:
    return OSError(number, text)


IN_USE = _os_error(errno.EADDRINUSE, "Address already in use")
REFUSED = _os_error(errno.ECONNREFUSED, "Connection refused")
GONE = FileNotFoundError(errno.ENOENT, "No such file or directory")


@pytest.mark.parametrize(
    ("check", "state", "text"),
    [
        (check_python((3, 11)), State.OK, "CPython 3.11"),
        (check_python((3, 13)), State.OK, "CPython 3.13"),
        (check_python((3, 10)), State.FAIL, "CPython 3.10"),
        (check_python((3, 14)), State.FAIL, "CPython 3.14"),
        (check_modules(("a", "b"), _gives(None)), State.OK, "2 libraries load"),
        (check_modules(("a", "b"), _raises(ImportError("no b"))), State.FAIL, "a (no b); b (no b)"),
        (check_modules(("a",), _raises(OSError("libpython"))), State.FAIL, "a (libpython)"),
        (check_sqlite(_gives(None)), State.OK, "WAL-reset"),
        (check_sqlite(_raises(StorageError("too old"))), State.FAIL, "too old"),
        (check_memory(80 * MEBIBYTE, [CAMERA]), State.OK, "80 MiB at most"),
        (check_memory(79 * MEBIBYTE, [CAMERA]), State.WARNING, "79 MiB free"),
        (check_receive_buffer(32 * MEBIBYTE, [CAMERA]), State.OK, "rmem_max"),
        (check_receive_buffer(212992, [CAMERA]), State.WARNING, "212992"),
        (check_receive_buffer(212992, []), State.OK, "212992"),
        (check_receive_buffer(None, [CAMERA]), State.OK, "does not tell"),
        (check_camera_priority([CAMERA], lambda: True), State.OK, "real-time"),
        (check_camera_priority([CAMERA], lambda: False), State.WARNING, "come late"),
        (check_camera_priority([CameraSettings("top", "replay")], lambda: False), State.OK, "no camera needs one"),
        (check_display({"DISPLAY": ":0"}), State.OK, "DISPLAY = :0"),
        (check_display({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}), State.OK, "wayland-0"),
        (check_display({"DISPLAY": ""}), State.WARNING, "headless"),
        (check_free_space(HOME, 10**9, 10**9), State.OK, "1.0 GB free"),
        (check_free_space(HOME, 10**9 - 1, 10**9), State.FAIL, "1.0 GB"),
        (check_writable(HOME, _gives(None)), State.OK, str(HOME)),
        (check_writable(HOME, _raises(PermissionError(13, "Permission denied"))), State.FAIL, "Permission denied"),
        (check_audit_key(Path("/etc/audit.key"), HOME, _gives(0o100600)), State.OK, "owner"),
        (check_audit_key(Path("/etc/audit.key"), HOME, _gives(0o100640)), State.FAIL, "mode 640"),
        (check_audit_key(Path("/etc/audit.key"), HOME, _raises(GONE)), State.OK, "is made when"),
        (check_audit_key(Path("/etc/a"), HOME, _raises(PermissionError(13, "denied"))), State.FAIL, "denied"),
        (check_audit_key(HOME / "x/../audit.key", HOME, _gives(0o100600)), State.FAIL, "in the data folder"),
        (check_recipe(_gives(RECIPE))[1], State.OK, "cup version 1, number 3"),
        (check_recipe(_raises(ConfigError("cup.toml, line 3: no")))[1], State.FAIL, "cup.toml, line 3: no"),
        (check_model("top", "cup-top", _gives("4")), State.OK, "cup-top version 4"),
        (check_model("top", "cup-top", _raises(ModelError("damaged"))), State.FAIL, "damaged"),
        (check_listening("127.0.0.1", 1502, _gives(None), running=False), State.OK, "127.0.0.1:1502 is free"),
        (check_listening("127.0.0.1", 1502, _raises(IN_USE), running=True), State.OK, "held by the running station"),
        (check_listening("127.0.0.1", 1502, _raises(IN_USE), running=False), State.FAIL, "already in use"),
        (check_peer("10.0.0.1", 502, _gives(None)), State.OK, "10.0.0.1:502 answers"),
        (check_camera(CAMERA, _gives(INFO)), State.OK, "Maker M5 42, 2448x2048 Mono8"),
    ],
)
def test_checks(check: Check, state: State, text: str) -> None:
    assert check.state is state
    assert text in check.text
    assert not check.absent
    assert bool(check.remedy) == (state is not State.OK)


def test_what_is_not_there_is_marked_absent() -> None:
    camera = check_camera(CAMERA, _raises(CameraError("camera 'top': not found")))
    peer = check_peer("10.0.0.1", 502, _raises(REFUSED))
    for check in (camera, peer):
        assert check.state is State.FAIL
        assert check.absent
        assert check.remedy


@pytest.mark.parametrize(
    ("checks", "code"),
    [
        ([], 0),
        ([Check("a", State.OK, ""), Check("b", State.WARNING, "", "x")], 0),
        ([Check("a", State.OK, ""), Check("b", State.FAIL, "")], 1),
        ([Check("a", State.FAIL, "", absent=True), Check("b", State.FAIL, "")], 3),
        ([Check("a", State.WARNING, "", absent=True)], 0),
    ],
)
def test_exit_code(checks: list[Check], code: int) -> None:
    assert exit_code(checks) == code


@pytest.mark.parametrize(
    ("status", "running"),
    [
        (None, False),
        ({}, False),
        ({"time": "yesterday"}, False),
        ({"time": "2026-01-02T03:04:05"}, False),
        ({"time": (NOW - timedelta(seconds=1)).isoformat()}, True),
        ({"time": NOW.isoformat(), "reason": "STOPPING", "stopping": True}, False),
        ({"time": NOW.isoformat(), "reason": "STOPPING", "stopping": False, "paused": "lunch"}, True),
        ({"time": (NOW - timedelta(seconds=6)).isoformat()}, False),
    ],
)
def test_is_running(status: dict[str, Any] | None, running: bool) -> None:
    assert is_running(status, NOW) is running


def test_the_engines_own_word() -> None:
    faults = [{"code": "camera", "source": "top", "text": "Camera top: unplugged."}]
    status = {"time": NOW.isoformat(), "online": False, "reason": "NO_CAMERA", "faults": faults}
    (check,) = check_engine(status, running=True)
    assert (check.state, check.text) == (State.FAIL, "running but offline: NO_CAMERA; Camera top: unplugged.")
    assert check_engine({**status, "online": True}, running=True)[0].text == "running and online"
    (paused,) = check_engine({**status, "reason": "STOPPING", "paused": "lunch", "faults": []}, running=True)
    assert (paused.state, paused.text) == (State.WARNING, "running but paused: lunch")
    assert check_engine({**status, "paused": "lunch"}, running=True)[0].state is State.FAIL, "faults come first"
    (down,) = check_engine(status, running=False)
    assert down.state is State.WARNING
    assert down.text.endswith("; Camera top: unplugged.")
    assert check_engine({**status, "faults": []}, running=False)[0].state is State.OK
    assert "has not run" in check_engine(None, running=False)[0].text


def test_cameras_of_a_running_station_are_not_opened() -> None:
    status = {"faults": [{"source": "top", "text": "Camera top: unplugged."}], "awaited": ["side"]}
    assert check_running_camera("top", status).absent
    assert check_running_camera("side", status).state is State.WARNING
    assert check_running_camera("back", status).state is State.OK


@pytest.mark.parametrize(
    ("users", "trusted", "rejected", "text"),
    [
        ({}, 0, 0, "nobody gets in: there are no users; `station opcua users add NAME --role ROLE` adds one"),
        ({"mes": "mes"}, 0, 0, "nobody gets in: no client's certificate is trusted"),
        (
            {"mes": "mes"},
            0,
            2,
            "nobody gets in: no client's certificate is trusted, 2 wait in `station opcua trust list`",
        ),
        ({"scada": "observer", "mes": "mes"}, 2, 1, "users mes (mes), scada (observer); 2 trusted certificates"),
    ],
)
def test_who_gets_in_over_opcua_is_said(users: dict[str, str], trusted: int, rejected: int, text: str) -> None:
    assert check_opcua(users, trusted, rejected) == Check("opc ua", State.OK, text)


@pytest.mark.parametrize(
    ("probe", "running", "state", "remedy"),
    [
        (_gives(None), False, State.OK, ""),
        (_raises(_os_error(errno.EADDRINUSE, "in use")), True, State.OK, ""),
        (_raises(_os_error(errno.EADDRINUSE, "in use")), False, State.FAIL, "choose another opcua.port"),
        (_raises(_os_error(errno.EADDRNOTAVAIL, "not here")), True, State.FAIL, "an address of this machine"),
    ],
)
def test_the_gateways_port(probe: Callable[..., Any], running: bool, state: State, remedy: str) -> None:
    check = check_opcua_port("127.0.0.1", 4840, probe, running=running)
    assert (check.state, check.absent) == (state, False)
    assert remedy in check.remedy
