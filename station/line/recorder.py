"""The writing side of the engine: pictures are stored by a small pool, parts are committed by one writer thread.

While storage fails, the parts that could not be committed wait here and are tried again until they are durable; nothing
is published meanwhile, so the PLC rejects them.
"""

import logging
import queue
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from camera.frame import Frame
from station.journal.audit import AuditEvent
from station.journal.errors import StorageError
from station.line.inference import Post
from station.line.inspection import Fault, FaultCode, Inspection
from station.line.lease import SharedLease
from station.line.part import PictureFailed, PictureStored, StoredPicture

log = logging.getLogger(__name__)

RETRY_S = 0.5
"""Pause between two tries while storage fails."""


class Archive(Protocol):
    """Where pictures and parts go; every call returns only when its data is durable, or raises `StorageError`."""

    def store_picture(self, frame: Frame) -> StoredPicture:
        """Store a frame and its preview; called from several threads at once."""

    def record(self, inspection: Inspection) -> None:
        """Commit one part; called from the writer thread only. Recording the same part twice is the same as once."""

    def note(self, event: AuditEvent, details: Mapping[str, str]) -> None:
        """Add an entry to the audit trail; called from the writer thread only."""

    def watch(self) -> None:
        """Check that there is room, cheaply; called from the writer thread only."""

    def prove(self) -> None:
        """Check by writing that storage works again; called from the writer thread only."""

    def close(self) -> None:
        """Let go of the data folder; called from the writer thread, last."""


@dataclass(frozen=True, slots=True)
class RecorderEvents:
    """What the engine is told; each is safe to call from any thread."""

    part: Post
    recorded: Callable[[Inspection], None]
    storage_failed: Callable[[str], None]
    storage_well: Callable[[], None]
    crashed: Callable[[BaseException], None]
    """The writer thread met what it does not know; the process should end and be started again."""


@dataclass(frozen=True, slots=True)
class _Note:
    event: AuditEvent
    details: Mapping[str, str]


class Recorder:
    """Encoder pool and writer thread around an `Archive`."""

    def __init__(self, open_archive: Callable[[], Archive], events: RecorderEvents, encoder_threads: int) -> None:
        self._open_archive = open_archive
        self._events = events
        self._encoders = ThreadPoolExecutor(encoder_threads, thread_name_prefix="encoder")
        self._jobs: queue.Queue[Inspection | _Note | None] = queue.Queue()
        self._archive: Archive | None = None
        self._failing = True  # until the first probe says otherwise
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)

    def start(self) -> None:
        """Start the writer; `storage_well` or `storage_failed` follows."""
        self._thread.start()

    def stop(self) -> None:
        """Store what is in hand and end. While storage fails, parts that could not be committed are given up, unpublished."""
        self._encoders.shutdown(wait=True)
        self._stopping.set()
        self._jobs.put(None)
        self._thread.join()

    def store_picture(self, uid: UUID, view: str, lease: SharedLease) -> None:
        """Encode and store a frame on the pool; its event follows."""
        self._encoders.submit(self._store_picture, uid, view, lease)

    def record(self, inspection: Inspection) -> None:
        """Queue a judged part for its commit."""
        self._jobs.put(inspection)

    def note(self, event: AuditEvent, details: Mapping[str, str]) -> None:
        """Queue an entry of the audit trail."""
        self._jobs.put(_Note(event, details))

    def _store_picture(self, uid: UUID, view: str, lease: SharedLease) -> None:
        frame = lease.frame
        try:
            if self._archive is None:
                raise StorageError("the journal is not open")
            event: PictureStored | PictureFailed = PictureStored(view, self._archive.store_picture(frame))
        except StorageError as error:
            event = self._picture_failed(view, frame.camera, error)
            self._storage_failed(error)
        except Exception as error:
            # The top of a worker: a picture that cannot be encoded must fail its own part only.
            log.exception("storing a picture of part %s failed", uid)
            event = self._picture_failed(view, frame.camera, error)
        finally:
            lease.let_go()
        self._events.part(uid, event)

    @staticmethod
    def _picture_failed(view: str, camera: str, error: Exception) -> PictureFailed:
        text = f"View {view}: the picture could not be stored ({error}). This part is rejected."
        return PictureFailed(view, Fault(FaultCode.STORAGE, camera, text))

    def _storage_failed(self, error: Exception) -> None:
        self._failing = True
        self._events.storage_failed(str(error))

    def _run(self) -> None:
        try:
            self._work()
        except Exception as error:
            # The top of a worker: better a new process than a station that takes parts it can never record.
            log.exception("the writer thread failed")
            self._events.crashed(error)
        finally:
            if self._archive is not None:
                self._archive.close()

    def _work(self) -> None:
        waiting: Inspection | _Note | None = None
        while True:
            if self._failing and not self._recover():
                if self._stopping.wait(RETRY_S):
                    return
                continue
            if waiting is None:
                try:
                    waiting = self._jobs.get(timeout=RETRY_S)
                except queue.Empty:
                    self._watch()
                    continue
                if waiting is None:
                    return
            if self._commit(waiting):
                waiting = None

    def _watch(self) -> None:
        """Notice a disk that fills up while no part comes."""
        try:
            if self._archive is not None:
                self._archive.watch()
        except StorageError as error:
            self._storage_failed(error)

    def _recover(self) -> bool:
        try:
            if self._archive is None:
                self._archive = self._open_archive()
            self._archive.prove()
        except StorageError as error:
            self._events.storage_failed(str(error))
            return False
        self._failing = False
        self._events.storage_well()
        return True

    def _commit(self, job: Inspection | _Note) -> bool:
        assert self._archive is not None  # recovery opened it
        try:
            if isinstance(job, _Note):
                self._archive.note(job.event, job.details)
            else:
                self._archive.record(job)
                self._events.recorded(job)
        except StorageError as error:
            self._storage_failed(error)
            return False
        return True
