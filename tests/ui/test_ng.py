"""The NG mode through the real window: fingers go down and up, and what reached the journal is looked up there."""

from collections.abc import Iterator
from uuid import UUID

import numpy as np
import pytest
from desk_of_parts import PIT, Station
from ng_operator import AROUND_PIT, At, Operator, operating
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from camera.calibration import Calibration
from labeling.annotation import Annotation, Label, Source, model_author
from labeling.shapes import Box, Keypoint, Polygon, Polyline
from station.line.calibrations import CalibrationFile, save_calibration
from station.line.inspection import VerdictKind
from station.ui.operator.ng_state import Tool


@pytest.fixture
def operator(qtbot: QtBot, station: Station) -> Iterator[Operator]:
    with operating(qtbot, station) as operator:
        yield operator


def test_the_models_outline_and_a_class_are_two_taps(operator: Operator, station: Station) -> None:
    uid = station.add_part(defects=2)
    operator.see(uid)
    operator.say_ng()
    operator.tap(operator.chip("scratch"))
    assert (operator.taps, operator.strokes) == (2, 0)
    operator.until_saved()
    assert operator.verdict(uid) == ("NG", "Mara")
    annotation = operator.newest(uid)
    assert [(label.class_name, label.source, label.score) for label in annotation.labels] == [
        ("scratch", Source.MODEL, 0.91)
    ]
    assert (annotation.author, annotation.size, annotation.complete) == ("Mara", (1600, 1200), False)


def test_the_models_outline_may_be_tapped_first(operator: Operator, station: Station) -> None:
    uid = station.add_part(defects=2)
    operator.see(uid)
    operator.tap_picture(PIT)
    operator.until(lambda: operator.page.ng.active)
    operator.tap(operator.chip("pit"))
    assert operator.taps == 2
    operator.until_saved()
    assert operator.verdict(uid) == ("NG", "Mara")
    assert [(label.class_name, label.score) for label in operator.newest(uid).labels] == [("pit", 0.62)]
    assert [command.type for command in station.sent] == ["log-in", "give-verdict", "annotate"]


def test_what_another_model_proposed_is_accepted_by_a_tap_and_is_nothing_before(
    operator: Operator, station: Station
) -> None:
    uid = station.add_part(defects=1)
    label = Label(UUID(int=5), "dent", Box(PIT[0] - 40, PIT[1] - 40, PIT[0] + 40, PIT[1] + 40), Source.MODEL, 0.7)
    author = model_author("sharp", "7")
    proposal = Annotation(UUID(int=98), None, author, station._start, (1600, 1200), (label,), complete=False)
    station.journal.annotate(uid, "top", None, proposal)
    operator.see(uid)
    operator.say_ng()
    work = operator.page.ng.work
    assert work is not None
    assert (work.state.labels, [offer.score for offer in work.state.open_offers]) == ((), [0.91, 0.7])
    operator.tap_picture((PIT[0] + 40, PIT[1]))
    operator.tap(operator.chip("pit"))
    operator.until_saved()
    newest = operator.newest(uid)
    assert (newest.author, newest.parent) == ("Mara", proposal.uid)
    assert [(each.class_name, each.source, each.score) for each in newest.labels] == [("pit", Source.MODEL, 0.7)]


def test_a_new_outline_is_one_stroke_and_one_tap(operator: Operator, station: Station) -> None:
    uid = station.add_part(defects=0)
    operator.see(uid)
    operator.say_ng()
    operator.draw(AROUND_PIT)
    operator.tap(operator.chip("pit"))
    assert (operator.taps - 1, operator.strokes) == (1, 1)  # after the tap on NG
    operator.until_saved()
    operator.until(lambda: operator.newest(uid).labels[0].class_name == "pit")
    (label,) = operator.newest(uid).labels
    assert isinstance(label.shape, Polygon)
    left, top, right, bottom = label.shape.bounds
    assert PIT[0] - 60 < left < PIT[0] < right < PIT[0] + 60
    assert PIT[1] - 60 < top < PIT[1] < bottom < PIT[1] + 60


