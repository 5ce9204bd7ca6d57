"""What a model found, in the files that its tools write: COCO results, and YOLO's text files with a score behind each row.

COCO results (https://cocodataset.org/#format-results) name pictures and classes by the numbers of the file that they were
predicted for, which is read beside them.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any, Final

from labeling.annotation import Label, Source
from labeling.dataset import SPLITS, FormatError, Found, Notes, Origin
from labeling.formats import yolo
from labeling.formats.coco import index_of, labels_of
from labeling.formats.files import checked, listed, parse_json, read_text, within
from labeling.strict import number

RESULTS: Final = "coco"
MOST_OF_A_PICTURE: Final = 1_000
"""Objects of one picture; what has more was written without a threshold, and nobody could look at it."""


def read_coco(results: Path, against: Path, notes: Notes) -> Iterator[Found]:
    """Yield each picture that something was found in.

    Parameters
    ----------
    results
        A list of objects with image_id, category_id, score, and bbox or segmentation.
    against
        The `instances_<split>.json` whose numbers they name.

    Raises
    ------
    FormatError
        If either is not what its format says; it names the file and the place.
    """
    index = index_of(against)
    rows = parse_json(read_text(results), str(results))
    if not isinstance(rows, list):
        raise FormatError(f'{results}: must be a list of results, as [{{"image_id": …, "score": …}}, …]')
    origin = Origin(results.parent, lambda _: None, notes)
    found: dict[int, list[Label]] = {}
    for place, row in ((f"{results}: [{at}]", row) for at, row in enumerate(rows)):
        image = checked(place, index.image_of, row)
        score = checked(place, _score, row)
        labels = checked(place, labels_of, row, index, place, origin)
        found.setdefault(image, []).extend(replace(each, source=Source.MODEL, score=score) for each in labels)
        _check_count(place, found[image])
    for image, labels in found.items():
        file_name, size = index.picture(image)
        yield Found(f"{results}: image_id {image}", PurePosixPath(file_name).stem, size, tuple(labels))


def read_yolo(root: Path, kind: str, size_of: Callable[[str], tuple[int, int] | None]) -> Iterator[Found]:
    """Yield each picture that has a text file in `labels/`, or in `labels/<split>/`; classes are those of data.yaml.

    Parameters
    ----------
    kind
        `yolo` (boxes), `yolo-seg` or `yolo-obb`.
    size_of
        Width and height of a picture by its name; None where it is not known, whose rows are only checked.

    Raises
    ------
    FormatError
        If a file is not what its format says; it names the file and the line.
    """
    names = yolo.class_names(within(root, "data.yaml"))
    files = [
        path for folder in ("labels", *(f"labels/{each}" for each in SPLITS)) for path in listed(root, folder, ".txt")
    ]
    if not files:
        raise FormatError(f"{root}: no labels/*.txt; name the folder that the predictions were written to")
    for path in files:
        size = size_of(path.stem)
        labels = tuple(
            replace(label, source=Source.MODEL) for label in yolo.labels_with_scores(path, names, size, kind)
        )
        _check_count(str(path), labels)
        yield Found(str(path), path.stem, size, labels)


KINDS: Final = (RESULTS, "yolo", "yolo-seg", "yolo-obb")
"""What predictions can be read in."""

_AUTHOR: Final = re.compile(r"([A-Za-z0-9][A-Za-z0-9._-]{0,63})@([A-Za-z0-9][A-Za-z0-9._-]{0,63})")


def model_of(text: str) -> tuple[str, str]:
    """Return name and version of `NAME@VERSION`; `FormatError` if it is no such."""
    if (match := _AUTHOR.fullmatch(text)) is None:
        raise FormatError(f"{text[:80]!r} names no model and version; write NAME@VERSION")
    return match[1], match[2]


def _score(row: Any) -> float:
    score = number(row["score"], "score")
    if not 0 <= score <= 1:
        raise ValueError(f"a score of {score:g}; a score is a share, 0 to 1")
    return score


def _check_count(place: str, labels: Sequence[Label]) -> None:
    if len(labels) > MOST_OF_A_PICTURE:
        raise FormatError(f"{place}: more than {MOST_OF_A_PICTURE} objects in a picture; write them above a threshold")
