from dataclasses import replace

import pytest

from labeling.manifest import Entry, Manifest, counted, difference, from_bytes

ENTRY = Entry("p-top", "p", "top", "ab" * 32, "r1", "Eva", "NG", labelled=True, group="p", split="train")
OTHER = replace(ENTRY, name="q-top", part="q", verdict="OK", revision="", split="val")
MANIFEST = Manifest("plate", ("pit", "scratch"), (("verdict", "NG"),), (ENTRY, OTHER))


def test_its_bytes_name_it_and_come_back() -> None:
    data = b"".join(MANIFEST.lines())
    assert from_bytes(data, MANIFEST.version) == MANIFEST
    assert replace(MANIFEST, entries=(ENTRY,)).version != MANIFEST.version


def test_bytes_that_changed_are_refused() -> None:
    data = b"".join(MANIFEST.lines()).replace(b"Eva", b"Eve")
    with pytest.raises(ValueError, match="changed"):
        from_bytes(data, MANIFEST.version)


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
