"""`station recipe` as a process of its own, over a recorded journal that it must leave as it is."""

import hashlib
import json
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np
import pytest
from rig import Rig

from camera.calibration import Calibration
from labeling.shapes import Polygon, frozen_points
from models.prediction import Defect
from station.journal.store import Journal
from station.line.calibrations import CalibrationFile, save_calibration
from station.line.inspection import Author, Inspection, RecipeRef, ScoreLimits, Trigger, Verdict, VerdictKind, View

pytestmark = pytest.mark.system
START = datetime(2026, 1, 2, 6, tzinfo=UTC)
RECIPE = """
name = "cup"
number = 1
[[view]]
name = "top"
camera = "camera-1"
model = "m"
"""
RULES = """
decided_by = "rules"
[[zone]]
name = "sealing face"
view = "top"
polygon = [[0, 0], [99, 0], [99, 99], [0, 99]]
[[rule]]
class = "scratch"
zone = "sealing face"
max_length_mm = 0.20
severity = "critical"
[[rule]]
max_length_mm = 5.0
"""


def _uid(number: int) -> UUID:
    return UUID(int=(0x7 << 76) + (0b10 << 62) + number)


@dataclass(frozen=True)
class Folder:
    """A station's folder with a recorded journal."""

    root: Path

    @property
    def config(self) -> Path:
        return self.root / "station.toml"

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "station", "recipe", *words]
        return subprocess.run(command, capture_output=True, check=False, text=True, timeout=120)

    def json(self, *words: str, code: int = 0) -> dict[str, Any]:
        ran = self.run(*words, "--json")
        assert ran.returncode == code, ran.stderr
        assert ran.stdout.count("\n") == 1
        result: dict[str, Any] = json.loads(ran.stdout)
        return result

    def contents(self) -> dict[str, str]:
        """Return the hash of every file; the journal's shared memory is a reader's, too."""
        files = (path for path in self.root.rglob("*") if path.is_file() and path.suffix != ".db-shm")
        return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files if path.stat().st_size}


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    recipes = tmp_path / "data" / "recipes"
    recipes.mkdir(parents=True)
    (recipes / "cup.toml").write_text(RECIPE)
    (tmp_path / "station.toml").write_text(
        f'[station]\ndata = "{tmp_path / "data"}"\n[line]\nrecipe = "cup"\n[[camera]]\nname = "camera-1"\n'
    )
    (tmp_path / "changed").mkdir()
    (tmp_path / "changed" / "cup.toml").write_text(RECIPE + RULES)
    with Journal.open(tmp_path / "data", audit_key_path=tmp_path / "audit.key") as journal:
        for number, length, kind in ((1, 0, VerdictKind.OK), (2, 15, VerdictKind.NG), (3, 31, VerdictKind.NG)):
            journal.record(_part(journal, number, length, kind))
    return Folder(tmp_path)


def _part(journal: Journal, number: int, length: int, kind: VerdictKind) -> Inspection:
    image, time = journal.blobs.put(b"picture", "image/jxl"), START + timedelta(minutes=number)
    outline = frozen_points([[10, 10], [10 + length, 10], [10 + length, 14], [10, 14]])
    score = 0.7 if length else 0.1
    view = View(
        "top",
        "camera-1",
        width=200,
        height=100,
        pixel_format="Mono8",
        image=image,
        preview=image,
        model_name="m",
        model_version="1",
        model_sha256="ef" * 32,
        score=score,
        defects=(Defect("scratch", score, Polygon(outline)),) if length else (),
        limits=ScoreLimits(0.4, 0.6, 0.4),
    )
    trigger = Trigger(_uid(number), number, 1, number, f"P{number}", 0, time, 0)
    verdict = Verdict(kind, Author.RULES, f"reason {number}", time)
    return Inspection(trigger, RecipeRef("cup", 1, "cd" * 32), (view,), verdict, 40)


def _calibrate(folder: Folder) -> None:
    calibration = Calibration(200, 100, (0.0, 0.0), np.diag([0.01, 0.01, 1.0]), 0.1, 0.02, 20)
    file = CalibrationFile.of(calibration, view="top", camera="camera-1", pattern="dots:9x9:1", created=START)
    save_calibration(folder.root / "data", file)


