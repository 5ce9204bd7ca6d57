"""The engine and the people at it: parts that wait, parts triggered here, pauses and wishes to the journal."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

import pytest
from played_line import BAD, GOOD, UNSURE, Bench, bench, run

from plc.link import OfflineReason, VerdictCode
from station.desk.messages import Refusal
from station.journal.errors import RefusedError, StorageError
from station.journal.store import Journal
from station.line.engine import OWN_PART_SEQ
from station.line.inspection import Inspection, VerdictKind
from station.line.recipe import OperatorTable, Recipe


@dataclass
class PlayedAudience:
    attended: bool = True
    parts: list[tuple[Inspection, bool, int]] = field(default_factory=list)
    ended: list[tuple[UUID, int]] = field(default_factory=list)

    captured: list[UUID] = field(default_factory=list)

    def part_captured(self, uid: UUID) -> None:
        assert uid not in [inspection.trigger.uid for inspection, _, _ in self.parts], "before it is judged"
        self.captured.append(uid)

    def part_finished(self, inspection: Inspection, *, faulty: bool, hold_ms: int) -> None:
        self.parts.append((inspection, faulty, hold_ms))

    def hold_ended(self, uid: UUID, part_seq: int) -> None:
        self.ended.append((uid, part_seq))


def asks(recipe: Recipe, wait_ms: int) -> Recipe:
    return recipe.model_copy(update={"operator": OperatorTable(wait_ms=wait_ms)})


def test_a_part_waits_for_a_person_and_holds_nobody_up(recipe: Recipe) -> None:
    async def test() -> None:
        async with bench(asks(recipe, 60_000), capacity=2) as b:
            audience = PlayedAudience()
            b.engine.face(audience)
            await b.online()
            b.model.answer = UNSURE
            for part_seq in (1, 2):
                assert b.trigger(part_seq)
                await b.until(lambda n=part_seq: len(audience.parts) == n, "durable")  # type: ignore[misc]
            assert b.link.results == []
            assert b.engine.idle
            assert b.trigger(3), "what waits is not open"
            assert (await b.result(1)).part_seq == 3, "a third has no room to wait and is told at once"
            first, second, third = (inspection.trigger.uid for inspection, _, _ in audience.parts)
            assert [hold_ms for _, _, hold_ms in audience.parts] == [60_000, 60_000, 0]
            assert b.engine.told(first) is None
            assert b.engine.decide(first, VerdictKind.OK)
            assert not b.engine.decide(first, VerdictKind.NG)
            assert not b.engine.decide(third, VerdictKind.OK)
            result = await b.result(2)
            assert (result.part_seq, result.verdict) == (1, VerdictCode.OK)
            assert b.engine.told(first) is VerdictCode.OK
            b.engine.stop()
            assert (b.link.results[2].part_seq, b.link.results[2].verdict) == (2, VerdictCode.NOT_DECIDABLE)
            assert audience.ended == [(second, 2)]

    run(test)


def test_nobody_decides_in_time(recipe: Recipe) -> None:
    async def test() -> None:
        async with bench(asks(recipe, 30)) as b:
            audience = PlayedAudience()
            b.engine.face(audience)
            await b.online()
            b.model.answer = UNSURE
            assert b.trigger(1)
            assert (await b.result(1)).verdict is VerdictCode.NOT_DECIDABLE
            ((inspection, faulty, hold_ms),) = audience.parts
            assert (faulty, hold_ms) == (False, 30)
            assert audience.captured == [inspection.trigger.uid]
            assert audience.ended == [(inspection.trigger.uid, 1)]
            assert not b.engine.decide(inspection.trigger.uid, VerdictKind.OK)
            assert len(b.link.results) == 1

    run(test)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda b, _audience: setattr(b.camera, "answer", "lost"),
        lambda _b, audience: setattr(audience, "attended", False),
        lambda b, _audience: setattr(b.model, "answer", BAD),
        lambda b, _audience: setattr(b.model, "answer", GOOD),
    ],
    ids=["a fault", "nobody there", "NG", "OK"],
)
def test_only_what_a_person_could_decide_waits(recipe: Recipe, spoil: Callable[[Bench, PlayedAudience], None]) -> None:
    async def test() -> None:
        async with bench(asks(recipe, 60_000)) as b:
            audience = PlayedAudience()
            b.engine.face(audience)
            await b.online()
            b.model.answer = UNSURE
            spoil(b, audience)
            assert b.trigger(1)
            await b.result(1)
            assert [hold_ms for _, _, hold_ms in audience.parts] == [0]
            assert audience.ended == []

    run(test)


def test_a_part_triggered_from_here_is_told_to_everybody_but_the_plc(recipe: Recipe) -> None:
    async def test() -> None:
        async with bench(asks(recipe, 60_000), capacity=1) as b:
            audience = PlayedAudience()
            b.engine.face(audience)
            assert b.engine.trigger_here("early") is None, "not online yet"
            await b.online()
            b.model.answer = UNSURE
            trigger = b.engine.trigger_here("job 7")
            assert trigger is not None
            assert (trigger.part_id, trigger.part_seq) == ("job 7", OWN_PART_SEQ + trigger.inspection_id)
            assert b.engine.trigger_here("too many") is None
            await b.until(lambda: len(audience.parts) == 1, "durable")
            assert audience.parts[0][2] == 0, "no PLC waits for it, so it waits for nobody"
            assert b.link.results == []
            assert b.engine.told(trigger.uid) is None
            assert b.engine.tally.refused == 0

    run(test)


def test_a_paused_station_finishes_what_it_has_and_takes_no_more(recipe: Recipe) -> None:
    async def test() -> None:
        async with bench(recipe) as b:
            await b.online()
            b.camera.answer = "nothing"
            assert b.trigger(1)
            b.engine.pause("lunch")
            assert b.link.reason is OfflineReason.STOPPING
            assert not b.trigger(2)
            assert b.engine.trigger_here("job 7", job=True) is None
            b.camera.deliver(b.camera.triggers[0])
            assert (await b.result(1)).verdict is VerdictCode.OK
            b.engine.pause("by gateway", job_by_job=True)
            assert not b.trigger(2)
            assert b.engine.trigger_here("of a person") is None
            assert b.engine.trigger_here("job 7", job=True) is not None
            b.engine.pause(None)
            b.camera.answer = "frame"
            assert b.trigger(3)
            await b.result(2)

    run(test)


def test_a_wish_is_done_between_parts_and_only_a_broken_disk_stops_the_station(recipe: Recipe) -> None:
    async def test() -> None:
        async with bench(recipe) as b:
            await b.online()
            assert await asyncio.wrap_future(b.recorder.ask(lambda _journal: 7)) == 7

            def refuse(_journal: Journal) -> None:
                raise RefusedError(Refusal.NO_SUCH_PART, "there is none")

            with pytest.raises(RefusedError):
                await asyncio.wrap_future(b.recorder.ask(refuse))
            with pytest.raises(ZeroDivisionError):
                await asyncio.wrap_future(b.recorder.ask(lambda _journal: 1 // 0))
            assert b.link.reason is OfflineReason.NONE
            b.archive.broken = {"ask", "prove"}
            with pytest.raises(StorageError):
                await asyncio.wrap_future(b.recorder.ask(lambda _journal: 7))
            await b.until(lambda: b.link.reason is OfflineReason.NO_STORAGE, "offline")
            waits, dropped = b.recorder.ask(lambda _journal: 8), b.recorder.ask(lambda _journal: 9)
            assert dropped.cancel()
            b.archive.broken = set()
            assert await asyncio.wrap_future(waits) == 8
            await b.online()
        assert b.recorder.ask(lambda _journal: 10).cancelled(), "the recorder has ended"

    run(test)
