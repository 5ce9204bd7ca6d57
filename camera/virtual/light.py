"""The light over the virtual part: uneven from its lamp, and drifting slowly from part to part."""

import cv2
import numpy as np

from camera.virtual.plate import Grey

GAIN_DRIFT, TILT_DRIFT, CLOUD = 0.06, 0.045, 0.008
"""Greatest relative change of the whole light and of its slope across the picture; deviation from part to part."""


def light_map(width: int, height: int, seed: int, part: int) -> Grey:
    """Relative illumination of part number `part`, shape (height, width), near 1.

    Gain and both slopes wander as sums of two sines with periods between 150 and 900 parts, phases by seed; on top of
    it every part has a faint cloudiness of its own.
    """
    rng = np.random.default_rng([seed, 4])
    gain, slope_x, slope_y = (_wander(rng, part) for _ in range(3))
    y, x = np.mgrid[-1:1:25j, -1:1:33j].astype(np.float32)
    lamp = 1.04 - 0.07 * (x - 0.15) ** 2 - 0.09 * (y + 0.25) ** 2 + 0.03 * np.cos(2.2 * x + 0.7)
    drift = (1 + GAIN_DRIFT * gain) * (1 + TILT_DRIFT * slope_x * x) * (1 + TILT_DRIFT * slope_y * y)
    white = np.random.default_rng([seed, 5, part]).standard_normal((25, 33), dtype=np.float32)
    cloud = cv2.GaussianBlur(white, (0, 0), 4)
    relative = np.asarray(lamp * drift * (1 + CLOUD * cloud / np.std(cloud)), np.float32)
    return np.asarray(cv2.resize(relative, (width, height), interpolation=cv2.INTER_LINEAR), np.float32)


def _wander(rng: np.random.Generator, part: int) -> float:
    """Between -1 and 1, slowly."""
    (slow, fast), phases = rng.uniform((400, 150), (900, 300)), rng.uniform(0, 2 * np.pi, 2)
    return float(
        0.65 * np.sin(2 * np.pi * part / slow + phases[0]) + 0.35 * np.sin(2 * np.pi * part / fast + phases[1])
    )
