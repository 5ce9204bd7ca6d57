import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from overruled import overrule

from models.prediction import Defect
from station.journal.errors import StorageError
from station.journal.reader import JournalReader
from station.journal.shift_queries import AGREEMENT, CLASSES, SPANS, read_shift
from station.journal.store import Journal
from station.line.inspection import Author, Inspection, Verdict, VerdictKind, View
from station.quality.shift import Span, Tally

OK, NG, ND = VerdictKind.OK, VerdictKind.NG, VerdictKind.NOT_DECIDABLE
SINCE = datetime(2026, 3, 1, 6, 0, tzinfo=UTC)
UNTIL = SINCE + timedelta(hours=8)

MakePart = Callable[..., Inspection]
MakeView = Callable[..., View]
MakeDefect = Callable[[str, float], Defect]


@pytest.fixture
def reader(journal: Journal, data_dir: Path) -> Iterator[JournalReader]:
    with JournalReader(data_dir) as reader:
        yield reader


@pytest.fixture
def add(journal: Journal, make_part: MakePart, make_view: MakeView, make_defect: MakeDefect) -> Callable[..., UUID]:
    """Record a part triggered `minutes` after the shift began, with a defect where one is named."""
    numbers = iter(range(1, 1000))

    def add(minutes: float, kind: VerdictKind = OK, defect: str | None = None) -> UUID:
        number = next(numbers)
        view = make_view(journal.blobs, number)
        if defect:
            view = replace(view, defects=(make_defect("weak", 0.1), make_defect(defect, 0.9)))
        part = make_part(number, view, kind=kind, time=SINCE + timedelta(minutes=minutes))
        journal.record(part)
        return part.trigger.uid

    return add


def _annotate(
    journal: Journal, uid: UUID, number: int, parent: int | None, classes: list[str], tags: list[str]
) -> None:
    """Write a revision as the journal does, of which only what the queries read matters."""
    ((part,),) = journal._connection.execute("SELECT id FROM parts WHERE uid = ?", (str(uid),)).fetchall()
    text = json.dumps({"labels": [{"class": name} for name in classes], "tags": tags})
    before = str(UUID(int=parent)) if parent else None
    values = (str(UUID(int=number)), part, before, "Ann", SINCE.isoformat(), len(classes) + len(tags), text)
    journal._connection.execute(
        "INSERT INTO annotations (uid, part, view, parent, author, time, labels, annotation) VALUES (?, ?, 0, ?, ?, ?, ?, ?)",
        values,
    )


def test_slots_hold_the_parts_of_the_shift_as_they_are_judged_now(
    add: Callable[..., UUID], journal: Journal, reader: JournalReader
) -> None:
    add(-0.001)
    add(0)
    overruled = add(4.99)
    add(5, NG)
    add(62, ND)
    add(479.99, ND)
    add(480, NG)
    overrule(journal, overruled, Verdict(NG, Author.OPERATOR, "", SINCE, "Ann"))
    assert read_shift(reader, SINCE, UNTIL).spans == (
        Span(SINCE, Tally(ok=1, ng=1)),
        Span(SINCE + timedelta(minutes=5), Tally(ng=1)),
        Span(SINCE + timedelta(minutes=60), Tally(not_decidable=1)),
        Span(SINCE + timedelta(minutes=475), Tally(not_decidable=1)),
    )


def test_a_shift_without_parts(reader: JournalReader) -> None:
    empty = read_shift(reader, SINCE, UNTIL)
    assert (empty.spans, empty.classes, empty.agreement.counts) == ((), {}, {})


def test_classes_are_the_worst_defects_of_ng_parts(add: Callable[..., UUID], reader: JournalReader) -> None:
    add(1, NG, "scratch")
    add(2, NG, "scratch")
    add(3, NG, "dent")
    add(4, NG)
    add(5, ND, "burr")
    add(6, OK)
    assert read_shift(reader, SINCE, UNTIL).classes == {"scratch": 2, "dent": 1, "": 1}


