"""How long VOC masks take beside datumaro, which gets the same pictures and outlines in an environment of its own.

    .venv/bin/python tests/formats/speed.py [--work DIR] [--images N]

Writes 1,000 pictures of 2 megapixels with 5,000 outlines as COCO labels, has datumaro make VOC with masks of them, and the
station the same. Fails where datumaro is less than five times as slow.
"""

import argparse
import shutil
import subprocess
import sys
import time
import venv
from pathlib import Path

import cv2
import numpy as np

from labeling.formats.bench import SIZE, write

READER = "datumaro==1.13.0"
LEAST = 5.0
THEIRS = """
import sys, time
import datumaro as dm
data = dm.Dataset.import_from(sys.argv[1], "coco_instances")
begin = time.perf_counter()
data.transform("polygons_to_masks")
data.export(sys.argv[2], "voc_segmentation", save_media=False)
print(time.perf_counter() - begin)
"""


def main() -> int:
    """Measure both; fail where the station is not fast enough."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, default=Path("build/formats-check"))
    parser.add_argument("--images", type=int, default=1000)
    args = parser.parse_args()
    python, work = args.work.absolute() / "datumaro/bin/python", args.work.absolute() / "speed"
    shutil.rmtree(work, ignore_errors=True)
    if not python.exists():
        venv.create(python.parent.parent, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "-q", READER], check=True)
    write("coco", work / "labels", args.images)
    write_pictures(work / "labels/images/train", args.images)
    begin = time.perf_counter()
    write("voc", work / "ours", args.images)
    ours_s = time.perf_counter() - begin
    command = [python, "-c", THEIRS, str(work / "labels"), str(work / "theirs")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.stderr.write(done.stderr[-3000:])
        return 1
    theirs_s = float(done.stdout.split()[-1])
    masks = {name: len(list((work / name).rglob("SegmentationObject/*.png"))) for name in ("ours", "theirs")}
    sys.stdout.write(
        f"VOC masks of {args.images} pictures: {ours_s:.1f} s ({masks['ours']} masks), "
        f"{READER} {theirs_s:.1f} s ({masks['theirs']} masks): {theirs_s / ours_s:.1f} times as fast\n"
    )
    shutil.rmtree(work)
    return 0 if theirs_s >= LEAST * ours_s and masks["ours"] == masks["theirs"] == args.images else 1


def write_pictures(folder: Path, images: int) -> None:
    """Write grey pictures, which the reader wants to find beside the labels."""
    folder.mkdir(parents=True)
    grey = cv2.imencode(".png", np.full(SIZE[::-1], 128, np.uint8))[1].tobytes()
    for number in range(images):
        (folder / f"part-{number}.png").write_bytes(grey)


if __name__ == "__main__":
    sys.exit(main())
