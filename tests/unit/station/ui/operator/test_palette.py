import pytest

from labeling.classes import ClassList, DefectClass, order_for_shift
from station.ui.operator.palette import Kind, faces

FLAT = ClassList(tuple(DefectClass(name) for name in ("scratch", "dent", "stain", "burr", "pit", "other")))
TREE = ClassList(
    (
        DefectClass("surface"),
        DefectClass("edge"),
        *(DefectClass(name, "surface") for name in ("scratch", "stain", "pit", "rust", "paint")),
        DefectClass("burr", "edge"),
    )
)
MANY = ClassList(tuple(DefectClass(f"c{number:02}") for number in range(20)))


def shown(
    classes: ClassList, *, counts: dict[str, int] | None = None, under: str | None = None, page: int = 0, room: int = 8
) -> list[str]:
    marks = {Kind.OTHER: "…", Kind.BACK: "<"}
    order = order_for_shift(classes, counts or {})
    chips = faces(classes, order, under, page, room)
    return [f"{marks.get(chip.kind, '')}{chip.name}{'>' if chip.parent else ''}{chip.key or ''}" for chip in chips]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (shown(FLAT), ["scratch1", "dent2", "stain3", "burr4", "pit5", "other6"]),
        (shown(FLAT, counts={"pit": 4, "burr": 9}), ["burr1", "pit2", "scratch3", "dent4", "stain5", "other6"]),
        (shown(FLAT, room=6), ["scratch1", "dent2", "stain3", "burr4", "pit5", "other6"]),
        (shown(FLAT, room=5), ["scratch1", "dent2", "stain3", "burr4", "…"]),
        (shown(FLAT, room=5, page=1), ["pit1", "other2", "…"]),
        (shown(FLAT, room=5, page=2), ["scratch1", "dent2", "stain3", "burr4", "…"]),
        (shown(FLAT, room=1), ["scratch1", "dent2", "stain3", "…"]),
        (shown(TREE), ["surface>1", "edge>2"]),
        (shown(TREE, under="edge"), ["<edge", "burr1"]),
        (
            shown(TREE, under="surface", counts={"rust": 1}),
            ["<surface", "rust1", "scratch2", "stain3", "pit4", "paint5"],
        ),
        (shown(TREE, under="surface", room=4, page=1), ["<surface", "pit1", "rust2", "…"]),
        (shown(ClassList(())), []),
    ],
)
def test_the_chips_of_a_page(given: list[str], expected: list[str]) -> None:
    assert given == expected


def test_only_nine_have_a_key_and_every_class_is_on_some_page() -> None:
    keys = [chip.key for chip in faces(MANY, tuple(MANY), None, 0, 12)]
    assert keys == [*range(1, 10), 0, 0, 0]
    names = {chip.name for page in range(4) for chip in faces(MANY, tuple(MANY), None, page, 6)}
    assert names - {""} == {each.name for each in MANY}
