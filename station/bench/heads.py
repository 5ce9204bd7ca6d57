"""What the whole inference of each head costs beside the bare run of its model, at an input of 640."""

import numpy as np

from models.bench import Comparison, overhead
from models.bench_heads import SIDE, SOURCE, predictors
from station.bench.rows import Relation, Row

MOST = 1.15


def head_rows(runs: int) -> list[Row]:
    """Measure preprocessing, run and decoding of a picture of 5 MP in colour, by each head in turn with its bare run."""
    picture = np.random.default_rng(0).integers(0, 256, (SOURCE[1], SOURCE[0], 3), dtype=np.uint8)
    rows = []
    for name, predictor in predictors():
        predictor.warm_up()
        measured = overhead(predictor, picture, runs)
        rows.append(whole_row(f"at {SIDE}, {name}: preprocessing, run and decoding", measured))
    return rows


def whole_row(what: str, measured: Comparison) -> Row:
    """Return the row of a whole inference beside its bare run."""
    return Row(
        name=f"whole inference {what}",
        figure=measured.other_ms,
        baseline=measured.base_ms,
        unit="ms",
        baseline_name="bare session.run",
        relation=Relation.RATIO,
        limit=MOST,
    )
