"""MVTec AD: `train/good`, `test/good`, `test/<defect>`, `ground_truth/<defect>/*_mask.png` (Bergmann et al., CVPR 2019).

Training pictures are good ones only. A picture stands under the class that covers most of it; its mask, 0 and 255, has all of
its defects, and a good picture has none.
"""

import io
from collections import Counter
from collections.abc import Iterable
from functools import partial

import numpy as np
import numpy.typing as npt
from PIL import Image

from labeling.dataset import FormatError, Item, Target, file_name
from labeling.formats.geometry import rasterised
from labeling.shapes import Keypoint, Polyline

_GOOD = "good"


def write(items: Iterable[Item], target: Target) -> None:
    """Write good pictures of the training split to train, all others to test, and a mask for each bad one."""
    folders = _folders(target.classes)
    for item in items:
        if not item.labels:
            if item.tags:
                target.notes.add("a picture with tags but no outline left out: a bad one needs a mask")
            else:
                target.picture(item, f"{'train' if item.split == 'train' else 'test'}/{_GOOD}")
            continue
        if item.tags:
            target.notes.add("a tag of a whole picture left out")
        mask, areas = _mask(item, target)
        if not areas:
            target.notes.add("a picture with nothing but lines and points left out: a bad one needs a mask")
            continue
        if len(areas) > 1:
            target.notes.add("a picture with defects of several classes under the largest")
        if item.split == "train":
            target.notes.add("a bad picture of the training split in test: training pictures are good ones")
        folder = folders[max(areas, key=lambda name: areas[name])]
        target.picture(item, f"test/{folder}")
        target.costly(f"ground_truth/{folder}/{item.name}_mask.png", partial(png, mask))


def _folders(classes: tuple[str, ...]) -> dict[str, str]:
    """Return a folder for each class; none is called as that of the good ones."""
    folders = {name: file_name(name) for name in classes}
    if len({_GOOD, *folders.values()}) <= len(folders):
        raise FormatError(
            f"classes {', '.join(classes)}: two would share a folder, or one is called {_GOOD}; rename one"
        )
    return folders


def _mask(item: Item, target: Target) -> tuple[npt.NDArray[np.uint8], Counter[str]]:
    width, height = item.size
    whole, areas = np.zeros((height, width), np.uint8), Counter[str]()
    for label in item.labels:
        if isinstance(label.shape, Polyline | Keypoint):
            target.notes.add("a line or point left out: masks are areas")
            continue
        rows, columns, mask = rasterised(label.shape, item.size)
        whole[rows, columns][mask] = 255
        areas[label.class_name] += int(mask.sum())
    return whole, areas


def png(pixels: npt.NDArray[np.uint8] | npt.NDArray[np.uint16]) -> bytes:
    """Return a mask of shape (H, W) as a grey PNG of as many bits."""
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "PNG", compress_level=1)
    return file.getvalue()