def test_the_outline_snaps_to_the_edge_and_one_tap_gives_the_stroke_back(operator: Operator, station: Station) -> None:
    uid = station.add_part(defects=0)
    operator.see(uid)
    operator.say_ng()
    operator.draw(AROUND_PIT)
    ng = operator.page.ng
    operator.until(lambda: ng.work is not None and ng.work.state.is_snapped)
    assert ng.work is not None
    state = ng.work.state
    assert state.snap is not None
    radius_px = {"raw": state.snap.raw, "snapped": state.snap.snapped}
    sizes = {name: np.sqrt(shape.area_px / np.pi) for name, shape in radius_px.items() if isinstance(shape, Polygon)}
    assert sizes["raw"] == pytest.approx(34, abs=2)
    assert sizes["snapped"] == pytest.approx(24.5, abs=4)
    operator.tap(ng.toolbar.raw)
    assert not ng.work.state.is_snapped
    operator.tap(operator.chip("pit"))
    operator.until_saved()
    (label,) = operator.newest(uid).labels
    assert isinstance(label.shape, Polygon)
    assert np.sqrt(label.shape.area_px / np.pi) == pytest.approx(34, abs=2)


def test_further_outlines_follow_and_done_says_that_all_are_there(operator: Operator, station: Station) -> None:
    uid = station.add_part(defects=1)
    operator.see(uid)
    operator.say_ng()
    operator.tap(operator.chip("scratch"))
    operator.until_saved()
    operator.draw(AROUND_PIT)
    operator.tap(operator.chip("pit"))
    operator.tap(operator.page.ng.page.finish)
    operator.until(lambda: operator.newest(uid).complete)
    assert not operator.page.ng.active
    assert [label.class_name for label in operator.newest(uid).labels] == ["scratch", "pit"]
    revisions = [stored.annotation for stored in station.journal.annotations(uid)]
    assert [each.parent for each in revisions[1:]] == [each.uid for each in revisions[:-1]]
    assert list((station.data / "desk" / "drafts").iterdir()) == []


def test_ng_without_an_outline_is_one_tap_more(operator: Operator, station: Station) -> None:
    uid = station.add_part(defects=0)
    operator.see(uid)
    operator.say_ng()
    operator.tap(operator.page.ng.page.finish)
    operator.until(lambda: not operator.page.ng.active)
    assert operator.taps == 2
    assert operator.verdict(uid) == ("NG", "Mara")
    assert station.journal.annotations(uid) == ()
    assert not (station.data / "desk" / "drafts").exists() or not list((station.data / "desk" / "drafts").iterdir())


def test_the_next_part_takes_over_when_nothing_is_open_and_waits_while_something_is(
    operator: Operator, station: Station
) -> None:
    first, second, third = station.add_part(), station.add_part(), station.add_part()
    operator.see(first)
    operator.say_ng()
    station.announce(second)
    assert operator.page.ng.active  # the person has not said yet what it is
    operator.tap(operator.chip("scratch"))
    operator.until_saved()
    operator.draw(AROUND_PIT, lift=False)
    station.announce(third)
    assert operator.page.showing.shown == first  # a finger is drawing
    canvas = operator.page.canvas
    at = canvas.mapTo(operator.shell, operator.place(AROUND_PIT[-1]))
    QTest.touchEvent(operator.shell, operator._device).release(0, at, operator.shell).commit()
    operator.tap(operator.chip("pit"))
    operator.until_saved()
    fourth = station.add_part()
    station.announce(fourth)
    operator.until(lambda: operator.page.part is not None and operator.page.part.uid == fourth)
    assert not operator.page.ng.active
    assert [label.class_name for label in operator.newest(first).labels] == ["scratch", "pit"]


def test_a_second_finger_turns_the_lasso_into_a_pinch(operator: Operator, station: Station) -> None:
    uid = station.add_part(defects=0)
    operator.see(uid)
    operator.say_ng()
    operator.draw(AROUND_PIT[:20], lift=False)
    work = operator.page.ng.work
    assert work is not None
    assert operator.page.ng.drawing
    canvas, shell, device = operator.page.canvas, operator.shell, operator._device
    zoom = canvas.zoom_percent
    one, two = (canvas.mapTo(shell, operator.place(at)) for at in (AROUND_PIT[19], (500.0, 500.0)))
    QTest.touchEvent(shell, device).move(0, one, shell).press(1, two, shell).commit()
    QTest.touchEvent(shell, device).move(0, one, shell).move(1, two - QPoint(150, 150), shell).commit()
    QTest.touchEvent(shell, device).release(0, one, shell).release(1, two - QPoint(150, 150), shell).commit()
    assert canvas.zoom_percent > zoom
    assert not operator.page.ng.drawing
    assert work.state.labels == ()


