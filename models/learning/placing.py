"""Brings the good parts into one pose and to the model's resolution, and notes which cells every picture shows."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from models import geometry
from models.errors import PictureError
from models.learning.errors import LearnError
from models.learning.foreground import part_mask
from models.learning.resolution import Resolution
from models.registration import IDENTITY, Pose, Reference, warp

Bytes = npt.NDArray[np.uint8]
BORDER_CELLS = 2
"""How far inside every picture a cell's centre must lie: closer to the border it sees what was made up beyond."""


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """Good parts at the model's resolution.

    Attributes
    ----------
    images
        Each of shape (height, width[, 3]) of the model's input.
    seen
        Shape (h, w) float32: 1 where every picture shows the cell and it is the part's, else 0.
    part
        Shape (height, width) uint8: 1 where the part is, 0 where the fixture is or not every picture shows it.
    reference
        Number of the part whose pose is the reference; None where parts are not registered.
    """

    images: list[Bytes]
    seen: npt.NDArray[np.float32]
    part: Bytes
    reference: int | None
    located: Reference | None


def place(pictures: Sequence[Bytes], resolution: Resolution, cell_px: int, *, registered: bool) -> Placed:
    """Place all pictures, each of shape (H, W) or (H, W, 3).

    The reference is the part in the middle of all poses, so that the others are moved least.

    Raises
    ------
    LearnError
        If a part cannot be found in its picture, naming the picture by its number, from 1.
    """
    size = (resolution.width, resolution.height)
    if not registered:
        images = [warp(picture, IDENTITY, size, resolution.scale) for picture in pictures]
        seen = _seen(pictures[0], [IDENTITY], resolution, cell_px)
        return Placed(images, seen, np.ones((resolution.height, resolution.width), np.uint8), None, None)
    first, poses = _located(pictures, 0)
    corners = _corners(pictures[0])
    moved = np.stack([geometry.apply(pose.matrix, corners) for pose in poses])
    middle = int(np.abs(moved - np.median(moved, axis=0)).max(axis=(1, 2)).argmin())
    reference, poses = (first, poses) if middle == 0 else _located(pictures, middle)
    images = [warp(picture, pose, size, resolution.scale) for picture, pose in zip(pictures, poses, strict=True)]
    seen = _seen(pictures[0], poses, resolution, cell_px)
    part = part_mask(pictures, poses, size, resolution.scale) * _enlarged(seen, cell_px)
    whole = part.reshape(seen.shape[0], cell_px, seen.shape[1], cell_px).min(axis=(1, 3))
    return Placed(images, seen * whole, part, middle, reference)


def _enlarged(cells: npt.NDArray[np.float32], cell_px: int) -> Bytes:
    return np.repeat(np.repeat(cells.astype(np.uint8), cell_px, axis=0), cell_px, axis=1)


def _located(pictures: Sequence[Bytes], middle: int) -> tuple[Reference, list[Pose]]:
    try:
        reference = Reference.from_image(pictures[middle])
    except PictureError as error:
        raise LearnError(f"picture {middle + 1} cannot be the reference: {error}") from error
    poses = []
    for number, picture in enumerate(pictures, start=1):
        try:
            poses.append(reference.locate(picture))
        except PictureError as error:
            raise LearnError(f"picture {number} of {len(pictures)}: {error}; leave it out or take it again") from error
    return reference, poses


def _corners(picture: Bytes) -> npt.NDArray[np.float64]:
    height, width = picture.shape[:2]
    return np.array([[0, 0], [width - 1, 0], [0, height - 1], [width - 1, height - 1]], dtype=np.float64)


def _seen(picture: Bytes, poses: Sequence[Pose], resolution: Resolution, cell_px: int) -> npt.NDArray[np.float32]:
    """Return which cells lie inside all pictures; where nothing was moved, all cells that show any of the picture."""
    height, width = picture.shape[:2]
    rows, columns = resolution.height // cell_px, resolution.width // cell_px
    x, y = np.meshgrid((np.arange(columns) + 0.5) * cell_px - 0.5, (np.arange(rows) + 0.5) * cell_px - 0.5)
    centres = np.stack([x.ravel(), y.ravel()], axis=1)
    seen = np.ones(rows * columns, np.bool_)
    for pose in poses:
        to_input = geometry.compose(geometry.resized(resolution.scale, resolution.scale), pose.matrix)
        at = geometry.apply(geometry.inverse(to_input), centres)
        border = 0.0 if pose is IDENTITY else BORDER_CELLS * cell_px / resolution.scale
        inside = (at >= border - 0.5) & (at <= np.array([width, height]) - 0.5 - border)
        seen &= inside.all(axis=1)
    return seen.reshape(rows, columns).astype(np.float32)
