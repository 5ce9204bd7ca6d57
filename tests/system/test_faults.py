"""What goes wrong on a line, one thing at a time: nothing passes meanwhile, the reason is told, and it comes back unaided."""

import contextlib
import os
import signal
import subprocess
from pathlib import Path

import apsw
import cv2
import numpy as np
import pytest
from rig import Rig

from station.demo.summary import GatedPart


def passed(parts: list[GatedPart]) -> int:
    return sum(part.passed for part in parts)


def running(rig: Rig, *plc_words: str) -> None:
    """Start the line and wait until it passes parts."""
    rig.start_engine()
    rig.start_plc(100_000, *plc_words)
    rig.until(lambda: passed(rig.gated()) >= 2, "parts pass")


def passes_again(rig: Rig, since: int) -> None:
    rig.until(lambda: passed(rig.gated()[since:]) >= 2, "parts pass again")


def at_odds(rig: Rig) -> list[str]:
    """Return what passed without an OK on record."""
    rows = {(row["part_seq"], row["inspection_id"]): row["verdict"] for row in all_parts(rig)}
    return [
        f"{part}" for part in rig.gated() if part.passed and rows.get((part.part_seq, part.inspection_id or 0)) != "OK"
    ]


def all_parts(rig: Rig) -> list[dict[str, str]]:
    rows = rig.json("parts", "--limit", "10000")["parts"]
    assert isinstance(rows, list)
    return rows


def test_a_killed_camera_worker(rig: Rig) -> None:
    running(rig)
    (worker,) = rig.workers()
    worker.kill()
    rig.until(lambda: "SIGKILL" in rig.log(), "the reason is in the log")
    passes_again(rig, len(rig.gated()))
    assert at_odds(rig) == []
    frames = rig.stop_engine()["frames"]
    assert frames["triggered"] == frames["delivered"] + frames["incomplete"] + frames["lost"] + frames["pending"]


def test_a_hanging_camera_worker(rig: Rig) -> None:
    rig.edit("frame_deadline_ms = 3000", "frame_deadline_ms = 300\nsilence_ms = 600")
    running(rig)
    (worker,) = rig.workers()
    worker.suspend()
    rig.until(lambda: any(fault["code"] == "camera" for fault in rig.status()["faults"]), "the fault stands")
    assert rig.status()["reason"] == "NO_CAMERA"
    assert "camera" in rig.station("doctor", "--config", str(rig.plan.config), check=False).stdout.lower()
    passes_again(rig, len(rig.gated()))
    assert at_odds(rig) == []


def test_a_device_lost_and_found(rig: Rig) -> None:
    rig.edit("[camera.options]", '[camera.options]\nfaults = "dead@6, incomplete@9, lost@12"')
    running(rig)
    rig.until(lambda: len(rig.gated()) >= 30, "the script is over")
    passes_again(rig, len(rig.gated()))
    assert at_odds(rig) == []
    reasons = " ".join(row["reason"] for row in all_parts(rig))
    assert "rejected" in reasons
    frames = rig.stop_engine()["frames"]
    assert frames["incomplete"] >= 1
    assert frames["lost"] >= 1
    assert frames["triggered"] == frames["delivered"] + frames["incomplete"] + frames["lost"] + frames["pending"]


