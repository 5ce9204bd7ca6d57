import contextlib
import itertools
import random
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any
from uuid import UUID

import draft_writer
import numpy as np
import pytest
from draft_writer import Drawn
from drawn import commands, documents, label, said
from hypothesis import given
from hypothesis import strategies as st

from labeling.drafts import Draft, DraftError, DraftLog, Step, read_draft
from labeling.edits import AddLabel, ChangeClass, Command, Document, EditError, History, RemoveLabel, SetTags
from labeling.replay import line_of, replay

ABOUT = {"part": "0192", "view": "top"}
STROKE = [[1.0, 2.0], [3.5, 4.25], [5.0, 6.0]]


@contextmanager
def begun(path: Path, document: Document = Document()) -> Iterator[DraftLog]:  # noqa: B008 - frozen
    log = DraftLog.begin(path, document, ABOUT)
    try:
        yield log
    finally:
        log.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "draft"


def told(draft: Draft) -> Any:
    """All of a draft that a person would notice."""
    stroke = draft.unfinished_stroke
    return (
        said(draft.history.document),
        len(draft.history.done),
        len(draft.history.undone),
        None if stroke is None else stroke.points.tolist(),
    )


# What is entered is there ---------------------------------------------------------------------------------------------


def test_a_new_draft_holds_what_it_began_with(path: Path) -> None:
    document = Document((label(1), label(2)), ("dirty",))
    with begun(path, document):
        draft = read_draft(path)
    assert said(draft.history.document) == said(document)
    assert (draft.about, draft.intact, draft.problem) == (ABOUT, True, "")
    assert not draft.history.can_undo
    assert [each.name for each in path.parent.iterdir()] == ["draft"]


def test_undo_and_redo_go_on_where_they_were(path: Path) -> None:
    history = History()
    with begun(path) as log:
        for entry in (
            AddLabel(label(1)),
            SetTags(("a",)),
            Step.UNDO,
            Step.UNDO,
            Step.REDO,
            AddLabel(label(2)),
            Step.UNDO,
        ):
            log.append(entry)
            history = done(history, entry)
    recovered = read_draft(path).history
    assert len(recovered.done) == len(history.done) == 1
    assert len(recovered.undone) == 1
    assert said(recovered.redo().document) == said(history.redo().document)
    assert said(recovered.undo().document) == said(Document())


def done(history: History, entry: Command | Step) -> History:
    if isinstance(entry, Step):
        return history.undo() if entry is Step.UNDO else history.redo()
    return history.do(entry)


@given(documents, st.lists(commands | st.sampled_from(Step), max_size=8))
def test_whatever_is_done_is_replayed(
    tmp_path_factory: pytest.TempPathFactory, document: Document, entries: list[Command | Step]
) -> None:
    history = History(document)
    path = tmp_path_factory.getbasetemp() / "replayed"
    with begun(path, document) as log:
        for entry in entries:
            with contextlib.suppress(EditError):
                history = done(history, entry)
                log.append(entry)
        draft = read_draft(path)
        log.discard()
    assert draft.intact
    assert told(draft) == (said(history.document), len(history.done), len(history.undone), None)


def test_an_unfinished_stroke_comes_back(path: Path) -> None:
    with begun(path) as log:
        log.append(SetTags(("a",)))
        for end in (1, 2, 3):
            log.stroke(STROKE[:end], tool="brush", radius_px=7.5)
        before = path.stat().st_size
        log.stroke(STROKE, tool="brush", radius_px=7.5)
        assert path.stat().st_size == before  # nothing new
        stroke = read_draft(path).unfinished_stroke
    assert stroke is not None
    assert (stroke.points.tolist(), stroke.tool, stroke.radius_px) == (STROKE, "brush", 7.5)


def test_only_what_is_new_of_a_stroke_is_written(path: Path) -> None:
    points = np.arange(4_000, dtype=float).reshape(-1, 2)
    with begun(path) as log:
        for end in range(1, 2_001):
            log.stroke(points[:end])
        assert path.stat().st_size < 2_000 * 100
        recovered = read_draft(path).unfinished_stroke
    assert recovered is not None
    assert np.array_equal(recovered.points, points)


