"""Pictures of a result as an archive: lossless, whoever removed some of them meanwhile."""

import io
import zipfile
from pathlib import Path

import cv2
import numpy as np
import pytest

from camera.frame import PixelFormat
from plc.opcua.ports import Picture, PortError
from station.gateway import archive
from station.gateway.archive import MISSING, pack_pictures
from station.journal.blobs import BlobStore
from station.journal.images import encode

RGB = np.arange(24 * 16 * 3, dtype=np.uint8).reshape(16, 24, 3)
GREY = np.arange(24 * 16, dtype=np.uint16).reshape(16, 24) * 7


def put(blobs: BlobStore, view: str, pixels: np.ndarray, kind: str) -> Picture:
    encoded = encode(pixels, PixelFormat(kind))
    ref = blobs.put(encoded.data, encoded.media_type)
    return Picture(view, ref.media_type, ref.sha256)


@pytest.fixture
def blobs(tmp_path: Path) -> BlobStore:
    store = BlobStore(tmp_path, lambda _sha256: "")
    store.prepare()
    return store


def unpacked(blobs: BlobStore, *pictures: Picture) -> dict[str, bytes]:
    with pack_pictures(blobs, pictures) as file, zipfile.ZipFile(io.BytesIO(file.read())) as found:
        return {name: found.read(name) for name in found.namelist()}


def test_every_picture_keeps_its_values(blobs: BlobStore) -> None:
    found = unpacked(blobs, put(blobs, "top", RGB, "RGB8"), put(blobs, "side", GREY, "Mono16"))
    assert sorted(found) == ["side.png", "top.png"]
    top, side = (
        cv2.imdecode(np.frombuffer(found[name], np.uint8), cv2.IMREAD_UNCHANGED) for name in ("top.png", "side.png")
    )
    assert top is not None
    assert side is not None
    assert np.array_equal(top[..., ::-1], RGB)
    assert np.array_equal(side, GREY)


def test_a_picture_that_is_gone_is_named(blobs: BlobStore) -> None:
    gone = Picture("side", "image/jxl", "ab" * 32)
    found = unpacked(blobs, put(blobs, "top", RGB, "RGB8"), gone)
    assert sorted(found) == [MISSING, "top.png"]
    assert found[MISSING].startswith(b"side: ")
    with pytest.raises(PortError, match="is missing"):
        pack_pictures(blobs, [gone])


def test_an_archive_is_bounded(blobs: BlobStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "LARGEST_BYTES", 100)
    with pytest.raises(PortError, match="larger than"):
        pack_pictures(blobs, [put(blobs, "top", RGB, "RGB8")])
