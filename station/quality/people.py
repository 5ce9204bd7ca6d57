"""What people did: how much, how fast, how far they agree with each other, with the model and with what is known. Pure."""

from collections import defaultdict
from collections.abc import Container, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations, pairwise
from uuid import UUID

from station.line.inspection import VerdictKind
from station.quality.agreement import Coefficient, Unit, cohen, estimated, fleiss, gwet, krippendorff
from station.quality.attribute_study import Appraiser, Trial, appraise, within
from station.quality.escapes import Escapes
from station.quality.lots import Audited
from station.quality.share import Share
from station.review.queue import Opinion, OpinionBy

LONGEST_PAUSE = timedelta(minutes=5)
"""Who does nothing for longer did something else meanwhile."""
LEAST_WORK = timedelta(minutes=1)
"""In less, a pace means nothing."""


@dataclass(frozen=True, slots=True)
class Worker:
    """What one person did.

    Attributes
    ----------
    verdicts, outlines
        Parts decided, and views annotated.
    an_hour
        Verdicts and outlines together in an hour of work, pauses of more than five minutes left out; None where it was too
        short to tell.
    upheld
        Verdicts that QA said the same to, of those that somebody else in QA looked at.
    """

    who: str
    verdicts: int
    outlines: int
    an_hour: float | None
    upheld: Share


@dataclass(frozen=True, slots=True)
class PairFigures:
    """How far two agree, on the parts that both judged. `model` says that the first is a model."""

    first: str
    second: str
    same: Share
    kappa: Coefficient | None
    ac1: Coefficient | None
    model: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """How those who judge fared on parts whose state is known, and how many of these there are."""

    parts: int
    bad: int
    appraisers: tuple[Appraiser, ...]
    within: Coefficient | None


@dataclass(frozen=True, slots=True)
class PeopleFigures:
    """All of it; `parts` are those that two people or more judged."""

    workers: tuple[Worker, ...]
    parts: int
    pairs: tuple[PairFigures, ...]
    fleiss: Coefficient | None
    ac1: Coefficient | None
    alpha: Coefficient | None
    known: Known
    escapes: Escapes


def people_figures(
    opinions: Iterable[Opinion],
    known: Mapping[UUID, bool],
    again: Iterable[Trial] = (),
    passed: int = 0,
    audited: Audited | None = None,
) -> PeopleFigures:
    """Work out what opinions say of those who hold them.

    Parameters
    ----------
    opinions
        As the journal has them, those of a part together.
    known
        Parts whose state is known, and whether they are bad, beside those with a reference among the opinions.
    again
        What people said of known parts that they did not know to be known, each time (golden parts).
    passed
        Parts that the line let pass: what the estimate of escapes is made for.
    audited
        Takes in the parts of the random sample, for those who want them one by one.
    """
    gathered, drawn = _Gathered(), Audited() if audited is None else audited
    for opinion in opinions:
        gathered.take(opinion)
        drawn.take(opinion)
    hidden = tuple(again)
    units = [_unit(gathered.by_people(part)) for part in gathered.said]
    several = [unit for unit in units if len(unit) > 1]
    return PeopleFigures(
        gathered.workers(),
        len(several),
        (*_pairs(gathered, models=False), *_pairs(gathered, models=True)),
        estimated(several, fleiss),
        estimated(several, gwet),
        estimated(several, krippendorff),
        _known([*gathered.trials(known, {(trial.part, trial.who) for trial in hidden}), *hidden]),
        Escapes(max(passed, len(drawn.bad)), len(drawn.bad), sum(drawn.bad.values())),
    )


