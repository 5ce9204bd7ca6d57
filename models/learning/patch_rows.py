"""What the patch head learns from a picture: all its outlined cells, and some of the good ones."""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from models.learning.linear import Sums
from models.learning.patch_features import Facts, PatchPicture, Seen, Tap
from models.learning.tolerance import FloatArray

Mask = npt.NDArray[np.bool_]
PATCH_GOOD, CELL_GOOD, CELL_ODD = 600, 400, 150
"""Good patches and cells of a picture that are learned from, at random, and the oddest ones besides."""
PATCH_SHARE, CELL_SHARE = 0.02, 0.25
"""Covered by an outline, a patch or a cell is a defect."""
NEAR = 5
"""Within a square of so many cells around what is outlined nothing is learned as good."""


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """One picture, and what is drawn from it for either head.

    Attributes
    ----------
    number
        Of the picture among those given.
    sums
        Of its patches.
    rows
        Numbers of the chosen cells, row by row of the map.
    bad, weights
        Shape (rows,): 1 for a defect, else 0; how many cells each stands for.
    """

    number: int
    facts: Facts
    part: str
    lot: str
    seen: Seen
    sums: Sums
    rows: npt.NDArray[np.intp]
    bad: FloatArray
    weights: FloatArray

    @property
    def good(self) -> bool:
        """Whether nothing is outlined."""
        return not self.seen.covered.any()


def rows_of(number: int, picture: PatchPicture, facts: Facts, seen: Seen, tap: Tap, seed: int) -> Rows:
    """Choose what is learned from a picture; by chance, which only its pixels and the seed decide."""
    rng = np.random.default_rng([seed, 13, int(facts.pixels_sha256[:15], 16)])
    size = (tap.grids.patches[1], tap.grids.patches[0])
    covered = cv2.resize(seen.covered, size, interpolation=cv2.INTER_AREA)
    patches = seen.patches.reshape(len(seen.patches), -1).T.astype(np.float32)
    near = cv2.resize(around(seen.covered, 2 * NEAR - 1).astype(np.float32), size, interpolation=cv2.INTER_AREA) > 0
    looked = cv2.resize(tap.seen, size, interpolation=cv2.INTER_AREA) > 0
    good_patches = np.flatnonzero(looked & ~near)
    sums = Sums.of(patches[_drawn(good_patches, PATCH_GOOD, rng)], patches[_covered(covered, PATCH_SHARE)])
    bad_cells = _covered(seen.covered, CELL_SHARE)
    good_cells = np.flatnonzero((tap.seen > 0) & ~around(seen.covered, NEAR))
    drawn = _drawn(good_cells, CELL_GOOD, rng)
    odd = good_cells[np.argsort(-seen.cells[0].reshape(-1)[good_cells], kind="stable")[:CELL_ODD]]
    counts = [len(bad_cells), len(drawn), len(odd)]
    return Rows(
        number,
        facts,
        picture.part,
        picture.lot or picture.sha256,
        seen,
        sums,
        np.concatenate([bad_cells, drawn, odd]),
        np.repeat(np.array([1, 0, 0], np.float32), counts),
        np.concatenate(
            [
                seen.covered.reshape(-1)[bad_cells],
                np.full(counts[1], len(good_cells) / max(counts[1], 1), np.float32),
                np.ones(counts[2], np.float32),
            ]
        ),
    )


def _drawn(numbers: npt.NDArray[np.intp], count: int, rng: np.random.Generator) -> npt.NDArray[np.intp]:
    return numbers[np.sort(rng.permutation(len(numbers))[:count])]


def _covered(covered: npt.NDArray[np.generic] | cv2.typing.MatLike, share: float) -> npt.NDArray[np.intp]:
    """Return the cells that are covered by more than a share; the most covered one where none is, none where nothing is."""
    row = np.asarray(covered).reshape(-1)
    if row.max() == 0:
        return np.zeros(0, np.intp)
    return np.flatnonzero(row > min(share, 0.999 * float(row.max())))


def around(covered: FloatArray, side: int) -> Mask:
    """Return the cells that lie in a square of `side` cells around one that is covered at all."""
    return np.asarray(cv2.dilate((covered > 0).astype(np.uint8), np.ones((side, side), np.uint8)) > 0)
