"""Who has which part to review, the golden ones among them, and what reviewers keep for each other.

Durable when a call returns, in the audit chain, and done once: each call takes the command's key and gives the answer that is
recorded with its effect.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from station.journal.audit import AuditEvent
from station.journal.connection import transaction
from station.journal.errors import Refusal, RefusedError
from station.journal.records import time_text
from station.journal.review_items import disguised_item, item_of
from station.journal.review_rows import doubt, standing
from station.journal.testimony import Testimony
from station.line.inspection import VerdictKind
from station.review.queue import QueueItem, Stage
from station.review.rules import drawn

_ROW = "SELECT stage, round, open FROM review_queue WHERE part = ?"
_LEASE = "SELECT reviewer, until, golden FROM review_leases WHERE part = ?"
_LEND = "INSERT INTO review_leases (part, reviewer, until, golden) VALUES (?, ?, ?, ?)"
_RENEW = "UPDATE review_leases SET until = ? WHERE reviewer = ?"
_EXPIRE = "DELETE FROM review_leases WHERE until <= ?"
_RETURN = "DELETE FROM review_leases WHERE part = ?"
_LEASED = "SELECT uid FROM review_leases JOIN parts ON parts.id = part WHERE reviewer = ? ORDER BY part"
_GIVEN = """
INSERT INTO review_given (reviewer, parts) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET parts = parts + ?2
RETURNING parts"""
_SET_GOLDEN = """
INSERT INTO golden_parts (part, verdict, author, time) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT DO UPDATE SET verdict = ?2, author = ?3, time = ?4"""
_SAVE_VIEW = """
INSERT INTO review_views (name, filter, author, time) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT DO UPDATE SET filter = ?2, author = ?3, time = ?4"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Parts somebody would like to have: `parts` in order of the queue, `golden` ones that may be mixed in."""

    reviewer: str
    parts: tuple[UUID, ...]
    n: int
    golden: tuple[UUID, ...] = ()


