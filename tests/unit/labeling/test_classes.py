import pytest
from hypothesis import given
from hypothesis import strategies as st

from labeling.classes import ClassList, DefectClass, order_for_shift

PALETTE = ClassList(
    (
        DefectClass("surface"),
        DefectClass("scratch", "surface"),
        DefectClass("deep scratch", "scratch"),
        DefectClass("dent", "surface"),
        DefectClass("other"),
    )
)


def test_ways_and_children() -> None:
    assert PALETTE.path("deep scratch") == ("surface", "scratch", "deep scratch")
    assert [each.name for each in PALETTE.children("surface")] == ["scratch", "dent"]
    assert [each.name for each in PALETTE.children(None)] == ["surface", "other"]
    assert PALETTE.children("other") == ()
    assert len(PALETTE) == len(list(PALETTE)) == 5


def test_a_class_that_was_removed_is_still_a_name() -> None:
    assert PALETTE.known("dent")
    assert not PALETTE.known("pit")
    assert PALETTE.path("pit") == ("pit",)


@pytest.mark.parametrize(
    ("classes", "words"),
    [
        ((DefectClass(""),), "must not be empty"),
        ((DefectClass(" dent"),), "begin or end with a blank"),
        ((DefectClass("dent"), DefectClass("dent")), "'dent' is there twice"),
        ((DefectClass("dent", "surface"),), "its parent 'surface' is no class"),
        ((DefectClass("dent", "dent"),), "'dent' is its own ancestor: dent < dent"),
        (
            (DefectClass("a", "b"), DefectClass("b", "c"), DefectClass("c", "a")),
            "'a' is its own ancestor: a < b < c < a",
        ),
        ((DefectClass("low", "a"), DefectClass("a", "b"), DefectClass("b", "a")), "'a' is its own ancestor"),
    ],
)
def test_what_is_no_tree_is_refused(classes: tuple[DefectClass, ...], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        ClassList(classes)


def test_the_most_frequent_comes_first_and_equals_keep_their_order() -> None:
    order = order_for_shift(PALETTE, {"dent": 7, "other": 7, "scratch": 9, "removed": 50})
    assert [each.name for each in order] == ["scratch", "dent", "other", "surface", "deep scratch"]


@given(st.dictionaries(st.sampled_from([each.name for each in PALETTE]), st.integers(0, 9)))
def test_every_class_has_one_chip(counts: dict[str, int]) -> None:
    assert sorted(each.name for each in order_for_shift(PALETTE, counts)) == sorted(each.name for each in PALETTE)


@given(st.lists(st.integers(-1, 9), min_size=1, max_size=10))
def test_classes_are_a_tree_or_refused(parents: list[int]) -> None:
    """Ends for every set of parents, and what is accepted has a way from a root to each class."""
    count = len(parents)
    classes = tuple(
        DefectClass(f"c{number}", None if parent < 0 else f"c{parent % count}") for number, parent in enumerate(parents)
    )
    try:
        palette = ClassList(classes)
    except ValueError:
        return
    for each in palette:
        way = palette.path(each.name)
        assert way[-1] == each.name
        assert len(set(way)) == len(way) <= count
