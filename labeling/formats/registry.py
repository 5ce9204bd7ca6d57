"""Every format by its name."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from labeling.dataset import Read, Write
from labeling.formats import coco, croissant, cvat, jsonl, labelme, labelstudio, masks, mvtec, tables, voc, yolo


@dataclass(frozen=True, slots=True)
class Format:
    """How datasets are written, and read where that is possible.

    Attributes
    ----------
    takes_unlabelled
        Whether a picture that nobody has labelled yet can be told from a good one; otherwise it is left out.
    """

    write: Write
    read: Read | None = None
    takes_unlabelled: bool = False


FORMATS: Final[Mapping[str, Format]] = MappingProxyType(
    {
        "coco": Format(coco.write, coco.read),
        **{name: Format(*pair) for name, pair in yolo.KINDS.items()},
        "voc": Format(voc.write, voc.read),
        "cvat": Format(cvat.write, cvat.read),
        "labelstudio": Format(labelstudio.write, labelstudio.read, takes_unlabelled=True),
        "labelme": Format(labelme.write, labelme.read),
        "mvtec": Format(mvtec.write),
        "masks": Format(masks.write),
        "csv": Format(tables.write, takes_unlabelled=True),
        "jsonl": Format(jsonl.write, jsonl.read, takes_unlabelled=True),
        "croissant": Format(croissant.write, takes_unlabelled=True),
    }
)
