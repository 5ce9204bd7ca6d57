"""How far those who judge the same parts agree beyond chance: coefficients for names without an order.

A unit is what several raters judged, written as the tuple of their ratings; the order within it counts for Cohen's kappa
alone. Cohen, Educ. Psychol. Meas. 20 (1960) 37-46; Fleiss, Psychol. Bull. 76 (1971) 378-382; Gwet, Br. J. Math. Stat.
Psychol. 61 (2008) 29-48, with missing ratings as in his Handbook of Inter-Rater Reliability, 4th ed. (2014), ch. 2;
Krippendorff, Computing Krippendorff's Alpha-Reliability (2011). Their intervals are the jackknife's (Quenouille, Biometrika
43 (1956) 353-360), which is one rule for all four.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import sqrt

from station.quality.p_chart import Z_95, Interval

Unit = tuple[str, ...]
Estimate = Callable[[Mapping[Unit, int]], float | None]
FEWEST_UNITS = 10
"""Below so many, no coefficient is shown."""


@dataclass(frozen=True, slots=True)
class Coefficient:
    """A coefficient of agreement: 1 is full agreement, 0 what chance gives.

    `interval` holds 95 %, None where every unit speaks alike, so that its spread cannot be told.
    """

    value: float
    interval: Interval | None
    units: int


def cohen(pairs: Mapping[Unit, int]) -> float | None:
    """Return Cohen's kappa of two raters; None where chance alone gives full agreement, or there is nothing.

    Examples
    --------
    >>> round(cohen({("OK", "OK"): 118, ("OK", "NG"): 5, ("NG", "OK"): 2}), 4)
    -0.0234
    """
    units = sum(pairs.values())
    if not units:
        return None
    first, second = Counter[str](), Counter[str]()
    for (one, other), count in pairs.items():
        first[one] += count
        second[other] += count
    by_chance = sum(first[name] * second[name] for name in first) / units**2
    return _beyond(sum(count for (one, other), count in pairs.items() if one == other) / units, by_chance)


def fleiss(units: Mapping[Unit, int]) -> float | None:
    """Return Fleiss' kappa; raters may differ from unit to unit in number and person."""
    return _of_shares(units, lambda shares: sum(share * share for share in shares))


def gwet(units: Mapping[Unit, int]) -> float | None:
    """Return Gwet's AC1, which a rare class does not pull down; a scale has at least two names.

    Examples
    --------
    >>> round(gwet({("OK", "OK"): 118, ("OK", "NG"): 5, ("NG", "OK"): 2}), 4)
    0.9408
    """
    return _of_shares(units, lambda shares: sum(share * (1 - share) for share in shares) / max(len(shares) - 1, 1))


def krippendorff(units: Mapping[Unit, int]) -> float | None:
    """Return Krippendorff's alpha for nominal data; a unit with a single rating says nothing."""
    rated = {unit: count for unit, count in units.items() if len(unit) > 1}
    values: Counter[str] = Counter()
    apart = 0.0
    for unit, count in rated.items():
        names = Counter(unit)
        values.update({name: times * count for name, times in names.items()})
        apart += count * (len(unit) ** 2 - sum(times**2 for times in names.values())) / (len(unit) - 1)
    total = sum(values.values())
    expected = (total**2 - sum(times**2 for times in values.values())) / (total - 1) if total else 0.0
    return 1.0 - apart / expected if expected else None


def estimated(units: Iterable[Unit], estimate: Estimate, fewest: int = FEWEST_UNITS) -> Coefficient | None:
    """Return a coefficient with its interval; None where there are fewer units than `fewest`, or it is not defined."""
    table = Counter(unit for unit in units if len(unit) > 1)
    number = table.total()
    value = estimate(table)
    if number < max(fewest, 2) or value is None:
        return None
    values = [(_without(table, unit, estimate), count) for unit, count in table.items()]
    known = [(number * value - (number - 1) * left, count) for left, count in values if left is not None]
    times = sum(count for _, count in known)
    if times < number:  # one part alone carries it: take it away and there is no coefficient
        return Coefficient(value, None, number)
    mean = sum(pseudo * count for pseudo, count in known) / number
    spread = sqrt(sum(count * (pseudo - mean) ** 2 for pseudo, count in known) / (number * (number - 1)))
    if spread < 1e-12:
        return Coefficient(value, None, number)
    reach = Z_95 * spread
    return Coefficient(value, Interval(max(-1.0, value - reach), min(1.0, value + reach)), number)


def _without(table: Mapping[Unit, int], unit: Unit, estimate: Estimate) -> float | None:
    return estimate({**table, unit: table[unit] - 1})


def _of_shares(units: Mapping[Unit, int], chance: Callable[[list[float]], float]) -> float | None:
    """Return a coefficient whose chance agreement follows from the share of each name, each unit counting alike."""
    shares: defaultdict[str, float] = defaultdict(float)
    agreed, number, several = 0.0, 0, 0
    for unit, count in units.items():
        names, raters = Counter(unit), len(unit)
        number += count
        for name, times in names.items():
            shares[name] += count * times / raters
        if raters > 1:
            several += count
            agreed += count * sum(times * (times - 1) for times in names.values()) / (raters * (raters - 1))
    if not several:
        return None
    return _beyond(agreed / several, chance([share / number for share in shares.values()]))


def _beyond(agreed: float, by_chance: float) -> float | None:
    return (agreed - by_chance) / (1.0 - by_chance) if by_chance < 1.0 - 1e-12 else None
