"""Finding pictures of the same thing."""

import cv2
import numpy as np

from models.learning.duplicates import dhash, groups


def picture(seed: int) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return cv2.GaussianBlur(rng.integers(0, 255, (90, 90), np.uint8), (0, 0), 6) * 3


def test_a_little_noise_leaves_the_hash_close_and_another_picture_does_not() -> None:
    first = picture(1)
    noisy = np.clip(first + np.random.default_rng(2).normal(0, 3, first.shape), 0, 255).astype(np.uint8)
    assert (dhash(first) ^ dhash(noisy)).bit_count() <= 4
    assert (dhash(first) ^ dhash(picture(3))).bit_count() > 10


def test_groups_join_through_a_common_neighbour_and_need_both_signs() -> None:
    vectors = np.array([[1, 0], [1, 0.1], [1, 0.2], [-1, 0], [-1, -0.1]], dtype=np.float32)
    hashes = [0b0, 0b1111, 0b11111111, 0b0, 1 << 40]
    found = groups(hashes, vectors)
    assert found[0] == found[1] == found[2]
    assert found[3] != found[0], "the same hash but other features"
    assert len(set(found)) == 2
