"""Train, validation and test so that nothing a model learned from is what it is tested with.

Pictures that show the same thing stay together (`Grouping`); whole groups are dealt out, each kind of part in the wanted shares.
"""

import hashlib
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from labeling.dataset import SPLITS

SHARES: Final = (0.7, 0.15, 0.15)
"""Of train, val and test, where nobody says otherwise."""

THUMBNAIL_PX: Final = 64
SAME_LEVELS: Final = 2.0
"""No cell of two thumbnails is farther apart: the noise of a cell's mean is far less, and a scratch that can be seen is more."""

Thumbnail = npt.NDArray[np.float32]


def thumbnail(pixels: npt.NDArray[np.uint8]) -> Thumbnail:
    """Return a picture as cells of mean brightness, shape (64, 64), the mean of all taken off: a lamp's drift is no difference.

    Parameters
    ----------
    pixels
        Shape (H, W), or (H, W, 3) RGB.
    """
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY) if pixels.ndim == 3 else pixels
    cells = cv2.resize(grey, (THUMBNAIL_PX, THUMBNAIL_PX), interpolation=cv2.INTER_AREA).astype(np.float32)
    return np.asarray(cells - cells.mean(), np.float32)


def alike(one: Thumbnail, other: Thumbnail) -> bool:
    """Whether two pictures are the same scene, taken twice."""
    return float(np.abs(one - other).max()) <= SAME_LEVELS


class Grouping:
    """Which pictures belong together, by whatever they share: part, lot, bytes, looks. Fed from the oldest on.

    A group is named after its oldest member, so that what comes later does not rename it.
    """

    def __init__(self) -> None:
        self._number: dict[Hashable, int] = {}
        self._root: list[int] = []
        self._name: list[str] = []

    def add(self, name: str, shared: Iterable[Hashable]) -> None:
        """Join whatever has one of these keys; `name` names the group where nothing older has any of them."""
        roots = []
        for key in shared:
            if key not in self._number:
                self._number[key] = len(self._root)
                self._root.append(len(self._root))
                self._name.append(name)
            roots.append(self._find(self._number[key]))
        oldest = min(roots)
        for root in roots:
            self._root[root] = oldest

    def name(self, key: Hashable) -> str:
        """Return the name of the group that has a key."""
        return self._name[self._find(self._number[key])]

    def _find(self, number: int) -> int:
        while self._root[number] != number:
            self._root[number] = self._root[self._root[number]]
            number = self._root[number]
        return number


@dataclass(frozen=True, slots=True)
class Group:
    """Pictures that must not be torn apart: their number, and the kind of part they count as."""

    name: str
    kind: str
    pictures: int = 1


def dealt(
    groups: Iterable[Group], shares: Sequence[float] = SHARES, kept: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Return the split of each group, by its name.

    Groups come in the order of a hash of their names, so that neither time nor place decides; each goes where its kind is
    farthest behind the wanted share.

    Parameters
    ----------
    shares
        Of train, val and test; they need not sum to 1.
    kept
        Splits given earlier; they stay, whatever is added.

    Raises
    ------
    ValueError
        If a share is negative, or all are 0.
    """
    if len(shares) != len(SPLITS) or min(shares) < 0 or sum(shares) <= 0:
        raise ValueError(f"shares of {', '.join(SPLITS)} must be three numbers from 0, not all 0, as in 0.7,0.15,0.15")
    known = kept or {}
    have: dict[str, Counter[str]] = {}
    split_of: dict[str, str] = {}
    waiting = []
    for group in groups:
        counts = have.setdefault(group.kind, Counter())
        if (split := known.get(group.name)) is None:
            waiting.append(group)
        else:
            split_of[group.name] = split
            counts[split] += group.pictures
    for group in sorted(waiting, key=lambda each: hashlib.sha256(each.name.encode()).digest()):
        counts = have[group.kind]
        total = counts.total() + group.pictures
        behind = [share / sum(shares) * total - counts[split] for split, share in zip(SPLITS, shares, strict=True)]
        split = SPLITS[max(range(len(SPLITS)), key=lambda index: (shares[index] > 0, behind[index]))]
        split_of[group.name] = split
        counts[split] += group.pictures
    return split_of
