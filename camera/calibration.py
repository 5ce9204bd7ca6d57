"""Millimetres on the part from pixels of the picture: scale, perspective and lens distortion of one fixed camera.

The part lies in one plane before a camera that does not move. A pattern of known size in that plane gives the lens's radial
distortion, as the polynomial that takes it out (J. Weng, P. Cohen and M. Herniou, IEEE PAMI 14, 1992, of two terms about the
middle of the picture), and the projective map onto the plane (R. Hartley and A. Zisserman, "Multiple View Geometry", 2nd
edition, chapter 4). Focal length and distance stay unknown: one plane cannot tell them apart, and nobody needs them. A known
length alone gives a scale, and no more.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

import cv2
import numpy as np
import numpy.typing as npt

from camera.device import CameraError

Floats = npt.NDArray[np.float64]
Bytes = npt.NDArray[np.uint8]
_STEPS = 12
"""Gauss-Newton steps for the two terms of the distortion; it is small, and three or four suffice."""
_REACH_FOR_TWO_TERMS = 0.6
"""A pattern that stays nearer to the middle, in half diagonals, says nothing of the second term."""
COVERAGE = 2.0
"""Expanded uncertainties are twice the standard one, about 95 % (GUM, JCGM 100:2008, 6.2)."""
LENGTH_ERROR_PX = 1.0
"""How well a person places each end of a known length."""


class CalibrationError(CameraError):
    """No calibration can be made; the text says why and what to do."""


class PatternKind(StrEnum):
    """What lies in the part's plane."""

    CHECKERBOARD = "checkerboard"
    """`columns` x `rows` inner corners."""
    DOTS = "dots"
    """`columns` x `rows` dark dots on light ground, in a rectangular grid."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A flat pattern: how many points, and how far apart they are; `tolerance_um` is what its maker says of that pitch."""

    kind: PatternKind
    columns: int
    rows: int
    pitch_mm: float
    tolerance_um: float = 0.0

    def __post_init__(self) -> None:
        if min(self.columns, self.rows) < 3 or self.pitch_mm <= 0 or self.tolerance_um < 0:
            raise CalibrationError(
                "a pattern needs at least 3 x 3 points, a pitch above 0 and a tolerance of 0 or more"
            )

    @property
    def points_mm(self) -> Floats:
        """Shape (rows * columns, 2): the points in the pattern's own plane, row by row."""
        x, y = np.meshgrid(np.arange(self.columns, dtype=np.float64), np.arange(self.rows, dtype=np.float64))
        return np.asarray(np.stack([x.ravel(), y.ravel()], axis=1) * self.pitch_mm, np.float64)


@dataclass(frozen=True, slots=True, eq=False)
class Calibration:
    """How one camera sees the plane of the part.

    Attributes
    ----------
    width, height
        The picture it is for, in pixels.
    distortion
        a and b of the factor 1 + a r² + b r⁴ that moves a point away from the middle of the picture to where a lens without
        distortion would have put it; r in half diagonals.
    to_plane
        Shape (3, 3): pixels without distortion to mm, projectively.
    residual_px
        Root mean square distance between the pattern's points as found and as the calibration has them.
    relative_uncertainty
        Of any length, at COVERAGE: the pattern's own and that of its fit.
    points
        How many points it rests on.
    """

    width: int
    height: int
    distortion: tuple[float, float]
    to_plane: Floats
    residual_px: float
    relative_uncertainty: float
    points: int

    def to_mm(self, points: npt.ArrayLike) -> Floats:
        """Map (N, 2) points of the picture in pixels to (N, 2) mm in the part's plane."""
        ideal = _straightened(np.asarray(points, np.float64).reshape(-1, 2), self.distortion, self.width, self.height)
        return _projected(ideal, self.to_plane)

    @property
    def mm_per_px(self) -> float:
        """The scale in the middle of the picture."""
        x, y = (self.width - 1) / 2, (self.height - 1) / 2
        square = self.to_mm([(x - 0.5, y - 0.5), (x + 0.5, y - 0.5), (x + 0.5, y + 0.5), (x - 0.5, y + 0.5)])
        x_mm, y_mm = square[:, 0], square[:, 1]
        area_mm2 = abs(float(np.dot(x_mm, np.roll(y_mm, -1)) - np.dot(y_mm, np.roll(x_mm, -1)))) / 2
        return float(np.sqrt(area_mm2))


def find_pattern(pixels: Bytes, pattern: Pattern) -> Floats:
    """Find a pattern's points to a fraction of a pixel.

    Parameters
    ----------
    pixels
        Shape (H, W), mono.

    Returns
    -------
    Floats
        Shape (rows * columns, 2), in the order of `Pattern.points_mm`, up to the pattern's own symmetry.

    Raises
    ------
    CalibrationError
        If it is not there as a whole.
    """
    grid = (pattern.columns, pattern.rows)
    if pattern.kind is PatternKind.CHECKERBOARD:
        flags = cv2.CALIB_CB_EXHAUSTIVE | cv2.CALIB_CB_ACCURACY | cv2.CALIB_CB_NORMALIZE_IMAGE
        found, corners = cv2.findChessboardCornersSB(pixels, grid, flags=flags)
    else:
        found, corners = cv2.findCirclesGrid(
            pixels, grid, flags=cv2.CALIB_CB_SYMMETRIC_GRID, blobDetector=_dots(pixels)
        )
    if not found or corners is None:
        what = f"{pattern.kind} of {pattern.columns} x {pattern.rows} points"
        raise CalibrationError(
            f"no {what} is to be seen as a whole; light it evenly, show all of it, and count its points "
            "(of a checkerboard the inner corners)"
        )
    return np.asarray(corners, np.float64).reshape(-1, 2)


