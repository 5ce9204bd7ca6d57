"""A look at the pictures of a dataset: twins, twins that a split tears apart, and pictures that are blurred. Reads only."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

import numpy as np

from camera.frame import PixelFormat
from camera.health import examine
from labeling.lookalikes import Blurred, Twins, alike_by_nature, blurred, stacked, twins
from labeling.manifest import Manifest
from labeling.splits import Thumbnail, thumbnail
from station.datasets.items import item_name
from station.datasets.query import Candidate, Query, candidate_of, candidates
from station.journal.errors import StorageError
from station.journal.images import decode, viewable
from station.journal.reader import JournalReader
from station.line.inspection import View

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Looked:
    """A picture that was looked at; `split` is "" outside of a dataset, `preview` the hash of its small picture if it has one."""

    name: str
    part: UUID
    view: str
    time: str
    split: str
    sharpness: float
    preview: str | None


@dataclass(frozen=True, slots=True)
class TwinGroup:
    """Pictures of one scene; `torn`: they stand in several splits."""

    pictures: tuple[Looked, ...]
    levels: float

    @property
    def torn(self) -> bool:
        """Whether a model would be tested with what it learned from."""
        return len({each.split for each in self.pictures}) > 1


@dataclass(frozen=True, slots=True)
class BlurredPicture:
    """A picture that is less sharp than its view's others; `share` of their median."""

    picture: Looked
    share: float


@dataclass(frozen=True, slots=True)
class Checkup:
    """What was found; `all_alike` are views whose pictures look the same by nature, `gone` pictures that are not in the store."""

    pictures: int
    groups: tuple[TwinGroup, ...]
    blurred: tuple[BlurredPicture, ...]
    all_alike: tuple[str, ...]
    gone: int

    @property
    def torn(self) -> int:
        """How many groups stand in several splits."""
        return sum(group.torn for group in self.groups)


def check(journal: JournalReader, wanted: Manifest | Query, progress: Progress) -> Checkup:
    """Look at every picture of a dataset's version, or of the parts that are asked for.

    Raises
    ------
    StorageError
        If the journal cannot be read.
    """
    by_view: dict[str, list[Looked]] = {}
    small: dict[str, list[Thumbnail]] = {}
    gone = 0
    for number, (candidate, view, split) in enumerate(_pictures(journal, wanted), 1):
        progress(number)
        try:
            looked, shown = _look(journal, candidate, view, split)
        except StorageError:
            gone += 1
            continue
        by_view.setdefault(view.name, []).append(looked)
        small.setdefault(view.name, []).append(shown)
    groups: list[TwinGroup] = []
    soft: list[BlurredPicture] = []
    all_alike = []
    for name, pictures in by_view.items():
        found = twins(stacked(small.pop(name)))
        groups += [_group(pictures, each) for each in found]
        soft += [_soft(pictures, each) for each in blurred([each.sharpness for each in pictures])]
        if alike_by_nature(found, len(pictures)):
            all_alike.append(name)
    groups.sort(key=lambda group: (not group.torn, -len(group.pictures)))
    return Checkup(sum(map(len, by_view.values())), tuple(groups), tuple(soft), tuple(all_alike), gone)


def _pictures(journal: JournalReader, wanted: Manifest | Query) -> Iterator[tuple[Candidate, View, str]]:
    """Yield part, view and split of each picture; one that the journal does not know any more as one without a picture."""
    if isinstance(wanted, Query):
        for candidate in candidates(journal, wanted):
            yield from ((candidate, view, "") for view in candidate.pictures)
        return
    known: Candidate | None = None
    for entry in wanted.entries:
        if known is None or str(known.record.inspection.trigger.uid) != entry.part:
            known = candidate_of(journal, UUID(entry.part))
        if known is None:
            raise StorageError(f"{journal.path}: there is no part {entry.part} any more; restore it from a backup")
        yield from ((known, view, entry.split) for view in _of(known.record.inspection.views, entry.view))


def _of(views: Iterable[View], name: str) -> Iterator[View]:
    return (view for view in views if view.name == name)


def _look(journal: JournalReader, candidate: Candidate, view: View, split: str) -> tuple[Looked, Thumbnail]:
    if view.image is None:
        raise StorageError(f"view {view.name} has no picture any more")
    trigger, pixel_format = candidate.record.inspection.trigger, PixelFormat(view.pixel_format)
    pixels = decode(journal.blobs.get(view.image.sha256), view.image.media_type)
    looked = Looked(
        item_name(trigger.uid, view.name),
        trigger.uid,
        view.name,
        trigger.time.isoformat(timespec="seconds"),
        split,
        examine(pixels, pixel_format).sharpness,
        view.preview.sha256 if view.preview else None,
    )
    return looked, thumbnail(np.asarray(viewable(pixels, pixel_format), np.uint8))


def _group(pictures: list[Looked], found: Twins) -> TwinGroup:
    return TwinGroup(tuple(pictures[each] for each in found.members), found.levels)


def _soft(pictures: list[Looked], found: Blurred) -> BlurredPicture:
    return BlurredPicture(pictures[found.member], round(found.share, 3))


def splits_of(group: TwinGroup) -> str:
    """Return in which splits a group stands, as `train 2, test 1`; "" outside of a dataset."""
    counts = Counter(each.split for each in group.pictures if each.split)
    return ", ".join(f"{split} {count}" for split, count in counts.items())
