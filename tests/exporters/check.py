"""Models as their own exporters write them, read by the station, beside what those libraries find in the same pictures.

    .venv/bin/python tests/exporters/check.py [--work DIR] [--only NAME] [--keep]

Each exporter is installed into DIR (build/model-exporters; some 7 GB, for torch), writes files of networks with seeded random
weights, and reads them back by its own post-processing. Each file then goes through `station models add`, and what the station
finds is compared in pixels of the picture. Prints a line a file; exit 1 where anything is refused or differs. With --keep the
files of an earlier run are read again.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from compare import Seen, Tally, compared

from models.errors import ModelError
from models.predictor import Predictor

HERE = Path(__file__).parent
STATION = Path(sys.executable).with_name("station")
SIZES = ((640, 640), (517, 391), (1003, 431), (323, 777))
"""(width, height) of the pictures."""
TORCH = (
    "torch==2.15.0",
    "torchvision==0.29.2",
    "onnx==1.23.2",
    "onnxruntime==1.31.1",
    "onnxscript==0.7.2",
    "onnxslim==0.1.98",
)
"""What all of them stand on, in an environment of its own that theirs look into."""
EXPORTERS = {
    "ultralytics": ("ultralytics==8.4.190",),
    "transformers": ("transformers==5.23.0",),
    "rfdetr": ("rfdetr==1.11.2", "transformers==5.23.0"),
    "anomalib": ("anomalib==2.7.0",),
}
"""Name, which is that of the program in `peers/` too → what it is installed from."""
OFFLINE = {"HF_HUB_OFFLINE": "1", "YOLO_OFFLINE": "true", "YOLO_AUTOINSTALL": "false", "TQDM_DISABLE": "1"}


@dataclass(frozen=True, slots=True)
class Case:
    """One file of an exporter."""

    folder: Path

    @property
    def about(self) -> dict[str, Any]:
        """What kind of result it has, who reckoned it, and its classes."""
        return dict(json.loads((self.folder / "about.json").read_text()))


def main() -> int:
    """Check every exporter, or one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, default=Path("build/model-exporters"))
    parser.add_argument("--only", choices=EXPORTERS, action="append")
    parser.add_argument("--keep", action="store_true", help="read the files of an earlier run again")
    args = parser.parse_args()
    work = args.work.absolute()
    drawn(work / "pictures")
    same = [line(case, work / "pictures") for name in args.only or EXPORTERS for case in cases(name, work, args.keep)]
    sys.stdout.write(f"{sum(same)} of {len(same)} files are read as their exporters read them\n")
    return 0 if same and all(same) else 1


def drawn(folder: Path) -> None:
    """Draw the pictures: soft ground, and ellipses of every size upon it."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, (width, height) in enumerate(SIZES):
        random = np.random.default_rng(100 + number)
        ground = cv2.GaussianBlur(random.integers(0, 256, (height, width, 3), dtype=np.uint8), (0, 0), 6)
        picture = np.clip((ground.astype(float) - 128) * 6 + 128, 0, 255).astype(np.uint8)
        for _ in range(14):
            colour = random.integers(0, 256, 3).tolist()
            centre = int(random.integers(0, width)), int(random.integers(0, height))
            axes = tuple(random.integers(8, min(width, height) // 4, 2).tolist())
            cv2.ellipse(picture, centre, axes, float(random.uniform(0, 180)), 0, 360, colour, -1, cv2.LINE_AA)
        cv2.imwrite(str(folder / f"p{number}-{width}x{height}.png"), cv2.GaussianBlur(picture, (0, 0), 1.2))


def cases(name: str, work: Path, keep: bool) -> Iterator[Case]:
    """Let an exporter write its files, and yield them. Raises `SystemExit` where it cannot."""
    out = work / "files" / name
    if not keep:
        shutil.rmtree(out, ignore_errors=True)
        out.mkdir(parents=True)
        settings = os.environ | OFFLINE | {"YOLO_CONFIG_DIR": str(work / "settings")}
        program = [environment(name, work), str(HERE / "peers" / f"{name}_models.py"), str(out), str(work / "pictures")]
        done = subprocess.run(program, capture_output=True, text=True, check=False, env=settings)
        if done.returncode:
            raise SystemExit(f"{name} failed:\n{done.stdout[-1000:]}{done.stderr[-3000:]}")
    for about in sorted(out.glob("*/about.json")):
        yield Case(about.parent)


def environment(name: str, work: Path) -> str:
    """Return the Python of an exporter's environment; made where there is none."""
    shared = work / "environments" / "torch"
    _made(shared, TORCH, None)
    own = work / "environments" / name
    _made(own, EXPORTERS[name], shared)
    return str(own / "bin" / "python")


def _made(folder: Path, wanted: tuple[str, ...], shared: Path | None) -> None:
    """Make an environment that sees what another one has, if there is one, unless it is there whole."""
    whole = folder / "whole"
    if whole.exists():
        return
    venv.create(folder, with_pip=True, clear=True)
    if shared is not None:
        (libraries,) = shared.glob("lib/python*/site-packages")
        own = next(folder.glob("lib/python*/site-packages"))
        (own / "shared.pth").write_text(f"{libraries}\n")
    subprocess.run([str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", *wanted], check=True)
    whole.touch()


def line(case: Case, pictures: Path) -> bool:
    """Print what becomes of a file, and say whether it is what its exporter finds."""
    about = case.about
    name = f"{case.folder.name} ({about['by']})"
    try:
        tally, manifest = judged(case, pictures)
    except ModelError as error:
        sys.stdout.write(f"{name:52} REFUSED {error}\n")
        return False
    head, assumed = manifest["head"], ", ".join(manifest["assumed"]) or "nothing"
    figures = f"{tally.results} results, {tally.alone_there} only there, {tally.alone_here} only here"
    apart = f"scores {tally.score:.1e}, outlines {tally.pixels:.2f} px, masks {tally.overlap:.3f}"
    same = tally.same(about.get("exchanged", 0.0))
    verdict = "same   " if same else "DIFFERS"
    sys.stdout.write(f"{name:52} {head:26} {verdict} {figures}; {apart}; assumed: {assumed}\n")
    sys.stdout.flush()
    return same


def judged(case: Case, pictures: Path) -> tuple[Tally, dict[str, Any]]:
    """Take a file in by the station's own command, and compare what it finds. Raises `ModelError` where it is refused."""
    about, total = case.about, Tally()
    with tempfile.TemporaryDirectory() as scratch, np.load(case.folder / "reference.npz") as noted:
        name = re.sub("[^a-z0-9]+", "-", case.folder.name.lower())
        command = [STATION, "models", "add", case.folder / "model.onnx", "--name", name, "--data", scratch, "--json"]
        sidecar = case.folder / "sidecar.json"
        command += ["--sidecar", sidecar] if sidecar.exists() else []
        done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
        if done.returncode:
            raise ModelError(done.stderr.strip())
        added = json.loads(done.stdout)
        predictor = Predictor.load(Path(scratch) / "models" / name / added["version"], threads=1)
        for path in sorted(pictures.glob("*.png")):
            pixels = cv2.imread(str(path), cv2.IMREAD_COLOR)
            assert pixels is not None
            mine = {key.split("/")[1]: noted[key] for key in noted.files if key.startswith(f"{path.stem}/")}
            seen = Seen((pixels.shape[0], pixels.shape[1]), mine, tuple(about["classes"]))
            total.add(compared(about["kind"], predictor.predict(np.ascontiguousarray(pixels[..., ::-1])), seen))
    return total, added["manifest"] | {"assumed": added["assumed"]}


if __name__ == "__main__":
    sys.exit(main())
