"""`station parts`, `show` and `verify` over a small journal, through their own parsers."""

import argparse
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import apsw
import cv2
import numpy as np
import pytest
from overruled import overrule

from camera.calibration import Calibration
from camera.frame import PixelFormat
from labeling.annotation import Annotation, Label
from labeling.shapes import Box, Polygon, Polyline, frozen_points
from models.prediction import Defect
from station.commands import parts, show, verify
from station.journal.errors import NoJournalError, StorageError
from station.journal.images import encode, encode_preview
from station.journal.store import Journal
from station.line.calibrations import CalibrationFile, save_calibration
from station.line.inspection import (
    Author,
    Fault,
    FaultCode,
    Inspection,
    RecipeRef,
    Trigger,
    Verdict,
    VerdictKind,
    View,
)
from station.line.recipe import load_recipe

START = datetime(2026, 3, 1, 10, 0, tzinfo=UTC)
PIXELS = np.random.default_rng(3).integers(60, 120, (100, 140), dtype=np.uint8)

Run = Callable[..., tuple[int, str]]


def _uid(number: int) -> UUID:
    return UUID(int=(0x7 << 76) + (0b10 << 62) + number)


def _view(journal: Journal, name: str) -> View:
    image, preview = encode(PIXELS, PixelFormat.MONO8), encode_preview(PIXELS, PixelFormat.MONO8)
    outline = frozen_points([[20.5, 20], [60, 20], [60, 60], [20, 60]])
    return View(
        name=name,
        camera="cam",
        frame_id=9,
        width=140,
        height=100,
        pixel_format="Mono8",
        image=journal.blobs.put(image.data, image.media_type),
        preview=journal.blobs.put(preview.data, preview.media_type),
        model_name="plate",
        model_version="2",
        model_sha256="ef" * 32,
        score=0.75,
        defects=(Defect("scratch", 0.75, Polygon(outline)),),
        chunk={"ExposureTime": "5000"},
        truth='{"defects": 1}',
    )


def _part(number: int, views: tuple[View, ...], kind: VerdictKind) -> Inspection:
    time = START + timedelta(seconds=number)
    trigger = Trigger(_uid(number), 65_535 + number, 3, number, f"P[red]{number}", 11, time, 0)
    return Inspection(
        trigger, RecipeRef("plate-A", 4, "cd" * 32), views, Verdict(kind, Author.RULES, f"reason {number}", time), 80
    )


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    with Journal.open(tmp_path / "data", audit_key_path=tmp_path / "audit.key") as journal:
        journal.record(_part(1, (_view(journal, "top"),), VerdictKind.NG))
        fault = Fault(FaultCode.CAMERA, "cam", "the camera is gone; the part is rejected")
        journal.record(_part(2, (View("top", "cam", fault=fault),), VerdictKind.NOT_DECIDABLE))
        journal.record(_part(3, (_view(journal, "top"), _view(journal, "side")), VerdictKind.OK))
        person = Verdict(VerdictKind.OK, Author.QA, "only dust", START + timedelta(hours=1), "Ann")
        overrule(journal, _uid(1), person)
    return tmp_path / "data"


@pytest.fixture
def run(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*words: str) -> tuple[int, str]:
        parser = argparse.ArgumentParser()
        subparsers = parser.add_subparsers(required=True)
        for command in (parts, show, verify):
            command.add_parser(subparsers)
        args = parser.parse_args([*words, "--data", str(data_dir)])
        code: int = args.run(args)
        return code, capsys.readouterr().out

    return run


def _json(run: Run, *words: str) -> dict[str, Any]:
    _, text = run(*words, "--json")
    assert text.count("\n") == 1
    result: dict[str, Any] = json.loads(text)
    return result