def test_undo_and_redo_go_all_the_way(operator: Operator, station: Station) -> None:
    uid = station.add_part(defects=0)
    operator.see(uid)
    operator.say_ng()
    ng = operator.page.ng
    operator.use(Tool.BOX)
    operator.draw([(300, 300), (420, 380)])
    operator.tap(operator.chip("dent"))
    operator.draw([(600, 300), (720, 380)])
    operator.tap(operator.chip("stain"))
    assert ng.work is not None
    after = [(label.class_name, label.shape) for label in ng.work.state.labels]
    while ng.toolbar.undo.isEnabled():
        operator.tap(ng.toolbar.undo)
    assert ng.work.state.labels == ()
    while ng.toolbar.redo.isEnabled():
        operator.tap(ng.toolbar.redo)
    assert [(label.class_name, label.shape) for label in ng.work.state.labels] == after
    operator.tap(ng.toolbar.undo)
    operator.until(lambda: [label.class_name for label in operator.newest(uid).labels] == ["dent"])  # without a chip


@pytest.mark.parametrize(
    ("tool", "points", "taps", "kind"),
    [
        (Tool.BOX, [(300.0, 300.0), (350.0, 320.0), (420.0, 380.0)], [], Box),
        (Tool.POLYGON, [], [(300.0, 300.0), (420.0, 310.0), (400.0, 420.0), (300.0, 300.0)], Polygon),
        (Tool.POLYLINE, [], [(300.0, 300.0), (420.0, 310.0), (500.0, 420.0), (500.0, 420.0)], Polyline),
        (Tool.KEYPOINT, [], [(300.0, 300.0)], Keypoint),
        (Tool.BRUSH, [(300.0, 300.0), (420.0, 320.0), (520.0, 330.0)], [], Polygon),
    ],
)
def test_every_tool_draws_its_shape(
    operator: Operator, station: Station, tool: Tool, points: list[At], taps: list[At], kind: type
) -> None:
    uid = station.add_part(defects=0)
    operator.see(uid)
    operator.say_ng()
    operator.use(tool)
    if points:
        operator.draw(points)
    for at in taps:
        operator.tap_picture(at)
    operator.tap(operator.chip("burr"))
    operator.until_saved()
    (label,) = operator.newest(uid).labels
    assert isinstance(label.shape, kind)


def test_taps_near_an_edge_follow_it_around(operator: Operator, station: Station) -> None:
    uid = station.add_part(defects=0)
    operator.see(uid)
    operator.say_ng()
    operator.use(Tool.TAP_SNAP)
    around = [(PIT[0] + 28 * np.cos(angle), PIT[1] + 28 * np.sin(angle)) for angle in (0.0, 2.1, 4.2)]
    for at in (*around, around[0]):
        operator.tap_picture(at)
    work = operator.page.ng.work
    assert work is not None
    operator.until(lambda: bool(work.state.labels))
    operator.tap(operator.chip("pit"))
    operator.until_saved()
    (label,) = operator.newest(uid).labels
    assert isinstance(label.shape, Polygon)
    assert np.sqrt(label.shape.area_px / np.pi) == pytest.approx(24.5, abs=4)


def test_brush_and_eraser_make_holes(operator: Operator, station: Station) -> None:
    uid = station.add_part(defects=0)
    operator.see(uid)
    operator.say_ng()
    operator.use(Tool.LASSO)
    operator.draw([(300, 300), (700, 300), (700, 600), (300, 600), (300, 300)])
    operator.until(lambda: operator.page.ng._fingers._snapper is not None)
    operator.use(Tool.ERASER)
    operator.draw([(450, 450), (550, 450)])
    operator.tap(operator.chip("stain"))
    operator.until_saved()
    (label,) = operator.newest(uid).labels
    assert isinstance(label.shape, Polygon)
    assert len(label.shape.holes) == 1


def test_tags_are_of_the_whole_picture(operator: Operator, station: Station) -> None:
    uid = station.add_part(defects=0)
    operator.see(uid)
    operator.say_ng()
    operator.use(Tool.TAGS)
    operator.tap(operator.chip("stain"))
    operator.tap(operator.chip("burr"))
    operator.tap(operator.chip("stain"))
    operator.until(lambda: bool(station.journal.annotations(uid)) and operator.newest(uid).tags == ("burr",))


