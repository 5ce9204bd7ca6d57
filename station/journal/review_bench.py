"""How fast pages of the review queue are found among a million parts, beside the barest query for as many rows."""

import random
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from station.journal.connection import open_writer
from station.journal.reader import DATABASE, JournalReader
from station.journal.review_queries import ReviewQueries
from station.journal.store import Journal
from station.line.inspection import VerdictKind
from station.review.queue import QueueFilter, Stage, Why

START = datetime(2026, 1, 1, tzinfo=UTC)
TAKT = timedelta(seconds=3)
PAGE = 100
REPETITIONS = 5
COMBINATIONS = 60

# Of 1000 parts 30 are NG, 10 not decidable and 15 drawn at random; one in four of these is reviewed. Primes scatter the rest.
_PARTS = """
INSERT INTO parts (uid, inspection_id, acquisition_id, part_seq, part_id, encoder, time, monotonic_ns, recipe_name,
    recipe_version, recipe_sha256, verdict, by, author, reason, score, defects, worst_class, model, cycle_ms, review)
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :parts)
SELECT printf('%08x-0000-7000-8000-%012x', i, i), i, i, i, 'LOT' || (i / 5000) || '-' || i, 0,
    strftime('%Y-%m-%dT%H:%M:%S', :start + 3 * i, 'unixepoch') || '.000000+00:00', i, 'recipe-' || (i / 1000 % 5), 1, '',
    CASE WHEN i * 7919 % 1000 < 30 THEN 'NG' WHEN i * 7919 % 1000 < 40 THEN 'NOT_DECIDABLE' ELSE 'OK' END,
    'rules', '', 'measured', (i * 104723 % 10007) / 10007.0, 1, 'class-' || (i * 611953 % 97 % 8), 'plate/' || (i / 200000), 80,
    'none'
FROM n"""
_QUEUE = """
INSERT INTO review_queue (part, open, rank, whys, shift, score, size_px, stage, verdict, recipe, time, lot, terms, drawn)
SELECT id, id % 4 > 0, -(id * 15485863 % 1000), CASE verdict WHEN 'NG' THEN 1 WHEN 'OK' THEN 16 ELSE 2 END, id / 9600 % 3 + 1,
    score, id * 32452843 % 400, CASE WHEN id % 4 = 0 THEN 'done' WHEN id % 20 = 1 THEN 'second' ELSE 'first' END, verdict,
    recipe_name, time, part_id, concat_ws(char(10), '', 'verdict=' || verdict, 'recipe=' || recipe_name,
        'shift=' || (id / 9600 % 3 + 1),
        'stage=' || CASE WHEN id % 4 = 0 THEN 'done' WHEN id % 20 = 1 THEN 'second' ELSE 'first' END,
        'class=' || worst_class, 'class=extra-' || (id % 30),
        'why=' || CASE verdict WHEN 'NG' THEN 'ng' WHEN 'OK' THEN 'audit' ELSE 'not-decidable' END,
        'camera=cam-' || (id % 4), 'model=' || model, 'operator=person-' || (id * 7 % 12), ''), 0
FROM parts WHERE verdict <> 'OK' OR id * 49979687 % 1000 < 15"""
_TERMS = """
INSERT INTO review_terms (open, term, rank, part)
SELECT open, each.value, rank, part
FROM review_queue, json_each('["' || replace(trim(terms, char(10)), char(10), '","') || '"]') AS each"""


@dataclass(frozen=True, slots=True)
class ReviewBench:
    """Figures of one run, in milliseconds of processor time: the slowest first and next page, and the barest query."""

    parts: int
    waiting: int
    filters: int
    first_ms: float
    next_ms: float
    bare_ms: float
    slowest: QueueFilter


