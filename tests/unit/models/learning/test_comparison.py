"""The comparison with the mean good part: learned from good parts alone, the same in numpy and in the graph."""

import numpy as np
import numpy.typing as npt
import pytest
from onnx import TensorProto, helper

from models.learning.comparison import Comparison
from models.learning.filters import CELL_PX, SIDE_MULTIPLE, add_responses, banks
from models.learning.nodes import Nodes, serialised
from models.session import FeatureSession

FloatArray = npt.NDArray[np.float32]
HEIGHT, WIDTH = 144, 208


def _good(number: int) -> FloatArray:
    """A plate with an edge and a hole, brushed sideways."""
    rng = np.random.default_rng([3, number])
    brushed = rng.normal(0, 1, (HEIGHT, WIDTH + 40)).astype(np.float32)
    brushed = np.stack([np.convolve(row, np.ones(41) / 41, "valid") for row in brushed])
    y, x = np.mgrid[:HEIGHT, :WIDTH]
    plate = np.where(x < 24, 40.0, 150.0) * np.where(np.hypot(x - 120, y - 60) < 15, 0.15, 1.0)
    return (plate * (1 + 0.15 * brushed) + rng.normal(0, 0.8, plate.shape)).astype(np.float32)


@pytest.fixture(scope="module")
def learned() -> Comparison:
    part = np.ones((HEIGHT, WIDTH), np.uint8)
    part[:, :8] = 0
    return Comparison.learn(lambda: (_good(number) for number in range(20)), part, threads=1)


@pytest.fixture(scope="module")
def model(learned: Comparison) -> FeatureSession:
    graph = Nodes()
    graph.add("Identity", learned.add(graph, "image"), name="map")
    image = helper.make_tensor_value_info("image", TensorProto.FLOAT, [1, 1, HEIGHT, WIDTH])
    heat = helper.make_tensor_value_info("map", TensorProto.FLOAT, [1, HEIGHT // CELL_PX, WIDTH // CELL_PX])
    return FeatureSession.load(serialised(graph.model("comparison", [image], [heat], {})), threads=1)


def _map(model: FeatureSession, picture: FloatArray) -> FloatArray:
    return np.asarray(model.run(picture[None, None])[0])


def test_good_parts_stay_below_one_and_held_out_ones_say_so(learned: Comparison, model: FeatureSession) -> None:
    assert learned.held_out.shape == (20,)
    assert 0.4 < float(np.median(learned.held_out)) < 1.0
    fresh = [float(_map(model, _good(number)).max()) for number in range(100, 130)]
    assert np.mean(np.array(fresh) > 1.3) < 0.1


def test_learned_parts_look_no_odder_than_when_held_out(learned: Comparison, model: FeatureSession) -> None:
    seen = [float(_map(model, _good(number)).max()) for number in range(20)]
    assert np.median(seen) < np.median(learned.held_out)


@pytest.mark.parametrize(
    ("name", "contrast"), [("spot", -0.3), ("scratch across", -0.12), ("scratch aslant", 0.12), ("blot", -0.06)]
)
def test_a_defect_stands_out_where_it_is(model: FeatureSession, name: str, contrast: float) -> None:
    y, x = np.mgrid[:HEIGHT, :WIDTH]
    shape = {
        "spot": np.hypot(x - 60, y - 100) < 2,
        "scratch across": (np.abs(x - 60) < 1) & (np.abs(y - 100) < 20),
        "scratch aslant": (np.abs((x - 60) - (y - 100)) < 1) & (np.abs(y - 100) < 20),
        "blot": np.hypot(x - 60, y - 100) < 14,
    }[name]
    heat = _map(model, (_good(200) * np.where(shape, 1 + contrast, 1)).astype(np.float32))
    assert heat.max() > 1.3
    row, column = np.unravel_index(int(heat.argmax()), heat.shape)
    assert np.hypot(column * CELL_PX + 2 - 60, row * CELL_PX + 2 - 100) < 26


def test_what_is_not_the_part_is_not_looked_at(model: FeatureSession) -> None:
    picture = _good(201)
    picture[:, :7] = 255
    assert np.array_equal(_map(model, picture)[:, :2], np.zeros((HEIGHT // CELL_PX, 2)))
    assert _map(model, picture).max() == pytest.approx(float(_map(model, _good(201)).max()))


def test_learning_twice_gives_the_same(learned: Comparison) -> None:
    part = (learned.weight > 0).astype(np.uint8)
    again = Comparison.learn(lambda: (_good(number) for number in range(20)), part, threads=1)
    assert np.array_equal(again.mean, learned.mean)
    assert all(np.array_equal(one, other) for one, other in zip(again.gains, learned.gains, strict=True))


def test_filters_are_of_unit_norm_and_see_no_slope_across_a_line() -> None:
    for bank in banks():
        assert np.sqrt((bank.kernels**2).sum(axis=(1, 2))) == pytest.approx(1.0)
    (thin, wide) = (bank for bank in banks() if bank.before is None and len(bank.kernels) > 1)
    for kernel in (*thin.kernels, *wide.kernels):
        assert abs(float(kernel.sum())) < 1e-5


@pytest.mark.parametrize("degrees", [0, 20, 45, 90, 130])
def test_a_line_is_answered_most_by_the_filter_of_its_direction(degrees: float) -> None:
    side = 2 * SIDE_MULTIPLE
    y, x = np.mgrid[:side, :side] - side / 2
    angle = np.radians(degrees)
    line = (np.abs(y * np.cos(angle) - x * np.sin(angle)) < 1.2).astype(np.float32)
    filters = banks()
    graph = Nodes()
    answers = add_responses(graph, "image", filters)
    widest = answers[-1]
    graph.add("Identity", widest, name="answer")
    image = helper.make_tensor_value_info("image", TensorProto.FLOAT, [1, 1, side, side])
    answer = helper.make_tensor_value_info("answer", TensorProto.FLOAT, None)
    session = FeatureSession.load(serialised(graph.model("filters", [image], [answer], {})), threads=1)
    centre = session.run(line[None, None])[0][:, 6:10, 6:10].max(axis=(1, 2))
    best = int(centre.argmax()) * 180 / len(centre)
    assert min(abs(best - degrees), 180 - abs(best - degrees)) <= 180 / len(centre)
