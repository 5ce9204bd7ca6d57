from dataclasses import replace
from uuid import UUID

import numpy as np
import pytest
from PySide6.QtCore import QLocale

from camera.calibration import Calibration
from labeling.annotation import Label, Source
from labeling.canvas.outline import OutlineStyle
from labeling.classes import ClassList, DefectClass
from labeling.edits import Document, History
from labeling.shapes import Box, Keypoint, Polygon, Polyline, Shape, frozen_points
from station.line.sizes import Scale
from station.ui.operator.captions import Captions
from station.ui.operator.ng_outlines import (
    MOST_CAPTIONS,
    figures_of,
    findings_of,
    lit_classes,
    offered,
    outlines_of,
    to_measure,
)
from station.ui.operator.ng_state import UNCLASSED, NgState, Tool

TIMES = "\N{MULTIPLICATION SIGN}"
A, B, C = (UUID(int=number) for number in (1, 2, 3))
CLASSES = ClassList((DefectClass("scratch"), DefectClass("dent")))
LINE = Polyline(frozen_points([[10, 10], [40, 50]]))


def captions(mm_per_px: float | None = 0.05, language: str = "en") -> Captions:
    return Captions(QLocale(language), Scale(mm_per_px=mm_per_px), (640, 480), CLASSES)


def state(*labels: Label, selected: UUID | None = None, tags: tuple[str, ...] = (), **fields: object) -> NgState:
    return NgState(History(Document(labels, tags)), selected=selected, **fields)  # type: ignore[arg-type]


def looked(words: Captions, of: NgState) -> Captions:
    words.take(words.look(of.history.document, to_measure(of))())
    return words


@pytest.mark.parametrize(
    ("shape", "mm_per_px", "language", "expected"),
    [
        (Box(100, 100, 140, 120), 0.05, "en", f"2.00 {TIMES} 1.00 mm"),
        (Box(100, 100, 140, 120), 0.05, "de", f"2,00 {TIMES} 1,00 mm"),
        (Box(100, 100, 140, 120), None, "en", f"40 {TIMES} 20 px"),
        (LINE, 0.1, "en", "5.00 mm"),
        (LINE, None, "en", "50 px"),
        (Keypoint(3, 4), 0.05, "en", ""),
    ],
)
def test_sizes_in_words(shape: Shape, mm_per_px: float | None, language: str, expected: str) -> None:
    words = captions(mm_per_px, language)
    assert words.words(shape, words.measured(shape)) == expected


def test_corners_are_mapped_one_by_one_where_the_view_is_calibrated() -> None:
    calibration = Calibration(640, 480, (0.0, 0.0), np.diag([0.05, 0.02, 1.0]), 0.1, 0.01, 20)
    words = Captions(QLocale("en"), Scale(calibration=calibration), (640, 480), CLASSES)
    box = Box(100, 100, 140, 200)  # 40 x 100 px, which are 2 x 2 mm
    assert words.words(box, words.measured(box)) == f"2.00 {TIMES} 2.00 mm"
    assert words.no_millimetres == ""


def test_a_size_is_said_once_somebody_has_looked_and_not_for_another_shape() -> None:
    words, label = captions(), Label(A, "dent", Box(100, 100, 140, 120))
    assert words.size(label) == ""
    looked(words, state(label))
    assert words.size(label) == f"2.00 {TIMES} 1.00 mm"
    assert words.size(replace(label, shape=Box(0, 0, 9, 9))) == ""


def test_without_millimetres_it_is_said_why() -> None:
    of = state(Label(A, "dent", LINE), selected=A)
    assert figures_of(of, looked(captions(), of)) == "2.50 mm"
    assert figures_of(of, looked(captions(None), of)).startswith("50 px · in pixels")
    assert figures_of(state(), captions()) == ""


def test_outlines_the_selected_on_top_with_what_is_wrong_beside_them() -> None:
    crossing = Polygon(frozen_points([[10, 10], [60, 60], [60, 10], [10, 60]]))
    offer = Label(C, "anomaly", Box(300, 300, 320, 330), Source.MODEL, 0.914)
    of = state(
        Label(A, "rust", Box(100, 100, 140, 120)),
        Label(B, UNCLASSED, crossing),
        selected=A,
        offers=(offer,),
    )
    words = looked(captions(), of)
    outlines = outlines_of(of, words)
    assert [(outline.uid, outline.style, outline.filled) for outline in outlines] == [
        (C, OutlineStyle.MODEL, False),
        (B, OutlineStyle.PERSON, True),
        (A, OutlineStyle.SELECTED, False),
    ]
    assert outlines[0].caption == "anomaly 0.91"
    assert outlines[1].caption.startswith("? ")
    assert outlines[1].caption.endswith("· crosses itself")
    assert outlines[2].caption == f"rust 2.00 {TIMES} 1.00 mm · class removed"
    sentences = findings_of(of, words)
    assert any("“rust” is no class of this recipe" in sentence for sentence in sentences)
    assert not any("no class yet" in sentence for sentence in sentences)  # that is the next step, no fault


@pytest.mark.parametrize(
    ("drawn", "selected", "expected"),
    [
        (Box(300, 300, 320, 330), None, []),
        (Box(298, 297, 322, 331), None, []),
        (Box(298, 297, 322, 331), C, [C]),
        (Box(200, 200, 420, 430), None, [C]),  # a large one around it is another thing
        (Box(321, 300, 340, 330), None, [C]),
        (LINE, None, [C]),
    ],
)
def test_where_somebody_drew_the_models_outline_is_answered(
    drawn: Shape, selected: UUID | None, expected: list[UUID]
) -> None:
    offer = Label(C, "anomaly", Box(300, 300, 320, 330), Source.MODEL, 0.9)
    of = state(Label(A, "dent", drawn), offers=(offer,), selected=selected)
    assert [label.uid for label in offered(of)] == expected


def test_what_was_found_of_a_label_that_is_gone_is_not_said() -> None:
    words = looked(captions(), state(Label(A, "rust", LINE)))
    assert findings_of(state(), words) == ()


def test_many_outlines_have_no_captions_but_the_selected() -> None:
    labels = [Label(UUID(int=number), "dent", Box(20.0 * number, 5, 20.0 * number + 9, 14)) for number in range(1, 31)]
    of = state(*labels, selected=UUID(int=7))
    assert len(labels) > MOST_CAPTIONS
    assert [label.uid.int for label in to_measure(of)] == [7]
    captioned = [outline.uid.int for outline in outlines_of(of, looked(captions(), of)) if outline.caption]  # type: ignore[attr-defined]
    assert captioned == [7]


@pytest.mark.parametrize(
    ("of", "lit"),
    [
        (state(), set()),
        (state(tags=("dent",)), {"dent"}),
        (state(Label(A, "dent", LINE), selected=A), {"dent"}),
        (state(Label(A, UNCLASSED, LINE), selected=A), set()),
        (state(Label(A, "dent", LINE), tags=("scratch",)), set()),
        (state(Label(A, "dent", LINE), selected=A, tags=("scratch",), tool=Tool.TAGS), {"scratch"}),
    ],
)
def test_the_chips_that_are_lit(of: NgState, lit: set[str]) -> None:
    assert lit_classes(of) == lit


def test_a_look_may_be_taken_in_another_thread() -> None:
    of = state(Label(A, "dent", Polygon(frozen_points(np.array([[0.0, 0], [40, 0], [40, 9]])))))
    words = captions()
    look = words.look(of.history.document, of.labels)
    assert words.findings == ()
    words.take(look())
    assert words.size(of.labels[0]) != ""
