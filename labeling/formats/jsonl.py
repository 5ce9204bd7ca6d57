"""JSON lines: `parts.jsonl`, one picture a line with all that is known of it, and `images/<split>/`. No place is rounded.

`sizes` are those of `labels` in millimetres, null where the view is not calibrated.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

from labeling.codec import label_from_json, label_to_json
from labeling.dataset import Found, Item, Origin, Target
from labeling.formats.files import checked, lines, parse_json, within
from labeling.strict import items as listed
from labeling.strict import text, whole

FILE: Final = "parts.jsonl"


def write(items: Iterable[Item], target: Target) -> None:
    """Write pictures and the lines."""
    with target.open(FILE) as file:
        for item in items:
            path = target.picture(item, f"images/{item.split}")
            file.write(json.dumps(_line(item, path), ensure_ascii=False) + "\n")


def _line(item: Item, path: str) -> dict[str, Any]:
    return {
        "name": item.name,
        "file": path,
        "size": list(item.size),
        "split": item.split,
        "group": item.group,
        "verdict": item.verdict,
        "labelled": item.labelled,
        "labels": [label_to_json(label) for label in item.labels],
        "tags": list(item.tags),
        "sizes": [item.in_mm(label.shape).rounded() for label in item.labels] if item.in_mm else None,
        "proposals": [label_to_json(label) for label in item.proposals],
        "facts": dict(item.facts),
    }


def read(origin: Origin) -> Iterator[Found]:
    """Yield each line whose labels are a person's word."""
    for place, line in lines(within(origin.root, FILE)):
        value = parse_json(line, place)
        if checked(place, lambda value: bool(value["labelled"]), value):
            yield checked(place, _found, value, place)


def _found(value: Any, place: str) -> Found:
    width, height = listed(value["size"], "size", whole, count=2)
    labels = listed(value["labels"], "labels", label_from_json)
    tags = listed(value["tags"], "tags", text)
    return Found(place, text(value["name"], "name"), (width, height), labels, tags, text(value["split"], "split"))
