"""The engine's word about itself: `status.json` in the data folder, for the doctor, the supervisor and scripts."""

import contextlib
import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import Any

from camera.events import FrameAccount
from plc.link import OfflineReason
from station.line.clock import Clock
from station.line.engine import Engine

STATUS_FILE = "status.json"
SIZE_BYTES = 16 * 1024
"""Padded with blanks to this size, which JSON allows, so that a shorter text leaves nothing of a longer one."""
READ_TRIES = 5
"""A reader may meet the writer half-way."""


def total(accounts: dict[str, FrameAccount]) -> FrameAccount:
    """Return the sum of several cameras' counts."""
    sums = {name: sum(asdict(account)[name] for account in accounts.values()) for name in asdict(FrameAccount())}
    return FrameAccount(**sums)


def describe(engine: Engine, clock: Clock) -> dict[str, Any]:
    """Return the engine's state as one JSON object."""
    reason = engine.readiness.offline_reason
    accounts = dict(engine.frame_account())
    return {
        "time": clock.now().isoformat(),
        "online": reason is OfflineReason.NONE,
        "reason": reason.name,
        "stopping": engine.readiness.stopping,
        "paused": engine.readiness.paused,
        "awaited": sorted(engine.readiness.awaited),
        "faults": [
            {"code": fault.code.value, "source": fault.source, "text": fault.text}
            for fault in engine.readiness.faults.values()
        ],
        "plc_up": engine.tally.plc_up,
        "parts": {
            "started": engine.tally.started,
            "finished": engine.tally.finished,
            "refused": engine.tally.refused,
            "acknowledged": engine.tally.acknowledged,
            **{kind.value: count for kind, count in sorted(engine.tally.verdicts.items())},
        },
        "frames": asdict(total(accounts)),
        "cameras": {name: asdict(account) for name, account in accounts.items()},
        "devices": {
            name: {"vendor": device.vendor, "model": device.model, "serial": device.serial}
            for name, device in engine.devices.items()
        },
        "figures": engine.camera_figures(),
        "latency_ms": engine.tally.latency_ms(),
    }


def write_status(data: Path, status: dict[str, Any]) -> None:
    """Overwrite the status file in place, at a fixed size.

    In place, because it must still be written when the disk is full: that is when it is needed most. Raises OSError.
    """
    text = json.dumps(status)
    descriptor = os.open(data / STATUS_FILE, os.O_WRONLY | os.O_CREAT, 0o644)
    try:
        os.pwrite(descriptor, text.ljust(SIZE_BYTES).encode(), 0)
    finally:
        os.close(descriptor)


def read_status(data: Path) -> dict[str, Any] | None:
    """Return the latest status, or None where no engine ever wrote one."""
    for _ in range(READ_TRIES):
        with contextlib.suppress(FileNotFoundError, json.JSONDecodeError):
            status: dict[str, Any] = json.loads((data / STATUS_FILE).read_text())
            return status
    return None
