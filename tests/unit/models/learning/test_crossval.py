import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from models.learning.crossval import FOLDS, folds, grouped_folds
from models.learning.duplicates import joined

GROUPS = st.lists(st.integers(0, 12), min_size=2, max_size=60).filter(lambda groups: len(set(groups)) > 1)


@given(GROUPS, st.integers(0, 5))
def test_no_group_is_on_both_sides(groups: list[int], seed: int) -> None:
    held = grouped_folds(groups, seed)
    assert sorted(np.concatenate(held).tolist()) == list(range(len(groups)))
    assert len(held) == min(FOLDS, len(set(groups)))
    sides = [{groups[number] for number in fold} for fold in held]
    assert all(sides)
    assert sum(map(len, sides)) == len(set(groups))


@given(st.integers(FOLDS, 60), st.integers(0, 5))
def test_groups_of_one_make_folds_as_even_as_without(parts: int, seed: int) -> None:
    sizes = sorted(len(fold) for fold in grouped_folds(range(parts), seed))
    assert sizes == sorted(len(fold) for fold in folds(parts, seed))


def test_the_same_seed_gives_the_same_folds() -> None:
    groups = [0, 0, 1, 2, 3, 3, 3, 4, 5, 6]
    first, again, other = grouped_folds(groups, 1), grouped_folds(groups, 1), grouped_folds(groups, 2)
    assert [fold.tolist() for fold in first] == [fold.tolist() for fold in again]
    assert [fold.tolist() for fold in first] != [fold.tolist() for fold in other]


def test_two_groupings_join_what_either_joins() -> None:
    together = joined([0, 0, 1, 2, 3], [7, 8, 8, 9, 10])
    assert together[0] == together[1] == together[2]
    assert len(set(together)) == 3
