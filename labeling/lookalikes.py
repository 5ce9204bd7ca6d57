"""Pictures that show the same thing, and pictures less sharp than their like: what a dataset should not be made of. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from labeling.splits import SAME_LEVELS, THUMBNAIL_PX, Thumbnail

COARSE: Final = 8
"""Cells a side of what is compared first: no mean of cells is farther apart than its farthest cell."""
TOO_ALIKE: Final = 0.5
"""Share of all pictures in one group from which on they are alike by nature, and nothing can be said of twins."""
BLURRED: Final = 0.6
"""Of the median sharpness: less is a picture out of focus or moved."""
SCATTERS: Final = 4.0
"""And so many times the usual scatter (median absolute deviation) below it, so that a mixed lot is not half blurred."""
LEAST_TO_COMPARE: Final = 5


@dataclass(frozen=True, slots=True)
class Twins:
    """A group of pictures of one scene, by number; `levels` is the largest difference of any cell to the first of them."""

    members: tuple[int, ...]
    levels: float


@dataclass(frozen=True, slots=True)
class Blurred:
    """A picture by number, and its sharpness as a share of the median of its like."""

    member: int
    share: float


def stacked(thumbnails: Iterable[Thumbnail]) -> npt.NDArray[np.float16]:
    """Return thumbnails as one array of shape (N, 64, 64), half as large as they are."""
    made = [np.asarray(each, np.float16) for each in thumbnails]
    return np.stack(made) if made else np.empty((0, THUMBNAIL_PX, THUMBNAIL_PX), np.float16)


def twins(thumbnails: npt.NDArray[np.float16]) -> list[Twins]:
    """Return the groups of pictures that show one scene: each member is like the first, so that no chain joins strangers.

    Parameters
    ----------
    thumbnails
        As `stacked` gives them, of one view.
    """
    count = len(thumbnails)
    step = THUMBNAIL_PX // COARSE
    coarse = (
        thumbnails.reshape(count, COARSE, step, COARSE, step)
        .mean(axis=(2, 4), dtype=np.float32)
        .reshape(count, COARSE * COARSE)
    )
    free = np.ones(count, np.bool_)
    found = []
    for first in range(count):
        if not free[first]:
            continue
        later = first + 1 + np.flatnonzero(free[first + 1 :])
        near = later[np.abs(coarse[later] - coarse[first]).max(axis=1, initial=0.0) <= SAME_LEVELS]
        levels = np.array([_levels(thumbnails, first, int(other)) for other in near])
        same = levels <= SAME_LEVELS if len(near) else np.empty(0, np.bool_)
        if same.any():
            free[near[same]] = False
            found.append(Twins((first, *near[same].tolist()), round(float(levels[same].max()), 2)))
    return found


def alike_by_nature(groups: Sequence[Twins], count: int) -> bool:
    """Whether so many of `count` pictures are one group that being alike says nothing."""
    most = max((len(group.members) for group in groups), default=0)
    return count >= LEAST_TO_COMPARE and most > TOO_ALIKE * count


def blurred(sharpness: Sequence[float]) -> list[Blurred]:
    """Return the pictures of one view that are far less sharp than most of them, the worst first.

    Of fewer than five nothing can be said.
    """
    values = np.asarray(sharpness, np.float64)
    if len(values) < LEAST_TO_COMPARE:
        return []
    middle = float(np.median(values))
    scatter = 1.4826 * float(np.median(np.abs(values - middle)))
    limit = min(BLURRED * middle, middle - SCATTERS * scatter)
    below = np.flatnonzero(values < limit)
    return [
        Blurred(int(each), float(values[each] / middle)) for each in below[np.argsort(values[below], kind="stable")]
    ]


def _levels(thumbnails: npt.NDArray[np.float16], one: int, other: int) -> float:
    return float(np.abs(thumbnails[one].astype(np.float32) - thumbnails[other].astype(np.float32)).max())