@pytest.mark.parametrize(
    "strokes",
    [
        [STROKE, STROKE[:1]],  # became shorter
        [STROKE, [[9, 9], *STROKE[1:]]],  # begins otherwise
        [STROKE, [*STROKE[:2], [7, 7], [8, 8]]],  # its end was smoothed
        [STROKE, [[0, 0]], STROKE],
    ],
)
def test_a_stroke_may_change_while_it_is_drawn(path: Path, strokes: list[list[list[float]]]) -> None:
    with begun(path) as log:
        for points in strokes:
            log.stroke(points)
            recovered = read_draft(path).unfinished_stroke
            assert recovered is not None
            assert recovered.points.tolist() == points


@pytest.mark.parametrize("end", [AddLabel(label(1)), Step.UNDO, "dropped"])
def test_a_stroke_ends(path: Path, end: Command | Step | str) -> None:
    with begun(path) as log:
        log.append(SetTags(("a",)))
        log.stroke(STROKE)
        if isinstance(end, str) and not isinstance(end, Step):
            log.drop_stroke()
        else:
            log.append(end)
        log.drop_stroke()  # there is none any more
        assert read_draft(path).unfinished_stroke is None
        log.stroke(STROKE[:1])
        after = read_draft(path).unfinished_stroke
    assert after is not None
    assert after.points.tolist() == STROKE[:1]


@pytest.mark.parametrize("points", [[[1, float("nan")]], [1, 2], [[1, 2, 3]]])
def test_points_that_are_none_are_refused_and_not_written(path: Path, points: Any) -> None:
    with begun(path) as log:
        before = path.stat().st_size
        with pytest.raises(ValueError, match="points must"):
            log.stroke(points)
        assert path.stat().st_size == before


def test_after_a_crash_drawing_goes_on(path: Path) -> None:
    with begun(path) as log:
        log.append(AddLabel(label(1)))
        log.stroke(STROKE[:2])
    log = DraftLog.open(path)
    try:
        assert log.draft.unfinished_stroke is not None
        log.stroke(STROKE)
        log.append(AddLabel(label(2)))
        log.append(Step.UNDO)
    finally:
        log.close()
    draft = read_draft(path)
    assert [each.uid.int for each in draft.history.document.labels] == [1]
    assert draft.history.can_redo


def test_a_discarded_draft_is_gone(path: Path) -> None:
    with begun(path) as log:
        log.discard()
        assert not path.exists()
        log.discard()


# Killed and cut off ---------------------------------------------------------------------------------------------------


def test_a_kill_loses_nothing_that_was_entered(path: Path) -> None:
    """Process after process draws on and is killed in the middle of it; whatever it said to be entered is there."""
    seed, there, strokes = 11, 0, 0
    chance = random.Random(seed)
    for _ in range(10):
        said_last = killed_writer(path, seed, there + 1, chance.randint(1, 900))
        draft = read_draft(path)
        states = list(itertools.islice(draft_writer.drawn(seed), said_last + 50))
        there = next(number for number in range(said_last, said_last + 50) if same(draft, states[number - 1]))
        strokes += draft.unfinished_stroke is not None
    assert strokes > 0, "no kill came in the middle of a stroke"


