"""Every result to its destination: in order, at least once, whatever the destination says and whenever the sender dies."""

import asyncio
import contextlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from delivery_parts import START, correction, open_journal, part, record_parts, uid
from overruled import overrule

from station.delivery.courier import AT_ONCE, MAX_REFUSALS, Courier, Pace
from station.delivery.message import Message
from station.delivery.queues import Queues
from station.delivery.sink import RefusedError, Sink, UnreachableError
from station.journal.deliveries import Deliveries

QUICK = Pace(look_s=0.01, first_retry_s=0.01, longest_retry_s=0.02)
NOW = datetime(2026, 5, 2, tzinfo=UTC)


class FakeSink(Sink):
    """A destination that a test commands."""

    def __init__(self) -> None:
        self.taken: list[int] = []
        self.tried: list[int] = []
        self.away = False
        self.poison: set[int] = set()
        self.broken: set[int] = set()

    async def send(self, message: Message) -> None:
        self.tried.append(message.number)
        await asyncio.sleep(0)
        if self.away:
            raise UnreachableError("nobody answers")
        if message.number in self.poison:
            raise RefusedError("no such order")
        if message.number in self.broken:
            raise ValueError("cannot be written down")
        self.taken.append(message.number)

    async def close(self) -> None:
        return


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    record_parts(tmp_path, 1, 30)
    return tmp_path


@pytest.fixture
def sink() -> FakeSink:
    return FakeSink()


Run = Callable[..., None]


@pytest.fixture
def run(folder: Path, sink: FakeSink) -> Run:
    """Run a courier until a condition holds; the process may then die as by a kill, with nothing written down any more."""

    def run(until: Callable[[], bool], since: datetime | None = None, pace: Pace = QUICK, killed: bool = False) -> None:
        async def go() -> None:
            queues = Queues(folder / "data", "line-7", lambda _name, _sha: None)
            assert await queues.open()
            courier = Courier("mes", since, queues, sink, lambda: NOW, asyncio.Event(), pace)
            task = asyncio.create_task(courier.run())
            async with asyncio.timeout(20):
                while not until():  # noqa: ASYNC110  # what the courier brings about
                    await asyncio.sleep(0.001)
            if killed:
                courier._done = courier._noted
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
            await queues.close()

        asyncio.run(go())

    return run


def state(folder: Path) -> tuple[int, int]:
    """Return up to where the destination has the results, and how many are in quarantine."""
    deliveries = Deliveries.read(folder / "data")
    if deliveries is None:
        return 0, 0
    with deliveries:
        found = deliveries.state("mes")
        return found.done if found is not None else 0, deliveries.quarantine_size("mes")


def test_every_result_once_in_order_and_corrections_as_results_of_their_own(
    run: Run, sink: FakeSink, folder: Path
) -> None:
    with open_journal(folder) as journal:
        overrule(journal, uid(5), correction())
    run(lambda: len(sink.taken) == 31)
    assert sink.taken == list(range(1, 32))
    assert state(folder) == (31, 0)


def test_a_courier_that_begins_again_goes_on(run: Run, sink: FakeSink, folder: Path) -> None:
    run(lambda: len(sink.taken) == 30)
    with open_journal(folder) as journal:
        journal.record(part(31))
    run(lambda: len(sink.taken) == 31)
    assert sink.taken == list(range(1, 32))


def test_a_killed_courier_repeats_few_and_loses_none(run: Run, sink: FakeSink) -> None:
    for stop in (5, 27, 40, 55):
        run(lambda stop=stop: len(sink.taken) >= min(stop, 30), killed=True)
    run(lambda: 30 in sink.taken)
    assert list(dict.fromkeys(sink.taken)) == list(range(1, 31))
    assert all(later - earlier <= 1 for earlier, later in zip(sink.taken, sink.taken[1:], strict=False))
    assert all(sink.taken.count(number) <= 1 + 4 for number in sink.taken)
    assert AT_ONCE < 30  # the kills met more than one batch


