import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from station.journal.errors import StorageError
from station.journal.heat import FINE_CELLS, pack_heat, unpack_heat

MAPS = hnp.arrays(
    np.float32,
    hnp.array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=90),
    elements=st.floats(-(2.0**100), 2.0**100, width=32),
    fill=st.floats(-10, 10, width=32),
)


@settings(max_examples=60, deadline=None)
@given(MAPS)
def test_a_map_comes_back_to_half_a_step(heat: np.ndarray) -> None:
    back = unpack_heat(pack_heat(heat))
    assert back.shape == heat.shape
    assert back.dtype == np.float32
    assert not back.flags.writeable
    span = float(heat.max()) - float(heat.min())
    half_a_step = span / (2 * (65535 if heat.size <= FINE_CELLS else 255))
    rounding = float(np.abs(heat).max()) * 2.0**-22  # of float32 itself
    assert float(np.abs(back.astype(float) - heat).max()) <= half_a_step + rounding


def test_what_is_not_finite_becomes_the_nearest_that_is() -> None:
    heat = np.array([[np.nan, 1.0], [np.inf, -np.inf], [3.0, 2.0]], np.float32)
    assert unpack_heat(pack_heat(heat)) == pytest.approx(np.array([[1, 1], [3, 1], [3, 2]]), abs=1e-4)
    assert not unpack_heat(pack_heat(np.full((2, 3), np.nan, np.float32))).any()


def test_a_map_as_models_give_it_takes_a_few_kilobytes() -> None:
    y, x = np.mgrid[:120, :160].astype(np.float32)
    heat = np.exp(-((x - 90) ** 2 + (y - 30) ** 2) / 200) + np.random.default_rng(1).random((120, 160)) * 0.02
    assert len(pack_heat(heat.astype(np.float32))) < 12_000
    assert len(pack_heat(heat[:64, :64].astype(np.float32))) < 10_000


@pytest.mark.parametrize(
    "data", [b"", b"\x08", b"\x07" + bytes(16) + b"x", pack_heat(np.ones((4, 4), np.float32))[:-3]]
)
def test_damaged_bytes_are_said_to_be_damaged(data: bytes) -> None:
    with pytest.raises(StorageError, match="damaged"):
        unpack_heat(data)