def killed_writer(path: Path, seed: int, first: int, after: int) -> int:
    """Kill a process that draws, at some moment after so many entries; return the last entry that it said the log has."""
    command = [sys.executable, draft_writer.__file__, str(path), str(seed), str(first)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as writer:
        try:
            assert writer.stdout is not None
            said_there = list(itertools.islice(writer.stdout, after))
        finally:
            writer.kill()
        said_there += writer.stdout.read().splitlines()
    assert len(said_there) >= after, "it ended by itself"
    return int(said_there[-1])


def same(draft: Draft, state: Drawn) -> bool:
    stroke = None if state.stroke is None or state.entry is not None else state.stroke.tolist()
    history = state.history
    return told(draft) == (said(history.document), len(history.done), len(history.undone), stroke)


def written(path: Path) -> tuple[bytes, list[Any]]:
    """A small draft, and what it holds after each of its lines."""
    after = []
    with begun(path, Document((label(1),))) as log:
        after.append(told(read_draft(path)))
        for step in (
            lambda: log.append(AddLabel(label(2))),
            lambda: log.append(ChangeClass(UUID(int=2), "dent")),
            lambda: log.append(Step.UNDO),
            lambda: log.append(Step.REDO),
            lambda: log.stroke(STROKE[:2]),
            lambda: log.stroke(STROKE),
        ):
            step()
            after.append(told(read_draft(path)))
    return path.read_bytes(), after


def test_a_log_cut_off_anywhere_holds_all_whole_lines(path: Path) -> None:
    data, after = written(path)
    for length in range(data.index(b"\n") + 1, len(data)):
        draft = replay(path, data[:length])
        lines = data[:length].count(b"\n")
        assert told(draft) == after[lines - 1]
        assert draft.intact == data[:length].endswith(b"\n")
        assert draft.intact or f"line {lines + 1} was cut off" in draft.problem


def test_a_log_damaged_anywhere_holds_all_before(path: Path) -> None:
    data, after = written(path)
    for place in range(len(data)):
        damaged = bytearray(data)
        damaged[place] ^= 0x10
        line = data[:place].count(b"\n")
        if line == 0:
            with pytest.raises(DraftError, match=r"cannot be read|cut off"):
                replay(path, bytes(damaged))
        else:
            draft = replay(path, bytes(damaged))
            assert told(draft) == after[line - 1]
            assert not draft.intact
            assert f"line {line + 1}" in draft.problem


@pytest.mark.parametrize("change", ["lost", "swapped", "twice"])
def test_a_line_that_is_lost_swapped_or_there_twice_is_noticed(path: Path, change: str) -> None:
    data, after = written(path)
    lines = data.splitlines(keepends=True)
    lines[2:4] = {"lost": lines[3:4], "swapped": [lines[3], lines[2]], "twice": [lines[2], lines[2]]}[change]
    draft = replay(path, b"".join(lines))
    assert not draft.intact
    assert told(draft) == after[2 if change == "twice" else 1]


def test_what_was_damaged_is_kept_aside_and_drawing_goes_on(path: Path) -> None:
    data, _ = written(path)
    lines = data.splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:2]) + b"rubbish\n" + b"".join(lines[3:]))
    log = DraftLog.open(path)
    try:
        assert "line 3 cannot be read (its check sum is wrong); 5 lines are left out" in log.draft.problem
        log.append(SetTags(("again",)))
    finally:
        log.close()
    assert path.with_name("draft.damaged").read_bytes() == b"rubbish\n" + b"".join(lines[3:])
    draft = read_draft(path)
    assert draft.intact
    assert draft.history.document.tags == ("again",)
    assert len(draft.history.document.labels) == 2


def test_a_cut_off_line_is_mended(path: Path) -> None:
    data, _ = written(path)
    path.write_bytes(data[:-5])
    DraftLog.open(path).close()
    assert read_draft(path).intact
    assert not path.with_name("draft.damaged").exists()


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ({"command": {"do": "remove-label", "uid": str(UUID(int=9))}}, "there is no label"),
        ({"command": {"do": "fly"}}, r"command\.do: must be one of"),
        ({"step": "redo"}, "nothing to redo"),
        ({"step": "jump"}, "no entry of a draft"),
        ({"step": "undo", "more": 1}, "no entry of a draft"),
        ({"stroke": {"from": 5, "points": [], "tool": "", "radius_px": 0}}, "cannot go on from point 5"),
        (
            {"stroke": {"from": 0, "points": [["a", 1]], "tool": "", "radius_px": 0}},
            r"stroke\.points\[0\]\[0\]: must be",
        ),
        ({"stroke": {"from": 0}}, "stroke: points is missing"),
        ({}, "no entry of a draft"),
        ([], "no entry of a draft"),
    ],
)
def test_a_line_that_does_not_fit_ends_the_replay(path: Path, entry: Any, words: str) -> None:
    data, after = written(path)
    lines = data.count(b"\n")
    draft = replay(path, data + line_of(lines, entry))
    assert told(draft) == after[-1]
    assert words.replace("\\", "") in draft.problem.replace("\\", "")


