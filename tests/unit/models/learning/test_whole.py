"""One vector for a whole picture, with the real backbone on small pictures."""

from dataclasses import replace

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from models.learning.backbone import TRUNK, WHOLE_LITE0, WHOLE_LITE2, read_weights, trunk
from models.learning.duplicates import groups
from models.learning.whole import POOLED, Look, Looker, whole_networks

Bytes = npt.NDArray[np.uint8]
CLIPPED_AT = 6.0
"""Of every activation of the Lite networks."""


def picture(seed: int, size: tuple[int, int] = (64, 96)) -> Bytes:
    rng = np.random.default_rng(seed)
    smooth = cv2.GaussianBlur(rng.normal(0, 60, (*size, 3)).astype(np.float32), (0, 0), 1.5)
    return np.clip(128 + smooth, 0, 255).astype(np.uint8)[None]


def looker(views: int, size: tuple[int, int] = (64, 96)) -> Looker:
    return Looker.load(Look(*size, views, (WHOLE_LITE0,)), threads=1)


def test_of_a_widened_channel_the_vector_has_the_root_of_its_largest_value() -> None:
    expected = sum(channels for channels, _ in WHOLE_LITE0.stages.values())
    vector = looker(1).vector(picture(0))
    assert vector.shape == (expected,)
    assert looker(1).look.lengths == (expected,)
    assert vector.min() >= 0, "what a block widens to is clipped at 0 before it is drawn together"
    assert 1 < (vector**2).max() <= CLIPPED_AT + 1e-3, "and at 6"


def test_of_a_stage_the_vector_has_mean_deviation_and_largest_value() -> None:
    stages = replace(WHOLE_LITE0, name="stages", stages=TRUNK.stages, blocks=TRUNK.blocks, widened=False)
    eyes = Looker.load(Look(64, 96, 1, (stages,)), threads=1)
    vector = eyes.vector(picture(0))
    assert vector.shape == (POOLED * sum(channels for channels, _ in TRUNK.stages.values()),)
    first = TRUNK.stages[1][0]
    mean, deviation, largest = vector[:first], vector[first : 2 * first], vector[2 * first : 3 * first]
    assert (mean <= largest + 1e-6).all()
    assert (deviation >= 0).all()
    assert (mean < 0).any(), "what a stage is drawn together to is not clipped"


@pytest.mark.parametrize(("views", "same"), [(1, False), (2, True), (4, True)])
def test_seen_from_several_sides_it_does_not_matter_which_way_round_the_part_lies(views: int, same: bool) -> None:
    one = looker(views)
    shown, turned = picture(1), np.ascontiguousarray(picture(1)[:, ::-1, ::-1])
    assert np.allclose(one.vector(shown), one.vector(turned), atol=1e-3) is same


def test_mirrored_pictures_are_the_same_from_four_sides_only() -> None:
    shown, mirrored = picture(2), np.ascontiguousarray(picture(2)[:, :, ::-1])
    assert np.allclose(looker(4).vector(shown), looker(4).vector(mirrored), atol=1e-3)
    assert not np.allclose(looker(2).vector(shown), looker(2).vector(mirrored), atol=1e-3)


def test_places_know_the_same_thing_and_pooled_vectors_do_not_decide_that() -> None:
    shown = picture(4)
    noisy = np.clip(shown + np.random.default_rng(5).normal(0, 1, shown.shape), 0, 255).astype(np.uint8)
    turned = np.ascontiguousarray(shown[:, ::-1, ::-1])
    eyes = looker(2)
    at = np.stack([eyes.sight(one).places for one in (shown, noisy, turned, picture(6), picture(7))], dtype=np.float32)
    hashes = [0] * len(at)
    found = groups(hashes, at)
    assert found[0] == found[1], "a little noise is the same thing"
    assert len({found[0], found[2], found[3], found[4]}) == 4, "turned or drawn anew is not"
    assert eyes.sight(shown).places.dtype == np.float16


def test_a_large_picture_is_looked_at_small_and_sides_fit_the_backbone() -> None:
    look = Look(304, 304, 1, (WHOLE_LITE0, WHOLE_LITE2))
    assert [look.size(one) for one in look.networks] == [(256, 256), (320, 320)]
    height, width = Look(1024, 2048).size(WHOLE_LITE0)
    assert (height % 32, width % 32) == (0, 0)
    assert height * width < 1.3 * WHOLE_LITE0.look_px
    vector = looker(1, (512, 640)).vector(picture(3, (512, 640)))
    assert np.isfinite(vector).all()


def test_the_whole_network_begins_with_the_trunk() -> None:
    short, whole = trunk(), trunk(None, WHOLE_LITE0)
    kinds, others = (
        [node.op_type for node in one.graph.node if node.op_type != "Identity"] for one in (short, whole)
    )  # names aside
    assert others[: len(kinds)] == kinds
    assert {one.name for one in whole.graph.output} == {f"stage{number}" for number in range(1, 7)}
    assert len(read_weights(WHOLE_LITE0)) > len(kinds)


def test_the_larger_network_looks_too_where_its_package_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.learning.whole.importlib.util.find_spec", lambda _: None)
    assert whole_networks() == (WHOLE_LITE0,)
    monkeypatch.setattr("models.learning.whole.importlib.util.find_spec", lambda name: name)
    assert whole_networks() == (WHOLE_LITE0, WHOLE_LITE2)
