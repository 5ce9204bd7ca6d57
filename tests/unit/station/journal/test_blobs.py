import errno
import hashlib
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from station.journal.blobs import INCOMING, BlobStore
from station.journal.errors import StorageError
from station.line.inspection import BlobRef

SHA = hashlib.sha256(b"picture").hexdigest()


@pytest.fixture
def store(tmp_path: Path) -> BlobStore:
    store = BlobStore(tmp_path / "blobs")
    store.prepare()
    return store


def test_put_names_the_file_by_its_hash(store: BlobStore, tmp_path: Path) -> None:
    ref = store.put(b"picture", "image/jxl")
    assert ref == BlobRef(SHA, 7, "image/jxl")
    assert (tmp_path / "blobs" / SHA[:2] / SHA).read_bytes() == b"picture"
    assert store.get(SHA) == b"picture"
    assert store.has(ref)
    assert not store.has(BlobRef(SHA, 8, "image/jxl"))
    assert not list((tmp_path / "blobs" / INCOMING).iterdir())


def test_the_order_is_file_then_name_then_folder(store: BlobStore, monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[str] = []
    real_fsync, real_rename = os.fsync, Path.rename

    def fsync(descriptor: int) -> None:
        target = Path(f"/proc/self/fd/{descriptor}").readlink()
        steps.append("root" if target.name == "blobs" else "folder" if target.is_dir() else "file")
        real_fsync(descriptor)

    def rename(path: Path, target: Path) -> Path:
        steps.append("rename")
        return real_rename(path, target)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(Path, "rename", rename)
    store.put(b"picture", "image/jxl")
    assert steps == ["root", "file", "rename", "folder"]
    steps.clear()
    store.put(b"picture", "image/jxl")
    assert steps == ["folder"], "bytes already there are not written twice, but their name is made durable"


def test_a_cut_file_is_written_again(store: BlobStore) -> None:
    store.put(b"picture", "image/jxl")
    store.path(SHA).write_bytes(b"pic")
    store.put(b"picture", "image/jxl")
    assert store.get(SHA) == b"picture"


def test_changed_or_missing_bytes_are_noticed(store: BlobStore) -> None:
    with pytest.raises(StorageError, match="missing"):
        store.get(SHA)
    store.put(b"picture", "image/jxl")
    store.path(SHA).write_bytes(b"pictuRe")
    with pytest.raises(StorageError, match="changed"):
        store.get(SHA)


def test_a_full_disk_stores_nothing(store: BlobStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr("station.journal.blobs.os.fsync", full)
        patch.setattr("station.journal.blobs.sync_directory", lambda _: None)
        with pytest.raises(StorageError, match="free some space"):
            store.put(b"picture", "image/jxl")
    assert not store.path(SHA).exists()
    assert not list((tmp_path / "blobs" / INCOMING).iterdir())
    store.put(b"picture", "image/jxl")
    assert store.get(SHA) == b"picture"


def test_prepare_sweeps_what_a_killed_process_left(store: BlobStore, tmp_path: Path) -> None:
    (tmp_path / "blobs" / INCOMING / "half").write_bytes(b"pi")
    store.put(b"picture", "image/jxl")
    again = BlobStore(tmp_path / "blobs")
    assert again.prepare() == 1
    assert list(again.hashes()) == [SHA]


def test_threads_store_the_same_and_different_bytes(store: BlobStore) -> None:
    data = [bytes([number % 10]) * 1000 for number in range(60)]
    with ThreadPoolExecutor(4) as pool:
        refs = list(pool.map(lambda each: store.put(each, "image/jxl"), data))
    assert len(set(refs)) == 10
    assert {store.get(ref.sha256) for ref in refs} == set(data)
