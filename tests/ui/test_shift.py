"""The page Shift: its figures come from the journal, its notes go to the engine."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from fake_desk import NOW, Desk, finished_part, make_desk
from overruled import overrule
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from station.desk.messages import Refusal, WriteNote
from station.journal.store import Journal
from station.line.inspection import Author, Inspection, RecipeRef, Trigger, Verdict, VerdictKind
from station.ui.context import Clock
from station.ui.shift.page import ShiftPage
from station.ui.theme import ThemeName

OK, NG, ND = VerdictKind.OK, VerdictKind.NG, VerdictKind.NOT_DECIDABLE
SIZES = ((1920, 1000), (1280, 720), (1080, 1780))

Record = Callable[..., UUID]


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with Journal.open(tmp_path / "data", audit_key_path=tmp_path / "audit.key", now=lambda: NOW) as journal:
        yield journal


@pytest.fixture
def record(journal: Journal) -> Record:
    numbers = iter(range(1, 1000))

    def record(minutes_ago: float, kind: VerdictKind = OK, person: VerdictKind | None = None) -> UUID:
        number, time = next(numbers), NOW - timedelta(minutes=minutes_ago)
        uid = UUID(int=(1 << 100) + number)
        trigger = Trigger(uid, number, number, number, f"P{number}", 0, time, number)
        journal.record(
            Inspection(trigger, RecipeRef("plate-A", 7, "ab" * 32), (), Verdict(kind, Author.RULES, "", time), 40)
        )
        if person is not None:
            overrule(journal, uid, Verdict(person, Author.OPERATOR, "", time, "Ann"))
        return uid

    return record


@pytest.fixture
def desk(journal: Journal, tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    config = tmp_path / "station.toml"
    config.write_text('[[camera]]\nname = "top"\n[shift]\nzone = "UTC"\n')
    desk = make_desk(tmp_path / "data", tmp_path / "screen.json", config=config)
    yield desk
    desk.stop()


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> Iterator[ShiftPage]:
    page = ShiftPage(desk.context)
    qtbot.addWidget(page)
    page.resize(*SIZES[0])
    page.show()
    yield page
    page.left()  # gives its keys back


def _enter(page: ShiftPage, qtbot: QtBot) -> None:
    page.entered()
    qtbot.waitUntil(lambda: page._figures is not None)


def test_the_shift_in_figures(record: Record, page: ShiftPage, qtbot: QtBot) -> None:
    for minutes_ago in (10, 20, 30):
        record(minutes_ago)
    record(15, NG)
    record(400)  # the shift before
    _enter(page, qtbot)
    assert page._heading.whole.startswith("Shift 1, 06:00 to 14:00, Tuesday, November 17")
    assert page._totals._yield.whole == "75.0 %"
    assert "3 OK of 4 parts" in page._totals._meaning.text()
    assert [page._totals._counts[kind].whole for kind in (OK, NG, ND)] == ["3", "1", "0"]
    assert [(bar.name, bar.parts) for bar in page._pareto._bars] == [("", 1)]


def test_agreement_of_model_and_people(record: Record, page: ShiftPage, qtbot: QtBot) -> None:
    record(10, OK, NG)
    record(11, NG, NG)
    record(12, ND, OK)
    _enter(page, qtbot)
    agreement = page._agreement._agreement
    assert (agreement.overruled_ok, agreement.decided_by_both, agreement.of(ND, OK)) == (1, 2, 1)
    assert "opposite on 1 of 2 parts" in page._cards[3]._note.text()


def test_an_empty_shift_says_so_in_every_chart(page: ShiftPage, qtbot: QtBot) -> None:
    _enter(page, qtbot)
    charts = (page._pareto, page._chart, page._pace, page._agreement)
    assert all(chart.empty() for chart in charts)
    assert page._totals._yield.whole == "-"
    assert not page.grab().isNull()


def test_older_shifts_are_a_tap_away(record: Record, page: ShiftPage, qtbot: QtBot) -> None:
    record(10)
    for _ in range(3):
        record(400)
    _enter(page, qtbot)
    assert not page._later.isEnabled()
    qtbot.mouseClick(page._earlier, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page._heading.whole.startswith("Shift 3, 22:00 to 06:00, Monday"))
    assert page._totals._counts[OK].whole == "3"
    assert page._later.isEnabled()
    qtbot.mouseClick(page._later, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page._heading.whole.startswith("Shift 1"))


def test_arrow_keys_go_through_the_shifts(page: ShiftPage, qtbot: QtBot) -> None:
    _enter(page, qtbot)
    page.activateWindow()
    qtbot.keyClick(page, Qt.Key.Key_Left)
    qtbot.waitUntil(lambda: page._heading.whole.startswith("Shift 3"))
    qtbot.keyClick(page, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: page._heading.whole.startswith("Shift 1"))
    page.left()
    qtbot.keyClick(page, Qt.Key.Key_Left)
    assert page._back == 0


def test_new_parts_are_counted_while_the_page_is_on_show(
    record: Record, desk: Desk, page: ShiftPage, qtbot: QtBot
) -> None:
    record(10)
    _enter(page, qtbot)
    desk.client.say(finished_part(record(1)))
    qtbot.waitUntil(lambda: page._totals._counts[OK].whole == "2")
    page.left()
    desk.client.say(finished_part(record(0.5)))
    assert not page._soon.isActive()


def test_a_point_beyond_its_limits_is_said_in_words(record: Record, page: ShiftPage, qtbot: QtBot) -> None:
    for minutes_ago in range(5, 300, 4):
        record(minutes_ago)
    for second in range(12):
        record(100 + second / 60, NG)
    _enter(page, qtbot)
    assert len(page._chart._chart.beyond) == 1
    assert page._cards[1]._note.text().startswith("✕: more than chance")


def test_a_note_is_tapped_together_and_stays_until_it_is_on_record(
    desk: Desk, journal: Journal, page: ShiftPage, qtbot: QtBot
) -> None:
    _enter(page, qtbot)
    desk.welcome()
    notes = page._notes
    assert not notes._chips[0].isEnabled()
    assert notes._status.text() == "Log in to leave a note."
    desk.log_in("operator")
    assert not notes._button.isEnabled()
    qtbot.mouseClick(notes._chips[1], Qt.MouseButton.LeftButton)
    page.activateWindow()
    qtbot.mouseClick(notes._field, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(notes._field.hasFocus)
    qtbot.keyClicks(notes._field, "Box 4 is full")
    qtbot.mouseClick(notes._button, Qt.MouseButton.LeftButton)
    assert desk.client.last(WriteNote).text == "Lens cleaned. Box 4 is full"
    assert not notes._button.isEnabled()
    desk.client.answer(Refusal.STORAGE, "The disk is full.")
    assert notes._status.text() == "The disk is full."
    assert notes.note == "Lens cleaned. Box 4 is full"
    notes.hand_over()
    journal.write_note("Ann", notes.note, key=desk.client.last(WriteNote).key, answer="{}")
    desk.client.answer()
    assert not notes.note
    qtbot.waitUntil(lambda: len(notes._notes or ()) == 1)
    assert notes._notes[0].text == "Lens cleaned. Box 4 is full"


def test_a_note_waits_for_the_engine(desk: Desk, page: ShiftPage, qtbot: QtBot) -> None:
    _enter(page, qtbot)
    desk.welcome()
    desk.log_in("qa")
    desk.client.lose("the engine ended")
    page._notes._field.setText("All well")
    page._notes.hand_over()
    assert "handed over when it is back" in page._notes._status.text()


def test_a_journal_that_cannot_be_read_is_a_band_and_not_an_end(desk: Desk, page: ShiftPage, qtbot: QtBot) -> None:
    (desk.context.data / "journal.db").rename(desk.context.data / "away.db")
    page.entered()
    qtbot.waitUntil(page._trouble.isVisible)
    assert "cannot be read" in page._trouble.words
    (desk.context.data / "away.db").rename(desk.context.data / "journal.db")
    page.refresh()
    qtbot.waitUntil(lambda: not page._trouble.isVisible())


def test_a_configuration_that_cannot_be_read_leaves_the_usual_shifts(
    record: Record, desk: Desk, page: ShiftPage, qtbot: QtBot
) -> None:
    assert desk.context.config is not None
    desk.context.config.write_text("[shift]\nstarts = 6\n")
    record(1)
    _enter(page, qtbot)
    assert page._totals._counts[OK].whole == "1"


def test_a_clock_that_was_never_set_is_said(desk: Desk, qtbot: QtBot) -> None:
    clock = Clock(now=lambda: datetime(1970, 1, 1, 0, 3, tzinfo=UTC))
    page = ShiftPage(replace(desk.context, clock=clock))
    qtbot.addWidget(page)
    page.show()
    page.entered()
    assert "clock of this machine is not set" in page._trouble.words
    assert page._figures is None
    page.left()


@pytest.mark.parametrize("theme", ThemeName)
@pytest.mark.parametrize("size", SIZES)
def test_nothing_overlaps_or_sticks_out(
    record: Record, desk: Desk, page: ShiftPage, qtbot: QtBot, theme: ThemeName, size: tuple[int, int]
) -> None:
    record(10)
    record(11, NG, OK)
    desk.context.theme.choose(theme)
    page.setStyleSheet(desk.context.theme.stylesheet())
    page.resize(*size)
    _enter(page, qtbot)
    cards: list[QWidget] = [page._totals, *page._cards, page._notes]
    qtbot.waitUntil(lambda: all(page.rect().contains(card.geometry()) for card in cards))
    for index, card in enumerate(cards):
        assert not any(card.geometry().intersects(other.geometry()) for other in cards[index + 1 :])
    for card in cards:
        for child in card.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            assert not child.isVisible() or card.rect().contains(child.geometry()), (card, child)
    assert not page.grab().isNull()
