"""`station learn --from dataset:NAME`: the train split of a version, its lineage, and who sees it."""

import json
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import numpy as np
import numpy.typing as npt
import pytest
from labelled_parts import MODEL, Line, texture, write_station

from labeling.annotation import Annotation, Label
from labeling.manifest import Manifest as Dataset
from labeling.shapes import Box
from models.learning import one_class
from models.learning.crossval import grouped_folds
from models.manifest import Manifest
from models.shelf import Shelf as Models
from station.commands.main import main
from station.datasets.shelf import Shelf
from station.line.inspection import VerdictKind


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


def frozen(capsys: pytest.CaptureFixture[str], folder: Path, *words: str) -> Dataset:
    code, _, err = say(capsys, "dataset", "freeze", "--name", "plate", "--data", str(folder), *words)
    assert code == 0, err
    return Shelf(folder).load("plate")


def test_the_train_split_of_a_version_becomes_a_model_that_names_it(
    line: Line, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config, data = str(write_station(tmp_path)), ["--data", str(tmp_path)]
    for number in range(12):
        line.good(number)
    bad = line.bad(50)
    outlined = line.good(40)
    label = Label(uuid4(), "scratch", Box(10.0, 10.0, 30.0, 30.0))
    revision = Annotation(uuid4(), None, "Mara", line.now, (160, 128), (label,))
    line.journal.annotate(outlined, "top", None, revision)
    first = frozen(capsys, tmp_path, "--shares", "0.7,0.15,0.15")
    line.good(60)  # what comes later is not in the version
    frozen(capsys, tmp_path)

    code, out, err = say(
        capsys, "learn", "--config", config, "--from", f"dataset:plate@{first.version[:10]}", "--seed", "3", "--json"
    )
    assert code == 0, err
    (model,) = json.loads(out)["models"]
    origin = Manifest.read(Models(tmp_path / "models").folder(MODEL, "1")).learned_from
    lineage = origin.lineage
    assert lineage is not None
    assert lineage.dataset is not None
    assert (lineage.dataset.name, lineage.dataset.version, lineage.dataset.split) == ("plate", first.version, "train")
    train = {entry.part for entry in first.entries if entry.split == "train"} - {str(bad), str(outlined)}
    assert {one.part for one in lineage.pictures} == train
    assert (model["parts"], origin.seed) == (len(train), 3)
    assert origin.code_version
    assert sum(count for why, count in lineage.left_out.items() if "another split" in why) == len(
        [entry for entry in first.entries if entry.split != "train"]
    )

    code, out, _ = say(capsys, "dataset", "show", f"plate@{first.version[:10]}", *data, "--json")
    assert json.loads(out)["models"] == [{"name": MODEL, "version": "1", "deployed": False}]
    code, out, _ = say(capsys, "dataset", "show", f"plate@{first.version[:10]}", *data)
    assert "learned from it: model texture version 1" in out
    code, out, _ = say(capsys, "dataset", "show", "plate", *data, "--json")
    assert json.loads(out)["models"] == [], "the newer version made none"
    code, out, _ = say(capsys, "models", "show", MODEL, "1", *data)
    assert f"plate@{first.version[:12]}, split train" in out
    code, out, _ = say(capsys, "models", "show", MODEL, "1", *data, "--json")
    assert json.loads(out)["manifest"]["learned_from"]["lineage"]["dataset"]["version"] == first.version


def test_the_same_version_and_seed_make_the_same_model(
    line: Line, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = str(write_station(tmp_path))
    for number in range(6):
        line.good(number)
    frozen(capsys, tmp_path, "--shares", "1,0,0")
    for number in range(6, 9):
        line.good(number)
    for _ in range(2):
        assert say(capsys, "learn", "--config", config, "--from", "dataset:plate")[0] == 0
    one, other = (Manifest.read(Models(tmp_path / "models").folder(MODEL, each)) for each in ("1", "2"))
    assert one.model_sha256 == other.model_sha256


@pytest.fixture
def dealt(monkeypatch: pytest.MonkeyPatch) -> list[list[set[int]]]:
    """Note how cross-validation deals pictures to its folds; it does so as ever."""
    noted: list[list[set[int]]] = []

    def deal(groups: list[int], seed: int) -> list[npt.NDArray[np.intp]]:
        held = grouped_folds(groups, seed)
        noted.append([set(fold.tolist()) for fold in held])
        return held

    monkeypatch.setattr(one_class, "grouped_folds", deal)
    return noted


def test_lots_as_the_dataset_has_them_stay_on_one_side_of_cross_validation(
    line: Line, tmp_path: Path, capsys: pytest.CaptureFixture[str], dealt: list[list[set[int]]]
) -> None:
    config, lot_of = str(write_station(tmp_path)), [0, 1, 2, 3, 4, 0, 1, 2, 3, 4]
    for number, lot in enumerate(lot_of):
        line.good(number, serial=f"PLATE-L{lot}-{number}")  # all begin alike: the beginning tells no lots apart
    wide, narrow = ["--lot", r"L(\d)"], ["--lot", r"L[01]"]
    assert dict(frozen(capsys, tmp_path, "--shares", "1,0,0", *wide).query) == {"lot": r"L(\d)"}
    code, _, err = say(capsys, "learn", "--config", config, "--from", "dataset:plate")
    assert code == 0, err
    (folds,) = dealt
    assert sorted(sorted({lot_of[picture] for picture in fold}) for fold in folds) == [[0], [1], [2], [3], [4]]
    assert "lots" not in err

    frozen(capsys, tmp_path, "--shares", "1,0,0", *narrow)
    assert say(capsys, "learn", "--config", config, "--from", "dataset:plate")[0] == 0
    for lot in (0, 1):
        of_lot = {picture for picture, one in enumerate(lot_of) if one == lot}
        assert any(of_lot <= fold for fold in dealt[-1])


def test_lots_that_are_too_few_to_keep_apart_are_said(
    line: Line, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = str(write_station(tmp_path))
    for number in range(6):
        line.good(number, serial=f"PLATE-L{number % 2}-{number}")
    frozen(capsys, tmp_path, "--shares", "1,0,0", "--lot", r"L\d")
    code, _, err = say(capsys, "learn", "--config", config, "--from", "dataset:plate")
    assert code == 0
    assert "the dataset's parts are of 2 lots, and to keep a lot on one side of cross-validation 5 are needed" in err


def test_a_version_whose_pictures_are_gone_is_refused_in_a_sentence(
    line: Line, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = str(write_station(tmp_path))
    for number in range(6):
        line.good(number)
    version = frozen(capsys, tmp_path, "--shares", "1,0,0")
    line.journal.blobs.path(version.entries[2].image).unlink()
    code, out, err = say(capsys, "learn", "--config", config, "--from", "dataset:plate", "--deploy")
    assert (code, out) == (1, "")
    assert f"dataset plate@{version.version[:12]}: 1 of the 6 pictures to learn from are not in the store" in err
    assert version.entries[2].part in err
    assert err.count("\n") == 1
    assert not (tmp_path / "models").exists()


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (["--from", "dataset:none"], "there is no dataset 'none'"),
        (["--from", "dataset:plate", "--since", "2026-01-01"], "--since goes with --from journal"),
        (["--from", "dataset:plate", "--folder", "x"], "are two origins; name one"),
        (["--from", "dataset:plate"], "view top: all 1 labelled pictures are NG"),
    ],
)
def test_what_cannot_be_learned_from_is_refused_in_a_sentence(
    words: list[str], text: str, line: Line, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = str(write_station(tmp_path))
    line.decide(line.part(texture(3, bad=True)), VerdictKind.NG)
    frozen(capsys, tmp_path, "--shares", "1,0,0")
    code, out, err = say(capsys, "learn", "--config", config, *words)
    assert code in {1, 2}
    assert out == ""
    assert text in err
    assert err.count("\n") == 1


def test_an_origin_that_is_none_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["learn", "--config", str(write_station(tmp_path)), "--from", "plate"])
    assert "neither journal nor dataset:NAME" in capsys.readouterr().err
