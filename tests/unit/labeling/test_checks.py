import contextlib
from uuid import UUID

import numpy as np
import pytest
from drawn import documents, label
from hypothesis import given
from hypothesis import strategies as st

from labeling.annotation import Label
from labeling.checks import Checker, Kind, check
from labeling.classes import ClassList, DefectClass
from labeling.edits import AddLabel, ChangeClass, ChangeShape, Command, Document, EditError, History, RemoveLabel
from labeling.shapes import Box, Keypoint, Points, Polygon, Polyline, RotatedBox, Shape, frozen_points

SIZE = (640, 480)
CLASSES = ClassList((DefectClass("scratch"), DefectClass("dent")))
WAY = frozen_points([[10, 10], [100, 20], [60, 90]])


def found(*shapes: Shape) -> list[tuple[int, Kind]]:
    document = Document(tuple(label(number, shape) for number, shape in enumerate(shapes, 1)))
    return [(finding.label_uid.int, finding.kind) for finding in check(document, SIZE, CLASSES)]


@pytest.mark.parametrize(
    "shape",
    [
        Polygon(WAY, (frozen_points([[50, 30], [60, 30], [60, 40]]),)),
        Box(-0.5, -0.5, 639.5, 479.5),
        RotatedBox(100, 100, 50, 10, 30),
        Polyline(WAY),
        Polyline(frozen_points([[10, 10], [50, 50], [10, 50], [50, 10]])),  # a line may cross itself
        Keypoint(0, 0),
        Keypoint(639.5, 479.5),
    ],
)
def test_what_is_well_is_left_alone(shape: Shape) -> None:
    assert found(shape) == []


@pytest.mark.parametrize(
    ("shape", "kind"),
    [
        (Polygon(frozen_points([[10, 10], [20, 20], [30, 30]])), Kind.EMPTY),
        (Polygon(frozen_points([[10, 10], [10, 10], [10, 10]])), Kind.EMPTY),
        (Polyline(frozen_points([[10, 10], [10, 10]])), Kind.EMPTY),
        (Polygon(frozen_points([[0, 0], [40, 40], [40, 0], [0, 40]])), Kind.SELF_CROSSING),
        (Polygon(WAY, (frozen_points([[50, 30], [200, 30], [60, 40]]),)), Kind.SELF_CROSSING),  # the hole comes out
        (Box(-0.6, 0, 30, 30), Kind.OUT_OF_BOUNDS),
        (Box(0, 0, 30, 479.6), Kind.OUT_OF_BOUNDS),
        (Keypoint(640, 10), Kind.OUT_OF_BOUNDS),
        (Polygon(frozen_points([[10, 10], [12, 10], [12, 12]])), Kind.TINY),
        (Polyline(frozen_points([[10, 10], [12, 12]])), Kind.TINY),
    ],
)
def test_what_is_wrong_is_found(shape: Shape, kind: Kind) -> None:
    assert found(shape) == [(1, kind)]


def circle(x: float, radius: float = 40) -> Points:
    angles = np.linspace(0, 2 * np.pi, 60, endpoint=False)
    return frozen_points(np.stack([x + radius * np.cos(angles), 200 + radius * np.sin(angles)], axis=1))


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        (Polygon(circle(100)), Polygon(circle(101)), True),
        (Polygon(circle(100)), Polygon(circle(110)), False),
        (Polygon(circle(100)), Polygon(circle(100, 30)), False),
        (Box(10, 10, 60, 60), Polygon(frozen_points([[10, 10], [60, 10], [60, 60], [10, 60]])), True),
        (Box(10, 10, 60, 60), RotatedBox(35, 35, 50, 50, 90), True),
        (Polyline(WAY), Polyline(WAY[::-1] + 0.5), True),
        (Polyline(WAY), Polyline(WAY + 3), False),
        (Keypoint(50, 50), Keypoint(50.6, 50.6), True),
        (Keypoint(50, 50), Keypoint(52, 50), False),
        (Keypoint(50, 50), Box(10, 10, 60, 60), False),
        (Keypoint(50, 50), Polyline(frozen_points([[50, 50], [50, 54]])), False),
    ],
)
def test_what_is_there_twice_is_found(first: Shape, second: Shape, same: bool) -> None:
    assert found(first, second) == ([(2, Kind.DUPLICATE)] if same else [])


def test_a_duplicate_is_told_once_and_of_another_class_it_is_none() -> None:
    box = Box(10, 10, 60, 60)
    assert found(box, box, box) == [(2, Kind.DUPLICATE), (3, Kind.DUPLICATE)]
    assert check(Document((label(1, box), label(2, box, "dent"))), SIZE, CLASSES) == ()


def test_classes() -> None:
    document = Document((label(1, class_name=""), label(2, class_name="pit"), label(3, class_name="dent")))
    findings = check(document, SIZE, CLASSES)
    assert [(each.label_uid.int, each.kind) for each in findings] == [(1, Kind.NO_CLASS), (2, Kind.UNKNOWN_CLASS)]
    assert findings[1].text.startswith("pit is no class of this product")
    assert [each.kind for each in check(document, SIZE)] == [Kind.NO_CLASS]


def test_findings_come_in_the_order_of_the_labels() -> None:
    twice = Box(10, 10, 60, 60)
    labels = (label(5, twice), label(4, twice, class_name="scratch"), label(3, Box(-9, 0, 9, 9), class_name=""))
    kinds = [(each.label_uid, each.kind) for each in check(Document(labels), SIZE)]
    uids = UUID(int=4), UUID(int=3)
    assert kinds == [(uids[0], Kind.DUPLICATE), (uids[1], Kind.NO_CLASS), (uids[1], Kind.OUT_OF_BOUNDS)]


@given(documents)
def test_every_document_can_be_checked(document: Document) -> None:
    uids = {each.uid for each in document.labels}
    assert {finding.label_uid for finding in check(document, SIZE)} <= uids


places = st.sampled_from(
    [Box(10, 10, 60, 60), Box(10, 10, 61, 60), Box(30, 10, 80, 60), Keypoint(30, 30), Polyline(WAY)]
)
few = st.builds(UUID, int=st.integers(1, 5))
hasty = st.one_of(
    st.builds(
        lambda uid, shape, name: AddLabel(Label(uid, name, shape), 0), few, places, st.sampled_from(["dent", "pit"])
    ),
    st.builds(RemoveLabel, few),
    st.builds(ChangeShape, few, places),
    st.builds(ChangeClass, few, st.sampled_from(["dent", "pit"])),
    st.just("undo"),
)


@given(st.lists(hasty, max_size=30))
def test_checking_while_somebody_edits_finds_what_checking_anew_finds(entries: list[Command | str]) -> None:
    checker, history = Checker(SIZE, CLASSES), History()
    for entry in entries:
        with contextlib.suppress(EditError):
            history = history.undo() if isinstance(entry, str) else history.do(entry)
        found = checker.check(history.document)
        anew = check(history.document, SIZE, CLASSES)
        assert [(each.label_uid, each.kind) for each in found] == [(each.label_uid, each.kind) for each in anew]


def test_labels_that_all_say_the_same_are_told_soon() -> None:
    """A thousand of them: each is compared with one other, not with all."""
    document = Document(tuple(label(number, Polygon(circle(100 + number / 2000))) for number in range(1, 1001)))
    assert len(check(document, SIZE)) == 999
