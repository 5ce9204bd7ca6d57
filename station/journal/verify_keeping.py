"""Whether what was removed, held and signed is what the audit chain knows: no row behind its back, no picture gone without."""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import apsw

from station.journal.audit import AuditEvent
from station.journal.holds import sealed_holds, sealed_signatures
from station.journal.removals import Why, sealed_removals

log = logging.getLogger(__name__)

_NAMES: Mapping[AuditEvent, str] = {
    AuditEvent.PICTURES_REMOVED: "removal",
    AuditEvent.HOLD_PLACED: "hold",
    AuditEvent.HOLD_ENDED: "hold",
    AuditEvent.SIGNED: "signature",
}
"""By event, what names its row in the entry."""

_UNFOUNDED = """
SELECT sha256 FROM removed_blobs WHERE sha256 NOT IN (
    SELECT image FROM views JOIN parts ON parts.id = part WHERE removal IS NOT NULL AND image IS NOT NULL
    UNION SELECT preview FROM views JOIN parts ON parts.id = part WHERE removal IS NOT NULL AND preview IS NOT NULL)
UNION SELECT image FROM views JOIN parts ON parts.id = part
    WHERE removal IS NULL AND image IN (SELECT sha256 FROM removed_blobs)
UNION SELECT preview FROM views JOIN parts ON parts.id = part
    WHERE removal IS NULL AND preview IN (SELECT sha256 FROM removed_blobs)"""
_REMOVED = """
SELECT r.why, r.author, r.reason, r.begun, count(*) FROM parts JOIN removals r ON r.id = removal
GROUP BY r.id ORDER BY r.id"""
_GONE = "SELECT 1 FROM removed_blobs WHERE sha256 = ?"


@dataclass(frozen=True, slots=True)
class Removal:
    """Pictures of how many parts were removed, why and when; `author` and `reason` of a request."""

    why: str
    author: str
    reason: str
    time: str
    parts: int


@dataclass(slots=True)
class KeepingSeals:
    """What the audit chain says of removals, holds and signatures, held against them.

    Made before the chain is read, and checked after it: a station at work adds to both.
    """

    connection: apsw.Connection
    _wanted: dict[tuple[AuditEvent, str], str] = field(default_factory=dict)
    _first: set[tuple[AuditEvent, str]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._first = {key for key, _ in self._rows()}

    def note(self, event: str, details: Mapping[str, str]) -> None:
        """Take up an entry of the chain."""
        known = next((each for each in _NAMES if each.value == event), None)
        if known is not None:
            self._wanted[known, details.get(_NAMES[known], "")] = details.get("sha256", "")

    def check(self) -> int:
        """Return how many rows are not as the chain has them."""
        altered = 0
        for key, seal in self._rows():
            known = self._wanted.pop(key, None)
            if known != seal and (known is not None or key in self._first):
                log.error("%s %s: not as the audit chain has it", _NAMES[key[0]], key[1])
                altered += 1
        for event, name in self._wanted:
            log.error("%s %s: the audit chain knows it, the journal does not", _NAMES[event], name)
        return altered + len(self._wanted)

    def _rows(self) -> Iterator[tuple[tuple[AuditEvent, str], str]]:
        for number, complete, details in sealed_removals(self.connection):
            if complete:
                yield (AuditEvent.PICTURES_REMOVED, str(number)), details["sha256"]
        for event, details in (*sealed_holds(self.connection), *sealed_signatures(self.connection)):
            yield (event, details[_NAMES[event]]), details["sha256"]


def is_removed(connection: apsw.Connection, sha256: str) -> bool:
    """Whether a picture's file may be gone."""
    return connection.execute(_GONE, (sha256,)).fetchone() is not None


def unfounded(connection: apsw.Connection) -> list[str]:
    """Return the pictures that are said to be removed, though no removal was of their part."""
    rows: list[Any] = connection.execute(_UNFOUNDED).fetchall()
    return [sha256 for (sha256,) in rows]


def removals(connection: apsw.Connection) -> tuple[Removal, ...]:
    """Return what was removed: each request by itself, the station's own rules summed up."""
    rows: list[Any] = connection.execute(_REMOVED).fetchall()
    found = [Removal(*row) for row in rows]
    requests = [each for each in found if each.why == Why.REQUEST]
    by_rule = [[each for each in found if each.why == why] for why in (Why.RETENTION, Why.ROOM)]
    return (*requests, *(replace(each[-1], parts=sum(one.parts for one in each)) for each in by_rule if each))
