from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from labeling.splits import Group, Grouping, alike, dealt, thumbnail

KINDS = st.sampled_from(["A OK", "B NG scratch", "B NG pit"])
GROUPS = st.dictionaries(st.text(min_size=1, max_size=6), st.tuples(KINDS, st.integers(1, 3)), max_size=60)


def _groups(drawn: dict[str, tuple[str, int]]) -> list[Group]:
    return [Group(name, kind, pictures) for name, (kind, pictures) in drawn.items()]


@given(GROUPS, st.randoms())
def test_neither_order_nor_time_decides(drawn: dict[str, tuple[str, int]], random: object) -> None:
    groups = _groups(drawn)
    shuffled = list(groups)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert dealt(groups) == dealt(shuffled)


@given(GROUPS, GROUPS)
def test_what_has_a_split_keeps_it_when_data_are_added(
    old: dict[str, tuple[str, int]], new: dict[str, tuple[str, int]]
) -> None:
    before = dealt(_groups(old))
    after = dealt(_groups(old | {name: value for name, value in new.items() if name not in old}), kept=before)
    assert {name: after[name] for name in before} == before


@given(GROUPS)
def test_each_kind_is_dealt_in_the_wanted_shares(drawn: dict[str, tuple[str, int]]) -> None:
    groups = _groups({name: (kind, 1) for name, (kind, _) in drawn.items()})
    splits = dealt(groups, (0.5, 0.25, 0.25))
    for kind in {group.kind for group in groups}:
        names = [group.name for group in groups if group.kind == kind]
        counts = Counter(splits[name] for name in names)
        assert abs(counts["train"] - 0.5 * len(names)) <= 1
        assert abs(counts["val"] - 0.25 * len(names)) <= 1
        assert abs(counts["test"] - 0.25 * len(names)) <= 1


def test_a_share_of_nothing_gets_nothing() -> None:
    groups = [Group(str(number), "A OK") for number in range(50)]
    assert set(dealt(groups, (1, 0, 0)).values()) == {"train"}
    assert set(dealt(groups, (1, 0, 1)).values()) == {"train", "test"}


@pytest.mark.parametrize("shares", [(0, 0, 0), (1, -1, 1), (1, 1)])
def test_shares_that_are_none_are_refused(shares: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="shares"):
        dealt([], shares)


def test_whatever_shares_anything_stays_together_under_the_oldest_name() -> None:
    grouping = Grouping()
    grouping.add("a", ["a", ("lot", "1")])
    grouping.add("b", ["b", ("lot", "2")])
    grouping.add("c", ["c", ("lot", "1")])
    assert [grouping.name(key) for key in ("a", "b", "c")] == ["a", "b", "a"]
    grouping.add("d", ["d", "b", "c"])
    assert {grouping.name(key) for key in ("a", "b", "c", "d")} == {"a"}


def test_the_same_scene_twice_is_alike_and_a_scratch_is_not() -> None:
    random = np.random.default_rng(5)
    scene = np.kron(random.integers(40, 200, (16, 16)), np.ones((40, 40)))
    again = scene + random.normal(0, 4, scene.shape) + 6  # noise, and a lamp that is a little brighter
    scratched = scene.copy()
    scratched[300:306, 100:400] += 50
    first, second, third = (thumbnail(each.clip(0, 255).astype(np.uint8)) for each in (scene, again, scratched))
    assert alike(first, second)
    assert not alike(first, third)
