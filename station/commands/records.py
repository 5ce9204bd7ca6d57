"""What `hold`, `delete`, `sign` and `models card --review` share: the engine does it where one runs, else the command itself."""

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import uuid4

from station.desk.messages import ManageRecords, Refusal
from station.desk.tell import ask_engine
from station.errors import StationFailedError
from station.journal.errors import NoJournalError, RefusedError
from station.journal.reader import DATABASE
from station.journal.store import Journal
from station.keeping.manage import manage_records

ANSWER_S = 20.0
"""How long the engine may take to answer; a log-in that is just being looked at comes first."""


def place(args: argparse.Namespace) -> tuple[Path, Path | None]:
    """Return data folder and audit key, as the configuration says where one is named."""
    if args.config is None:
        return args.data, args.audit_key
    from station.config import load_station

    station = load_station(args.config).station
    return station.data, args.audit_key or station.audit_key


def carry_out(data: Path, audit_key: Path | None, by: str, action: str, details: Mapping[str, str]) -> dict[str, Any]:
    """Have it done and return what came of it.

    Raises
    ------
    RefusedError
        If it is refused; nothing was changed then.
    StationFailedError
        If the engine runs and does not answer.
    StorageError
        If nobody answers, and somebody else holds the journal.
    """
    wish = ManageRecords(key=uuid4(), action=action, by=by, details=dict(details))
    try:
        answer = ask_engine(data, wish, ANSWER_S)
    except TimeoutError as silence:
        raise StationFailedError(f"{silence}; see its log") from None
    if not isinstance(answer, str):
        if not answer.done:
            raise RefusedError(answer.refusal or Refusal.NOT_NOW, answer.text)
        return answer.result
    if not (data / DATABASE).is_file():
        raise NoJournalError(f"{data}: there is no journal here; name the station's with --config or --data")
    with Journal.open(data, audit_key_path=audit_key, busy_timeout_s=1.0) as journal:
        result = manage_records(lambda work: work(journal), data, by, action, details)
        journal.removals.finish()
    return result
