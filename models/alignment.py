"""Robust alignment of a picture with one level of a reference, from a start a few pixels off.

The motion is a rotation about the frame's centre and a shift, both in source pixels at every level, from a point of the
reference to where it lies in the picture.
"""

import math
from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt

from models.errors import PictureError

FloatArray = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]

POINTS = 4096
POINT_GRID = 16
"""Points come cell by cell from a grid of this many cells a side: one busy corner must not hold all of them."""
MIN_POINTS = 64
MIN_GRADIENT = 0.01
"""In logarithms of grey levels a pixel; below it there is nothing but noise to hold on to."""
ITERATIONS = 20
ROUGH_PX, FINE_PX = 0.05, 0.005
"""A step shorter than this, in pixels of the level, is the last one: on a level that only leads to the next, on the last."""
MIN_INSIDE = 0.6
"""Share of the points that must lie within the picture."""
TUKEY = 4.685
"""Tuning constant of Tukey's biweight for 95 % efficiency with normal noise."""
MAD_TO_SIGMA = 1.4826
LOG_OFFSET = 16.0
"""Grey levels added before the logarithm: sensor noise in the dark must not be blown up."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """A motion from the reference to the picture, and the correlation of the two under it."""

    angle_rad: float
    shift_x: float
    shift_y: float
    quality: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Octave:
    """A flattened picture (h, w) and its pixels per source pixel, `factor`."""

    image: FloatArray
    factor: float


@dataclass(frozen=True, slots=True, eq=False)
class Level:
    """The reference at one resolution, reduced to its telling points.

    Attributes
    ----------
    points
        Shape (N, 2), in source pixels about the frame's centre.
    columns
        Shape (N, 5): the value at each point, one, and what a small turn and a small shift in x and y add to it.
    factor
        Level pixels per source pixel.
    centre
        The frame's centre in level pixels.
    """

    points: Doubles
    columns: Doubles
    factor: float
    centre: Doubles

    @classmethod
    def from_octave(cls, octave: Octave, source_size: tuple[int, int]) -> "Level":
        """Choose the points of a picture reduced from one of `source_size` (width, height).

        Raises
        ------
        PictureError
            If there is too little structure.
        """
        image, factor = octave.image, octave.factor
        centre = np.array(source_size) * (factor / 2.0) - 0.5
        gradient_x = cv2.Scharr(image, cv2.CV_32F, 1, 0, scale=1 / 32)
        gradient_y = cv2.Scharr(image, cv2.CV_32F, 0, 1, scale=1 / 32)
        rows, columns = _telling_points(np.hypot(gradient_x, gradient_y))
        if len(rows) < MIN_POINTS:
            raise PictureError("the reference picture has too little structure for the part to be found again")
        points = (np.column_stack([columns, rows]) - centre) / factor
        along_x = gradient_x[rows, columns] * factor
        along_y = gradient_y[rows, columns] * factor
        turn = along_y * points[:, 0] - along_x * points[:, 1]
        ones = np.ones(len(rows))
        design = np.column_stack([image[rows, columns], ones, turn, along_x, along_y]).astype(np.float64)
        return cls(points, design, factor, centre)

    def refine(self, image: FloatArray, start: Alignment, still_px: float = FINE_PX) -> Alignment:
        """Follow the picture from `start` until a step is shorter than `still_px` pixels of this level."""
        motion = start
        reach_px = float(np.abs(self.points).max())
        weights = np.ones(len(self.points))
        for _ in range(ITERATIONS):
            values, inside = self._sample(image, motion)
            step, weights = self._step(values, inside, weights)
            motion = _undo_on_the_right(motion, step)
            if np.abs(step * (reach_px, 1.0, 1.0)).max() * self.factor < still_px:
                break
        return replace(motion, quality=self._quality(image, motion))

    def _sample(self, image: FloatArray, motion: Alignment) -> tuple[Doubles, npt.NDArray[np.bool_]]:
        """Return the picture's values where the points lie, bilinear, and which points lie within it."""
        cos, sin = math.cos(motion.angle_rad), math.sin(motion.angle_rad)
        turned = self.points @ np.array([[cos, sin], [-sin, cos]]) + (motion.shift_x, motion.shift_y)
        x, y = (turned * self.factor + self.centre).T
        height, width = image.shape
        inside = (x >= 0) & (x < width - 1) & (y >= 0) & (y < height - 1)
        left = np.clip(x, 0, width - 1.001).astype(np.intp)
        top = np.clip(y, 0, height - 1.001).astype(np.intp)
        dx, dy = x - left, y - top
        flat, corner = image.ravel(), top * width + left
        upper = flat[corner] * (1 - dx) + flat[corner + 1] * dx
        lower = flat[corner + width] * (1 - dx) + flat[corner + width + 1] * dx
        return np.asarray(upper * (1 - dy) + lower * dy, np.float64), inside

    def _step(self, values: Doubles, inside: npt.NDArray[np.bool_], weights: Doubles) -> tuple[Doubles, Doubles]:
        """Return turn and shift that bring the reference onto the values, and the weights for the next step."""
        weighted = self.columns * (weights * inside)[:, None]
        # least squares rather than solve: a picture without structure must end in a bad quality, not in an exception
        solution = np.linalg.lstsq(weighted.T @ self.columns, weighted.T @ values, rcond=None)[0]
        residual = np.abs(values - self.columns @ solution)
        limit = TUKEY * MAD_TO_SIGMA * max(float(np.median(residual[inside])) if inside.any() else 0.0, 1e-4)
        gain = max(float(solution[0]), 0.1)  # a negative or vanishing gain is no match: keep the step bounded
        biweight = np.square(1.0 - np.square(np.minimum(residual / limit, 1.0)))
        return np.asarray(solution[2:] / gain, np.float64), np.asarray(biweight, np.float64)

    def _quality(self, image: FloatArray, motion: Alignment) -> float:
        """Return the correlation of picture and reference at the points; 0 if most lie outside or nothing varies."""
        values, inside = self._sample(image, motion)
        if inside.mean() < MIN_INSIDE:
            return 0.0
        here, there = values[inside], self.columns[inside, 0]
        here, there = here - here.mean(), there - there.mean()
        spread = float(np.linalg.norm(here) * np.linalg.norm(there))
        return max(0.0, float(here @ there) / spread) if spread > 0.0 else 0.0


