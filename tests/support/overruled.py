"""A person's verdict on a part, as the journal takes it."""

from uuid import UUID

from station.journal.store import Journal
from station.line.inspection import Verdict


def overrule(journal: Journal, uid: UUID, verdict: Verdict) -> None:
    """Give a part another verdict than it has at present, whoever gave that."""
    journal.give_verdict(uid, verdict, journal.verdicts(uid)[-1].kind, may_supersede=True)