def test_a_changed_recipe_over_recorded_parts(folder: Folder) -> None:
    changed, config = str(folder.root / "changed" / "cup.toml"), ("--config", str(folder.config))
    refused = folder.run("replay", changed, *config)
    assert refused.returncode == 2
    assert f"{changed}, line 17: rule[1].max_length_mm: millimetres in view top need its calibration" in refused.stderr
    assert "Traceback" not in refused.stderr
    _calibrate(folder)
    before = folder.contents()
    found = folder.json("replay", changed, *config)
    assert (found["parts"], found["left_out"]) == (3, [])
    assert found["changes"] == [{"was": "NG", "now": "OK", "parts": 1}]
    (part,) = found["changed"]
    assert (part["uid"], part["was_reason"], part["now_reason"]) == (
        str(_uid(2)),
        "reason 2",
        "top: 1 defect, accepted by the rules",
    )
    words = folder.run("replay", changed, *config).stdout
    assert "3 parts judged once more, 1 change" in words
    assert "1 from NG to OK" in words
    assert str(_uid(2)) in words
    assert folder.json("replay", "cup", *config)["changed"] == [], "the station's own recipe, by its name"
    assert folder.json("replay", changed, *config, "--since", "2026-01-02T06:02:30+00:00")["parts"] == 1
    assert folder.json("replay", changed, *config, "--limit", "2")["parts"] == 2
    assert folder.contents() == before, "it reads only"


def test_checking_recipes(folder: Folder) -> None:
    changed, config = str(folder.root / "changed" / "cup.toml"), ("--config", str(folder.config))
    alone = folder.json("check", changed)
    assert alone["ok"]
    (recipe,) = alone["recipes"]
    assert recipe["rules"] == [
        "scratch touching zone sealing face: at most 0.2 mm long (critical)",
        "any defect: at most 5 mm long",
    ]
    _calibrate(folder)
    here = folder.json("check", changed, *config, code=1)
    assert here["recipes"][0]["views"] == [
        {"name": "top", "decided_by": "rules", "scale": "millimetres by its calibration"}
    ]
    assert here["recipes"][0]["misfits"] == ["view top: no usable model m is deployed; learn or deploy one"]
    every = folder.run("check", *config)
    assert every.returncode == 1
    assert "cup.toml: recipe cup version 1 can be used" in every.stdout
    assert "NOT AS WRITTEN: view top: no usable model m" in every.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("check",), "which recipe? name its file"),
        (("check", "nowhere.toml"), "no such file"),
        (("replay", "mug", "--config", "{config}"), "mug.toml: no such file"),
        (("replay", "cup", "--config", "{config}", "--limit", "0"), "at least one part"),
        (("replay", "cup", "--config", "{config}", "--since", "tuesday"), "no date and time"),
    ],
)
def test_wrong_words_are_one_line(folder: Folder, words: tuple[str, ...], said: str) -> None:
    ran = folder.run(*(word.format(config=folder.config) for word in words))
    assert ran.returncode == 2
    assert said in ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_line_judged_by_rules_and_its_parts_once_more(rig: Rig) -> None:
    """Every verdict of a running line has findings; trying other limits on its parts finds what the line would have said."""
    path = rig.plan.data / "recipes" / "plate-A.toml"
    text = path.read_text().replace('model = "plate-A"\n', 'model = "plate-A"\ndecided_by = "rules"\n')
    path.write_text(text + '\n[[rule]]\nname = "any size"\nmax_length_mm = 500.0\n')
    rig.start_engine()
    rig.start_plc(8)
    gate = rig.wait_plc()
    rig.stop_engine()
    parts = rig.json("parts")["parts"]
    assert len(parts) == 8
    assert {part["verdict"] for part in parts} <= {"OK", "NOT_DECIDABLE"}, "no defect is half a metre long"
    shown = [rig.json("show", part["uid"]) for part in parts]
    assert all(part["findings"] and part["findings"] == part["verdicts"][0]["findings"] for part in shown)
    with_defects = [part for part in shown if part["defects"] and part["verdict"] == "OK"]
    assert with_defects, "the seed shows parts with defects"
    assert gate["passed"] == sum(part["verdict"] == "OK" for part in parts)

    strict = rig.plan.data.parent / "plate-A.toml"
    strict.write_text(path.read_text().replace("500.0", "0.01"))
    config = ("--config", str(rig.plan.config))
    found = json.loads(rig.station("recipe", "replay", str(strict), *config, "--json").stdout)
    assert found["parts"] == 8
    assert {part["uid"] for part in found["changed"] if part["now"] == "NG"} == {part["uid"] for part in with_defects}
    for part in found["changed"]:
        (finding,) = [each for each in part["findings"] if each["verdict"] == "NG"]
        assert (finding["rule"], finding["kind"], finding["limit"], finding["unit"]) == (
            "any size",
            "length",
            0.01,
            "mm",
        )
    same = json.loads(rig.station("recipe", "replay", "plate-A", *config, "--json").stdout)
    assert (same["parts"], same["changed"], same["left_out"]) == (8, [], []), "what is recorded is judged as it was"
    assert rig.station("recipe", "check", *config).stdout.count("any defect: at most 500 mm long") == 1
