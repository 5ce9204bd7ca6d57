"""A camera of known lens and pose looks at a calibration pattern."""

import cv2
import numpy as np
import numpy.typing as npt

from camera.calibration import Pattern, PatternKind

WIDTH, HEIGHT = 1224, 1024
BOARD = Pattern(PatternKind.CHECKERBOARD, 9, 7, 5.0)
DOTS = Pattern(PatternKind.DOTS, 11, 8, 4.0)
Floats = npt.NDArray[np.float64]


def see(points_mm: Floats, *, tilt: float = 0.0, turn: float = 0.0, k1: float = 0.0, scale_px: float = 20.0) -> Floats:
    """Project points of the plane as a lens of 2.6 picture widths would; `scale_px` pixels a mm in the middle."""
    focal = 2.6 * WIDTH
    middle = points_mm.mean(axis=0)
    flat = np.column_stack([points_mm - middle, np.zeros(len(points_mm))])
    matrix = np.array([[focal, 0, (WIDTH - 1) / 2], [0, focal, (HEIGHT - 1) / 2], [0, 0, 1]])
    pose = np.array([tilt, tilt / 2, turn])
    seen, _ = cv2.projectPoints(flat, pose, np.array([0.0, 0.0, focal / scale_px]), matrix, np.array([k1, 0.0, 0, 0]))
    return np.asarray(seen, np.float64).reshape(-1, 2)


def draw(pattern: Pattern, **how: float) -> npt.NDArray[np.uint8]:
    """Draw the pattern in fine steps of the plane, and let the camera see it."""
    per_mm = 24
    columns, rows = pattern.columns + 1, pattern.rows + 1
    y, x = np.mgrid[
        -1.5 : rows + 0.5 : 1 / pattern.pitch_mm / per_mm, -1.5 : columns + 0.5 : 1 / pattern.pitch_mm / per_mm
    ]
    if pattern.kind is PatternKind.CHECKERBOARD:
        inside = (x > -1) & (x < pattern.columns) & (y > -1) & (y < pattern.rows)
        dark = (np.floor(x).astype(int) + np.floor(y).astype(int)) % 2 == 0
        ink = np.where(inside & dark, 20, 230)
    else:
        inside = (x > -0.5) & (x < pattern.columns - 0.5) & (y > -0.5) & (y < pattern.rows - 0.5)
        ink = np.where(inside & (np.hypot(x - np.round(x), y - np.round(y)) < 0.25), 20, 230)
    plane = ink.astype(np.uint8)
    corners = np.array(
        [[0, 0], [plane.shape[1] - 1, 0], [plane.shape[1] - 1, plane.shape[0] - 1], [0, plane.shape[0] - 1]]
    )
    corners_mm = np.array([(x[row, column], y[row, column]) for column, row in corners]) * pattern.pitch_mm
    points = np.vstack([pattern.points_mm, corners_mm])
    middle = pattern.points_mm.mean(axis=0)
    seen = see(np.vstack([points, 2 * middle - points]), **how)[len(pattern.points_mm) : len(points)]
    matrix = cv2.getPerspectiveTransform(corners.astype(np.float32), seen.astype(np.float32))
    picture = cv2.warpPerspective(plane, matrix, (WIDTH, HEIGHT), flags=cv2.INTER_AREA, borderValue=(230.0,))
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), 0.8), np.uint8)
