"""The first guess of a part's motion: gradient vectors correlated over all shifts at once, for a fan of angles."""

import math
from dataclasses import dataclass
from typing import Protocol

import cv2
import numpy as np
import numpy.typing as npt

from models import geometry
from models.alignment import Alignment, Octave

FloatArray = npt.NDArray[np.float32]
Spectrum = npt.NDArray[np.complex64]

ANGLE_STEP_DEG = 1.5


class SearchLimits(Protocol):
    """How far to search."""

    @property
    def max_shift_px(self) -> float:
        """Along x or y, in source pixels."""

    @property
    def max_rotation_deg(self) -> float:
        """Either way."""


@dataclass(frozen=True, slots=True, eq=False)
class CoarseSearch:
    """The reference's gradient vectors at each angle, as conjugated spectra of shape (A, h, w)."""

    angles_rad: npt.NDArray[np.float64]
    spectra: Spectrum
    allowed: npt.NDArray[np.bool_]
    factor: float

    @classmethod
    def from_octave(cls, octave: Octave, limits: SearchLimits) -> "CoarseSearch":
        """Turn a reduced picture of the reference by each angle of the fan."""
        image, factor = octave.image, octave.factor
        height, width = image.shape
        steps = math.ceil(limits.max_rotation_deg / ANGLE_STEP_DEG)
        angles = np.radians(np.linspace(-limits.max_rotation_deg, limits.max_rotation_deg, 2 * steps + 1))
        reach = math.ceil(limits.max_shift_px * factor) + 1
        shape = (cv2.getOptimalDFTSize(height + reach), cv2.getOptimalDFTSize(width + reach))
        centre = ((width - 1) / 2.0, (height - 1) / 2.0)
        turned = [
            cv2.warpAffine(
                image, geometry.rigid(angle, 0.0, 0.0, centre), (width, height), borderMode=cv2.BORDER_REPLICATE
            )
            for angle in angles
        ]
        spectra = np.stack([np.conj(np.fft.fft2(_vectors(np.asarray(one, np.float32)), shape)) for one in turned])
        shift_y = np.abs(np.fft.fftfreq(shape[0], 1 / shape[0]))[:, None]
        shift_x = np.abs(np.fft.fftfreq(shape[1], 1 / shape[1]))[None, :]
        return cls(angles, spectra.astype(np.complex64), (shift_y <= reach) & (shift_x <= reach), factor)

    def best(self, image: FloatArray) -> Alignment:
        """Return the motion that matches best."""
        shape = self.spectra.shape[1:]
        spectrum = np.fft.fft2(_vectors(image), shape).astype(np.complex64)
        match = np.where(self.allowed, np.fft.ifft2(self.spectra * spectrum).real, -np.inf)
        angle, y, x = (int(index) for index in np.unravel_index(int(np.argmax(match)), match.shape))
        shift_x = x - shape[1] if x > shape[1] // 2 else x
        shift_y = y - shape[0] if y > shape[0] // 2 else y
        return Alignment(float(self.angles_rad[angle]), shift_x / self.factor, shift_y / self.factor)


def _vectors(image: FloatArray) -> Spectrum:
    """Return the gradient as complex numbers (x + iy), long ones compressed; zero along the border."""
    x = cv2.Scharr(image, cv2.CV_32F, 1, 0)
    y = cv2.Scharr(image, cv2.CV_32F, 0, 1)
    length = cv2.magnitude(x, y)
    weight = 1.0 / (length + 2.0 * float(length.mean()) + 1e-6)
    weight[[0, -1]] = 0.0
    weight[:, [0, -1]] = 0.0
    return np.asarray((x + 1j * y) * weight, dtype=np.complex64)
