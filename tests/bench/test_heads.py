"""What preprocessing and decoding cost beside the bare run, by head; ratios in one run."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from camera.virtual_part import World, draw_part
from models.bench import overhead
from models.learning.one_class import LearnSettings, learn
from models.predictor import Predictor
from models.shelf import Shelf
from station.bench.heads import head_rows, whole_row

pytestmark = pytest.mark.bench


def test_whole_inference_costs_little_more_than_the_bare_run() -> None:
    rows = head_rows(5)
    assert [row.name.split(",")[1].split(":")[0].strip() for row in rows] == [
        "classification",
        "detection",
        "segmentation",
    ]
    for row in rows:
        print(f"{row.name}: {row.figure:.1f} ms, {row.baseline:.1f} ms, {row.compared:.2f} times")
        assert row.compared < 2.0


def test_so_does_that_of_the_anomaly_graph_as_it_is_learned(tmp_path: Path) -> None:
    world = World(seed=3, defect_rate=0.0)
    settings = LearnSettings("plate", smallest_defect_px=10.0, threads=1)
    learned = learn([draw_part(world, number).pixels for number in range(8)], settings)
    predictor = Predictor.load(learned.save(Shelf(tmp_path), datetime.now(UTC)), threads=1)
    predictor.warm_up()
    row = whole_row("of the anomaly graph", overhead(predictor, draw_part(world, 9).pixels))
    print(f"{row.name}: {row.figure:.1f} ms, {row.baseline:.1f} ms, {row.compared:.2f} times")
    assert row.compared < 2.0
