"""Exports opened by readers that nobody here wrote, each in an environment of its own.

    .venv/bin/python tests/formats/check.py [--work DIR] [--only NAME]

Makes a small dataset, writes it in each format, installs each reader into DIR (build/formats-check), and has it read. Prints one
line a reader and fails when any refuses or finds something else than was written.
"""

import argparse
import json
import shutil
import subprocess
import sys
import venv
from pathlib import Path
from uuid import UUID

import cv2
import numpy as np

from labeling.annotation import Label
from labeling.dataset import Item, Notes, Target
from labeling.formats.registry import FORMATS
from labeling.shapes import Box, Polygon, frozen_points

SIZE = (320, 240)
CLASSES = ("pit", "scratch")

READERS: dict[str, tuple[str, str]] = {
    "pycocotools": (
        "pycocotools==2.0.11",
        """
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval
import numpy as np
truth = COCO(f"{root}/coco/annotations/instances_train.json")
assert len(truth.getImgIds()) == expected["images"] and len(truth.getAnnIds()) == expected["labels"]
for row in truth.loadAnns(truth.getAnnIds()):
    assert int(truth.annToMask(row).sum()) == expected["pixels"][str(row["id"])], row["id"]
found = [{**{k: row[k] for k in ("image_id", "category_id", "bbox")}, "score": 0.9,
          "segmentation": truth.annToRLE(row)} for row in truth.loadAnns(truth.getAnnIds())]
for kind in ("bbox", "segm"):
    scorer = COCOeval(truth, truth.loadRes([dict(row) for row in found]), kind)
    scorer.evaluate(); scorer.accumulate(); scorer.summarize()
    assert scorer.stats[0] == 1.0, (kind, scorer.stats[0])
""",
    ),
    "supervision": (
        "supervision==0.31.0",
        """
import supervision as sv
data = sv.DetectionDataset.from_coco(f"{root}/coco/images/train", f"{root}/coco/annotations/instances_train.json")
assert sum(len(each) for _, _, each in data) == expected["labels"] and data.classes == expected["classes"]
yolo = f"{root}/yolo-seg"
data = sv.DetectionDataset.from_yolo(
    f"{yolo}/images/train", f"{yolo}/labels/train", f"{yolo}/data.yaml", force_masks=True)
assert sum(len(each) for _, _, each in data) == expected["labels"] and data.classes == expected["classes"]
data = sv.DetectionDataset.from_pascal_voc(f"{root}/voc/JPEGImages", f"{root}/voc/Annotations")
assert sum(len(each) for _, _, each in data) == expected["labels"]
""",
    ),
    "datumaro": (
        "datumaro==1.13.0",
        """
import datumaro as dm
for form, name in (("coco", "coco"), ("voc", "voc"), ("cvat", "cvat")):
    data = dm.Dataset.import_from(f"{root}/{form}", name)
    images = [item for item in data]
    labels = sum(1 for item in images for a in item.annotations
                 if a.type in (dm.AnnotationType.polygon, dm.AnnotationType.bbox, dm.AnnotationType.mask))
    assert len(images) == expected["images"], (form, len(images))
    assert labels >= expected["labels"], (form, labels)
""",
    ),
    "mlcroissant": (
        "mlcroissant==1.0.22",
        """
import mlcroissant as mlc
data = mlc.Dataset(f"{root}/croissant/croissant.json")
names = [row["items/name"] for row in data.records("items")]
assert len(names) == expected["images"], names
""",
    ),
}


def main() -> int:
    """Check every reader, or one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, default=Path("build/formats-check"))
    parser.add_argument("--only", choices=READERS, action="append")
    args = parser.parse_args()
    work = args.work.absolute()
    shutil.rmtree(work / "data", ignore_errors=True)
    expected = make(work / "data")
    failed = [name for name in args.only or READERS if not _passes(name, work, expected)]
    return 1 if failed else 0


def make(root: Path) -> dict[str, object]:
    """Write the dataset in every format; return what a reader has to find."""
    random = np.random.default_rng(4)
    items, pixels = [], []
    for index in range(6):
        picture = cv2.imencode(".png", random.integers(0, 255, (SIZE[1], SIZE[0]), dtype=np.uint8))[1].tobytes()
        labels = [] if index == 0 else _labels(index)
        pixels += [1600 - 100, 4000] * bool(labels)
        items.append(Item(f"part-{index}", SIZE, tuple(labels), picture=lambda data=picture: data))
    for name, form in FORMATS.items():
        (root / name).mkdir(parents=True)
        form.write(iter(items), Target(root / name, CLASSES, Notes()))
    numbered = {str(number): count for number, count in enumerate(pixels, 1)}
    return {"images": len(items), "labels": len(pixels), "classes": list(CLASSES), "pixels": numbered}


def _labels(index: int) -> list[Label]:
    shift = 3 * index
    ring = np.array([[9.5, 19.5], [49.5, 19.5], [49.5, 59.5], [9.5, 59.5]]) + shift
    hole = np.array([[19.5, 29.5], [29.5, 29.5], [29.5, 39.5], [19.5, 39.5]]) + shift
    shapes = (Polygon(frozen_points(ring), (frozen_points(hole),)), Box(99.5, 99.5, 199.5, 139.5))
    return [Label(UUID(int=10 * index + place), CLASSES[place], shape) for place, shape in enumerate(shapes)]


def _passes(name: str, work: Path, expected: dict[str, object]) -> bool:
    requirement, code = READERS[name]
    python = work / name / "bin/python"
    if not python.exists():
        venv.create(work / name, with_pip=True)
    installed = subprocess.run(
        [python, "-m", "pip", "install", "-q", requirement], capture_output=True, text=True, check=False
    )
    if installed.returncode:
        sys.stderr.write(installed.stderr[-2000:])
        sys.stdout.write(f"{requirement}: NOT INSTALLED\n")
        return False
    head = f"import json\nroot = {str(work / 'data')!r}\nexpected = json.loads({json.dumps(json.dumps(expected))})\n"
    done = subprocess.run([python, "-c", head + code], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.stderr.write(done.stdout[-2000:] + done.stderr[-3000:])
    sys.stdout.write(f"{requirement}: {'reads what was written' if done.returncode == 0 else 'FAILED'}\n")
    sys.stdout.flush()
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
