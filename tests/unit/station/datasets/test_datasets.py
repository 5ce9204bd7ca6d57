"""Freezing, exporting and importing over a small journal, through the command's own parser."""

import argparse
import json
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from dataset_parts import SHAPES, START, annotate, pixels, record, uid

from camera.frame import PixelFormat
from labeling.dataset import FormatError, Item, Target
from labeling.formats.registry import FORMATS, Format
from station.commands import dataset
from station.datasets import export, folder
from station.datasets.folder import whole
from station.journal.errors import NoJournalError, StorageError
from station.journal.reader import JournalReader
from station.journal.store import Journal
from station.line.inspection import VerdictKind
from station.line.interrupt import InterruptedByUserError

Run = Callable[..., dict[str, Any]]


def test_the_command_offers_what_there_is() -> None:
    assert set(FORMATS) == set(dataset.FORMATS)
    assert {name for name, form in FORMATS.items() if form.read} == set(dataset.READABLE)


def test_the_same_data_are_the_same_version(run: Run) -> None:
    first, again = run("freeze", "--name", "plate"), run("freeze", "--name", "plate")
    assert (first["new"], again["new"]) == (True, False)
    assert first["version"] == again["version"]
    assert re.fullmatch(r"[0-9a-f]{64}", first["version"])
    assert (first["pictures"], first["labelled"]) == (8, 7)
    assert first["classes"] == ["pit", "scratch"]
    (listed,) = run("list")["datasets"]
    assert listed["version"] == first["version"]
    assert run("show", f"plate@{first['version'][:8]}")["splits"] == first["splits"]


def test_what_was_frozen_stays_where_it_is_when_data_are_added(run: Run, data: Path, key: Path) -> None:
    old = run("freeze", "--name", "plate")
    with Journal.open(data, audit_key_path=key) as journal:
        for number in range(8, 30):
            record(journal, number)
        annotate(journal, 4, SHAPES[1])
    new = run("freeze", "--name", "plate")
    changed = run("diff", f"plate@{old['version']}", "plate")
    assert len(changed["added"]) == 22
    assert changed["relabelled"] == [f"{uid(4)}-top"]
    assert changed["moved"] == changed["removed"] == []
    assert new["pictures"] == 30
    assert run("diff", "plate", "plate")["added"] == []


def test_classes_keep_their_numbers(run: Run, data: Path, key: Path) -> None:
    run("freeze", "--name", "plate", "--class", "scratch")
    with Journal.open(data, audit_key_path=key) as journal:
        record(journal, 8, VerdictKind.NG)
        annotate(journal, 8, SHAPES[0])
    before = run("show", "plate")["classes"]
    assert run("freeze", "--name", "plate")["classes"][: len(before)] == before


def test_the_same_scene_and_the_same_lot_are_never_torn_apart(run: Run, data: Path, key: Path) -> None:
    with Journal.open(data, audit_key_path=key) as journal:
        for number in range(8, 14):
            record(journal, number, seed=77)
    assert run("freeze", "--name", "scenes")["groups"] == 8 + 1
    assert run("freeze", "--name", "lots", "--lot", "LOT([0-9]+)")["groups"] == 3  # the scenes join the last two lots


@pytest.mark.parametrize(
    ("words", "pictures"),
    [
        (["--verdict", "NG"], 4),
        (["--recipe", "plate-B"], 0),
        (["--since", (START + timedelta(seconds=6)).isoformat()], 2),
        (["--until", (START + timedelta(seconds=6)).isoformat()], 6),
        (["--author", "Eva"], 3),
        (["--class", "pit"], 2),
        (["--class", "nothing"], 0),
    ],
)
def test_what_is_asked_for(words: list[str], pictures: int, run: Run) -> None:
    if pictures:
        assert run("freeze", "--name", "some", *words)["pictures"] == pictures
    else:
        with pytest.raises(FormatError, match="no part"):
            run("freeze", "--name", "some", *words)


def test_a_changed_manifest_is_refused(run: Run, data: Path) -> None:
    version = run("freeze", "--name", "plate")["version"]
    path = data / "datasets/plate" / f"{version}.jsonl"
    path.write_bytes(path.read_bytes().replace(b"Eva", b"Eve"))
    with pytest.raises(StorageError, match="changed since"):
        run("show", "plate")


