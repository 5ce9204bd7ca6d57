"""What reviewers say of parts, and what becomes of it: the next stage, or a verdict of QA.

Durable when a call returns, in the audit chain, and done once. `Given.effect` is there where the call had it just now.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from station.journal.audit import AuditEvent
from station.journal.errors import Refusal, RefusedError
from station.journal.lending import Lending
from station.journal.opinions import check_may_decide, forget_samples
from station.journal.records import time_text
from station.journal.review_rows import refresh, standing
from station.journal.review_seals import insert_review, insert_undo
from station.line.inspection import Author, Verdict, VerdictKind
from station.review.queue import Outcome, Reason, Stage
from station.review.rules import Said, stage_after

_LEND = "INSERT INTO review_leases (part, reviewer, until, golden) VALUES (?, ?, ?, ?)"
_RETURN = "DELETE FROM review_leases WHERE part = ?"
_LAST = """
SELECT id, reviewer, round, golden, before_kind, gave FROM reviews WHERE part = ?1 AND (golden IS NULL OR reviewer = ?2)
    AND NOT EXISTS (SELECT 1 FROM review_undos u WHERE u.id = reviews.id) ORDER BY id DESC LIMIT 1"""
_LAST_VERDICT = "SELECT max(id) FROM verdicts WHERE part = ?"
_BEFORE = "SELECT kind, by, reason FROM verdicts WHERE part = ? AND id < ? ORDER BY id DESC LIMIT 1"


@dataclass(frozen=True, slots=True)
class Word:
    """What a reviewer says of a part; `seen` is the verdict that was looked at, `verdict` None where it follows from the rest."""

    reviewer: str
    outcome: Outcome
    verdict: VerdictKind | None
    seen: VerdictKind
    reasons: tuple[Reason, ...] = ()
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Effect:
    """What a reviewer's word did: the part's stage, the verdict of QA where one came of it, and what of it is shown.

    The two verdicts are the same but for a golden part, whose own stays what it is.
    """

    stage: Stage
    verdict: Verdict | None = None
    shown: VerdictKind | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """The answer to a command, and its effect where it had one just now."""

    answer: str
    effect: Effect | None


class Reviewing(Lending):
    """What the writer's thread does with a reviewer's word."""

    def review(self, uid: UUID, word: Word, *, key: UUID, answer: Callable[[Effect], str]) -> Given:
        """Record what a reviewer says; where it completes the review, it is the part's verdict by QA from now on.

        Raises
        ------
        RefusedError
            If there is no such part, somebody else has it, it has another verdict or stage meanwhile, or the word does not
            fit.
        StorageError
            If the database cannot take it.
        """

        def say() -> Effect:
            part = self._row_of_known(uid)
            self._renew(word.reviewer)
            golden = self._own_lease(part, word.reviewer)
            kind = _verdict_of(word)
            if golden is not None:
                return self._say_golden(part, uid, word, kind, golden)
            stage, round_number = self._stage_of(part)
            said = standing(self._connection, part, round_number)
            _check_turn(stage, said, word.reviewer)
            return self._say(part, uid, word, kind, stage, round_number, said)

        return self._given(key, say, answer)

    def adjudicate(self, uid: UUID, word: Word, *, key: UUID, answer: Callable[[Effect], str]) -> Given:
        """Decide where reviewers differ. `word.seen` and `word.outcome` are what they are taken for; see `review`.

        Raises
        ------
        RefusedError
            If there is no such part, it does not wait for this, or the person may not or is one of those who differ.
        StorageError
            If the database cannot take it.
        """

        def decide() -> Effect:
            part = self._row_of_known(uid)
            self._renew(word.reviewer)
            self._own_lease(part, word.reviewer)
            stage, round_number = self._stage_of(part)
            said = standing(self._connection, part, round_number)
            if stage is not Stage.ADJUDICATION:
                raise RefusedError(Refusal.SUPERSEDED, "The reviewers of this part do not differ, or not any more.")
            if not self._rules.may_adjudicate(word.reviewer):
                raise RefusedError(Refusal.NOT_ALLOWED, f"{word.reviewer} is not among the adjudicators.")
            if word.reviewer in {each.reviewer for each in said}:
                text = "You are one of those who differ on this part: somebody else must decide."
                raise RefusedError(Refusal.NOT_ALLOWED, text)
            ((present,),) = self._rows("SELECT verdict FROM parts WHERE id = ?", part)
            outcome = Outcome.ACCEPT if present == word.verdict else Outcome.REJECT
            seen = VerdictKind(present)
            decided = Word(word.reviewer, outcome, word.verdict, seen, word.reasons, word.comment)
            return self._say(part, uid, decided, word.verdict, stage, round_number, said)

        return self._given(key, decide, answer)

    def _say(
        self,
        part: int,
        uid: UUID,
        word: Word,
        kind: VerdictKind | None,
        stage: Stage,
        round_number: int,
        said: Sequence[Said],
    ) -> Effect:
        now = self._now()
        verdict = Verdict(kind or word.seen, Author.QA, self._reason(part, word), now, word.reviewer)
        check_may_decide(self._connection, part, verdict, word.seen, may_supersede=True)
        then = Said(word.reviewer, word.outcome, kind, stage)
        after, final = stage_after((*said, then), self._rules.opinions_wanted(uid))
        gave = None
        if final is not None:
            self._supersede(part, uid, verdict)
            ((gave,),) = self._rows(_LAST_VERDICT, part)
        self._record_word(part, uid, word, kind, stage, round_number, None, gave)
        self._connection.execute(_RETURN, (part,))
        refresh(self._connection, part, self._rules)
        return Effect(after, verdict if final is not None else None, final)

    def _say_golden(self, part: int, uid: UUID, word: Word, kind: VerdictKind | None, known: str) -> Effect:
        """Keep the answer to a golden part, whose verdict stays what it is."""
        self._record_word(part, uid, word, kind, Stage.FIRST, 0, known, None)
        self._connection.execute(_RETURN, (part,))
        if word.outcome is Outcome.REWORK:
            return Effect(Stage.REWORK)
        if self._rules.opinions_wanted(uid) > 1:
            return Effect(Stage.SECOND)
        return Effect(Stage.DONE, shown=kind)

    def _record_word(
        self,
        part: int,
        uid: UUID,
        word: Word,
        kind: VerdictKind | None,
        stage: Stage,
        round_number: int,
        golden: str | None,
        gave: int | None,
    ) -> None:
        now, verdict = self._now(), kind.value if kind else None
        reasons = " ".join(reason.value for reason in word.reasons)
        said = (word.reviewer, word.outcome.value, verdict, reasons, word.comment, time_text(now), stage.value)
        sealed = insert_review(self._connection, (part, *said, round_number, golden, word.seen.value, gave))
        details = {"part": str(uid), "author": word.reviewer, "outcome": word.outcome.value, "verdict": verdict or ""}
        details |= {"seen": word.seen.value, "reasons": reasons, "comment": word.comment, "stage": stage.value}
        self._chain.append(AuditEvent.REVIEWED, details | sealed | {"golden": golden or ""}, now)

    def undo_review(self, uid: UUID, reviewer: str, *, key: UUID, answer: Callable[[Effect], str]) -> Given:
        """Take a reviewer's own last word on a part back; the part is lent to them again.

        Raises
        ------
        RefusedError
            If the reviewer has said nothing on it, or something was said or done on it since.
        StorageError
            If the database cannot take it.
        """

        def undo() -> Effect:
            part, now = self._row_of_known(uid), self._now()
            self._renew(reviewer)
            self._own_lease(part, reviewer)
            number, golden, gave = self._undoable(part, reviewer)
            before = self._give_back(part, uid, reviewer, gave) if gave is not None else None
            again = self._rows(_LAST_VERDICT, part)[0][0] if before else None
            sealed = insert_undo(self._connection, number, now, again)
            self._connection.execute(_RETURN, (part,))
            self._connection.execute(_LEND, (part, reviewer, time_text(now + self._rules.lease), golden))
            details = {"part": str(uid), "author": reviewer, "verdict": before.kind.value if before else ""}
            self._chain.append(AuditEvent.REVIEW_UNDONE, details | sealed, now)
            if golden is not None:
                return Effect(Stage.FIRST)
            stage = refresh(self._connection, part, self._rules)
            return Effect(stage or Stage.FIRST, before)

        return self._given(key, undo, answer)

    def _undoable(self, part: int, reviewer: str) -> tuple[int, str | None, int | None]:
        """Return the row of the reviewer's last word, the known answer of a golden part, and the verdict it gave."""
        rows = self._rows(_LAST, part, reviewer)
        if not rows or rows[0][1] != reviewer:
            raise RefusedError(Refusal.SUPERSEDED, "There is no word of yours to take back, or not the last one.")
        number, _, round_number, golden, _, gave = rows[0]
        ((last,),) = self._rows(_LAST_VERDICT, part)
        if golden is None and (self._stage_of(part)[1] != round_number or (gave is not None and gave != last)):
            raise RefusedError(Refusal.SUPERSEDED, "Somebody has worked on this part since: review it again instead.")
        return int(number), golden, gave

    def _give_back(self, part: int, uid: UUID, reviewer: str, gave: int) -> Verdict:
        """Say again what was said before a verdict."""
        ((kind, by, reason),) = self._rows(_BEFORE, part, gave)
        before = Verdict(VerdictKind(kind), Author.QA, reason, self._now(), reviewer)
        self._supersede(part, uid, before)
        if by == Author.RULES.value:
            forget_samples(self._connection, part, uid)  # again no person has said what it is
        return before

    def _reason(self, part: int, word: Word) -> str:
        ((present,),) = self._rows("SELECT reason FROM parts WHERE id = ?", part)
        kept = str(present) if word.outcome is Outcome.ACCEPT else ""
        return word.comment or ", ".join(reason.value for reason in word.reasons) or kept

    def _given(self, key: UUID, effect: Callable[[], Effect], answer: Callable[[Effect], str]) -> Given:
        done: list[Effect] = []

        def act() -> str:
            done.append(effect())
            return answer(done[0])

        text = self._answered(key, act)
        return Given(text, done[0] if done else None)


