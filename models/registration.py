"""Where a fixtured part lies in a picture: a rigid motion found on a reduced picture to a fraction of a pixel.

Coarse to fine, each step on the logarithm of the picture without its slow part, so that drifting and uneven light
cancels (a gain becomes an offset, and the offset goes with the slow part):

1. Gradient vectors of a picture of at most 96 pixels a side are correlated, by FFT, with those of the reference turned
   by each of a fan of angles. The vectors are compressed towards unit length, so that one glint does not decide.
2. Inverse compositional alignment (Baker and Matthews, "Lucas-Kanade 20 Years On", IJCV 2004) at double that and so on
   up to 640 pixels a side, over some thousand points with strong gradient, spread over the part. Gain and offset are
   fitted along; Tukey weights leave out what a defect has changed.
"""

import math
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from models import geometry
from models.alignment import FINE_PX, ROUGH_PX, Alignment, Level, Octave, flatten
from models.coarse_search import CoarseSearch
from models.errors import PictureError
from models.geometry import Affine

Bytes = npt.NDArray[np.uint8]

METHOD = "gradient-fft, robust inverse-compositional, rigid"
FINEST_SIDE = 640
"""Pixels of the longer side of the finest picture, at most; each coarser one is half the one before."""
COARSEST_SIDE = 96
"""Pixels of the longer side of the coarsest picture, at most."""
MIN_SIDE = 64
"""Pixels a reference needs along either side."""


class PartNotFoundError(PictureError):
    """The part is not where it could be: missing, another one, or further off than the limits allow."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How far the part may lie from its reference pose, and how well it must match.

    Attributes
    ----------
    max_shift_px
        Largest shift of the frame's centre along x or y, in source pixels.
    max_rotation_deg
        Largest turn either way.
    min_quality
        Smallest correlation with the reference at its points, 0 to 1.
    """

    max_shift_px: float
    max_rotation_deg: float = 4.0
    min_quality: float = 0.5

    @classmethod
    def for_size(cls, width: int, height: int) -> "Limits":
        """Return the limits of an ordinary fixture: 6 % of the longer side, 4 degrees."""
        return cls(max_shift_px=0.06 * max(width, height))


@dataclass(frozen=True, slots=True, eq=False)
class Pose:
    """Where the part lies: `matrix` maps source to reference pixels, `quality` is the correlation found there."""

    matrix: Affine
    quality: float = 1.0

    @property
    def rotation_deg(self) -> float:
        """Turn from source to reference."""
        return math.degrees(math.atan2(self.matrix[1, 0], self.matrix[0, 0]))


IDENTITY = Pose(geometry.identity())
"""The pose of a picture that needs no registration."""


