"""The writing side of the engine: pictures are stored by a small pool, parts are committed by one writer thread.

While storage fails, the parts that could not be committed wait here and are tried again until they are durable; nothing
is published meanwhile, so the PLC rejects them.
"""

import logging
import queue
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar
from uuid import UUID

from camera.frame import Frame
from station.journal.audit import AuditEvent
from station.journal.errors import StorageError
from station.journal.store import Journal
from station.line.inference import Post
from station.line.inspection import Fault, FaultCode, Inspection
from station.line.lease import SharedLease
from station.line.part import PictureFailed, PictureStored, StoredPicture

log = logging.getLogger(__name__)

T = TypeVar("T")

RETRY_S = 0.5
"""Pause between two tries while storage fails."""
TIDY_S = 0.1
"""The same between two removals of old pictures while no part comes."""


class Archive(Protocol):
    """Where pictures and parts go; every call returns only when its data is durable, or raises `StorageError`."""

    def store_picture(self, frame: Frame) -> StoredPicture:
        """Store a frame and its preview; called from several threads at once."""

    def record(self, inspection: Inspection) -> None:
        """Commit one part; called from the writer thread only. Recording the same part twice is the same as once."""

    def note(self, event: AuditEvent, details: Mapping[str, str]) -> None:
        """Add an entry to the audit trail; called from the writer thread only."""

    def ask(self, work: Callable[[Journal], T]) -> T:
        """Have the journal do something else; called from the writer thread only. What `work` raises comes out."""

    def watch(self) -> None:
        """Check that there is room, cheaply; called from the writer thread only."""

    def tidy(self, *, busy: bool) -> bool:
        """Do a little of what may wait, in a few times what a commit takes; return whether there is more to do soon."""

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


@dataclass(frozen=True, slots=True)
class _Wish(Generic[T]):
    work: Callable[[Journal], T]
    future: Future[T]


_Job = Inspection | _Note | _Wish[Any]


class Recorder:
    """Encoder pool and writer thread around an `Archive`."""

    def __init__(self, open_archive: Callable[[], Archive], events: RecorderEvents, encoder_threads: int) -> None:
        self._open_archive = open_archive
        self._events = events
        self._encoders = ThreadPoolExecutor(encoder_threads, thread_name_prefix="encoder")
        self._jobs: queue.Queue[_Job | None] = queue.Queue()
        self._archive: Archive | None = None
        self._failing = True  # until the first probe says otherwise
        self._more_to_tidy = False
        self._stopping = threading.Event()
        self._ended = threading.Event()
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

    def ask(self, work: Callable[[Journal], T]) -> Future[T]:
        """Have the writer thread do something with the journal, between two commits; it must take no longer than one.

        What `work` raises goes to the future and nowhere else, but a `StorageError` also takes the station offline. While
        storage fails the wish waits; a future that is cancelled before its turn has no effect, and whatever had no turn when the
        recorder ends is cancelled.
        """
        future: Future[T] = Future()
        self._jobs.put(_Wish(work, future))
        if self._ended.is_set():
            future.cancel()
        return future

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
            self._ended.set()
            self._cancel_wishes()

    def _cancel_wishes(self) -> None:
        while not self._jobs.empty():
            job = self._jobs.get_nowait()
            if isinstance(job, _Wish):
                job.future.cancel()

    def _work(self) -> None:
        waiting: _Job | None = None
        while True:
            if self._failing and not self._recover():
                self._tidy()
                if self._stopping.wait(RETRY_S):
                    return
                continue
            if waiting is None:
                try:
                    waiting = self._jobs.get(timeout=TIDY_S if self._more_to_tidy else RETRY_S)
                except queue.Empty:
                    self._watch()
                    self._tidy()
                    continue
                if waiting is None:
                    return
            if self._commit(waiting):
                waiting = None
                self._tidy()

    def _tidy(self) -> None:
        """Let old pictures go, between two commits; while the disk is too full to go on, that is what may mend it."""
        if self._archive is not None:
            self._more_to_tidy = self._archive.tidy(busy=not self._jobs.empty())

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

    def _commit(self, job: _Job) -> bool:
        """Do a job; False when it must be tried again once storage is well."""
        assert self._archive is not None  # recovery opened it
        try:
            match job:
                case _Note(event, details):
                    self._archive.note(event, details)
                case _Wish():
                    self._fulfil(self._archive, job)
                case _:
                    self._archive.record(job)
                    self._events.recorded(job)
        except StorageError as error:
            self._storage_failed(error)
            return isinstance(job, _Wish)
        return True

    @staticmethod
    def _fulfil(archive: Archive, wish: _Wish[Any]) -> None:
        if not wish.future.set_running_or_notify_cancel():
            return
        try:
            wish.future.set_result(archive.ask(wish.work))
        except StorageError as error:
            wish.future.set_exception(error)
            raise
        except Exception as error:  # noqa: BLE001 - whoever asked hears of it: a wish must not end the thread that records parts
            wish.future.set_exception(error)
