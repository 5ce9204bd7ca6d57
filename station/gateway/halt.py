"""Whether a client has halted the system, kept over every restart of the gateway and of the station."""

import asyncio
from pathlib import Path

from plc.opcua.ports import PortError
from station.gateway.files import Stored, read_stored, replace_stored
from station.journal.errors import StorageError

HALT_FILE = "halt.json"
_REMEDY = "delete the file: the system then comes up as if nobody had halted it"


class HaltState(Stored):
    """Content of the file."""

    halted: bool


class HaltFile:
    """The file's owner."""

    def __init__(self, folder: Path) -> None:
        """Read the file. Raises `ConfigError` when it is there and cannot be read."""
        self._path = folder / HALT_FILE
        stored = read_stored(self._path, HaltState, _REMEDY)
        self._halted = stored is not None and stored.halted

    @property
    def stands(self) -> bool:
        """Whether the system is halted."""
        return self._halted

    async def keep(self, *, stands: bool) -> None:
        """Halt, or halt no longer; durable on return. Raises `PortError`."""
        if stands == self._halted:
            return
        try:
            await asyncio.to_thread(replace_stored, self._path, HaltState(halted=stands))
        except StorageError as error:
            raise PortError(str(error)) from error
        self._halted = stands
