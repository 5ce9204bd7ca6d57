"""Which job a part belongs to: the same answer before and after every restart, and for parts that were there before."""

import asyncio
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.gateway.jobs import JOBS_FILE, Jobs
from station.journal.result_queries import PartSet
from station.toml_file import ConfigError


def uid(part: int) -> UUID:
    return UUID(int=part)


def test_a_part_is_a_job_of_its_own(tmp_path: Path) -> None:
    jobs = Jobs(tmp_path, "j")
    assert (jobs.job_of(7, uid(7)), jobs.running, jobs.parts_of("x")) == (str(uid(7)), "", None)


def test_parts_taken_as_they_come_belong_to_one_job_also_after_a_restart(tmp_path: Path) -> None:
    async def happen() -> None:
        jobs = Jobs(tmp_path, "j")
        await jobs.begin(3, "run-1", "M-1")
        assert jobs.running == "run-1"
        await jobs.end(5)
        await jobs.end(6)

    asyncio.run(happen())
    jobs = Jobs(tmp_path, "j")
    assert [jobs.job_of(part, uid(part)) for part in range(3, 8)] == [
        str(uid(3)),
        "run-1",
        "run-1",
        str(uid(6)),
        str(uid(7)),
    ]
    assert jobs.meas_id_of(4, uid(4)) == "M-1"
    assert jobs.meas_id_of(6, uid(6)) == ""
    assert jobs.parts_of("run-1") == (4, 5)
    assert jobs.job_of_meas_id("M-1") == "run-1"


def test_the_measurement_id_of_a_single_job(tmp_path: Path) -> None:
    async def happen() -> None:
        jobs = Jobs(tmp_path, "j")
        await jobs.measure(str(uid(1)), "M-1")
        await jobs.measure(str(uid(2)), "")

    asyncio.run(happen())
    jobs = Jobs(tmp_path, "j")
    assert (jobs.meas_id_of(1, uid(1)), jobs.meas_id_of(2, uid(2))) == ("M-1", "")
    assert jobs.job_of_meas_id("M-1") == str(uid(1))
    assert jobs.job_of_meas_id("M-2") is None


def test_the_product_of_a_job(tmp_path: Path) -> None:
    async def happen() -> None:
        jobs = Jobs(tmp_path, "j")
        await jobs.measure(str(uid(1)), "", "alpha")
        await jobs.measure(str(uid(2)), "M-2")
        await jobs.begin(2, "run-1", "", "alpha")
        await jobs.begin(4, "run-2", "", "beta")
        await jobs.end(5)

    asyncio.run(happen())
    jobs = Jobs(tmp_path, "j")
    assert [jobs.product_of(part, uid(part)) for part in range(1, 7)] == ["alpha", "", "alpha", "alpha", "beta", ""]
    assert jobs.made_of("alpha") == PartSet(((3, 4),), (uid(1),))
    assert jobs.made_of("gamma") == PartSet()


def test_another_journal_begins_with_no_jobs(tmp_path: Path) -> None:
    asyncio.run(Jobs(tmp_path, "old").begin(0, "run-1"))
    assert Jobs(tmp_path, "new").running == ""


def test_a_damaged_file_is_named_with_its_remedy(tmp_path: Path) -> None:
    (tmp_path / JOBS_FILE).write_text("{")
    with pytest.raises(ConfigError, match=r"jobs\.json: .*delete the file"):
        Jobs(tmp_path, "j")


@given(st.lists(st.tuples(st.integers(0, 5), st.booleans()), max_size=12))
def test_what_was_said_of_a_part_is_never_taken_back(moves: list[tuple[int, bool]]) -> None:
    async def happen(folder: Path) -> None:
        jobs, last, said = Jobs(folder, "j"), 0, dict[int, str]()
        for number, (parts, begin) in enumerate(moves):
            await (jobs.begin(last, f"run-{number}") if begin else jobs.end(last))
            for part in range(last + 1, last + parts + 1):
                said[part] = jobs.job_of(part, uid(part))
            last += parts
            assert {part: jobs.job_of(part, uid(part)) for part in said} == said

    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(happen(Path(folder)))
