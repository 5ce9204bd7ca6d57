"""Reading a journal from another process or thread while the station writes it."""

from pathlib import Path
from types import TracebackType
from typing import Self

import apsw

from station.journal.blobs import BlobStore
from station.journal.connection import open_reader
from station.journal.errors import StorageError
from station.journal.queries import JournalQueries
from station.journal.schema import check_readable

DATABASE = "journal.db"
BLOBS = "blobs"
FEATURES = "features"
"""Folder of what learning computed from pictures."""


class JournalReader(JournalQueries):
    """A journal opened for reading, by one thread; `blobs` are its pictures."""

    def __init__(self, data_dir: Path, *, busy_timeout_s: float = 5.0) -> None:
        """Open the journal of a data folder.

        Raises
        ------
        NoJournalError
            If there is none.
        StorageError
            If it cannot be read, or is of another version than this program.
        """
        path = data_dir / DATABASE
        super().__init__(open_reader(path, busy_timeout_s), path)
        self.blobs = BlobStore(data_dir / BLOBS, self._explain)
        try:
            check_readable(self._connection, path)
        except BaseException:
            self.close()
            raise

    def _explain(self, sha256: str) -> str:
        try:
            return self.why_removed(sha256)
        except StorageError:  # closed meanwhile: the picture is only missing then
            return ""

    @property
    def connection(self) -> apsw.Connection:
        """The read-only connection, for a check that goes through whole tables."""
        return self._connection

    @property
    def path(self) -> Path:
        """The database's file."""
        return self._path

    def close(self) -> None:
        """Let go of the database; safe to call twice."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
