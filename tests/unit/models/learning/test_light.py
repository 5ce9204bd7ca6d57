"""Drifting light is taken out; what is small stays in."""

import numpy as np
import numpy.typing as npt
import pytest
from onnx import TensorProto, helper

from models.learning.light import BLACK, Light
from models.learning.nodes import Nodes, serialised
from models.session import FeatureSession

Float = npt.NDArray[np.float32]
HEIGHT, WIDTH = 64, 96


def part() -> Float:
    rng = np.random.default_rng(1)
    return rng.uniform(60, 140, (HEIGHT, WIDTH)).astype(np.float32)


def equalised(light: Light, picture: Float) -> Float:
    graph = Nodes()
    graph.add("Identity", light.add(graph, "image"), name="out")
    shape = [1, 1, HEIGHT, WIDTH]
    model = graph.model(
        "light",
        [helper.make_tensor_value_info("image", TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info("out", TensorProto.FLOAT, shape)],
        {},
    )
    return FeatureSession.load(serialised(model), threads=1).run(picture[None, None])[0, 0]


@pytest.fixture(scope="module")
def light() -> Light:
    return Light.from_images([np.rint(part()).astype(np.uint8)] * 3)


@pytest.mark.parametrize(("gain", "slope_x", "slope_y"), [(1.0, 0.0, 0.0), (0.7, 0.0, 0.0), (1.3, 0.2, -0.15)])
def test_gain_and_slope_are_taken_out(light: Light, gain: float, slope_x: float, slope_y: float) -> None:
    x = ((np.arange(WIDTH) + 0.5) * 2 / WIDTH - 1)[None, :]
    y = ((np.arange(HEIGHT) + 0.5) * 2 / HEIGHT - 1)[:, None]
    lit = (part() * (gain + slope_x * x + slope_y * y)).astype(np.float32)
    assert equalised(light, lit) == pytest.approx(part(), abs=1.0)


def test_a_small_defect_stays(light: Light) -> None:
    spoilt = part()
    spoilt[30:34, 40:44] *= 0.5
    change = equalised(light, spoilt) - part()
    assert change[30:34, 40:44].mean() == pytest.approx((spoilt - part())[30:34, 40:44].mean(), rel=0.05)
    assert abs(np.delete(change, np.s_[30:34], axis=0)).max() < 1.5


def test_steps_of_eight_bits_in_the_dark_do_not_get_through() -> None:
    dark = part()
    dark[:, :40] = np.random.default_rng(2).integers(8, 15, (HEIGHT, 40))
    light = Light.from_images([np.rint(dark).astype(np.uint8)] * 3)
    for gain in (0.9, 1.0, 1.1):
        assert (equalised(light, np.rint(dark * np.float32(gain)))[:, :40] == BLACK).all()