class Lending(Testimony):
    """What the writer's thread does for reviewers before and beside their word."""

    # Who has what -------------------------------------------------------------------------------------------------

    def take(self, wanted: Wanted, *, key: UUID, answer: Callable[[tuple[QueueItem, ...], str], str]) -> str:
        """Lend parts to a reviewer, those that nobody else has and that are the reviewer's to review.

        What the reviewer has of them already comes first. `answer` makes the answer of the parts and of when the lease ends.

        Raises
        ------
        StorageError
            If the database cannot take it.
        """

        def lend() -> str:
            now = self._now()
            until = time_text(now + self._rules.lease)
            self._renew(wanted.reviewer)
            mine = {UUID(uid) for (uid,) in self._rows(_LEASED, wanted.reviewer)}
            have = [uid for uid in wanted.parts if uid in mine][: wanted.n]
            fresh = self._lend(wanted, mine, wanted.n - len(have), until)
            if fresh:
                details = {"author": wanted.reviewer, "parts": " ".join(str(uid) for uid in fresh), "until": until}
                self._chain.append(AuditEvent.PARTS_TAKEN, details, now)
            return answer(self._items([*have, *fresh]), until)

        return self._answered(key, lend)

    def _lend(self, wanted: Wanted, mine: set[UUID], most: int, until: str) -> list[UUID]:
        fresh: list[UUID] = []
        for uid in wanted.parts:
            if len(fresh) >= most:
                break
            if uid not in mine and self._may_have(uid, wanted.reviewer):
                self._connection.execute(_LEND, (self._row_of(uid), wanted.reviewer, until, None))
                fresh.append(uid)
        return self._with_golden(wanted, fresh, until) if fresh else fresh

    def _with_golden(self, wanted: Wanted, fresh: list[UUID], until: str) -> list[UUID]:
        """Put a golden part in the place of the last one, when it is due."""
        ((given,),) = self._rows(_GIVEN, wanted.reviewer, len(fresh))
        purpose = f"golden {self._rules.seed} {wanted.reviewer}"
        due = any(
            drawn(UUID(int=number), self._rules.golden_share, purpose) for number in range(given - len(fresh), given)
        )
        golden = next((uid for uid in wanted.golden if due and self._is_free_golden(uid, wanted.reviewer)), None)
        if golden is None:
            return fresh
        part, last = self._row_of(golden), self._row_of(fresh[-1])
        ((answer,),) = self._rows("SELECT verdict FROM golden_parts WHERE part = ?", part)
        self._connection.execute(_RETURN, (last,))
        self._connection.execute(_LEND, (part, wanted.reviewer, until, answer))
        return [*fresh[:-1], golden]

    def _is_free_golden(self, uid: UUID, reviewer: str) -> bool:
        part = self._row_of(uid)
        row = self._rows("SELECT author FROM golden_parts WHERE part = ?", part)
        queued = self._rows(_ROW, part)
        return bool(row) and row[0][0] != reviewer and not self._rows(_LEASE, part) and not (queued and queued[0][2])

    def _may_have(self, uid: UUID, reviewer: str) -> bool:
        """Whether a part may be lent to somebody: it has its pictures, waits for this person's word, and nobody has it."""
        rows = self._rows("SELECT id FROM parts WHERE uid = ? AND removal IS NULL", str(uid))
        if not rows or not (row := self._rows(_ROW, part := int(rows[0][0]))) or self._rows(_LEASE, part):
            return False
        stage, round_number, _ = row[0]
        if stage == Stage.DONE:
            return False
        said = {word.reviewer for word in standing(self._connection, part, round_number)}
        return reviewer not in said and (stage != Stage.ADJUDICATION or self._rules.may_adjudicate(reviewer))

    def _items(self, uids: Sequence[UUID]) -> tuple[QueueItem, ...]:
        """Return parts as a reviewer is shown them, in order of the queue: nothing tells a golden one."""
        items = []
        for uid in uids:
            part = self._row_of(uid)
            ((_, _, golden),) = self._rows(_LEASE, part)
            items.append((disguised_item if golden else item_of)(self._connection, part, self._now()))
        return tuple(sorted(items, key=lambda item: -item.priority))

    def release(self, reviewer: str, uids: Sequence[UUID], *, key: UUID, answer: str) -> str:
        """Take parts back from a reviewer, all where `uids` is empty.

        Raises
        ------
        StorageError
            If the database cannot take it.
        """

        def take_back() -> str:
            mine = [uid for (uid,) in self._rows(_LEASED, reviewer)]
            wanted = {str(uid) for uid in uids} or set(mine)
            if released := [uid for uid in mine if uid in wanted]:
                for uid in released:
                    self._connection.execute(_RETURN, (self._row_of(UUID(uid)),))
                details = {"author": reviewer, "parts": " ".join(released)}
                self._chain.append(AuditEvent.PARTS_RELEASED, details, self._now())
            return answer

        return self._answered(key, take_back)

    def _renew(self, reviewer: str) -> None:
        """Note that a reviewer is alive, and forget those who are not."""
        now = self._now()
        self._connection.execute(_EXPIRE, (time_text(now),))
        self._connection.execute(_RENEW, (time_text(now + self._rules.lease), reviewer))

    # What waits for them ------------------------------------------------------------------------------------------

    def doubt(self, uids: Sequence[UUID], model: str, author: str) -> tuple[UUID, ...]:
        """Put parts into the queue whose labels a model contradicts; return those that were not asked for before.

        Durable on return. A part is asked for once, whatever models say of it later; what was reviewed waits again.

        Parameters
        ----------
        model
            As "NAME@VERSION".
        author
            Who asks.

        Raises
        ------
        RefusedError
            If there is no such part; nothing was changed then.
        StorageError
            If the database cannot take it.
        """
        with transaction(self._connection, self._path):
            rows = {uid: self._row_of_known(uid) for uid in uids}
            asked = tuple(uid for uid, part in rows.items() if doubt(self._connection, part, self._rules))
            if asked:
                details = {"author": author, "model": model, "parts": " ".join(map(str, asked))}
                self._chain.append(AuditEvent.LABELS_DOUBTED, details, self._now())
        self._anchor()
        return asked

    # Golden parts and saved views ---------------------------------------------------------------------------------

    def set_golden(self, uid: UUID, verdict: VerdictKind | None, author: str, *, key: UUID, answer: str) -> str:
        """Make a part one whose answer is known, or, without a verdict, one like any other again.

        Raises
        ------
        RefusedError
            If there is no such part, or it is still to be reviewed.
        StorageError
            If the database cannot take it.
        """

        def keep() -> str:
            part, now = self._row_of_known(uid), self._now()
            if verdict is None:
                self._connection.execute("DELETE FROM golden_parts WHERE part = ?", (part,))
            else:
                queued = self._rows(_ROW, part)
                if queued and queued[0][2]:
                    raise RefusedError(Refusal.NOT_NOW, "Review this part first: a known answer is one that stands.")
                self._connection.execute(_SET_GOLDEN, (part, verdict.value, author, time_text(now)))
            details = {"part": str(uid), "author": author, "verdict": verdict.value if verdict else ""}
            self._chain.append(AuditEvent.GOLDEN_SET, details, now)
            return answer

        return self._answered(key, keep)

    def save_view(self, name: str, filter_text: str, author: str, *, key: UUID, answer: str) -> str:
        """Keep a filter, as JSON, under a name. Raises `StorageError`."""

        def keep() -> str:
            now = self._now()
            self._connection.execute(_SAVE_VIEW, (name, filter_text, author, time_text(now)))
            self._chain.append(AuditEvent.VIEW_SAVED, {"name": name, "filter": filter_text, "author": author}, now)
            return answer

        return self._answered(key, keep)

    def delete_view(self, name: str, author: str, *, key: UUID, answer: str) -> str:
        """Forget a saved view; one that is gone already is no mistake. Raises `StorageError`."""

        def forget() -> str:
            self._connection.execute("DELETE FROM review_views WHERE name = ?", (name,))
            if self._connection.changes():
                self._chain.append(AuditEvent.VIEW_DELETED, {"name": name, "author": author}, self._now())
            return answer

        return self._answered(key, forget)

    def _own_lease(self, part: int, reviewer: str) -> str | None:
        """Return the known answer where the reviewer has the part as a golden one; refuse where somebody else has it."""
        for holder, _, golden in self._rows(_LEASE, part):  # those that are over are gone
            if holder != reviewer:
                raise RefusedError(Refusal.NOT_NOW, f"{holder} has this part at present.")
            return None if golden is None else str(golden)
        return None

    def _stage_of(self, part: int) -> tuple[Stage, int]:
        rows = self._rows(_ROW, part)
        return (Stage(rows[0][0]), int(rows[0][1])) if rows else (Stage.FIRST, 1)

    def _answered(self, key: UUID, effect: Callable[[], str]) -> str:
        """Do what a command asks and note the answer it gives, in one transaction; nothing when it is answered already."""
        with transaction(self._connection, self._path):
            if (known := self._answer_of(key)) is not None:
                return known
            answer = effect()
            self._note_answer(key, answer)
        self._anchor()
        return answer
