import errno
import os
from pathlib import Path

import pytest

from station.journal.disk import Watermark, free_space, make_directory, storage_error, write_all
from station.journal.errors import StorageError


def test_free_space_is_that_of_the_file_system(tmp_path: Path) -> None:
    status = os.statvfs(tmp_path)
    assert 0 < free_space(tmp_path) <= status.f_blocks * status.f_frsize


def test_free_space_of_nothing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="measure the free space"):
        free_space(tmp_path / "gone")


def test_watermark_speaks_up_below_its_minimum(tmp_path: Path) -> None:
    Watermark(tmp_path, 1).check()
    with pytest.raises(StorageError, match="MB free, the station stops taking parts below"):
        Watermark(tmp_path, 2**62).check()


def test_make_directory_makes_every_new_name_durable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[Path] = []
    monkeypatch.setattr("station.journal.disk.sync_directory", synced.append)
    make_directory(tmp_path / "a" / "b")
    assert set(synced) == {tmp_path, tmp_path / "a"}


def test_make_directory_where_a_file_is(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("")
    with pytest.raises(StorageError, match="make the folder"):
        make_directory(tmp_path / "a" / "b")


@pytest.mark.parametrize(
    ("code", "remedy"),
    [
        (errno.ENOSPC, "free some space"),
        (errno.EACCES, "write access"),
        (errno.EROFS, "mount it for writing"),
        (errno.EIO, "replace it"),
        (errno.ENOTDIR, "check the data folder"),
    ],
)
def test_every_refusal_has_a_remedy(code: int, remedy: str) -> None:
    text = str(storage_error(Path("/data/x"), "store a picture", OSError(code, os.strerror(code))))
    assert "/data/x" in text
    assert remedy in text


def test_write_all_goes_on_after_a_short_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: real(descriptor, data[:3]))
    descriptor = os.open(tmp_path / "f", os.O_WRONLY | os.O_CREAT)
    write_all(descriptor, b"0123456789")
    os.close(descriptor)
    assert (tmp_path / "f").read_bytes() == b"0123456789"
