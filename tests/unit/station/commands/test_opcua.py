"""`station opcua` on files of a station that need not run."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher

from plc.opcua.certificates import TrustList, ensure_own
from plc.opcua.ports import Role, User
from station.commands.main import main
from station.config import load_station
from station.gateway.children import beside_the_engine
from station.gateway.settings import opcua_folder, server_settings
from station.gateway.users import UserFile
from station.journal.records import utc_now
from station.people import hashing

Run = Callable[..., dict[str, Any]]
PASSWORD = "correct horse"


@pytest.fixture(autouse=True)
def quick_hashing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hashing, "HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "station.toml"
    path.write_text('[station]\nname = "line-7"\n\n[[camera]]\nname = "camera-1"\n')
    return path


@pytest.fixture
def run(config: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `station opcua` with what is typed into it; return the JSON it prints."""

    def run(*words: str, typed: str = "") -> dict[str, Any]:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        assert main(["opcua", *words, "--config", str(config), "--json"]) == 0
        result: dict[str, Any] = json.loads(capsys.readouterr().out)
        return result

    return run


def test_users_come_and_go(run: Run, config: Path) -> None:
    assert run("users", "list") == {"users": {}}
    assert run("users", "add", "mes", "--role", "mes", typed=f"{PASSWORD}\n") == {"users": {"mes": "mes"}}
    file = UserFile(opcua_folder(load_station(config)))
    assert file.check("mes", PASSWORD) == User("mes", Role.MES)
    run("users", "add", "mes", "--role", "engineer", typed="another horse\n")
    assert file.check("mes", "another horse") == User("mes", Role.ENGINEER)
    assert run("users", "remove", "mes") == {"users": {}}


def test_the_own_certificate_is_shown_and_renewed(run: Run) -> None:
    shown = run("certificate", "show")
    assert shown["application_uri"] == "urn:inspection-station:line-7"
    assert run("certificate", "show") == shown
    assert run("certificate", "renew")["thumbprint"] != shown["thumbprint"]


def test_trust_from_a_file_and_from_those_refused(run: Run, config: Path, tmp_path: Path) -> None:
    first = ensure_own(tmp_path / "a", "urn:a", "client a", utc_now())
    second = ensure_own(tmp_path / "b", "urn:b", "client b", utc_now())
    listed = run("trust", "add", str(first.certificate))
    assert list(listed["trusted"]) == [first.thumbprint]
    assert "CN=client a" in listed["trusted"][first.thumbprint]
    TrustList(server_settings(load_station(config)).certificates).reject(second.certificate.read_bytes())
    assert list(run("trust", "list")["rejected"]) == [second.thumbprint]
    assert set(run("trust", "add", second.thumbprint[:10])["trusted"]) == {first.thumbprint, second.thumbprint}
    left = run("trust", "remove", first.thumbprint[:10])
    assert (list(left["trusted"]), left["rejected"]) == ([second.thumbprint], {})


def test_what_is_wrong_is_one_line(
    config: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("short\n"))
    for words, code, text in (
        (["users", "add", "mes", "--role", "mes"], 1, "A password has 10 to 200 characters"),
        (["users", "remove", "nobody"], 2, "there is no OPC UA user 'nobody'"),
        (["trust", "add", "abc"], 1, "no rejected certificate begins with 'abc'"),
    ):
        assert main(["opcua", *words, "--config", str(config)]) == code
        error = capsys.readouterr().err
        assert error.startswith("station opcua: ")
        assert text in error
        assert error.count("\n") == 1


def test_people_read_text(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["opcua", "users", "list", "--config", str(config)]) == 0
    assert capsys.readouterr().out == "users: none\n"


def test_the_gateway_runs_where_it_is_wanted(config: Path) -> None:
    command = beside_the_engine(config, load_station(config))["OPC UA gateway"]
    assert command[command.index("-m") + 1] == "station.gateway.process"
    config.write_text(config.read_text() + "\n[opcua]\nenabled = false\n")
    assert beside_the_engine(config, load_station(config)) == {}


def test_files_may_lie_elsewhere(config: Path, tmp_path: Path) -> None:
    config.write_text(config.read_text() + '\n[opcua]\nfolder = "pki"\nmax_sessions = 3\n')
    loaded = load_station(config)
    assert opcua_folder(loaded) == tmp_path / "pki"
    assert server_settings(loaded).limits.sessions == 3
