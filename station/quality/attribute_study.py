"""Attribute agreement of those who judge parts whose state is known: AIAG, Measurement Systems Analysis, 4th ed. (2010), III.C.

Replicates are counted as the manual counts them: effectiveness by part, a part being right where every one of an appraiser's
trials is; misses and false alarms by trial, of the trials on bad and on good parts.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from station.quality.agreement import Coefficient, Unit, cohen, estimated, fleiss
from station.quality.share import Share

GOOD, BAD = "OK", "NG"
Bounds = tuple[float, float]
EFFECTIVENESS_BOUNDS: Bounds = (0.90, 0.80)
MISS_BOUNDS: Bounds = (0.02, 0.05)
FALSE_ALARM_BOUNDS: Bounds = (0.05, 0.10)
"""Where good ends, and where marginal does."""


class Band(StrEnum):
    """What the manual calls acceptable, marginal and unacceptable."""

    GOOD = "good"
    MARGINAL = "marginal"
    POOR = "poor"


@dataclass(frozen=True, slots=True)
class Trial:
    """One look of one appraiser at one part: whether they called it bad, and whether it is."""

    part: Hashable
    who: str
    bad: bool
    is_bad: bool


@dataclass(frozen=True, slots=True)
class Appraiser:
    """How one appraiser fared.

    Attributes
    ----------
    effectiveness
        Parts judged right in every trial, of all parts.
    missed, false_alarms
        Bad parts called good, of all trials on bad parts; good ones called bad, of all trials on good parts.
    repeated
        Parts judged the same in every trial, of those judged more than once.
    kappa
        Cohen's, against the reference; None where there are too few parts, or only parts of one kind.
    """

    who: str
    trials: int
    effectiveness: Share
    missed: Share
    false_alarms: Share
    repeated: Share
    kappa: Coefficient | None


def appraise(trials: Iterable[Trial]) -> tuple[Appraiser, ...]:
    """Return how each appraiser fared, by name."""
    by_person: dict[str, list[Trial]] = defaultdict(list)
    for trial in trials:
        by_person[trial.who].append(trial)
    return tuple(_appraiser(who, theirs) for who, theirs in sorted(by_person.items()))


def _appraiser(who: str, trials: Sequence[Trial]) -> Appraiser:
    by_part: dict[Hashable, list[Trial]] = defaultdict(list)
    for trial in trials:
        by_part[trial.part].append(trial)
    right = sum(all(trial.bad == trial.is_bad for trial in of_part) for of_part in by_part.values())
    several = [of_part for of_part in by_part.values() if len(of_part) > 1]
    bad = [trial for trial in trials if trial.is_bad]
    good = [trial for trial in trials if not trial.is_bad]
    return Appraiser(
        who,
        len(trials),
        Share(right, len(by_part)),
        Share(sum(not trial.bad for trial in bad), len(bad)),
        Share(sum(trial.bad for trial in good), len(good)),
        Share(sum(len({trial.bad for trial in of_part}) == 1 for of_part in several), len(several)),
        estimated(((_name(trial.bad), _name(trial.is_bad)) for trial in trials), cohen),
    )


def within(trials: Iterable[Trial]) -> Coefficient | None:
    """Return how far appraisers agree with themselves: Fleiss' kappa over all who judged a part more than once."""
    looks: dict[tuple[Hashable, str], list[str]] = defaultdict(list)
    for trial in trials:
        looks[trial.part, trial.who].append(_name(trial.bad))
    units: list[Unit] = [tuple(sorted(names)) for names in looks.values()]
    return estimated(units, fleiss)


def effectiveness_band(share: float) -> Band:
    """Return the band of an effectiveness: 90 % and more is good, 80 % and more marginal."""
    good, marginal = EFFECTIVENESS_BOUNDS
    return Band.GOOD if share >= good else Band.MARGINAL if share >= marginal else Band.POOR


def miss_band(share: float) -> Band:
    """Return the band of a miss rate: 2 % and less is good, 5 % and less marginal."""
    return _band_below(share, MISS_BOUNDS)


def false_alarm_band(share: float) -> Band:
    """Return the band of a false-alarm rate: 5 % and less is good, 10 % and less marginal."""
    return _band_below(share, FALSE_ALARM_BOUNDS)


def _band_below(share: float, bounds: Bounds) -> Band:
    good, marginal = bounds
    return Band.GOOD if share <= good else Band.MARGINAL if share <= marginal else Band.POOR


def kappa_band(kappa: float) -> Band:
    """Return the band of a kappa: above 0.75 is good, below 0.40 poor."""
    return Band.GOOD if kappa > 0.75 else Band.MARGINAL if kappa >= 0.40 else Band.POOR


def _name(bad: bool) -> str:
    return BAD if bad else GOOD