@pytest.mark.parametrize("name", ["../x", "", "a/b", ".hidden", "x" * 65])
def test_names_that_lead_elsewhere_are_refused(name: str, run: Run) -> None:
    with pytest.raises(FormatError, match="no name"):
        run("freeze", "--name", name)


def test_no_journal_is_said(tmp_path: Path) -> None:
    parser = argparse.ArgumentParser()
    dataset.add_parser(parser.add_subparsers())
    args = parser.parse_args(["dataset", "freeze", "--name", "a", "--data", str(tmp_path / "none")])
    with pytest.raises(NoJournalError):
        args.run(args)


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_is_exported_whole(form: str, run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = run("export", "--format", form, "--out", out)
    expected = 8 if FORMATS[form].takes_unlabelled else 7
    assert sum(done["pictures"].values()) == expected
    assert done["left_out_unlabelled"] == 8 - expected
    assert json.loads((out / "export.json").read_text())["version"] == done["version"]
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
    assert not any(path.name.startswith(".") for path in out.iterdir())
    found = [path for path in out.rglob(f"{uid(0)}-top.png") if "Segm" not in str(path)]
    assert np.array_equal(cv2.imread(str(found[0]), cv2.IMREAD_UNCHANGED), pixels(0))


def test_an_export_of_a_frozen_dataset_keeps_the_labels_of_then(
    run: Run, data: Path, key: Path, tmp_path: Path
) -> None:
    version = run("freeze", "--name", "plate")["version"]
    with Journal.open(data, audit_key_path=key) as journal:
        annotate(journal, 4)
    run("export", "--format", "jsonl", "--out", tmp_path / "old", "--dataset", f"plate@{version}")
    run("export", "--format", "jsonl", "--out", tmp_path / "now")
    labels = {}
    for name in ("old", "now"):
        rows = [json.loads(line) for line in (tmp_path / name / "parts.jsonl").read_text().splitlines()]
        labels[name] = next(len(row["labels"]) for row in rows if row["facts"]["part"] == str(uid(4)))
    assert labels == {"old": 1, "now": 0}


def test_only_a_split_and_no_pictures(run: Run, tmp_path: Path) -> None:
    options = ("--split", "val", "--images", "none", "--shares", "1,1,1")
    done = run("export", "--format", "yolo", "--out", tmp_path / "out", *options)
    assert set(done["pictures"]) == {"val"}
    assert list((tmp_path / "out").rglob("*.png")) == []


@pytest.mark.parametrize("words", [["--verdict", "NG"], ["--lot", "x"], ["--shares", "1,1,1"]])
def test_a_frozen_dataset_is_not_asked_for_less(words: list[str], run: Run, tmp_path: Path) -> None:
    run("freeze", "--name", "plate")
    with pytest.raises(SystemExit):
        run("export", "--format", "csv", "--out", tmp_path / "out", "--dataset", "plate", *words)


def test_raw_bayer_and_jpeg_are_named(run: Run, data: Path, key: Path, tmp_path: Path) -> None:
    with Journal.open(data, audit_key_path=key) as journal:
        record(journal, 9, pixel_format=PixelFormat.BAYER_RG8)
    done = run("export", "--format", "csv", "--out", tmp_path / "out", "--images", "jpg")
    assert "1 x a raw Bayer picture as colours between its pixels, 8 bits" in done["notes"]
    assert "9 x a picture as JPEG, with losses" in done["notes"]
    (picture,) = (tmp_path / "out").rglob(f"{uid(9)}-top.jpg")
    assert cv2.imread(str(picture), cv2.IMREAD_UNCHANGED).shape == (100, 140, 3)


def test_a_folder_that_is_there_is_never_written_into(run: Run, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out/mine.txt").write_text("mine")
    with pytest.raises(FormatError, match="is there already"):
        run("export", "--format", "csv", "--out", tmp_path / "out")
    (tmp_path / ".other.partial").mkdir()
    (tmp_path / ".other.partial/mine.txt").write_text("mine")
    with pytest.raises(FormatError, match="no unfinished export"):
        run("export", "--format", "csv", "--out", tmp_path / "other")


def test_a_broken_picture_leaves_no_export(run: Run, data: Path, tmp_path: Path) -> None:
    with JournalReader(data) as journal:
        record_ = journal.part(uid(2))
        assert record_ is not None
        image = record_.inspection.views[0].image
        assert image is not None
        journal.blobs.path(image.sha256).write_bytes(b"gone")
    with pytest.raises(StorageError, match="changed"):
        run("export", "--format", "coco", "--out", tmp_path / "out")
    assert not (tmp_path / "out").exists()
    assert not (tmp_path / ".out.partial").exists()


def test_two_exports_into_one_folder_exclude_each_other(tmp_path: Path) -> None:
    with whole(tmp_path / "out", {}), pytest.raises(FormatError, match="another export"):
        whole(tmp_path / "out", {}).__enter__()
    assert (tmp_path / "out").is_dir()


@pytest.mark.parametrize("form", ["coco", "voc", "masks"])
def test_an_interrupted_export_goes_on_and_is_the_same_as_one_that_was_not(
    form: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write_some(items: Iterable[Item], target: Target) -> None:
        FORMATS[form].write(_interrupted_after(items, 4), target)

    monkeypatch.setattr(folder, "AT_ONCE", 2)
    whole_one = run("export", "--format", form, "--out", tmp_path / "whole")
    monkeypatch.setattr(export, "FORMATS", {form: Format(write_some)})
    with pytest.raises(InterruptedByUserError):
        run("export", "--format", form, "--out", tmp_path / "out")
    assert not (tmp_path / "out").exists()
    hidden = tmp_path / ".out.partial"
    kept = (hidden / ".unfinished-files").read_text().splitlines()
    assert len(kept) >= 4
    before = (hidden / kept[0]).stat().st_ino
    (hidden / "broke-off.png").write_bytes(b"half")
    monkeypatch.setattr(export, "FORMATS", FORMATS)
    done = run("export", "--format", form, "--out", tmp_path / "out")
    assert (tmp_path / "out" / kept[0]).stat().st_ino == before
    assert done["kept_files"] == len(kept)
    assert (done["notes"], done["pictures"]) == (whole_one["notes"], whole_one["pictures"])
    assert _tree(tmp_path / "out") == _tree(tmp_path / "whole")
    assert not hidden.exists()


def _interrupted_after(items: Iterable[Item], count: int) -> Iterator[Item]:
    for number, item in enumerate(items):
        if number == count:
            raise InterruptedByUserError
        yield item


def _tree(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def test_what_an_interrupted_try_wrote_and_the_next_one_does_not_want_is_gone(tmp_path: Path) -> None:
    with suppress(InterruptedByUserError), whole(tmp_path / "out", {}) as started:
        (started.root / "removed-since.png").write_bytes(b"x")
        started.wrote("removed-since.png")
        raise InterruptedByUserError
    with whole(tmp_path / "out", {}) as again:
        assert again.kept == {"removed-since.png"}
        (again.root / "labels.txt").write_text("")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["labels.txt"]


def test_what_another_export_left_is_not_taken_up(run: Run, tmp_path: Path) -> None:
    hidden = tmp_path / ".out.partial"
    with suppress(InterruptedByUserError), whole(tmp_path / "out", {"format": "voc"}) as started:
        (hidden / "JPEGImages").mkdir()
        (hidden / "JPEGImages/x.png").write_bytes(b"x")
        started.wrote("JPEGImages/x.png")
        raise InterruptedByUserError
    assert (hidden / ".unfinished-files").read_text() == "JPEGImages/x.png\n"
    with suppress(InterruptedByUserError), whole(tmp_path / "out", {"format": "voc"}) as again:
        assert (again.keeps("JPEGImages/x.png"), again.keeps("other.png")) == (True, False)
        assert again.kept == {"JPEGImages/x.png"}
        raise InterruptedByUserError
    with suppress(InterruptedByUserError), whole(tmp_path / "out", {"format": "coco"}) as other:
        assert (other.kept, (hidden / "JPEGImages").exists()) == (frozenset(), False)
        raise InterruptedByUserError
    assert run("export", "--format", "coco", "--out", tmp_path / "out")["kept_files"] == 0


@pytest.mark.parametrize("form", dataset.READABLE)
def test_what_was_exported_is_imported(form: str, run: Run, data: Path, key: Path, tmp_path: Path) -> None:
    with Journal.open(data, audit_key_path=key) as journal:
        annotate(journal, 4, SHAPES[1])
    run("export", "--format", form, "--out", tmp_path / "out", "--verdict", "NG")
    with Journal.open(data, audit_key_path=key) as journal:
        annotate(journal, 4, SHAPES[1], SHAPES[1])
    tried = run("import", "--format", form, tmp_path / "out", "--dry-run", "--replace")
    with JournalReader(data) as journal:
        before = [len(journal.annotations(uid(number))) for number in (4, 5, 6)]
    done = run("import", "--format", form, tmp_path / "out", "--replace")
    assert tried["added"] == done["added"] >= 1
    with JournalReader(data) as journal:
        newest = journal.annotations(uid(4))[-1].annotation
        after = [len(journal.annotations(uid(number))) for number in (4, 5, 6)]
    assert sum(after) - sum(before) == done["added"]
    assert newest.author == f"import:{form}"
    assert len(newest.labels) == 1
    again = run("import", "--format", form, tmp_path / "out", "--replace")
    assert again["added"] == 0


def test_what_people_labelled_stays_unless_it_is_to_be_replaced(
    run: Run, data: Path, key: Path, tmp_path: Path
) -> None:
    run("export", "--format", "jsonl", "--out", tmp_path / "out")
    with Journal.open(data, audit_key_path=key) as journal:
        annotate(journal, 4)
    done = run("import", "--format", "jsonl", tmp_path / "out")
    assert done == {
        "format": "jsonl",
        "dry_run": False,
        "added": 4,  # the four OK parts, whom nobody had annotated
        "unchanged": 2,
        "labelled_already": 1,
        "unknown": 0,
        "notes": [],
    }


def _lines(folder: Path, change: Callable[[dict[str, Any]], None]) -> None:
    rows = [json.loads(line) for line in (folder / "parts.jsonl").read_text().splitlines()]
    change(rows[-2])
    (folder / "parts.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda row: row.update(size=[1, 1]), "has (1, 1)"),
        (lambda row: row["labels"][0].update({"class": " "}), "without a class"),
        (lambda row: row["labels"][1]["shape"].update(left=-500.0), "reaches out of the picture"),
        (lambda row: row["labels"][1]["shape"].update(left=1e300), "number within"),
        (lambda row: row.update(name=str(uid(5)) + "-top"), "already"),
    ],
)
def test_one_wrong_line_and_nothing_is_imported(
    change: Callable[[dict[str, Any]], None], words: str, run: Run, data: Path, tmp_path: Path
) -> None:
    run("export", "--format", "jsonl", "--out", tmp_path / "out")
    _lines(tmp_path / "out", change)
    with pytest.raises(FormatError, match=re.escape(words)) as caught:
        run("import", "--format", "jsonl", tmp_path / "out")
    assert "parts.jsonl:7" in str(caught.value)
    with JournalReader(data) as journal:
        assert [len(journal.annotations(uid(number))) for number in range(8)] == [0] * 4 + [1] * 3 + [0]


def test_pictures_are_known_by_uid_view_or_hash(run: Run, data: Path, tmp_path: Path) -> None:
    run("export", "--format", "jsonl", "--out", tmp_path / "out", "--verdict", "OK")
    rows = [json.loads(line) for line in (tmp_path / "out/parts.jsonl").read_text().splitlines()]
    rows[0]["name"] = rows[0]["facts"]["image"]
    rows[1]["name"] = rows[1]["facts"]["part"]
    rows[2]["name"] = "IMG_0001"
    (tmp_path / "out/parts.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    done = run("import", "--format", "jsonl", tmp_path / "out")
    assert (done["added"], done["unknown"]) == (3, 1)


def test_while_a_station_holds_the_journal_nothing_is_imported(run: Run, data: Path, key: Path, tmp_path: Path) -> None:
    run("export", "--format", "jsonl", "--out", tmp_path / "out", "--verdict", "OK")
    with Journal.open(data, audit_key_path=key), pytest.raises(StorageError, match="open already"):
        run("import", "--format", "jsonl", tmp_path / "out")


def test_parts_with_several_views(run: Run, data: Path, key: Path, tmp_path: Path) -> None:
    with Journal.open(data, audit_key_path=key) as journal:
        record(journal, 20, VerdictKind.NG, views=("top", "left side"))
        annotate(journal, 20, SHAPES[1], view="left side")
    done = run("export", "--format", "coco", "--out", tmp_path / "out", "--since", START + timedelta(seconds=20))
    assert done["left_out_unlabelled"] == 1
    (picture,) = (tmp_path / "out").rglob("*.png")
    assert picture.name == f"{uid(20)}-left_side.png"
    assert run("import", "--format", "coco", tmp_path / "out")["unchanged"] == 1
