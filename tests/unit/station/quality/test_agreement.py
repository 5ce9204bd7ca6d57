"""The coefficients against worked examples that their authors, or those who teach them, published."""

from collections import Counter
from collections.abc import Sequence
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.quality.agreement import Estimate, Unit, cohen, estimated, fleiss, gwet, krippendorff

# J. Cohen, Educ. Psychol. Meas. 20 (1960), table 2: two judges, three kinds of disorder, 200 patients.
COHEN = dict(zip(product("abc", repeat=2), (88, 14, 18, 10, 40, 10, 2, 6, 12), strict=True))
# J. L. Fleiss, Psychol. Bull. 76 (1971), table 1: 30 patients, six psychiatrists, five diagnoses.
FLEISS = (
    *("444444", "222555", "233335", "555555", "222444", "113333", "333355", "113334", "114444", "555555"),
    *("144444", "124444", "222333", "144444", "224445", "333335", "111455", "111112", "224444", "133555"),
    *("555555", "244444", "224555", "114444", "144445", "222224", "111155", "224444", "133333", "555555"),
)
# K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), section C: four observers, twelve units, gaps.
OBSERVERS = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")
# Section A: two observers, ten units, two values; section B: twelve units, five values.
TWO_VALUES = ("0100000010", "1110010000")
FIVE_VALUES = ("aabbdcccedda", "babbbccceddd")


def _units(observers: Sequence[str]) -> Counter[Unit]:
    return Counter(tuple(value for value in unit if value != ".") for unit in zip(*observers, strict=True))


def test_cohens_own_example() -> None:
    assert cohen(COHEN) == pytest.approx(0.492, abs=5e-4)


def test_fleiss_own_example() -> None:
    assert fleiss(Counter(tuple(unit) for unit in FLEISS)) == pytest.approx(0.430, abs=5e-4)


@pytest.mark.parametrize(
    ("observers", "alpha"), [(TWO_VALUES, 0.095), (FIVE_VALUES, 0.692), (OBSERVERS, 0.743)], ids=["A", "B", "C"]
)
def test_krippendorffs_own_examples(observers: Sequence[str], alpha: float) -> None:
    assert krippendorff(_units(observers)) == pytest.approx(alpha, abs=5e-4)


def test_gwets_examples() -> None:
    # Gwet, Br. J. Math. Stat. Psychol. 61 (2008) and irrCAC: four raters, twelve units with gaps, of which one is rated once.
    units = _units(OBSERVERS)
    assert gwet(units) == pytest.approx(0.77544, abs=5e-6)
    assert fleiss(units) == pytest.approx(0.76117, abs=5e-6)


def test_a_rare_class_pulls_kappa_down_and_not_ac1() -> None:
    """2 % bad, 500 parts, 99.2 % agreement."""
    pairs = {("NG", "NG"): 8, ("NG", "OK"): 2, ("OK", "NG"): 2, ("OK", "OK"): 488}
    assert cohen(pairs) == pytest.approx(0.796, abs=5e-4)
    assert gwet(pairs) == pytest.approx(0.992, abs=5e-4)


@pytest.mark.parametrize(
    ("table", "kappa"),
    [
        # AIAG, Measurement Systems Analysis, 4th ed., III.C: A with B, A with C, B with C, and each with the reference.
        ((44, 6, 3, 97), 0.86),
        ((43, 7, 8, 92), 0.78),
        ((42, 5, 9, 94), 0.79),
        ((45, 5, 3, 97), 0.88),
        ((45, 2, 3, 100), 0.92),
        ((42, 9, 6, 93), 0.77),
    ],
)
def test_the_gauge_manuals_kappas(table: tuple[int, int, int, int], kappa: float) -> None:
    pairs = dict(zip([("0", "0"), ("0", "1"), ("1", "0"), ("1", "1")], table, strict=True))
    assert cohen(pairs) == pytest.approx(kappa, abs=5e-3)


@pytest.mark.parametrize("estimate", [cohen, fleiss, gwet, krippendorff])
def test_nothing_is_no_coefficient(estimate: Estimate) -> None:
    assert estimate({}) is None
    assert estimated([("OK", "NG")] * 9, estimate) is None
    assert estimated([("OK",)] * 50, estimate) is None


@pytest.mark.parametrize("estimate", [cohen, fleiss, krippendorff])
def test_one_kind_alone_has_no_chance_to_go_beyond(estimate: Estimate) -> None:
    assert estimated([("OK", "OK")] * 40, estimate) is None


def test_units_that_all_speak_alike_have_no_interval() -> None:
    found = estimated([("OK", "OK")] * 20 + [("NG", "NG")] * 20, fleiss)
    assert found is not None
    assert (found.value, found.interval, found.units) == (1.0, None, 40)


def test_a_kappa_that_hangs_on_one_part_has_no_interval() -> None:
    found = estimated([("OK", "OK")] * 20 + [("NG", "NG")], cohen)
    assert found is not None
    assert found.interval is None


def test_the_jackknife_comes_near_the_published_standard_error() -> None:
    # irrCAC gives 0.14295 for AC1 of the four raters' twelve units; eleven of them have two ratings or more.
    found = estimated(_units(OBSERVERS).elements(), gwet)
    assert found is not None
    assert found.interval is not None
    assert found.value - found.interval.low == pytest.approx(1.96 * 0.143, rel=0.15)


_RATED = st.lists(
    st.tuples(st.sampled_from(["OK", "NG", "?"]), st.sampled_from(["OK", "NG", "?"])), min_size=10, max_size=60
)


@given(_RATED)
def test_a_coefficient_lies_in_its_interval_and_below_one(units: list[Unit]) -> None:
    for estimate in (cohen, fleiss, gwet, krippendorff):
        found = estimated(units, estimate)
        if found is not None:
            assert found.value <= 1.0 + 1e-9
            if found.interval is not None:
                assert found.interval.low <= found.value <= found.interval.high + 1e-9


@given(_RATED)
def test_who_comes_first_does_not_matter(units: list[Unit]) -> None:
    turned = [(b, a) for a, b in units]
    for estimate in (cohen, fleiss, gwet, krippendorff):
        assert estimate(Counter(units)) == pytest.approx(estimate(Counter(turned)))
