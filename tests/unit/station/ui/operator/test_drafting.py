from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from uuid import UUID, uuid4

import pytest

from labeling.annotation import Annotation, Label
from labeling.drafts import DraftLog, Step, read_draft
from labeling.edits import AddLabel, ChangeClass, Document, History
from labeling.shapes import Box
from station.ui.operator.drafting import Drafting, Place, survey
from station.ui.operator.handover import revision
from station.ui.operator.ng_state import UNCLASSED

NOW = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
PLACE = Place(UUID(int=7), "top/left 1")
A, B = UUID(int=1), UUID(int=2)
OPEN = Label(A, UNCLASSED, Box(1, 2, 3, 4))
ADD, CLASS = AddLabel(OPEN), ChangeClass(A, "dent")
DENT = Label(A, "dent", OPEN.shape)


@pytest.fixture
def sync() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(1) as pool:
        yield pool


def revised(uid: UUID, *labels: Label) -> Annotation:
    return Annotation(uid, None, "Ute", NOW, (640, 480), labels)


def journal(**annotations: Annotation) -> SimpleNamespace:
    """A journal that has one newest annotation a view."""
    stored = tuple(SimpleNamespace(view=PLACE.view, annotation=each) for each in annotations.values())
    summary = SimpleNamespace(part_id="", part_seq=42)
    return SimpleNamespace(annotations=lambda _: stored, summary=lambda _: summary)


def files(data: Path) -> list[str]:
    return sorted(path.name for path in (data / "desk" / "drafts").glob("*"))


def test_nothing_is_written_before_the_first_edit_and_nothing_stays_after_the_last(
    tmp_path: Path, sync: ThreadPoolExecutor
) -> None:
    drafting = Drafting(tmp_path, PLACE, None, sync)
    assert not drafting.began
    assert not (tmp_path / "desk").exists()
    drafting.enter(ADD)
    assert drafting.began
    assert files(tmp_path) == [f"{PLACE.part}-top%2Fleft%201.jsonl"]
    drafting.sync_later()
    drafting.discard()
    assert files(tmp_path) == []
    assert drafting.trouble == ""


def test_a_draft_is_recovered_with_its_undo_stack_and_the_stroke_under_way(
    tmp_path: Path, sync: ThreadPoolExecutor
) -> None:
    first = Drafting(tmp_path, PLACE, revised(B), sync)
    first.enter(ADD)
    first.enter(CLASS)
    first.enter(Step.UNDO)
    first.stroke([[0, 0], [5, 1], [9, 9]], "lasso", 0.0)
    first.close()  # what a kill does to the file
    second = Drafting(tmp_path, PLACE, revised(uuid4()), sync)
    assert second.recovered
    assert (second.name, second.parent) == (first.name, B)
    assert [label.class_name for label in second.history.document.labels] == [UNCLASSED]
    assert second.history.can_redo
    assert second.unfinished is not None
    assert second.unfinished.points.tolist() == [[0, 0], [5, 1], [9, 9]]
    second.drop_stroke()
    second.close()
    third = Drafting(tmp_path, PLACE, None, sync)
    assert third.unfinished is None
    third.close()


def test_a_draft_begins_with_the_newest_revision(tmp_path: Path, sync: ThreadPoolExecutor) -> None:
    drafting = Drafting(tmp_path, PLACE, revised(B, DENT), sync)
    assert drafting.history.document.labels == (DENT,)
    assert drafting.parent == B
    assert not drafting.recovered


def test_two_screens_do_not_write_one_draft(tmp_path: Path, sync: ThreadPoolExecutor) -> None:
    mine = Drafting(tmp_path, PLACE, None, sync)
    mine.enter(ADD)
    theirs = Drafting(tmp_path, PLACE, None, sync)
    assert "another program is drawing in it" in theirs.trouble
    theirs.enter(ADD)
    assert "another program is drawing in it" in theirs.trouble
    theirs.discard()
    mine.enter(CLASS)
    mine.close()
    assert read_draft(PLACE.path(tmp_path)).history.document.labels[0].class_name == "dent"


@pytest.mark.parametrize("content", [b"", b"nonsense\n", b"\xff\xfe"])
def test_a_draft_nobody_can_read_is_put_aside_and_said(
    tmp_path: Path, sync: ThreadPoolExecutor, content: bytes
) -> None:
    path = PLACE.path(tmp_path)
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    drafting = Drafting(tmp_path, PLACE, None, sync)
    assert "cannot be" in drafting.trouble or "cut off" in drafting.trouble
    drafting.enter(ADD)
    assert drafting.trouble == ""
    drafting.close()
    assert files(tmp_path) == [path.name, f"{path.name}.damaged"]
    assert path.with_name(f"{path.name}.damaged").read_bytes() == content


