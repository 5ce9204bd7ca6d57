"""The review desk without an engine: the same desk over the same journal, for as long as nobody else wants to write it.

One writer a data folder: while an engine, or a command that writes, holds the journal, the host waits; while the host holds it
and one of them comes, it lets go within a second. Programs at the desk only see the connection change.
"""

import asyncio
import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from station.config import StationConfig
from station.desk.desk import Desk
from station.desk.line import NoLine
from station.journal.disk import Watermark
from station.journal.errors import StorageError
from station.journal.reader import DATABASE
from station.journal.store import Journal
from station.keeping.keeper import Keeper
from station.line.archive import DiskArchive
from station.line.clock import Clock, utc_now
from station.line.recipe import load_active_recipe
from station.line.recorder import Recorder, RecorderEvents
from station.toml_file import ConfigError

log = logging.getLogger(__name__)

LOOK_S = 0.25
"""How often the host looks whether somebody wants the journal."""
BUSY_S = 0.1
"""How long one try waits for the journal."""
RETRY_S = 1.0
"""Pause before the next try to have the journal; long enough for who wanted it to take it."""


class ReviewHost:
    """Serves the desk of a data folder while nobody else does, on a thread of its own; made by `review_host`."""

    def __init__(self, config: StationConfig) -> None:
        self._config = config
        self._stopping = threading.Event()
        self._serving = threading.Event()
        self._problem = ""
        self._thread = threading.Thread(target=self._run, name="review host", daemon=True)

    @property
    def serving(self) -> bool:
        """Whether this process holds the journal and serves the desk."""
        return self._serving.is_set()

    @property
    def problem(self) -> str:
        """Why it does not serve, in words; another process that holds the journal is such a reason."""
        return self._problem

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """Let go of the journal and end."""
        self._stopping.set()
        self._thread.join()

    def _run(self) -> None:
        asyncio.run(self._serve_whenever_free())

    async def _serve_whenever_free(self) -> None:
        while not self._stopping.is_set():
            try:
                await self._serve()
            except (StorageError, ConfigError) as error:
                self._note(str(error))
            await self._wait(self._stopping.is_set, RETRY_S)

    def _note(self, problem: str) -> None:
        if problem and problem != self._problem:
            log.warning("the review desk waits: %s", problem)
        self._problem = problem

    async def _serve(self) -> None:
        """Serve until somebody else wants the journal, or the end. Raises `StorageError` where it cannot be had."""
        config, data = self._config, self._config.station.data
        if not (data / DATABASE).is_file():
            raise StorageError(f"{data}: there is no journal here; name the folder of a station that has run")
        recipe = load_active_recipe(config)
        journal = await asyncio.to_thread(self._open)
        broken = threading.Event()
        events = RecorderEvents(
            part=lambda _uid, _event: None,
            recorded=lambda _inspection: None,
            storage_failed=lambda text: self._note(f"nothing can be stored: {text}"),
            storage_well=lambda: self._note(""),
            crashed=lambda _error: broken.set(),
        )
        watermark = Watermark(data, config.storage.min_free_mb * 1_000_000)
        archive = DiskArchive(journal, watermark, Keeper(data, config.retention.rules, time.monotonic, utc_now))
        recorder = Recorder(lambda: archive, events, encoder_threads=1)
        desk = Desk(config, recipe, NoLine(), recorder, Clock(), lambda: None)
        recorder.start()
        desk.start()
        self._serving.set()
        try:
            await self._wait(lambda: self._stopping.is_set() or journal.wanted or broken.is_set())
        finally:
            self._serving.clear()
            await desk.stop()
            await asyncio.to_thread(recorder.stop)  # its thread closes the journal

    def _open(self) -> Journal:
        station = self._config.station
        return Journal.open(
            station.data,
            audit_key_path=station.audit_key,
            busy_timeout_s=BUSY_S,
            review=self._config.review_rules,
            gives_way=True,
        )

    @staticmethod
    async def _wait(condition: Callable[[], bool], timeout_s: float = float("inf")) -> None:
        loop = asyncio.get_running_loop()
        deadline_s = loop.time() + timeout_s
        while not condition() and loop.time() < deadline_s:  # noqa: ASYNC110 - a file of another process wakes nobody
            await asyncio.sleep(LOOK_S)


@contextmanager
def review_host(config: StationConfig) -> Iterator[ReviewHost]:
    """Serve the desk of the station's data folder while the block runs, whenever no engine does."""
    host = ReviewHost(config)
    host.start()
    try:
        yield host
    finally:
        host.stop()