class _Gathered:
    """Opinions put in order by part and by person."""

    def __init__(self) -> None:
        self.said: dict[UUID, dict[str, VerdictKind]] = defaultdict(dict)
        self.models: set[str] = set()
        self.reference: dict[UUID, bool] = {}
        self._qa: dict[UUID, dict[str, VerdictKind]] = defaultdict(dict)
        self._times: dict[str, list[datetime]] = defaultdict(list)
        self._outlines: dict[str, int] = defaultdict(int)

    def take(self, opinion: Opinion) -> None:
        """Put one in its place."""
        person = opinion.by in {OpinionBy.OPERATOR, OpinionBy.QA}
        if person:
            self._times[opinion.who].append(opinion.time)
        if opinion.verdict is None:
            self._outlines[opinion.who] += person
            return
        if opinion.by is OpinionBy.REFERENCE:
            self.reference[opinion.uid] = opinion.verdict is VerdictKind.NG
            return
        if opinion.by is OpinionBy.MODEL:
            self.models.add(opinion.who)
        if opinion.by is OpinionBy.QA:
            self._qa[opinion.uid][opinion.who] = opinion.verdict
        self.said[opinion.uid][opinion.who] = opinion.verdict

    def by_people(self, part: UUID) -> dict[str, VerdictKind]:
        """What people said of a part."""
        return {who: kind for who, kind in self.said[part].items() if who not in self.models}

    def trials(self, known: Mapping[UUID, bool], hidden: Container[tuple[Hashable, str]]) -> Iterator[Trial]:
        """What was said of known parts, but for answers that are counted already.

        What QA says of a golden part counts only where they did not know: whoever made it golden would always be right.
        """
        states = {**self.reference, **known}
        for part, said in self.said.items():
            if part not in states:
                continue
            made = self._qa[part] if part in self._qa and part not in known else {}
            for who, kind in said.items():
                if kind is not VerdictKind.NOT_DECIDABLE and who not in made and (part, who) not in hidden:
                    yield Trial(part, who, kind is VerdictKind.NG, states[part])

    def workers(self) -> tuple[Worker, ...]:
        """What each person did, by name."""
        verdicts: dict[str, int] = defaultdict(int)
        upheld: dict[str, list[bool]] = defaultdict(list)
        for part in self.said:
            for who, kind in self.by_people(part).items():
                verdicts[who] += 1
                checked = [other for name, other in self._qa[part].items() if name != who] if part in self._qa else []
                if checked:
                    upheld[who].append(checked[-1] is kind)
        return tuple(
            Worker(who, verdicts[who], self._outlines[who], pace(times), Share(sum(upheld[who]), len(upheld[who])))
            for who, times in sorted(self._times.items())
        )


def pace(times: Sequence[datetime]) -> float | None:
    """Return how many things an hour were done at these times, long pauses left out; None where that cannot be told."""
    gaps = [later - earlier for earlier, later in pairwise(sorted(times))]
    worked = [gap for gap in gaps if gap <= LONGEST_PAUSE]
    spent = sum(worked, timedelta())
    return len(worked) / (spent / timedelta(hours=1)) if spent >= LEAST_WORK else None


def _pairs(gathered: _Gathered, *, models: bool) -> tuple[PairFigures, ...]:
    """Pairs of people, or of a model and a person; those who share no part are left out."""
    found: dict[tuple[str, str], list[Unit]] = defaultdict(list)
    for said in gathered.said.values():
        people = sorted(who for who in said if who not in gathered.models)
        firsts = sorted(who for who in said if who in gathered.models)
        pairs = [(one, other) for one in firsts for other in people] if models else combinations(people, 2)
        for one, other in pairs:
            found[one, other].append((said[one].value, said[other].value))
    return tuple(
        PairFigures(
            *names,
            Share(sum(a == b for a, b in units), len(units)),
            estimated(units, cohen),
            estimated(units, gwet),
            models,
        )
        for names, units in sorted(found.items())
    )


def _known(trials: Sequence[Trial]) -> Known:
    states = {trial.part: trial.is_bad for trial in trials}
    return Known(len(states), sum(states.values()), appraise(trials), within(trials))


def _unit(said: Mapping[str, VerdictKind]) -> Unit:
    return tuple(sorted(kind.value for kind in said.values()))
