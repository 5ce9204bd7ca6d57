"""The part is what moves with the pose; the fixture is what stays."""

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from models import geometry
from models.learning.foreground import part_mask
from models.registration import Pose

WIDTH, HEIGHT = 640, 480
HALF = (200, 140)
CENTRE = ((WIDTH - 1) / 2, (HEIGHT - 1) / 2)


def _line(parts: int, *, patterned: bool = True) -> tuple[list[npt.NDArray[np.uint8]], list[Pose]]:
    """A textured part with a dark hole, shifted about over a fixture with a pattern of its own."""
    rng = np.random.default_rng(5)
    fixture = rng.normal(60, 8 if patterned else 0, (HEIGHT, WIDTH))
    pictures, poses = [], []
    for _ in range(parts):
        dx, dy, angle = rng.uniform(-12, 12), rng.uniform(-12, 12), rng.uniform(-0.02, 0.02)
        to_source = geometry.rigid(angle, dx, dy, CENTRE)
        part = rng.normal(150, 4, (HEIGHT, WIDTH)).astype(np.float32)
        cv2.circle(part, (320, 240), 50, 15.0, -1)
        cover = np.zeros((HEIGHT, WIDTH), np.float32)
        cover[240 - HALF[1] : 240 + HALF[1], 320 - HALF[0] : 320 + HALF[0]] = 1
        cover = cv2.warpAffine(cover, to_source, (WIDTH, HEIGHT))
        laid = cv2.warpAffine(part, to_source, (WIDTH, HEIGHT)) * cover + fixture * (1 - cover)
        pictures.append(np.clip(laid + rng.normal(0, 0.7, laid.shape), 0, 255).astype(np.uint8))
        poses.append(Pose(geometry.inverse(to_source)))
    return pictures, poses


def test_the_part_is_kept_whole_and_the_fixture_is_left_out() -> None:
    pictures, poses = _line(20)
    mask = part_mask(pictures, poses, (WIDTH, HEIGHT), 1.0)
    assert mask.shape == (HEIGHT, WIDTH)
    assert mask[244 - HALF[1] : 236 + HALF[1], 324 - HALF[0] : 316 + HALF[0]].all()
    beyond = np.ones((HEIGHT, WIDTH), bool)
    beyond[240 - HALF[1] - 24 : 240 + HALF[1] + 24, 320 - HALF[0] - 24 : 320 + HALF[0] + 24] = False
    assert mask[beyond].mean() < 0.02


def test_without_evidence_everything_is_the_part() -> None:
    pictures, poses = _line(12, patterned=False)
    assert part_mask(pictures, poses, (WIDTH, HEIGHT), 1.0).all()


@pytest.mark.parametrize("scale", [0.5, 0.25])
def test_the_mask_has_the_resolution_asked_for(scale: float) -> None:
    pictures, poses = _line(12)
    size = round(WIDTH * scale), round(HEIGHT * scale)
    mask, whole = part_mask(pictures, poses, size, scale), part_mask(pictures, poses, (WIDTH, HEIGHT), 1.0)
    assert mask.shape == size[::-1]
    assert float(mask.mean()) == pytest.approx(float(whole.mean()), abs=0.02)


def test_colour_pictures_are_taken_too() -> None:
    pictures, poses = _line(12)
    colour = [np.repeat(picture[..., None], 3, axis=2) for picture in pictures]
    assert np.array_equal(part_mask(colour, poses, (320, 240), 0.5), part_mask(pictures, poses, (320, 240), 0.5))
