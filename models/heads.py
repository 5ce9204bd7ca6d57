"""How the outputs of a model from elsewhere may be read: the task of each head, and the shapes its outputs have. Pure.

A pattern is written as people write it: a number is that number, "C" the classes, any other letter a number that may be anything,
and "4 + C" their sum.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import Literal

Shape = tuple[int, ...]
Pattern = tuple[tuple[int | str, ...], ...]
"""One output after the other, each a side after the other."""

Task = Literal["classification", "detection", "oriented", "segmentation", "anomaly"]
Head = Literal[
    "logits",
    "probabilities",
    "yolov5",
    "yolov8",
    "yolo-end-to-end",
    "rt-detr",
    "rt-detr-end-to-end",
    "detr",
    "detections",
    "detections-shares",
    "scored-boxes",
    "ssd",
    "yolov8-obb",
    "yolo-end-to-end-obb",
    "yolov8-segment",
    "yolo-end-to-end-segment",
    "semantic-logits",
    "semantic-probabilities",
    "semantic-classes",
    "anomaly-map",
]

HEADS: Mapping[Task, tuple[Head, ...]] = {
    "classification": ("logits", "probabilities"),
    "detection": (
        "yolov5",
        "yolov8",
        "yolo-end-to-end",
        "rt-detr",
        "rt-detr-end-to-end",
        "detr",
        "detections",
        "detections-shares",
        "scored-boxes",
        "ssd",
    ),
    "oriented": ("yolov8-obb", "yolo-end-to-end-obb"),
    "segmentation": (
        "yolov8-segment",
        "yolo-end-to-end-segment",
        "semantic-logits",
        "semantic-probabilities",
        "semantic-classes",
    ),
    "anomaly": ("anomaly-map",),
}
"""How the outputs of a task can be read."""
SEMANTIC: tuple[Head, ...] = ("semantic-logits", "semantic-probabilities", "semantic-classes")
"""Heads that give every pixel a class."""

_LISTED = ((1, "F"), (1, "F", 4), (1, "F"))
_SCENE = ((1, "h", "w"), (1, 1, "h", "w"))
"""A map of the whole picture, with or without a side for the channel."""
_SCORE: tuple[Pattern, ...] = ((), ((),), ((1,),), ((1, 1),))
"""No output for the score of the picture, or one."""

PATTERNS: Mapping[Head, tuple[Pattern, ...]] = {
    "logits": (((1, "C"),),),
    "probabilities": (((1, "C"),),),
    "yolov5": (((1, "N", "5 + C"),),),
    "yolov8": (((1, "4 + C", "N"),),),
    "yolo-end-to-end": (((1, "N", 6),),),
    "rt-detr": (((1, "N", "4 + C"),),),
    "rt-detr-end-to-end": (((1, "N", 6),),),
    "detr": (((1, "N", 4), (1, "N", "C")),),
    "detections": (_LISTED,),
    "detections-shares": (_LISTED,),
    "scored-boxes": (((1, "F", 5), (1, "F")),),
    "ssd": (((1, 1, "F", 7),),),
    "yolov8-obb": (((1, "5 + C", "N"),),),
    "yolo-end-to-end-obb": (((1, "N", 7),),),
    "yolov8-segment": (((1, "4 + C + M", "N"), (1, "M", "h", "w")),),
    "yolo-end-to-end-segment": (((1, "N", "6 + M"), (1, "M", "h", "w")),),
    "semantic-logits": (((1, "C", "h", "w"),),),
    "semantic-probabilities": (((1, "C", "h", "w"),),),
    "semantic-classes": tuple((scene,) for scene in _SCENE),
    "anomaly-map": tuple((scene, *score) for scene, score in product(_SCENE, _SCORE)),
}
"""The shapes of each head's outputs, with their alternatives; F is how many were found, which may be none."""
LEAST = {"F": 0}
"""Smallest value of a letter where it is not 1."""


def task_of(head: str) -> Task:
    """Return the task that a head belongs to."""
    return next(task for task, heads in HEADS.items() if head in heads)


def every_head() -> Iterator[Head]:
    """Yield every head, task by task."""
    for heads in HEADS.values():
        yield from heads


def outputs_read(head: Head) -> tuple[int, ...]:
    """Return how many outputs a head may read."""
    return tuple(sorted({len(pattern) for pattern in PATTERNS[head]}))


def fits(head: Head, shapes: Sequence[Shape], classes: int) -> bool:
    """Say whether a head that knows so many classes gives outputs of these shapes."""
    return any(found.get("C", classes) == classes for found in _solutions(head, shapes))


def has_shape(head: Head, shapes: Sequence[Shape]) -> bool:
    """Say whether a head gives outputs of these shapes, however many classes it knows."""
    return bool(_solutions(head, shapes))


def class_count(head: Head, shapes: Sequence[Shape]) -> int | None:
    """Return how many classes outputs of these shapes are for; None where they do not say."""
    return next((found["C"] for found in _solutions(head, shapes) if "C" in found), None)


def wanted(head: Head, classes: int) -> str:
    """Return in words which shapes a head gives that knows so many classes."""
    return " or ".join(" and ".join(_text(output, classes) for output in pattern) for pattern in PATTERNS[head])


def solved(pattern: Pattern, shapes: Sequence[Shape]) -> dict[str, int] | None:
    """Return the letters of a pattern for outputs of these shapes; None where they do not fit.

    Examples
    --------
    >>> solved(((1, "4 + C + M", "N"), (1, "M", "h", "w")), [(1, 38, 84), (1, 32, 16, 16)])
    {'N': 84, 'M': 32, 'h': 16, 'w': 16, 'C': 2}
    >>> solved(((1, "N", 6),), [(1, 300, 7)])
    """
    if [len(output) for output in pattern] != [len(shape) for shape in shapes]:
        return None
    waiting = [
        (_terms(side), length)
        for output, shape in zip(pattern, shapes, strict=True)
        for side, length in zip(output, shape, strict=True)
    ]
    known: dict[str, int] = {}
    while waiting:
        later = []
        for terms, length in waiting:
            open_terms = [term for term in terms if not term.isdigit() and term not in known]
            rest = length - sum(int(term) if term.isdigit() else known.get(term, 0) for term in terms)
            if len(open_terms) > 1:
                later.append((terms, length))
            elif (not open_terms and rest != 0) or (open_terms and rest < LEAST.get(open_terms[0], 1)):
                return None
            elif open_terms:
                known[open_terms[0]] = rest
        if len(later) == len(waiting):
            return None
        waiting = later
    return known


def _solutions(head: Head, shapes: Sequence[Shape]) -> list[dict[str, int]]:
    every = (solved(pattern, shapes) for pattern in PATTERNS[head])
    return [found for found in every if found is not None]


def _terms(side: int | str) -> list[str]:
    return str(side).split(" + ")


def _text(output: Iterable[int | str], classes: int) -> str:
    sides = []
    for side in output:
        terms = [str(classes) if term == "C" else term for term in _terms(side)]
        number = sum(int(term) for term in terms if term.isdigit())
        letters = [term for term in terms if not term.isdigit()]
        sides.append(" + ".join([str(number)] * bool(number or not letters) + letters))
    return f"({', '.join(sides)})"
