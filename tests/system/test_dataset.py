"""Exports of the real command: killed in the middle, and read by a library that nobody here wrote."""

import json
import os
import shutil
import signal
import subprocess
import sys
import venv
from pathlib import Path

import pytest
from dataset_parts import make, record
from waiting import wait_until

from station.journal.store import Journal

pytestmark = pytest.mark.system

STATION = [sys.executable, "-m", "station"]
SCORE = """
import json, sys
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval
truth = COCO(sys.argv[1])
found = [{"image_id": row["image_id"], "category_id": row["category_id"], "bbox": row["bbox"], "score": 0.9,
          "segmentation": truth.annToRLE(row)} for row in truth.loadAnns(truth.getAnnIds())]
for kind in ("bbox", "segm"):
    scorer = COCOeval(truth, truth.loadRes([dict(row) for row in found]), kind)
    scorer.evaluate(); scorer.accumulate(); scorer.summarize()
    assert scorer.stats[0] == 1.0, (kind, scorer.stats)
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    make(tmp_path / "data", tmp_path / "config/audit.key")
    return tmp_path / "data"


def test_a_killed_export_is_no_export_and_the_next_one_goes_on(data: Path, tmp_path: Path) -> None:
    with Journal.open(data, audit_key_path=tmp_path / "config/audit.key") as journal:
        for number in range(8, 200):
            record(journal, number)
    out, hidden = tmp_path / "out", tmp_path / ".out.partial"
    command = [*STATION, "dataset", "export", "--format", "coco", "--out", str(out), "--data", str(data), "--json"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    listed = hidden / ".unfinished-files"
    wait_until(lambda: process.poll() is not None or listed.exists(), "some pictures that are on the disk")
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    assert hidden.is_dir()
    assert not out.exists()
    written = {path.name: path.stat().st_mtime_ns for path in hidden.rglob("*.png")}
    done = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    assert sum(done["pictures"].values()) == 199
    pictures = {path.name: path.stat().st_mtime_ns for path in out.rglob("*.png")}
    assert len(pictures) == 199
    kept = sum(pictures[name] == time_ns for name, time_ns in written.items())
    assert done["kept_files"] == kept >= 64, "it went on where it was killed"
    anew = tmp_path / "anew"
    subprocess.run([anew if word == str(out) else word for word in command], capture_output=True, check=True)
    assert all(path.read_bytes() == (anew / path.relative_to(out)).read_bytes() for path in out.rglob("*.*"))
    assert not hidden.exists()


@pytest.mark.skipif("FORMATS_WHEELS" not in os.environ, reason="FORMATS_WHEELS names no folder with pycocotools' wheel")
def test_a_perfect_detection_scores_one(data: Path, tmp_path: Path) -> None:
    shutil.rmtree(tmp_path / "coco", ignore_errors=True)
    words = ["dataset", "export", "--format", "coco", "--out", str(tmp_path / "coco"), "--data", str(data)]
    subprocess.run([*STATION, *words, "--shares", "1,0,0"], check=True, capture_output=True)
    venv.create(tmp_path / "venv", with_pip=True)
    python = tmp_path / "venv/bin/python"
    wheels = ["--no-index", "--find-links", os.environ["FORMATS_WHEELS"]]
    subprocess.run([python, "-m", "pip", "install", "-q", *wheels, "pycocotools"], check=True, capture_output=True)
    truth = tmp_path / "coco/annotations/instances_train.json"
    subprocess.run([python, "-c", SCORE, truth], check=True, capture_output=True)
