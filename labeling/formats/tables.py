"""CSV after RFC 4180, in UTF-8: `parts.csv`, one row a picture, and `defects.csv`, one row a label.

Sizes in millimetres are empty where the view is not calibrated. A text that a spreadsheet would take for a formula gets an
apostrophe before it. Times are ISO 8601 with their zone.
"""

import csv
import json
from collections.abc import Iterable
from typing import Final

from labeling.codec import shape_to_json
from labeling.dataset import Item, Target
from labeling.measure import measure

FACTS: Final = ("part", "view", "time", "recipe", "image", "revision", "author")
_PARTS: Final = ("name", "file", "split", "group", "verdict", "labelled", "width", "height", "labels", "tags", *FACTS)
_IN_MM: Final = ("length_mm", "width_mm", "area_mm2", "relative_uncertainty")
_IN_PX: Final = ("length_px", "width_px", "area_px")
_DEFECTS: Final = ("name", "number", "class", "source", "score", *_IN_PX, *_IN_MM, "shape")


def write(items: Iterable[Item], target: Target) -> None:
    """Write pictures and both tables, row by row."""
    with target.open("parts.csv", newline="") as part_file, target.open("defects.csv", newline="") as defect_file:
        parts, defects = csv.writer(part_file), csv.writer(defect_file)
        parts.writerow(_PARTS)
        defects.writerow(_DEFECTS)
        for item in items:
            path = target.picture(item, f"images/{item.split}")
            head = [item.name, path, item.split, item.group, item.verdict, str(item.labelled).lower(), *item.size]
            facts = [item.facts.get(name, "") for name in FACTS]
            parts.writerow([plain(value) for value in (*head, len(item.labels), "; ".join(item.tags), *facts)])
            for number, label in enumerate(item.labels, 1):
                size = measure(label.shape)
                score = "" if label.score is None else label.score
                sizes: list[object] = [round(value, 2) for value in (size.length_px, size.width_px, size.area_px)]
                on_part = item.in_mm(label.shape).rounded() if item.in_mm else {}
                sizes += ["" if (value := on_part.get(name)) is None else value for name in _IN_MM]
                row = (item.name, number, label.class_name, label.source.value, score, *sizes)
                defects.writerow([plain(value) for value in (*row, json.dumps(shape_to_json(label.shape)))])


def plain(value: object) -> object:
    """Return a value that no spreadsheet runs: a number as it is, a text with an apostrophe where it looks like a formula."""
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")):
        return f"'{value}"
    return value
