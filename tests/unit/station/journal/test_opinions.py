"""Verdicts, annotations and notes by people: once, by the newest knowledge, sealed, and queued for learning."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import apsw
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from labeling.annotation import Annotation, Label
from labeling.shapes import Box
from station.desk.messages import Refusal
from station.journal.errors import RefusedError, StorageError
from station.journal.records import utc_now
from station.journal.store import Journal
from station.journal.verify import verify
from station.line.inspection import Author, Fault, FaultCode, Inspection, Verdict, VerdictKind, View

MakePart = Callable[..., Inspection]
MakeView = Callable[..., View]
Recorded = Callable[..., Inspection]

SCRATCH = Label(UUID(int=77), "scratch", Box(1, 2, 8, 9))


@pytest.fixture
def recorded(journal: Journal, make_part: MakePart, make_view: MakeView) -> Recorded:
    """Record a part with the views `top` and `side`."""

    def record(number: int = 1, kind: VerdictKind = VerdictKind.NOT_DECIDABLE) -> Inspection:
        views = (make_view(journal.blobs, 2 * number), make_view(journal.blobs, 2 * number + 1, "side"))
        part = make_part(number, *views, kind=kind)
        journal.record(part)
        return part

    return record


def _verdict(kind: VerdictKind, author: str = "Ann", by: Author = Author.OPERATOR) -> Verdict:
    return Verdict(kind, by, "looked", utc_now(), author)


def _revision(parent: UUID | None = None, author: str = "Ann", labels: tuple[Label, ...] = (SCRATCH,)) -> Annotation:
    return Annotation(uuid4(), parent, author, utc_now(), (32, 24), labels)


def _refusal(call: Callable[[], object]) -> Refusal:
    with pytest.raises(RefusedError) as refused:
        call()
    assert str(refused.value).endswith((".", "look", "again"))
    return refused.value.refusal


def _labels(journal: Journal) -> list[tuple[str, str]]:
    return [(sample.label, sample.source) for sample in journal.samples("plate")]


# Verdicts -------------------------------------------------------------------------------------------------------------


def test_a_persons_verdict_supersedes_and_is_queued_for_learning(journal: Journal, recorded: Recorded) -> None:
    part = recorded()
    uid = part.trigger.uid
    assert journal.give_verdict(uid, _verdict(VerdictKind.OK), VerdictKind.NOT_DECIDABLE) == ""
    record = journal.part(uid)
    assert record is not None
    assert [(v.kind, v.author) for v in record.verdicts] == [(VerdictKind.NOT_DECIDABLE, ""), (VerdictKind.OK, "Ann")]
    top, side = journal.samples("plate", "OK")
    assert (top.image, side.image) == tuple(view.image for view in part.views)
    assert (top.part_uid, top.source, top.pixel_format) == (uid, "operator", "Mono8")


def test_the_newest_verdict_is_what_is_learned(journal: Journal, recorded: Recorded) -> None:
    uid = recorded().trigger.uid
    journal.give_verdict(uid, _verdict(VerdictKind.OK), VerdictKind.NOT_DECIDABLE)
    journal.give_verdict(uid, _verdict(VerdictKind.NG), VerdictKind.OK)
    assert _labels(journal) == [("NG", "operator")] * 2
    assert journal.counts().ng == 1


def test_who_saw_another_verdict_is_told(journal: Journal, recorded: Recorded) -> None:
    uid = recorded().trigger.uid
    journal.give_verdict(uid, _verdict(VerdictKind.NG, "Bo"), VerdictKind.NOT_DECIDABLE)
    late = _verdict(VerdictKind.OK)
    assert _refusal(lambda: journal.give_verdict(uid, late, VerdictKind.NOT_DECIDABLE)) is Refusal.SUPERSEDED
    assert _refusal(lambda: journal.give_verdict(uid, late, VerdictKind.NG)) is Refusal.NOT_ALLOWED
    qa = _verdict(VerdictKind.OK, "Cy", Author.QA)
    journal.give_verdict(uid, qa, VerdictKind.NG, may_supersede=True)
    assert [part.author for part in journal.parts().parts] == ["Cy"]


def test_one_may_correct_oneself(journal: Journal, recorded: Recorded) -> None:
    uid = recorded().trigger.uid
    journal.give_verdict(uid, _verdict(VerdictKind.OK), VerdictKind.NOT_DECIDABLE)
    journal.give_verdict(uid, _verdict(VerdictKind.NG), VerdictKind.OK)
    assert journal.parts().parts[0].verdict is VerdictKind.NG


def test_what_nobody_saw_is_never_ok(journal: Journal, make_part: MakePart, make_view: MakeView) -> None:
    blind = View("side", "cam2", fault=Fault(FaultCode.CAMERA, "cam2", "silent"))
    part = make_part(1, make_view(journal.blobs, 1), blind, kind=VerdictKind.NOT_DECIDABLE)
    journal.record(part)
    uid = part.trigger.uid
    ok, ng = _verdict(VerdictKind.OK), _verdict(VerdictKind.NG)
    assert _refusal(lambda: journal.give_verdict(uid, ok, VerdictKind.NOT_DECIDABLE)) is Refusal.BAD_VALUE
    assert journal.parts().parts[0].verdict is VerdictKind.NOT_DECIDABLE
    journal.give_verdict(uid, ng, VerdictKind.NOT_DECIDABLE)
    assert _labels(journal) == [("NG", "operator")], "the view without a picture teaches nothing"


def test_no_part_no_verdict(journal: Journal) -> None:
    ok = _verdict(VerdictKind.OK)
    assert _refusal(lambda: journal.give_verdict(UUID(int=1), ok, VerdictKind.OK)) is Refusal.NO_SUCH_PART
    assert _refusal(lambda: journal.annotate(UUID(int=1), "top", None, _revision())) is Refusal.NO_SUCH_PART


# Once -----------------------------------------------------------------------------------------------------------------


def test_the_same_command_again_has_the_same_answer_and_no_second_effect(journal: Journal, recorded: Recorded) -> None:
    uid, key = recorded().trigger.uid, uuid4()
    assert journal.answer_of(key) is None
    ok = _verdict(VerdictKind.OK)
    assert journal.give_verdict(uid, ok, VerdictKind.NOT_DECIDABLE, key=key, answer="told") == "told"
    assert journal.give_verdict(uid, ok, VerdictKind.NOT_DECIDABLE, key=key, answer="late") == "told"
    assert journal.answer_of(key) == "told"
    record = journal.part(uid)
    assert record is not None
    assert len(record.verdicts) == 2
    revision, key = _revision(), uuid4()
    for _ in range(2):
        assert journal.annotate(uid, "top", None, revision, key=key, answer="kept") == "kept"
    key = uuid4()
    for _ in range(2):
        journal.write_note("Ann", "mind the left lamp", key=key)
    assert (len(journal.annotations(uid)), len(journal.notes())) == (1, 1)


def test_what_was_refused_is_not_answered(journal: Journal, recorded: Recorded) -> None:
    uid, key = recorded().trigger.uid, uuid4()
    ng = _verdict(VerdictKind.NG)
    assert _refusal(lambda: journal.give_verdict(uid, ng, VerdictKind.OK, key=key)) is Refusal.SUPERSEDED
    assert journal.answer_of(key) is None
    journal.give_verdict(uid, ng, VerdictKind.NOT_DECIDABLE, key=key, answer="done")
    assert journal.answer_of(key) == "done"


# Annotations ----------------------------------------------------------------------------------------------------------


def test_revisions_come_back_oldest_first(journal: Journal, recorded: Recorded, clock: Callable[[], object]) -> None:
    uid = recorded().trigger.uid
    first = _revision()
    journal.annotate(uid, "top", None, first)
    second = replace(_revision(first.uid, "Bo", ()), tags=("stain",), complete=False)
    journal.annotate(uid, "top", first.uid, second)
    journal.annotate(uid, "side", None, _revision(labels=(SCRATCH, replace(SCRATCH, uid=UUID(int=78)))))
    stored = journal.annotations(uid)
    assert [(each.view, each.annotation.author, each.time) for each in stored] == [
        ("top", "Ann", clock()),
        ("top", "Bo", clock()),
        ("side", "Ann", clock()),
    ]
    back = stored[1].annotation
    assert (back.uid, back.parent, back.tags, back.complete, back.size) == (
        second.uid,
        first.uid,
        ("stain",),
        False,
        (32, 24),
    )
    assert stored[0].annotation.labels[0].shape == SCRATCH.shape
    assert journal.parts().parts[0].labels == 3, "one tag on top, two shapes on side"


def test_only_the_newest_revision_is_gone_on_from(journal: Journal, recorded: Recorded) -> None:
    uid = recorded().trigger.uid
    first = _revision(author="Bo")
    journal.annotate(uid, "top", None, first)
    mine = _revision()
    assert _refusal(lambda: journal.annotate(uid, "top", None, mine)) is Refusal.SUPERSEDED
    journal.annotate(uid, "top", first.uid, _revision(first.uid))
    late = _revision(first.uid)
    with pytest.raises(RefusedError, match="Ann has annotated"):
        journal.annotate(uid, "top", first.uid, late)
    assert len(journal.annotations(uid)) == 2


@pytest.mark.parametrize(
    ("view", "parent", "change", "text"),
    [
        ("bottom", None, {}, "no view 'bottom'"),
        ("top", UUID(int=5), {}, "another parent"),
        ("top", UUID(int=5), {"parent": UUID(int=5)}, "no revision"),
        ("top", None, {"size": (24, 32)}, "32 x 24 pixels"),
    ],
)
def test_what_does_not_fit_is_refused(
    journal: Journal, recorded: Recorded, view: str, parent: UUID | None, change: dict[str, object], text: str
) -> None:
    uid = recorded().trigger.uid
    with pytest.raises(RefusedError, match=text) as refused:
        journal.annotate(uid, view, parent, replace(_revision(), **change))  # type: ignore[arg-type]
    assert refused.value.refusal is Refusal.BAD_VALUE
    assert journal.annotations(uid) == ()
    assert _labels(journal) == []


def test_a_revision_is_not_stored_twice_under_two_commands(journal: Journal, recorded: Recorded) -> None:
    uid, revision = recorded().trigger.uid, _revision()
    journal.annotate(uid, "top", None, revision)
    assert _refusal(lambda: journal.annotate(uid, "side", None, revision)) is Refusal.BAD_VALUE


def test_a_view_without_a_picture_is_not_annotated(journal: Journal, make_part: MakePart) -> None:
    part = make_part(1, View("top", "cam", fault=Fault(FaultCode.CAMERA, "cam", "silent")))
    journal.record(part)
    assert _refusal(lambda: journal.annotate(part.trigger.uid, "top", None, _revision())) is Refusal.BAD_VALUE


def test_what_is_outlined_is_learned_as_ng_until_somebody_decides(journal: Journal, recorded: Recorded) -> None:
    part = recorded()
    uid, (top, side) = part.trigger.uid, part.views
    journal.annotate(uid, "side", None, _revision(labels=()))
    assert journal.samples("plate") == (), "an annotation without labels says nothing of the part"
    journal.annotate(uid, "top", None, first := _revision())
    (sample,) = journal.samples("plate")
    assert (sample.image, sample.label, sample.source) == (top.image, "NG", "annotation")
    journal.give_verdict(uid, _verdict(VerdictKind.OK), VerdictKind.NOT_DECIDABLE)
    assert _labels(journal) == [("OK", "operator")] * 2
    journal.annotate(uid, "top", first.uid, _revision(first.uid))
    assert _labels(journal) == [("OK", "operator")] * 2, "within the tolerance, as the person said"
    assert {sample.image for sample in journal.samples("plate")} == {top.image, side.image}


def test_damaged_json_is_said_to_be_damaged(journal: Journal, recorded: Recorded) -> None:
    uid = recorded().trigger.uid
    journal.annotate(uid, "top", None, _revision())
    journal._connection.execute("DROP TRIGGER annotations_no_update; UPDATE annotations SET annotation = '{}'")
    with pytest.raises(StorageError, match="restore the journal"):
        journal.annotations(uid)
    with pytest.raises(StorageError, match="no part"):
        journal.annotations(UUID(int=5))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.integers(0, 2), st.sampled_from(["top", "side"])), min_size=1, max_size=12))
def test_whatever_several_people_send_revisions_stay_one_line(
    journal: Journal, make_part: MakePart, make_view: MakeView, steps: list[tuple[int, str]]
) -> None:
    """Each person goes on from what they last saw; who saw an old one is refused, so that no revision forks."""
    number = journal.next_inspection_id()
    views = (make_view(journal.blobs, 1), make_view(journal.blobs, 2, "side"))
    journal.record(part := make_part(number, *views))
    uid = part.trigger.uid
    seen: dict[tuple[int, str], UUID | None] = {}
    newest: dict[str, UUID | None] = {"top": None, "side": None}
    for person, view in steps:
        parent = seen.get((person, view))
        revision = _revision(parent, f"person {person}")
        if parent == newest[view]:
            journal.annotate(uid, view, parent, revision)
            newest[view] = seen[person, view] = revision.uid
        else:
            assert _refusal(lambda v=view, p=parent, r=revision: journal.annotate(uid, v, p, r)) is Refusal.SUPERSEDED
            seen[person, view] = newest[view]
    for view in newest:
        line = [each.annotation for each in journal.annotations(uid) if each.view == view]
        assert [each.parent for each in line] == [None, *(each.uid for each in line)][: len(line)]


# Notes ----------------------------------------------------------------------------------------------------------------


def test_notes_come_newest_first_in_pages(journal: Journal, advance: Callable[[float], None]) -> None:
    for number in range(1, 6):
        journal.write_note("Ann", f"note {number}")
        advance(60)
    assert [note.text for note in journal.notes(limit=2)] == ["note 5", "note 4"]
    page = journal.notes(limit=2, before=4)
    assert [(note.number, note.author, note.text) for note in page] == [(3, "Ann", "note 3"), (2, "Ann", "note 2")]
    assert page[0].time - page[1].time == timedelta(minutes=1)


# Seals ----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def spoken(journal: Journal, recorded: Recorded) -> Journal:
    uid = recorded().trigger.uid
    journal.annotate(uid, "top", None, first := _revision())
    journal.annotate(uid, "top", first.uid, _revision(first.uid))
    journal.write_note("Ann", "mind the left lamp")
    return journal


def test_verify_knows_what_people_said(spoken: Journal, data_dir: Path, key_path: Path) -> None:
    report = verify(data_dir, key_path)
    assert report.ok
    assert (report.annotations, report.notes, report.altered, report.audit.entries) == (2, 1, 0, 4)


@pytest.mark.parametrize(
    ("statement", "altered"),
    [
        ("DROP TRIGGER annotations_no_update; UPDATE annotations SET author = 'Bo' WHERE id = 1", 1),
        ("DROP TRIGGER annotations_no_update; UPDATE annotations SET view = 1 WHERE id = 2", 1),
        ("DROP TRIGGER annotations_no_update; UPDATE annotations SET annotation = '{}'", 2),
        ("DROP TRIGGER annotations_no_delete; DELETE FROM annotations WHERE id = 2", 1),
        (
            "INSERT INTO annotations SELECT 3, 'x', part, 1, NULL, author, time, labels, annotation FROM annotations LIMIT 1",
            1,
        ),
        ("DROP TRIGGER notes_no_update; UPDATE notes SET text = 'all well'", 1),
        ("DROP TRIGGER notes_no_delete; DELETE FROM notes", 1),
        ("INSERT INTO notes VALUES (2, 'Ann', 'forged', '2026-03-01T10:00:00.000000+00:00')", 1),
    ],
)
def test_verify_finds_what_was_altered(
    spoken: Journal, data_dir: Path, key_path: Path, statement: str, altered: int, caplog: pytest.LogCaptureFixture
) -> None:
    spoken._connection.execute(statement)
    report = verify(data_dir, key_path)
    assert (report.altered, report.ok, report.audit.ok) == (altered, False, True)
    assert "annotations" in caplog.text or "notes" in caplog.text


@pytest.mark.parametrize("table", ["annotations", "notes"])
def test_the_database_itself_refuses_to_rewrite(spoken: Journal, table: str) -> None:
    for statement in (f"UPDATE {table} SET time = ''", f"DELETE FROM {table}"):
        with pytest.raises(apsw.ConstraintError, match="never"):
            spoken._connection.execute(statement)


def test_the_database_itself_refuses_a_fork(spoken: Journal) -> None:
    fork = (
        "INSERT INTO annotations SELECT 9, 'x', part, view, parent, author, time, labels, annotation FROM annotations"
    )
    for number in (1, 2):
        with pytest.raises(apsw.ConstraintError):
            spoken._connection.execute(f"{fork} WHERE id = {number}")


# Heat -----------------------------------------------------------------------------------------------------------------


def test_heat_maps_come_back_from_queries(journal: Journal, make_part: MakePart, make_view: MakeView) -> None:
    heat = np.random.default_rng(1).random((20, 30), dtype=np.float32)
    none = np.zeros((0, 0), np.float32)
    journal.record(
        part := make_part(
            1, make_view(journal.blobs, 1, heat_map=heat), make_view(journal.blobs, 2, "b", heat_map=none)
        )
    )
    record = journal.part(part.trigger.uid)
    assert record is not None
    back, nothing = (view.heat_map for view in record.inspection.views)
    assert back == pytest.approx(heat, abs=1 / 65535)
    assert nothing is None
