"""Retention, holds, requests, signatures and masks at a real line: parts go on, and what must go goes."""

import subprocess
import sys
from collections.abc import Callable

import numpy as np
import pytest
from rig import Rig
from screen import add_people

from camera.burner import grey
from camera.frame import PixelFormat
from station.journal.images import decode
from station.journal.reader import JournalReader
from station.line.inspection import VerdictKind

pytestmark = pytest.mark.system

MASK = '[[camera.mask]]\nname = "door"\npolygon = [[2, 2], [40, 2], [40, 30], [2, 30]]\n'
RETENTION = "[retention]\nok_days = 0.00003\n"
"""Some two and a half seconds."""
PASSWORD = "correct horse battery"


def looked_at(rig: Rig, ask: Callable[[JournalReader], int]) -> int:
    with JournalReader(rig.plan.data) as reader:
        return ask(reader)


def gone(reader: JournalReader) -> int:
    records = [reader.part(part.uid) for part in reader.parts(limit=200).parts]
    return sum(
        record is not None
        and record.removed is not None
        and not any(view.image and reader.blobs.has(view.image) for view in record.inspection.views)
        for record in records
    )


def not_good(reader: JournalReader) -> list[str]:
    return [str(part.uid) for part in reader.parts(verdict=VerdictKind.NG, limit=50).parts]


def sign(rig: Rig, *words: str, name: str, password: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "station", "sign", *words, "--meaning", "released", "--data", str(rig.plan.data)]
    given = f"{name}\n{password}\n"
    return subprocess.run(command, input=given, capture_output=True, text=True, check=False, timeout=120)


def test_the_line_runs_while_pictures_go_and_people_hold_delete_and_sign(rig: Rig) -> None:
    rig.edit("[camera.options]", f"{MASK}[camera.options]")
    rig.edit("[plc]", f"{RETENTION}[plc]")
    rig.station("learn", "--config", str(rig.plan.config))  # what is good looks otherwise behind a mask
    rig.start_engine()
    rig.until_online()
    rig.start_plc(20)
    rig.until(lambda: looked_at(rig, gone) >= 5, "old good parts lose their pictures while others are inspected")
    summary = rig.wait_plc()
    assert summary.get("mismatched", 0) == 0, summary
    assert len(rig.gated()) == 20
    good = {part.part_seq for part in rig.gated() if part.passed}
    assert len(good) > 5, "the mask's grey is no defect"
    rig.until(lambda: looked_at(rig, gone) == len(good), "all good parts lose theirs in the end")
    assert rig.json("verify")["ok"]
    _masked(rig)

    with JournalReader(rig.plan.data) as reader:
        held, asked, later, *_ = not_good(reader)
    held_by = ["hold", "add", "--part", held, "--reason", "court case 12", "--by", "Quinn"]
    assert rig.json(*held_by) == {"hold": 1}
    request = ["--reason", "customer Acme asked", "--by", "Quinn", "--yes"]
    refused = rig.station("delete", held, asked, *request, "--data", str(rig.plan.data), check=False)
    assert refused.returncode == 1
    assert "under hold 1 of Quinn (court case 12): nothing was removed" in refused.stderr
    done = rig.json("delete", asked, *request)
    assert (done["parts"], done["files"], done["files_gone"]) == (1, 2, True)
    shown = rig.station("show", asked, "--image", "x.png", "--data", str(rig.plan.data), check=False)
    assert shown.returncode == 1
    assert "were removed on request by Quinn on" in shown.stderr
    assert "Traceback" not in shown.stderr

    add_people(rig.plan.data, Quinn="qa")
    _give_password(rig, "Quinn", PASSWORD)
    version = rig.json("dataset", "freeze", "--name", "bad", "--verdict", "NG")["version"]
    signed = sign(rig, "dataset", f"bad@{version}", name="Quinn", password=PASSWORD)
    assert signed.returncode == 0, signed.stderr
    rig.stop_engine()

    assert rig.json("delete", later, *request)["files_gone"], "without an engine the command does it itself"
    report = rig.json("verify")
    assert report["ok"], report
    assert {(each["why"], each["parts"]) for each in report["removals"]} == {("request", 1), ("retention", len(good))}
    assert [(each["state"], each["name"], each["meaning"]) for each in report["signatures"]] == [
        ("valid", "Quinn", "released")
    ]
    out = rig.plan.data.parent / "export"
    exported = rig.json("dataset", "export", "--format", "jsonl", "--dataset", "bad", "--out", str(out))
    assert any("removed on request by Quinn" in note for note in exported["notes"]), exported


def _give_password(rig: Rig, name: str, password: str) -> None:
    command = [sys.executable, "-m", "station", "users", "set-password", name, "--data", str(rig.plan.data)]
    run = subprocess.run(command, input=f"{password}\n", capture_output=True, text=True, check=False, timeout=120)
    assert run.returncode == 0, run.stderr


def _masked(rig: Rig) -> None:
    """Every stored picture is one grey under the mask, taught ones too, and the verdict says that nobody looked there."""
    with JournalReader(rig.plan.data) as reader:
        taught = reader.samples("plate-A")
        assert len(taught) >= 10
        for sample in taught:
            pixels = decode(reader.blobs.get(sample.image.sha256), sample.image.media_type)
            assert np.unique(pixels[2:31, 2:41]).tolist() == grey(PixelFormat(sample.pixel_format)).tolist()
        for uid in not_good(reader):
            record = next(reader.part(part.uid) for part in reader.parts(limit=200).parts if str(part.uid) == uid)
            assert record is not None
            view = record.inspection.views[0]
            assert view.image is not None
            pixels = decode(reader.blobs.get(view.image.sha256), view.image.media_type)
            assert np.unique(pixels[2:31, 2:41]).tolist() == grey(PixelFormat(view.pixel_format)).tolist()
            assert "nothing under privacy mask door was inspected" in record.inspection.verdict.reason
