"""Drafts of parts being outlined: one log a view under `desk/drafts`, there from the first edit until all is on record."""

import contextlib
import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote
from uuid import UUID, uuid4

import numpy.typing as npt

from labeling import drafts
from labeling.annotation import Annotation
from labeling.drafts import Draft, DraftError, DraftLog
from labeling.edits import Command, Document, History
from station.journal.errors import StorageError
from station.journal.reader import JournalReader
from station.ui.operator.handover import finished, revisions_sent, same

FOLDER = Path("desk", "drafts")
SYNC_MS = 200
"""An entry outlives a kill at once and a power cut after so long."""
_SUFFIX = ".jsonl"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Place:
    """One view of one part, of which there is at most one draft."""

    part: UUID
    view: str

    def path(self, data: Path) -> Path:
        """Where its draft is; a view's name may hold anything, a file's may not."""
        return data / FOLDER / f"{self.part}-{quote(self.view, safe='')}{_SUFFIX}"


@dataclass(frozen=True, slots=True, eq=False)
class Recovered:
    """A draft that was found: somebody drew, and the engine may not have all of it."""

    place: Place
    part_id: str
    part_seq: int
    draft: Draft


class Drafting:
    """The draft of one view. Nothing is written before the first edit; what cannot be written is told, never raised.

    Attributes
    ----------
    history
        What it begins with: what was recovered, else the base.
    recovered
        Whether there was a draft; `unfinished` is then the stroke that was being drawn.
    name, parent
        What the draft is called and the revision it began with, for `Handover`.
    trouble
        Why nothing is kept at the moment, in a sentence; empty while all is well.
    """

    def __init__(self, data: Path, place: Place, newest: Annotation | None, sync: ThreadPoolExecutor) -> None:
        self._place = place
        self._path = place.path(data)
        self._blocked = False
        self._sync = sync
        self._syncing: Future[None] | None = None
        self._log: DraftLog | None = None
        self.trouble = ""
        self.name = uuid4()
        self.parent = newest.uid if newest is not None else None
        self._base = Document.of(newest) if newest is not None else Document()
        self.history = History(self._base)
        self.recovered = False
        self.unfinished: drafts.Stroke | None = None
        if self._path.exists():
            self._go_on()

    def _go_on(self) -> None:
        try:
            name, parent = _names(drafts.read_draft(self._path))
            log = DraftLog.open(self._path)
        except (DraftError, ValueError) as error:
            self._fail(error)
            self._blocked = not _put_aside(self._path)
            return
        self.name, self.parent = name, parent
        self._log = log
        self.history, self.unfinished = log.draft.history, log.draft.unfinished_stroke
        self.recovered = True
        self.trouble = log.draft.problem

    @property
    def began(self) -> bool:
        """Whether there is a file."""
        return self._log is not None

    def rebase(self, newest: Annotation | None, command: Command | None) -> None:
        """Begin anew on another revision, the person's own outlines added as one edit; the old draft makes way for the new."""
        self.name, self.parent = uuid4(), newest.uid if newest is not None else None
        self._base = Document.of(newest) if newest is not None else Document()
        self.history = History(self._base)
        if command is None:
            self.discard()
            return
        self.history = self.history.do(command)
        fresh = self._path.with_suffix(".fresh")
        try:
            fresh.unlink(missing_ok=True)
            log = self._begin(fresh)
            log.append(command)
            log.sync()
            fresh.replace(self._path)
        except (DraftError, OSError) as error:
            self._fail(error)
            return
        self.close()
        self._log = log

    def enter(self, entry: Command | drafts.Step) -> None:
        """Keep an edit, an undo or a redo."""
        self._write(lambda log: log.append(entry))

    def stroke(self, points: npt.ArrayLike, tool: str, radius_px: float) -> None:
        """Keep a stroke as far as it is drawn, shape (N, 2) image pixels."""
        self._write(lambda log: log.stroke(points, tool=tool, radius_px=radius_px))

    def drop_stroke(self) -> None:
        """The stroke came to nothing."""
        if self._log is not None:
            self._write(DraftLog.drop_stroke)

    def sync_later(self) -> None:
        """Have the disk keep what is entered, without waiting for it."""
        if self._log is not None and (self._syncing is None or self._syncing.done()):
            self._syncing = self._sync.submit(self._log.sync)
            self._syncing.add_done_callback(_tell)

    def close(self) -> None:
        """Let go of the file; it stays."""
        if self._log is not None:
            self._let_go(self._log)
            self._log = None

    def discard(self) -> None:
        """Remove the draft: all of it is on record, or there is nothing in it."""
        log, self._log = self._log, None
        if log is not None:
            self._path.unlink(missing_ok=True)
            self._let_go(log)

    def _begin(self, path: Path) -> DraftLog:
        path.parent.mkdir(parents=True, exist_ok=True)
        about = {"part": str(self._place.part), "view": self._place.view}
        return DraftLog.begin(path, self._base, {**about, "parent": str(self.parent or ""), "draft": str(self.name)})

    def _write(self, work: Callable[[DraftLog], None]) -> None:
        if self._blocked:
            return
        try:
            if self._log is None:
                self._log = self._begin(self._path)
            work(self._log)
            self.trouble = ""
        except (DraftError, OSError) as error:
            self._fail(error)

    def _let_go(self, log: DraftLog) -> None:
        """Close the file after the disk is done with it: its number may be another file's at once."""
        if self._syncing is not None:
            self._syncing.exception()
        log.close()

    def _fail(self, error: Exception) -> None:
        self.trouble = str(error)
        _log.error("%s", error)


