"""Which pictures show one scene, and which are blurred."""

import numpy as np
import pytest

from labeling.lookalikes import alike_by_nature, blurred, stacked, twins
from labeling.splits import Thumbnail, thumbnail


def scene(number: int, noise: float = 0.0, light: float = 0.0) -> Thumbnail:
    rng = np.random.default_rng(number)
    picture = np.kron(rng.integers(40, 200, (16, 16)), np.ones((32, 32))) + light
    shaken = picture + np.random.default_rng(int(noise * 100) + 1).normal(0, noise, picture.shape)
    return thumbnail(shaken.clip(0, 255).astype(np.uint8))


def test_the_same_scene_twice_is_found_whatever_lies_between() -> None:
    pictures = [
        scene(1),
        *(scene(number) for number in range(10, 80)),
        scene(1, noise=2.0),
        scene(1, light=9.0),
        scene(11),
    ]
    found = twins(stacked(pictures))
    assert [group.members for group in found] == [(0, 71, 72), (2, 73)]
    assert 0 < found[0].levels <= 2.0
    assert found[1].levels == 0
    assert not alike_by_nature(found, len(pictures))


def test_no_chain_joins_strangers() -> None:
    base = scene(1)
    chain = [np.asarray(base + step * np.eye(64), np.float32) for step in (0.0, 1.5, 3.0)]
    assert [group.members for group in twins(stacked(chain))] == [(0, 1)]


def test_parts_that_all_look_the_same_are_alike_by_nature() -> None:
    found = twins(stacked([scene(1, noise=1.0 + number / 10) for number in range(8)]))
    assert alike_by_nature(found, 8)
    assert not alike_by_nature(twins(stacked([])), 0)
    assert not alike_by_nature(found[:1], 4), "of four pictures nothing can be said"


@pytest.mark.parametrize(
    ("sharpness", "members"),
    [
        ([0.5, 0.51, 0.49, 0.2, 0.5, 0.52, 0.1], [6, 3]),
        ([0.5, 0.51, 0.49, 0.45, 0.5, 0.52], []),
        ([0.5, 0.5, 0.5, 0.1], []),  # too few to say what is usual
        ([0.2, 0.4, 0.6, 0.8, 0.3, 0.7, 0.5], []),  # a mixed lot
        ([], []),
    ],
)
def test_blurred_is_far_below_its_like(sharpness: list[float], members: list[int]) -> None:
    assert [each.member for each in blurred(sharpness)] == members