def test_parts_have_exactly_the_documented_fields(run: Run) -> None:
    page = _json(run, "parts")
    assert set(page) == {"parts", "next"}
    assert [part["part_seq"] for part in page["parts"]] == [3, 2, 1]
    assert page["next"] is None
    assert page["parts"][2] == {
        "uid": str(_uid(1)),
        "part_id": "P[red]1",
        "part_seq": 1,
        "inspection_id": 1,
        "time": "2026-03-01T10:00:01+00:00",
        "recipe": "plate-A",
        "verdict": "OK",
        "by": "qa",
        "score": 0.75,
        "reason": "only dust",
        "defects": 1,
        "model": "plate/2",
        "author": "Ann",
        "labels": 0,
    }
    assert page["parts"][1]["score"] is None


def test_pages_follow_each_other(run: Run) -> None:
    first = _json(run, "parts", "--limit", "2")
    assert first["next"] == first["parts"][-1]["uid"]
    second = _json(run, "parts", "--limit", "2", "--after", first["next"])
    assert [part["part_seq"] for part in second["parts"]] == [1]
    assert second["next"] is None
    assert [part["part_seq"] for part in _json(run, "parts", "--verdict", "NOT_DECIDABLE")["parts"]] == [2]


@pytest.mark.parametrize("words", [("--limit", "0"), ("--limit", "x"), ("--after", "nonsense"), ("--verdict", "MAYBE")])
def test_wrong_usage_ends_with_two(run: Run, words: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as ended:
        run("parts", *words)
    assert ended.value.code == 2


def test_parts_for_people_show_text_as_it_is(run: Run) -> None:
    code, text = run("parts", "--limit", "2")
    assert code == 0
    assert "P[red]3" in text
    assert str(_uid(3)) in text
    assert f"--after {_uid(2)}" in text


def test_show_prints_everything(run: Run) -> None:
    part = _json(run, "show", str(_uid(1)))
    assert (part["inspection_id"], part["sequence"]) == (1, 65_536)
    assert (part["verdict"], part["author"], part["review"]) == ("OK", "Ann", "done")
    assert [verdict["verdict"] for verdict in part["verdicts"]] == ["NG", "OK"]
    (view,) = part["views"]
    assert view["defects"][0]["outline"] == [[20.5, 20], [60, 20], [60, 60], [20, 60]]
    assert view["truth"] == '{"defects": 1}'
    assert view["chunk"] == {"ExposureTime": "5000"}
    assert part["deliveries"] == []
    faulty = _json(run, "show", str(_uid(2)))
    assert faulty["views"][0]["fault"]["code"] == "camera"
    code, text = run("show", str(_uid(2)))
    assert code == 0
    assert "the camera is gone" in text


def test_show_writes_the_picture_plain_or_with_outlines(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "part.png"
    assert _json(run, "show", str(_uid(1)), "--image", str(file), "--raw")["written"] == [str(file)]
    assert np.array_equal(cv2.imread(str(file), cv2.IMREAD_UNCHANGED), PIXELS)
    code, text = run("show", str(_uid(1)), "--image", str(file))
    assert code == 0
    assert f"wrote {file}" in text
    drawn = cv2.imread(str(file), cv2.IMREAD_UNCHANGED)
    assert drawn is not None
    assert drawn.shape == (100, 140, 3)
    assert (drawn[60, 25:55, 2] > 200).all(), "an amber outline"


@pytest.fixture
def annotated(data_dir: Path, tmp_path: Path) -> list[UUID]:
    """Two revisions by people on the first part; their uids."""
    with Journal.open(data_dir, audit_key_path=tmp_path / "audit.key") as journal:
        first = Annotation(
            UUID(int=1), None, "Ann", START, (140, 100), (Label(UUID(int=5), "dent", Box(80, 10, 120, 40)),)
        )
        labels = (
            Label(UUID(int=5), "dent", Box(80, 10, 120, 35)),
            Label(UUID(int=6), "scratch", Polyline(frozen_points([[80, 80], [80, 90], [120, 90]]))),
        )
        second = Annotation(UUID(int=2), first.uid, "Bo", START, (140, 100), labels, ("stain",))
        for annotation in (first, second):
            journal.annotate(_uid(1), "top", annotation.parent, annotation)
    return [first.uid, second.uid]


def test_show_prints_what_people_outlined(run: Run, annotated: list[UUID]) -> None:
    first, second = _json(run, "show", str(_uid(1)))["annotations"]
    assert [first["uid"], second["uid"]] == [str(uid) for uid in annotated]
    assert (second["view"], second["author"], second["parent"], second["tags"]) == (
        "top",
        "Bo",
        first["uid"],
        ["stain"],
    )
    assert [(label["class"], label["shape"]["kind"]) for label in second["labels"]] == [
        ("dent", "box"),
        ("scratch", "polyline"),
    ]
    size = {"length_px": 40, "width_px": 25, "area_px": 1000, "millimetres_by": None}
    assert second["labels"][0]["size"] == size
    assert second["labels"][1]["size"]["length_px"] == 50
    code, text = run("show", str(_uid(1)))
    assert code == 0
    assert "dent (box, person), 40 x 25 px" in text
    assert "scratch (polyline, person), 50 px" in text
    assert "annotation 2" in text
    assert _json(run, "show", str(_uid(2)))["annotations"] == []


def test_show_gives_millimetres_by_the_calibration_of_the_view(run: Run, annotated: list[UUID], data_dir: Path) -> None:
    calibration = Calibration(140, 100, (0.0, 0.0), np.diag([0.05, 0.02, 1.0]), 0.1, 0.02, 20)

    def calibrate(created: datetime, known: Calibration = calibration) -> dict[str, Any]:
        save_calibration(data_dir, CalibrationFile.of(known, view="top", camera="cam", pattern="d", created=created))
        size: dict[str, Any] = _json(run, "show", str(_uid(1)))["annotations"][1]["labels"][0]["size"]
        return size

    size = calibrate(START)
    assert (size["length_px"], size["length_mm"], size["width_mm"], size["area_mm2"]) == (40, 2.0, 0.5, 1.0)
    assert (size["millimetres_by"], size["relative_uncertainty"]) == ("calibration", 0.02)
    _, text = run("show", str(_uid(1)))
    assert "dent (box, person), 2.00 x 0.50 mm" in text
    assert "scratch (polyline, person), 2.20 mm" in text
    assert calibrate(START + timedelta(days=1))["millimetres_by"] == "later-calibration"
    assert calibrate(START, replace(calibration, width=280))["millimetres_by"] is None, "for other pictures"


def test_show_gives_millimetres_by_the_pixel_size_of_the_very_recipe(run: Run, data_dir: Path, tmp_path: Path) -> None:
    path = data_dir / "recipes" / "plate-A.toml"
    path.parent.mkdir()
    view = '[[view]]\nname = "top"\ncamera = "cam"\nmodel = "plate"\n'
    path.write_text(f'name = "plate-A"\nnumber = 1\npixel_size_um = 50\n{view}')
    with Journal.open(data_dir, audit_key_path=tmp_path / "audit.key") as journal:
        part = replace(_part(4, (_view(journal, "top"),), VerdictKind.NG), recipe=load_recipe(path).ref)
        journal.record(part)
        label = Label(UUID(int=5), "dent", Box(80, 10, 120, 40))
        journal.annotate(_uid(4), "top", None, Annotation(UUID(int=1), None, "Ann", START, (140, 100), (label,)))

    def size(*words: str) -> dict[str, Any]:
        found: dict[str, Any] = _json(run, "show", str(_uid(4)), *words)["annotations"][0]["labels"][0]["size"]
        return found

    assert (size()["length_mm"], size()["width_mm"], size()["millimetres_by"]) == (2.0, 1.5, "pixel_size_um")
    moved = path.rename(tmp_path / "plate-A.toml")
    assert size()["millimetres_by"] is None
    config = tmp_path / "station.toml"
    config.write_text(f'[station]\ndata = "{data_dir}"\nrecipes = "{tmp_path}"\n[[camera]]\nname = "cam"\n')
    assert size("--config", str(config))["millimetres_by"] == "pixel_size_um"
    moved.write_text(moved.read_text().replace("50", "60"))
    assert size("--config", str(config))["millimetres_by"] is None, "the file is another recipe by now"


def test_show_draws_the_newest_outlines_in_cyan_beside_the_models_amber(
    run: Run, annotated: list[UUID], tmp_path: Path
) -> None:
    run("show", str(_uid(1)), "--image", str(tmp_path / "part.png"))
    blue, green, red = np.moveaxis(cv2.imread(str(tmp_path / "part.png")), -1, 0)
    cyan = (blue > 180) & (green > 160) & (red < 90)
    amber = (red > 200) & (blue < 60)
    assert cyan[35, 85:115].all()
    assert cyan[90, 85:115].all()
    assert amber[60, 25:55].all()
    assert not cyan[40, 85:115].any(), "the first revision is past"


def test_parts_count_labels(run: Run, annotated: list[UUID]) -> None:
    assert [part["labels"] for part in _json(run, "parts")["parts"]] == [0, 0, 3]


def test_verify_counts_annotations_and_finds_one_that_was_changed(
    run: Run, annotated: list[UUID], data_dir: Path, tmp_path: Path
) -> None:
    key = ("--audit-key", str(tmp_path / "audit.key"))
    report = _json(run, "verify", *key)
    assert (report["ok"], report["annotations"], report["altered"]) == (True, 2, 0)
    connection = apsw.Connection(str(data_dir / "journal.db"))
    connection.execute("DROP TRIGGER annotations_no_update; UPDATE annotations SET author = 'Cy' WHERE author = 'Bo'")
    connection.close()
    code, text = run("verify", *key)
    assert code == 1
    assert "1 annotations, notes, removals, holds or signatures are NOT as the audit chain has them" in text


def test_show_writes_one_picture_a_view(run: Run, tmp_path: Path) -> None:
    written = _json(run, "show", str(_uid(3)), "--image", str(tmp_path / "part.jpg"))["written"]
    assert written == [str(tmp_path / "part-top.jpg"), str(tmp_path / "part-side.jpg")]
    assert all(Path(name).stat().st_size for name in written)


def test_what_is_not_there_is_an_error(run: Run, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="there is no part"):
        run("show", str(_uid(9)))
    with pytest.raises(StorageError, match="there is no part"):
        run("parts", "--after", str(_uid(9)))
    with pytest.raises(StorageError, match="has no picture"):
        run("show", str(_uid(2)), "--image", str(tmp_path / "x.png"))
    with pytest.raises(StorageError, match="use one of"):
        run("show", str(_uid(1)), "--image", str(tmp_path / "x.docx"))


def test_no_journal_is_a_wrong_path(run: Run, data_dir: Path) -> None:
    (data_dir / "journal.db").unlink()
    for words in (("parts",), ("show", str(_uid(1))), ("verify",)):
        with pytest.raises(NoJournalError, match="--data"):
            run(*words)


def test_verify_has_exactly_the_documented_fields(run: Run, data_dir: Path, tmp_path: Path) -> None:
    key = ("--audit-key", str(tmp_path / "audit.key"))
    whole = {
        "ok": True,
        "parts": 3,
        "blobs": 2,
        "missing_blobs": 0,
        "corrupt_blobs": 0,
        "orphan_blobs": 0,
        "annotations": 0,
        "notes": 0,
        "altered": 0,
        "removed_blobs": 0,
        "removals": [],
        "audit": {"entries": 2, "ok": True},
        "signatures": [],
    }
    assert _json(run, "verify", *key) == whole
    code, text = run("verify", *key)
    assert code == 0
    assert "everything is there" in text
    blob = next(path for path in (data_dir / "blobs").rglob("*") if path.is_file())
    blob.unlink()
    assert _json(run, "verify", *key) == whole | {"ok": False, "missing_blobs": 1}
    code, text = run("verify", *key)
    assert code == 1
    assert "NOT WHOLE" in text


def test_help_does_not_load_what_only_the_work_needs() -> None:
    script = (
        "import sys; from station.commands import parts, show, verify\n"
        "print(*(name for name in ('apsw', 'cv2', 'numpy', 'rich') if name in sys.modules))"
    )
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == ""
