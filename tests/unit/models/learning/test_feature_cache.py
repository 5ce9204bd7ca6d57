"""What was computed from pictures: kept across processes, never wrong, never more than allowed, gone with its picture."""

import json
import os
import shutil
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from models.learning.feature_cache import ABANDONED_S, INCOMING, LEFT_BYTES, MOST_JOINT, Arrays, FeatureCache

ONE, TWO = (sha256(name).hexdigest() for name in (b"one", b"two"))
KEY = sha256(b"settings").hexdigest()


def arrays(seed: int = 1) -> Arrays:
    rng = np.random.default_rng(seed)
    return {"half": rng.normal(size=(3, 4)).astype(np.float16), "hash": np.array([2**63], np.uint64)}


def same(found: Arrays | None, wanted: Arrays) -> bool:
    return found is not None and all(
        np.array_equal(found[name], wanted[name]) and found[name].dtype == wanted[name].dtype for name in wanted
    )


def everywhere(_: str) -> bool:
    return True


def files(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file()]


def test_what_was_put_is_there_for_the_next_process(tmp_path: Path) -> None:
    FeatureCache(tmp_path).put(ONE, KEY, arrays())
    FeatureCache(tmp_path).put_joint(KEY, arrays(2), [ONE, TWO])
    again = FeatureCache(tmp_path)
    assert same(again.get(ONE, KEY), arrays())
    assert same(again.get_joint(KEY), arrays(2))
    assert again.get(TWO, KEY) is None
    assert again.get(ONE, TWO) is None


@pytest.mark.parametrize("at", [5, 60, -1])
def test_a_damaged_file_is_as_none(tmp_path: Path, at: int) -> None:
    cache = FeatureCache(tmp_path)
    cache.put(ONE, KEY, arrays())
    (path,) = files(tmp_path)
    data = bytearray(path.read_bytes())
    data[at] ^= 0x40
    path.write_bytes(data)
    assert cache.get(ONE, KEY) is None
    path.write_bytes(data[:30])
    assert cache.get(ONE, KEY) is None
    cache.put(ONE, KEY, arrays())
    assert same(cache.get(ONE, KEY), arrays())


def test_a_file_that_names_objects_is_as_none(tmp_path: Path) -> None:
    cache = FeatureCache(tmp_path)
    cache.put(ONE, KEY, arrays())
    (path,) = files(tmp_path)
    head, _, body = path.read_bytes().partition(b"\n")
    changed = {**json.loads(head), "arrays": [["half", "|O", [1]]]}
    path.write_bytes(json.dumps(changed).encode() + b"\n" + body)
    assert cache.get(ONE, KEY) is None


def test_what_a_picture_gave_goes_with_it_alone_and_with_others(tmp_path: Path) -> None:
    cache = FeatureCache(tmp_path)
    for picture in (ONE, TWO):
        cache.put(picture, KEY, arrays())
    cache.put_joint(KEY, arrays(), [ONE, TWO])
    cache.put_joint(TWO, arrays(), [TWO])
    cache.forget([ONE])
    assert cache.get(ONE, KEY) is None
    assert cache.get_joint(KEY) is None
    assert cache.get(TWO, KEY) is not None
    assert cache.get_joint(TWO) is not None
    assert not any(ONE.encode() in path.read_bytes() or ONE in str(path) for path in files(tmp_path))


def test_trimming_removes_what_has_no_picture_and_what_a_dead_process_left(tmp_path: Path) -> None:
    cache = FeatureCache(tmp_path)
    cache.put(ONE, KEY, arrays())
    cache.put(TWO, KEY, arrays())
    cache.put_joint(KEY, arrays(), [ONE, TWO])
    (tmp_path / INCOMING).mkdir(exist_ok=True)
    left, young = tmp_path / INCOMING / "left", tmp_path / INCOMING / "young"
    for path in (left, young):
        path.write_bytes(b"half a file")
    old_s = left.stat().st_mtime - 2 * ABANDONED_S
    os.utime(left, (old_s, old_s))
    cache.trim(lambda picture: picture == TWO)
    assert cache.get(ONE, KEY) is None
    assert cache.get_joint(KEY) is None
    assert cache.get(TWO, KEY) is not None
    assert (left.exists(), young.exists()) == (False, True)


def test_it_stays_within_its_bounds_and_keeps_what_was_used_last(tmp_path: Path) -> None:
    cache = FeatureCache(tmp_path)
    pictures = [sha256(bytes([number])).hexdigest() for number in range(6)]
    for age, picture in enumerate(pictures):
        cache.put(picture, KEY, arrays())
        path = tmp_path / "pictures" / picture[:2] / f"{picture}.{KEY}"
        os.utime(path, (1000 + age, 1000 + age))
    assert cache.get(pictures[0], KEY) is not None  # used now
    size = cache.size_bytes // 6
    FeatureCache(tmp_path, most_bytes=2 * size + size // 2).trim(everywhere)
    assert [cache.get(picture, KEY) is not None for picture in pictures] == [True, False, False, False, False, True]
    for number in range(2 * MOST_JOINT):
        cache.put_joint(sha256(bytes([number])).hexdigest(), arrays(), [ONE])
    assert len(list((tmp_path / "joint").iterdir())) == MOST_JOINT


def test_the_last_room_on_the_disk_is_the_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = FeatureCache(tmp_path)
    with monkeypatch.context() as patched:
        patched.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=LEFT_BYTES - 1))
        cache.put(ONE, KEY, arrays())
    assert files(tmp_path) == []
    cache.put(ONE, KEY, arrays())
    assert same(cache.get(ONE, KEY), arrays())


def test_a_disk_that_takes_nothing_costs_nothing_but_time(tmp_path: Path) -> None:
    (tmp_path / "features").write_bytes(b"a file where the folder should be")
    cache = FeatureCache(tmp_path / "features")
    cache.put(ONE, KEY, arrays())
    assert cache.get(ONE, KEY) is None
    cache.trim(everywhere)