@dataclass(frozen=True, slots=True, eq=False)
class Reference:
    """A good part in its reference pose, prepared for being found again. Immutable; `locate` may run in any thread."""

    width: int
    height: int
    limits: Limits
    coarse: CoarseSearch
    levels: tuple[Level, ...]

    @classmethod
    def from_image(cls, pixels: Bytes, limits: Limits | None = None) -> "Reference":
        """Prepare a picture of a good part, shape (H, W) or (H, W, 3) RGB uint8.

        Raises
        ------
        PictureError
            If the picture has too little structure to be found again.
        """
        height, width = pixels.shape[:2]
        limits = limits or Limits.for_size(width, height)
        if min(width, height) < MIN_SIDE:
            raise PictureError(f"a reference of {width}x{height} pixels is too small, {MIN_SIDE} a side are needed")
        coarse, *finer = _pyramid(pixels)
        levels = tuple(Level.from_octave(octave, (width, height)) for octave in finer)
        return cls(width, height, limits, CoarseSearch.from_octave(coarse, limits), levels)

    def locate(self, pixels: Bytes) -> Pose:
        """Find the part in a picture of the reference's size, shape (H, W) or (H, W, 3) RGB uint8.

        Raises
        ------
        PartNotFoundError
            If the part is not found within the limits; such a picture must never be judged good.
        PictureError
            If the picture has another size than the reference.
        """
        if pixels.shape[:2] != (self.height, self.width):
            raise PictureError(
                f"the picture is {pixels.shape[1]}x{pixels.shape[0]} pixels, the reference {self.width}x{self.height}"
            )
        coarse, *finer = _pyramid(pixels)
        found = self.coarse.best(coarse.image)
        for level, octave in zip(self.levels, finer, strict=True):
            found = level.refine(octave.image, found, FINE_PX if level is self.levels[-1] else ROUGH_PX)
        self._check(found)
        centre = ((self.width - 1) / 2.0, (self.height - 1) / 2.0)
        to_source = geometry.rigid(found.angle_rad, found.shift_x, found.shift_y, centre)
        return Pose(geometry.inverse(to_source), found.quality)

    def _check(self, found: Alignment) -> None:
        limits = self.limits
        if not found.quality >= limits.min_quality:
            raise PartNotFoundError(
                f"the part was not found: the best place matches the reference by {found.quality:.2f}, "
                f"{limits.min_quality:.2f} is needed; check that the right part lies in the fixture and the light is on"
            )
        shift_px, turn_deg = max(abs(found.shift_x), abs(found.shift_y)), abs(math.degrees(found.angle_rad))
        if shift_px > limits.max_shift_px or turn_deg > limits.max_rotation_deg:
            raise PartNotFoundError(
                f"the part lies {shift_px:.0f} px and {turn_deg:.1f} degrees from its reference pose, "
                f"{limits.max_shift_px:.0f} px and {limits.max_rotation_deg:.1f} degrees are allowed; check the fixture"
            )


def warp(pixels: Bytes, pose: Pose, size: tuple[int, int], scale: float) -> Bytes:
    """Bring a picture into the reference pose and to the model's resolution in one go, without aliasing.

    Parameters
    ----------
    pixels
        Shape (H, W) or (H, W, 3) uint8.
    pose
        Source to reference, as `Reference.locate` gives it.
    size
        (width, height) of the result; what lies outside the source repeats its edge.
    scale
        Result pixels per source pixel, at most 1 for a result without gaps.

    Returns
    -------
    Shape (height, width[, 3]) uint8.
    """
    finer = (
        2 if scale <= 0.5 else 1
    )  # the turn is done at twice the result's resolution: it must not soften the picture
    factor = max(1, int(1.0 / (scale * finer)))
    to_source = geometry.resized(factor, factor)
    to_result = geometry.compose(geometry.resized(scale * finer, scale * finer), pose.matrix)
    fine = cv2.warpAffine(
        _reduced(pixels, factor),
        geometry.compose(to_result, to_source),
        (size[0] * finer, size[1] * finer),
        flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return _reduced(np.asarray(fine, dtype=np.uint8), finer)


def _pyramid(pixels: Bytes) -> list[Octave]:
    """Return the flattened grey picture at two resolutions or more, coarsest first, each half the next."""
    grey = pixels if pixels.ndim == 2 else pixels[:, :, 1]  # green carries most of the detail, and costs no conversion
    factor = math.ceil(max(grey.shape) / FINEST_SIDE)
    grey = _reduced(np.ascontiguousarray(grey), factor)
    octaves = [Octave(flatten(grey), 1.0 / factor)]
    while len(octaves) < 2 or max(grey.shape) > COARSEST_SIDE:
        grey, factor = _reduced(grey, 2), 2 * factor
        octaves.append(Octave(flatten(grey), 1.0 / factor))
    return octaves[::-1]


def _reduced(pixels: Bytes, factor: int) -> Bytes:
    """Return the means of squares of `factor` pixels a side; incomplete rows and columns at the end go."""
    if factor == 1:
        return pixels
    if factor % 2 == 0 and factor > 2:  # halving is so much quicker than any other step that halving twice pays
        return _reduced(_reduced(pixels, 2), factor // 2)
    height, width = pixels.shape[0] // factor, pixels.shape[1] // factor
    whole = pixels[: height * factor, : width * factor]
    return np.asarray(cv2.resize(whole, (width, height), interpolation=cv2.INTER_AREA), dtype=np.uint8)
