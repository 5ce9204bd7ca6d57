"""Pages, counts and opinions, held against what a look at every part says."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from labeling.annotation import Annotation, Label, model_author
from labeling.shapes import Box
from models.prediction import Defect
from station.journal import review_queries
from station.journal.reader import JournalReader
from station.journal.review_bench import START, bench_review, make_queue
from station.journal.review_queries import ReviewQueries
from station.journal.reviewing import Word
from station.journal.store import Journal
from station.line.inspection import Author, Inspection, Verdict, VerdictKind, View
from station.review.queue import Opinion, OpinionBy, Outcome, QueueFilter, QueueItem, Stage, Why
from station.review.rules import ReviewRules, Scheme

OK, NG, ND = VerdictKind.OK, VerdictKind.NG, VerdictKind.NOT_DECIDABLE
CLASSES = ("scratch", "dent", "it's {odd}")
PARTS = 120


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("queue")


@pytest.fixture(scope="module")
def reader(folder: Path) -> Iterator[JournalReader]:
    """A queue of parts of which hardly two are alike; a fifth of them is reviewed."""
    make_queue(folder, 4000)
    with JournalReader(folder / "data") as reader:
        yield reader


FILTERS = st.builds(
    QueueFilter,
    since=st.none() | st.just(START + timedelta(hours=1)),
    shift=st.none() | st.integers(1, 3),
    lot=st.sampled_from(["", "LOT0-1", "LOT0-", "LOT0-39", "x", "%", "LOT0-1_"]),
    recipe=st.sampled_from(["", "recipe-0", "recipe-3", "none"]),
    classes=st.lists(st.sampled_from([f"class-{n}" for n in range(8)] + ["extra-1", "none"]), max_size=3).map(tuple),
    camera=st.sampled_from(["", "cam-1", "cam-2"]),
    verdicts=st.lists(st.sampled_from(VerdictKind), max_size=2, unique=True).map(tuple),
    whys=st.lists(st.sampled_from(Why), max_size=3, unique=True).map(tuple),
    operator=st.sampled_from(["", "person-5", "nobody"]),
    model_version=st.sampled_from(["", "plate/0", "plate/9"]),
    score_low=st.none() | st.floats(0, 1),
    score_high=st.none() | st.floats(0, 1),
    size_low_px=st.none() | st.floats(0, 400),
    stage=st.none() | st.sampled_from(Stage),
)


def by_looking(reader: JournalReader, wanted: QueueFilter) -> list[UUID]:
    """Find the parts by a look at each row."""
    rows = reader.connection.execute(
        "SELECT uid, q.time, q.shift, lot, q.recipe, q.verdict, q.score, size_px, stage, terms"
        " FROM review_queue q JOIN parts ON id = part ORDER BY rank, part"
    )
    found = []
    for uid, time, shift, lot, recipe, verdict, score, size, stage, text in rows:
        terms = set(text.split("\n"))
        fits = (
            (stage != "done" if wanted.stage is None else stage == wanted.stage.value)
            and (wanted.since is None or datetime.fromisoformat(time) >= wanted.since)
            and wanted.shift in {None, shift}
            and lot.startswith(wanted.lot)
            and wanted.recipe in {"", recipe}
            and (not wanted.classes or terms & {f"class={name}" for name in wanted.classes})
            and (not wanted.camera or f"camera={wanted.camera}" in terms)
            and (not wanted.verdicts or verdict in wanted.verdicts)
            and (not wanted.whys or terms & {f"why={why.value}" for why in wanted.whys})
            and (not wanted.operator or f"operator={wanted.operator}" in terms)
            and (not wanted.model_version or f"model={wanted.model_version}" in terms)
            and (wanted.score_low is None or score >= wanted.score_low)
            and (wanted.score_high is None or score <= wanted.score_high)
            and (wanted.size_low_px is None or size >= wanted.size_low_px)
        )
        if fits:
            found.append(UUID(uid))
    return found


def pages(queries: ReviewQueries, wanted: QueueFilter, limit: int) -> Iterator[tuple[QueueItem, ...]]:
    cursor = None
    while True:
        page = queries.page(wanted, cursor, limit)
        yield page.items
        if (cursor := page.cursor) is None:
            return


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(wanted=FILTERS, limit=st.integers(1, 40), ranges_lead=st.booleans())
def test_every_filter_finds_what_a_look_at_each_part_finds(
    reader: JournalReader, wanted: QueueFilter, limit: int, *, ranges_lead: bool
) -> None:
    queries, expected = ReviewQueries(reader), by_looking(reader, wanted)
    before, review_queries.SORTED = review_queries.SORTED, 10_000 if ranges_lead else 3
    try:
        found = [item.uid for page in pages(queries, wanted, limit) for item in page]
        count = queries.count(wanted)
    finally:
        review_queries.SORTED = before
    assert (found, count) == (expected, len(expected))


def test_counts_are_those_of_the_filters(reader: JournalReader) -> None:
    queries = ReviewQueries(reader)
    counts = queries.counts()
    assert counts.open == queries.count(QueueFilter()) == len(by_looking(reader, QueueFilter()))
    for why, parts in counts.by_why.items():
        assert parts == len(by_looking(reader, QueueFilter(whys=(why,))))
    for stage, parts in counts.by_stage.items():
        assert parts == len(by_looking(reader, QueueFilter(stage=stage)))
    for name, parts in counts.by_class.items():
        assert parts == len(by_looking(reader, QueueFilter(classes=(name,))))
    assert sum(counts.by_recipe.values()) == counts.open


@pytest.mark.parametrize(
    "wanted", [QueueFilter(), QueueFilter(classes=("class-1", "extra-1")), QueueFilter(score_low=0.5)]
)
def test_no_page_reads_a_whole_table(reader: JournalReader, wanted: QueueFilter) -> None:
    seen: list[tuple[str, Any]] = []

    def trace(_: object, statement: str, values: object) -> bool:
        seen.append((statement, values))
        return True

    reader.connection.exec_trace = trace
    try:
        ReviewQueries(reader).page(wanted)
    finally:
        reader.connection.exec_trace = None
    plans = {
        str(row[3])
        for statement, values in seen
        if "review_queue" in statement
        for row in reader.connection.execute(f"EXPLAIN QUERY PLAN {statement}", values)
    }
    assert plans
    assert not [
        step for step in plans if step.startswith("SCAN") and "VIRTUAL TABLE" not in step and "(sub" not in step
    ]


def test_the_bench_finds_its_parts(tmp_path: Path) -> None:
    measured = bench_review(tmp_path, parts=50_000)
    assert measured.waiting > 1500
    assert measured.filters > 60
    assert measured.next_ms > 0
    assert 0 < measured.first_ms < 100 * measured.bare_ms, "a page is found, not looked for"


# What is put in ----------------------------------------------------------------------------------------------------------

MakePart = Callable[..., Inspection]


@pytest.fixture
def open_with(
    data_dir: Path, key_path: Path, clock: Callable[[], datetime]
) -> Iterator[Callable[..., tuple[Journal, ReviewQueries]]]:
    opened: list[Journal | JournalReader] = []

    def make(**rules: object) -> tuple[Journal, ReviewQueries]:
        quiet = {"audit_share": 0.0, "drift_sigmas": 0.0}
        journal = Journal.open(data_dir, audit_key_path=key_path, now=clock, review=ReviewRules(**(quiet | rules)))  # type: ignore[arg-type]
        opened.append(journal)
        opened.append(reader := JournalReader(data_dir))
        return journal, ReviewQueries(reader)

    yield make
    for each in reversed(opened):
        each.close()


def test_what_brings_a_part_into_the_queue(
    open_with: Callable[..., tuple[Journal, ReviewQueries]], make_part: MakePart, make_view: Callable[..., View]
) -> None:
    journal, queries = open_with(audit_share=0.2, drift_sigmas=6.0)
    random = np.random.default_rng(1)
    rules = ReviewRules(audit_share=0.2)
    audits = set()
    for number in range(1, PARTS):
        part = make_part(
            number, View("top", "cam", score=float(random.normal(0.2, 0.01)), model_name="m", model_version="1")
        )
        journal.record(part)
        if rules.audits(part.trigger.uid):
            audits.add(part.trigger.uid)
    for number, kind, score in ((PARTS, NG, 0.9), (PARTS + 1, ND, 0.5), (PARTS + 2, OK, 0.4)):
        journal.record(make_part(number, View("top", "cam", score=score, model_name="m", model_version="1"), kind=kind))
    found = {why: {item.uid for item in queries.page(QueueFilter(whys=(why,))).items} for why in Why}
    number_of = {uid: uid.int - (1 << 100) for uids in found.values() for uid in uids}
    assert found[Why.AUDIT] - {uid for uid in found[Why.AUDIT] if number_of[uid] >= PARTS} == audits
    assert 10 < len(audits) < 40
    assert {number_of[uid] for uid in found[Why.NG]} == {PARTS}
    assert {number_of[uid] for uid in found[Why.NOT_DECIDABLE]} == {PARTS + 1}
    assert {number_of[uid] for uid in found[Why.DRIFT]} == {1, 2, 3, 4, 5, PARTS + 2}
    assert found[Why.GOLDEN] == set()


def test_a_part_is_found_by_all_that_was_said_of_it(
    open_with: Callable[..., tuple[Journal, ReviewQueries]],
    make_part: MakePart,
    make_view: Callable[..., View],
    make_defect: Callable[[str, float], Defect],
    clock: Callable[[], datetime],
) -> None:
    journal, queries = open_with(shift_of=lambda _: 3)
    view = make_view(journal.blobs, 1, defects=(make_defect("it's {odd}", 0.9),), camera="left")
    other = make_view(
        journal.blobs, 2, name="side", camera="right", model_version="4", defects=(make_defect("dent", 0.4),)
    )
    part = make_part(1, view, other, kind=NG)
    journal.record(part)
    uid = part.trigger.uid

    def finds(**wanted: object) -> bool:
        return [item.uid for item in queries.page(QueueFilter(**wanted)).items] == [uid]  # type: ignore[arg-type]

    assert all(finds(classes=(name,)) for name in ("it's {odd}", "dent"))
    assert all(finds(camera=name) for name in ("left", "right"))
    assert all(finds(model_version=name) for name in ("plate/3", "plate/4"))
    assert finds(
        shift=3, lot="P", recipe="plate", verdicts=(NG,), size_low_px=28.75, size_high_px=28.75, score_high=0.25
    )
    assert not any(finds(**{key: value}) for key, value in (("shift", 1), ("lot", "p"), ("size_low_px", 28.8)))
    proposed = Annotation(uuid4(), None, model_author("m", "1"), clock(), (32, 24), (), ("burr",))
    journal.annotate(uid, "top", None, proposed)
    assert not finds(classes=("burr",)), "a model proposes, it does not say"
    label = Label(uuid4(), "pit", Box(0, 0, 31, 5))
    journal.annotate(
        uid, "top", proposed.uid, Annotation(uuid4(), proposed.uid, "Mia", clock(), (32, 24), (label,), ("burr",))
    )
    assert finds(classes=("pit",), operator="Mia", size_low_px=31.0)
    assert finds(classes=("burr",))
    assert queries.counts().by_class == {"it's {odd}": 1, "dent": 1, "pit": 1, "burr": 1}


def test_an_older_journal_gets_its_queue(
    open_with: Callable[..., tuple[Journal, ReviewQueries]],
    make_part: MakePart,
    person_verdict: Verdict,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    journal, queries = open_with()
    for number in range(1, 8):
        journal.record(make_part(number, View("top", "cam"), kind=(OK, NG, ND)[number % 3]))
    journal.give_verdict(UUID(int=(1 << 100) + 3), person_verdict, OK)
    before = queries.page(QueueFilter()), queries.page(QueueFilter(stage=Stage.DONE)), queries.counts()
    connection = journal._connection
    for table in ("review_terms", "review_queue", "review_counts"):
        connection.execute(f"DELETE FROM {table}")
    connection.execute("DELETE FROM meta WHERE key = 'review_filled'")
    journal.close()
    monkeypatch.setattr("station.journal.review_rows.FILLED_AT_ONCE", 2)
    journal, queries = open_with()
    assert (queries.page(QueueFilter()), queries.page(QueueFilter(stage=Stage.DONE)), queries.counts()) == before
    assert len(before[0].items) == 5


# Opinions ----------------------------------------------------------------------------------------------------------------


def test_everybodys_opinion_is_told(
    open_with: Callable[..., tuple[Journal, ReviewQueries]],
    make_part: MakePart,
    make_view: Callable[..., View],
    make_defect: Callable[[str, float], Defect],
    clock: Callable[[], datetime],
    advance: Callable[[float], None],
) -> None:
    journal, queries = open_with(scheme=Scheme.SECOND_PASS, shift_of=lambda _: 2)
    parts = [
        make_part(number, make_view(journal.blobs, number, defects=(make_defect("dent", 0.9),)), kind=NG)
        for number in (1, 2, 3)
    ]
    for part in parts:
        journal.record(part)
    uid, untouched, agreed = (part.trigger.uid for part in parts)
    journal.give_verdict(uid, Verdict(OK, Author.OPERATOR, "dirt", clock(), "Mia"), NG)
    tagged = Annotation(uuid4(), None, "Mia", clock(), (32, 24), (), ("stain", "stain"))
    journal.annotate(uid, "top", None, tagged)
    advance(1)
    journal.review(uid, Word("Ann", Outcome.REJECT, None, OK), key=uuid4(), answer=str)
    for name in ("Ann", "Ben"):
        journal.review(agreed, Word(name, Outcome.ACCEPT, None, NG), key=uuid4(), answer=str)
    journal.set_golden(agreed, NG, "Eve", key=uuid4(), answer="")

    def told(opinion: Opinion) -> tuple[object, ...]:
        return opinion.uid, opinion.view, opinion.who, opinion.by, opinion.verdict, opinion.classes, opinion.stage

    assert [told(each) for each in queries.opinions(QueueFilter())] == [
        (uid, "", "plate/3", OpinionBy.MODEL, NG, ("dent",), None),
        (uid, "", "Mia", OpinionBy.OPERATOR, OK, ("stain",), None),
        (uid, "", "Ann", OpinionBy.QA, NG, (), Stage.FIRST),
        (uid, "top", "plate/3", OpinionBy.MODEL, None, ("dent",), None),
        (uid, "top", "Mia", OpinionBy.OPERATOR, None, ("stain",), None),
        (agreed, "", "plate/3", OpinionBy.MODEL, NG, ("dent",), None),
        (agreed, "", "Ben", OpinionBy.QA, NG, (), Stage.SECOND),
        (agreed, "", "Ann", OpinionBy.QA, NG, (), Stage.FIRST),
        (agreed, "", "golden", OpinionBy.REFERENCE, NG, (), None),
        (agreed, "top", "plate/3", OpinionBy.MODEL, None, ("dent",), None),
    ]
    assert {each.shift for each in queries.opinions(QueueFilter())} == {2}
    assert untouched not in {each.uid for each in queries.opinions(QueueFilter())}
    assert {each.uid for each in queries.opinions(QueueFilter(operator="Mia", classes=("stain",)))} == {uid}
    late = clock() + timedelta(days=1)
    assert list(queries.opinions(QueueFilter(since=late))) == []
