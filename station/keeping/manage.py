"""What `hold`, `delete`, `sign` and `models card --review` do to the journal, whether the engine holds it or nobody."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any
from uuid import UUID

from station.journal.errors import Refusal, RefusedError
from station.journal.holds import Hold
from station.journal.removals import Removals, Removed, Why
from station.journal.store import Journal
from station.keeping.record import record_of
from station.people.accounts import Accounts, Ask
from station.people.roles import Action, Person

PARTS_AT_ONCE = 20
"""Parts of one deletion, or of one wish to review: the writer's thread does them between two commits. More are asked for in
several."""
LONGEST = 1000


def manage_records(ask: Ask, data: Path, by: str, action: str, details: Mapping[str, str]) -> dict[str, Any]:
    """Do one action of `ACTIONS`, and return what `--json` prints of it.

    Parameters
    ----------
    by
        Who does it, for the audit chain; a signature is in the name of whoever proves to be that person.

    Raises
    ------
    RefusedError
        If a detail does not do, a hold forbids it, or the signer may not.
    StorageError
        If the journal cannot take it.
    """
    if action not in ACTIONS:
        raise RefusedError(Refusal.BAD_VALUE, f"There is no action {action!r}; there are: {', '.join(ACTIONS)}.")
    do, known = ACTIONS[action]
    if unknown := set(details) - known:
        raise RefusedError(Refusal.BAD_VALUE, f"{action} takes no {min(unknown)!r}.")
    for name, text in details.items():
        if name != "uids" and len(text) > LONGEST:
            raise RefusedError(Refusal.BAD_VALUE, f"The {name} has at most {LONGEST} characters.")
    return do(ask, data, by, details)


def _add_hold(ask: Ask, data: Path, by: str, details: Mapping[str, str]) -> dict[str, Any]:
    del data
    part = _uid(details["part"]) if details.get("part") else None
    since, until = _time(details.get("since", "")), _time(details.get("until", ""))
    if since and until and since >= until:
        raise RefusedError(Refusal.BAD_VALUE, "The time range ends before it begins.")

    def place(journal: Journal) -> int:
        if part is not None and journal.summary(part) is None:
            raise RefusedError(Refusal.NO_SUCH_PART, f"There is no part {part}.")
        lot, reason = details.get("lot", ""), details.get("reason", "")
        return journal.holds.place(by, reason, part=part, lot=lot, since=since, until=until)

    return {"hold": ask(place)}


def _end_hold(ask: Ask, data: Path, by: str, details: Mapping[str, str]) -> dict[str, Any]:
    del data
    number = int(details.get("hold", "0")) if details.get("hold", "0").isdecimal() else 0
    ask(lambda journal: journal.holds.end(number, by, details.get("reason", "")))
    return {"hold": number}


def _delete(ask: Ask, data: Path, by: str, details: Mapping[str, str]) -> dict[str, Any]:
    del data
    reason = details.get("reason", "").strip()
    if not reason:
        raise RefusedError(Refusal.BAD_VALUE, "Say on whose request, and why: the record of the part will.")
    uids = _uids(details)

    def delete(journal: Journal) -> tuple[int, Removed]:
        rows = _rows_to_remove(journal.removals, journal.holds.standing(), uids, journal)
        return len(rows), journal.removals.remove(rows, Why.REQUEST, author=by, reason=reason)

    parts, removed = ask(delete)
    files = {"files": removed.files, "shared": removed.shared, "bytes": removed.size_bytes}
    return {"parts": parts, "removed_before": len(uids) - parts, **files}


def _rows_to_remove(removals: Removals, holds: tuple[Hold, ...], uids: list[UUID], journal: Journal) -> list[int]:
    """Return the parts' rows, less those whose pictures are gone. Raises `RefusedError` where one is unknown or held."""
    rows = []
    for uid in dict.fromkeys(uids):
        found = removals.candidate(uid)
        if found is None:
            if journal.summary(uid) is None:
                raise RefusedError(Refusal.NO_SUCH_PART, f"There is no part {uid}; nothing was removed.")
            continue
        hold = next((each for each in holds if each.covers(uid, found.part_id, found.time)), None)
        if hold is not None:
            text = f"Part {uid} is under hold {hold.number} of {hold.author} ({hold.reason}): nothing was removed."
            raise RefusedError(Refusal.NOT_ALLOWED, text)
        rows.append(found.row)
    return rows