def test_a_destination_that_is_away_gets_all_when_it_is_back(run: Run, sink: FakeSink, folder: Path) -> None:
    sink.away = True
    run(lambda: len(sink.tried) >= 3)
    assert sink.tried[:3] == [1, 1, 1]
    with Deliveries.open(folder / "data") as deliveries:
        found = deliveries.state("mes")
    assert found is not None
    assert (found.done, found.error) == (0, "nobody answers")
    assert found.next_try is not None
    sink.away = False
    run(lambda: len(sink.taken) == 30)
    assert sink.taken == list(range(1, 31))
    assert state(folder) == (30, 0)


def test_pauses_double_up_to_the_longest() -> None:
    pace = Pace()
    assert [pace.retry_s(attempts) for attempts in (1, 2, 3, 7, 1000)] == [1, 2, 4, 60, 60]


def test_a_poison_row_goes_into_quarantine_and_holds_nothing_up(run: Run, sink: FakeSink, folder: Path) -> None:
    sink.poison, sink.broken = {3, 30}, {7}
    run(lambda: len(sink.taken) == 27 and sink.tried.count(30) == MAX_REFUSALS and state(folder)[0] == 30)
    assert sink.taken == [number for number in range(1, 31) if number not in {3, 7, 30}]
    assert sink.tried.count(3) == MAX_REFUSALS
    with Deliveries.open(folder / "data") as deliveries:
        kept = deliveries.quarantined("mes")
        assert [(each.number, each.result_id) for each in kept] == [(n, str(uid(n))) for n in (3, 7, 30)]
        assert [each.reason for each in kept] == [
            "no such order",
            "it cannot be sent: ValueError: cannot be written down",
            "no such order",
        ]
        assert deliveries.fate("mes", 3) == ("quarantined", "no such order")
        assert deliveries.fate("mes", 4) == ("delivered", "")


def test_the_quarantine_is_tried_again_when_a_person_asks(run: Run, sink: FakeSink, folder: Path) -> None:
    sink.poison = {3, 4}
    run(lambda: state(folder) == (30, 2))
    sink.poison = {4}
    with Deliveries.open(folder / "data") as deliveries:
        assert deliveries.retry("mes", (str(uid(3)), "nobody")) == (str(uid(3)),)
        assert deliveries.retry("mes") == (str(uid(3)), str(uid(4)))
    run(lambda: state(folder) == (30, 1) and sink.tried.count(4) == MAX_REFUSALS + 1)
    assert sink.taken[-1] == 3
    run(lambda: len(sink.tried) > 0)
    assert sink.tried.count(4) == MAX_REFUSALS + 1  # once for each time it is asked


def test_who_is_asked_to_try_at_once_does_not_wait_out_the_pause(run: Run, sink: FakeSink, folder: Path) -> None:
    slow = Pace(look_s=0.01, first_retry_s=3600, longest_retry_s=3600)
    asked = False

    def ask_after_the_first_try() -> bool:
        nonlocal asked
        if sink.tried == [1] and not asked:
            sink.away, asked = False, True
            with Deliveries.open(folder / "data") as deliveries:
                deliveries.retry("mes")
        return len(sink.taken) == 30

    sink.away = True
    run(ask_after_the_first_try, pace=slow)
    assert sink.taken == list(range(1, 31))


def test_a_new_destination_begins_where_it_is_told(run: Run, sink: FakeSink) -> None:
    run(lambda: 30 in sink.taken, since=START + timedelta(seconds=21))
    assert sink.taken == list(range(21, 31))


def test_results_of_another_journal_are_counted_anew(run: Run, sink: FakeSink, folder: Path) -> None:
    run(lambda: 30 in sink.taken)
    for path in (folder / "data").glob("journal.*"):
        path.unlink()
    (folder / "audit.key").unlink()
    record_parts(folder, 1, 2)
    sink.taken.clear()
    run(lambda: len(sink.taken) == 2)
    assert state(folder) == (2, 0)
