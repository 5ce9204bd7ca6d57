"""Everything the heads learn from and are tried on, computed once: features are what costs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from models.learning.disturb import Disturbed, disturb
from models.learning.features import CHANNELS, Extractor, Features
from models.learning.spare import in_spare_time

Bytes = npt.NDArray[np.uint8]
MARKED_PARTS = 12
"""Parts that are also looked at with disturbances on them."""
MARKS = 24
"""Disturbances on each, where there is room."""


@dataclass(frozen=True, slots=True, eq=False)
class Marked:
    """A disturbed part: its number, its features (h, w, C) and where the disturbances lie."""

    part: int
    features: Features
    places: Disturbed


@dataclass(frozen=True, slots=True, eq=False)
class Material:
    """`features` has shape (parts, h, w, C)."""

    features: Features
    marked: list[Marked]


def gather(
    images: Sequence[Bytes],
    extractor: Extractor,
    smallest_px: float,
    seed: int,
    progress: Callable[[float], None],
    threads: int = 1,
) -> Material:
    """Compute features of all parts, and of some of them disturbed.

    Parameters
    ----------
    images
        Each of shape (H, W) or (H, W, 3), of the extractor's size.
    smallest_px
        Diameter of the smallest defect in pixels of these images.
    progress
        Told how far it is, 0 to 1.
    threads
        Pictures looked at at once whoever else wants the processors, see `in_spare_time`.
    """
    rng = np.random.default_rng([seed, 5])
    marked_parts = np.sort(rng.permutation(len(images))[:MARKED_PARTS]).tolist()
    disturbed = [disturb(images[part], smallest_px, MARKS, rng) for part in marked_parts]
    shown = [*images, *(one.pixels for one in disturbed)]
    features = np.empty((len(images), *extractor.front.grid, CHANNELS), np.float16)
    marked = []
    for number, found in enumerate(in_spare_time(extractor.features, shown, threads)):
        if number < len(images):
            features[number] = found
        else:
            part = number - len(images)
            marked.append(Marked(marked_parts[part], found, disturbed[part]))
        progress((number + 1) / len(shown))
    return Material(features, marked)
