"""What a signature is bound to: the SHA-256 of a lot's parts, or the version of a dataset. Reads only.

Of a lot: a first line with its name, then one line of canonical JSON a part in the order of its uid: what was seen, all
verdicts, all revisions of annotations. That pictures were removed changes nothing of it: their hashes stay.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from labeling.codec import annotation_to_json
from labeling.dataset import FormatError
from station.datasets.shelf import Shelf
from station.journal.errors import Refusal, RefusedError, StorageError
from station.journal.reader import JournalReader
from station.journal.records import PartRecord, StoredAnnotation, time_text

LOT, DATASET = "lot", "dataset"


@dataclass(frozen=True, slots=True)
class Record:
    """What may be signed: its hash, how many parts or pictures it has, and how many of each verdict."""

    kind: str
    subject: str
    sha256: str
    items: int
    verdicts: Mapping[str, int]


def record_of(data: Path, kind: str, subject: str) -> Record:
    """Return the record of a lot, or of a dataset as NAME@VERSION, as it is now.

    Raises
    ------
    RefusedError
        If there is no such thing.
    StorageError
        If journal or dataset cannot be read, or the dataset's file has changed.
    """
    return _dataset(data, subject) if kind == DATASET else _lot(data, subject)


def parts_of_lot(journal: JournalReader, lot: str) -> tuple[UUID, ...]:
    """Return the parts of a lot, the oldest first. Raises `RefusedError` where there is none."""
    if found := journal.parts_of_lot(lot):
        return found
    raise RefusedError(Refusal.BAD_VALUE, f"No part's id is of lot {lot!r}; see `station parts`.")


def _lot(data: Path, lot: str) -> Record:
    digest = hashlib.sha256(_line({"lot": lot}))
    verdicts: Counter[str] = Counter()
    with JournalReader(data) as journal:
        uids = sorted(parts_of_lot(journal, lot))
        for uid in uids:
            record = journal.part(uid)
            assert record is not None  # parts are never deleted
            digest.update(_line(_part(record, journal.annotations(uid))))
            verdicts[record.inspection.verdict.kind.value] += 1
    return Record(LOT, lot, digest.hexdigest(), len(uids), dict(verdicts))


def _part(record: PartRecord, annotations: tuple[StoredAnnotation, ...]) -> dict[str, Any]:
    trigger, recipe = record.inspection.trigger, record.inspection.recipe
    return {
        "uid": str(trigger.uid),
        "part_id": trigger.part_id,
        "part_seq": trigger.part_seq,
        "time": time_text(trigger.time),
        "recipe": [recipe.name, recipe.version, recipe.sha256],
        "views": [
            {
                "name": view.name,
                "image": view.image.sha256 if view.image else None,
                "model": [view.model_name, view.model_version, view.model_sha256],
                "score": view.score,
                "defects": [[each.class_name, each.score] for each in view.defects],
                "fault": view.fault.code.value if view.fault else None,
            }
            for view in record.inspection.views
        ],
        "verdicts": [
            [each.kind.value, each.by.value, each.author, each.reason, time_text(each.time)] for each in record.verdicts
        ],
        "annotations": [[each.view, annotation_to_json(each.annotation), time_text(each.time)] for each in annotations],
    }


def _line(content: Mapping[str, Any]) -> bytes:
    """Return an object as one line of canonical JSON: keys in order, no spaces, ASCII."""
    return json.dumps(content, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def _dataset(data: Path, word: str) -> Record:
    if "@" not in word:
        raise RefusedError(Refusal.BAD_VALUE, "Name the version that is signed, as NAME@VERSION.")
    try:
        manifest = Shelf(data).load(word)
    except FormatError as error:
        raise RefusedError(Refusal.BAD_VALUE, f"{error}.") from None
    verdicts = Counter(entry.verdict for entry in manifest.entries)
    subject = f"{manifest.name}@{manifest.version}"
    return Record(DATASET, subject, manifest.version, len(manifest.entries), dict(verdicts))


def record_now(data: Path, kind: str, subject: str) -> str:
    """Return the hash of a signed record as it is now; empty where it cannot be read any more."""
    try:
        return record_of(data, kind, subject).sha256
    except (RefusedError, StorageError):
        return ""
