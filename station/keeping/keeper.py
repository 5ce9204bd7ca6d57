"""Retention at work: a step between two commits, each bounded, so that the line never waits for old pictures to go.

A part that a person labelled, a golden one, one of a frozen dataset and one under a legal hold keep their pictures. A step
unlinks a few files that an earlier one wrote down; then it either looks for more parts to remove, or notes which files are
gone for good.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from station.journal.disk import free_space
from station.journal.errors import StorageError
from station.journal.holds import Hold
from station.journal.removals import Candidate, Why
from station.journal.store import Journal
from station.keeping.pinned import Pinned
from station.keeping.rules import IN_ORDER, RetentionRules
from station.line.inspection import VerdictKind

log = logging.getLogger(__name__)

LOOK_AT = 32
REMOVE = 12
"""Parts that a step looks at, and removes, at most."""
UNLINK, SETTLE = 12, 32
"""Files that a step unlinks, and notes to be gone for good, at most."""
SETTLE_S = 6.0
"""After so long the file system has written an unlink anyway (ext4 does every 5 s), and to sync it costs next to nothing."""
STEP_S, BUSY_STEP_S = 0.1, 0.2
"""At least so long between two steps; the second while parts wait to be recorded."""
REST_S = 600.0
"""At most so long from the end of one walk through the parts to the next; no longer than a tenth of the shortest period."""
AFTER_TROUBLE_S = 60.0
"""A removal that failed is tried again after so long: whether the line may go on is for the next part's record to say."""
MEASURE_S = 5.0
"""Between two looks at the free space: what was unlinked may take a moment to count."""


@dataclass(slots=True)
class _Walk:
    """One walk through the parts of every verdict, the oldest first."""

    why: Why
    left: list[VerdictKind]
    after: int = 0


