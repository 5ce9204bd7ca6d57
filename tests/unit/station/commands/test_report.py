"""`station report` and `station sampling`."""

import json
from pathlib import Path

import pytest
from judged_parts import record_known

from station.commands.main import main
from station.journal.store import Journal


@pytest.fixture
def data(tmp_path: Path) -> Path:
    with Journal.open(tmp_path / "data", audit_key_path=tmp_path / "audit.key") as journal:
        record_known(journal, 30)
    return tmp_path / "data"


def _report(data: Path, *words: object) -> int:
    return main(["report", "--data", str(data), *map(str, words)])


def test_two_files_in_a_folder_that_is_made(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "deep" / "reports"
    assert _report(data, "--output", folder) == 0
    assert sorted(path.name for path in folder.iterdir()) == ["quality-report.html", "quality-report.pdf"]
    assert (folder / "quality-report.pdf").read_bytes().startswith(b"%PDF-")
    assert "30 parts" in capsys.readouterr().out


@pytest.mark.parametrize(("name", "head"), [("week.html", b"<!DOCTYPE html>"), ("week.pdf", b"%PDF-")])
def test_one_file_by_its_ending(data: Path, tmp_path: Path, name: str, head: bytes) -> None:
    assert _report(data, "--output", tmp_path / name) == 0
    assert (tmp_path / name).read_bytes().startswith(head)
    assert not (tmp_path / "quality-report.html").exists()


def test_a_file_that_is_there_stays_unless_it_is_to_be_replaced(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "quality-report.pdf").write_text("mine")
    assert _report(data, "--output", tmp_path) == 1
    assert "--replace" in capsys.readouterr().err
    assert (tmp_path / "quality-report.pdf").read_text() == "mine"
    assert not (tmp_path / "quality-report.html").exists()
    assert _report(data, "--output", tmp_path, "--replace") == 0
    assert (tmp_path / "quality-report.pdf").read_bytes().startswith(b"%PDF-")


def test_json_has_every_figure(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _report(data, "--output", tmp_path / "week.html", "--json") == 0
    said = json.loads(capsys.readouterr().out)
    assert said["files"] == [str(tmp_path / "week.html")]
    assert said["figures"]["scope"]["since"] == "2026-03-02T06:01:00+00:00"
    assert said["figures"]["tally"]["ok"] + said["figures"]["tally"]["ng"] <= 30
    assert "scores" not in said["figures"]


@pytest.mark.parametrize(
    "words",
    [("--recipe", "nobody-knows"), ("--since", "2026-03-05T06:00+00:00"), ("--until", "2020-01-01T00:00+00:00")],
)
def test_nothing_to_report_on(
    data: Path, tmp_path: Path, words: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert _report(data, "--output", tmp_path / "out", *words) == 1
    assert "no part to report on" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_lot_without_parts_says_so_in_the_report(data: Path, tmp_path: Path) -> None:
    assert _report(data, "--output", tmp_path / "lot.html", "--lot", "X") == 0
    assert "no part was inspected" in (tmp_path / "lot.html").read_text()


def test_lots_by_an_aql_of_the_standard(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _report(data, "--output", tmp_path / "lots.html", "--aql", "1.1") == 2
    assert "choose one of" in capsys.readouterr().err
    assert _report(data, "--output", tmp_path / "lots.html", "--aql", "1") == 0
    assert "Lots by sampling" in (tmp_path / "lots.html").read_text()


@pytest.mark.parametrize(
    ("words", "severity", "plan"),
    [
        (["1000", "--aql", "1.0"], "normal", {"size": 80, "accept": 2, "reject": 3}),
        (["1000", "--aql", "1", "--found", "3,3"], "tightened", {"size": 80, "accept": 1, "reject": 2}),
        (
            ["1000", "--aql", "1", "--found", "0,0,0,0,0,0,0,0,0,0", "--reduce"],
            "reduced",
            {"size": 32, "accept": 1, "reject": 3},
        ),
        (["1000", "--aql", "1", "--found", "9,9,9,9,9,9,9"], "stopped", None),
    ],
)
def test_sampling(
    words: list[str], severity: str, plan: dict[str, int] | None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["sampling", *words, "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["code_letter"], said["severity"], said["plan"]) == ("J", severity, plan)


def test_sampling_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sampling", "1000", "--aql", "1", "--found", "3,3"]) == 0
    out = capsys.readouterr().out
    assert "lot 2: 3 bad of 80, rejected; then tightened" in out
    assert "tightened inspection: look at 80, accept with up to 1 bad" in out
    assert main(["sampling", "1000", "--aql", "1", "--found", "9,9,9,9,9,9,9"]) == 0
    assert "inspection is stopped" in capsys.readouterr().out


@pytest.mark.parametrize(
    "words", [["1", "--aql", "1"], ["1000", "--aql", "1.1"], ["1000", "--aql", "1", "--found", "99"]]
)
def test_sampling_refuses_what_is_in_no_table(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sampling", *words]) == 2
    assert capsys.readouterr().err.startswith("station sampling: ")
