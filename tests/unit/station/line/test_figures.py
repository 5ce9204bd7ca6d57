import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.line.figures import beside_limit


@pytest.mark.parametrize(
    ("value", "limit", "unit", "uncertainty", "said"),
    [
        (0.3125, 0.2, "mm", 0.02, ("0.31 ± 0.02 mm", "0.20 mm")),
        (0.3125, 0.2, "mm", None, ("0.31 mm", "0.20 mm")),
        (0.3125, 0.25, "mm", 0.3, ("0.31 ± 0.30 mm", "0.25 mm")),
        (0.2004, 0.2, "mm", None, ("0.2004 mm", "0.2000 mm")),
        (24.2, 20, "px", None, ("24 px", "20 px")),
        (24.2, 24.5, "px", None, ("24.2 px", "24.5 px")),
        (0.0123, 0.01, "mm²", None, ("0.012 mm²", "0.010 mm²")),
        (12.3, 10, "mm", 0.004, ("12.300 ± 0.004 mm", "10.000 mm")),
        (0.0, 0.5, "mm", 0.0, ("0.00 mm", "0.50 mm")),
    ],
)
def test_sizes_in_words(
    value: float, limit: float, unit: str, uncertainty: float | None, said: tuple[str, str]
) -> None:
    assert beside_limit(value, limit, unit, uncertainty) == said


@given(
    st.floats(1e-5, 1e4),
    st.floats(1e-3, 1e3),
    st.sampled_from(["mm", "mm²", "px", "px²"]),
    st.none() | st.floats(0, 10),
)
def test_what_is_told_apart_looks_different(value: float, limit: float, unit: str, uncertainty: float | None) -> None:
    size, most = beside_limit(value, limit, unit, uncertainty)
    number = size.removesuffix(f" {unit}").split(" ± ")[0]
    assert abs(value - limit) < 2e-6 or number != most.removesuffix(f" {unit}")