def test_a_folder_that_takes_no_draft_is_told_and_raises_nothing(tmp_path: Path, sync: ThreadPoolExecutor) -> None:
    (tmp_path / "desk").write_text("a file where the folder should be")
    drafting = Drafting(tmp_path, PLACE, None, sync)
    drafting.enter(ADD)
    drafting.stroke([[0, 0], [1, 1]], "lasso", 0.0)
    drafting.sync_later()
    assert drafting.trouble
    (tmp_path / "desk").unlink()
    drafting.enter(ADD)
    assert drafting.trouble == ""
    drafting.discard()


def test_reload_puts_the_own_outlines_on_the_other_persons(tmp_path: Path, sync: ThreadPoolExecutor) -> None:
    drafting = Drafting(tmp_path, PLACE, None, sync)
    drafting.enter(ADD)
    before = drafting.name
    theirs = revised(uuid4(), Label(B, "pit", Box(9, 9, 10, 10)))
    drafting.rebase(theirs, AddLabel(DENT))
    assert drafting.parent == theirs.uid
    assert drafting.name != before
    drafting.enter(ChangeClass(A, "burr"))
    drafting.close()
    again = Drafting(tmp_path, PLACE, None, sync)
    assert [label.class_name for label in again.history.document.labels] == ["pit", "burr"]
    assert [label.class_name for label in again.history.undo().undo().document.labels] == ["pit"]
    again.rebase(theirs, None)
    assert files(tmp_path) == []
    assert again.history.document.labels == theirs.labels


def drawn(data: Path, sync: ThreadPoolExecutor, *, newest: Annotation | None = None, stroke: bool = False) -> Drafting:
    drafting = Drafting(data, PLACE, newest, sync)
    drafting.enter(ADD)
    drafting.enter(CLASS)
    if stroke:
        drafting.stroke([[0, 0], [5, 5]], "lasso", 0.0)
    drafting.close()
    return drafting


def test_at_the_start_what_the_engine_lacks_is_found(tmp_path: Path, sync: ThreadPoolExecutor) -> None:
    assert survey(journal(), tmp_path) == ()
    drawn(tmp_path, sync)
    (found,) = survey(journal(), tmp_path)
    assert (found.place, found.part_seq) == (PLACE, 42)
    assert isinstance(found.draft.history, History)
    (found,) = survey(journal(other=revised(uuid4(), DENT)), tmp_path)  # the same by another hand is not ours
    assert files(tmp_path) != []


def test_at_the_start_what_the_engine_has_is_removed(tmp_path: Path, sync: ThreadPoolExecutor) -> None:
    draft = drawn(tmp_path, sync)
    assert survey(journal(ours=revised(revision(draft.name, 0), DENT)), tmp_path) == ()
    assert files(tmp_path) == []


def test_a_stroke_under_way_is_worth_recovering_even_if_all_else_is_saved(
    tmp_path: Path, sync: ThreadPoolExecutor
) -> None:
    draft = drawn(tmp_path, sync, stroke=True)
    (found,) = survey(journal(ours=revised(revision(draft.name, 0), DENT)), tmp_path)
    assert found.draft.unfinished_stroke is not None


def test_an_edit_that_was_taken_back_is_nothing(tmp_path: Path, sync: ThreadPoolExecutor) -> None:
    newest = revised(B, DENT)
    drafting = Drafting(tmp_path, PLACE, newest, sync)
    drafting.enter(ChangeClass(A, "pit"))
    drafting.enter(Step.UNDO)
    drafting.close()
    assert survey(journal(newest=newest), tmp_path) == ()


def test_damaged_drafts_do_not_hide_the_others(tmp_path: Path, sync: ThreadPoolExecutor) -> None:
    drawn(tmp_path, sync)
    folder = tmp_path / "desk" / "drafts"
    (folder / "0.jsonl").write_bytes(b"nonsense\n")
    DraftLog.begin(folder / "1.jsonl", Document(), {"part": "no uid", "view": "top"}).close()
    held = DraftLog.begin(
        folder / "2.jsonl", Document(), {"part": str(PLACE.part), "view": "x", "draft": str(B), "parent": ""}
    )
    found = survey(journal(), tmp_path)
    assert [each.place for each in found] == [PLACE]
    held.close()
    assert (folder / "0.jsonl.damaged").exists()
    assert (folder / "1.jsonl.damaged").exists()
