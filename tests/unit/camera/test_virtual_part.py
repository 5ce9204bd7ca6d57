"""The virtual part is what it says: determined by seed, number and size, and true about its defects."""

import json
from dataclasses import replace

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from camera.virtual.defects import DefectClass
from camera.virtual_part import FIELD_MM, SHIFT_MM, TURN_DEG, Shot, Truth, World, draw_part

SMALL = World(width=612, height=512, seed=3)


def _filled(truth: Truth, shape: tuple[int, ...]) -> npt.NDArray[np.bool_]:
    mask = np.zeros(shape, np.uint8)
    for defect in truth.defects:
        cv2.fillPoly(mask, [np.round(defect.outline).astype(np.int32)], 1)
    return mask > 0


def test_same_seed_number_and_size_give_the_same_bytes() -> None:
    first, again = draw_part(SMALL, 7), draw_part(replace(SMALL), 7)
    assert first.pixels.tobytes() == again.pixels.tobytes()
    assert first.truth.to_json() == again.truth.to_json()


def test_a_part_does_not_depend_on_the_parts_drawn_before_it() -> None:
    alone = draw_part(SMALL, 5).pixels.copy()
    for part in range(5):
        draw_part(SMALL, part)
    draw_part(replace(SMALL, seed=8), 5)
    draw_part(replace(SMALL, width=300), 5)
    assert np.array_equal(draw_part(SMALL, 5).pixels, alone)


@pytest.mark.parametrize("other", [replace(SMALL, seed=4), SMALL])
def test_another_seed_or_number_gives_another_part(other: World) -> None:
    one, two = draw_part(SMALL, 1).pixels, draw_part(other, 2).pixels
    assert np.mean(np.abs(one.astype(int) - two) > 2) > 0.2


@pytest.mark.parametrize(("width", "height"), [(2448, 2048), (640, 480), (333, 777), (64, 64)])
def test_any_size(width: int, height: int) -> None:
    drawn = draw_part(World(width=width, height=height, seed=1, defect_rate=1.0), 0)
    assert drawn.pixels.shape == (height, width)
    assert drawn.pixels.dtype == np.uint8
    assert drawn.truth.pixel_size_um == pytest.approx(1000 * FIELD_MM / width)


def test_the_scene_scales_with_the_size() -> None:
    large, small = draw_part(World(width=1224, height=1024, seed=1), 0), draw_part(World(612, 512, seed=1), 0)
    assert large.truth.pose == small.truth.pose
    reduced = cv2.resize(large.pixels, (612, 512), interpolation=cv2.INTER_AREA)
    difference = cv2.blur(cv2.absdiff(reduced, small.pixels), (9, 9))
    assert float(np.quantile(difference, 0.99)) < 12


def test_plate_is_bright_fixture_and_holes_are_dark() -> None:
    pixels = draw_part(replace(SMALL, defect_rate=0.0), 0).pixels
    per_mm = SMALL.width / FIELD_MM
    centre_y, centre_x = SMALL.height // 2, SMALL.width // 2
    skin = pixels[centre_y - 10 : centre_y + 10, round(centre_x - 44 * per_mm) : round(centre_x - 38 * per_mm)]
    bore = pixels[centre_y - 10 : centre_y + 10, centre_x - 10 : centre_x + 10]
    assert 110 < skin.mean() < 190
    assert bore.mean() < 30
    assert pixels[:8].mean() < 70


def test_about_one_part_in_five_is_defective_with_one_to_three_defects_of_every_class() -> None:
    world = World(width=96, height=80, seed=11)
    truths = [draw_part(world, part).truth for part in range(600)]
    counts = np.array([len(truth.defects) for truth in truths])
    assert 0.15 < np.mean(counts > 0) < 0.25
    assert set(counts.tolist()) == {0, 1, 2, 3}
    drawn = [defect for truth in truths for defect in truth.defects]
    assert {defect.kind for defect in drawn} == set(DefectClass)
    visibilities = [defect.visibility for defect in drawn if defect.kind is not DefectClass.MISSING_HOLE]
    assert np.quantile(visibilities, [0.1, 0.5, 0.9]) == pytest.approx([0.1, 0.5, 0.9], abs=0.12)


