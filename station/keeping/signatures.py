"""Whether what was signed is still what it was. Reads only."""

from dataclasses import dataclass
from pathlib import Path

from station.journal.holds import Signature, signatures
from station.journal.reader import JournalReader
from station.keeping.record import record_now

VALID, CHANGED, GONE = "valid", "changed after signing", "record not readable"


@dataclass(frozen=True, slots=True)
class SignatureState:
    """A signature, and what has become of its record: `VALID`, `CHANGED` or `GONE`."""

    signature: Signature
    state: str


def check_signatures(data: Path) -> tuple[SignatureState, ...]:
    """Hold every signature against its record as it is now, the oldest first; that the rows are as signed, verify checks.

    A record that changed lawfully, by another verdict for one, is to be signed again.

    Raises
    ------
    StorageError
        If the journal cannot be read.
    """
    with JournalReader(data) as journal:
        found = signatures(journal.connection)
    now = {key: record_now(data, *key) for key in {(each.kind, each.subject) for each in found}}
    return tuple(SignatureState(each, _state(each, now[each.kind, each.subject])) for each in found)


def _state(signature: Signature, record: str) -> str:
    if not record:
        return GONE
    return VALID if record == signature.record else CHANGED
