"""Everything the heads learn from and are tried on, computed once: features are what costs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from models.learning.disturb import Disturbed, disturb
from models.learning.features import CHANNELS, Extractor, Features

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
    images: Sequence[Bytes], extractor: Extractor, smallest_px: float, seed: int, progress: Callable[[float], None]
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
    """
    rng = np.random.default_rng([seed, 5])
    marked_parts = np.sort(rng.permutation(len(images))[:MARKED_PARTS]).tolist()
    steps = len(images) + len(marked_parts)
    features = np.empty((len(images), *extractor.front.grid, CHANNELS), np.float16)
    for number, image in enumerate(images):
        features[number] = extractor.features(image)
        progress((number + 1) / steps)
    marked = []
    for part in marked_parts:
        changed_part = disturb(images[part], smallest_px, MARKS, rng)
        marked.append(Marked(part, extractor.features(changed_part.pixels), changed_part))
        progress((len(images) + len(marked)) / steps)
    return Material(features, marked)
