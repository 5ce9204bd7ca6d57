"""Even light from uneven: a gain for every pixel, from pictures of an even surface, and the pixels that are no good.

Each colour of a raw mosaic is evened out by itself, so that its colours stay what they are. There is no dark picture: at the
exposures of a lit line the dark level is small, and the sensor takes it out itself (SFNC BlackLevel).
"""

import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from camera.calibration import CalibrationError
from camera.device import CameraError
from camera.frame import PixelFormat, Pixels, as_pixels

LEAST_LEVEL, MOST_LEVEL = 0.15, 0.9
"""Of full scale: an even surface must be neither dark nor near saturation, in every part of it but for defects."""
DEFECT = 0.25
"""A pixel further from those around it than this part of their level is no good."""
MOST_DEFECTS = 0.001
"""As a share; beyond it the surface, not the sensor, is at fault."""
_NEIGHBOURS = ((-1, 0), (1, 0), (0, -1), (0, 1), (-1, -1), (-1, 1), (1, -1), (1, 1))
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class FlatField:
    """What evens out a camera's pictures.

    Attributes
    ----------
    gains
        Shape (H, W), float32; 1 for a pixel that is replaced.
    pixel_format
        Of the pictures it is for: mono or raw Bayer.
    defects
        Shape (N,), int64: the flat indices of pixels that are replaced.
    sources
        Shape (N, 2), int64: the flat indices of the two good pixels of the same colour whose mean replaces each.
    """

    gains: Floats
    pixel_format: PixelFormat
    defects: npt.NDArray[np.int64]
    sources: npt.NDArray[np.int64]

    def fits(self, width: int, height: int, pixel_format: PixelFormat) -> bool:
        """Whether it is for such pictures."""
        return self.gains.shape == (height, width) and self.pixel_format is pixel_format

    def correct(self, pixels: Pixels) -> Pixels:
        """Even out a picture of its shape and format; values beyond full scale are cut. Returns memory of its own."""
        full = 2**self.pixel_format.bits - 1
        evened = cv2.multiply(pixels, self.gains, dtype=cv2.CV_8U if full == 255 else cv2.CV_16U)
        if full not in {255, 65_535}:
            np.minimum(evened, full, out=evened)
        flat = evened.reshape(-1)
        flat[self.defects] = flat[self.sources].mean(axis=1).astype(flat.dtype)
        return as_pixels(evened, self.pixel_format)


def measure_flat_field(pictures: Iterable[Pixels], pixel_format: PixelFormat) -> FlatField:
    """Make a flat field from pictures of an evenly lit, even surface.

    Parameters
    ----------
    pictures
        Shape (H, W) each, at least one; their mean is used, so that noise does not get into the gains.

    Raises
    ------
    CalibrationError
        If the pictures are of colours already, too dark, too bright, or too uneven from pixel to pixel.
    """
    if pixel_format.channels > 1:
        raise CalibrationError(f"a flat field is for mono and raw Bayer pictures, not {pixel_format.value}")
    total, count = np.zeros(1), 0
    for picture in pictures:
        total = total + picture
        count += 1
    mean = (total / count).astype(np.float32)
    step = 2 if pixel_format.bayer else 1
    gains, bad = np.ones_like(mean), np.zeros(mean.shape, bool)
    for row in range(step):
        for column in range(step):
            colour = (slice(row, None, step), slice(column, None, step))
            plane = np.ascontiguousarray(mean[colour])
            around = np.asarray(cv2.medianBlur(plane, 5), np.float32)
            _check_level(around, pixel_format)
            bad[colour] = np.abs(plane - around) > DEFECT * around
            gains[colour] = around.mean() / np.where(bad[colour], around, plane)
    if (share := bad.mean()) > MOST_DEFECTS:
        raise CalibrationError(
            f"{100 * share:.2g} % of the pixels differ from those around them; is the surface even and clean?"
        )
    gains[bad] = 1.0
    defects = np.flatnonzero(bad)
    return FlatField(gains, pixel_format, defects, _sources(bad, step))


def _check_level(levels: Floats, pixel_format: PixelFormat) -> None:
    full = 2**pixel_format.bits - 1
    low, high = float(levels.min()) / full, float(levels.max()) / full
    if low < LEAST_LEVEL or high > MOST_LEVEL:
        raise CalibrationError(
            f"the surface is at {100 * low:.0f} to {100 * high:.0f} % of full scale; set light and exposure so that all of it is "
            f"between {100 * LEAST_LEVEL:.0f} and {100 * MOST_LEVEL:.0f} %"
        )


def _sources(bad: npt.NDArray[np.bool_], step: int) -> npt.NDArray[np.int64]:
    """The two nearest good neighbours of each bad pixel. Raises `CalibrationError` for a cluster that leaves none."""
    height, width = bad.shape
    found = []
    for y, x in np.argwhere(bad):
        places = ((int(y) + step * down, int(x) + step * right) for down, right in _NEIGHBOURS)
        good = [
            row * width + column
            for row, column in places
            if 0 <= row < height and 0 <= column < width and not bad[row, column]
        ]
        if len(good) < 2:
            raise CalibrationError(f"too many bad pixels around column {x}, row {y}; clean the surface and the sensor")
        found.append(good[:2])
    return np.array(found, np.int64).reshape(-1, 2)


def save_flat_field(flat: FlatField, path: Path) -> None:
    """Write a flat field. Raises `OSError`."""
    with path.open("wb") as file:
        np.savez(
            file,
            gains=flat.gains,
            pixel_format=np.array(flat.pixel_format.value),
            defects=flat.defects,
            sources=flat.sources,
        )


def load_flat_field(path: Path) -> FlatField:
    """Read a flat field. Raises `CameraError` naming the file and the remedy."""
    try:
        with path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:
            flat = FlatField(
                np.asarray(file["gains"], np.float32),
                PixelFormat(str(file["pixel_format"])),
                np.asarray(file["defects"], np.int64),
                np.asarray(file["sources"], np.int64),
            )
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        raise CameraError(
            f"flat field {path} cannot be used ({error}); make it again with station cameras calibrate --flat"
        ) from None
    _check_indices(flat, path)
    return flat


def _check_indices(flat: FlatField, path: Path) -> None:
    indices = np.concatenate([flat.defects, flat.sources.ravel()])
    in_range = indices.size == 0 or (indices.min() >= 0 and indices.max() < flat.gains.size)
    if (
        flat.gains.ndim != 2
        or flat.sources.shape != (flat.defects.size, 2)
        or not in_range
        or not np.isfinite(flat.gains).all()
    ):
        raise CameraError(f"flat field {path} is damaged; make it again with station cameras calibrate --flat")
