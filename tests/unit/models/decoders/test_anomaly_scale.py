from typing import Any

import numpy as np
import pytest

from models.decoders import anomaly_scale
from models.errors import ModelError
from models.manifest import AnomalyScale

SCALE = AnomalyScale(image_threshold=30.0, pixel_threshold=20.0, normalization_scale=40.0)


@pytest.mark.parametrize("shape", [(1, 2, 2), (1, 1, 2, 2)])
@pytest.mark.parametrize("score", [None, (), (1,), (1, 1)])
def test_values_become_shares_by_the_formula(shape: tuple[int, ...], score: Any) -> None:
    """(v - threshold) / scale + 0.5, cut to 0 to 1: openvinotoolkit/model_api, AnomalyDetection."""
    outputs = [np.array([0.0, 10, 20, 50], dtype=np.float32).reshape(shape)]
    outputs += [] if score is None else [np.full(score, 34.0, dtype=np.float32)]
    value, heat = anomaly_scale.read(outputs, SCALE)
    np.testing.assert_allclose(heat, [[0.0, 0.25], [0.5, 1.0]])
    assert value == pytest.approx(1.0 if score is None else 0.6)


def test_what_normalises_itself_is_taken_as_it_is() -> None:
    heat = np.array([[[0.1, 0.7]]], dtype=np.float32)
    assert anomaly_scale.read([heat, np.array([0.4], dtype=np.float32)], None)[0] == pytest.approx(0.4)
    assert anomaly_scale.read([heat], None)[0] == pytest.approx(0.7)
    for wrong in ([heat * 30], [heat, np.array([30.0], dtype=np.float32)]):
        with pytest.raises(ModelError, match="0 to 1 is needed"):
            anomaly_scale.read(wrong, None)
