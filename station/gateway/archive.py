"""The pictures of a result as one ZIP archive of PNG files, which every other system can open."""

import tempfile
import zipfile
from collections.abc import Iterable
from typing import BinaryIO

import cv2
import numpy as np

from camera.frame import Pixels
from plc.opcua.ports import Picture, PortError
from station.journal.blobs import BlobStore
from station.journal.errors import StorageError
from station.journal.images import JPEG, decode

LARGEST_BYTES = 256 * 1024 * 1024
"""Of one archive."""
_TO_BLUE_FIRST = {3: cv2.COLOR_RGB2BGR, 4: cv2.COLOR_RGBA2BGRA}
_QUICKLY = [cv2.IMWRITE_PNG_COMPRESSION, 1]
MISSING = "missing.txt"


def pack_pictures(blobs: BlobStore, pictures: Iterable[Picture]) -> BinaryIO:
    """Return an archive in a temporary file that has no name, at its beginning.

    It holds `<view>.png` with the values of the camera, raw Bayer as its mosaic, and `missing.txt` with a line for each
    picture that is no longer there.

    Raises
    ------
    PortError
        If there is no picture left, they are too large together, or the file cannot be written.
    """
    missing: list[str] = []
    archive = tempfile.TemporaryFile()  # noqa: SIM115  # the caller closes it
    try:
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as into:
            for picture in pictures:
                try:
                    name, content = _file(picture, blobs.get(picture.sha256))
                except StorageError as error:
                    missing.append(f"{picture.view}: {error}\n")
                    continue
                if archive.tell() + len(content) > LARGEST_BYTES:
                    raise PortError(f"the pictures are larger than {LARGEST_BYTES // 2**20} MiB together")
                into.writestr(name, content)
            if missing and not into.namelist():
                raise PortError(missing[0].strip())
            if missing:
                into.writestr(MISSING, "".join(missing))
    except OSError as error:
        archive.close()
        raise PortError(f"the archive cannot be written: {error.strerror or error}") from error
    except PortError:
        archive.close()
        raise
    archive.seek(0)
    return archive


def _file(picture: Picture, data: bytes) -> tuple[str, bytes]:
    if picture.media_type == JPEG:
        return f"{picture.view}.jpg", data
    pixels: Pixels = decode(data, picture.media_type)
    order = _TO_BLUE_FIRST.get(pixels.shape[2] if pixels.ndim == 3 else 1)
    ready = pixels if order is None else cv2.cvtColor(pixels, order)
    _, encoded = cv2.imencode(".png", np.ascontiguousarray(ready), _QUICKLY)
    return f"{picture.view}.png", encoded.tobytes()
