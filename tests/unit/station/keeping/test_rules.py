from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.config import load_station
from station.keeping.rules import IN_ORDER, RetentionRules
from station.keeping.table import RetentionTable
from station.line.inspection import VerdictKind
from station.toml_file import ConfigError

OK, NG, NOT_DECIDABLE = VerdictKind.OK, VerdictKind.NG, VerdictKind.NOT_DECIDABLE
RULES = RetentionTable(ok_days=30, ng_days=365, class_days={"dust": 7, "crack": 3650}).rules


@pytest.mark.parametrize(
    ("verdict", "classes", "days"),
    [
        (OK, [], 30),
        (OK, ["dust"], 30),
        (NG, [], 365),
        (NG, ["scratch"], 365),
        (NG, ["dust"], 7),
        (NG, ["dust", "scratch"], 365),
        (NG, ["dust", "crack"], 3650),
        (NOT_DECIDABLE, [], None),
        (NOT_DECIDABLE, ["dust"], 7),
        (NOT_DECIDABLE, ["dust", "scratch"], None),
    ],
)
def test_a_part_is_kept_as_long_as_its_longest_kept_class(
    verdict: VerdictKind, classes: list[str], days: float | None
) -> None:
    assert RULES.kept_for(verdict, classes) == (None if days is None else timedelta(days=days))


def test_without_a_table_nothing_ever_goes() -> None:
    rules = RetentionTable().rules
    assert not rules
    assert [rules.kept_for(kind, ["dust"]) for kind in IN_ORDER] == [None] * 3
    assert RULES


periods = st.floats(0.1, 1000).map(lambda days: timedelta(days=days))
names = st.sampled_from(["a", "b", "c"])


@given(
    st.dictionaries(st.sampled_from(list(VerdictKind)), periods),
    st.dictionaries(names, periods),
    st.sampled_from(list(VerdictKind)),
    st.sets(names),
)
def test_no_part_is_due_before_the_age_at_which_its_verdict_is_looked_at(
    by_verdict: dict[VerdictKind, timedelta], by_class: dict[str, timedelta], verdict: VerdictKind, classes: set[str]
) -> None:
    rules = RetentionRules(by_verdict, by_class)
    period, shortest = rules.kept_for(verdict, classes), rules.shortest(verdict)
    if period is not None:
        assert shortest is not None
        assert shortest <= period


@pytest.mark.parametrize(
    ("table", "problem"),
    [
        ("free_mb = 1000", r"retention.free_mb.*the station stops below storage.min_free_mb = 1000"),
        ("ok_days = 0", "retention.ok_days"),
        ("class_days = { dust = -1 }", "retention.class_days"),
        ("OK_days = 3", "unknown key retention.OK_days; did you mean ok_days"),
    ],
)
def test_rules_that_cannot_be_meant_are_refused(tmp_path: Path, table: str, problem: str) -> None:
    path = tmp_path / "station.toml"
    path.write_text(f'[[camera]]\nname = "c"\n[retention]\n{table}\n')
    with pytest.raises(ConfigError, match=problem):
        load_station(path)
