"""What a model found, as proposals: annotations of the model's, nobody's word until a person makes a revision of them.

They come out of files, or of a version on the station's own shelf that looks at stored pictures. All of it is there and
checked before the first is written; a view that a person has annotated is left alone.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid5

from camera.frame import PixelFormat
from labeling.annotation import Annotation, Label, Source, model_author
from labeling.codec import annotation_to_json, label_to_json
from labeling.dataset import FormatError, Found, Notes
from labeling.formats import predictions
from models.errors import PictureError
from models.manifest import ForeignManifest
from models.predictor import Predictor
from models.shelf import Shelf
from station.datasets.intake import Planned, StoredPictures, check_found, said
from station.datasets.items import UNCLASSIFIED
from station.datasets.query import Query, candidates
from station.desk.messages import Propose, Refusal
from station.desk.tell import ask_engine
from station.errors import StationFailedError
from station.journal.errors import RefusedError
from station.journal.images import decode
from station.journal.queries import JournalQueries
from station.journal.reader import JournalReader
from station.journal.store import Journal
from station.line.inference import in_full
from station.line.inspection import View

Progress = Callable[[int], None]
THREADS = 1
"""A line may be running beside: one thread of it is enough to lose to."""

UNKNOWN = "of pictures that are not in the store"
BY_A_PERSON = "annotated by a person already"
THE_SAME = "proposed already"
NOTHING = "without a find"
OTHER_SIZE = "of another size than the model takes"
NOT_FOUND = "in which the part is not where the model can find it"
MEANWHILE = "annotated by a person meanwhile"


@dataclass(frozen=True, slots=True, eq=False)
class Proposals:
    """What is to be proposed, and how many pictures are passed over, by why."""

    author: str
    planned: tuple[Planned, ...]
    passed_over: Mapping[str, int]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Seen:
    """What was found in one picture."""

    part: UUID
    view: View
    labels: tuple[Label, ...]


def from_files(
    journal: JournalReader,
    model: str,
    kind: str,
    path: Path,
    *,
    against: Path | None,
    now: datetime,
    progress: Progress,
) -> Proposals:
    """Read predictions that somebody else's tool wrote. Pictures are known as `station.datasets.intake` knows them.

    Parameters
    ----------
    model
        NAME@VERSION of what predicted, for the record; it need not be on the shelf.
    kind
        One of `labeling.formats.predictions.KINDS`.
    path
        The results file of COCO, or the folder with data.yaml and labels.
    against
        For COCO: the file of annotations whose numbers the results name.

    Raises
    ------
    FormatError
        If anything is wrong with any file, wherever it is; it names the file and the place in it.
    """
    author = model_author(*predictions.model_of(model))
    notes, store = Notes(), StoredPictures(journal)
    passed: Counter[str] = Counter()

    def seen() -> Iterator[_Seen]:
        names: dict[str, str] = {}
        for number, found in enumerate(_read(kind, path, against, store, notes), 1):
            if names.setdefault(found.name, found.place) != found.place:
                raise FormatError(f"{found.place}: picture {found.name!r} is at {names[found.name]} already")
            known = store.find(found.name)
            check_found(found, None if known is None else known[1])
            progress(number)
            if known is None:
                passed[UNKNOWN] += 1
            else:
                yield _Seen(*known, found.labels)

    planned = _planned(journal, author, seen(), now, passed)
    return Proposals(author, planned, dict(passed), notes.lines())


def _read(kind: str, path: Path, against: Path | None, store: StoredPictures, notes: Notes) -> Iterator[Found]:
    if kind == predictions.RESULTS:
        if against is None:
            raise FormatError(
                f"{path}: results name pictures by number; name the annotations they are of with --against"
            )
        return predictions.read_coco(path, against, notes)
    return predictions.read_yolo(path, kind, store.size_of)


def from_model(
    journal: JournalReader, shelf: Shelf, model: str, query: Query, view: str, *, now: datetime, progress: Progress
) -> Proposals:
    """Let a version on the shelf look at the stored pictures of the parts that are wanted.

    Parameters
    ----------
    view
        Only pictures of this view; "" for all.

    Raises
    ------
    FormatError, ModelError, StorageError
        If there is no such version, it does not answer, or a picture cannot be read.
    """
    name, version = predictions.model_of(model)
    predictor = Predictor.load(shelf.folder(name, version), threads=THREADS)
    author = model_author(name, version)
    passed: Counter[str] = Counter()

    def seen() -> Iterator[_Seen]:
        number = 0
        for candidate in candidates(journal, query):
            uid = candidate.record.inspection.trigger.uid
            for each in candidate.pictures:
                if view not in {"", each.name}:
                    continue
                number += 1
                progress(number)
                if each.name in candidate.newest:
                    passed[BY_A_PERSON] += 1
                elif isinstance(labels := _found(journal, predictor, uid, each, author), str):
                    passed[labels] += 1
                else:
                    yield _Seen(uid, each, labels)

    planned = _planned(journal, author, seen(), now, passed)
    return Proposals(author, planned, dict(passed), ())


def _found(
    journal: JournalReader, predictor: Predictor, part: UUID, view: View, author: str
) -> tuple[Label, ...] | str:
    """Return what a model finds in a picture, or why it cannot look at it."""
    assert view.image is not None
    spec = predictor.manifest
    if not isinstance(spec, ForeignManifest) and (spec.source.width, spec.source.height) != (view.width, view.height):
        return OTHER_SIZE
    pixels = decode(journal.blobs.get(view.image.sha256), view.image.media_type)
    try:
        prediction = predictor.predict(in_full(pixels, PixelFormat(view.pixel_format), predictor.bits))
    except PictureError:
        return NOT_FOUND
    names = (defect.class_name or UNCLASSIFIED for defect in prediction.defects)
    return tuple(
        Label(uuid5(part, f"{author}/{view.name}/{place}"), name, defect.shape, Source.MODEL, defect.score)
        for place, (defect, name) in enumerate(zip(prediction.defects, names, strict=True))
    )


def _planned(
    journal: JournalQueries, author: str, seen: Iterable[_Seen], now: datetime, passed: Counter[str]
) -> tuple[Planned, ...]:
    planned = []
    for each in seen:
        known = [stored.annotation for stored in journal.annotations(each.part) if stored.view == each.view.name]
        newest = known[-1] if known else None
        made = _proposal(each, newest.uid if newest else None, author, now)
        if newest is not None and not newest.proposed:
            passed[BY_A_PERSON] += 1
        elif newest is None and not each.labels:
            passed[NOTHING] += 1
        elif newest is not None and newest.author == author and said(newest) == said(made):
            passed[THE_SAME] += 1
        else:
            planned.append(Planned(each.part, each.view.name, made))
    return tuple(planned)


def _proposal(seen: _Seen, parent: UUID | None, author: str, now: datetime) -> Annotation:
    text = json.dumps([label_to_json(label) for label in seen.labels])
    uid = uuid5(seen.part, f"{author}/{seen.view.name}/{parent}/{text}")
    return Annotation(uid, parent, author, now, (seen.view.width, seen.view.height), seen.labels, complete=False)


def carry_out(data: Path, audit_key: Path | None, proposals: Proposals, progress: Progress) -> int:
    """Write what is planned, by the engine where one runs; return how many were annotated by a person meanwhile.

    The names of revisions follow from what they say, so that what broke off goes on when it is given again.

    Raises
    ------
    StorageError, RefusedError, StationFailedError
        If the journal, or the engine that holds it, does not take one; those before it stay.
    """
    meanwhile = 0
    for number, each in enumerate(proposals.planned):
        try:
            answered = _by_engine(data, each)
        except _MeanwhileError:
            meanwhile += 1
            continue
        if not answered:
            return meanwhile + _by_ourselves(data, audit_key, proposals.planned[number:], progress, number)
        progress(number + 1)
    return meanwhile


class _MeanwhileError(Exception):
    """Somebody has annotated the view since it was looked at."""


def _by_engine(data: Path, planned: Planned) -> bool:
    """Have the engine keep one; False where none runs."""
    made = planned.annotation
    command = Propose(
        key=made.uid, uid=planned.part, view=planned.view, parent=made.parent, annotation=annotation_to_json(made)
    )
    try:
        answer = ask_engine(data, command)
    except TimeoutError as silence:
        raise StationFailedError(f"{silence}; see its log, and give the command again") from None
    if isinstance(answer, str):
        return False
    if answer.refusal is Refusal.SUPERSEDED:
        raise _MeanwhileError
    if not answer.done:
        raise RefusedError(answer.refusal or Refusal.NOT_NOW, answer.text)
    return True


def _by_ourselves(
    data: Path, audit_key: Path | None, planned: Iterable[Planned], progress: Progress, before: int
) -> int:
    meanwhile = 0
    with Journal.open(data, audit_key_path=audit_key, busy_timeout_s=1.0) as journal:
        for number, each in enumerate(planned, before + 1):
            made = each.annotation
            try:
                journal.annotate(each.part, each.view, made.parent, made, key=made.uid)
            except RefusedError as error:
                if error.refusal is not Refusal.SUPERSEDED:
                    raise
                meanwhile += 1
            progress(number)
    return meanwhile
