"""What one view of a recipe has to learn from, and what learning made of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from labeling.manifest import Manifest
from models.learning.one_class import LearnSettings
from models.manifest import DatasetVersion, LabelledPicture, Lineage
from models.predictor import Predictor
from station.journal.reader import JournalReader
from station.line.carded import KnownParts, Made
from station.line.from_dataset import SPLIT
from station.line.labelled import Labelled, LabelledPictures
from station.line.learn import Progress
from station.line.recipe import Recipe, RecipeView

OLDER = "older than the newest that were asked for"


@dataclass(frozen=True, slots=True, eq=False)
class Lesson:
    """The labelled pictures of a view, and how to learn from them.

    Attributes
    ----------
    good, bad
        Those asked for of `found`, the oldest label first.
    where
        What a refusal begins with.
    """

    journal: JournalReader
    recipe: Recipe
    view: RecipeView
    found: LabelledPictures
    good: tuple[Labelled, ...]
    bad: tuple[Labelled, ...]
    where: str
    settings: LearnSettings
    progress: Progress
    dataset: Manifest | None

    @property
    def in_order(self) -> list[Labelled]:
        """Return good and bad ones together, the oldest label first."""
        asked = {one.sample.image.sha256 for one in (*self.good, *self.bad)}
        return [one for one in reversed(self.found.pictures) if one.sample.image.sha256 in asked]

    @property
    def older(self) -> list[str]:
        """Return the reason for each labelled picture, good or bad, that was not asked for."""
        return [OLDER] * (len(self.found.pictures) - len(self.good) - len(self.bad))

    def lineage(self, used: Sequence[Labelled], left_out: Mapping[str, int]) -> Lineage:
        """Return what a model that was learned from these pictures says of itself; `left_out` beside what was found unfit."""
        others = dict(self.found.left_out)
        for why, count in left_out.items():
            others[why] = others.get(why, 0) + count
        dataset = self.dataset
        return Lineage(
            recipe=self.recipe.name,
            view=self.view.name,
            labels=self.found.counts,
            left_out=others,
            pictures=tuple(map(entry, used)),
            dataset=DatasetVersion(name=dataset.name, version=dataset.version, split=SPLIT) if dataset else None,
        )


@dataclass(frozen=True, slots=True, eq=False)
class LearnedView:
    """One view's model, which has answered, and the parts that its card is drawn from."""

    view: RecipeView
    made: Made
    predictor: Predictor
    known: KnownParts
    seconds: float
    notices: tuple[str, ...] = ()


def entry(one: Labelled) -> LabelledPicture:
    """Return what a manifest says of a picture."""
    sample = one.sample
    return LabelledPicture(
        sha256=sample.image.sha256,
        part=str(sample.part_uid) if sample.part_uid else None,
        label=sample.label,
        label_number=sample.number,
        source=sample.source,
        annotation=str(one.annotation) if one.annotation else None,
    )


def counted(reasons: Iterable[str]) -> dict[str, int]:
    """Return how often each reason occurs, in the order of their first."""
    counts: dict[str, int] = {}
    for reason in reasons:
        counts[reason] = counts.get(reason, 0) + 1
    return counts
