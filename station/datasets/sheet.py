"""What a check found, to be looked at: a page with small pictures (`index.html`), and contact sheets as PNG."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from station.datasets.checkup import BlurredPicture, Checkup, Looked, TwinGroup, splits_of
from station.datasets.folder import whole
from station.journal.errors import StorageError
from station.journal.images import decode
from station.journal.reader import JournalReader

Bytes = npt.NDArray[np.uint8]

MOST_GROUPS, MOST_OF_A_GROUP, MOST_BLURRED = 100, 8, 100
"""On the page and on a sheet; the listing of the command has all of them."""
CELL = (200, 150)
"""Width and height of a picture on a sheet."""
WORDS_PX = 22
COLUMNS = 6

_STYLE = """body{font:15px sans-serif;margin:24px;background:#f4f4f2;color:#1c1c1c}section{background:#fff;border-radius:6px;
margin:0 0 16px;padding:12px 16px}figure{display:inline-block;margin:6px;width:230px;vertical-align:top}
img{width:100%;border-radius:3px}figcaption{font-size:12px;color:#555;overflow-wrap:anywhere}
.torn{border-left:6px solid #b3261e}"""


def write(out: Path, journal: JournalReader, title: str, found: Checkup) -> None:
    """Write page and sheets into a folder that is not there yet; it is there when it is whole.

    Raises
    ------
    FormatError, StorageError
        If the folder cannot be used.
    """
    groups = [group.pictures[:MOST_OF_A_GROUP] for group in found.groups[:MOST_GROUPS]]
    soft = [each.picture for each in found.blurred[:MOST_BLURRED]]
    with whole(out, {"check": title}) as folder:
        (folder.root / "pictures").mkdir(exist_ok=True)
        for picture in {each.name: each for each in (*(one for group in groups for one in group), *soft)}.values():
            if (data := _preview(journal, picture)) is not None:
                (folder.root / _file(picture)).write_bytes(data)
        (folder.root / "index.html").write_text("".join(_page(title, found)), encoding="utf-8")
        for name, rows in (("near-duplicates", groups), ("blurred", _rows(soft))):
            if rows:
                sheet = _sheet(journal, rows)
                (folder.root / f"{name}.png").write_bytes(cv2.imencode(".png", sheet)[1].tobytes())


def _preview(journal: JournalReader, picture: Looked) -> bytes | None:
    try:
        return None if picture.preview is None else journal.blobs.get(picture.preview)
    except StorageError:  # the picture was looked at; that its small one is gone is no reason to show nothing
        return None


def _file(picture: Looked) -> str:
    return f"pictures/{picture.name}.jpg"


# The page -------------------------------------------------------------------------------------------------------------


def _page(title: str, found: Checkup) -> Iterator[str]:
    yield f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{escape(title)}</title><style>{_STYLE}</style>'
    yield f"<h1>{escape(title)}</h1><p>{found.pictures} pictures, {len(found.groups)} groups of near-duplicates "
    yield f"({found.torn} of them in several splits), {len(found.blurred)} blurred.</p>"
    for view in found.all_alike:
        yield f"<p>View {escape(view)}: most pictures look the same; what is below need not be taken twice.</p>"
    yield from _groups(found.groups)
    yield from _soft(found.blurred)


def _groups(groups: Sequence[TwinGroup]) -> Iterator[str]:
    if groups:
        yield "<h2>Near-duplicates</h2>"
    for group in groups[:MOST_GROUPS]:
        splits = splits_of(group)
        yield f'<section class="{"torn" if group.torn else ""}"><b>{len(group.pictures)} pictures of one scene</b>'
        yield f", cells differ by {group.levels} levels at most{'; ' + splits if splits else ''}<br>"
        yield from (_figure(each, each.split) for each in group.pictures[:MOST_OF_A_GROUP])
        yield "</section>"
    if len(groups) > MOST_GROUPS:
        yield f"<p>And {len(groups) - MOST_GROUPS} groups more; the command lists them.</p>"


def _soft(pictures: Sequence[BlurredPicture]) -> Iterator[str]:
    if pictures:
        yield "<h2>Blurred</h2><section>"
        yield from (
            _figure(each.picture, f"sharpness {each.share:.0%} of the usual") for each in pictures[:MOST_BLURRED]
        )
        yield "</section>"


def _figure(picture: Looked, words: str) -> str:
    caption = escape(f"{picture.name}, {picture.time}{', ' + words if words else ''}")
    return (
        f'<figure><img loading="lazy" alt="" src="{escape(_file(picture))}"><figcaption>{caption}</figcaption></figure>'
    )


# The sheets -----------------------------------------------------------------------------------------------------------


def _sheet(journal: JournalReader, rows: Iterable[Sequence[Looked]]) -> Bytes:
    """Return rows of pictures on white, shape (H, W, 3), blue first as OpenCV writes it."""
    made = [np.hstack([_cell(journal, each) for each in row]) for row in rows]
    width = max(row.shape[1] for row in made)
    wide = [
        cv2.copyMakeBorder(row, 0, 6, 0, width - row.shape[1], cv2.BORDER_CONSTANT, value=(255, 255, 255))
        for row in made
    ]
    return np.asarray(np.vstack(wide), np.uint8)


def _rows(pictures: Sequence[Looked]) -> list[Sequence[Looked]]:
    return [pictures[start : start + COLUMNS] for start in range(0, len(pictures), COLUMNS)]


def _cell(journal: JournalReader, picture: Looked) -> Bytes:
    across, down = CELL
    cell = np.full((down + WORDS_PX, across, 3), 255, np.uint8)
    if (data := _preview(journal, picture)) is not None:
        shown = decode(data, "image/jpeg")
        colours = cv2.cvtColor(shown, cv2.COLOR_GRAY2BGR if shown.ndim == 2 else cv2.COLOR_RGB2BGR)
        scale = min((across - 4) / colours.shape[1], (down - 4) / colours.shape[0])
        size = max(1, int(colours.shape[1] * scale)), max(1, int(colours.shape[0] * scale))
        small = cv2.resize(colours, size, interpolation=cv2.INTER_AREA)
        left, top = (across - size[0]) // 2, (down - size[1]) // 2
        cell[top : top + size[1], left : left + size[0]] = small
    words = f"{str(picture.part)[-12:]} {picture.view} {picture.split}"
    words = "".join(letter if letter.isascii() and letter.isprintable() else "?" for letter in words)
    return np.asarray(
        cv2.putText(cell, words, (4, down + 15), cv2.FONT_HERSHEY_SIMPLEX, 0.38, (60, 60, 60), 1, cv2.LINE_AA)
    )
