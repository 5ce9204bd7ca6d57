"""Pictures as files named by their SHA-256, durable before anything speaks of them."""

import contextlib
import hashlib
import os
import threading
import uuid
from collections.abc import Iterator
from pathlib import Path

from station.journal.disk import make_directory, storage_error, sync_directory, write_all
from station.journal.errors import StorageError
from station.line.inspection import BlobRef

INCOMING = ".incoming"
"""Folder of files not yet whole, on the same file system so that a rename is atomic."""


class BlobStore:
    """Content-addressed files under `root`, at `ab/<sha256>`; every method may be called from any thread."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._incoming = root / INCOMING
        self._durable_folders: set[str] = set()
        self._lock = threading.Lock()

    def prepare(self) -> int:
        """Make the folders and sweep temporaries an earlier process left; return how many.

        Only the one process that writes may call this: a temporary may belong to a living writer.
        """
        make_directory(self._incoming)
        left = list(self._incoming.iterdir())
        for path in left:
            path.unlink(missing_ok=True)
        return len(left)

    def path(self, sha256: str) -> Path:
        """Where the blob with that hash lies, or would."""
        return self._root / sha256[:2] / sha256

    def has(self, ref: BlobRef) -> bool:
        """Whether the file is there with the right size (its bytes are not read)."""
        try:
            return self.path(ref.sha256).stat().st_size == ref.size_bytes
        except OSError:
            return False

    def put(self, data: bytes, media_type: str) -> BlobRef:
        """Store bytes; on return they survive a power cut.

        Temporary file, fsync, rename, fsync of the directory. Bytes already there are checked, not written twice.

        Raises
        ------
        StorageError
            If the disk is full or fails; nothing is stored then.
        """
        ref = BlobRef(hashlib.sha256(data).hexdigest(), len(data), media_type)
        target = self.path(ref.sha256)
        try:
            self._make_durable_folder(target.parent)
            if not _holds(target, data):
                self._write(target, data)
            sync_directory(target.parent)
        except OSError as error:
            raise storage_error(target, "store a picture", error) from error
        return ref

    def prove_writable(self, size_bytes: int) -> None:
        """Write a file of that size durably and remove it. Raises `StorageError` where that is not possible."""
        proof = self._incoming / "proof"
        try:
            self._write(proof, bytes(size_bytes))
            proof.unlink()
        except OSError as error:
            raise storage_error(proof, "write", error) from error

    def get(self, sha256: str) -> bytes:
        """Return the bytes, checked against their hash.

        Raises
        ------
        StorageError
            If the file is missing, unreadable or its bytes have changed.
        """
        path = self.path(sha256)
        try:
            data = path.read_bytes()
        except FileNotFoundError as error:
            raise StorageError(f"{path}: the picture is missing; restore it from a backup") from error
        except OSError as error:
            raise storage_error(path, "read a picture", error) from error
        if hashlib.sha256(data).hexdigest() != sha256:
            raise StorageError(f"{path}: the picture's bytes have changed; restore it from a backup and check the disk")
        return data

    def hashes(self) -> Iterator[str]:
        """Yield the name of every file under the store, in no order; names that are no hashes among them."""
        with contextlib.suppress(FileNotFoundError):
            for folder in os.scandir(self._root):
                if folder.is_dir() and folder.name != INCOMING:
                    yield from (entry.name for entry in os.scandir(folder.path))

    def _make_durable_folder(self, folder: Path) -> None:
        """Make `ab/` and its name durable, once a process.

        An existing folder counts as durable only after an fsync of this process: another thread, or a process that was
        killed, may have made it a moment ago.
        """
        with self._lock:
            if folder.name in self._durable_folders and folder.exists():
                return
            folder.mkdir(exist_ok=True)
            sync_directory(self._root)
            self._durable_folders.add(folder.name)

    def _write(self, target: Path, data: bytes) -> None:
        temporary = self._incoming / uuid.uuid4().hex
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
        try:
            try:
                write_all(descriptor, data)
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
            temporary.rename(target)
        except OSError:
            temporary.unlink(missing_ok=True)
            raise


def _holds(path: Path, data: bytes) -> bool:
    """Whether the file holds exactly these bytes; a changed or cut one is written again."""
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except FileNotFoundError:
        return False
