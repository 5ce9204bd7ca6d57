"""What commands did and in whose name, in the audit chain: who deployed which version of a model, for one."""

import getpass
import sys
from pathlib import Path
from uuid import uuid4

from station.desk.messages import AddAudit
from station.desk.tell import ask_engine
from station.journal.audit import AuditEvent
from station.journal.errors import StorageError
from station.journal.reader import DATABASE
from station.journal.store import Journal


def enter_deployment(
    data: Path, audit_key: Path | None, by: str | None, name: str, version: str, before: str | None
) -> None:
    """Enter a deployment, by the engine where one runs; what prevents it is said on stderr, for the version is deployed.

    Parameters
    ----------
    by
        Who did it; None: the machine's user.
    before
        The version that was deployed until now, if any.
    """
    details = {"author": in_the_name_of(by), "model": name, "version": version, "before": before or ""}
    if trouble := enter(data, audit_key, "model-deployed", details, through="models"):
        sys.stderr.write(f"deployed, but not entered into the audit chain: {trouble}\n")


def in_the_name_of(by: str | None) -> str:
    """Return whom the audit chain names: a person, or else the machine's user."""
    return by or f"{getpass.getuser()} at the machine"


def enter(data: Path, audit_key: Path | None, event: str, details: dict[str, str], *, through: str) -> str:
    """Enter what a command did, by the engine where one runs; return why it could not be entered, empty where it was.

    Parameters
    ----------
    through
        The command, without `station`.
    """
    try:
        answer = ask_engine(data, AddAudit(key=uuid4(), event=event, details=details))
    except TimeoutError as silence:
        return str(silence)
    if not isinstance(answer, str):
        return answer.text
    if not (data / DATABASE).is_file():
        return ""  # a shelf without a journal: there is no chain yet
    try:
        with Journal.open(data, audit_key_path=audit_key, busy_timeout_s=1.0) as journal:
            journal.audit(AuditEvent.DONE_ELSEWHERE, {**details, "event": event, "through": through})
    except StorageError as error:
        return str(error)
    return ""
