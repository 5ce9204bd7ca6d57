"""Plane affine maps as (2, 3) float64 matrices; pixel (0, 0) is the centre of the top-left pixel, as in OpenCV."""

import math

import numpy as np
import numpy.typing as npt

Affine = npt.NDArray[np.float64]
"""Shape (2, 3): maps a column point p to `m[:, :2] @ p + m[:, 2]`."""


def identity() -> Affine:
    """Return the map that leaves every point where it is."""
    return np.eye(2, 3)


def resized(factor_x: float, factor_y: float) -> Affine:
    """Return the map from a picture to the same picture resized by the factors (new pixels per old pixel).

    The corners of the pictures coincide, not the centres of their corner pixels: the convention of `cv2.resize`.
    """
    return np.array([[factor_x, 0.0, 0.5 * factor_x - 0.5], [0.0, factor_y, 0.5 * factor_y - 0.5]])


def rigid(angle_rad: float, shift_x: float, shift_y: float, centre: tuple[float, float]) -> Affine:
    """Return a rotation about `centre` followed by a shift; x turns towards y (clockwise on a screen)."""
    cos, sin = math.cos(angle_rad), math.sin(angle_rad)
    x, y = centre
    return np.array([[cos, -sin, x - cos * x + sin * y + shift_x], [sin, cos, y - sin * x - cos * y + shift_y]])


def compose(second: Affine, first: Affine) -> Affine:
    """Return the map that does `first`, then `second`."""
    linear = second[:, :2] @ first[:, :2]
    offset = second[:, :2] @ first[:, 2] + second[:, 2]
    return np.column_stack([linear, offset])


def inverse(affine: Affine) -> Affine:
    """Return the map back. Raises `numpy.linalg.LinAlgError` for a map that loses a dimension."""
    linear = np.linalg.inv(affine[:, :2])
    return np.column_stack([linear, -linear @ affine[:, 2]])


def apply(affine: Affine, points: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return points of shape (N, 2), columns x and y, mapped."""
    mapped: npt.NDArray[np.float64] = points @ affine[:, :2].T + affine[:, 2]
    return mapped


def cut(rings: npt.NDArray[np.float64], axis: int, low: float, high: float) -> npt.NDArray[np.float64]:
    """Return closed rings of shape (N, K, 2) cut at two limits of an axis, shape (N, 3 K, 2).

    Every edge gets a point where it crosses a limit, and all points beyond are moved straight onto it: what runs back and forth
    along a limit encloses nothing.
    """
    steps = np.roll(rings, -1, axis=1) - rings
    length = steps[..., axis]
    safe = np.where(length == 0, 1.0, length)
    ways = [np.clip((limit - rings[..., axis]) / safe, 0.0, 1.0) for limit in (low, high)]
    crossings = [rings + way[..., None] * steps for way in (np.minimum(*ways), np.maximum(*ways))]
    inside = np.stack([rings, *crossings], axis=2).reshape(len(rings), 3 * rings.shape[1], 2)
    inside[..., axis] = np.clip(inside[..., axis], low, high)
    return inside