def test_number_keys_are_chips_and_letters_are_tools(operator: Operator, station: Station, qtbot: QtBot) -> None:
    uid = station.add_part(defects=1)
    operator.see(uid)
    qtbot.keyClick(operator.shell, Qt.Key.Key_N)
    operator.until(lambda: operator.page.ng.active)
    qtbot.keyClick(operator.shell, Qt.Key.Key_B, Qt.KeyboardModifier.NoModifier)
    qtbot.keyClick(operator.shell, Qt.Key.Key_3)
    operator.until(lambda: bool(station.journal.annotations(uid)))
    assert [label.class_name for label in operator.newest(uid).labels] == ["stain"]
    qtbot.keyClick(operator.shell, Qt.Key.Key_Return)
    operator.until(lambda: not operator.page.ng.active)


def test_sizes_are_in_millimetres_or_say_why_not(operator: Operator, station: Station) -> None:
    uid = station.add_part(defects=1)
    operator.see(uid)
    operator.say_ng()
    head = operator.page.ng.page.head
    operator.until(lambda: "mm" in head.words)
    assert "0.79" in head.words or "0.80" in head.words  # 16 px of 50 um
    station.pixel_size_um = None
    station.start()
    operator.until(lambda: "px" in head.words)
    assert "does not say how large a pixel is" in head.words


def test_a_calibrated_view_has_its_own_millimetres_whatever_the_recipe_says(
    operator: Operator, station: Station
) -> None:
    calibration = Calibration(1600, 1200, (0.0, 0.0), np.diag([0.1, 0.1, 1.0]), 0.1, 0.01, 20)
    file = CalibrationFile.of(calibration, view="top", camera="top", pattern="d", created=station._start)
    save_calibration(station.data, file)
    operator.see(station.add_part(defects=1))
    operator.say_ng()
    head = operator.page.ng.page.head
    operator.until(lambda: "mm" in head.words)
    assert "1.57" in head.words  # twice what 50 um, which the recipe says, would make of it


def test_a_held_chip_opens_the_defect_book(operator: Operator, station: Station, qtbot: QtBot) -> None:
    first, uid = station.add_part(defects=1, kind=VerdictKind.NG), station.add_part(defects=1)
    operator.see(first)
    operator.say_ng()
    operator.tap(operator.chip("scratch"))
    operator.until_saved()
    operator.see(uid)
    operator.say_ng()
    chip, book = operator.chip("scratch"), operator.page.ng.book
    at = chip.mapTo(operator.shell, chip.rect().center())
    QTest.touchEvent(operator.shell, operator._device).press(0, at, operator.shell).commit()
    operator.until(book.isVisible)
    QTest.touchEvent(operator.shell, operator._device).release(0, at, operator.shell).commit()
    assert book.class_name == "scratch"
    operator.until(lambda: any(shelf.thumbs for shelf in book.shelves.values()))
    assert station.journal.annotations(uid) == ()  # looking it up is no answer
    operator.tap(operator.chip("dent"))
    assert book.class_name == "dent"
    operator.tap(book._close)
    assert not book.isVisible()


def test_holding_compare_shows_the_golden_sample_in_the_parts_place(operator: Operator, station: Station) -> None:
    station.add_part(bad=False, kind=VerdictKind.OK)
    uid = station.add_part(defects=1)
    operator.see(uid)
    operator.say_ng()
    button, told = operator.page.bar.compare, []
    operator.page.compare.told.connect(told.append)
    at = button.mapTo(operator.shell, button.rect().center())
    QTest.touchEvent(operator.shell, operator._device).press(0, at, operator.shell).commit()
    operator.until(lambda: any("0001" in text for text in told))
    QApplication.processEvents()
    QTest.touchEvent(operator.shell, operator._device).release(0, at, operator.shell).commit()
    assert not operator.page.compare.held
    assert told[-1] == ""


def test_a_hidden_opinion_stays_hidden_until_the_person_has_decided(operator: Operator, station: Station) -> None:
    uid = station.add_part(defects=2)
    operator.page.on_show.hide(uid)
    operator.see(uid)
    operator.say_ng()
    work = operator.page.ng.work
    assert work is not None
    assert station.journal.verdicts(uid)[-1].kind is VerdictKind.NG  # the verdict came first: now the model may be seen
    assert [offer.score for offer in work.state.open_offers] == [0.91, 0.62]
