"""Which parts are wanted: a question to the journal, answered from the oldest part on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from labeling.annotation import Annotation
from station.journal.queries import JournalQueries
from station.journal.records import PartRecord, PartSummary
from station.line.inspection import VerdictKind, View

_PAGE = 500


@dataclass(frozen=True, slots=True)
class Query:
    """What a part must be; None and "" ask for nothing.

    Attributes
    ----------
    since, until
        When it was triggered: from, and before.
    author
        Who gave the verdict or annotated one of its views.
    class_name
        That one of its labels or tags has.
    """

    verdict: VerdictKind | None = None
    recipe: str = ""
    since: datetime | None = None
    until: datetime | None = None
    author: str = ""
    class_name: str = ""

    def facts(self) -> tuple[tuple[str, str], ...]:
        """Return what is asked for, as a manifest keeps it."""
        asked = {
            "verdict": self.verdict.value if self.verdict else "",
            "recipe": self.recipe,
            "since": self.since.isoformat() if self.since else "",
            "until": self.until.isoformat() if self.until else "",
            "author": self.author,
            "class": self.class_name,
        }
        return tuple(sorted((name, value) for name, value in asked.items() if value))


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """A part with the newest annotation of each of its views: what people said, and what a model proposes beyond that."""

    record: PartRecord
    newest: dict[str, Annotation]
    proposed: dict[str, Annotation]

    @property
    def pictures(self) -> Iterator[View]:
        """The views that have a picture, and have it still."""
        views = self.record.inspection.views if self.record.removed is None else ()
        return (view for view in views if view.image is not None)


def candidates(journal: JournalQueries, query: Query) -> Iterator[Candidate]:
    """Yield the parts that are wanted, from the oldest on; only their uids are all in memory."""
    for uid in reversed([part.uid for part in _summaries(journal, query)]):
        candidate = candidate_of(journal, uid)
        if candidate is not None and _wanted(candidate, query):
            yield candidate


def candidate_of(journal: JournalQueries, uid: UUID) -> Candidate | None:
    """Return one part, None where the journal has none of that uid."""
    record = journal.part(uid)
    if record is None:
        return None
    newest = {stored.view: stored.annotation for stored in journal.annotations(uid)}
    said = {view: annotation for view, annotation in newest.items() if not annotation.proposed}
    return Candidate(record, said, {view: annotation for view, annotation in newest.items() if annotation.proposed})


def _summaries(journal: JournalQueries, query: Query) -> Iterator[PartSummary]:
    after: UUID | None = None
    while True:
        page = journal.parts(verdict=query.verdict, limit=_PAGE, after=after)
        for part in page.parts:
            in_time = (not query.since or part.time >= query.since) and (not query.until or part.time < query.until)
            if in_time and query.recipe in {"", part.recipe}:
                yield part
        if (after := page.next_uid) is None:
            return


def _wanted(candidate: Candidate, query: Query) -> bool:
    annotations = candidate.newest.values()
    authors = {annotation.author for annotation in annotations} | {candidate.record.inspection.verdict.author}
    names = {name for annotation in annotations for name in class_names(annotation)}
    return query.author in {"", *authors} and query.class_name in {"", *names}


def class_names(annotation: Annotation) -> set[str]:
    """Return the classes that an annotation gives, of shapes and of the whole picture."""
    return {label.class_name for label in annotation.labels} | set(annotation.tags)
