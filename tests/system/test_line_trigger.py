"""A camera that the line triggers by a wire: each picture is of its own part, whatever the wire does."""

import json
from dataclasses import replace

from rig import Rig, unused_port

from plc.wire import WireSettings
from station.journal.reader import JournalReader
from station.line.inspection import Inspection, VerdictKind

PARTS = 18
TAKT_MS = 450
"""Slow, because the PLC's word may be late on a busy machine."""


def wired(rig: Rig) -> str:
    """Let the line trigger the camera; returns the name of the wire."""
    wire = f"test-{unused_port()}"
    rig.edit('trigger = "software"', 'trigger = "line0"\ntrigger_window_ms = 140')
    rig.edit(f"takt_ms = {rig.plan.takt_ms}", f"takt_ms = {TAKT_MS}")
    rig.plan = replace(rig.plan, takt_ms=TAKT_MS)
    rig.edit("frame_deadline_ms = 3000", "frame_deadline_ms = 600")
    rig.edit("[camera.options]", f'[camera.options]\nwire = "{wire}"')
    return wire


def inspected(rig: Rig) -> dict[int, Inspection]:
    """Every part on record, by its PartSeq."""
    with JournalReader(rig.plan.data) as reader:
        records = [reader.part(summary.uid) for summary in reader.parts(limit=1000).parts]
    return {record.inspection.trigger.part_seq: record.inspection for record in records if record is not None}


def truth(inspection: Inspection) -> int | None:
    """Which part the picture truly shows."""
    (view,) = inspection.views
    return None if view.truth is None else int(json.loads(view.truth)["part"])


def test_each_picture_is_of_its_own_part_and_what_is_in_doubt_is_rejected(rig: Rig) -> None:
    wire = wired(rig)
    rig.edit("[camera.options]", "[camera.options]\ndefect_rate = 0.5")
    words = ("--wire-jitter-ms", "20", "--wire-lost", "0.15", "--wire-doubled", "0.15", "--seed", "3")
    rig.start_engine()
    rig.until_online()
    rig.start_plc(PARTS, "--wire", wire, *words)
    rig.wait_plc()
    account = rig.stop_engine()["frames"]
    assert account["triggered"] == sum(
        account[name] for name in ("delivered", "incomplete", "lost", "overrun", "pending")
    )
    settings = WireSettings(0.02, 0.15, 0.15, seed=3)
    pulses = {part: len(settings.delays_s(part - 1)) for part in range(1, PARTS + 1)}
    parts = inspected(rig)
    assert {0, 1, 2} == {pulses[part] for part in parts}, "a wire that is good shows nothing"
    for part, found in parts.items():
        if pulses[part] != 1:
            assert found.verdict.kind is VerdictKind.NOT_DECIDABLE, part
        else:
            assert truth(found) in {part - 1, None}
    assert any("triggered 2 times" in found.verdict.reason for found in parts.values())
    assert any("no picture came" in found.verdict.reason for found in parts.values())
    clean = [part for part in parts if pulses[part] == 1]
    assert sum(truth(parts[part]) is not None for part in clean) >= 0.6 * len(clean)
    assert not [part for part in rig.gated() if part.passed and pulses[part.part_seq] != 1]


def test_a_worker_killed_on_a_wired_line_moves_nothing_on(rig: Rig) -> None:
    wire = wired(rig)
    rig.start_engine()
    rig.until_online()
    rig.start_plc(100_000, "--wire", wire)
    rig.until(lambda: sum(part.passed for part in rig.gated()) >= 2, "parts pass")
    (worker,) = rig.workers()
    worker.kill()
    rig.until(lambda: "SIGKILL" in rig.log(), "the reason is in the log")
    since = len(rig.gated())
    rig.until(lambda: sum(part.passed for part in rig.gated()[since:]) >= 2, "parts pass again")
    rig.stop_engine()
    for part, found in inspected(rig).items():
        assert truth(found) in {part - 1, None}


def test_without_its_wire_the_camera_says_so(rig: Rig) -> None:
    rig.edit('trigger = "software"', 'trigger = "line3"')
    rig.start_engine()
    rig.until(lambda: "no trigger by Line3" in rig.log(), "the reason is in the log")
    assert not rig.status().get("online")
