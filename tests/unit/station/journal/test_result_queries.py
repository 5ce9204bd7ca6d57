"""Verdicts as other systems get them: in the order of their commit, numbered without a gap, each with its part."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from overruled import overrule

from models.prediction import Defect
from station.journal.reader import JournalReader
from station.journal.result_queries import (
    PartSet,
    VerdictFilter,
    filtered_verdicts,
    last_part,
    last_verdict,
    verdict_of,
    verdicts_after,
)
from station.journal.store import Journal
from station.line.inspection import Fault, FaultCode, Inspection, Verdict, VerdictKind, View


def uid(number: int) -> UUID:
    return UUID(int=(1 << 100) + number)


@pytest.fixture
def reader(
    journal: Journal,
    data_dir: Path,
    make_part: Callable[..., Inspection],
    make_view: Callable[..., View],
    make_defect: Callable[[str, float], Defect],
    person_verdict: Verdict,
) -> Iterator[JournalReader]:
    """A journal of three parts: OK; not decidable, then NG by a person; and one whose camera failed."""
    journal.record(make_part(1, make_view(journal.blobs, 1)))
    defects = (make_defect("dent", 0.4), make_defect("scratch", 0.9))
    undecided = make_part(2, make_view(journal.blobs, 2, defects=defects), kind=VerdictKind.NOT_DECIDABLE)
    journal.record(undecided)
    fault = Fault(FaultCode.CAMERA, "cam", "no picture")
    journal.record(make_part(3, View(name="top", camera="cam", fault=fault), kind=VerdictKind.NOT_DECIDABLE))
    overrule(journal, uid(2), person_verdict)
    with JournalReader(data_dir) as reader:
        yield reader


def test_numbers_follow_the_commits(reader: JournalReader) -> None:
    rows = verdicts_after(reader, 0, 10)
    assert [(row.number, row.uid, row.kind, row.before) for row in rows] == [
        (1, uid(1), VerdictKind.OK, 0),
        (2, uid(2), VerdictKind.NOT_DECIDABLE, 0),
        (3, uid(3), VerdictKind.NOT_DECIDABLE, 0),
        (4, uid(2), VerdictKind.NG, 1),
    ]
    assert [row.number for row in verdicts_after(reader, 1, 2)] == [2, 3]
    assert verdicts_after(reader, 4, 10) == ()
    assert (last_verdict(reader), last_part(reader)) == (4, 3)


def test_a_verdict_brings_its_part(reader: JournalReader, person_verdict: Verdict) -> None:
    row = verdict_of(reader, uid(2), 1)
    assert row is not None
    assert (row.by, row.author, row.reason, row.time) == (
        person_verdict.by,
        person_verdict.author,
        person_verdict.reason,
        person_verdict.time,
    )
    assert (row.part_id, row.recipe.name, row.recipe.version, row.cycle_ms) == ("P2", "plate", 4, 42)
    assert [(found.view, found.defect.class_name) for found in row.defects] == [("top", "dent"), ("top", "scratch")]
    assert [(found.view, len(found.sha256)) for found in row.pictures] == [("top", 64)]
    assert not row.faulty


def test_a_verdict_that_is_not_there(reader: JournalReader) -> None:
    assert verdict_of(reader, uid(1), 1) is None
    assert verdict_of(reader, uid(9), 0) is None


@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        (VerdictFilter(), [1, 2, 3, 4]),
        (VerdictFilter(kinds=(VerdictKind.NOT_DECIDABLE,)), [2, 3]),
        (VerdictFilter(kinds=(VerdictKind.NOT_DECIDABLE,), faulty=True), [3]),
        (VerdictFilter(faulty=False), [1, 2, 4]),
        (VerdictFilter(part_id="P2"), [2, 4]),
        (VerdictFilter(part_id="P2", kinds=(VerdictKind.OK,)), []),
        (VerdictFilter(recipe="plate"), [1, 2, 3, 4]),
        (VerdictFilter(recipe="other"), []),
        (VerdictFilter(uid=uid(3)), [3]),
        (VerdictFilter(parts=(2, 3)), [2, 3, 4]),
        (VerdictFilter(among=PartSet(((1, 1), (3, 9)))), [1, 3]),
        (VerdictFilter(among=PartSet(((3, 3),), (uid(1), uid(9)))), [1, 3]),
        (VerdictFilter(among=PartSet()), []),
        (VerdictFilter(kinds=()), []),
    ],
)
def test_filters(reader: JournalReader, wanted: VerdictFilter, numbers: list[int]) -> None:
    assert [row.number for row in filtered_verdicts(reader, wanted, 0, 10)] == numbers
    assert [row.number for row in filtered_verdicts(reader, wanted, 1, 1)] == numbers[1:2]
    assert [row.number for row in filtered_verdicts(reader, wanted, 0, 2, newest=True)] == numbers[-2:]


def test_a_part_that_is_recorded_later_changes_no_number(
    reader: JournalReader, journal: Journal, make_part: Callable[..., Inspection]
) -> None:
    before = verdicts_after(reader, 0, 10)
    journal.record(replace(make_part(4)))
    after = verdicts_after(reader, 0, 10)
    assert [row.number for row in after] == [*(row.number for row in before), 5]
