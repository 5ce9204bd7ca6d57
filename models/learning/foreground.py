"""Tells the part from what it lies in: the part moves from picture to picture, the fixture stays with the camera.

Around a part that is brought into its reference pose, the fixture moves instead, and would look like a defect wherever a later
part lies a little further off than any part learned from. So each place is seen in both frames: where the pictures differ
more in the part's frame than in the camera's, the place belongs to the fixture.
"""

from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt

from models import geometry
from models.registration import Pose, warp

Bytes = npt.NDArray[np.uint8]
FloatArray = npt.NDArray[np.float32]
SIDE_PX = 640
"""Longer side of the pictures it is done on."""
RATIO = 2.0
"""How many times the variance in the camera's frame that of the part's frame must be."""
NOISE = 0.5
"""Variance in squared grey values that rounding and the sensor leave in either frame."""
QUIET_SHARE = 0.1
"""Of the places in the camera's frame that a place of the part came to lie on, the quietest tenth decides: close to the part
they are sometimes covered by it."""
SMOOTH_PX, OPEN_PX, CLOSE_PX = 5, 13, 25
MARGIN_SHARE = 0.0065
"""Of the longer side: what the fixture is taken to reach further in, for parts that lie further off than any learned from."""


def part_mask(pictures: Sequence[Bytes], poses: Sequence[Pose], size: tuple[int, int], scale: float) -> Bytes:
    """Return 1 where the part is and 0 where the fixture is, in the reference pose; shape (height, width) of `size`.

    A place is given to the fixture only with evidence, and only as one area with the picture's border: what shows
    through a hole stays the part's.

    Parameters
    ----------
    pictures
        Good parts, (H, W) or (H, W, 3).
    poses
        Where they lie.
    size
        (width, height) of the result.
    scale
        Pixels of the result per source pixel.
    """
    height, width = pictures[0].shape[:2]
    factor = max(1, round(max(height, width) / SIDE_PX))
    small = (width // factor, height // factor)
    grey = [_grey(picture) for picture in pictures]
    stays = _variance([cv2.resize(picture, small, interpolation=cv2.INTER_AREA) for picture in grey])
    moves = _variance([warp(picture, pose, small, 1 / factor) for picture, pose in zip(grey, poses, strict=True)])
    met = np.stack(
        [cv2.warpAffine(stays, _shrunk(pose, factor), small, borderMode=cv2.BORDER_REPLICATE) for pose in poses]
    )
    fixture = (moves > RATIO * np.quantile(met, QUIET_SHARE, axis=0) + NOISE).astype(np.uint8)
    margin = 2 * round(MARGIN_SHARE * max(small)) + 1
    part = (1 - cv2.dilate(_surrounding(fixture), np.ones((margin, margin), np.uint8))).astype(np.uint8)
    enlarge = geometry.resized(scale * factor, scale * factor)
    return np.asarray(cv2.warpAffine(part, enlarge, size, flags=cv2.INTER_NEAREST), dtype=np.uint8)


def _grey(picture: Bytes) -> Bytes:
    return picture if picture.ndim == 2 else np.ascontiguousarray(picture[:, :, 1])


def _shrunk(pose: Pose, factor: int) -> geometry.Affine:
    into = geometry.compose(pose.matrix, geometry.resized(factor, factor))
    return geometry.compose(geometry.resized(1 / factor, 1 / factor), into)


def _variance(pictures: Sequence[npt.NDArray[np.generic] | cv2.typing.MatLike]) -> FloatArray:
    """Variance from picture to picture at each place, smoothed; each picture's brightness is taken out."""
    stack = np.stack(pictures).astype(np.float32)
    middle = np.median(stack, axis=0)
    gains = (stack * middle).sum(axis=(1, 2)) / max(float((middle * middle).sum()), 1.0)
    stack /= np.maximum(gains, 1e-3)[:, None, None]
    return np.asarray(cv2.blur(stack.var(axis=0), (SMOOTH_PX, SMOOTH_PX)), dtype=np.float32)


def _surrounding(fixture: Bytes) -> Bytes:
    """Keep what is of some size and reaches the border."""
    whole = cv2.morphologyEx(fixture, cv2.MORPH_OPEN, np.ones((OPEN_PX, OPEN_PX), np.uint8))
    whole = cv2.morphologyEx(whole, cv2.MORPH_CLOSE, np.ones((CLOSE_PX, CLOSE_PX), np.uint8))
    _, labels = cv2.connectedComponents(whole)
    border = np.unique(np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]]))
    return np.isin(labels, border[border > 0]).astype(np.uint8)
