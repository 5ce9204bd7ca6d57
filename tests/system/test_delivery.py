"""The sender as a process: no result lost or out of order however often it is killed, and no part later for it."""

import json
import os
import random
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from delivery_parts import correction, open_journal, part, uid, webhook, write_config
from http_peer import HttpPeer
from overruled import overrule
from waiting import wait_until

from station.config import load_station
from station.delivery.courier import AT_ONCE, MAX_REFUSALS
from station.delivery.standing import standing_of
from station.gateway.children import beside_the_engine
from station.journal.reader import JournalReader
from station.journal.result_queries import verdicts_after

pytestmark = pytest.mark.system

KILLS = int(os.environ.get("DELIVERY_KILLS", "20"))
"""More of them for a release."""
POISON = str(uid(40))
HATCH = Path(__file__).parents[1] / "support" / "hatch_senders.py"


class SenderProcess:
    """The process of one station, again and again."""

    def __init__(self, config: Path) -> None:
        self.config = config
        self.pid = 0
        with config.with_suffix(".log").open("ab") as log:
            self._hatch = subprocess.Popen(
                [sys.executable, "-P", str(HATCH), str(config)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
            )

    def start(self) -> None:
        assert self._hatch.stdin is not None
        self._hatch.stdin.write(b"\n")
        self._hatch.stdin.flush()
        self.pid = self._said("pid")

    def end(self, number: int = signal.SIGTERM) -> int:
        """End it and return how it ended."""
        os.kill(self.pid, number)
        self.pid = 0
        return self._said("ended")

    def close(self) -> None:
        if self.pid:
            self.end(signal.SIGKILL)
        self._hatch.communicate(timeout=20)

    def _said(self, key: str) -> int:
        assert self._hatch.stdout is not None
        return int(json.loads(self._hatch.stdout.readline())[key])


@pytest.fixture
def peer() -> Iterator[HttpPeer]:
    with HttpPeer() as peer:
        yield peer


@pytest.fixture
def config(tmp_path: Path, peer: HttpPeer) -> Path:
    return write_config(tmp_path, webhook(peer.port))


@pytest.fixture
def sender(config: Path) -> Iterator[SenderProcess]:
    sender = SenderProcess(config)
    yield sender
    sender.close()


def test_it_is_started_beside_the_engine_where_there_are_destinations(tmp_path: Path, config: Path) -> None:
    assert "delivery" in beside_the_engine(config, load_station(config))
    alone = write_config(tmp_path)
    assert "delivery" not in beside_the_engine(alone, load_station(alone))


def test_nothing_is_lost_however_often_the_sender_is_killed(
    tmp_path: Path, peer: HttpPeer, sender: SenderProcess
) -> None:
    """It is killed while parts and corrections are recorded, the destination comes and goes, and one row is poison."""
    chance = random.Random(11)
    peer.refused[POISON] = 422
    recorded = 0
    with open_journal(tmp_path) as journal:

        def record_some() -> None:
            nonlocal recorded
            for _ in range(chance.randrange(10, 20)):
                recorded += 1
                journal.record(part(recorded))
                if recorded % 6 == 0:
                    overrule(journal, uid(chance.randrange(1, recorded + 1)), correction())

        for _ in range(KILLS):
            record_some()
            peer.status = chance.choice((200, 200, 503))
            before = len(peer.seen)
            sender.start()
            wanted = before + (chance.randrange(1, 10) if peer.status == 200 else 2)
            wait_until(lambda wanted=wanted: len(peer.seen) >= wanted, "something to come", 60)
            record_some()
            threading.Event().wait(chance.uniform(0, 0.02))  # it dies anywhere, not at what a test can see
            assert sender.end(signal.SIGKILL) == -signal.SIGKILL
            peer.status = 200
        sender.start()
        with JournalReader(tmp_path / "data") as reader:
            wanted = [row.result_id for row in verdicts_after(reader, 0, 100_000)]
        kept = [result for result in wanted if result != POISON]
        wait_until(lambda: peer.seen[-1] == kept[-1], "every result", 60)
        (destination,) = load_station(sender.config).delivery
        wait_until(lambda: standing_of(tmp_path / "data", destination).waiting == 0, "the last acknowledgement")
    assert sender.end() == 0
    assert peer.ids == kept  # in order
    assert standing_of(tmp_path / "data", destination).quarantined == 1
    assert peer.seen.count(POISON) >= MAX_REFUSALS
    assert len(peer.received) <= len(kept) + AT_ONCE * KILLS
    assert {json.dumps(result) for result in peer.received if result["result_id"] == kept[0]} == {
        json.dumps(peer.received[0])  # the same whenever it comes
    }
