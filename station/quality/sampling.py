"""Acceptance sampling by attributes: ISO 2859-1:1999, single plans, lot by lot, with its switching rules. Pure.

Code letters are Table 1, the plans for normal and tightened inspection Tables 2-A and 2-B. The plans for reduced inspection are
those of the 1989 edition (Table II-C, which is also that of MIL-STD-105E and ANSI/ASQ Z1.4): they have a gap between acceptance
and rejection number, and a lot in it is accepted, but the next one is inspected normally.

The master tables are drawn up on one pattern: along a diagonal, one letter further and one AQL lower, stands the same
acceptance number, and where there is none an arrow points to the plan that is used. So each table is one row of numbers.
"""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

AQLS = (
    *(0.010, 0.015, 0.025, 0.040, 0.065, 0.10, 0.15, 0.25, 0.40, 0.65, 1.0, 1.5, 2.5, 4.0, 6.5, 10.0),
    *(15.0, 25.0, 40.0, 65.0, 100.0, 150.0, 250.0, 400.0, 650.0, 1000.0),
)
"""Acceptance quality limits: nonconforming items in percent up to 10, nonconformities per 100 items above."""
LETTERS = "ABCDEFGHJKLMNPQRS"
"""Sample size code letters; S stands in the table for tightened inspection alone."""
_LARGEST = (8, 15, 25, 50, 90, 150, 280, 500, 1200, 3200, 10_000, 35_000, 150_000, 500_000)
"""The largest lot of each row of Table 1; the last row has no end."""


class Level(StrEnum):
    """Inspection level: how large the sample is for a lot; II unless something speaks for another."""

    S1 = "S-1"
    S2 = "S-2"
    S3 = "S-3"
    S4 = "S-4"
    I = "I"  # noqa: E741  (the standard's name)
    II = "II"
    III = "III"


_ROWS: Mapping[Level, str] = {
    Level.S1: "AAAABBBBCCCCDDD",
    Level.S2: "AAABBBCCCDDDEEE",
    Level.S3: "AABBCCDDEEFFGGH",
    Level.S4: "AABCCDEEFGGHJJK",
    Level.I: "AABCCDEFGHJKLMN",
    Level.II: "ABCDEFGHJKLMNPQ",
    Level.III: "BCDEFGHJKLMNPQR",
}
"""Table 1, a letter a row."""


class Severity(StrEnum):
    """How strictly lots are inspected; stopped until the supplier has done something."""

    NORMAL = "normal"
    TIGHTENED = "tightened"
    REDUCED = "reduced"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Plan:
    """Draw `size` items; accept the lot with up to `accept` nonconforming ones, reject it with `reject` and more."""

    size: int
    accept: int
    reject: int


_Numbers = Mapping[int, tuple[int, int]]
"""Acceptance and rejection number by diagonal: the letter's place and the AQL's, added up."""
_FIRST_LARGE, _LAST = 5, 24
"""From the letter F on, no plan stands beyond this diagonal: the arrows there point up."""


@dataclass(frozen=True, slots=True)
class _Table:
    """One master table; `rows` are letters that depart from the pattern, `up` diagonals whose arrows point up."""

    sizes: tuple[int, ...]
    numbers: _Numbers
    rows: Mapping[int, _Numbers]
    up: frozenset[int]

    def find(self, letter: int, aql: int) -> Plan:
        """Return the plan of a cell, following its arrow; one that leads out of the table is turned round."""
        step = -1 if letter + aql > _LAST or letter + aql in self.up else 1
        ways = (range(letter, len(self.sizes)), range(letter, -1, -1))
        for way in ways[::step]:
            for at in way:
                if (plan := self._cell(at, aql)) is not None:
                    return plan
        raise AssertionError("every column of a master table has a plan")

    def _cell(self, letter: int, aql: int) -> Plan | None:
        numbers, place = self.rows.get(letter, self.numbers), letter + aql
        if place not in numbers or (letter >= _FIRST_LARGE and place > _LAST):
            return None
        return Plan(self.sizes[letter], *numbers[place])


_SIZES = (2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800, 1250, 2000, 3150)
_REDUCED_SIZES = (2, 2, 2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800)


def _from(place: int, *numbers: tuple[int, int]) -> dict[int, tuple[int, int]]:
    return dict(enumerate(numbers, place))


def _without_gap(place: int, *accepts: int) -> dict[int, tuple[int, int]]:
    return _from(place, *((accept, accept + 1) for accept in accepts))


_NORMAL = {14: (0, 1)} | _without_gap(17, 1, 2, 3, 5, 7, 10, 14, 21, 30, 44)
_TIGHTENED = _without_gap(18, 1, 2, 3, 5, 8, 12, 18, 27, 41)
_GAPPED = ((0, 2), (1, 3), (1, 4), (2, 5), (3, 6), (5, 8), (7, 10), (10, 13), (14, 17), (21, 24))
_REDUCED_B = ((0, 2), (1, 3), (2, 4), (3, 5), (5, 6), (7, 8), (10, 11), (14, 15), (21, 22), (30, 31))
_TABLES: Mapping[Severity, _Table] = {
    Severity.NORMAL: _Table(_SIZES[:-1], _NORMAL, {}, frozenset({15})),
    Severity.TIGHTENED: _Table(_SIZES, {15: (0, 1)} | _TIGHTENED, {0: _TIGHTENED}, frozenset()),
    Severity.REDUCED: _Table(
        _REDUCED_SIZES,
        {14: (0, 1)} | _from(17, *_GAPPED),
        {0: _NORMAL, 1: {14: (0, 1)} | _from(17, *_REDUCED_B)},
        frozenset({15}),
    ),
}


