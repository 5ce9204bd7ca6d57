"""Finds pictures of the same thing, so that a split never has one on either side."""

from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt

from models.learning.backbone import STAGES
from models.learning.features import COARSE, Features

FloatArray = npt.NDArray[np.float32]
HAMMING = 4
"""Differing bits up to which two 64-bit hashes are a suspicion."""
COSINE = 0.6
"""Between features, less their mean over all pictures: from here on a suspicion is confirmed."""


def dhash(image: npt.NDArray[np.uint8]) -> int:
    """Return the 64-bit difference hash of a picture of shape (H, W) or (H, W, 3).

    A bit is set where a cell of the picture shrunk to 9 x 8 is darker than its right neighbour (N. Krawetz, "Kind of Like
    That", 2013).
    """
    grey = image if image.ndim == 2 else image.mean(axis=2).astype(np.uint8)
    small = np.asarray(cv2.resize(grey, (9, 8), interpolation=cv2.INTER_AREA))
    bits = (small[:, 1:] > small[:, :-1]).ravel()
    return int.from_bytes(np.packbits(bits).tobytes(), "big")


def embedding(features: Features) -> FloatArray:
    """Return one vector for features (h, w, C): the coarse stage at every other cell, which is its own grid."""
    coarse = features[::2, ::2, -STAGES[COARSE][0] :]
    return coarse.reshape(-1).astype(np.float32)


def groups(hashes: Sequence[int], vectors: FloatArray) -> list[int]:
    """Return a group number for each picture; equal numbers are duplicates, or duplicates of duplicates.

    Parameters
    ----------
    hashes
        `dhash` of each picture.
    vectors
        Shape (pictures, D): `embedding` of each.
    """
    bits = np.array(hashes, dtype=np.uint64)
    centred = vectors - vectors.mean(axis=0)
    centred /= np.maximum(np.linalg.norm(centred, axis=1, keepdims=True), 1e-9)
    group = list(range(len(bits)))
    for number in range(1, len(bits)):
        near = np.flatnonzero(np.bitwise_count(bits[:number] ^ bits[number]) <= HAMMING)
        for other in near[centred[near] @ centred[number] >= COSINE]:
            group[_root(group, number)] = _root(group, int(other))
    return [_root(group, number) for number in range(len(bits))]


def joined(first: Sequence[int], second: Sequence[int]) -> list[int]:
    """Return groups of which each holds every picture that shares a group of either grouping with another of it."""
    group = list(range(len(first)))
    for grouping in (first, second):
        seen: dict[int, int] = {}
        for number, name in enumerate(grouping):
            group[_root(group, number)] = _root(group, seen.setdefault(name, number))
    return [_root(group, number) for number in range(len(group))]


def _root(group: list[int], number: int) -> int:
    while group[number] != number:
        number = group[number]
    return number