class Keeper:
    """Removes what the rules let go; everything on the writer's thread.

    Parameters
    ----------
    clock_s
        Monotonic seconds.
    """

    def __init__(
        self, data: Path, rules: RetentionRules, clock_s: Callable[[], float], now: Callable[[], datetime]
    ) -> None:
        self._data = data
        self._rules = rules
        self._clock_s = clock_s
        self._now = now
        self._pinned = Pinned(data)
        periods = (*rules.by_verdict.values(), *rules.by_class.values())
        self._rest_s = min(REST_S, *(period.total_seconds() / 10 for period in periods)) if periods else REST_S
        self._walk: _Walk | None = None
        self._next_step_s = self._next_walk_s = self._next_look_s = float("-inf")
        self._owed_bytes = 0
        self._unlinked: dict[str, float] = {}
        self._may_settle = False
        self._said = ""

    def step(self, journal: Journal, *, busy: bool) -> bool:
        """Do a little if it is time; return whether there is more to do soon. What fails is said, and tried again later."""
        now_s = self._clock_s()
        if now_s < self._next_step_s:
            return True
        self._next_step_s = now_s + (BUSY_STEP_S if busy else STEP_S)
        try:
            return self._do(journal, now_s)
        except StorageError as error:
            self._say(f"no picture is removed for now: {error}")
            self._next_step_s = now_s + AFTER_TROUBLE_S
            return False

    def _do(self, journal: Journal, now_s: float) -> bool:
        more = self._unlink(journal, now_s)
        self._may_settle = not self._may_settle
        if (self._may_settle and self._settle(journal, now_s)) or not self._rules:
            return more
        self._begin_walk(now_s)
        if self._walk is None:
            return more
        try:
            if not self._pinned.look():
                return True
            golden = self._pinned.golden()
        except StorageError as error:
            self._say(f"no picture is removed: {error}")
            self._end_walk(journal, now_s)
            return more
        self._go_on(journal, self._walk, golden, now_s)
        return True

    def _unlink(self, journal: Journal, now_s: float) -> bool:
        """Unlink a few doomed files; return whether there are any, or some that are not settled."""
        doomed = journal.removals.doomed(len(self._unlinked) + UNLINK)
        left = [sha256 for sha256 in doomed if sha256 not in self._unlinked]
        self._unlinked |= dict.fromkeys(journal.removals.unlink(left[:UNLINK]), now_s)
        return bool(doomed)

    def _settle(self, journal: Journal, now_s: float) -> bool:
        """Note a few files that were unlinked a while ago to be gone for good; return whether there were any."""
        gone = [sha256 for sha256, unlinked_s in self._unlinked.items() if now_s - unlinked_s >= SETTLE_S][:SETTLE]
        if gone:
            journal.removals.settle(gone)
        for sha256 in gone:
            del self._unlinked[sha256]
        return bool(gone)

    def _begin_walk(self, now_s: float) -> None:
        """Begin a walk for room where the disk is full, another where it is time for one."""
        if self._rules.room_bytes is not None and now_s >= self._next_look_s and self._owed_bytes <= 0:
            self._next_look_s = now_s + MEASURE_S
            self._owed_bytes = self._rules.room_bytes - free_space(self._data)
            if self._owed_bytes > 0 and (self._walk is None or self._walk.why is not Why.ROOM):
                self._walk = _Walk(Why.ROOM, [kind for kind in IN_ORDER if self._rules.shortest(kind) is not None])
        if self._walk is None and now_s >= self._next_walk_s:
            self._walk = _Walk(Why.RETENTION, [kind for kind in IN_ORDER if self._rules.shortest(kind) is not None])

    def _go_on(self, journal: Journal, walk: _Walk, golden: frozenset[UUID], now_s: float) -> None:
        if walk.why is Why.ROOM and self._owed_bytes <= 0:
            self._walk = None
            return
        if not walk.left:
            if walk.why is Why.ROOM:
                self._say(
                    "the disk is short of room, and no picture may be removed; see [retention] and the legal holds"
                )
                self._next_look_s = now_s + REST_S
            self._end_walk(journal, now_s)
            return
        verdict = walk.left[0]
        found = journal.removals.candidates(verdict, walk.after, LOOK_AT)
        held = journal.holds.standing()
        chosen: list[int] = []
        young = 0
        for one in found:
            walk.after = one.row
            if (age := self._now() - one.time) < self._least(walk, verdict):
                young += 1
            elif self._is_due(journal, walk, verdict, one, age) and not self._is_kept(journal, one, golden, held):
                chosen.append(one.row)
            if len(chosen) == REMOVE:
                break
        else:
            if (
                len(found) < LOOK_AT or young == LOOK_AT
            ):  # later ones are younger still, but for one a wrong clock dated
                walk.left.pop(0)
                walk.after = 0
        self._owed_bytes -= journal.removals.remove(chosen, walk.why).size_bytes

    def _least(self, walk: _Walk, verdict: VerdictKind) -> timedelta:
        """Return the age that no part of the walk is removed below."""
        shortest = self._rules.least if walk.why is Why.ROOM else self._rules.shortest(verdict)
        assert shortest is not None  # verdicts without a rule are not walked through
        return shortest

    def _is_due(self, journal: Journal, walk: _Walk, verdict: VerdictKind, one: Candidate, age: timedelta) -> bool:
        classes = journal.removals.classes(one.row) if self._rules.by_class else frozenset()
        period = self._rules.kept_for(verdict, classes)
        return period is not None and (walk.why is Why.ROOM or age >= period)

    def _is_kept(self, journal: Journal, one: Candidate, golden: frozenset[UUID], held: tuple[Hold, ...]) -> bool:
        return (
            one.kept
            or one.uid in golden
            or any(hold.covers(one.uid, one.part_id, one.time) for hold in held)
            or any(map(self._pinned.has, journal.removals.pictures(one.row)))
        )

    def _end_walk(self, journal: Journal, now_s: float) -> None:
        journal.removals.close_open()
        self._walk = None
        self._owed_bytes = 0
        self._next_walk_s = now_s + self._rest_s

    def _say(self, text: str) -> None:
        if text != self._said:
            log.warning("%s", text)
            self._said = text