def bench_review(folder: Path, *, parts: int = 1_000_000) -> ReviewBench:
    """Measure on a journal made for it in `folder`, which must be empty: every filter by itself, and many combinations.

    Raises
    ------
    StorageError
        If the folder cannot be written.
    """
    make_queue(folder, parts)
    with JournalReader(folder / "data") as reader:
        queries = ReviewQueries(reader)
        bare_ms = _cpu_ms(lambda: reader.connection.execute(_BARE, (PAGE,)).fetchall())
        timed = [(_pages_ms(queries, wanted), wanted) for wanted in filters(parts)]
        waiting = queries.counts().open
    (first_ms, _), slowest = max(timed, key=lambda each: each[0][0])
    next_ms = max(pages[1] for pages, _ in timed)
    return ReviewBench(parts, waiting, len(timed), first_ms, next_ms, bare_ms, slowest)


_BARE = "SELECT * FROM review_queue WHERE open = 1 ORDER BY rank, part LIMIT ?"


def make_queue(folder: Path, parts: int) -> None:
    """Write a journal with so many parts, and the queue they make, by a few statements.

    Raises
    ------
    StorageError
        If the folder cannot be written.
    """
    with Journal.open(folder / "data", audit_key_path=folder / "audit.key"):
        pass
    connection = open_writer(folder / "data" / DATABASE, 5.0)
    try:
        connection.pragma("synchronous", "off")  # nobody misses it after a power cut
        connection.execute("BEGIN")
        connection.execute(_PARTS, {"parts": parts, "start": int(START.timestamp())})
        connection.execute(_QUEUE)
        connection.execute(_TERMS)
        connection.execute("COMMIT")
    finally:
        connection.close()


def filters(parts: int) -> Iterator[QueueFilter]:
    """Yield each filter by itself, then combinations of two to four that were drawn once and for all."""
    end = START + parts * TAKT
    single: dict[str, list[dict[str, object]]] = {
        "time": [
            {"since": end - timedelta(hours=8)},
            {"since": end - (end - START) / 2},
            {"since": START, "until": START + timedelta(minutes=30)},
        ],
        "shift": [{"shift": 2}],
        "lot": [{"lot": "LOT1"}, {"lot": f"LOT{parts // 10_000}-"}],
        "recipe": [{"recipe": "recipe-3"}, {"recipe": "none"}],
        "classes": [{"classes": ("class-3",)}, {"classes": ("class-1", "extra-7", "class-5")}],
        "camera": [{"camera": "cam-2"}],
        "verdicts": [{"verdicts": (VerdictKind.NG,)}, {"verdicts": (VerdictKind.NG, VerdictKind.NOT_DECIDABLE)}],
        "whys": [{"whys": (Why.AUDIT,)}, {"whys": (Why.NG, Why.DISAGREEMENT)}],
        "operator": [{"operator": "person-5"}],
        "model": [{"model_version": "plate/1"}, {"model_version": "plate/0"}],
        "score": [{"score_low": 0.4, "score_high": 0.5}, {"score_high": 0.9}],
        "size": [{"size_low_px": 399.0}, {"size_low_px": 50.0}],
        "stage": [{"stage": Stage.SECOND}, {"stage": Stage.DONE}],
    }
    yield QueueFilter()
    for ways in single.values():
        yield from (QueueFilter(**way) for way in ways)  # type: ignore[arg-type]
    chance = random.Random(1)
    for _ in range(COMBINATIONS):
        kinds = chance.sample(sorted(single), chance.randint(2, 4))
        chosen: dict[str, object] = {}
        for kind in kinds:
            chosen |= chance.choice(single[kind])
        yield QueueFilter(**chosen)  # type: ignore[arg-type]


def _pages_ms(queries: ReviewQueries, wanted: QueueFilter) -> tuple[float, float]:
    """Time the first page, and the next one; 0 where there is none."""
    first = queries.page(wanted, None, PAGE)
    first_ms = _cpu_ms(lambda: queries.page(wanted, None, PAGE))
    if first.cursor is None:
        return first_ms, 0.0
    return first_ms, _cpu_ms(lambda: queries.page(wanted, first.cursor, PAGE))


def _cpu_ms(work: Callable[[], object]) -> float:
    """Return this thread's processor time for it, the median of several: what others do on the machine is not the query's."""
    taken = []
    for _ in range(REPETITIONS):
        begin = time.thread_time()
        work()
        taken.append(time.thread_time() - begin)
    return statistics.median(taken) * 1000
