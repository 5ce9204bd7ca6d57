"""What the review's window takes, beside reading and decoding when they are asked for; in a process of its own."""

import json
import subprocess
import sys

from station.bench.rows import Relation, Row

PAGES = 3


def review_window_rows(size: tuple[int, int] = (2448, 2048), pages: int = PAGES) -> list[Row]:
    """Measure with pictures of that size: the next part, and a page of 24 crops."""
    numbers = ["--size", *size, "--pages", pages]
    command = [sys.executable, "-m", "station.ui.review.bench", *(str(number) for number in numbers)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    figures: dict[str, float] = json.loads(done.stdout)
    megapixels = f"{size[0] * size[1] / 1e6:.0f} MP"
    return [
        Row(
            name=f"review: the next part of {megapixels} painted, as it was read ahead",
            figure=figures["part_ms"],
            baseline=figures["cold_part_ms"],
            unit="ms",
            baseline_name="reading and decoding it alone",
            relation=Relation.AT_MOST,
            limit=100.0,
        ),
        Row(
            name=f"review: the grid's next page of 24 crops of {megapixels} painted",
            figure=figures["page_ms"],
            baseline=figures["cold_page_ms"],
            unit="ms",
            baseline_name="cutting the crops alone",
            relation=Relation.AT_MOST,
            limit=150.0,
        ),
    ]
