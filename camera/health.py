"""Whether a picture can be judged at all: black, over-exposed, flat, defocused, or the last one once more.

Pure and cheap: some pairs of neighbouring rows stand for the whole picture, in their full resolution, so that edges are
as steep in them as they are in the picture.
"""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from camera.frame import Frame, PixelFormat, Pixels, as_pixels
from camera.pixels import to_8_bits

Bytes = npt.NDArray[np.uint8]

PAIRS = 64
"""Pairs of rows that are looked at, spread over the picture; half as many in colour, whose rows hold more values."""
STEEPEST = 0.001
"""The share of steps between neighbouring pixels that tells how sharp a picture is; noise alone fills the others."""
TAIL = 0.01
"""The share of darkest and of brightest pixels that contrast leaves out."""
FULL_SCALE = 255
_LEVELS = np.arange(FULL_SCALE + 1, dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Health:
    """Figures of one picture, all from 0 to 1.

    Attributes
    ----------
    brightness
        Mean grey value as a share of full scale.
    saturated_share
        Share of values at full scale.
    contrast
        Distance between the 1st and the 99th percentile of grey values, as a share of full scale.
    sharpness
        Mean of the steepest thousandth of the steps between neighbouring pixels (across and down), as a share of the
        contrast, so that it does not follow the exposure. A hard edge gives 0.5 to 1, a defocused picture little more than
        its noise.
    """

    brightness: float
    saturated_share: float
    contrast: float
    sharpness: float


@dataclass(frozen=True, slots=True)
class HealthLimits:
    """What a picture must keep to; 0 switches a lower limit off, 1 the upper one.

    A picture that is the last one once more, value by value, is `frozen`: a sensor's noise never repeats.
    """

    min_brightness: float = 0.02
    max_saturated_share: float = 0.5
    min_contrast: float = 0.0
    min_sharpness: float = 0.0
    frozen: bool = True


def examine(pixels: Pixels, pixel_format: PixelFormat) -> Health:
    """Measure a picture.

    Parameters
    ----------
    pixels
        Shape (H, W) for mono and raw Bayer, (H, W, C) for colour, uint8.
    pixel_format
        What they are; alpha is left out, raw Bayer is compared within each colour.

    Raises
    ------
    ValueError
        If the picture has no pixels, or not the type of its format.
    """
    return measure(sample(pixels, pixel_format), pixel_format)


def sample(pixels: Pixels, pixel_format: PixelFormat) -> Pixels:
    """Copy the rows that stand for the picture: shape (2, N, values a row), each row with its neighbour of the same colour.

    Raises
    ------
    ValueError
        If the picture has no pixels, or not the type of its format.
    """
    if pixels.dtype != pixel_format.dtype or 0 in pixels.shape:
        raise ValueError(f"a picture of shape {pixels.shape} and type {pixels.dtype} cannot be examined")
    apart = 2 if pixel_format.bayer else 1
    last = max(pixels.shape[0] - apart, 1)
    pairs = PAIRS if pixel_format.channels == 1 else PAIRS // 2
    step = max(last // pairs, 1) | 1  # odd, so that both kinds of Bayer rows are seen
    first, second = pixels[:last:step], pixels[apart::step] if pixels.shape[0] > apart else pixels[:1]
    colours = slice(3 if pixel_format is PixelFormat.RGBA8 else None)
    rows = np.stack((first, second[: len(first)]))[..., colours]
    return as_pixels(rows.reshape(2, len(first), -1), pixel_format)


def measure(sampled: Pixels, pixel_format: PixelFormat) -> Health:
    """Measure what `sample` took."""
    rows = np.ascontiguousarray(to_8_bits(sampled, pixel_format))
    values = _histogram(rows)
    count = values.sum()
    contrast = (_percentile(values, 1 - TAIL) - _percentile(values, TAIL)) / FULL_SCALE
    return Health(
        brightness=float(values @ _LEVELS / count / FULL_SCALE),
        saturated_share=float(values[FULL_SCALE] / count),
        contrast=contrast,
        sharpness=min(_steepest(rows, pixel_format) / contrast, 1.0) if contrast > 0 else 0.0,
    )


class HealthWatch:
    """Looks at the pictures of one camera in their order; for one thread.

    Parameters
    ----------
    limits
        What each picture must keep to.
    """

    def __init__(self, limits: HealthLimits) -> None:
        self._limits = limits
        self._last: Pixels | None = None

    def complaint(self, frame: Frame) -> str | None:
        """Say what a picture is that cannot be judged, with the figure and its limit; None for one that can.

        Raises
        ------
        ValueError
            As `examine`.
        """
        rows = sample(frame.pixels, frame.pixel_format)
        last, self._last = self._last, rows
        return complaint(measure(rows, frame.pixel_format), self._limits) or self._repetition(rows, last)

    def _repetition(self, rows: Pixels, last: Pixels | None) -> str | None:
        if self._limits.frozen and last is not None and np.array_equal(rows, last):
            return "frozen (the one before once more, value by value); check the camera"
        return None


def complaint(health: Health, limits: HealthLimits) -> str | None:
    """Say which limit a picture crosses first, with its figure; None where it keeps to all."""
    if health.brightness < limits.min_brightness:
        return f"black (brightness {health.brightness:.3g}, min_brightness {limits.min_brightness:g}); check the light"
    if health.saturated_share > limits.max_saturated_share:
        share, limit = health.saturated_share, limits.max_saturated_share
        return f"over-exposed ({share:.3g} of it saturated, max_saturated_share {limit:g}); check exposure and light"
    if health.contrast < limits.min_contrast:
        return f"flat (contrast {health.contrast:.3g}, min_contrast {limits.min_contrast:g}); check light and lens"
    if health.sharpness < limits.min_sharpness:
        return (
            f"out of focus (sharpness {health.sharpness:.3g}, min_sharpness {limits.min_sharpness:g}); check the lens"
        )
    return None


def _steepest(rows: Bytes, pixel_format: PixelFormat) -> float:
    """Mean of the steepest steps, as a share of full scale."""
    across = 2 if pixel_format.bayer else min(pixel_format.channels, 3)
    steps = _histogram(cv2.absdiff(rows[0], rows[1]))
    if rows.shape[2] > across:
        steps += _histogram(cv2.absdiff(rows[0][:, across:], rows[0][:, :-across]))
    wanted = max(1.0, STEEPEST * steps.sum())
    from_top = np.minimum(np.cumsum(steps[::-1]), wanted)
    counted = np.diff(from_top, prepend=0.0)
    return float(counted @ _LEVELS[::-1] / wanted / FULL_SCALE)


def _histogram(values: npt.NDArray[np.generic]) -> npt.NDArray[np.float64]:
    """How often each grey value occurs."""
    flat = np.asarray(values).reshape(1, -1)
    return np.asarray(cv2.calcHist([flat], [0], None, [FULL_SCALE + 1], [0, FULL_SCALE + 1]), np.float64).reshape(-1)


def _percentile(histogram: npt.NDArray[np.float64], share: float) -> float:
    cumulated = np.cumsum(histogram)
    return float(np.searchsorted(cumulated, share * cumulated[-1]))
