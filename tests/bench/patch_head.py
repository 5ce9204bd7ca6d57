"""What outlines are worth on the virtual line, and how long the next one takes to count.

Run by ``make patch-head``. In each world a one-class model is learned from 30 good parts, and a patch head from the same and 24
outlined ones. Both judge 40 bad and 10 good parts that neither has seen, once with defects as the line has them, once with faint
ones alone; the average precision is that of all pixels of all heat maps against the true outlines. Then a 25th part is outlined,
and the time runs until a model that has learned from it is loaded and warm. Nothing was tuned on these worlds. Fails where a
limit is not kept.
"""

import argparse
import hashlib
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import cv2
import numpy as np

from camera.virtual_part import DrawnPart, World, draw_part
from labeling.shapes import Polygon, frozen_points
from models.evaluate import auroc
from models.learning.feature_cache import FeatureCache
from models.learning.one_class import LearnSettings, learn
from models.learning.patch_features import PatchPicture
from models.learning.patch_head import learn_patch_head
from models.learning.pixel_curve import pixel_curve
from models.predictor import Predictor
from models.shelf import Shelf
from station.bench.rows import Relation, Row

WORLDS = (2001, 2002, 2003)
GOOD, OUTLINED, TESTED_BAD, TESTED_GOOD = 30, 24, 40, 10
SMALLEST_MM = 0.4
LIFT, SECONDS = 2.0, 3.0
FAINT = 0.1
"""Visibility of defects that are hard to see; those of a line have every one from 0 to 1, by lot."""
NOW = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Found:
    """Of one world: average precision of pixels and area under the ROC of parts, either by one-class and by patch head."""

    pixel_ap: tuple[float, float]
    auroc: tuple[float, float]
    seconds: float


def main() -> int:
    """Measure, print a table, fail where a limit is not kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", default="2448x2048", help="of the pictures")
    parser.add_argument("--worlds", type=int, default=len(WORLDS), help="how many worlds")
    args = parser.parse_args()
    width, height = (int(side) for side in args.size.split("x"))
    rows, seconds = [], []
    for visibility, kind in ((None, "defects as the line has them"), (FAINT, "faint defects")):
        found = []
        for seed in WORLDS[: args.worlds]:
            one = measure(World(width, height, seed=seed, visibility=visibility))
            found.append(one)
            sys.stdout.write(
                f"{kind}, world {seed}: pixel AP {one.pixel_ap[0]:.3f} -> {one.pixel_ap[1]:.3f}, part AUROC "
                f"{one.auroc[0]:.3f} -> {one.auroc[1]:.3f}, {one.seconds:.2f} s\n"
            )
            sys.stdout.flush()
        rows.append(_lift(kind, found))
        seconds += [one.seconds for one in found]
    rows.append(
        Row("25th outline to a loaded model", statistics.median(seconds), 0.0, "s", "", Relation.AT_MOST, SECONDS)
    )
    for row in rows:
        sys.stdout.write(
            f"{row.name}: {row.figure:.3f} {row.unit}, limit {row.limit} {'met' if row.met else 'NOT MET'}\n"
        )
    return 0 if all(row.met for row in rows) else 1


def _lift(kind: str, found: Sequence[Found]) -> Row:
    before, after = (statistics.mean(one.pixel_ap[head] for one in found) for head in (0, 1))
    name = f"lift of pixel AP by 24 outlines, {kind}"
    return Row(name, after / before, before, "x", "pixel AP one-class", Relation.AT_LEAST, LIFT)


def measure(world: World) -> Found:
    """Measure one world."""
    clean, bad = replace(world, defect_rate=0.0), replace(world, defect_rate=1.0)
    settings = LearnSettings("plate", smallest_defect_px=SMALLEST_MM / world.mm_per_px, threads=1)
    good = [labelled(draw_part(clean, number)) for number in range(GOOD)]
    outlined = [labelled(draw_part(bad, 1000 + number)) for number in range(OUTLINED + 1)]
    with tempfile.TemporaryDirectory(prefix="patch-head-") as name:
        shelf, cache = Shelf(Path(name) / "models"), FeatureCache(Path(name) / "features")
        one_class = learn([one.load() for one in good], settings)
        alone = Predictor.load(one_class.save(shelf, NOW), threads=1)
        patch = learn_patch_head([*good, *outlined[:-1]], settings, cache)
        both = Predictor.load(shelf.add(patch.manifest(NOW), patch.model, patch.reference), threads=1)
        parts = [draw_part(bad, 2000 + number) for number in range(TESTED_BAD)]
        parts += [draw_part(clean, 2000 + number) for number in range(TESTED_GOOD)]
        results = [judged(predictor, parts) for predictor in (alone, both)]
        begin = time.perf_counter()
        more = learn_patch_head([*good, *outlined], settings, cache)
        Predictor.load(shelf.add(more.manifest(NOW), more.model, more.reference), threads=1).warm_up()
        seconds = time.perf_counter() - begin
    return Found((results[0][0], results[1][0]), (results[0][1], results[1][1]), seconds)


def labelled(drawn: DrawnPart) -> PatchPicture:
    """Return a part as somebody labels it who sees everything."""
    shapes = tuple(Polygon(frozen_points(one.outline)) for one in drawn.truth.defects)
    digest = hashlib.sha256(drawn.pixels.tobytes()).hexdigest()
    return PatchPicture(digest, digest, lambda: drawn.pixels, shapes)


def judged(predictor: Predictor, parts: Sequence[DrawnPart]) -> tuple[float, float]:
    """Return the average precision of pixels, and the area under the ROC of parts."""
    maps, covered, scores = [], [], []
    for drawn in parts:
        prediction = predictor.predict(drawn.pixels)
        heat = prediction.heat_map
        assert heat is not None
        mask = np.zeros(drawn.pixels.shape, np.uint8)
        for one in drawn.truth.defects:
            cv2.fillPoly(mask, [np.rint(one.outline * 16).astype(np.int32)], (255,), cv2.LINE_8, 4)
        maps.append(heat)
        size = heat.shape[1], heat.shape[0]
        covered.append(cv2.resize(mask, size, interpolation=cv2.INTER_AREA).astype(np.float32) / np.float32(255))
        scores.append(prediction.score)
    whole = np.ones(maps[0].shape, np.float32)
    return pixel_curve(maps, covered, whole).average_precision, auroc(scores[TESTED_BAD:], scores[:TESTED_BAD])


if __name__ == "__main__":
    raise SystemExit(main())
