"""The coreset."""

import numpy as np
import pytest

from models.learning.patchcore import PatchCore, coreset


def test_a_coreset_covers_what_a_random_choice_leaves_out() -> None:
    rng = np.random.default_rng(4)
    patches = np.concatenate([rng.normal(0, 0.1, (990, 4)), rng.normal(8, 0.1, (10, 4))]).astype(np.float32)
    chosen = coreset(patches, 20)
    assert (patches[chosen].mean(axis=1) > 4).any(), "the rare cluster is in it"
    distance = np.linalg.norm(patches[:, None] - patches[chosen][None], axis=2).min(axis=1).max()
    random = rng.choice(990, 20, replace=False)
    assert distance < np.linalg.norm(patches[:, None] - patches[random][None], axis=2).min(axis=1).max() / 4


@pytest.mark.parametrize("count", [1, 5, 50])
def test_a_coreset_has_no_doubles(count: int) -> None:
    patches = np.random.default_rng(5).normal(size=(30, 3)).astype(np.float32)
    chosen = coreset(patches, count)
    assert len(set(chosen.tolist())) == len(chosen) == min(count, 30)


def test_what_was_learned_is_near_and_what_was_not_is_far() -> None:
    rng = np.random.default_rng(6)
    good = rng.normal(0, 1, (6, 8, 8, 16)).astype(np.float16)
    head = PatchCore.fit(good, 0)
    assert head.distances(good + np.float16(5)).min() > head.distances(good).max()