def _verdict_of(word: Word) -> VerdictKind | None:
    """Return the verdict that a reviewer's word means; None with a rework. Raises `RefusedError` where it does not fit."""
    if word.outcome is Outcome.REWORK:
        if word.verdict is not None or not word.reasons:
            text = "Labels that are to be made again need a reason and give no verdict."
            raise RefusedError(Refusal.BAD_VALUE, text)
        return None
    opposite = {VerdictKind.OK: VerdictKind.NG, VerdictKind.NG: VerdictKind.OK}
    meant = word.seen if word.outcome is Outcome.ACCEPT else opposite.get(word.seen)
    kind = word.verdict or meant
    if kind is None or kind is VerdictKind.NOT_DECIDABLE:
        raise RefusedError(Refusal.BAD_VALUE, "This part is not decided yet: say OK or NG.")
    if meant not in {None, VerdictKind.NOT_DECIDABLE, kind}:
        text = f"To {word.outcome} {word.seen} is not to say {kind}: send one or the other."
        raise RefusedError(Refusal.BAD_VALUE, text)
    return kind


def _check_turn(stage: Stage, said: Sequence[Said], reviewer: str) -> None:
    """Refuse a word that is not this person's turn to say."""
    match stage:
        case Stage.DONE:
            raise RefusedError(Refusal.SUPERSEDED, "This part is reviewed already.")
        case Stage.ADJUDICATION:
            raise RefusedError(Refusal.SUPERSEDED, "The reviewers of this part differ: it must be adjudicated.")
        case Stage.REWORK:
            raise RefusedError(Refusal.NOT_NOW, "This part waits for better labels: annotate it first.")
        case _ if reviewer in {word.reviewer for word in said}:
            raise RefusedError(Refusal.NOT_ALLOWED, "You have reviewed this part: the next word is somebody else's.")
