"""The recorder's archive on a real disk: blob store for pictures, journal for parts, a floor under the free space."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from camera.frame import Frame
from station.journal.audit import AuditEvent
from station.journal.disk import Watermark
from station.journal.images import encode, encode_preview
from station.journal.store import Journal
from station.keeping.keeper import Keeper
from station.line.inspection import Inspection
from station.line.part import StoredPicture

T = TypeVar("T")

PROOF_BYTES = 4 * 1024 * 1024
"""Size of the file that proves a disk well again: about that of a stored picture."""


class DiskArchive:
    """Journal and blobs of one data folder."""

    def __init__(self, journal: Journal, watermark: Watermark, keeper: Keeper) -> None:
        self._journal = journal
        self._watermark = watermark
        self._keeper = keeper

    def store_picture(self, frame: Frame) -> StoredPicture:
        """Encode losslessly and as a preview, and make both durable. Raises `StorageError`."""
        image = encode(frame.pixels, frame.pixel_format)
        preview = encode_preview(frame.pixels, frame.pixel_format)
        return StoredPicture(
            image=self._journal.blobs.put(image.data, image.media_type),
            preview=self._journal.blobs.put(preview.data, preview.media_type),
        )

    def record(self, inspection: Inspection) -> None:
        """Commit one part. Raises `StorageError`."""
        self._journal.record(inspection)

    def watch(self) -> None:
        """Raise `StorageError` when the disk is nearly full, before it is quite full."""
        self._watermark.check()

    def tidy(self, *, busy: bool) -> bool:
        """Remove a few old pictures if any may go; return whether there is more to do soon."""
        return self._keeper.step(self._journal, busy=busy)

    def prove(self) -> None:
        """Raise `StorageError` unless a file of a picture's size and a transaction can be made durable right now."""
        self._watermark.check()
        self._journal.blobs.prove_writable(PROOF_BYTES)
        self._journal.prove_writable()

    def note(self, event: AuditEvent, details: Mapping[str, str]) -> None:
        """Add an entry to the audit trail. Raises `StorageError`."""
        self._journal.audit(event, details)

    def ask(self, work: Callable[[Journal], T]) -> T:
        """Have the journal do something else. What `work` raises comes out."""
        return work(self._journal)

    def close(self) -> None:
        """Close the journal."""
        self._journal.close()