def flatten(grey: npt.NDArray[np.uint8]) -> FloatArray:
    """Return the logarithm of a picture (H, W) without its slow part, shape (H, W)."""
    logs = cv2.log(cv2.GaussianBlur(grey, (0, 0), 1.0).astype(np.float32) + np.float32(LOG_OFFSET))
    width = max(3, max(grey.shape) // 8) | 1
    slow = cv2.blur(logs, (width, width), borderType=cv2.BORDER_REFLECT_101)
    return np.asarray(logs - slow, dtype=np.float32)


def _telling_points(strength: FloatArray) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Return rows and columns of the points with the strongest gradient, at most twice a fair share from any cell."""
    height, width = strength.shape
    strength = strength.copy()
    strength[[0, -1]] = 0.0
    strength[:, [0, -1]] = 0.0
    fair = 2 * POINTS // POINT_GRID**2
    kept: list[npt.NDArray[np.intp]] = []
    for rows in np.array_split(np.arange(height), POINT_GRID):
        for columns in np.array_split(np.arange(width), POINT_GRID):
            cell = (rows[:, None] * width + columns).ravel()
            kept.append(cell[np.argsort(strength.ravel()[cell])[-fair:]])
    candidates = np.concatenate(kept)
    order = np.argsort(strength.ravel()[candidates])[::-1][:POINTS]
    best = candidates[order]
    best = best[strength.ravel()[best] >= MIN_GRADIENT]
    return best // width, best % width


def _undo_on_the_right(motion: Alignment, step: Doubles) -> Alignment:
    """Return the motion after the inverse of a small step: what inverse compositional alignment does."""
    turn, x, y = (float(value) for value in step)
    angle = motion.angle_rad - turn
    cos, sin = math.cos(angle), math.sin(angle)
    return Alignment(angle, motion.shift_x - (cos * x - sin * y), motion.shift_y - (sin * x + cos * y))
