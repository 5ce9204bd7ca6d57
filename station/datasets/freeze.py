"""Freezing a dataset: what the journal has of the parts that are wanted, grouped, dealt out and written down."""

import re
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from labeling.dataset import FormatError
from labeling.manifest import LOT, Entry, Manifest
from labeling.splits import SHARES, Group, Grouping, Thumbnail, alike, dealt, thumbnail
from station.datasets.items import UNCLASSIFIED, item_name
from station.datasets.query import Candidate, Query, candidates, class_names
from station.journal.images import decode
from station.journal.reader import JournalReader
from station.line.inspection import VerdictKind, View

NEIGHBOURS = 50
"""Pictures of a camera before one that it is compared with: a part that is taken twice comes again soon."""

Progress = Callable[[int], None]


def freeze(
    journal: JournalReader,
    name: str,
    query: Query,
    *,
    shares: Sequence[float] = SHARES,
    lot: re.Pattern[str] | None = None,
    kept: Mapping[str, str] | None = None,
    classes: Iterable[str] = (),
    progress: Progress = lambda _: None,
) -> Manifest:
    """Return a manifest of the parts that are wanted.

    Parameters
    ----------
    lot
        What of a part's id names its lot: the first bracket of the pattern, or all that it finds.
    kept
        Splits that groups have already.
    classes
        Come first, in that order, so that a class keeps its number from version to version.
    progress
        Told how many parts were looked at.

    Raises
    ------
    FormatError
        If there is no such part, or a share is no share.
    """
    draft = _Draft(lot)
    for number, candidate in enumerate(candidates(journal, query), 1):
        draft.add(journal, candidate)
        progress(number)
    if not draft.entries:
        raise FormatError("no part with a picture is as asked for; ask for less, or look with `station parts`")
    groups = [draft.grouping.name(entry.part) for entry in draft.entries]
    kinds: dict[str, Group] = {}
    for group, kind in zip(groups, draft.kinds, strict=True):
        known = kinds.get(group, Group(group, kind, 0))
        kinds[group] = Group(group, max(known.kind, kind), known.pictures + 1)  # NG … before OK: what is rare decides
    try:
        splits = dealt(kinds.values(), shares, kept)
    except ValueError as error:
        raise FormatError(str(error)) from None
    entries = tuple(
        replace(entry, group=group, split=splits[group]) for entry, group in zip(draft.entries, groups, strict=True)
    )
    order = dict.fromkeys([*classes, *sorted(draft.classes)])
    named = tuple(each for each in order if each in draft.classes or each in set(classes))
    asked = dict(query.facts()) | ({LOT: lot.pattern} if lot else {})
    return Manifest(name, named, tuple(sorted(asked.items())), entries)


class _Draft:
    """Entries before their groups are known."""

    def __init__(self, lot: re.Pattern[str] | None) -> None:
        self.entries: list[Entry] = []
        self.kinds: list[str] = []
        self.classes: set[str] = set()
        self.grouping = Grouping()
        self._lot = lot
        self._before: dict[str, deque[tuple[str, Thumbnail]]] = {}

    def add(self, journal: JournalReader, candidate: Candidate) -> None:
        trigger, verdict = candidate.record.inspection.trigger, candidate.record.inspection.verdict
        part = str(trigger.uid)
        keys: list[object] = [part]
        if self._lot is not None and (found := self._lot.search(trigger.part_id)):
            keys.append(("lot", found[found.re.groups and 1]))
        for view in candidate.pictures:
            assert view.image is not None
            annotation, proposed = candidate.newest.get(view.name), candidate.proposed.get(view.name)
            names = {each or UNCLASSIFIED for each in class_names(annotation)} if annotation else set()
            self.classes |= {each.class_name or UNCLASSIFIED for each in annotation.labels} if annotation else set()
            labelled = annotation.complete if annotation else verdict.kind is VerdictKind.OK
            if not labelled:
                offered = proposed.labels if proposed else view.defects
                self.classes |= {each.class_name or UNCLASSIFIED for each in offered}
                annotation = annotation or proposed
            keys += [("image", view.image.sha256), *self._looks(journal, view, part)]
            self.kinds.append(
                f"{'A' if verdict.kind is VerdictKind.OK else 'B'} {verdict.kind} {min(names, default='')}"
            )
            self.entries.append(
                Entry(
                    name=item_name(trigger.uid, view.name),
                    part=part,
                    view=view.name,
                    image=view.image.sha256,
                    revision=str(annotation.uid) if annotation else "",
                    author=annotation.author if annotation else verdict.author,
                    verdict=verdict.kind.value,
                    labelled=labelled,
                    group="",
                    split="train",
                )
            )
        self.grouping.add(part, keys)

    def _looks(self, journal: JournalReader, view: View, part: str) -> list[str]:
        """Return the parts shortly before whose picture is the same scene."""
        ref = view.preview
        if ref is None:
            return []
        pixels = decode(journal.blobs.get(ref.sha256), ref.media_type)
        small = thumbnail(np.asarray(pixels, np.uint8))
        before = self._before.setdefault(f"{view.camera}/{view.name}", deque(maxlen=NEIGHBOURS))
        same = [other for other, known in before if alike(small, known)]
        before.append((part, small))
        return same
