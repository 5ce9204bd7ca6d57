"""The pictures of a view that a version of a dataset has to learn from: its train split, and nothing else."""

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from labeling.manifest import Entry, Manifest
from models.learning.errors import LearnError
from station.journal.reader import JournalReader
from station.journal.records import Sample
from station.line.inspection import View
from station.line.labelled import GOOD, Labelled, LabelledPictures, key_of, lot_of
from station.line.recipe import Recipe, RecipeView

SPLIT = "train"
FROM_DATASET = "dataset"
"""Source of a picture that a dataset lists."""

OTHER_SPLIT = "of another split, which the model is tested with"
OTHER_RECIPE = "of another recipe"
OUTLINED = "OK parts with something outlined"


def dataset_pictures(journal: JournalReader, dataset: Manifest, recipe: Recipe, view: RecipeView) -> LabelledPictures:
    """Return what the train split of a version has of a view, newest first.

    Raises
    ------
    LearnError
        If any picture that it lists of the view is not in the store any more: what is left would be another dataset.
    StorageError
        If the journal cannot be read.
    """
    of_view = [entry for entry in dataset.entries if entry.view == view.name]
    entries = [entry for entry in of_view if entry.split == SPLIT]
    left_out: Counter[str] = Counter({OTHER_SPLIT: len(of_view) - len(entries)})
    lots = dataset.has_lots
    found: list[Labelled] = []
    gone: list[Entry] = []
    for entry in reversed(entries):
        one = _labelled(journal, entry, recipe, lots=lots)
        if one is None:
            gone.append(entry)
        elif isinstance(one, str):
            left_out[one] += 1
        else:
            found.append(one)
    _check_there(journal, dataset, entries, gone)
    return LabelledPictures(tuple(found), {why: count for why, count in left_out.items() if count})


def named(dataset: Manifest) -> str:
    """Return a version as commands take it."""
    return f"{dataset.name}@{dataset.version[:12]}"


def _check_there(journal: JournalReader, dataset: Manifest, entries: Sequence[Entry], gone: Sequence[Entry]) -> None:
    if gone:
        why = journal.why_removed(gone[0].image)
        raise LearnError(
            f"dataset {named(dataset)}: {len(gone)} of the {len(entries)} pictures to learn from are not in the store any "
            f"more, such as view {gone[0].view} of part {gone[0].part}{f' ({why})' if why else ''}; restore them from a "
            "backup, or freeze a new version"
        )


def _labelled(journal: JournalReader, entry: Entry, recipe: Recipe, *, lots: bool) -> Labelled | str | None:
    """Return what an entry lists; why it is left out; None where its picture is gone.

    Where it was said what names a lot (`lots`), the dataset's groups are the lots.
    """
    part = journal.part(UUID(entry.part))
    views: tuple[View, ...] = () if part is None else part.inspection.views
    view = next((each for each in views if each.name == entry.view), None)
    if part is None or view is None or view.image is None or view.image.sha256 != entry.image:
        return None
    if not journal.blobs.has(view.image):
        return None
    trigger, ref = part.inspection.trigger, part.inspection.recipe
    if ref.name != recipe.name:
        return OTHER_RECIPE
    if entry.verdict == GOOD and _outlined(journal, entry):
        return OUTLINED
    sample = Sample(0, view.image, view.pixel_format, entry.verdict, FROM_DATASET, trigger.uid, ref.name, trigger.time)
    lot = entry.group if lots else lot_of(trigger.part_id)
    return Labelled(sample, key_of(trigger), UUID(entry.revision) if entry.revision else None, lot)


def _outlined(journal: JournalReader, entry: Entry) -> bool:
    """Whether the revision that the entry names has anything on it."""
    stored = (each.annotation for each in journal.annotations(UUID(entry.part)) if entry.revision)
    return any((each.labels or each.tags) and not each.proposed for each in stored if str(each.uid) == entry.revision)
