"""`station users`: over the journal itself, and over the desk while somebody else writes it."""

import argparse
import asyncio
import io
import json
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from argon2 import PasswordHasher

from station.commands import users
from station.commands.main import main
from station.desk.address import connect
from station.desk.messages import Answer, Attach, ManagePeople, RecipeLine, ToEngine, Welcome
from station.desk.server import Client, DeskServer
from station.journal.errors import NoJournalError, RefusedError, StorageError
from station.journal.store import Journal
from station.people import hashing
from station.people.accounts import Accounts
from station.people.manage import manage

Run = Callable[..., dict[str, Any]]


@pytest.fixture(autouse=True)
def quick_hashing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hashing, "HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with an empty journal."""
    Journal.open(tmp_path / "data", audit_key_path=tmp_path / "audit.key").close()
    return tmp_path / "data"


@pytest.fixture
def run(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `station users` with what is typed into it; return the JSON it prints."""

    def run(*words: str, typed: str = "") -> dict[str, Any]:
        parser = argparse.ArgumentParser()
        users.add_parser(parser.add_subparsers(required=True))
        args = parser.parse_args(
            ["users", *words, "--data", str(data), "--audit-key", str(tmp_path / "audit.key"), "--json"]
        )
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        assert args.run(args) == 0
        text = capsys.readouterr().out
        assert text.count("\n") == 1
        result: dict[str, Any] = json.loads(text)
        return result

    return run


def test_somebody_is_added_listed_and_logs_in(run: Run, data: Path, tmp_path: Path) -> None:
    assert run("list") == {"people": []}
    person = run("add", "Ann Lee", "--role", "operator", typed="B-0001\r\n2580\n")["person"]
    assert (person["name"], person["role"], person["badge"], person["pin"]) == ("Ann Lee", "operator", True, True)
    run("add", "Bo", "--role", "administrator", "--password", typed="correct horse\n")
    assert [each["name"] for each in run("list")["people"]] == ["Ann Lee", "Bo"]
    with Journal.open(data, audit_key_path=tmp_path / "audit.key") as journal:
        there = Accounts(lambda work: work(journal))
        assert there.log_in(badge="B-0001", secret="2580").name == "Ann Lee"
        assert there.log_in(name="bo", secret="correct horse").name == "Bo"
        (details,) = journal._connection.execute("SELECT details FROM audit WHERE seq = 2").fetchone() or ("",)
    assert " at the machine" in details


def test_every_change(run: Run) -> None:
    run("add", "Ann", "--role", "operator", typed="B-0001\n2580\n")
    assert run("role", "ann", "qa")["person"]["role"] == "qa"
    assert run("set-badge", "Ann", typed="B-0002\n")["person"]["badge"]
    assert run("set-pin", "Ann", typed="7410\n")["person"]["pin"]
    assert run("set-password", "Ann", typed="correct horse\n")["person"]["password"]
    assert run("unlock", "Ann")["person"]["locked_until"] is None
    assert not run("remove", "Ann")["person"]["active"]
    assert run("restore", "Ann")["person"]["active"]


def test_what_is_refused_is_said_in_a_line(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("B-0001\n12\n"))
    key = ("--data", str(data), "--audit-key", str(tmp_path / "audit.key"))
    assert main(["users", "add", "Ann", "--role", "qa", *key]) == 1
    assert capsys.readouterr().err == "station users: A PIN has 4 to 12 digits.\n"


@pytest.mark.parametrize(
    "words", [("add", "Ann", "--role", "boss"), ("add", "Ann"), ("add", "Ann", "--pin", "2580"), ()]
)
def test_wrong_usage_ends_with_two(run: Run, words: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(*words)
    assert ended.value.code == 2


def test_no_journal_is_a_wrong_path(run: Run, data: Path) -> None:
    (data / "journal.db").unlink()
    with pytest.raises(NoJournalError, match="--config"):
        run("list")
    assert not (data / "journal.db").exists()


def test_a_configuration_names_folder_and_key(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = tmp_path / "station.toml"
    config.write_text(f'[station]\ndata = "new"\naudit_key = "{tmp_path}/keys/a.key"\n[[camera]]\nname = "top"\n')
    assert main(["users", "list", "--config", str(config), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"people": []}
    assert (tmp_path / "new" / "journal.db").is_file()
    assert (tmp_path / "keys" / "a.key").is_file()


def test_a_journal_that_somebody_else_holds_without_a_desk_is_an_error(run: Run, data: Path, tmp_path: Path) -> None:
    with (
        Journal.open(data, audit_key_path=tmp_path / "audit.key"),
        pytest.raises(StorageError, match="has the data folder"),
    ):
        run("list")


def test_people_see_a_table(
    run: Run, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run("add", "Ann", "--role", "operator", typed="B-0001\n2580\n")
    run("add", "Bo", "--role", "qa", "--password", typed="correct horse\n")
    run("remove", "Bo")
    assert main(["users", "list", "--data", str(data), "--audit-key", str(tmp_path / "audit.key")]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert any("Ann" in line and "badge and PIN" in line for line in lines)
    assert any("Bo" in line and "left" in line and "nothing" in line for line in lines)


def test_secrets_typed_at_a_terminal_are_typed_twice(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run("add", "Ann", "--role", "operator", typed="B-0001\n2580\n")

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    asked: list[str] = []
    answers = iter(["7410", "7410", "7410", "7411"])

    def getpass(prompt: str) -> str:
        asked.append(prompt)
        return next(answers)

    monkeypatch.setattr("getpass.getpass", getpass)
    monkeypatch.setattr(io, "StringIO", Terminal)
    run("set-pin", "Ann")
    assert asked == ["New PIN: ", "New PIN once more: "]
    with pytest.raises(RefusedError, match="not the same"):
        run("set-pin", "Ann")


# Over the desk --------------------------------------------------------------------------------------------------------

WELCOME = Welcome(
    station="s",
    engine=UUID(int=1),
    recipe=RecipeLine(
        name="plate",
        version=1,
        sha256="",
        number=1,
        takt_ms=1000,
        pixel_size_um=None,
        classes=(),
        wait_ms=0,
        views=("top",),
    ),
    recipes=("plate",),
    cameras=("top",),
)


@pytest.fixture
def engine(data: Path, tmp_path: Path) -> Iterator[list[str]]:
    """Something that holds the journal and does what the desk is asked; the actions it was asked for."""
    asked: list[str] = []
    done = threading.Event()

    async def perform(client: Client, command: ToEngine) -> Answer:
        if isinstance(command, Attach):
            return Answer(key=command.key, done=True)
        assert isinstance(command, ManagePeople)
        asked.append(command.action)
        try:
            result = manage(lambda work: work(journal), "the desk", command.action, command.details)
        except RefusedError as error:
            return Answer(key=command.key, done=False, refusal=error.refusal, text=str(error))
        return Answer(key=command.key, done=True, result=result.result)

    async def welcome() -> Welcome:
        return WELCOME

    async def serve() -> None:
        nonlocal journal
        with Journal.open(data, audit_key_path=tmp_path / "audit.key") as journal:
            server = DeskServer(data, perform, welcome, lambda: None)
            server.start()
            await asyncio.to_thread(done.wait)
            await server.stop()

    journal: Journal
    thread = threading.Thread(target=lambda: asyncio.run(serve()), daemon=True)
    thread.start()
    deadline = time.monotonic() + 10
    while not _listens(data):
        assert time.monotonic() < deadline
        done.wait(0.01)
    yield asked
    done.set()
    thread.join(10)


def _listens(data: Path) -> bool:
    try:
        connect(data, 1.0).close()
    except OSError:
        return False
    return True


def test_while_the_engine_runs_it_does_what_is_asked(run: Run, engine: list[str]) -> None:
    run("add", "Ann", "--role", "operator", typed="B-0001\n2580\n")
    assert [person["name"] for person in run("list")["people"]] == ["Ann"]
    with pytest.raises(RefusedError, match="this name already"):
        run("add", "Ann", "--role", "operator", typed="B-0002\n2580\n")
    assert engine == ["add", "list", "add"]
