"""Sizes in millimetres: where a view is calibrated, and where a format has a place for them."""

import csv
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from dataset_parts import HEIGHT, SHAPES, START, WIDTH, annotate, record, uid

from camera.calibration import from_length
from labeling.shapes import Box, Keypoint, Polygon, Polyline, RotatedBox, Shape, frozen_points
from station.datasets.millimetres import MADE_LATER, NO_PLACE, UNKNOWN, measured
from station.journal.store import Journal
from station.line.calibrations import CalibrationFile, save_calibration
from station.line.inspection import VerdictKind
from station.toml_file import ConfigError

Run = Callable[..., dict[str, Any]]
SCALE = from_length((10, 50), (110, 50), 5.0, WIDTH, HEIGHT)
"""0.05 mm a pixel."""


def calibrated(data: Path, days: int = -1) -> None:
    made = START + timedelta(days=days)
    save_calibration(data, CalibrationFile.of(SCALE, view="top", camera="cam", pattern="5 mm", created=made))


@pytest.mark.parametrize(
    ("shape", "length", "width", "area"),
    [
        (Box(70.5, 20.5, 90.5, 50.5), 1.5, 1.0, 1.5),
        (RotatedBox(70, 50, 40, 12, 30), 2.0, 0.6, 1.2),
        (Polyline(frozen_points([[10, 10], [50, 40]])), 2.5, 0.0, 0.0),
        (Keypoint(20, 20), 0.0, 0.0, 0.0),
        (Polygon(frozen_points([[20, 40], [100, 40], [100, 44], [20, 44]])), 4.0, 0.2, 0.8),
    ],
)
def test_a_shape_has_its_size_on_the_part(shape: Shape, length: float, width: float, area: float) -> None:
    size = measured(SCALE, shape)
    assert (size.length_mm, size.width_mm, size.area_mm2) == pytest.approx((length, width, area), abs=0.06)
    assert size.relative_uncertainty == pytest.approx(SCALE.relative_uncertainty)


def test_exports_of_a_calibrated_view(run: Run, data: Path, key: Path, tmp_path: Path) -> None:
    calibrated(data)
    with Journal.open(data, audit_key_path=key) as journal:
        annotate(journal, 4, SHAPES[1])
        record(journal, 20, VerdictKind.NG, views=("side",))
        annotate(journal, 20, SHAPES[1], view="side")
    for name in ("csv", "jsonl", "coco"):
        done = run("export", "--format", name, "--out", tmp_path / name, "--images", "none", "--shares", "1,0,0")
        assert f"1 x {UNKNOWN}" in done["notes"], name
    with (tmp_path / "csv/defects.csv").open() as file:
        rows = {row["name"]: row for row in csv.DictReader(file)}
    row = rows[f"{uid(4)}-top"]
    assert (row["length_mm"], row["width_mm"], row["area_mm2"], row["length_px"]) == ("1.5", "1.0", "1.5", "30.0")
    assert rows[f"{uid(20)}-side"]["length_mm"] == ""
    lines = map(json.loads, (tmp_path / "jsonl/parts.jsonl").read_text().splitlines())
    sizes = {line["name"]: line["sizes"] for line in lines}
    assert sizes[f"{uid(4)}-top"][0]["area_mm2"] == 1.5
    assert sizes[f"{uid(20)}-side"] is None
    content = json.loads((tmp_path / "coco/annotations/instances_train.json").read_text())
    assert next(each["attributes"]["length_mm"] for each in content["annotations"] if "attributes" in each) == 1.5
    assert run("import", "--format", "jsonl", tmp_path / "jsonl", "--dry-run")["unchanged"] == 4


def test_what_has_no_place_for_a_size_says_so(run: Run, data: Path, tmp_path: Path) -> None:
    calibrated(data)
    done = run("export", "--format", "yolo-seg", "--out", tmp_path / "out", "--images", "none")
    assert f"6 x {NO_PLACE}" in done["notes"]


def test_a_later_calibration_is_named_and_a_damaged_one_refused(run: Run, data: Path, tmp_path: Path) -> None:
    calibrated(data, days=1)
    done = run("export", "--format", "csv", "--out", tmp_path / "out", "--images", "none")
    assert f"6 x {MADE_LATER}" in done["notes"]
    (data / "calibration/top.json").write_text("{}")
    with pytest.raises(ConfigError, match=r"top\.json"):
        run("export", "--format", "csv", "--out", tmp_path / "other", "--images", "none")
    assert not (tmp_path / ".other.partial").exists()
