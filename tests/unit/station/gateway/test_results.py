"""The journal's verdicts as results: ids, states and filters of the standards, out of a real journal."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from overruled import overrule

from labeling.shapes import Polygon, frozen_points
from models.prediction import Defect
from plc.opcua.ports import Evaluation, Identity, ResultFilter, ResultState, UsedModel
from station.gateway.jobs import Jobs
from station.gateway.results import JournalResults
from station.journal.store import Journal
from station.line.inspection import (
    Author,
    Fault,
    FaultCode,
    Inspection,
    RecipeRef,
    Trigger,
    Verdict,
    VerdictKind,
    View,
)

START = datetime(2026, 5, 1, 6, tzinfo=UTC)
SHA, MODEL = "ab" * 32, "cd" * 32
CONFIGURATION = Identity("station-1")


def uid(number: int) -> UUID:
    return UUID(int=(1 << 100) + number)


def part(number: int, kind: VerdictKind, **view: object) -> Inspection:
    time = START + timedelta(seconds=number)
    trigger = Trigger(uid(number), number, 1, number, f"SN-{number}", 0, time, 0)
    seen = View(name="top", camera="cam", **view)  # type: ignore[arg-type]
    return Inspection(trigger, RecipeRef("plate", 3, SHA), (seen,), Verdict(kind, Author.RULES, "why", time), 250)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A journal: OK, not decidable and then OK by Ann, NG with a scratch, and a part whose camera failed."""
    folder = tmp_path / "data"
    outline = Polygon(frozen_points([[10.0, 20.0], [40.0, 20.0], [40.0, 24.0]]))
    with Journal.open(folder, audit_key_path=tmp_path / "keys" / "audit.key") as journal:
        journal.record(part(1, VerdictKind.OK))
        journal.record(part(2, VerdictKind.NOT_DECIDABLE, image=journal.blobs.put(b"seen", "image/jxl")))
        learned = {"model_name": "plate", "model_version": "2", "model_sha256": MODEL}
        journal.record(part(3, VerdictKind.NG, **learned, score=0.9, defects=(Defect("scratch", 0.9, outline),)))
        journal.record(part(4, VerdictKind.NOT_DECIDABLE, fault=Fault(FaultCode.CAMERA, "cam", "no picture")))
        overrule(journal, uid(2), Verdict(VerdictKind.OK, Author.OPERATOR, "dust", START, "Ann"))
    return folder


def test_what_a_simulated_camera_drew_is_said_to_be_so(tmp_path: Path) -> None:
    with Journal.open(tmp_path, audit_key_path=tmp_path / "keys" / "audit.key") as journal:
        journal.record(part(1, VerdictKind.OK, truth="{}"))
        journal.record(part(2, VerdictKind.OK))

    async def look(results: JournalResults, _jobs: Jobs) -> None:
        assert [result.simulated for result in await results.after(0, 9)] == [True, False]

    ask(tmp_path, look)


def ask(data: Path, work: Callable[[JournalResults, Jobs], Awaitable[None]]) -> None:
    async def run() -> None:
        results = JournalResults(data, CONFIGURATION, lambda name, sha: 50.0 if (name, sha) == ("plate", SHA) else None)
        journal = await results.open()
        assert journal is not None
        jobs = Jobs(data / "opcua", journal)
        results.know_jobs(jobs)
        try:
            await work(results, jobs)
        finally:
            await results.close()

    asyncio.run(run())


def test_a_folder_without_a_journal_has_no_results_yet(tmp_path: Path) -> None:
    async def run() -> None:
        results = JournalResults(tmp_path, CONFIGURATION, lambda _name, _sha: None)
        assert await results.open() is None
        await results.close()

    asyncio.run(run())


def test_ids_states_and_evaluations(data: Path) -> None:
    async def work(results: JournalResults, _jobs: Jobs) -> None:
        found = await results.after(0, 10)
        assert [(r.sequence, r.result_id, r.state, r.partial, r.evaluation, r.supersedes) for r in found] == [
            (1, str(uid(1)), ResultState.COMPLETED, False, Evaluation.OK, ""),
            (2, str(uid(2)), ResultState.PROCESSING, True, Evaluation.NOT_DECIDABLE, ""),
            (3, str(uid(3)), ResultState.COMPLETED, False, Evaluation.NOT_OK, ""),
            (4, str(uid(4)), ResultState.FAILED, False, Evaluation.NOT_DECIDABLE, ""),
            (5, f"{uid(2)}.2", ResultState.COMPLETED, False, Evaluation.OK, str(uid(2))),
        ]
        assert [r.sequence for r in await results.after(3, 10)] == [4, 5]
        for result in found:
            assert await results.by_id(result.result_id) == result
        assert await results.latest() == found[-1]

    ask(data, work)