@pytest.mark.parametrize("spoil", ["corrupt", "no onnx", "missing"])
def test_a_model_that_cannot_be_used(rig: Rig, spoil: str) -> None:
    (model,) = rig.plan.data.glob("models/plate-A/*/model.onnx")
    good = model.read_bytes()
    model.chmod(0o644)
    if spoil == "missing":
        model.unlink()
    else:
        model.write_bytes(good[: len(good) // 2] if spoil == "corrupt" else b"not a model")
    rig.start_engine()
    rig.start_plc(100_000)
    rig.until(lambda: rig.status().get("reason") == "NO_MODEL", "offline for want of a model")
    assert "model.onnx" in rig.status()["faults"][0]["text"]
    rig.until(lambda: "model.onnx" in rig.log(), "the reason is in the log")
    assert "model" in rig.station("doctor", "--config", str(rig.plan.config), check=False).stdout
    assert passed(rig.gated()) == 0
    model.write_bytes(good)
    passes_again(rig, 0)


def test_a_full_disk(rig: Rig) -> None:
    """A file system of our own that really fills up; the watermark is set so low that the disk is quite full first."""
    disk = rig.plan.data.parent / "disk"
    disk.mkdir()
    if os.geteuid() != 0:
        pytest.fail("mounting a small file system needs root; run the suite as root or in a container")
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(disk)], check=True)
    try:
        rig.move(disk / "data")
        rig.edit("min_free_mb = 200", "min_free_mb = 1")
        running(rig)
        stuffing = disk / "stuffing"
        fill(stuffing)
        rig.until(lambda: rig.status().get("reason") == "NO_STORAGE", "offline for want of room")
        rig.until(lambda: "full" in rig.log() or "MB free" in rig.log(), "the reason is in the log")
        seen = len(rig.gated())
        stuffing.unlink()
        passes_again(rig, seen)
        assert at_odds(rig) == []
        rig.stop_engine()
        assert rig.json("verify")["ok"]
    finally:
        rig.end()
        subprocess.run(["umount", "-l", str(disk)], check=True)


def fill(path: Path) -> None:
    """Write until nothing more fits."""
    with path.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(bytes(65536))


def test_a_locked_journal(rig: Rig) -> None:
    running(rig)
    other = apsw.Connection(str(rig.plan.data / "journal.db"))
    other.execute("BEGIN IMMEDIATE")
    rig.until(lambda: rig.status().get("reason") == "NO_STORAGE", "offline while another holds the journal")
    held = len(rig.gated())
    rig.until(lambda: len(rig.gated()) >= held + 3, "the line goes on")
    assert passed(rig.gated()[held + 1 :]) == 0
    other.execute("ROLLBACK")
    other.close()
    passes_again(rig, len(rig.gated()))
    assert at_odds(rig) == []


@pytest.mark.parametrize("fault", ["vanish@8:1.5", "silent@8:3.0", "stuck-ack@8:1.0", "double-trigger@8"])
def test_a_plc_that_misbehaves(rig: Rig, fault: str) -> None:
    rig.start_engine()
    rig.start_plc(30, "--faults", fault)
    summary = rig.wait_plc()
    assert summary["passed"] + summary["rejected"] == 30
    assert passed(rig.gated()[-8:]) >= 1, "it came back"
    assert at_odds(rig) == []
    rig.stop_engine()
    assert rig.json("verify")["ok"]


def test_a_stopped_engine_leaves_nothing_behind(rig: Rig) -> None:
    before = set(Path("/dev/shm").iterdir())
    running(rig)
    (worker,) = rig.workers()
    assert rig.engine is not None
    rig.engine.send_signal(signal.SIGINT)
    out, _ = rig.engine.communicate(timeout=10)
    assert rig.engine.returncode == 0
    assert out
    assert not worker.is_running()
    assert set(Path("/dev/shm").iterdir()) == before


def test_replay_rejects_what_it_cannot_read_and_skips_nothing(rig: Rig, tmp_path: Path) -> None:
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    whole = np.full((256, 306), 90, np.uint8)
    for number in range(4):
        assert cv2.imwrite(str(pictures / f"{number}.png"), whole)
    (pictures / "1.png").write_bytes((pictures / "0.png").read_bytes()[:200])
    (pictures / "2.png").write_bytes(b"no picture at all")
    text = rig.plan.config.read_text()
    start, end = text.index("[camera.options]"), text.index("[plc]")
    replay = f'[camera.options]\nfolder = "{pictures}"\n\n'
    rig.plan.config.write_text(text[:start].replace('"simulated"', '"replay"') + replay + text[end:])
    rig.start_engine()
    rig.start_plc(4)
    rig.wait_plc()
    frames = rig.stop_engine()["frames"]
    assert (frames["triggered"], frames["delivered"], frames["incomplete"]) == (4, 2, 2)
    rows = sorted(all_parts(rig), key=lambda row: row["part_seq"])
    assert len(rows) == 4
    assert all(row["verdict"] != "OK" for row in rows[1:3])
    assert "1.png" in rows[1]["reason"]
    assert "2.png" in rows[2]["reason"]
    assert passed(rig.gated()[1:3]) == 0
