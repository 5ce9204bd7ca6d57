"""Which job a part belongs to, the same whenever it is asked: OPC 40100-1 wants a JobId in every result.

A part is a job of its own, named by its uid, but for those taken while parts are taken as they come: they belong to the job
that was started then. Where one such job begins and ends among the parts is kept in a file.
"""

import asyncio
from collections.abc import Mapping
from pathlib import Path
from uuid import UUID

from pydantic import Field

from station.gateway.files import Stored, read_stored, replace_stored
from station.journal.result_queries import PartSet

JOBS_FILE = "jobs.json"
_REMEDY = "delete the file: parts of earlier jobs then bear their own uid as JobId"
MOST_JOBS = 10_000
"""Continuous jobs that are remembered, the latest; a part of an older one bears its own uid."""
MOST_MEASUREMENTS = 100_000


class Stretch(Stored):
    """Parts after one row belong to a job, up to the next stretch; an empty job means each to its own."""

    after: int
    job: str
    meas_id: str = ""
    product: str = ""


class JobsFile(Stored):
    """Content of the file. `meas_ids` and `products` are those that clients gave single jobs, by job."""

    journal: str
    stretches: tuple[Stretch, ...] = ()
    meas_ids: dict[str, str] = Field(default_factory=dict)
    products: dict[str, str] = Field(default_factory=dict)


class Jobs:
    """The file's owner."""

    def __init__(self, folder: Path, journal: str) -> None:
        """Read the file. Raises `ConfigError` when it is there and cannot be read."""
        self._path = folder / JOBS_FILE
        stored = read_stored(self._path, JobsFile, _REMEDY)
        self._state = stored if stored is not None and stored.journal == journal else JobsFile(journal=journal)

    @property
    def running(self) -> str:
        """The job that parts taken as they come belong to, empty for none."""
        return self._state.stretches[-1].job if self._state.stretches else ""

    def job_of(self, part: int, uid: UUID) -> str:
        """Return the job of a part, by its row and uid."""
        return self._stretch(part).job or str(uid)

    def meas_id_of(self, part: int, uid: UUID) -> str:
        """Return the measurement id that a client gave the part's job, empty for none."""
        return self._stretch(part).meas_id or self._state.meas_ids.get(str(uid), "")

    def product_of(self, part: int, uid: UUID) -> str:
        """Return the product that the part's job was started for, empty for none."""
        return self._stretch(part).product or self._state.products.get(str(uid), "")

    def made_of(self, product: str) -> PartSet:
        """Return the parts of a product's jobs."""
        jobs = [stretch.job for stretch in self._state.stretches if stretch.product == product and stretch.job]
        stretches = tuple(parts for job in jobs if (parts := self.parts_of(job)) is not None)
        return PartSet(stretches, tuple(UUID(job) for job, made in self._state.products.items() if made == product))

    def parts_of(self, job: str) -> tuple[int, int] | None:
        """Return first and last row of the parts of a job that took them as they came; None for any other job."""
        stretches = self._state.stretches
        for place, stretch in enumerate(stretches):
            if stretch.job == job and job:
                end = stretches[place + 1].after if place + 1 < len(stretches) else 2**62
                return stretch.after + 1, end
        return None

    def job_of_meas_id(self, meas_id: str) -> str | None:
        """Return the latest job that a client gave a measurement id, None where there is none."""
        stretch = next((s.job for s in reversed(self._state.stretches) if s.meas_id == meas_id), None)
        single = next((job for job, given in reversed(self._state.meas_ids.items()) if given == meas_id), None)
        return single if single is not None else stretch

    async def begin(self, after: int, job: str, meas_id: str = "", product: str = "") -> None:
        """Let parts after a row belong to a job. Raises `StorageError`."""
        await self._add(Stretch(after=after, job=job, meas_id=meas_id, product=product))

    async def end(self, after: int) -> None:
        """Let parts after a row be jobs of their own again. Raises `StorageError`."""
        if self.running:
            await self._add(Stretch(after=after, job=""))

    async def measure(self, job: str, meas_id: str, product: str = "") -> None:
        """Keep the measurement id and the product of a single job. Raises `StorageError`."""
        given = {"meas_ids": meas_id, "products": product}
        kept = {name: _latest(getattr(self._state, name), job, value) for name, value in given.items() if value}
        if kept:
            await self._keep(self._state.model_copy(update=kept))

    def _stretch(self, part: int) -> Stretch:
        return next((s for s in reversed(self._state.stretches) if s.after < part), Stretch(after=0, job=""))

    async def _add(self, stretch: Stretch) -> None:
        stretches = (*self._state.stretches, stretch)[-MOST_JOBS:]
        await self._keep(self._state.model_copy(update={"stretches": stretches}))

    async def _keep(self, state: JobsFile) -> None:
        await asyncio.to_thread(replace_stored, self._path, state)
        self._state = state


def _latest(kept: Mapping[str, str], job: str, value: str) -> dict[str, str]:
    return {**dict(list(kept.items())[1 - MOST_MEASUREMENTS :]), job: value}
