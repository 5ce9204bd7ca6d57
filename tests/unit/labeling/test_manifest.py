import tracemalloc
from dataclasses import replace
from pathlib import Path

import pytest

from labeling.manifest import Entry, Manifest, counted, difference, from_file

ENTRY = Entry("p-top", "p", "top", "ab" * 32, "r1", "Eva", "NG", labelled=True, group="p", split="train")
OTHER = replace(ENTRY, name="q-top", part="q", verdict="OK", revision="", split="val")
MANIFEST = Manifest("plate", ("pit", "scratch"), (("verdict", "NG"),), (ENTRY, OTHER))


def _written(path: Path, manifest: Manifest) -> Path:
    path.write_bytes(b"".join(manifest.lines()))
    return path


def test_its_bytes_name_it_and_come_back(tmp_path: Path) -> None:
    read = from_file(_written(tmp_path / "list", MANIFEST), MANIFEST.version)
    assert replace(read, entries=tuple(read.entries)) == MANIFEST
    assert list(read.entries) == list(read.entries), "as often as it is asked for"
    assert (len(read.entries), read.entries[1], read.entries[-2:]) == (2, OTHER, [ENTRY, OTHER])
    assert read.version == MANIFEST.version
    assert replace(MANIFEST, entries=(ENTRY,)).version != MANIFEST.version


def test_bytes_that_changed_are_refused(tmp_path: Path) -> None:
    path = _written(tmp_path / "list", MANIFEST)
    path.write_bytes(path.read_bytes().replace(b"Eva", b"Eve"))
    with pytest.raises(ValueError, match="changed"):
        from_file(path, MANIFEST.version)


def test_a_list_that_says_nonsense_under_its_right_hash_is_refused(tmp_path: Path) -> None:
    other = replace(MANIFEST, entries=(ENTRY, replace(OTHER, split="exam")))
    with pytest.raises(ValueError, match="line 3: split 'exam' is none of"):
        from_file(_written(tmp_path / "list", other), other.version)


def test_what_changed_from_one_version_to_another() -> None:
    new = Manifest(
        "plate", ("pit", "dent"), (), (replace(ENTRY, revision="r2", split="test"), replace(OTHER, name="new"))
    )
    changed = difference(MANIFEST, new)
    assert changed.added == ("new",)
    assert changed.removed == ("q-top",)
    assert changed.relabelled == changed.moved == ("p-top",)
    assert (changed.classes_added, changed.classes_removed) == (("dent",), ("scratch",))


def test_pictures_are_counted_by_split_and_verdict() -> None:
    assert counted(MANIFEST) == {"train": {"NG": 1, "all": 1}, "val": {"OK": 1, "all": 1}}


def test_a_list_of_any_length_takes_next_to_no_memory(tmp_path: Path) -> None:
    entries = [replace(ENTRY, name=f"p{number}-top", part=f"p{number}") for number in range(5_000)]
    long = replace(MANIFEST, entries=entries)
    path, version = _written(tmp_path / "list", long), long.version
    del entries, long
    tracemalloc.start()
    read = from_file(path, version)
    counts = counted(read)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert counts["train"]["all"] == len(read.entries) == 5_000
    assert peak < 5_000 * 30 + 300_000
