"""Sizes as people read them: no more digits than are known, and as many as it takes to tell a size from its limit."""

from math import floor, isfinite, log10
from typing import Final

MOST_DECIMALS: Final = 6
_DECIMALS: Final = {"mm": 2, "mm²": 2, "px": 0, "px²": 0}


def beside_limit(value: float, limit: float, unit: str, uncertainty: float | None) -> tuple[str, str]:
    """Return a size and its limit in words, such as "0.31 ± 0.02 mm" and "0.20 mm", both with the same decimals.

    An uncertainty has one digit that counts (JCGM 100:2008, 7.2.6), and the size is rounded to it.
    """
    decimals = _decimals(value, unit, uncertainty)
    while decimals < MOST_DECIMALS and value != limit and f"{value:.{decimals}f}" == f"{limit:.{decimals}f}":
        decimals += 1
    while decimals < MOST_DECIMALS and abs(round(limit, decimals) - limit) > 1e-9 * abs(limit):
        decimals += 1
    size = f"{value:.{decimals}f}"
    if uncertainty:
        size += f" ± {max(uncertainty, 10**-decimals):.{decimals}f}"
    return f"{size} {unit}", f"{limit:.{decimals}f} {unit}"


def _decimals(value: float, unit: str, uncertainty: float | None) -> int:
    if uncertainty and isfinite(uncertainty):
        return min(max(-floor(log10(uncertainty)), 0), MOST_DECIMALS)
    few = _DECIMALS[unit]
    if 0 < value < 0.0995 and unit.startswith("mm"):
        return min(1 - floor(log10(value)), MOST_DECIMALS)
    return few