def code_letter(lot: int, level: Level = Level.II) -> str:
    """Return the sample size code letter of a lot of so many items.

    Raises
    ------
    ValueError
        If the lot has fewer than two items: the standard knows none.
    """
    if lot < 2:
        raise ValueError(f"a lot has at least 2 items, not {lot}")
    return _ROWS[level][bisect_left(_LARGEST, lot)]


def sampling_plan(letter: str, aql: float, severity: Severity = Severity.NORMAL) -> Plan:
    """Return the plan of a code letter (A to R) and an AQL; where none stands in its place, the one the arrow points to.

    Raises
    ------
    ValueError
        If there is no such letter or AQL, or lots are not inspected at this severity.
    """
    if aql not in AQLS:
        raise ValueError(f"{aql:g} is no AQL of ISO 2859-1; choose one of {', '.join(f'{each:g}' for each in AQLS)}")
    if severity is Severity.STOPPED:
        raise ValueError(
            "inspection is stopped; after the supplier has acted it begins again with tightened inspection"
        )
    if len(letter) != 1 or letter not in LETTERS[:-1]:
        raise ValueError(f"{letter!r} is no code letter; they are A to R without I and O")
    return _TABLES[severity].find(LETTERS.index(letter), AQLS.index(aql))


# Switching ------------------------------------------------------------------------------------------------------------

TIGHTEN_OF, TIGHTEN_AT, RELAX_AFTER, STOP_AT, REDUCE_AT = 5, 2, 5, 5, 30
"""9.3 and 9.4: 2 of 5 lots rejected tighten; 5 accepted relax; 5 rejected under tightened stop; a score of 30 reduces."""


@dataclass(frozen=True, slots=True)
class Switching:
    """Where a series of lots stands.

    Attributes
    ----------
    score
        The switching score of normal inspection (9.3.3.2).
    recent
        Whether each of the last lots, at most five and all of this severity, was accepted; the latest last.
    rejected
        Lots rejected since tightened inspection began.
    """

    severity: Severity = Severity.NORMAL
    score: int = 0
    recent: tuple[bool, ...] = ()
    rejected: int = 0


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of a lot, and how the next one is inspected."""

    accepted: bool
    plan: Plan
    then: Switching


@dataclass(frozen=True, slots=True)
class Scheme:
    """How lots of a product are sampled; `may_reduce`: production is steady and reduced inspection is wanted (9.3.3.1)."""

    aql: float
    level: Level = Level.II
    may_reduce: bool = False

    def plan(self, lot: int, severity: Severity) -> Plan:
        """Return the plan of a lot; where the sample would be as large as the lot, all of it is looked at."""
        plan = sampling_plan(code_letter(lot, self.level), self.aql, severity)
        return replace(plan, size=min(plan.size, lot))

    def judge(self, lot: int, nonconforming: int, state: Switching) -> Decision:
        """Accept or reject a lot by the nonconforming items of its sample, on original inspection.

        Raises
        ------
        ValueError
            If the inspection is stopped, or the count is negative or, of items, larger than the sample.
        """
        plan = self.plan(lot, state.severity)
        if nonconforming < 0 or (self.aql <= 10 and nonconforming > plan.size):
            raise ValueError(f"{nonconforming} of a sample of {plan.size} cannot be nonconforming")
        accepted = nonconforming < plan.reject
        match state.severity:
            case Severity.NORMAL:
                then = self._after_normal(state, accepted, self._score(state.score, lot, plan, nonconforming))
            case Severity.TIGHTENED:
                then = _after_tightened(state, accepted)
            case _:
                kept = nonconforming <= plan.accept and self.may_reduce
                then = state if kept else Switching()
        return Decision(accepted, plan, then)

    def _score(self, score: int, lot: int, plan: Plan, nonconforming: int) -> int:
        """Add to the switching score: 2 for an accepted lot of a plan up to 1; beyond, 3 if one AQL less had accepted it."""
        if plan.accept <= 1:
            return score + 2 if nonconforming <= plan.accept else 0
        stricter = replace(self, aql=AQLS[AQLS.index(self.aql) - 1]).plan(lot, Severity.NORMAL)
        return score + 3 if nonconforming <= stricter.accept else 0

    def _after_normal(self, state: Switching, accepted: bool, score: int) -> Switching:
        recent = (*state.recent, accepted)[-TIGHTEN_OF:]
        if recent.count(False) >= TIGHTEN_AT:
            return Switching(Severity.TIGHTENED)
        if score >= REDUCE_AT and self.may_reduce:
            return Switching(Severity.REDUCED)
        return Switching(Severity.NORMAL, score, recent)


def _after_tightened(state: Switching, accepted: bool) -> Switching:
    recent = (*state.recent, accepted)[-RELAX_AFTER:]
    rejected = state.rejected + (not accepted)
    if rejected >= STOP_AT:
        return Switching(Severity.STOPPED)
    if len(recent) == RELAX_AFTER and all(recent):
        return Switching()
    return Switching(Severity.TIGHTENED, 0, recent, rejected)


def after_action(state: Switching) -> Switching:
    """Begin again after the supplier has acted: with tightened inspection (9.4)."""
    return Switching(Severity.TIGHTENED) if state.severity is Severity.STOPPED else state
