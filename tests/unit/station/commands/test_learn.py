"""`station learn --from journal`, `models evaluate` and `models compare`, through the real `main`."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import cv2
import pytest
from labelled_parts import MODEL, Line, texture, write_station

from models.manifest import Manifest
from models.shelf import Shelf
from station.commands.main import main
from station.journal.reader import JournalReader
from station.line.inspection import VerdictKind

Run = Callable[..., dict[str, Any]]


@pytest.fixture
def line(tmp_path: Path) -> Iterator[Line]:
    line = Line(tmp_path)  # open all the time, as a running engine has it
    yield line
    line.close()


def say(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    capsys.readouterr()
    code = main(words)
    out, err = capsys.readouterr()
    return code, out, err


def manifest(folder: Path, version: str) -> Manifest:
    return Manifest.read(Shelf(folder / "models").folder(MODEL, version))


def test_a_shift_of_decisions_becomes_a_model_that_is_evaluated_and_compared(
    line: Line, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = str(write_station(tmp_path))
    line.teach(0)
    good = [line.good(number, serial=f"S{number // 2}") for number in range(1, 15)]
    bad = [line.bad(number) for number in range(50, 56)]
    code, out, err = say(capsys, "learn", "--config", config, "--from", "journal", "--limit", "12", "--json")
    assert code == 0, err
    (model,) = json.loads(out)["models"]
    assert (model["name"], model["version"], model["parts"], model["deployed"]) == (MODEL, "1", 12, False)
    shelf = Shelf(tmp_path / "models")
    assert shelf.deployed(MODEL) is None
    assert "not deployed: station models deploy texture 1" in err

    lineage = manifest(tmp_path, "1").learned_from.lineage
    assert lineage is not None
    assert [one.part for one in lineage.pictures] == [str(uid) for uid in good[2:]]
    assert {one.source for one in lineage.pictures} == {"operator"}
    assert len({one.label_number for one in lineage.pictures}) == 12
    assert (lineage.labels, lineage.left_out) == ({"OK": 15, "NG": 6}, {"older than the newest that were asked for": 3})

    code, out, err = say(capsys, "models", "evaluate", MODEL, "1", "--config", config, "--json")
    assert code == 0, err
    found = json.loads(out)
    assert (found["good"], found["bad"], found["auroc"]) == (1, 6, 1.0)
    # twelve it saw, and part S1 once more, in a picture that it did not see
    assert found["left_out"] == {"taught, not decided on the line": 1, "learned from": 13}
    assert found["missed"]["count"] == 0
    assert found["missed"]["interval"] == pytest.approx([0.0, 0.3903], abs=1e-4)
    assert found["missed_parts"] == []

    line.decide(
        line.part(texture(60)), VerdictKind.NG
    )  # what no model can see: somebody erred, or the defect is elsewhere
    code, out, err = say(
        capsys, "learn", "--config", config, "--from", "journal", "--deploy", "--seed", "4", "--by", "Eli"
    )
    assert (code, out) == (0, ""), err
    assert "version 2: learned from 15 good parts" in err
    assert shelf.deployed(MODEL) == "2"
    assert _entered(line) == []  # the journal is held by the line, which has no desk here, and that is said
    assert "not entered into the audit chain" in err

    code, out, err = say(capsys, "models", "compare", f"{MODEL}@1", MODEL, "--config", config, "--json")
    assert code == 1
    assert (
        "people decided 0 good and 7 bad parts that count (left out: 1 taught, not decided on the line; 14 learned"
        in err
    )
    for number in range(70, 74):
        line.good(number)
    code, out, err = say(capsys, "models", "compare", f"{MODEL}@1", MODEL, "--config", config, "--json")
    assert code == 0, err
    found = json.loads(out)
    assert (found["good"], found["bad"]) == (4, 7)
    assert [one["version"] for one in found["versions"]] == ["1", "2"]
    for one in found["versions"]:
        assert one["auroc"] > 0.7
        assert one["missed"]["of"] == 7
        assert not set(one["missed_parts"]) & {str(uid) for uid in bad}
    code, out, _ = say(capsys, "models", "compare", f"{MODEL}@1", MODEL, "--config", config)
    assert code == 0
    assert "AUROC" in out
    assert "texture version 2" in out
    assert "of 7: " in out


def _entered(line: Line) -> list[str]:
    rows = line.journal._connection.execute("SELECT event FROM audit").fetchall()
    return [event for (event,) in rows if event in {"model-deployed", "done-elsewhere"}]


def test_a_deployment_enters_the_audit_chain_of_a_journal_that_nobody_holds(
    line: Line, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = str(write_station(tmp_path))
    for number in range(6):
        line.good(number)
    line.close()
    code, _, err = say(capsys, "learn", "--config", config, "--from", "journal", "--deploy")
    assert code == 0, err
    assert "audit chain" not in err
    again = Line(tmp_path)
    assert len(_entered(again)) == 1
    again.close()


def test_what_is_taught_from_a_folder_is_deployed_in_somebodys_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config, folder = str(write_station(tmp_path)), tmp_path / "good"
    folder.mkdir()
    for number in range(6):
        assert cv2.imwrite(str(folder / f"{number}.png"), texture(number))
    for version in ("1", "2"):
        code, _, err = say(capsys, "learn", "--config", config, "--folder", str(folder), "--by", "Eli")
        assert code == 0, err
        assert manifest(tmp_path, version).learned_from.parts == 6
    with JournalReader(tmp_path) as journal:
        rows = journal.connection.execute("SELECT details FROM audit ORDER BY seq").fetchall()
    entries = [json.loads(details) for (details,) in rows]
    deployed = [entry for entry in entries if entry.get("event") == "model-deployed"]
    assert [(one["author"], one["version"], one["before"]) for one in deployed] == [("Eli", "1", ""), ("Eli", "2", "1")]


def test_the_same_labels_make_the_same_model(line: Line, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = str(write_station(tmp_path))
    for number in range(6):
        line.good(number)
    for _ in range(2):
        assert say(capsys, "learn", "--config", config, "--from", "journal")[0] == 0
    assert manifest(tmp_path, "1").model_sha256 == manifest(tmp_path, "2").model_sha256


@pytest.mark.parametrize(
    ("good", "bad", "text"),
    [
        ([], [], "recipe plate-A, view top: nobody has labelled a part yet; decide good parts at the screen"),
        ([], [1, 2], "all 2 labelled pictures are NG, and a model of the good part learns from OK ones"),
        ([1, 2, 3, 4], [5], "4 good parts are labelled, at least 5 are needed, better 30"),
    ],
)
def test_too_few_labels_or_one_kind_are_refused_in_a_sentence(
    line: Line, tmp_path: Path, capsys: pytest.CaptureFixture[str], good: list[int], bad: list[int], text: str
) -> None:
    config = str(write_station(tmp_path))
    for number in good:
        line.good(number)
    for number in bad:
        line.bad(number)
    code, out, err = say(capsys, "learn", "--config", config, "--from", "journal", "--deploy")
    assert (code, out) == (1, "")
    assert text in err
    assert err.count("\n") == 1
    assert not (tmp_path / "models").exists()


def test_many_pictures_of_few_parts_are_too_few(line: Line, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = str(write_station(tmp_path))
    for number in range(12):
        line.good(number, serial=f"S{number % 4}")
    code, _, err = say(capsys, "learn", "--config", config, "--from", "journal")
    assert code == 1
    assert "4 good parts are labelled, at least 5 are needed" in err


def test_pictures_of_another_size_than_the_newest_are_left_out(
    line: Line, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = str(write_station(tmp_path))
    line.decide(line.part(texture(90, size=(96, 128))), VerdictKind.OK)
    for number in range(6):
        line.good(number)
    assert say(capsys, "learn", "--config", config, "--from", "journal")[0] == 0
    lineage = manifest(tmp_path, "1").learned_from.lineage
    assert lineage is not None
    assert len(lineage.pictures) == 6
    assert lineage.left_out == {"of another size than the newest": 1}


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (["--deploy"], "go with --from journal"),
        (["--limit", "5"], "go with --from journal"),
        (["--from", "journal", "--folder", "x"], "are two origins; name one"),
    ],
)
def test_options_that_contradict_each_other_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], text: str
) -> None:
    code, _, err = say(capsys, "learn", "--config", str(write_station(tmp_path)), *words)
    assert code == 2
    assert text in err


def test_a_version_or_a_view_that_is_not_there_is_said(
    line: Line, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = str(write_station(tmp_path))
    code, _, err = say(capsys, "models", "evaluate", "other", "--config", config)
    assert code == 1
    assert "no version of model 'other' is deployed in" in err
    for number in range(6):
        line.good(number)
    assert say(capsys, "learn", "--config", config, "--from", "journal")[0] == 0
    code, _, err = say(capsys, "models", "evaluate", MODEL, "1", "--config", config, "--view", "side")
    assert code == 1
    assert "there is no view side; name one with --view, there are: top (model texture)" in err
    code, _, err = say(capsys, "models", "compare", f"{MODEL}@7", MODEL, "--config", config)
    assert code == 1
    assert "there is no version '7' of model 'texture'" in err
