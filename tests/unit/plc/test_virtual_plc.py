"""The record of the gate and the command line of the virtual PLC."""

import json
from pathlib import Path

import pytest

from plc.conveyor import LeftPart, Verdict
from plc.link import VerdictCode
from plc.virtual_plc import PartLog, main


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_each_part_is_a_line_at_once(tmp_path: Path) -> None:
    log = PartLog(tmp_path / "data" / "plc.jsonl")
    log.append(LeftPart(1, Verdict(9, VerdictCode.NOT_DECIDABLE), passed=False, why="NOT_DECIDABLE"))
    first = lines(tmp_path / "data" / "plc.jsonl")
    log.append(LeftPart(2, None, passed=False, why="link lost"))
    log.close()
    time = first[0].pop("time")
    assert str(time).endswith("+00:00")
    assert first == [
        {"part_seq": 1, "inspection_id": 9, "verdict": "NOT_DECIDABLE", "passed": False, "why": "NOT_DECIDABLE"}
    ]
    second = lines(tmp_path / "data" / "plc.jsonl")[1]
    assert (second["inspection_id"], second["verdict"]) == (None, None)


@pytest.mark.parametrize(
    ("text", "last", "kept"),
    [
        ("", 0, 0),
        ('{"part_seq": 7}\n', 7, 1),
        ('{"part_seq": 7}\n{"part_seq": 8, "inspec', 7, 1),
        ('{"part_s', 0, 0),
        ('{"part_seq": 7}\n\n', 7, 2),
    ],
)
def test_a_log_is_gone_on_with(tmp_path: Path, text: str, last: int, kept: int) -> None:
    """A line torn by a kill is taken away: its part was never recorded, and its number is used again."""
    path = tmp_path / "plc.jsonl"
    path.write_text(text)
    log = PartLog(path)
    assert log.last_part_seq == last
    log.append(LeftPart(last + 1, None, passed=False, why="link lost"))
    log.close()
    written = path.read_text().splitlines()
    assert len(written) == kept + 1
    assert json.loads(written[-1])["part_seq"] == last + 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--parts", "0"], "--parts must be above 0"),
        (["--takt-ms", "-1"], "--takt-ms must be above 0"),
        (["--faults", "explode@1:1"], "explode@1:1"),
        (["--role", "master"], "invalid choice"),
    ],
)
def test_wrong_usage_is_said(
    arguments: list[str], says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["--parts", "3", "--log", str(tmp_path / "plc.jsonl"), *arguments])
    assert stopped.value.code == 2
    assert says in capsys.readouterr().err


def test_a_log_that_is_no_log_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "plc.jsonl").write_text("not json\n")
    assert main(["--parts", "3", "--log", str(tmp_path / "plc.jsonl")]) == 2
    assert "plc.jsonl" in capsys.readouterr().err
