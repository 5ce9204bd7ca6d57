"""`station hold`, `delete`, `sign`, `retention` and `verify` on a journal that nobody else holds, through their own parsers."""

import argparse
import io
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from station.commands import delete, hold, retention, show, sign, verify
from station.errors import exit_code
from station.journal.errors import NoJournalError, RefusedError, StorageError
from station.journal.store import Journal
from station.line.inspection import Author, Inspection, RecipeRef, Trigger, Verdict, VerdictKind, View
from station.people.manage import manage

Run = Callable[..., tuple[int, str]]
PASSWORD = "correct horse battery"


def uid(number: int) -> UUID:
    return UUID(int=(1 << 100) + number)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Three parts of lot L7 and one of L77, ten days old; Quinn of QA has a password."""
    with Journal.open(tmp_path / "data", audit_key_path=tmp_path / "audit.key") as journal:
        for number, lot in enumerate(("L7", "L7", "L7", "L77"), 1):
            image, preview = (
                journal.blobs.put(f"{what} {number}".encode(), f"image/{what}") for what in ("jxl", "jpeg")
            )
            time = datetime.now(UTC) - timedelta(days=10)
            view = View("top", "cam", number, 8, 8, "Mono8", image, preview)
            trigger = Trigger(uid(number), number, 1, number, f"{lot}-{number}", 0, time, 0)
            verdict = Verdict(VerdictKind.OK, Author.RULES, "", time)
            journal.record(Inspection(trigger, RecipeRef("cup", 1, "cd" * 32), (view,), verdict, 1))
        details = {"name": "Quinn", "role": "qa", "password": PASSWORD}
        manage(lambda work: work(journal), "test", "add", details)
    return tmp_path / "data"


@pytest.fixture
def run(data: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def run_command(*words: str) -> tuple[int, str]:
        parser = argparse.ArgumentParser()
        subparsers = parser.add_subparsers()
        for command in (delete, hold, retention, show, sign, verify):
            command.add_parser(subparsers)
        place = ["--data", str(data)] if words[0] != "retention" else []
        key = ["--audit-key", str(data.parent / "audit.key")] if words[0] not in {"show", "retention"} else []
        args = parser.parse_args([*words, *place, *key])
        return args.run(args), capsys.readouterr().out

    return run_command


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    return lambda text: monkeypatch.setattr("sys.stdin", io.StringIO(text))


def test_a_lot_is_deleted_only_when_it_is_meant(run: Run, data: Path) -> None:
    words = ("delete", "--lot", "L7", "--reason", "customer asked", "--by", "Ana")
    assert run(*words) == (0, "the pictures of 3 parts would be removed for good; add --yes to do it\n")
    assert len(list((data / "blobs").glob("*/*"))) == 8
    code, said = run(*words, "--yes", "--json")
    assert (code, json.loads(said)["parts"], json.loads(said)["files"]) == (0, 3, 6)
    assert len(list((data / "blobs").glob("*/*"))) == 2
    code, said = run(*words, "--yes")
    assert "3 parts had none any more" in said
    part: dict[str, Any] = json.loads(run("show", str(uid(1)), "--json")[1])
    assert part["removed"]["by"] == "Ana"
    assert part["removed"]["text"].startswith("the pictures were removed on request by Ana on ")
    assert "the pictures were removed on request" in run("show", str(uid(1)))[1]
    code, said = run("verify")
    assert code == 0
    assert "(customer asked): the pictures of 3 parts" in said


def test_holds_are_listed_with_how_they_ended(run: Run) -> None:
    assert run("hold", "add", "--lot", "L7", "--reason", "court", "--by", "Ana") == (0, "hold 1 stands\n")
    since = ("--since", "2026-01-01T00:00+00:00", "--until", "2026-02-01T00:00+00:00")
    assert json.loads(run("hold", "add", *since, "--reason", "recall", "--json")[1]) == {"hold": 2}
    with pytest.raises(RefusedError, match="under hold 1 of Ana"):
        run("delete", str(uid(1)), "--reason", "x", "--yes")
    assert run("hold", "remove", "1", "--reason", "settled", "--by", "Ana") == (0, "hold 1 has ended\n")
    first, second = json.loads(run("hold", "list", "--json")[1])["holds"]
    assert (first["lot"], first["ended_by"], first["ended_reason"]) == ("L7", "Ana", "settled")
    assert (second["since"], second["ended"]) == ("2026-01-01T00:00:00+00:00", None)
    listed = run("hold", "list")[1]
    assert "lot L7" in listed
    assert "from 2026-01-01 00:00, before 2026-02-01 00:00" in listed


def test_a_signature_asks_for_two_components_and_verify_shows_it(
    run: Run, typed: Callable[[str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    typed(f"Quinn\n{PASSWORD}\n")
    code, said = run("sign", "lot", "L7", "--meaning", "released")
    assert (code, said) == (0, "signed: lot L7, released, by Quinn (qa)\n")
    typed("wrong\n")
    with pytest.raises(RefusedError, match="do not belong together") as refused:
        run("sign", "lot", "L7", "--meaning", "released", "--name", "Quinn")
    assert exit_code(refused.value) == 1
    assert "lot L7: 3 parts (3 OK)" in capsys.readouterr().err
    assert "lot L7: released, signed by Quinn on" in run("verify")[1]
    (signed,) = json.loads(run("verify", "--json")[1])["signatures"]
    assert (signed["state"], signed["name"], signed["role"]) == ("valid", "Quinn", "qa")


def test_retention_says_what_the_rules_mean_here(run: Run, data: Path) -> None:
    config = data.parent / "station.toml"
    text = f'[station]\ndata = "{data}"\n[[camera]]\nname = "c"\n[retention]\nok_days = 7\nfree_mb = 2000\n'
    config.write_text(text + "class_days = { dust = 2 }\n")
    run("delete", str(uid(4)), "--reason", "asked", "--by", "Ana", "--yes")
    code, said = run("retention", "--config", str(config), "--json")
    told = json.loads(said)
    assert code == 0
    assert told["verdicts"][0] == {"verdict": "OK", "days": 7, "old_enough": 3}
    assert (told["classes"], told["room_mb"], told["removed"][0]["author"]) == ({"dust": 2}, 2000, "Ana")
    said = run("retention", "--config", str(config))[1]
    assert "NG: kept for good" in said
    assert "below 2000 MB of free disk the oldest go early, none younger than 1 days" in said


def test_words_that_name_nothing_are_refused(run: Run, data: Path) -> None:
    with pytest.raises(StorageError, match="there is no part"):
        run("delete", str(uid(9)), "--reason", "x")
    with pytest.raises(SystemExit):
        run("delete", "--reason", "x")
    (data / "journal.db").rename(data / "elsewhere.db")
    with pytest.raises(NoJournalError):
        run("hold", "add", "--lot", "L7", "--reason", "x")
