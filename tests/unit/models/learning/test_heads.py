"""Every head and the tolerance do in the graph what they do in numpy, and learn what they should."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pytest
from onnx import TensorProto, helper

from models.learning.crossval import folds
from models.learning.gaussian import Blocks, Gaussian, Moments
from models.learning.graph import Head, scores
from models.learning.heads import HEADS, MOST_BLOCKS, Heads
from models.learning.nodes import Nodes, serialised
from models.learning.tolerance import Tolerance
from models.session import FeatureSession

Float = npt.NDArray[np.float32]
PARTS, HEIGHT, WIDTH, CHANNELS = 12, 9, 14, 10


def drawn(seed: int, parts: int = PARTS) -> npt.NDArray[np.float16]:
    """Correlated channels about a mean that differs from cell to cell."""
    rng = np.random.default_rng(seed)
    mix = np.random.default_rng(1).normal(size=(CHANNELS, CHANNELS))
    mean = np.random.default_rng(2).normal(0, 3, (HEIGHT, WIDTH, CHANNELS))
    return (mean + rng.normal(size=(parts, HEIGHT, WIDTH, CHANNELS)) @ mix).astype(np.float16)


def run(add: Callable[[Nodes, str], str], value: Float) -> Float:
    graph = Nodes()
    graph.add("Identity", add(graph, "image"), name="out")
    inputs = [helper.make_tensor_value_info("image", TensorProto.FLOAT, value.shape)]
    outputs = [helper.make_tensor_value_info("out", TensorProto.FLOAT, None)]
    data = serialised(graph.model("one", inputs, outputs, {}))
    return FeatureSession.load(data, threads=1).run(value)


def fitted(name: str) -> Head:
    heads = Heads(drawn(3), folds(PARTS, 0), seed=0)
    return heads.fit(name, np.arange(PARTS))


@pytest.mark.parametrize("name", HEADS)
def test_a_head_in_the_graph_is_the_head_in_numpy(name: str) -> None:
    head, other = fitted(name), drawn(4, 1)
    in_graph = run(head.add, other.astype(np.float32).transpose(0, 3, 1, 2))
    assert in_graph == pytest.approx(head.distances(other), rel=2e-3, abs=2e-3)


def test_blocks_that_do_not_divide_the_grid_are_the_same_in_the_graph() -> None:
    features, blocks = drawn(3), Blocks(HEIGHT, WIDTH, 4, 5)
    assert blocks.missing == (3, 1)
    origin = features.mean(axis=0, dtype=np.float32)
    head = Gaussian.per_cell(Moments.of(features, origin, blocks), origin, blocks)
    other = drawn(4, 1)
    in_graph = run(head.add, other.astype(np.float32).transpose(0, 3, 1, 2))
    assert in_graph == pytest.approx(head.distances(other), rel=2e-3, abs=2e-3)


def test_cutting_and_joining_blocks_returns_the_grid() -> None:
    grid = np.arange(HEIGHT * WIDTH, dtype=np.float32).reshape(HEIGHT, WIDTH, 1)
    blocks = Blocks(HEIGHT, WIDTH, 4, 5)
    assert (blocks.join(blocks.cut(grid)[:, :, 0]) == grid[:, :, 0]).all()
    assert blocks.cells.sum() == HEIGHT * WIDTH


def test_a_fold_taken_off_the_sums_is_as_if_it_had_never_been_there() -> None:
    heads = Heads(drawn(3), folds(PARTS, 0), seed=0)
    others = np.setdiff1d(np.arange(PARTS), heads.held[0])
    origin = heads.sums().origin
    direct = Gaussian.per_cell(
        Moments.of(heads.features[others], origin, heads.sums().blocks), origin, heads.sums().blocks
    )
    taken_off = heads.fit("padim", others)
    assert taken_off.distances(drawn(4, 2)) == pytest.approx(direct.distances(drawn(4, 2)), rel=1e-3)


@pytest.mark.parametrize("parts", [12, 40, 1000])
def test_small_blocks_are_few_and_never_larger_than_others(parts: int) -> None:
    features = np.zeros((parts, 38, 38, 1), np.float16)
    held = folds(parts, 0)
    small, usual = (Heads(features, held, 0, small_blocks=small).sums().blocks for small in (True, False))
    assert small.rows == small.columns >= 2
    assert small.rows <= usual.rows
    assert small.down * small.across <= MOST_BLOCKS


def test_per_cell_distances_of_new_good_parts_are_about_one() -> None:
    rng = np.random.default_rng(8)
    features = rng.normal(0, 1, (40, 16, 16, 4)).astype(np.float16)
    blocks = Blocks(16, 16, 8, 8)
    origin = features.mean(axis=0, dtype=np.float32)
    head = Gaussian.per_cell(Moments.of(features, origin, blocks), origin, blocks)
    squared = head.distances(rng.normal(0, 1, (40, 16, 16, 4)).astype(np.float16)) ** 2
    assert squared.mean() == pytest.approx(1.0, abs=0.06)


@pytest.mark.parametrize("name", ["padim", "gaussian"])
def test_what_breaks_a_correlation_stands_out_though_no_channel_does(name: str) -> None:
    rng = np.random.default_rng(9)
    common = rng.normal(0, 3, (20, 8, 8, 1))
    good = np.concatenate([common, common + rng.normal(0, 0.1, common.shape)], axis=3).astype(np.float16)
    head = Heads(good, folds(20, 0), seed=0).fit(name, np.arange(20))
    odd = np.zeros((1, 8, 8, 2), np.float16)
    odd[0, 4, 4] = (2.0, -2.0)
    assert np.unravel_index(head.distances(odd)[0].argmax(), (8, 8)) == (4, 4)
    assert head.distances(odd)[0, 4, 4] > 2 * head.distances(good).max()


@pytest.mark.parametrize("fit", [Tolerance.per_cell, Tolerance.everywhere])
def test_the_tolerance_in_the_graph_is_the_tolerance_in_numpy(fit: Callable[[Float, Float], Tolerance]) -> None:
    rng = np.random.default_rng(5)
    held_out = rng.gamma(5, 1, (10, HEIGHT, WIDTH)).astype(np.float32)
    seen = np.ones((HEIGHT, WIDTH), np.float32)
    seen[0] = 0
    tolerance = fit(held_out, seen)
    distances = 3 * rng.gamma(5, 1, (1, HEIGHT, WIDTH)).astype(np.float32)
    expected = tolerance.apply(distances)
    assert run(tolerance.add, distances) == pytest.approx(expected, rel=1e-4, abs=1e-4)
    assert (expected[:, 0] == 0).all()
    assert (expected >= 0).all()


def test_the_same_distance_counts_less_where_good_parts_differ_more() -> None:
    rng = np.random.default_rng(6)
    spread = np.ones((20, 30), np.float32)
    spread[:, 15:] = 8
    tolerance = Tolerance.per_cell(
        (20 + spread * rng.normal(size=(40, 20, 30))).astype(np.float32), np.ones((20, 30), np.float32)
    )
    heat = tolerance.apply(np.full((1, 20, 30), 40, np.float32))[0]
    assert heat[10, 5] > 4 * heat[10, 25]


def test_the_score_is_the_mean_of_the_largest_values() -> None:
    maps = np.arange(12, dtype=np.float32).reshape(1, 3, 4)
    assert scores(maps, 1).tolist() == [11.0]
    assert scores(maps, 4).tolist() == [9.5]
