"""How far results are published and acknowledged, kept over every restart of the gateway."""

import asyncio
from pathlib import Path

from plc.opcua.ports import PortError
from station.gateway.files import Stored, read_stored, replace_stored
from station.journal.errors import StorageError

CURSOR_FILE = "cursor.json"
_REMEDY = "delete the file: all results are then published again, each with the ResultId it always had"


class CursorFile(Stored):
    """Content of the file. `journal` is the id of the journal that the numbers count in."""

    journal: str
    published: int = 0
    acknowledged: int = 0


class Cursor:
    """The file's owner. A cursor of another journal, such as one that was begun anew, starts at nothing."""

    def __init__(self, folder: Path, journal: str) -> None:
        """Read the file. Raises `ConfigError` when it is there and cannot be read."""
        self._path = folder / CURSOR_FILE
        stored = read_stored(self._path, CursorFile, _REMEDY)
        self._state = stored if stored is not None and stored.journal == journal else CursorFile(journal=journal)
        self._lock = asyncio.Lock()

    @property
    def published(self) -> int:
        """Number of the last result that was published, 0 for none."""
        return self._state.published

    @property
    def sequence(self) -> int:
        """Number of the last result that a client acknowledged, 0 for none."""
        return self._state.acknowledged

    async def publish(self, sequence: int) -> None:
        """Note that a result is published. Raises `StorageError`."""
        async with self._lock:
            await self._keep(self._state.model_copy(update={"published": sequence}))

    async def acknowledge(self, sequence: int) -> None:
        """Note that results up to one are taken over; an earlier one than before changes nothing. Raises `PortError`."""
        async with self._lock:
            if sequence <= self._state.acknowledged:
                return
            try:
                await self._keep(self._state.model_copy(update={"acknowledged": sequence}))
            except StorageError as error:
                raise PortError(str(error)) from error

    async def _keep(self, state: CursorFile) -> None:
        await asyncio.to_thread(replace_stored, self._path, state)
        self._state = state
