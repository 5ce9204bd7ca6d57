"""What becomes of NG work: saved, kept, taken up again; the engine gone, others quicker, classes changed."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from desk_of_parts import SCRATCH, Station
from ng_operator import AROUND_PIT, Operator, operating
from pytestqt.qtbot import QtBot

from labeling.annotation import Annotation
from station.desk.messages import ClassLine
from station.ui.operator.handover import Standing
from station.ui.operator.palette import Kind


@pytest.fixture
def operator(qtbot: QtBot, station: Station) -> Iterator[Operator]:
    with operating(qtbot, station) as operator:
        yield operator


def test_a_reopened_part_has_its_outlines_and_its_next_revision_names_the_one_before(
    operator: Operator, station: Station
) -> None:
    uid, other = station.add_part(defects=1), station.add_part()
    operator.see(uid)
    operator.say_ng()
    operator.tap(operator.chip("scratch"))
    operator.tap(operator.page.ng.page.finish)
    operator.until(lambda: operator.newest(uid).complete)
    operator.see(other)
    before = operator.newest(uid)
    operator.page.open_part(uid)
    operator.until(lambda: operator.page.part is not None and operator.page.part.uid == uid)
    assert operator.page.part is not None
    shown = operator.page.part.annotations["top"]
    assert [label.class_name for label in shown.labels] == ["scratch"]
    operator.let_deafness_pass()
    operator.say_ng()
    work = operator.page.ng.work
    assert work is not None
    assert [label.class_name for label in work.state.labels] == ["scratch"]
    assert [command.type for command in station.sent].count("give-verdict") == 1
    operator.tap_picture(((SCRATCH[0][0] + SCRATCH[1][0]) / 2, (SCRATCH[0][1] + SCRATCH[1][1]) / 2))
    operator.tap(operator.chip("dent"))
    operator.until(lambda: operator.newest(uid).uid != before.uid)
    assert operator.newest(uid).parent == before.uid
    assert [label.class_name for label in operator.newest(uid).labels] == ["dent"]


def test_saved_is_said_only_after_the_engines_answer(operator: Operator, station: Station) -> None:
    uid = station.add_part(defects=1)
    operator.see(uid)
    operator.say_ng()
    station.holds_answers = True
    operator.tap(operator.chip("scratch"))
    page = operator.page.ng.page
    assert page.short.whole == "Being saved …"
    assert station.journal.annotations(uid) == ()
    operator.tap(page.finish)
    assert not operator.page.ng.active
    assert len(list((station.data / "desk" / "drafts").glob("*.jsonl"))) == 1  # until the engine has it
    station.answer_all()
    assert list((station.data / "desk" / "drafts").glob("*.jsonl")) == []
    assert operator.newest(uid).complete


def test_with_the_engine_gone_the_draft_is_kept_and_a_tap_sends_it_later(operator: Operator, station: Station) -> None:
    uid = station.add_part(defects=0)
    operator.see(uid)
    operator.say_ng()
    operator.draw(AROUND_PIT)
    operator.until_snapped()  # an edge that is found later is sent with its class, as soon as there is an engine
    station.lose()
    operator.tap(operator.chip("pit"))
    page = operator.page.ng.page
    assert operator.standing is Standing.AWAY
    assert "Not saved" in page.standing.words
    assert not page.act.isEnabled()
    assert station.journal.annotations(uid) == ()
    station.come_back()
    assert station.journal.annotations(uid) == ()  # nothing is sent behind the person's back
    if operator.shell.context.session.person is None:
        operator.shell.context.session.log_in("1234", lambda _: None, name="Mara")
    operator.tap(page.act)
    operator.until(lambda: bool(station.journal.annotations(uid)))
    assert [label.class_name for label in operator.newest(uid).labels] == ["pit"]


def test_outlined_elsewhere_meanwhile_is_said_and_reload_keeps_both(operator: Operator, station: Station) -> None:
    uid = station.add_part(defects=0)
    operator.see(uid)
    operator.say_ng()
    operator.draw(AROUND_PIT)
    theirs = Annotation(UUID(int=99), None, "Ute", station._start, (1600, 1200), (), ("rust",), complete=True)
    station.journal.annotate(uid, "top", None, theirs)
    operator.tap(operator.chip("pit"))
    page = operator.page.ng.page
    operator.until(lambda: operator.standing is Standing.SUPERSEDED)
    assert "Ute" in page.standing.words
    assert "Reload" in page.act.text()
    assert len(list((station.data / "desk" / "drafts").glob("*.jsonl"))) == 1
    operator.tap(page.act)
    work = operator.page.ng.work
    assert work is not None
    operator.until(lambda: work.state.history.document.tags == ("rust",))
    assert [label.class_name for label in work.state.labels] == ["pit"]
    operator.tap(page.finish)
    operator.until(lambda: operator.newest(uid).parent == theirs.uid)
    assert operator.newest(uid).tags == ("rust",)
    assert [label.class_name for label in operator.newest(uid).labels] == ["pit"]


def test_work_left_without_a_class_stays_and_is_offered_again(operator: Operator, station: Station) -> None:
    uid = station.add_part(defects=0)
    operator.see(uid)
    operator.say_ng()
    operator.draw(AROUND_PIT)
    operator.page.ng.leave()
    kept = operator.page.ng.kept
    assert kept.isVisible()
    assert "Not saved" in kept.words
    operator.tap(kept._open)
    operator.until(lambda: operator.page.ng.active)
    assert not kept.isVisible()
    operator.tap(operator.chip("pit"))
    operator.until_saved()
    assert [label.class_name for label in operator.newest(uid).labels] == ["pit"]


def test_a_class_that_was_removed_is_kept_and_said(operator: Operator, station: Station) -> None:
    uid = station.add_part(defects=1)
    operator.see(uid)
    operator.say_ng()
    operator.tap(operator.chip("scratch"))
    operator.until_saved()
    station.classes = (ClassLine(name="dent"),)
    station.start()
    page = operator.page.ng.page
    assert [chip.text() for chip in page.palette_.chips] == ["dent"]
    operator.until(lambda: "scratch" in page.head.words)
    assert "no class of this recipe" in page.head.words
    operator.tap(page.finish)
    operator.until(lambda: operator.newest(uid).complete)
    assert operator.newest(uid).labels[0].class_name == "scratch"


def test_parents_count_at_once_and_their_classes_follow(station: Station, qtbot: QtBot) -> None:
    station.classes = (
        ClassLine(name="surface"),
        ClassLine(name="edge"),
        ClassLine(name="scratch", parent="surface"),
        ClassLine(name="pit", parent="surface"),
    )
    with operating(qtbot, station) as operator:
        uid = station.add_part(defects=1)
        operator.see(uid)
        operator.say_ng()
        operator.tap(operator.chip("surface"))
        operator.until_saved()
        assert operator.newest(uid).labels[0].class_name == "surface"
        operator.tap(operator.chip("pit"))
        operator.until(lambda: operator.newest(uid).labels[0].class_name == "pit")
        back = next(chip for chip in operator.page.ng.page.palette_.chips if chip.face.kind is Kind.BACK)
        operator.tap(back)
        assert [chip.text() for chip in operator.page.ng.page.palette_.chips] == ["surface", "edge"]