@pytest.mark.parametrize(("rate", "defective"), [(0.0, 0), (1.0, 20)])
def test_the_defect_rate_is_kept(rate: float, defective: int) -> None:
    world = World(width=96, height=80, defect_rate=rate)
    assert sum(bool(draw_part(world, part).truth.defects) for part in range(20)) == defective


@pytest.mark.parametrize("kind", list(DefectClass))
@pytest.mark.parametrize("visibility", [0.0, 1.0])
def test_the_outline_lies_where_the_pixels_differ_from_the_good_part(kind: DefectClass, visibility: float) -> None:
    bad = World(1224, 1024, seed=2, defect_rate=1.0, only_class=kind, visibility=visibility)
    found = []
    for part in range(4):
        drawn, good = draw_part(bad, part), draw_part(replace(bad, defect_rate=0.0), part)
        mask = _filled(drawn.truth, drawn.pixels.shape)
        difference = cv2.absdiff(drawn.pixels, good.pixels).astype(np.float64)
        near = cv2.dilate(mask.astype(np.uint8), np.ones((15, 15))) > 0
        assert difference[~cv2.dilate(mask.astype(np.uint8), np.ones((121, 121))).astype(bool)].max() == 0
        assert difference[near].sum() > 0.6 * difference.sum()
        found.append(difference[mask].mean())
    assert min(found) > 1.5


def test_contrast_grows_with_visibility() -> None:
    def strongest(visibility: float) -> float:
        world = World(612, 512, seed=2, defect_rate=1.0, only_class=DefectClass.STAIN, visibility=visibility)
        bad, good = draw_part(world, 3), draw_part(replace(world, defect_rate=0.0), 3)
        return float(cv2.blur(cv2.absdiff(bad.pixels, good.pixels), (3, 3)).max())

    faint, middle, plain = (strongest(visibility) for visibility in (0.0, 0.5, 1.0))
    assert faint < middle < plain


def test_pose_stays_within_its_limits_and_light_drifts_slowly() -> None:
    world = World(width=96, height=80, defect_rate=0.0)
    parts = [draw_part(world, part) for part in range(300)]
    poses = np.array([(p.truth.pose.dx_mm, p.truth.pose.dy_mm, p.truth.pose.turn_deg) for p in parts])
    assert (np.abs(poses) <= (SHIFT_MM, SHIFT_MM, TURN_DEG)).all()
    assert (np.abs(poses).max(axis=0) > np.array([0.8 * SHIFT_MM, 0.8 * SHIFT_MM, 0.8 * TURN_DEG])).all()
    brightness = np.array([np.median(p.pixels[p.pixels > 100]) for p in parts])
    assert np.ptp(brightness) > 4 * np.abs(np.diff(brightness)).mean()


def test_exposure_brightens_gain_brightens_and_adds_noise_no_light_is_black() -> None:
    world = replace(SMALL, defect_rate=0.0)
    nominal, half = draw_part(world, 0), draw_part(world, 0, Shot(exposure=0.5))
    amplified = draw_part(world, 0, Shot(exposure=0.5, gain=2.0))
    assert half.pixels.mean() == pytest.approx(nominal.pixels.mean() / 2, rel=0.02)
    assert amplified.pixels.mean() == pytest.approx(nominal.pixels.mean(), rel=0.02)
    noise = [np.std(np.diff(shot.pixels[:, ::-1].astype(float), axis=0)[:, :20]) for shot in (nominal, amplified)]
    assert noise[1] > noise[0]
    assert draw_part(world, 0, Shot(exposure=0.0)).pixels.max() == 0


def test_truth_as_json() -> None:
    truth = json.loads(draw_part(replace(SMALL, defect_rate=1.0), 4).truth.to_json())
    assert set(truth) == {"part", "defective", "visibility", "defects", "pose", "pixel_size_um"}
    assert truth["part"] == 4
    assert truth["defective"] is True
    for defect in truth["defects"]:
        assert defect["class"] in set(DefectClass)
        assert len(defect["outline"]) >= 3
        assert defect["size_mm"] > 0
    good = json.loads(draw_part(replace(SMALL, defect_rate=0.0), 4).truth.to_json())
    assert (good["defective"], good["visibility"], good["defects"]) == (False, None, [])
