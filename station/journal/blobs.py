"""Pictures as files named by their SHA-256, durable before anything speaks of them."""

import contextlib
import hashlib
import os
import threading
import uuid
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from station.journal.disk import make_directory, storage_error, sync_directory, write_all
from station.journal.errors import PictureRemovedError, StorageError
from station.line.inspection import BlobRef

INCOMING = ".incoming"
"""Folder of files not yet whole, on the same file system so that a rename is atomic."""

MOST_CLAIMS = 1024
"""Pictures that were put and not named yet, and are not removed meanwhile; those of parts that came to nothing are the oldest."""


class BlobStore:
    """Content-addressed files under `root`, at `ab/<sha256>`; every method may be called from any thread."""

    def __init__(self, root: Path, explain: Callable[[str], str] = lambda _: "") -> None:
        """`explain` says why a picture that is not there was removed; empty where it was not."""
        self._root = root
        self._explain = explain
        self._claims: dict[str, int] = {}
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
        self._claim(ref.sha256)
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
            if words := self._explain(sha256):
                raise PictureRemovedError(words) from None
            raise StorageError(f"{path}: the picture is missing; restore it from a backup") from error
        except OSError as error:
            raise storage_error(path, "read a picture", error) from error
        if hashlib.sha256(data).hexdigest() != sha256:
            raise StorageError(f"{path}: the picture's bytes have changed; restore it from a backup and check the disk")
        return data

    def unlink(self, hashes: Iterable[str]) -> list[str]:
        """Unlink pictures; return those that are gone, for good only after `settle`.

        One that a part about to be recorded shows stays for now.

        Raises
        ------
        StorageError
            If the disk fails.
        """
        gone = []
        for sha256 in hashes:
            path = self.path(sha256)
            with self._lock:
                if sha256 in self._claims:
                    continue
                try:
                    path.unlink(missing_ok=True)
                except OSError as error:
                    raise storage_error(path, "remove a picture", error) from error
            gone.append(sha256)
        return gone

    def settle(self, hashes: Iterable[str]) -> None:
        """Make it durable that pictures were unlinked: cheap some seconds later, when the file system has written it anyway.

        Raises
        ------
        StorageError
            If the disk fails.
        """
        for folder in {self.path(sha256).parent for sha256 in hashes}:
            try:
                if folder.is_dir():
                    sync_directory(folder)
            except OSError as error:
                raise storage_error(folder, "remove pictures", error) from error

    def named(self, refs: Iterable[BlobRef]) -> None:
        """Say that pictures which were put are named by a durable row: from now on only rows say whether they may go."""
        with self._lock:
            for ref in refs:
                if (claims := self._claims.pop(ref.sha256, 0)) > 1:
                    self._claims[ref.sha256] = claims - 1

    def _claim(self, sha256: str) -> None:
        with self._lock:
            self._claims[sha256] = self._claims.pop(sha256, 0) + 1
            if len(self._claims) > MOST_CLAIMS:
                del self._claims[next(iter(self._claims))]

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
