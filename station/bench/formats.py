"""What writing labels for a trainer costs beside a bare writer of the same files, and how much memory it takes."""

from pathlib import Path

from labeling.formats.bench import OUTLINES, bench_formats, peak_memory_mb
from station.bench.rows import Relation, Row


def format_rows(folder: Path, images: int) -> list[Row]:
    """Measure, in pictures of 2 megapixels with five outlines each."""
    what = f"{images} pictures of 2 MP with {images * OUTLINES} outlines"
    rows = [
        Row(
            name=f"writing {what} as {each.form}",
            figure=each.ours_s,
            baseline=each.bare_s,
            unit="s CPU",
            baseline_name="a bare writer of the same files",
            relation=Relation.RATIO,
            limit=2.0,
        )
        for each in bench_formats(folder, images)
    ]
    few, all_of_them = (peak_memory_mb("voc", folder / "memory", number) for number in (max(images // 10, 1), images))
    memory = Row(
        name=f"memory at its peak, writing {what} as voc",
        figure=all_of_them,
        baseline=few,
        unit="MB",
        baseline_name="a tenth of the pictures",
        relation=Relation.AT_MOST,
        limit=300.0,
    )
    return [*rows, memory]