def _sign(ask: Ask, data: Path, by: str, details: Mapping[str, str]) -> dict[str, Any]:
    del by
    return sign(ask, data, proved(ask, details.get("name", ""), details.get("password", "")), details)


def proved(ask: Ask, name: str, password: str) -> Person:
    """Return who somebody proves to be by name and password, the two components of 21 CFR Part 11.200, if they may sign.

    A wrong try counts as at any log-in, and locks as there.

    Raises
    ------
    RefusedError
        If name and password do not belong together, or the person's role may not sign.
    """
    person = Accounts(ask).log_in(name=name, secret=password)
    if not person.may(Action.SIGN):
        raise RefusedError(Refusal.NOT_ALLOWED, f"The role {person.role} may not sign; qa and administrator may.")
    return person


def sign(ask: Ask, data: Path, person: Person, details: Mapping[str, str]) -> dict[str, Any]:
    """Sign a record as `details` has seen it, in the name of somebody who was `proved`.

    Raises
    ------
    RefusedError
        If there is no such record, it is another one by now, or there is no meaning.
    """
    meaning = details.get("meaning", "").strip()
    if not meaning:
        raise RefusedError(Refusal.BAD_VALUE, "Say what the signature means, such as released.")
    record = record_of(data, details.get("kind", ""), details.get("subject", ""))
    if record.sha256 != details.get("seen"):
        raise RefusedError(Refusal.SUPERSEDED, f"{record.subject} has changed meanwhile: look at it again, then sign.")
    facts = {"meaning": meaning, "name": person.name, "role": person.role.value}
    number = ask(lambda journal: journal.holds.sign(record.kind, record.subject, record.sha256, record.items, **facts))
    return {"signature": number, "kind": record.kind, "subject": record.subject, "record": record.sha256, **facts}


def _doubt(ask: Ask, data: Path, by: str, details: Mapping[str, str]) -> dict[str, Any]:
    del data
    uids, model = _uids(details), details.get("model", "")
    if not model:
        raise RefusedError(Refusal.BAD_VALUE, "Say which model doubts the labels of these parts.")
    asked = ask(lambda journal: journal.doubt(uids, model, by))
    return {"parts": [str(uid) for uid in asked]}


def _uids(details: Mapping[str, str]) -> list[UUID]:
    uids = [_uid(word) for word in details.get("uids", "").split()]
    if not 1 <= len(uids) <= PARTS_AT_ONCE:
        raise RefusedError(Refusal.BAD_VALUE, f"Name 1 to {PARTS_AT_ONCE} parts at once, not {len(uids)}.")
    return uids


def _uid(word: str) -> UUID:
    try:
        return UUID(word)
    except ValueError:
        raise RefusedError(Refusal.BAD_VALUE, f"{word!r} is no part; take the uid from `station parts`.") from None


def _time(text: str) -> datetime | None:
    try:
        time = datetime.fromisoformat(text) if text else None
    except ValueError:
        time = None
    if text and (time is None or time.tzinfo is None):
        raise RefusedError(Refusal.BAD_VALUE, f"{text!r} is no time with a zone, such as 2026-01-31T06:00+00:00.")
    return time


Do = Callable[[Ask, Path, str, Mapping[str, str]], dict[str, Any]]

ACTIONS: Mapping[str, tuple[Do, frozenset[str]]] = MappingProxyType(
    {
        "hold": (_add_hold, frozenset({"part", "lot", "since", "until", "reason"})),
        "end-hold": (_end_hold, frozenset({"hold", "reason"})),
        "delete": (_delete, frozenset({"uids", "reason"})),
        "doubt": (_doubt, frozenset({"uids", "model"})),
        "sign": (_sign, frozenset({"kind", "subject", "meaning", "seen", "name", "password"})),
    }
)
"""What is done, and the details it takes."""
