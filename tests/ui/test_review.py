"""The review's window with keys alone, on a real journal that its own host serves."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from desk_of_parts import Station
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from review_screen import Reviewer, record_parts, reviewing, write_station
from screen import screen

from station.commands.records import carry_out
from station.desk.review_messages import TakeParts
from station.journal.reader import JournalReader
from station.journal.review_queries import ReviewQueries
from station.line.inspection import VerdictKind
from station.people.roles import Role
from station.review.queue import Outcome, QueueFilter, QueueItem, Reason, Stage, Why

PEOPLE = {"Vera": Role.QA, "Ann": Role.QA, "Tom": Role.ADMINISTRATOR, "Otto": Role.OPERATOR}
NG, OK, UNDECIDED = VerdictKind.NG, VerdictKind.OK, VerdictKind.NOT_DECIDABLE


def fill(station: Station) -> None:
    """Record six parts that are to be reviewed, and the first good one of a model, which is looked at too."""
    for kind in (NG, NG, UNDECIDED, NG, NG, NG):
        station.add_part(kind=kind, size=(800, 600))
    station.add_part(kind=OK, bad=False, size=(800, 600))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return tmp_path


@pytest.fixture
def reviewer(folder: Path, qtbot: QtBot) -> Iterator[Reviewer]:
    """Vera of QA, before six parts."""
    config = write_station(folder)
    record_parts(folder, fill, PEOPLE)
    with reviewing(folder, config, qtbot) as reviewer:
        reviewer.log_in()
        yield reviewer


def begin(reviewer: Reviewer) -> None:
    """Go from the queue to its first part."""
    listing = reviewer.window.queue.listing
    reviewer.until(lambda: listing.count == 7 and reviewer.window.queue.begin.isEnabled())
    reviewer.key("Enter")


def test_one_key_a_verdict_and_the_next_part_is_there(reviewer: Reviewer) -> None:
    begin(reviewer)
    first = reviewer.until_part()
    reviewer.key("a")
    second = reviewer.until_part()
    assert second.uid != first.uid
    reviewer.key("r")
    reviewer.until_part()
    reviewer.until_saved()
    assert first.verdict is UNDECIDED  # what is least certain comes first
    assert [(word.reviewer, word.verdict) for word in reviewer.words(first.uid)] == [("Vera", OK)]
    (word,) = reviewer.words(second.uid)
    assert word.outcome is Outcome.REJECT
    assert reviewer.verdict(second.uid) is not second.verdict


def go_to(reviewer: Reviewer, kind: VerdictKind) -> QueueItem:
    """Go on with J to a part that is judged so."""
    for _ in range(8):
        item = reviewer.until_part()
        if item.verdict is kind and reviewer.window.lending.said(item.uid) is None:
            return item
        reviewer.key("j")
    pytest.fail(f"no part is {kind}")


def test_a_part_nobody_could_decide_is_decided_and_taken_back(reviewer: Reviewer) -> None:
    begin(reviewer)
    item = go_to(reviewer, UNDECIDED)
    column = reviewer.window.one.column
    assert (column.verdicts.ok.shortcut_text, column.verdicts.ng.shortcut_text) == ("A", "R")
    reviewer.key("a")
    reviewer.until_saved()
    assert reviewer.verdict(item.uid) is OK
    reviewer.key("z")
    reviewer.until(lambda: reviewer.verdict(item.uid) is UNDECIDED)
    reviewer.until_part(item.uid)  # it is mine again, and on show
    assert column.verdicts.ok.isEnabled()
    assert [word.undone for word in reviewer.words(item.uid)] == [True]


def test_a_number_gives_class_and_verdict_and_one_undo_takes_both_back(reviewer: Reviewer) -> None:
    begin(reviewer)
    item = go_to(reviewer, NG)
    reviewer.key("2")
    reviewer.until_saved()
    name = reviewer.window.one.column.palette_.chips[1].face.name
    assert classes_of(reviewer, item.uid) == [name]
    (word,) = reviewer.words(item.uid)
    assert (word.outcome, word.verdict) == (Outcome.ACCEPT, NG)
    reviewer.key("z")
    reviewer.until(lambda: classes_of(reviewer, item.uid) != [name])
    assert reviewer.words(item.uid)[-1].undone


def test_labels_are_sent_back_with_a_reason(reviewer: Reviewer) -> None:
    begin(reviewer)
    item = go_to(reviewer, NG)
    reviewer.key("n")
    assert reviewer.window.one.judging.asking
    reviewer.key("3")
    reviewer.until_saved()
    (word,) = reviewer.words(item.uid)
    assert (word.outcome, word.reasons) == (Outcome.REWORK, (Reason.SLOPPY,))


def test_outlines_are_edited_without_a_verdict_of_their_own(reviewer: Reviewer) -> None:
    begin(reviewer)
    item = go_to(reviewer, NG)
    one = reviewer.window.one
    reviewer.key("e")
    reviewer.until(lambda: one.ng.active)
    reviewer.key("1")
    name = one.ng.page.palette_.chips[0].face.name
    reviewer.key("Enter")
    reviewer.until(lambda: bool(reviewer.words(item.uid)))
    (word,) = reviewer.words(item.uid)
    assert (word.outcome, word.verdict) == (Outcome.ACCEPT, NG)
    assert classes_of(reviewer, item.uid) == [name]
    assert reviewer.until_part().uid != item.uid
    reviewer.key("e")
    reviewer.until(lambda: one.ng.active)
    reviewer.key("Esc")
    assert not one.ng.active
    assert not reviewer.words(reviewer.until_part().uid)


def test_what_others_said_is_kept_back_until_the_second_has_said_it(folder: Path, qtbot: QtBot) -> None:
    config = write_station(folder, 'stages = "second-pass"')
    record_parts(folder, lambda station: station.add_part(kind=NG), PEOPLE)
    with reviewing(folder, config, qtbot) as reviewer:
        window = reviewer.window
        reviewer.log_in("Ann")
        reviewer.until(window.queue.begin.isEnabled)
        reviewer.key("Enter")
        item = reviewer.until_part()
        reviewer.key("r")
        reviewer.until_saved()
        assert reviewer.words(item.uid)[-1].stage is Stage.FIRST
        reviewer.log_in("Vera")
        reviewer.until(lambda: window.lending.current is not None)
        item = reviewer.until_part()
        assert (item.stage, item.verdict) == (Stage.SECOND, NG)
        assert "Ann" not in window.one.column.facts.words
        reviewer.key("e")
        assert "second opinion comes first" in window.one.column.note.words
        reviewer.key("F4")
        reviewer.until(lambda: "once you have said" in window.compare.told.text())
        reviewer.key("F2")
        reviewer.until_part()
        reviewer.key("a")
        reviewer.until_saved()
        assert "reviewers differ" in window.one.column.note.words
        reviewer.log_in("Tom")
        reviewer.until(lambda: window.lending.current is not None)
        item = reviewer.until_part()
        assert item.stage is Stage.ADJUDICATION
        reviewer.until(lambda: "Ann, reviewing: OK" in window.one.column.facts.words)
        reviewer.until(lambda: "Vera, reviewing: NG" in window.one.column.facts.words)
        reviewer.key("F4")
        reviewer.until(lambda: [each.who for each in window.compare.opinions] == ["", "Ann", "Vera"])
        reviewer.key("1")
        assert window.compare.pair == (0, 2)
        reviewer.key("F2")
        reviewer.until_part()
        window.one.column.verdicts.ok.click()
        reviewer.until_saved()
        assert reviewer.words(item.uid)[-1].stage is Stage.ADJUDICATION
        assert reviewer.verdict(item.uid) is OK


def test_a_part_that_somebody_else_has_is_not_lent_twice(reviewer: Reviewer, folder: Path) -> None:
    begin(reviewer)
    item = reviewer.until_part()
    with screen(reviewer.data) as other:
        other.log_in("Ann")
        taken = other.ask(TakeParts(key=uuid4(), session=other.session, uids=(item.uid,)))
        assert taken.done
        assert taken.result["parts"] == []
        assert other.ask(TakeParts(key=uuid4(), session=other.session, n=100)).result["parts"] == []


def test_what_somebody_else_does_meanwhile_is_said(reviewer: Reviewer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("station.ui.review.lending.AHEAD", 2)
    reviewer.window.lending.begin(QueueFilter(shift=1, lot="none"))  # of these there are none
    begin(reviewer)
    item = reviewer.until_part()
    window = reviewer.window
    theirs = next(each for each in window.queue.listing.items if each.uid not in {i.uid for i in window.lending.items})
    with screen(reviewer.data) as other:
        other.log_in("Ann")
        assert other.ask(TakeParts(key=uuid4(), session=other.session, uids=(theirs.uid,))).result["parts"]
        other.log_in("Otto")
        assert other.ask(other.verdict(item.uid, "OK", item.verdict.value)).done
        reviewer.until(lambda: "was decided meanwhile" in window.one.column.note.words)
        reviewer.key("Esc")
        reviewer.key("a")  # what was seen is not what is on record any more
        reviewer.until(
            lambda: "nothing was saved" in window.one.column.note.words or "not saved" in window.one.column.note.words
        )
        assert window.lending.said(item.uid) is None
    window.lending.open(theirs.uid)
    reviewer.until(lambda: "Not lent to you" in window.one.column.note.words)
    assert window.lending.current is not None
    assert window.lending.current.uid != theirs.uid


def test_reasons_and_refusals_are_in_the_persons_language(reviewer: Reviewer) -> None:
    reviewer.window.context.session.prefer(language="de")
    begin(reviewer)
    item = go_to(reviewer, NG)
    column = reviewer.window.one.column
    reviewer.until(lambda: "0,31 mm" in column.facts.words)
    with screen(reviewer.data) as other:
        other.log_in("Otto")
        assert other.ask(other.verdict(item.uid, "OK", item.verdict.value)).done
    reviewer.until(lambda: "inzwischen entschieden" in column.note.words)
    reviewer.key("Esc")
    reviewer.key("a")
    reviewer.until(lambda: "Otto hat inzwischen OK entschieden" in column.note.words)


def test_a_part_that_is_settled_can_become_a_golden_one(reviewer: Reviewer) -> None:
    begin(reviewer)
    item = go_to(reviewer, NG)
    reviewer.key("a")
    reviewer.until_saved()
    reviewer.key("k")
    reviewer.until_part(item.uid)
    column = reviewer.window.one.column
    reviewer.until(column.golden.isVisible)
    reviewer.key("p")
    reviewer.until(lambda: "golden part, the answer is NG" in column.saved.whole)
    with JournalReader(reviewer.data) as reader:
        assert [(part.uid, part.verdict) for part in ReviewQueries(reader).golden_parts()] == [(item.uid, NG)]
    reviewer.key("p")
    reviewer.until(lambda: "no golden part any more" in column.saved.whole)


def test_a_role_that_does_not_review_may_look(folder: Path, qtbot: QtBot) -> None:
    config = write_station(folder)
    record_parts(folder, fill, PEOPLE)
    with reviewing(folder, config, qtbot) as reviewer:
        window = reviewer.window
        reviewer.log_in("Otto")
        assert window.role.isVisible()
        reviewer.until(lambda: window.queue.listing.count == 7)
        assert not window.queue.begin.isEnabled()
        window.go_to(2)
        reviewer.until(lambda: len(window.grid.board.crops) == 7)
        assert "role does not review" in window.grid.why_not.text()
        window.go_to(1)
        assert "role does not review" in window.one.judging.why_not


def test_filters_counts_and_views(reviewer: Reviewer) -> None:
    queue = reviewer.window.queue
    reviewer.until(lambda: queue.listing.count == 7)
    reviewer.key("2")  # not decidable
    reviewer.until(lambda: queue.listing.count == 1)
    assert queue.heading.whole.startswith("1 part")
    assert [item.verdict for item in queue.list.items] == [UNDECIDED]
    queue.name_field.setText("doubtful")
    queue.save.click()
    reviewer.until(lambda: [view.name for view in queue.listing.views] == ["doubtful"])
    reviewer.key("0")
    reviewer.until(lambda: queue.listing.count == 7)
    queue.views.activated.emit(1)
    reviewer.until(lambda: queue.listing.count == 1)
    assert queue.filters.filter.whys == (Why.NOT_DECIDABLE,)
    queue.forget.click()
    reviewer.until(lambda: not queue.listing.views)
    reviewer.key("0")
    reviewer.until(lambda: queue.listing.count == 7)
    queue.filters.texts["score_low"].setText("0.95")
    queue.filters.texts["score_low"].editingFinished.emit()
    reviewer.until(lambda: queue.listing.count == 0)
    assert not queue.begin.isEnabled()


def test_labels_in_doubt_have_a_button_of_their_own(reviewer: Reviewer) -> None:
    queue = reviewer.window.queue
    reviewer.until(lambda: queue.listing.count == 7)
    assert queue.whys[Why.DOUBTED].text() == "label in doubt 0"
    doubted = queue.listing.items[-1].uid
    details = {"uids": str(doubted), "model": "plate@2"}
    assert carry_out(reviewer.data, None, "Eli", "doubt", details)["parts"] == [str(doubted)]
    queue.listing.reload()
    reviewer.until(lambda: queue.whys[Why.DOUBTED].text() == "label in doubt 1")
    reviewer.key("7")
    reviewer.until(lambda: [item.uid for item in queue.list.items] == [doubted])
    listed = queue.keys()
    assert ("1 … 7", "only parts that are here because of this; again: all") in listed


def test_the_grid_names_what_is_alike_and_takes_it_back_at_once(reviewer: Reviewer) -> None:
    window, grid = reviewer.window, reviewer.window.grid
    reviewer.until(window.queue.begin.isEnabled)
    reviewer.key("F3")
    reviewer.until(lambda: len(grid.board.crops) == 7 and all(crop.sharp for crop in grid.board.crops))
    bad = [crop.place.uid for crop in grid.board.crops if crop.place.shape is not None]
    assert len(bad) == 6
    reviewer.key("Space")
    reviewer.key("Right")
    reviewer.key("Space")
    chosen = grid.board.selected
    assert len(chosen) == 2
    reviewer.key("1")
    name = grid.palette_.chips[0].face.name
    reviewer.until(lambda: "· saved" in grid.told.text())
    assert [classes_of(reviewer, uid) for uid in chosen] == [[name], [name]]
    reviewer.until(lambda: sum(crop.place.class_name == name for crop in grid.board.crops) == 2)
    reviewer.key("z")
    reviewer.until(lambda: "taken back" in grid.told.text())
    assert all(classes_of(reviewer, uid) != [name] for uid in chosen)
    current = grid.board.current
    reviewer.key("Enter")
    assert window.page is window.one
    assert reviewer.until_part(current).uid == current


def test_the_end_of_the_queue_is_said(reviewer: Reviewer) -> None:
    begin(reviewer)
    for _ in range(7):
        reviewer.until_part()
        reviewer.key("a")
    window = reviewer.window
    reviewer.until(lambda: window.lending.current is None and window.lending.under_way == 0)
    reviewer.until(lambda: "No parts left" in window.one.column.verdict.words)
    reviewer.until(lambda: window.queue.listing.count == 0)
    assert "7 reviewed" in window.top.counters
    reviewer.key("k")
    reviewer.until_part()
    assert "You have said it" in window.one.judging.why_not


def test_without_an_engine_nothing_is_lost_and_it_is_said(reviewer: Reviewer) -> None:
    begin(reviewer)
    item = reviewer.until_part()
    window = reviewer.window
    assert window.top.state_word == "no line"
    window.context.link._client.stop()  # what the engine still had to say would mean that it is back
    QApplication.processEvents()
    window.context.link._lose("the engine ended")
    assert window.lost.isVisible()
    assert "No engine" in window.one.judging.why_not
    reviewer.key("a")
    assert window.lending.said(item.uid) is None


def test_why_the_records_cannot_be_kept_is_said(reviewer: Reviewer) -> None:
    reviewer.window.ask_why(lambda: "the key of the audit chain is missing")
    reviewer.window.context.link._client.stop()
    QApplication.processEvents()
    reviewer.window.context.link._lose("no engine answers")
    assert "the key of the audit chain is missing. Parts can be looked at" in reviewer.window.lost.words


def test_keys_are_listed_for_each_page(reviewer: Reviewer) -> None:
    window = reviewer.window
    for place, page in enumerate(window.pages):
        window.go_to(place)
        reviewer.key("?")
        assert window.key_list.isVisible()
        keys = {key for key, _ in window.key_list.keys}
        assert "?" in keys
        assert page is window.page
        reviewer.key("Esc")
        assert not window.key_list.isVisible()


def test_the_window_speaks_another_language_at_once(reviewer: Reviewer) -> None:
    window = reviewer.window
    reviewer.until(lambda: window.queue.listing.count == 7)
    window.context.session.prefer(language="de")
    german = (window.queue.begin, window.one.column.edit, window.grid.nothing, window.compare.only[0])
    words = ["Diese prüfen", "Bearbeiten", "Keine", "Nur der erste"]
    reviewer.until(lambda: [button.text() for button in german] == words)
    reviewer.until(lambda: window.queue.heading.whole == "7 Teile")
    window._show_keys()
    assert ("?", "diese Liste") in window.key_list.keys
    window.context.session.prefer(language="en")
    reviewer.until(lambda: window.queue.heading.whole == "7 parts")


def classes_of(reviewer: Reviewer, uid: UUID) -> list[str]:
    """Return the classes of the newest annotation of a part."""
    with JournalReader(reviewer.data) as reader:
        stored = reader.annotations(uid)
    return sorted({label.class_name for label in stored[-1].annotation.labels}) if stored else []
