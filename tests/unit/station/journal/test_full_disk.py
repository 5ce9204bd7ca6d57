"""A full disk: no part is acknowledged that is not there, and with room again the same journal goes on by itself."""

import contextlib
import os
import resource
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from station.journal.errors import StorageError
from station.journal.reader import JournalReader
from station.journal.store import Journal
from station.journal.verify import verify
from station.line.inspection import Inspection, View

SMALL_DISK = "3m"

Record = Callable[[int], None]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of three megabytes, where this user may mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SMALL_DISK}", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("this user may not mount a small disk; the largest-file test covers the rest")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@contextlib.contextmanager
def largest_file(size_bytes: int) -> Iterator[None]:
    """Let this process write no file beyond a size; a write beyond it fails as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size_bytes, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def _fill(record: Record, first: int) -> list[int]:
    """Record until it fails, then try again a few times, as a station does; return what was acknowledged."""
    acknowledged: list[int] = []
    said: list[str] = []
    number = first
    while len(said) < 5:
        try:
            record(number)
        except StorageError as error:
            said.append(str(error))
        else:
            acknowledged.append(number)
        number += 1
        assert number < first + 20_000, "the disk never got full"
    assert all("full" in text for text in said), said
    return acknowledged


def _check(data_dir: Path, key_path: Path, acknowledged: list[int]) -> None:
    with JournalReader(data_dir) as reader:
        found = {part.part_id for part in reader.parts(limit=50_000).parts}
    assert {f"P{number}" for number in acknowledged} <= found
    report = verify(data_dir, key_path)
    assert (report.missing_blobs, report.corrupt_blobs, report.audit.ok) == (0, 0, True)


@pytest.mark.parametrize("pictures", [True, False], ids=["blobs", "rows"])
def test_a_full_disk_and_back(
    small_disk: Path,
    key_path: Path,
    make_part: Callable[..., Inspection],
    make_view: Callable[..., View],
    pictures: bool,
) -> None:
    filler = small_disk / "filler"
    filler.write_bytes(b"x" * 1_500_000)
    with Journal.open(small_disk / "data", audit_key_path=key_path) as journal:

        def record(number: int) -> None:
            journal.record(make_part(number, *([make_view(journal.blobs, number)] if pictures else [])))

        acknowledged = _fill(record, 1)
        assert len(acknowledged) > 10
        _check(small_disk / "data", key_path, acknowledged)
        filler.unlink()
        record(30_000)
        _check(small_disk / "data", key_path, [*acknowledged, 30_000])


def test_a_file_that_may_not_grow_and_back(
    journal: Journal, data_dir: Path, key_path: Path, make_part: Callable[..., Inspection]
) -> None:
    def record(number: int) -> None:
        journal.record(make_part(number))

    with largest_file(900_000):
        acknowledged = _fill(record, 1)
    assert acknowledged
    _check(data_dir, key_path, acknowledged)
    record(30_000)
    _check(data_dir, key_path, [*acknowledged, 30_000])


def test_a_picture_that_does_not_fit_leaves_nothing(journal: Journal, data_dir: Path) -> None:
    with largest_file(100_000), pytest.raises(StorageError, match="the disk is full"):
        journal.blobs.put(b"x" * 200_000, "image/jxl")
    assert not list((data_dir / "blobs" / ".incoming").iterdir())
    assert journal.blobs.get(journal.blobs.put(b"x" * 200_000, "image/jxl").sha256) == b"x" * 200_000