def test_what_a_mes_needs_of_a_result(data: Path) -> None:
    async def work(results: JournalResults, _jobs: Jobs) -> None:
        result = await results.by_id(str(uid(3)))
        assert result is not None
        assert (result.part_id, result.job_id, result.reason) == ("SN-3", str(uid(3)), "why")
        assert result.recipe == Identity("plate", "3", SHA)
        assert result.end_time - result.start_time == timedelta(milliseconds=250)
        (defect,) = result.defects
        assert (defect.name, defect.view, defect.x_px, defect.y_px) == ("scratch", "top", 25.0, 22.0)
        assert (defect.width_px, defect.height_px, defect.length_mm) == (30.0, 4.0, 1.5)
        assert result.models == (UsedModel("top", "plate", "2", MODEL),)
        person = await results.by_id(f"{uid(2)}.2")
        assert person is not None
        assert (person.by, person.author, person.reason) == ("operator", "Ann", "dust")

    ask(data, work)


def test_a_clock_that_is_put_back_changes_no_order(tmp_path: Path) -> None:
    with Journal.open(tmp_path, audit_key_path=tmp_path / "keys" / "audit.key") as journal:
        for number in (5000, 1, 2, 9000, 3):  # seconds of the clock
            journal.record(part(number, VerdictKind.OK))

    async def work(results: JournalResults, _jobs: Jobs) -> None:
        ids = [str(uid(number)) for number in (5000, 1, 2, 9000, 3)]
        assert [result.result_id for result in await results.after(0, 9)] == ids
        pages = [await results.page(ResultFilter(), start, 2) for start in (0, 2, 4)]
        assert [result.result_id for page in pages for result in page] == ids
        assert await results.ids(ResultFilter(evaluation=Evaluation.OK), 3) == tuple(ids[-3:])
        latest = await results.latest()
        assert latest is not None
        assert (latest.result_id, latest.sequence, await results.parts()) == (ids[-1], 5, 5)

    ask(tmp_path, work)


@pytest.mark.parametrize(
    "wrong", ["", "x", f"{uid(1)}.", f"{uid(1)}.1", f"{uid(1)}.2", f"{uid(2)}.3", f"{{{uid(1)}}}", "1.-5"]
)
def test_other_ids_are_nobodys(data: Path, wrong: str) -> None:
    async def work(results: JournalResults, _jobs: Jobs) -> None:
        assert await results.by_id(wrong) is None

    ask(data, work)


@pytest.mark.parametrize(
    ("wanted", "sequences"),
    [
        (ResultFilter(), [1, 2, 3, 4, 5]),
        (ResultFilter(state=ResultState.COMPLETED), [1, 3, 5]),
        (ResultFilter(state=ResultState.PROCESSING), [2]),
        (ResultFilter(state=ResultState.FAILED), [4]),
        (ResultFilter(state=ResultState.ABORTED), []),
        (ResultFilter(evaluation=Evaluation.OK), [1, 5]),
        (ResultFilter(evaluation=Evaluation.NOT_OK), [3]),
        (ResultFilter(evaluation=Evaluation.NOT_DECIDABLE), [2, 4]),
        (ResultFilter(evaluation=Evaluation.NOT_DECIDABLE, state=ResultState.FAILED), [4]),
        (ResultFilter(evaluation=Evaluation.OK, state=ResultState.FAILED), []),
        (ResultFilter(evaluation=Evaluation.UNDEFINED), []),
        (ResultFilter(part_id="SN-2"), [2, 5]),
        (ResultFilter(recipe_id="plate"), [1, 2, 3, 4, 5]),
        (ResultFilter(recipe_id="other"), []),
        (ResultFilter(configuration_id="station-1"), [1, 2, 3, 4, 5]),
        (ResultFilter(configuration_id="other"), []),
        (ResultFilter(job_id=str(uid(2))), [2, 5]),
        (ResultFilter(job_id="run-1"), [3, 4]),
        (ResultFilter(job_id="nobody's"), []),
        (ResultFilter(meas_id="M-1"), [1]),
        (ResultFilter(meas_id="M-1", job_id="run-1"), []),
        (ResultFilter(meas_id="M-2"), [3, 4]),
        (ResultFilter(meas_id="nobody's"), []),
        (ResultFilter(product="alpha"), [1]),
        (ResultFilter(product="alpha", part_id="nobody's"), []),
        (ResultFilter(product="beta"), [3, 4]),
        (ResultFilter(product="nobody's"), []),
    ],
)
def test_filters(data: Path, wanted: ResultFilter, sequences: list[int]) -> None:
    async def work(results: JournalResults, jobs: Jobs) -> None:
        await jobs.measure(str(uid(1)), "M-1", "alpha")
        await jobs.begin(2, "run-1", "M-2", "beta")
        await jobs.end(4)
        page = await results.page(wanted, 0, 10)
        assert [result.sequence for result in page] == sequences
        assert [result.sequence for result in await results.page(wanted, 1, 1)] == sequences[1:2]
        assert await results.ids(wanted, 10) == tuple(result.result_id for result in page)

    ask(data, work)
