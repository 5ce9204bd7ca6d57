"""Conditions that nobody has confirmed yet, kept over every restart of the gateway and of the station."""

import asyncio
from pathlib import Path

from plc.opcua.ports import Fault, KeptCondition, PortError
from station.gateway.files import Stored, read_stored, replace_stored
from station.journal.errors import StorageError

CONDITIONS_FILE = "conditions.json"
_REMEDY = "delete the file: faults that stand are then told anew, those that are over are forgotten"


class ConditionEntry(Stored):
    """One condition."""

    code: str
    source: str
    text: str
    warning: bool
    acknowledged: bool
    confirmed: bool
    comment: str
    author: str


class ConditionsFile(Stored):
    """Content of the file."""

    conditions: tuple[ConditionEntry, ...] = ()


class ConditionFile:
    """The file's owner."""

    def __init__(self, folder: Path) -> None:
        """Read the file. Raises `ConfigError` when it is there and cannot be read."""
        self._path = folder / CONDITIONS_FILE
        self._read = read_stored(self._path, ConditionsFile, _REMEDY) or ConditionsFile()

    async def read(self) -> tuple[KeptCondition, ...]:
        """Return the conditions as they were when the file was read."""
        return tuple(
            KeptCondition(
                Fault(entry.code, entry.source, entry.text),
                entry.warning,
                entry.acknowledged,
                entry.confirmed,
                entry.comment,
                entry.author,
            )
            for entry in self._read.conditions
        )

    async def keep(self, conditions: tuple[KeptCondition, ...]) -> None:
        """Replace them all; durable on return. Raises `PortError`."""
        entries = tuple(
            ConditionEntry(
                code=kept.fault.code,
                source=kept.fault.source,
                text=kept.fault.text,
                warning=kept.warning,
                acknowledged=kept.acknowledged,
                confirmed=kept.confirmed,
                comment=kept.comment,
                author=kept.author,
            )
            for kept in conditions
        )
        try:
            await asyncio.to_thread(replace_stored, self._path, ConditionsFile(conditions=entries))
        except StorageError as error:
            raise PortError(str(error)) from error