def test_what_a_person_called_it_goes_before_the_model(
    add: Callable[..., UUID], journal: Journal, reader: JournalReader
) -> None:
    drawn, redrawn, emptied, tagged = (add(at, NG, "anomaly") for at in range(4))
    _annotate(journal, drawn, 1, None, ["scratch", "dent"], [])
    _annotate(journal, redrawn, 2, None, ["scratch"], [])
    _annotate(journal, redrawn, 3, 2, ["dent"], [])
    _annotate(journal, emptied, 4, None, ["scratch"], [])
    _annotate(journal, emptied, 5, 4, [], [])
    _annotate(journal, tagged, 6, None, [], ["stain"])
    assert read_shift(reader, SINCE, UNTIL).classes == {"scratch": 1, "dent": 1, "anomaly": 1, "stain": 1}


def test_agreement_is_the_first_verdict_against_a_persons_last(
    add: Callable[..., UUID], journal: Journal, reader: JournalReader
) -> None:
    def say(uid: UUID, kind: VerdictKind) -> None:
        overrule(journal, uid, Verdict(kind, Author.OPERATOR, "", SINCE, "Ann"))

    add(1, NG)
    say(add(2, OK), NG)
    say(add(3, NG), NG)
    say(add(4, ND), OK)
    twice = add(5, NG)
    say(twice, NG)
    say(twice, OK)
    say(add(-1, NG), OK)
    found = read_shift(reader, SINCE, UNTIL).agreement
    assert found.counts == {(OK, NG): 1, (NG, NG): 1, (ND, OK): 1, (NG, OK): 1}


@pytest.mark.parametrize("statement", [SPANS, CLASSES, AGREEMENT])
def test_every_question_is_answered_by_the_index_on_time(reader: JournalReader, statement: str) -> None:
    values = ("2026-03-01T06:00", "2026-03-01T14:00", 300)[: 3 if "?3" in statement else 2]
    plan = [str(row[3]) for row in reader.connection.execute("EXPLAIN QUERY PLAN " + statement, values)]
    assert any("parts USING" in step and "parts_by_time (time>? AND time<?)" in step for step in plan), plan
    assert not any(step.startswith("SCAN") for step in plan), plan


def test_the_work_does_not_grow_with_what_lies_before(journal: Journal, data_dir: Path) -> None:
    """Count SQLite's own steps, which no other load on the machine changes."""
    insert = """
    WITH RECURSIVE n(i) AS (SELECT ?1 UNION ALL SELECT i + 1 FROM n WHERE i < ?2)
    INSERT INTO parts (id, uid, inspection_id, acquisition_id, part_seq, part_id, encoder, time, monotonic_ns,
        recipe_name, recipe_version, recipe_sha256, verdict, by, author, reason, score, defects, worst_class, model,
        cycle_ms, review)
    SELECT i, 'u' || i, i, 1, 1, '', 0, strftime('%Y-%m-%dT%H:%M:%f000+00:00', ?3, '+' || i || ' seconds'), 0,
        'plate', 1, '', iif(i % 20, 'OK', 'NG'), 'rules', '', '', 0.1, 1, 'scratch', 'm', 5, 'none' FROM n"""

    def steps() -> int:
        with JournalReader(data_dir) as reader:
            count = 0

            def step() -> bool:
                nonlocal count
                count += 1
                return False

            reader.connection.set_progress_handler(step, 100)
            assert sum(span.tally.parts for span in read_shift(reader, SINCE, UNTIL).spans) == 600
            return count

    journal._connection.execute(insert, (1, 600, SINCE.isoformat()))
    alone = steps()
    long_before = SINCE - timedelta(days=30)
    journal._connection.execute(insert, (601, 40_600, long_before.isoformat()))
    assert steps() <= 1.02 * alone


def test_a_journal_that_cannot_be_read_says_so(reader: JournalReader) -> None:
    reader.close()
    with pytest.raises(StorageError, match=r"journal\.db"):
        read_shift(reader, SINCE, UNTIL)
