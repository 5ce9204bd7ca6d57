"""How a destination stands, read from outside the sender: for the command line and `station doctor`."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from station.delivery.secret import SHORTEST, SecretError, read_secret
from station.delivery.settings import DeliveryKind, DeliveryTable
from station.doctor import Check, State
from station.journal.deliveries import Deliveries
from station.journal.errors import NoJournalError
from station.journal.reader import JournalReader
from station.journal.result_queries import last_verdict, last_verdict_before


@dataclass(frozen=True, slots=True)
class Standing:
    """One destination: it has every result up to `done` but those in quarantine, and `waiting` more are there."""

    name: str
    done: int
    waiting: int
    quarantined: int
    attempts: int = 0
    next_try: datetime | None = None
    error: str = ""


def standing_of(data: Path, destination: DeliveryTable) -> Standing:
    """Read how a destination stands. Raises `StorageError`."""
    name, deliveries = destination.name, Deliveries.read(data)
    state, quarantined = None, 0
    if deliveries is not None:
        with deliveries:
            state, quarantined = deliveries.state(name), deliveries.quarantine_size(name)
    last, skipped = _numbers(data, destination.since)
    if state is None:
        return Standing(name, skipped, last - skipped, 0)
    waiting = max(0, last - state.done)
    return Standing(name, state.done, waiting, quarantined, state.attempts, state.next_try, state.error)


def _numbers(data: Path, since: datetime | None) -> tuple[int, int]:
    """Return the journal's last result, and the last one that a new destination would not get."""
    try:
        with JournalReader(data) as journal:
            return last_verdict(journal), last_verdict_before(journal, since) if since is not None else 0
    except NoJournalError:
        return 0, 0


def check_delivery(destination: DeliveryTable, standing: Standing) -> Check:
    """Say how a destination stands, and what to do where it does not get on."""
    name = f"delivery {destination.name}"
    if trouble := _secret_trouble(destination):
        return Check(name, State.FAIL, trouble, "put the secret there, its owner's alone (chmod 600)")
    text = f"{destination.kind} to {destination.url}: {standing.waiting} results wait"
    if standing.error:
        remedy = f"mend what it says; `station delivery retry {destination.name}` tries at once"
        return Check(name, State.WARNING, f"{text}; {standing.error}", remedy)
    if standing.quarantined:
        remedy = f"`station delivery show {destination.name}` says why, `retry` tries them again"
        return Check(name, State.WARNING, f"{text}, {standing.quarantined} in quarantine", remedy)
    if not (destination.encrypted or destination.stays_here):
        return Check(name, State.WARNING, f"{text}; they travel readable for all", "use an encrypted url")
    return Check(name, State.OK, text)


def _secret_trouble(destination: DeliveryTable) -> str:
    if destination.secret_file is None:
        return ""
    at_least = SHORTEST if destination.kind is DeliveryKind.WEBHOOK else 1
    try:
        read_secret(destination.secret_file, at_least=at_least)
    except SecretError as error:
        return str(error)
    return ""
