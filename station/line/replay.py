"""What recorded parts would be under a changed recipe: their recorded predictions are judged once more. Reads only."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from camera.calibration import Calibration
from models.errors import ModelError
from models.manifest import read_manifest
from models.prediction import Prediction
from models.shelf import Shelf
from station.journal.queries import JournalQueries
from station.journal.records import PartRecord, PartSummary
from station.line.inspection import Author, Fault, ScoreLimits, Verdict, VerdictKind, View
from station.line.recipe import Recipe
from station.line.rules import NO_CALIBRATIONS, judge

PAGE = 200
FindLimits = Callable[[View], ScoreLimits | None]
"""Gives the thresholds of a view's model where the journal has none."""


@dataclass(frozen=True, slots=True, eq=False)
class RecordedView:
    """A view of a recorded part, as the rules take it."""

    name: str
    prediction: Prediction | None
    fault: Fault | None
    size: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Rejudged:
    """One part: what the rules said of it, what they say now, and what a person said if one did."""

    uid: UUID
    part_id: str
    part_seq: int
    time: datetime
    was: Verdict
    now: Verdict
    person: VerdictKind | None

    @property
    def changed(self) -> bool:
        """Whether the part would have another verdict."""
        return self.was.kind is not self.now.kind


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A part that cannot be judged once more, and why."""

    uid: UUID
    reason: str


@dataclass(frozen=True, slots=True)
class Replay:
    """The parts, newest first."""

    parts: tuple[Rejudged, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def changes(self) -> Mapping[tuple[VerdictKind, VerdictKind], int]:
        """How many parts went from one kind to another."""
        return Counter((part.was.kind, part.now.kind) for part in self.parts if part.changed)

    def agreement(self) -> tuple[int, int, int]:
        """Return how many parts people decided, and with how many of those the rules agreed then and would now."""
        decided = [part for part in self.parts if part.person is not None]
        return (
            len(decided),
            sum(part.was.kind is part.person for part in decided),
            sum(part.now.kind is part.person for part in decided),
        )


def replay(
    journal: JournalQueries,
    recipe: Recipe,
    find_limits: FindLimits,
    calibrations: Mapping[str, Calibration] = NO_CALIBRATIONS,
    *,
    limit: int,
    since: datetime | None = None,
) -> Replay:
    """Judge the newest `limit` parts of the recipe's name once more, none from before `since`.

    Raises
    ------
    StorageError
        If the journal cannot be read.
    """
    parts: list[Rejudged] = []
    left_out: list[LeftOut] = []
    for summary in _newest(journal, recipe.name, limit, since):
        record = journal.part(summary.uid)
        assert record is not None  # nothing is ever deleted
        try:
            parts.append(_rejudge(record, recipe, find_limits, calibrations))
        except _NotAgainError as error:
            left_out.append(LeftOut(summary.uid, str(error)))
    return Replay(tuple(parts), tuple(left_out))


def _newest(journal: JournalQueries, recipe: str, limit: int, since: datetime | None) -> Iterator[PartSummary]:
    after: UUID | None = None
    found = 0
    while True:
        page = journal.parts(limit=PAGE, after=after)
        for summary in page.parts:
            if found == limit or (since is not None and summary.time < since):
                return
            if summary.recipe == recipe:
                found += 1
                yield summary
        if (after := page.next_uid) is None:
            return


class _NotAgainError(Exception):
    """A part cannot be judged once more; the text says why."""


def _rejudge(
    record: PartRecord, recipe: Recipe, find_limits: FindLimits, calibrations: Mapping[str, Calibration]
) -> Rejudged:
    inspection, trigger = record.inspection, record.inspection.trigger
    was = next((verdict for verdict in record.verdicts if verdict.by is Author.RULES), None)
    if was is None:
        raise _NotAgainError("the rules never judged it")
    models = {view.name: view.model for view in recipe.views}
    for view in inspection.views:
        if view.model_name and view.model_name != models.get(view.name, view.model_name):
            text = f"view {view.name} was judged by model {view.model_name}, the recipe asks for {models[view.name]}"
            raise _NotAgainError(text)
    views = [_recorded(view, find_limits) for view in inspection.views]
    now = judge(views, recipe, was.time, calibrations)
    person = inspection.verdict.kind if inspection.verdict.by is not Author.RULES else None
    return Rejudged(trigger.uid, trigger.part_id, trigger.part_seq, trigger.time, was, now, person)


def _recorded(view: View, find_limits: FindLimits) -> RecordedView:
    size = (view.width, view.height) if view.width else None
    if view.score is None or view.fault is not None:
        return RecordedView(view.name, None, view.fault, size)
    limits = view.limits or find_limits(view)
    if limits is None:
        text = f"view {view.name}: the thresholds are not on record, and model {view.model_name} version "
        raise _NotAgainError(f"{text}{view.model_version} is not on the shelf any more")
    prediction = Prediction(
        view.model_sha256,
        view.score,
        limits.low,
        limits.high,
        view.defects,
        view.heat_map,
        view.defects_left_out,
        limits.outlined_from,
    )
    return RecordedView(view.name, prediction, None, size)


def limits_on_shelf(shelf: Shelf) -> FindLimits:
    """Return a way to find thresholds in the manifests of a shelf, each read once."""
    known: dict[tuple[str, str, str], ScoreLimits | None] = {}

    def find(view: View) -> ScoreLimits | None:
        key = view.model_name, view.model_version, view.model_sha256
        if key not in known:
            known[key] = _read_limits(shelf, *key)
        return known[key]

    return find


def _read_limits(shelf: Shelf, name: str, version: str, sha256: str) -> ScoreLimits | None:
    try:
        manifest = read_manifest(shelf.folder(name, version))
    except ModelError:
        return None
    if manifest.model_sha256 != sha256:
        return None
    limits = manifest.thresholds
    return ScoreLimits(limits.low, limits.high, limits.low if limits.outline is None else limits.outline)
