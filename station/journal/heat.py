"""Heat maps as bytes: small enough to stand in the database beside the part, exact enough for the eye and a threshold."""

import struct
import zlib

import numpy as np
import numpy.typing as npt

from station.journal.errors import StorageError

HeatMap = npt.NDArray[np.float32]

FINE_CELLS = 64 * 64
"""Up to so many cells a map gets 16 bits a cell, above them 8: a few kB either way."""

_HEAD = struct.Struct("<BIIff")
_LEVELS: dict[int, npt.DTypeLike] = {8: np.dtype("u1"), 16: np.dtype("<u2")}


def pack_heat(heat: HeatMap) -> bytes:
    """Return bits a cell, height, width, lowest and highest value (float32), then the cells, packed without loss.

    Parameters
    ----------
    heat
        Shape (h, w) float32, at least one cell. Its values become steps of (highest - lowest) / 255 or / 65535, so that
        none changes by more than half a step. What is not finite becomes the nearest value that is, nan the lowest.
    """
    finite = heat[np.isfinite(heat)]
    low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 0.0)
    bits = 16 if heat.size <= FINE_CELLS else 8
    whole = heat if finite.size == heat.size else np.nan_to_num(heat, nan=low, posinf=high, neginf=low)
    scale = (2**bits - 1) / (high - low) if high > low else 0.0
    cells = np.rint((whole.astype(np.float64) - low) * scale).astype(_LEVELS[bits])
    steps = np.diff(cells, axis=1, prepend=cells.dtype.type(0))  # modulo 2**bits, so that cells and steps take one room
    return _HEAD.pack(bits, *heat.shape, low, high) + zlib.compress(steps.tobytes(), 1)


def unpack_heat(data: bytes) -> HeatMap:
    """Undo `pack_heat`: shape (h, w) float32, read-only.

    Raises
    ------
    StorageError
        If the bytes are no heat map.
    """
    try:
        bits, height, width, low, high = _HEAD.unpack_from(data)
        steps = np.frombuffer(zlib.decompress(data[_HEAD.size :]), _LEVELS[bits]).reshape(height, width)
    except (struct.error, zlib.error, KeyError, ValueError) as error:
        raise StorageError(f"a heat map's bytes are damaged ({error}); restore the journal from a backup") from error
    cells = np.cumsum(steps, axis=1, dtype=steps.dtype)
    heat = np.asarray(low + cells * ((high - low) / (2**bits - 1)), dtype=np.float32)
    heat.setflags(write=False)
    return heat
