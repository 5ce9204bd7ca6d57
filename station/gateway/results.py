"""The journal's verdicts as results of the OPC UA server, read by one thread that holds the connection."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO, TypeVar
from uuid import UUID

from plc.opcua.ports import (
    Defect,
    Evaluation,
    Identity,
    Picture,
    PortError,
    Result,
    ResultFilter,
    ResultState,
    UsedModel,
)
from station.gateway.archive import pack_pictures
from station.gateway.jobs import Jobs
from station.journal.blobs import BlobStore
from station.journal.errors import NoJournalError, StorageError
from station.journal.reader import BLOBS, JournalReader
from station.journal.result_queries import (
    VerdictFilter,
    VerdictRow,
    ViewDefect,
    filtered_verdicts,
    id_of_result,
    last_part,
    verdict_of,
    verdicts_after,
)
from station.line.inspection import VerdictKind

T = TypeVar("T")
PixelSize = Callable[[str, str], float | None]
"""Gives micrometres a pixel of a recipe by name and SHA-256, None where it is not known."""

_EVALUATIONS = {
    VerdictKind.OK: Evaluation.OK,
    VerdictKind.NG: Evaluation.NOT_OK,
    VerdictKind.NOT_DECIDABLE: Evaluation.NOT_DECIDABLE,
}
_DECIDED = (VerdictKind.OK, VerdictKind.NG)
_UNDECIDED = (VerdictKind.NOT_DECIDABLE,)
_NOTHING = VerdictFilter(kinds=())


class JournalResults:
    """The store of results. `open` first, `close` at the end."""

    def __init__(self, data: Path, configuration: Identity, pixel_size: PixelSize) -> None:
        self._data = data
        self._configuration = configuration
        self._pixel_size = pixel_size
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="journal reader")
        self._reader: JournalReader | None = None
        self._jobs: Jobs | None = None

    async def open(self) -> str | None:
        """Open the journal and return its id; None where there is none yet. Raises `StorageError`."""
        try:
            self._reader = await self._in_thread(lambda: JournalReader(self._data))
        except NoJournalError:
            return None
        return await self._in_thread(self._journal.meta, "journal_id")

    def know_jobs(self, jobs: Jobs) -> None:
        """Take where the jobs of results are found."""
        self._jobs = jobs

    async def close(self) -> None:
        """Let go of the journal."""
        if self._reader is not None:
            await self._in_thread(self._reader.close)
        self._thread.shutdown()

    async def last_part(self) -> int:
        """Return the row of the last part, 0 before the first. Raises `StorageError`."""
        return await self._in_thread(last_part, self._journal)

    async def after(self, sequence: int, count: int) -> tuple[Result, ...]:
        """Return up to `count` results after one, in their order. Raises `StorageError`."""
        return self._results(await self._in_thread(verdicts_after, self._journal, sequence, count))

    # What the server asks -----------------------------------------------------------------------------------------

    async def by_id(self, result_id: str) -> Result | None:
        """Return one result. Raises `PortError`."""
        try:
            text, _, place = result_id.partition(".")
            uid, before = UUID(text), int(place) - 1 if place else 0
        except ValueError:
            return None
        if before < 0 or result_id != id_of_result(uid, before):
            return None
        row = await self._asked(verdict_of, self._journal, uid, before)
        return self._result(row) if row is not None else None

    async def latest(self) -> Result | None:
        """Return the last result. Raises `PortError`."""
        rows = await self._asked(self._newest, VerdictFilter(), 1)
        return self._result(rows[0]) if rows else None

    async def page(self, wanted: ResultFilter, start: int, count: int) -> tuple[Result, ...]:
        """Return matching results. Raises `PortError`."""
        rows = await self._asked(filtered_verdicts, self._journal, self._filter(wanted), start, count)
        return self._results(rows)

    async def ids(self, wanted: ResultFilter, count: int) -> tuple[str, ...]:
        """Return the ids of the last matching results. Raises `PortError`."""
        rows = await self._asked(self._newest, self._filter(wanted), count)
        return tuple(row.result_id for row in rows)

    async def parts(self) -> int:
        """Return how many parts the station has judged. Raises `PortError`."""
        return await self._asked(last_part, self._journal)

    async def archive(self, result: Result) -> BinaryIO | None:
        """Return an archive of the result's pictures, for the caller to close; None where it has none. Raises `PortError`."""
        if not result.pictures:
            return None
        blobs = BlobStore(self._data / BLOBS, self._explain)
        # not on the reader's thread: packing takes seconds, and results must not wait for it
        return await asyncio.to_thread(pack_pictures, blobs, result.pictures)

    def _explain(self, sha256: str) -> str:
        return self._thread.submit(self._journal.why_removed, sha256).result()

    def _newest(self, wanted: VerdictFilter, count: int) -> tuple[VerdictRow, ...]:
        return filtered_verdicts(self._journal, wanted, 0, count, newest=True)

    # Translation --------------------------------------------------------------------------------------------------

    def _filter(self, wanted: ResultFilter) -> VerdictFilter:
        kinds = {kind for kind, evaluation in _EVALUATIONS.items() if wanted.evaluation in {None, evaluation}}
        faulty: bool | None = None
        match wanted.state:
            case None:
                pass
            case ResultState.COMPLETED:
                kinds &= set(_DECIDED)
            case ResultState.PROCESSING | ResultState.FAILED:
                kinds &= set(_UNDECIDED)
                faulty = wanted.state is ResultState.FAILED
            case _:
                return _NOTHING
        other_configuration = wanted.configuration_id not in {None, self._configuration.id}
        if wanted.evaluation is Evaluation.UNDEFINED or other_configuration:
            return _NOTHING
        found = VerdictFilter(
            kinds=None if len(kinds) == len(VerdictKind) else tuple(sorted(kinds)),
            faulty=faulty,
            part_id=wanted.part_id,
            recipe=wanted.recipe_id,
            among=self._known_jobs.made_of(wanted.product) if wanted.product is not None else None,
        )
        return self._of_job(found, wanted)

    def _of_job(self, found: VerdictFilter, wanted: ResultFilter) -> VerdictFilter:
        jobs = self._known_jobs
        if wanted.meas_id is not None:
            job = jobs.job_of_meas_id(wanted.meas_id)
            if job is None or wanted.job_id not in {None, job}:
                return _NOTHING
            wanted = replace(wanted, job_id=job)
        if wanted.job_id is None:
            return found
        if (parts := jobs.parts_of(wanted.job_id)) is not None:
            return replace(found, parts=parts)
        try:
            return replace(found, uid=UUID(wanted.job_id))
        except ValueError:
            return _NOTHING

    def _results(self, rows: tuple[VerdictRow, ...]) -> tuple[Result, ...]:
        return tuple(self._result(row) for row in rows)

    def _result(self, row: VerdictRow) -> Result:
        undecided = row.kind is VerdictKind.NOT_DECIDABLE
        scale_um = self._pixel_size(row.recipe.name, row.recipe.sha256)
        return Result(
            sequence=row.number,
            result_id=row.result_id,
            part_id=row.part_id,
            job_id=self._known_jobs.job_of(row.part, row.uid),
            meas_id=self._known_jobs.meas_id_of(row.part, row.uid),
            product=self._known_jobs.product_of(row.part, row.uid),
            partial=undecided and not row.faulty,
            simulated=row.simulated,
            state=_state(row),
            evaluation=_EVALUATIONS[row.kind],
            reason=row.reason,
            by=row.by.value,
            author=row.author,
            supersedes=row.supersedes,
            recipe=Identity(row.recipe.name, str(row.recipe.version), row.recipe.sha256),
            configuration=self._configuration,
            creation_time=row.time,
            start_time=row.part_time,
            end_time=row.part_time + timedelta(milliseconds=row.cycle_ms),
            score=row.score,
            model=row.model,
            worst_class=row.worst_class,
            defects=tuple(_defect(found, scale_um) for found in row.defects),
            pictures=tuple(Picture(found.view, found.media_type, found.sha256) for found in row.pictures),
            models=tuple(UsedModel(used.view, used.name, used.version, used.sha256) for used in row.models),
        )

    @property
    def _journal(self) -> JournalReader:
        assert self._reader is not None  # opened
        return self._reader

    @property
    def _known_jobs(self) -> Jobs:
        assert self._jobs is not None  # known before the server starts
        return self._jobs

    async def _asked(self, work: Callable[..., T], *args: object) -> T:
        try:
            return await self._in_thread(work, *args)
        except StorageError as error:
            raise PortError(str(error)) from error

    async def _in_thread(self, work: Callable[..., T], *args: object) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work, *args)


def _state(row: VerdictRow) -> ResultState:
    if row.kind is not VerdictKind.NOT_DECIDABLE:
        return ResultState.COMPLETED
    return ResultState.FAILED if row.faulty else ResultState.PROCESSING


def _defect(found: ViewDefect, scale_um: float | None) -> Defect:
    left, top, right, bottom = found.defect.shape.bounds
    width, height = right - left, bottom - top
    return Defect(
        name=found.defect.class_name,
        view=found.view,
        score=found.defect.score,
        x_px=(left + right) / 2,
        y_px=(top + bottom) / 2,
        width_px=width,
        height_px=height,
        length_mm=max(width, height) * scale_um / 1000 if scale_um is not None else None,
    )
