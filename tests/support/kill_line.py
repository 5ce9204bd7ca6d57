"""Runs a small virtual line and kills its engine and camera workers with -9 at random points; then holds the records together.

As a script: ``python tests/support/kill_line.py --kills 1000 --seed 7``; prints one JSON object, exits 1 when a law
was broken.
"""

import argparse
import json
import logging
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import psutil
from rig import learn_small_line, small_plan, unused_port

from station.demo.layout import write_files
from station.demo.line import plc_command
from station.demo.summary import JudgedPart, mismatches, read_plc_log
from station.journal.reader import JournalReader
from station.journal.verify import verify
from station.line.status import read_status
from station.line.supervisor import Supervisor, engine_command

ONLINE_S = 60.0


@dataclass(frozen=True)
class Outcome:
    """What the kills did."""

    kills: int
    engine_kills: int
    worker_kills: int
    gated: int
    passed: int
    read_verdicts: int
    recorded: int
    lost: list[str]
    rows_without_image: int
    verify_ok: bool
    passed_after_the_last_kill: int

    @property
    def sound(self) -> bool:
        """Whether every law held, and the line was really running."""
        return not self.lost and not self.rows_without_image and self.verify_ok and self.passed_after_the_last_kill > 0


class KilledLine:
    """One virtual line, its supervisor and its PLC."""

    def __init__(self, data: Path, port: int, learned: Path) -> None:
        shutil.copytree(learned, data)
        self.plan = replace(small_plan(data), parts=1_000_000, takt_ms=150)
        write_files(self.plan, port)
        self.supervisor = Supervisor(engine_command(self.plan.config, None))
        self._thread = threading.Thread(target=self.supervisor.run, name="supervised")
        self._thread.start()
        self._plc = subprocess.Popen(plc_command(self.plan, port), stdout=subprocess.DEVNULL)

    def stop(self) -> None:
        """End everything in order."""
        self._plc.terminate()
        self._plc.wait(10)
        self.supervisor.stop()
        self._thread.join(30)

    def gated(self) -> int:
        """Parts that left the gate so far."""
        log = self.plan.plc_log
        return log.read_bytes().count(b"\n") if log.exists() else 0

    def wait_passed(self, more: int) -> None:
        """Wait until `more` further parts passed, so that the line is known to work."""
        start = self.gated()
        deadline = time.monotonic() + ONLINE_S
        while True:
            lines = self.plan.plc_log.read_text().splitlines()[start:] if self.plan.plc_log.exists() else []
            if sum(part.passed for part in read_plc_log(lines)) >= more:
                return
            if time.monotonic() > deadline:
                raise TimeoutError(f"the line did not come back within {ONLINE_S} s: {read_status(self.plan.data)}")
            time.sleep(0.05)

    def kill(self, *, engine: bool) -> bool:
        """Kill the engine or one of its camera workers; False when there is none right now."""
        pid = self.supervisor.pid
        if pid is None:
            return False
        try:
            process = psutil.Process(pid)
            victims = [process] if engine else process.children()
            if not victims:
                return False
            victims[0].kill()
        except psutil.NoSuchProcess:
            return False
        return True


def kill_line(data: Path, kills: int, seed: int, port: int, learned: Path) -> Outcome:
    """Kill `kills` times on a copy of a learned line and say what came of it."""
    chance = random.Random(seed)
    line = KilledLine(data, port, learned)
    counts = {True: 0, False: 0}
    try:
        line.wait_passed(3)
        while sum(counts.values()) < kills:
            # Mostly at work, sometimes before the station is up again.
            if chance.random() < 0.8:
                line.wait_passed(1)
            time.sleep(chance.uniform(0, 0.4))
            engine = chance.random() < 0.6
            counts[engine] += line.kill(engine=engine)
        before = line.gated()
        line.wait_passed(5)
    finally:
        line.stop()
    return _outcome(line, counts, before)


def _outcome(line: KilledLine, counts: dict[bool, int], before: int) -> Outcome:
    gated = read_plc_log(line.plan.plc_log.read_text().splitlines())
    judged, without_image = [], 0
    with JournalReader(line.plan.data) as reader:
        after = None
        while True:
            page = reader.parts(limit=1000, after=after)
            for summary in page.parts:
                record = reader.part(summary.uid)
                assert record is not None
                trigger = record.inspection.trigger
                judged.append(JudgedPart(trigger.inspection_id, trigger.part_seq, (summary.verdict,), None))
                without_image += any(view.image is None and view.fault is None for view in record.inspection.views)
            if (after := page.next_uid) is None:
                break
    return Outcome(
        kills=sum(counts.values()),
        engine_kills=counts[True],
        worker_kills=counts[False],
        gated=len(gated),
        passed=sum(part.passed for part in gated),
        read_verdicts=sum(part.verdict is not None for part in gated),
        recorded=len(judged),
        lost=mismatches(judged, gated),
        rows_without_image=without_image,
        verify_ok=bool(verify(line.plan.data).ok),
        passed_after_the_last_kill=sum(part.passed for part in gated[before:]),
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=7)
    args = parser.parse_args()
    logging.basicConfig(level=logging.CRITICAL, stream=sys.stderr)
    with tempfile.TemporaryDirectory() as folder:
        learned = Path(folder) / "learned"
        learn_small_line(learned)
        outcome = kill_line(Path(folder) / "line", args.kills, args.seed, unused_port(), learned)
    sys.stdout.write(json.dumps({**asdict(outcome), "sound": outcome.sound}, indent=1) + "\n")
    return 0 if outcome.sound else 1


if __name__ == "__main__":
    sys.exit(main())