def calibrate(points_px: Floats, pattern: Pattern, width: int, height: int) -> Calibration:
    """Fit lens and plane to the points of a pattern.

    Parameters
    ----------
    points_px
        Shape (rows * columns, 2), as `find_pattern` gives them.

    Raises
    ------
    CalibrationError
        If the points do not fit a plane seen through a lens.
    """
    plane = pattern.points_mm
    distortion = _fit_distortion(points_px, plane, width, height)
    to_plane = _fit_plane(_straightened(points_px, distortion, width, height), plane)
    fitted = Calibration(width, height, distortion, to_plane, 0.0, 0.0, len(plane))
    errors_mm = np.linalg.norm(fitted.to_mm(points_px) - plane, axis=1)
    residual_px = float(np.sqrt(np.mean(errors_mm**2)) / fitted.mm_per_px)
    if not np.isfinite(residual_px):
        raise CalibrationError("the points do not fit a plane; take another picture of the pattern")
    return replace(fitted, residual_px=residual_px, relative_uncertainty=_relative_uncertainty(errors_mm, pattern))


def from_length(
    first: tuple[float, float], second: tuple[float, float], length_mm: float, width: int, height: int
) -> Calibration:
    """Make a scale from a known length between two places of the picture, in pixels; it knows no distortion and no perspective.

    Raises
    ------
    CalibrationError
        If the length is not above 0, or the places are less than 10 pixels apart.
    """
    distance_px = float(np.hypot(second[0] - first[0], second[1] - first[1]))
    if length_mm <= 0 or distance_px < 10:
        raise CalibrationError("a known length needs more than 0 mm and places at least 10 pixels apart")
    scale = length_mm / distance_px
    uncertainty = COVERAGE * LENGTH_ERROR_PX * float(np.sqrt(2)) / distance_px
    return Calibration(width, height, (0.0, 0.0), np.diag([scale, scale, 1.0]), LENGTH_ERROR_PX, uncertainty, 2)


def _relative_uncertainty(errors_mm: Floats, pattern: Pattern) -> float:
    """Of a length across the pattern: the maker's tolerance of its pitch, and the scatter of the points about the fit."""
    span_mm = pattern.pitch_mm * float(np.hypot(pattern.columns - 1, pattern.rows - 1))
    scatter = float(np.sqrt(np.mean(errors_mm**2))) * float(np.sqrt(2)) / span_mm
    makers = pattern.tolerance_um / 1000 / pattern.pitch_mm / float(np.sqrt(3))
    return COVERAGE * float(np.hypot(scatter, makers))


def _straightened(points: Floats, distortion: tuple[float, float], width: int, height: int) -> Floats:
    """Take the distortion out of points in pixels."""
    middle = np.array([(width - 1) / 2, (height - 1) / 2])
    away = points - middle
    square = np.sum((away / (np.hypot(width, height) / 2)) ** 2, axis=1, keepdims=True)
    return np.asarray(middle + away * (1 + distortion[0] * square + distortion[1] * square**2), np.float64)


def _projected(points: Floats, to_plane: Floats) -> Floats:
    mapped = np.column_stack([points, np.ones(len(points))]) @ to_plane.T
    return np.asarray(mapped[:, :2] / mapped[:, 2:], np.float64)


def _fit_plane(points: Floats, plane: Floats) -> Floats:
    to_plane, _ = cv2.findHomography(points, plane)
    if to_plane is None:
        raise CalibrationError("the points do not fit a plane; take another picture of the pattern")
    return np.asarray(to_plane, np.float64)


def _fit_distortion(points: Floats, plane: Floats, width: int, height: int) -> tuple[float, float]:
    """Find the distortion after which the points fit a plane best, by Gauss-Newton on what the best plane leaves over."""

    def left_over(terms: Floats) -> Floats:
        ideal = _straightened(points, (float(terms[0]), float(terms[1])), width, height)
        return np.asarray((_projected(ideal, _fit_plane(ideal, plane)) - plane).ravel(), np.float64)

    middle = np.array([(width - 1) / 2, (height - 1) / 2])
    reach = np.linalg.norm(points - middle, axis=1).max() / (np.hypot(width, height) / 2)
    free = 2 if reach > _REACH_FOR_TWO_TERMS else 1
    terms, small = np.zeros(2), 1e-5
    for _ in range(_STEPS):
        now = left_over(terms)
        slopes = np.column_stack([(left_over(terms + small * np.eye(2)[term]) - now) / small for term in range(free)])
        step, *_ = np.linalg.lstsq(slopes, -now, rcond=None)
        terms[:free] += step
    return float(terms[0]), float(terms[1])


def _dots(pixels: Bytes) -> cv2.SimpleBlobDetector:
    """A detector for dots of any size the picture can hold."""
    settings = cv2.SimpleBlobDetector.Params()
    settings.filterByArea, settings.minArea, settings.maxArea = True, 12.0, float(pixels.size) / 16
    settings.filterByCircularity, settings.minCircularity = True, 0.6
    settings.filterByColor, settings.blobColor = True, 0
    settings.minDistBetweenBlobs = 3.0
    return cv2.SimpleBlobDetector.create(settings)