# Refusals -------------------------------------------------------------------------------------------------------------

FIRST = {"format": 1, "about": {}, "document": {"labels": [], "tags": []}}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "its beginning was cut off; nothing can be recovered"),
        (line_of(0, FIRST)[:-1], "its beginning was cut off"),
        (b"hello\n", "check sum is wrong"),
        (line_of(0, FIRST | {"format": 2}), "reads format 1, not 2"),
        (line_of(0, FIRST | {"about": {"part": 7}}), "about: must be texts"),
        (line_of(0, FIRST | {"document": []}), "document: must be an object"),
        (line_of(0, FIRST | {"more": 1}), "does not begin as a draft"),
        (line_of(0, {"format": 1}), "does not begin as a draft"),
    ],
)
def test_what_is_no_draft_is_told(path: Path, data: bytes, words: str) -> None:
    path.write_bytes(data)
    for read in (read_draft, DraftLog.open):
        with pytest.raises(DraftError, match=words) as refused:
            read(path)
        assert str(path) in str(refused.value)


def test_a_draft_that_is_not_there_is_told(path: Path) -> None:
    for read in (read_draft, DraftLog.open):
        with pytest.raises(DraftError, match="No such file"):
            read(path)
    with pytest.raises(DraftError, match="cannot be written: No such file"):
        DraftLog.begin(path / "nowhere" / "draft", Document(), {})


def test_a_draft_is_not_begun_over_another(path: Path) -> None:
    with begun(path) as log:
        log.append(AddLabel(label(1)))
    with pytest.raises(DraftError, match="there is a draft already"):
        DraftLog.begin(path, Document(), {})
    assert len(read_draft(path).history.document.labels) == 1


def test_two_do_not_draw_in_one_draft(path: Path) -> None:
    with begun(path), pytest.raises(DraftError, match="another program is drawing in it"):
        DraftLog.open(path)
    DraftLog.open(path).close()


def test_a_full_disk_is_told_and_what_was_entered_stays_whole(path: Path) -> None:
    with begun(path) as log:
        log.append(AddLabel(label(1)))
        with largest_file(path.stat().st_size + 20):
            for _ in range(2):
                with pytest.raises(DraftError, match="the draft cannot be written"):
                    log.append(RemoveLabel(UUID(int=1)))
            assert len(read_draft(path).history.document.labels) == 1
        log.append(AddLabel(label(2)))
    draft = read_draft(path)
    assert draft.intact
    assert [each.uid.int for each in draft.history.document.labels] == [1, 2]


@contextmanager
def largest_file(size: int) -> Iterator[None]:
    """A limit that the system holds to as it holds to the end of a disk: it takes what fits and refuses the rest."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_no_room_for_the_beginning_leaves_nothing_behind(path: Path) -> None:
    with largest_file(10), pytest.raises(DraftError, match="the draft cannot be written"):
        DraftLog.begin(path, Document(), ABOUT)
    assert list(path.parent.iterdir()) == []


def test_a_closed_log_takes_nothing(path: Path) -> None:
    with begun(path) as log:
        pass
    with pytest.raises(DraftError, match="cannot be written"):
        log.append(AddLabel(label(1)))
    log.sync()
    log.close()
    assert read_draft(path).intact


def test_the_disk_is_waited_for_on_another_thread(path: Path) -> None:
    failed: list[Exception] = []

    def keep() -> None:
        try:
            for _ in range(20):
                log.sync()
        except DraftError as error:
            failed.append(error)

    with begun(path) as log:
        keeper = Thread(target=keep)
        keeper.start()
        for number in range(200):
            log.append(SetTags((str(number),)))
        log.close()
        DraftLog.open(path).close()  # free at once, whatever the disk still does
        keeper.join()
    assert not failed
    assert read_draft(path).history.document.tags == ("199",)


def test_a_disk_that_fails_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    with begun(folder / "draft") as log:
        folder.rename(tmp_path / "elsewhere")
        with pytest.raises(DraftError, match="the draft cannot be kept"):
            log.sync()
