"""Figures out of a real journal."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from judged_parts import START, Known, decide, moments, outline, record_known

from station.journal.lending import Wanted
from station.journal.reader import JournalReader
from station.journal.reviewing import Word
from station.journal.store import Journal
from station.line.inspection import VerdictKind
from station.quality.sampling import Scheme
from station.quality.scope import Scope
from station.quality.shift import Shift, shift_at
from station.report.gather import gather, scope_of
from station.review.queue import Outcome
from station.review.rules import ReviewRules

NG, OK = VerdictKind.NG, VerdictKind.OK


def _shift(moment: datetime) -> Shift:
    return shift_at(moment, (time(6), time(14), time(22)), UTC)


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with Journal.open(tmp_path / "data", audit_key_path=tmp_path / "audit.key") as journal:
        yield journal


@pytest.fixture
def reader(journal: Journal, tmp_path: Path) -> Iterator[JournalReader]:
    with JournalReader(tmp_path / "data") as reader:
        yield reader


def _all(reader: JournalReader, **which: str) -> Scope:
    scope = scope_of(reader, START, **which)
    assert scope is not None
    return scope


def test_an_empty_journal_has_no_scope(reader: JournalReader) -> None:
    assert scope_of(reader, START) is None


def test_what_the_line_made(journal: Journal, reader: JournalReader) -> None:
    known = record_known(journal, 120, bad_share=0.3, every=timedelta(minutes=5))
    figures = gather(reader, _all(reader), _shift)
    told = [part.told for part in known]
    assert (figures.tally.ok, figures.tally.ng) == (told.count(OK), told.count(NG))
    assert figures.tally.parts == 120
    assert sum(bar.parts for bar in figures.classes) == told.count(NG)
    assert figures.people.escapes.passed == told.count(OK)
    assert [(each.name, each.parts) for each in figures.lots] == [("L00", 99), ("L01", 21)]
    assert [each.name for each in figures.shifts] == [
        "2026-03-02 06:00 UTC, shift 1",
        "2026-03-02 14:00 UTC, shift 2",
    ]
    assert sum(each.parts for each in figures.shifts) == 120
    assert len(figures.starts) <= 40
    assert figures.drifts[0].model == "plate/3"


def test_a_scope_leaves_out_what_is_not_asked_for(journal: Journal, reader: JournalReader) -> None:
    record_known(journal, 120)
    assert gather(reader, _all(reader, lot="L01"), _shift).tally.parts == 21
    assert scope_of(reader, START, recipe="plate-B") is None
    half = Scope(START, START + timedelta(minutes=61))
    assert gather(reader, half, _shift).tally.parts == 60


def test_people_against_the_virtual_truth(journal: Journal, reader: JournalReader) -> None:
    known, times = record_known(journal, 60, bad_share=0.3), moments()
    bad = [part for part in known if part.bad]
    for part in known:
        decide(journal, part, "Ann", NG if part.bad and part is not bad[0] else OK, next(times))
        decide(journal, part, "Bob", NG if part.bad else OK, next(times))
    figures = gather(reader, _all(reader), _shift)
    appraisers = {each.who: each for each in figures.people.known.appraisers}
    assert (appraisers["Ann"].missed.count, appraisers["Ann"].missed.of) == (1, len(bad))
    assert appraisers["Bob"].effectiveness.share == 1.0
    assert figures.reference.startswith("what the virtual camera knows")
    (pair,) = [pair for pair in figures.people.pairs if not pair.model]
    assert (pair.first, pair.second, pair.same.count, pair.same.of) == ("Ann", "Bob", 59, 60)


def test_lots_are_judged_by_their_audited_parts(tmp_path: Path) -> None:
    """Every part is audited here; QA finds what the model let pass, and the lots are judged by it."""
    with Journal.open(tmp_path / "data", audit_key_path=tmp_path / "k", review=ReviewRules(audit_share=1.0)) as journal:
        known, times = record_known(journal, 120), moments()
        for part in known[:110]:
            decide(journal, part, "Ann", NG if part.bad else OK, next(times))
    with JournalReader(tmp_path / "data") as reader:
        figures = gather(reader, _all(reader), _shift, Scheme(4.0))
    passed = [[part for part in known[a:b] if part.told is OK] for a, b in ((0, 99), (99, 120))]
    first, second = figures.sampled
    assert [(first.name, first.passed), (second.name, second.passed)] == [
        ("L00", len(passed[0])),
        ("L01", len(passed[1])),
    ]
    assert first.plan is not None
    assert first.looked == first.plan.size
    assert first.found == sum(part.bad for part in passed[0][: first.plan.size])
    assert first.accepted is not None
    assert second.looked == len([part for part in known[99:110] if part.told is OK][: (second.plan or first.plan).size])


def test_outlines_of_people_and_model(journal: Journal, reader: JournalReader) -> None:
    times = moments()

    def found(part: Known) -> bool:
        return part.told is not OK

    for part in [part for part in record_known(journal, 80, bad_share=0.5) if found(part)][:12]:
        outline(journal, part, "Ann", next(times))
        outline(journal, part, "Bob", next(times), shift=10.0)
    figures = gather(reader, _all(reader), _shift)
    by_names = {(each.first, each.second): each for each in figures.outlines}
    assert by_names["plate/3", "Ann"].iou.value == pytest.approx(1.0)
    both = by_names["Ann", "Bob"]
    assert both.iou.value == pytest.approx(20 / 40)  # 30 wide, 10 apart: 20 shared of 40
    assert (both.pairs, both.unmatched, both.iou.number) == (12, 0, 12)
    assert figures.labels == {"scratch": 12}
    assert figures.labelled == 12


def test_answers_to_a_golden_part_count_each_time(tmp_path: Path) -> None:
    """Ann says of a golden part that it is good, a week after it came."""
    rules, now = ReviewRules(golden_share=1.0), START + timedelta(days=7)
    with Journal.open(tmp_path / "data", audit_key_path=tmp_path / "key", review=rules, now=lambda: now) as journal:
        parts = [part.uid for part in record_known(journal, 40, bad_share=0.5) if part.told is NG]
        golden = parts[0]

        def say(who: str, uid: UUID, outcome: Outcome) -> None:
            journal.review(uid, Word(who, outcome, None, NG), key=uuid4(), answer=str)

        def take(who: str, *uids: UUID, mixed_in: tuple[UUID, ...] = ()) -> None:
            journal.take(Wanted(who, uids, 2, mixed_in), key=uuid4(), answer=lambda *_: "")

        take("Eve", golden)
        say("Eve", golden, Outcome.ACCEPT)
        journal.set_golden(golden, NG, "Eve", key=uuid4(), answer="")
        take("Ann", *parts[1:], mixed_in=(golden,))
        say("Ann", golden, Outcome.REJECT)
    with JournalReader(tmp_path / "data") as reader:
        scope = scope_of(reader, now + timedelta(hours=1))
        assert scope is not None
        appraisers = {each.who: each for each in gather(reader, scope, _shift).people.known.appraisers}
        other_lot = scope_of(reader, now + timedelta(hours=1), lot="L99")
        assert other_lot is not None
        assert gather(reader, other_lot, _shift).people.known.appraisers == ()
    assert (appraisers["Ann"].missed.count, appraisers["Ann"].missed.of) == (1, 1)
