"""How fast the review queue's pages are found among a million parts."""

from pathlib import Path

from station.bench.rows import Relation, Row
from station.journal.review_bench import bench_review

BESIDE = "one index, unfiltered"


def review_rows(folder: Path, parts: int) -> list[Row]:
    """Measure every filter's first and next page; the slowest filter counts."""
    measured = bench_review(folder, parts=parts)
    queue = f"review queue, {measured.parts:,} parts of which {measured.waiting:,} wait"
    slowest = f"of the slowest of {measured.filters} filters, processor time"
    return [
        _row(f"{queue}: first page {slowest}", measured.first_ms, measured.bare_ms, 10.0),
        _row(f"{queue}: next page {slowest}", measured.next_ms, measured.bare_ms, 5.0),
    ]


def _row(name: str, figure_ms: float, bare_ms: float, limit_ms: float) -> Row:
    return Row(
        name=name,
        figure=figure_ms,
        baseline=bare_ms,
        unit="ms",
        baseline_name=BESIDE,
        relation=Relation.AT_MOST,
        limit=limit_ms,
    )
