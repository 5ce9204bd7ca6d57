"""`station dataset check`: near-duplicates, torn ones, blurred pictures, and how they are shown."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from dataset_parts import pixels, record, uid

from labeling.dataset import FormatError
from station.commands.main import main
from station.journal.store import Journal
from station.line.inspection import VerdictKind

Run = Callable[..., dict[str, Any]]


def drawn(seed: int) -> np.ndarray:
    """Draw a scene; 7002 is 7001 in a little more light, a negative one is out of focus."""
    picture = pixels(7001 if seed == 7002 else abs(seed))
    if seed < 0:
        return cv2.GaussianBlur(picture, (0, 0), 6)
    return picture + np.uint8(1) if seed == 7002 else picture


@pytest.fixture(scope="session")
def recorded(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Add parts: 20 and 80 are one scene with more than fifty between, 30 is out of focus."""
    root = tmp_path_factory.mktemp("more")
    shutil.copytree(made, root, dirs_exist_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("dataset_parts.pixels", drawn)
        with Journal.open(root / "data", audit_key_path=root / "config/audit.key") as journal:
            record(journal, 20, seed=7001)
            for number in range(21, 80):
                record(journal, number, seed=-31 if number == 30 else number + 200)
            record(journal, 80, VerdictKind.NG, seed=7002)
    return root


@pytest.fixture
def more(data: Path, recorded: Path) -> Path:
    shutil.copytree(recorded / "data", data, dirs_exist_ok=True)
    shutil.copytree(recorded / "config", data.parent / "config", dirs_exist_ok=True)
    return data


def test_twins_and_blurred_pictures_are_found_and_shown(run: Run, more: Path, tmp_path: Path) -> None:
    found = run("check", "--out", tmp_path / "look")
    assert (found["pictures"], found["torn"], found["gone"], found["all_alike"]) == (69, 0, 0, [])
    assert [group["pictures"] for group in found["near_duplicates"]] == [[f"{uid(20)}-top", f"{uid(80)}-top"]]
    assert [each["picture"] for each in found["blurred"]] == [f"{uid(30)}-top"]
    page = (tmp_path / "look/index.html").read_text()
    assert f"{uid(80)}-top" in page
    assert sorted(path.name for path in (tmp_path / "look/pictures").iterdir()) == sorted(
        f"{uid(number)}-top.jpg" for number in (20, 30, 80)
    )
    for name in ("near-duplicates.png", "blurred.png"):
        sheet = cv2.imread(str(tmp_path / "look" / name))
        assert sheet is not None
        assert sheet.std() > 5
    with pytest.raises(FormatError, match="is there already"):
        run("check", "--out", tmp_path / "look")


def test_a_twin_in_another_split_is_a_fault_of_the_dataset(
    run: Run, more: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("freeze", "--name", "plate", "--shares", "0.5,0.5,0")
    path = next((more / "datasets/plate").glob("[0-9a-f]*.jsonl"))
    rows = {entry["part"]: entry for entry in map(json.loads, path.read_text().splitlines()[1:])}
    one, other = (rows[str(uid(number))] for number in (20, 80))
    code = main(["dataset", "check", "plate", "--data", str(more)])
    out = capsys.readouterr().out
    assert one["group"] != other["group"], "sixty parts apart, they were not compared when it was frozen"
    assert one["split"] != other["split"]
    assert code == 1
    assert "TORN between splits" in out
    assert "blurred: " in out


def test_what_is_gone_is_counted(run: Run, more: Path, key: Path) -> None:
    with Journal.open(more, audit_key_path=key) as journal:
        part = journal.part(uid(40))
        assert part is not None
        image = part.inspection.views[0].image
        assert image is not None
        journal.blobs.path(image.sha256).unlink()
    assert run("check", "--recipe", "plate-A")["gone"] == 1
    assert run("check", "--recipe", "plate-B")["pictures"] == 0
