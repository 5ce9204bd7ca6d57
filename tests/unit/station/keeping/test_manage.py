"""Holds, requests and signatures, done to a journal that nobody else holds."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import apsw
import pytest

from labeling.annotation import Annotation
from labeling.manifest import Entry, Manifest
from station.datasets.shelf import Shelf
from station.journal.errors import Refusal, RefusedError
from station.journal.holds import holds, is_of_lot
from station.journal.reader import JournalReader
from station.journal.store import Journal
from station.journal.verify import verify
from station.keeping.manage import PARTS_AT_ONCE, manage_records
from station.keeping.record import DATASET, LOT, parts_of_lot, record_of
from station.keeping.signatures import CHANGED, GONE, VALID, check_signatures
from station.line.inspection import Author, Verdict, VerdictKind
from station.people.manage import manage

Record = Callable[..., UUID]
Do = Callable[..., dict[str, Any]]
PASSWORD = "correct horse battery"


@pytest.fixture
def do(journal: Journal, data: Path) -> Do:
    def manage_it(action: str, **details: str) -> dict[str, Any]:
        return manage_records(lambda work: work(journal), data, "Ana", action, details)

    return manage_it


def add_person(journal: Journal, name: str, role: str) -> None:
    manage(lambda work: work(journal), "test", "add", {"name": name, "role": role, "password": PASSWORD})


@pytest.fixture
def people(journal: Journal) -> None:
    add_person(journal, "Quinn", "qa")


def sign(do: Do, data: Path, kind: str, subject: str, **changes: str) -> dict[str, Any]:
    seen = record_of(data, kind, subject).sha256
    details = {"kind": kind, "subject": subject, "seen": seen, "meaning": "released", "name": "quinn"}
    return do("sign", **(details | {"password": PASSWORD} | changes))


@pytest.mark.parametrize(
    ("part_id", "lot", "is_of"),
    [
        ("L7-001", "L7", True),
        ("L7", "L7", True),
        ("L7/1", "L7", True),
        ("L77-1", "L7", False),
        ("L7a", "L7", False),
        ("XL7-1", "L7", False),
        ("", "L7", False),
        ("L7-001", "L7-", False),
    ],
)
def test_a_lot_is_the_beginning_of_a_parts_id(part_id: str, lot: str, is_of: bool) -> None:
    assert is_of_lot(part_id, lot) is is_of


def test_a_hold_forbids_a_request_until_it_ends(
    do: Do, journal: Journal, data: Path, key: Path, record: Record
) -> None:
    held, free = record(5, part_id="L7-1"), record(5, part_id="L8-1")
    number = do("hold", lot="L7", reason="court case 12")["hold"]
    with pytest.raises(RefusedError, match=r"under hold 1 of Ana \(court case 12\): nothing was removed") as caught:
        do("delete", uids=f"{free} {held}", reason="customer asked")
    assert caught.value.refusal is Refusal.NOT_ALLOWED
    assert journal.parts_with_pictures(VerdictKind.OK, journal._now()) == 2
    do("end-hold", hold=str(number), reason="settled")
    done = do("delete", uids=f"{free} {held}", reason="customer asked")
    assert (done["parts"], done["removed_before"], done["files"]) == (2, 0, 4)
    assert do("delete", uids=str(held), reason="again")["removed_before"] == 1
    with pytest.raises(RefusedError, match="No hold 1 stands"):
        do("end-hold", hold="1", reason="again")
    report = verify(data, key)
    assert report.ok
    assert report.audit.entries == 4, "made, held, ended, removed; nothing for what was refused or gone before"
    with JournalReader(data) as reader:
        (hold,) = holds(reader.connection)
    assert (hold.author, hold.reason, hold.ended_by, hold.ended_reason) == ("Ana", "court case 12", "Ana", "settled")


@pytest.mark.parametrize(
    ("action", "details", "problem"),
    [
        ("hold", {"lot": "L7"}, "Say why"),
        ("hold", {"reason": "x"}, "Say what to hold"),
        ("hold", {"part": "nobody", "reason": "x"}, "'nobody' is no part"),
        ("hold", {"part": str(UUID(int=5)), "reason": "x"}, "There is no part"),
        ("hold", {"since": "2026-01-01", "reason": "x"}, "no time with a zone"),
        ("hold", {"since": "2026-01-02T00:00Z", "until": "2026-01-01T00:00Z", "reason": "x"}, "ends before it begins"),
        ("end-hold", {"hold": "x", "reason": "y"}, "No hold 0 stands"),
        ("end-hold", {"hold": "1"}, "Say why the hold ends"),
        ("delete", {"uids": str(UUID(int=5)), "reason": "x"}, "no part .*; nothing was removed"),
        ("delete", {"uids": str(UUID(int=5))}, "on whose request"),
        ("delete", {"uids": "", "reason": "x"}, "Name 1 to 20 parts"),
        ("delete", {"uids": " ".join([str(UUID(int=5))] * (PARTS_AT_ONCE + 1)), "reason": "x"}, "not 21"),
        ("delete", {"uids": str(UUID(int=5)), "reason": "x" * 1001}, "at most 1000 characters"),
        ("delete", {"lot": "L7", "reason": "x"}, "takes no 'lot'"),
        ("shred", {}, "There is no action 'shred'"),
    ],
)
def test_what_cannot_be_done_is_refused_in_words(do: Do, action: str, details: dict[str, str], problem: str) -> None:
    with pytest.raises(RefusedError, match=problem):
        do(action, **details)


@pytest.mark.usefixtures("people")
def test_a_lot_is_signed_as_it_was_and_a_change_shows(
    do: Do, journal: Journal, data: Path, key: Path, record: Record
) -> None:
    first, second, other = record(5, part_id="L7-1"), record(4, part_id="L7-2"), record(3, part_id="L77-1")
    signed = sign(do, data, LOT, "L7")
    assert (signed["name"], signed["role"], signed["meaning"]) == ("Quinn", "qa", "released")
    do("delete", uids=str(first), reason="asked")
    journal.give_verdict(other, Verdict(VerdictKind.NG, Author.QA, "", journal._now(), "Quinn"), VerdictKind.OK)
    assert [each.state for each in check_signatures(data)] == [VALID], (
        "pictures that went, another lot: the same record"
    )
    journal.annotate(second, "top", None, Annotation(UUID(int=77), None, "Quinn", journal._now(), (8, 8)))
    assert [each.state for each in check_signatures(data)] == [CHANGED]
    sign(do, data, LOT, "L7", meaning="released again")
    assert [each.state for each in check_signatures(data)] == [CHANGED, VALID]
    record(1, part_id="L7-3")
    assert [each.state for each in check_signatures(data)] == [CHANGED, CHANGED], "a part more is another lot"
    assert verify(data, key).ok, "a lawful change is no damage"


@pytest.mark.usefixtures("people")
def test_a_dataset_is_signed_by_its_version(do: Do, journal: Journal, data: Path, record: Record) -> None:
    uid = record(5)
    view = journal.part(uid).inspection.views[0]  # type: ignore[union-attr]
    assert view.image is not None
    entry = Entry(
        "a", str(uid), "top", view.image.sha256, "", "Ann", "OK", labelled=True, group=str(uid), split="train"
    )
    version, _ = Shelf(data).keep(Manifest("cup", ("dent",), (), (entry,)), "Ann", journal._now())
    signed = sign(do, data, DATASET, f"cup@{version.version[:12]}")
    assert (signed["subject"], signed["record"]) == (f"cup@{version.version}", version.version)
    assert [each.state for each in check_signatures(data)] == [VALID]
    path = data / "datasets" / "cup" / f"{version.version}.jsonl"
    path.write_bytes(path.read_bytes().replace(b"train", b"valid"))
    assert [each.state for each in check_signatures(data)] == [GONE]


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"password": "wrong"}, "do not belong together"),
        ({"name": "nobody"}, "do not belong together"),
        ({"name": ""}, "Log in with a badge or with a name"),
        ({"name": "Otto"}, "The role operator may not sign"),
        ({"name": "Enna"}, "The role engineer may not sign"),
        ({"meaning": " "}, "Say what the signature means"),
        ({"seen": "0" * 64}, "has changed meanwhile"),
    ],
)
def test_who_may_not_or_signs_something_else_is_refused(
    do: Do, journal: Journal, data: Path, record: Record, changes: dict[str, str], problem: str
) -> None:
    record(1, part_id="L7-1")
    if (role := {"Otto": "operator", "Enna": "engineer"}.get(changes.get("name", ""))) is not None:
        add_person(journal, changes["name"], role)
    with pytest.raises(RefusedError, match=problem):
        sign(do, data, LOT, "L7", **changes)
    assert check_signatures(data) == ()


@pytest.mark.usefixtures("people")
def test_a_wrong_password_locks_a_signer_out_as_at_any_log_in(do: Do, data: Path, record: Record) -> None:
    record(1, part_id="L7-1")
    for _ in range(5):
        with pytest.raises(RefusedError):
            sign(do, data, LOT, "L7", password="wrong")
    with pytest.raises(RefusedError, match="Locked after 5 wrong tries"):
        sign(do, data, LOT, "L7")


def test_what_is_not_there_cannot_be_signed(data: Path, journal: Journal, record: Record) -> None:
    record(1, part_id="L77-1")
    for kind, subject, problem in (
        (LOT, "L7", "No part's id is of lot 'L7'"),
        (DATASET, "cup", "Name the version"),
        (DATASET, "cup@12345678", "there is no dataset 'cup'"),
    ):
        with pytest.raises(RefusedError, match=problem):
            record_of(data, kind, subject)


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE signatures SET name = 'Eve'",
        "DELETE FROM signatures",
        "INSERT INTO signatures SELECT 9, kind, subject, record, items, meaning, 'Eve', role, time FROM signatures",
        "UPDATE holds SET lot = 'L8'",
        "UPDATE holds SET ended = '2026-03-01T00:00:00+00:00', ended_by = 'Eve'",
        "DELETE FROM holds",
    ],
)
def test_signatures_and_holds_changed_behind_the_chains_back_are_found(
    do: Do, journal: Journal, data: Path, key: Path, record: Record, tampering: str
) -> None:
    record(1, part_id="L7-1")
    journal.holds.sign(LOT, "L7", record_of(data, LOT, "L7").sha256, 1, meaning="released", name="Quinn", role="qa")
    do("hold", lot="L7", reason="court")
    assert verify(data, key).ok
    journal.close()
    connection = apsw.Connection(str(data / "journal.db"))
    for trigger in ("signatures_no_update", "signatures_no_delete", "holds_no_update", "holds_no_delete"):
        connection.execute(f"DROP TRIGGER {trigger}")
    connection.execute(tampering)
    connection.close()
    assert verify(data, key).altered == 1


def test_what_has_no_pictures_waits_for_no_reviewer_and_many_are_asked_for_in_several(
    do: Do, journal: Journal, record: Record
) -> None:
    kept, gone = record(1), record(2)
    do("delete", uids=str(gone), reason="asked for")
    assert do("doubt", uids=f"{kept} {gone}", model="plate@2") == {"parts": [str(kept)]}
    for uids, model in (("", "plate@2"), (f"{kept} " * (PARTS_AT_ONCE + 1), "plate@2"), (str(kept), "")):
        with pytest.raises(RefusedError):
            do("doubt", uids=uids, model=model)


def test_the_record_of_a_lot_has_all_its_parts(data: Path, record: Record) -> None:
    uids = [record(age, part_id=f"L7-{age}") for age in (3, 1, 2)]
    with JournalReader(data) as reader:
        assert parts_of_lot(reader, "L7") == tuple(uids)
    one = record_of(data, LOT, "L7")
    assert one == record_of(data, LOT, "L7")
    assert (one.items, one.verdicts, len(one.sha256)) == (3, {"OK": 3}, 64)
