"""Plain masks: `images/<split>/`, `masks/<split>/<name>_class.png` and `_instance.png`, and `classes.json` with the numbers.

A class mask has 8 bits, an instance mask 16; 0 is the background. What was drawn later lies on top.
"""

import json
from collections.abc import Iterable
from functools import partial

import numpy as np

from labeling.dataset import FormatError, Item, Target
from labeling.formats.geometry import rasterised
from labeling.formats.mvtec import png
from labeling.shapes import Keypoint, Polyline


def write(items: Iterable[Item], target: Target) -> None:
    """Write each picture with both masks."""
    if len(target.classes) > 255:
        raise FormatError(f"{len(target.classes)} classes; a mask of 8 bits tells at most 255 apart")
    numbers = {name: index for index, name in enumerate(target.classes, 1)}
    target.write("classes.json", json.dumps({"background": 0, **numbers}, ensure_ascii=False, indent=2) + "\n")
    for item in items:
        width, height = item.size
        classes, instances = np.zeros((height, width), np.uint8), np.zeros((height, width), np.uint16)
        if item.tags:
            target.notes.add("a tag of a whole picture left out")
        for index, label in enumerate(item.labels, 1):
            if isinstance(label.shape, Polyline | Keypoint):
                target.notes.add("a line or point left out: masks are areas")
                continue
            rows, columns, mask = rasterised(label.shape, item.size)
            classes[rows, columns][mask] = numbers[label.class_name]
            instances[rows, columns][mask] = index
        target.picture(item, f"images/{item.split}")
        target.costly(f"masks/{item.split}/{item.name}_class.png", partial(png, classes))
        target.costly(f"masks/{item.split}/{item.name}_instance.png", partial(png, instances))
