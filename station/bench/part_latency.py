"""A part's latency on the running line, beside its raw pieces run bare, one after the other, in the same run."""

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import apsw
import numpy as np
import numpy.typing as npt

from camera.frame import PixelFormat
from models.predictor import Predictor
from models.shelf import Shelf
from station.journal.connection import open_writer
from station.journal.images import decode, encode
from station.journal.pictures import write_picture
from station.journal.reader import JournalReader

Bytes = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class RawPieces:
    """Milliseconds of each piece for each picture, shape (n,)."""

    run_ms: npt.NDArray[np.float64]
    encode_ms: npt.NDArray[np.float64]
    fsync_ms: npt.NDArray[np.float64]
    commit_ms: npt.NDArray[np.float64]

    @property
    def sum_ms(self) -> npt.NDArray[np.float64]:
        """Shape (n,): the four pieces of each picture."""
        return self.run_ms + self.encode_ms + self.fsync_ms + self.commit_ms


def recorded_pictures(data: Path, count: int) -> list[Bytes]:
    """Return the latest pictures on record. Raises `StorageError`."""
    pictures: list[Bytes] = []
    with JournalReader(data) as reader:
        for summary in reader.parts(limit=count).parts:
            record = reader.part(summary.uid)
            assert record is not None  # nothing is ever deleted
            image = record.inspection.views[0].image
            if image is not None:
                pixels = decode(reader.blobs.get(image.sha256), image.media_type)
                pictures.append(np.asarray(pixels, dtype=np.uint8))
    return pictures


def write_pictures(folder: Path, pictures: Sequence[Bytes]) -> None:
    """Write pictures as a replay camera shows them: what comes out of a ring without the station having drawn it.

    Raises `StorageError`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for number, pixels in enumerate(pictures):
        write_picture(folder / f"{number:04d}.bmp", pixels)


def deployed_predictor(data: Path, name: str) -> Predictor:
    """Return the deployed model, loaded as the engine loads it. Raises `ModelError`."""
    shelf = Shelf(data / "models")
    version = shelf.deployed(name)
    predictor = Predictor.load(shelf.folder(name, version or ""))
    predictor.warm_up()
    return predictor


def raw_pieces(predictor: Predictor, pictures: Sequence[Bytes], folder: Path) -> RawPieces:
    """Run `session.run`, the encoder, write + fsync, and one FULL commit, bare, for each picture.

    The input is prepared beforehand: registration, warping and decoding are ours to account for.
    """
    inputs = [predictor.prepare(pixels)[0] for pixels in pictures]
    folder.mkdir(parents=True, exist_ok=True)
    connection = open_writer(folder / "raw.db", 5.0)
    connection.execute("CREATE TABLE part (id INTEGER PRIMARY KEY, text TEXT)")
    rows = [_one(predictor, image, pixels, folder, connection) for image, pixels in zip(inputs, pictures, strict=True)]
    connection.close()
    return RawPieces(*np.array(rows).T)


def _one(
    predictor: Predictor, image: Bytes, pixels: Bytes, folder: Path, connection: apsw.Connection
) -> tuple[float, float, float, float]:
    run_ms, _ = _timed(lambda: predictor.session.run(image))
    encode_ms, encoded = _timed(lambda: encode(pixels, PixelFormat.MONO8))
    fsync_ms, _ = _timed(lambda: _write(folder / "picture", encoded.data))
    commit_ms, _ = _timed(lambda: connection.execute("INSERT INTO part (text) VALUES (?)", ("x" * 500,)))
    return run_ms, encode_ms, fsync_ms, commit_ms


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    result = work()
    return (time.perf_counter() - start) * 1000, result