def survey(journal: JournalReader, data: Path) -> tuple[Recovered, ...]:
    """Find the drafts that hold something the engine does not have, in the order of their parts; remove the others.

    What cannot be read is put aside, under its name and `.damaged`.
    """
    found = []
    for path in sorted((data / FOLDER).glob(f"*{_SUFFIX}")):
        try:
            recovered = _open_question(journal, path)
        except (DraftError, OSError, StorageError) as error:  # another screen holds it, or its part cannot be read
            _log.error("%s: %s", path, error)
            continue
        if recovered is not None:
            found.append(recovered)
    return tuple(found)


def _open_question(journal: JournalReader, path: Path) -> Recovered | None:
    try:
        draft = drafts.read_draft(path)
        place = Place(UUID(draft.about["part"]), draft.about["view"])
        name, parent = _names(draft)
    except (DraftError, ValueError, KeyError) as error:
        _log.error("%s: %s", path, error)
        _put_aside(path)
        return None
    newest = next(
        (each.annotation for each in reversed(journal.annotations(place.part)) if each.view == place.view), None
    )
    stored = Document.of(newest) if newest is not None else Document()
    document = draft.history.document
    ours = newest is not None and (revisions_sent(name, newest.uid) > 0 or newest.uid == parent)
    on_record = same(document, stored) and same(document, finished(document)) and (ours or newest is None)
    if on_record and draft.unfinished_stroke is None:
        log = DraftLog.open(path)
        log.discard()
        return None
    summary = journal.summary(place.part)
    if summary is None:
        raise StorageError(f"there is no part {place.part} in the journal")
    return Recovered(place, summary.part_id, summary.part_seq, draft)


def _names(draft: Draft) -> tuple[UUID, UUID | None]:
    """Return what a draft is called and the revision it began with."""
    about = draft.about
    return UUID(about.get("draft", "")), UUID(about["parent"]) if about.get("parent") else None


def _put_aside(path: Path) -> bool:
    """Move a draft that nobody can read out of the way; one that can be read is another program's, and stays."""
    try:
        _names(drafts.read_draft(path))
    except (DraftError, ValueError):
        with contextlib.suppress(OSError):
            path.replace(path.with_name(f"{path.name}.damaged"))
        return True
    return False


def _tell(future: Future[None]) -> None:
    if error := future.exception():
        _log.error("%s", error)
