"""A camera of known lens and pose looks at a pattern: what comes back must be its scale, perspective and distortion."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pattern_pictures import BOARD, DOTS, HEIGHT, WIDTH, Floats, draw, see

from camera.calibration import (
    Calibration,
    CalibrationError,
    Pattern,
    calibrate,
    find_pattern,
    from_length,
)


def length_mm(calibration: Calibration, points: Floats) -> float:
    first, second = calibration.to_mm(points)
    return float(np.hypot(*(first - second)))


@settings(max_examples=40)
@given(st.floats(-0.25, 0.25), st.floats(-3.1, 3.1), st.floats(-0.2, 0.2), st.floats(12.0, 22.0))
def test_scale_perspective_and_distortion_are_taken_out(tilt: float, turn: float, k1: float, scale_px: float) -> None:
    how = {"tilt": tilt, "turn": turn, "k1": k1, "scale_px": scale_px}
    seen = see(BOARD.points_mm, **how)
    found = calibrate(seen, BOARD, WIDTH, HEIGHT)
    assert found.residual_px < 0.05
    back = found.to_mm(seen)
    assert np.abs(back - BOARD.points_mm).max() < 0.01


@pytest.mark.parametrize("pattern", [BOARD, DOTS], ids=["checkerboard", "dots"])
@pytest.mark.parametrize("turn", [0.0, 0.3])
def test_a_pattern_is_found_in_a_picture_and_gives_its_size(pattern: Pattern, turn: float) -> None:
    found = find_pattern(draw(pattern, tilt=0.1, turn=turn, scale_px=18.0), pattern)
    calibration = calibrate(found, pattern, WIDTH, HEIGHT)
    assert calibration.residual_px < 0.3
    assert calibration.mm_per_px == pytest.approx(1 / 18.0, rel=0.02)
    across = pattern.pitch_mm * (pattern.columns - 1)
    assert length_mm(calibration, found[[0, pattern.columns - 1]]) == pytest.approx(across, rel=0.002)


def test_the_uncertainty_grows_with_the_scatter_and_the_makers_tolerance() -> None:
    seen = see(BOARD.points_mm)
    clean = calibrate(seen, BOARD, WIDTH, HEIGHT)
    noise = np.random.default_rng(1).normal(0, 0.5, seen.shape)
    noisy = calibrate(seen + noise, BOARD, WIDTH, HEIGHT)
    coarse = calibrate(seen, replace(BOARD, tolerance_um=50), WIDTH, HEIGHT)
    assert clean.relative_uncertainty < noisy.relative_uncertainty
    assert noisy.residual_px == pytest.approx(0.5 * np.sqrt(2), rel=0.2)
    assert coarse.relative_uncertainty == pytest.approx(2 * 0.05 / 5.0 / np.sqrt(3), rel=0.05)


def test_a_known_length_is_a_scale() -> None:
    calibration = from_length((100, 100), (100, 600), 25.0, WIDTH, HEIGHT)
    assert calibration.mm_per_px == pytest.approx(0.05)
    assert length_mm(calibration, np.array([(0.0, 0.0), (30.0, 40.0)])) == pytest.approx(2.5)
    assert calibration.relative_uncertainty == pytest.approx(2 * np.sqrt(2) / 500)


@pytest.mark.parametrize(
    ("first", "second", "length"), [((0, 0), (3, 4), 5.0), ((0, 0), (100, 0), 0.0), ((0, 0), (100, 0), -1.0)]
)
def test_a_length_that_says_nothing_is_refused(
    first: tuple[float, float], second: tuple[float, float], length: float
) -> None:
    with pytest.raises(CalibrationError, match="at least 10 pixels"):
        from_length(first, second, length, WIDTH, HEIGHT)


@pytest.mark.parametrize("pattern", [BOARD, DOTS], ids=["checkerboard", "dots"])
def test_what_is_not_there_is_not_found(pattern: Pattern) -> None:
    with pytest.raises(CalibrationError, match=f"no {pattern.kind}"):
        find_pattern(np.full((480, 640), 128, np.uint8), pattern)


def test_a_pattern_needs_points_and_a_pitch() -> None:
    for wrong in ({"columns": 2}, {"rows": 0}, {"pitch_mm": 0.0}, {"tolerance_um": -1.0}):
        with pytest.raises(CalibrationError, match="at least 3 x 3"):
            replace(BOARD, **wrong)  # type: ignore[arg-type]
