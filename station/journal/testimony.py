"""The journal's writing side for what people say: verdicts, annotations, notes and whatever else enters the audit chain."""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from uuid import UUID

import apsw

from labeling.annotation import Annotation
from station.journal.audit import AuditChain, AuditEvent
from station.journal.connection import transaction
from station.journal.errors import Refusal, RefusedError, StorageError
from station.journal.opinions import check_may_decide, insert_annotation, insert_note, queue_samples
from station.journal.people import PeopleStore
from station.journal.queries import JournalQueries
from station.journal.records import time_text
from station.journal.review_rows import keep_looks, refresh, settle_doubt
from station.journal.rows import count, insert_verdict
from station.line.inspection import Author, Verdict, VerdictKind
from station.review.rules import ReviewRules

log = logging.getLogger(__name__)

_SUPERSEDE = """
UPDATE parts SET verdict = ?, by = ?, author = ?, reason = ?, review = CASE WHEN ? THEN 'done' ELSE review END WHERE id = ?"""
_LABELLED_ANEW = "UPDATE review_queue SET round = round + 1 WHERE part = ? AND stage = 'rework'"
_ANSWER = "INSERT INTO commands (key, answer, time) VALUES (?, ?, ?)"


class Testimony(JournalQueries):
    """What the writer's thread does for people; `people` are their accounts. Durable when a call returns."""

    people: PeopleStore

    def __init__(
        self, connection: apsw.Connection, path: Path, now: Callable[[], datetime], rules: ReviewRules | None = None
    ) -> None:
        super().__init__(connection, path)
        self._now = now
        self._rules = rules or ReviewRules()

    def give_verdict(
        self,
        uid: UUID,
        verdict: Verdict,
        seen: VerdictKind,
        *,
        key: UUID | None = None,
        answer: str = "",
        may_supersede: bool = False,
    ) -> str:
        """Supersede a part's verdict by a person's; durable on return. The part's pictures are labelled for learning.

        Parameters
        ----------
        seen
            The verdict that the person saw and judged by.
        key, answer
            The command's key and what it is answered; both are recorded with the verdict.
        may_supersede
            Whether it may take the place of another person's verdict.

        Returns
        -------
        str
            `answer`; or what the same command was answered before, and nothing is changed then.

        Raises
        ------
        RefusedError
            If there is no such part, it has another verdict meanwhile, another person decided it and `may_supersede` is
            not set, or it is to be OK and a picture of it is missing.
        StorageError
            If the database cannot take it.
        """

        def give() -> None:
            part = self._row_of_known(uid)
            check_may_decide(self._connection, part, verdict, seen, may_supersede=may_supersede)
            if verdict.by is Author.QA:
                settle_doubt(self._connection, part)
            self._supersede(part, uid, verdict)

        return self._once(key, answer, give)

    def annotate(
        self,
        uid: UUID,
        view: str,
        parent: UUID | None,
        annotation: Annotation,
        *,
        key: UUID | None = None,
        answer: str = "",
    ) -> str:
        """Add a revision to what people say of a view; durable on return. `parent` is the newest that the author saw.

        The view's picture is labelled for learning: as the part's verdict where a person gave it, otherwise NG when the
        annotation has any label. `key`, `answer` and what is returned: see `give_verdict`.

        Raises
        ------
        RefusedError
            If there is no such part or view, the annotation does not fit it, or `parent` is not the newest any more.
        StorageError
            If the database cannot take it.
        """

        def annotate() -> None:
            if annotation.parent != parent:
                raise RefusedError(Refusal.BAD_VALUE, "The annotation names another parent than the command.")
            part, now = self._row_of_known(uid), self._now()
            details = insert_annotation(self._connection, part, uid, view, annotation, now)
            self._chain.append(AuditEvent.ANNOTATED, details, now)
            keep_looks(self._connection, annotation)
            if not annotation.proposed:
                self._connection.execute(_LABELLED_ANEW, (part,))
            refresh(self._connection, part, self._rules)

        return self._once(key, answer, annotate)

    def write_note(self, author: str, text: str, *, key: UUID | None = None, answer: str = "") -> str:
        """Keep a hand-over note; durable on return. `key`, `answer` and what is returned: see `give_verdict`.

        Raises
        ------
        StorageError
            If the database cannot take it.
        """

        def write() -> None:
            now = self._now()
            self._chain.append(AuditEvent.NOTE_WRITTEN, insert_note(self._connection, author, text, now), now)

        return self._once(key, answer, write)

    def audit(self, event: AuditEvent, details: Mapping[str, str], *, key: UUID | None = None, answer: str = "") -> str:
        """Add an entry to the audit chain; durable on return. `key`, `answer` and what is returned: see `give_verdict`.

        Raises
        ------
        StorageError
            If the database cannot take it.
        """
        return self._once(key, answer, lambda: self._chain.append(event, details, self._now()))

    def _once(self, key: UUID | None, answer: str, effect: Callable[[], None]) -> str:
        """Do what a command asks and note its answer, in one transaction; nothing when it is answered already."""
        with transaction(self._connection, self._path):
            if key is not None and (known := self._answer_of(key)) is not None:
                return known
            effect()
            if key is not None:
                self._note_answer(key, answer)
        self._anchor()
        return answer

    def _note_answer(self, key: UUID, answer: str) -> None:
        self._connection.execute(_ANSWER, (str(key), answer, time_text(self._now())))

    def _supersede(self, part: int, uid: UUID, verdict: Verdict) -> None:
        person = verdict.by is not Author.RULES
        ((time, recipe, old),) = self._rows("SELECT time, recipe_name, verdict FROM parts WHERE id = ?", part)
        insert_verdict(self._connection, part, verdict)
        current = (verdict.kind.value, verdict.by.value, verdict.author, verdict.reason)
        self._connection.execute(_SUPERSEDE, (*current, person, part))
        count(self._connection, time, recipe, VerdictKind(old), -1)
        count(self._connection, time, recipe, verdict.kind, 1)
        if person:
            queue_samples(self._connection, part, uid, verdict.kind, verdict.by.value, verdict.time)
            details = {"part": str(uid), "was": old, "verdict": verdict.kind.value, "by": verdict.by.value}
            details |= {"author": verdict.author, "reason": verdict.reason}
            self._chain.append(AuditEvent.PERSON_VERDICT, details, verdict.time)
        refresh(self._connection, part, self._rules)

    def _row_of_known(self, uid: UUID) -> int:
        rows = self._rows("SELECT id FROM parts WHERE uid = ?", str(uid))
        if not rows:
            raise RefusedError(Refusal.NO_SUCH_PART, f"There is no part {uid}.")
        return int(rows[0][0])

    def _use(self, chain: AuditChain) -> None:
        self._chain = chain
        self.people = PeopleStore(self._connection, self._path, chain, self._now, self._anchor)

    def _anchor(self) -> None:
        """Anchor what is committed. A failure is no reason to repeat the entry: the next anchor covers this one too."""
        try:
            self._chain.anchor()
        except StorageError as error:
            log.error("an audit entry is recorded but not anchored: %s", error)
