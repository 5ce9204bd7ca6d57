"""Reads the weights out of a PyTorch checkpoint without PyTorch, and without running anything the file says.

The layout is the one PyTorch wrote before 1.6 and still reads (`torch/serialization.py`, `_legacy_load`): five pickles
(magic number, protocol, platform, the state, the storage keys), then every storage as an int64 count and raw values.
"""

import io
import pickle
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

MAGIC = 0x1950A86A20F9469CFC6C
PROTOCOL = 1001
DTYPES = {"FloatStorage": np.dtype("<f4"), "LongStorage": np.dtype("<i8")}


class CheckpointError(ValueError):
    """The file is not a checkpoint this reader understands, or asks for more than tensors."""


@dataclass(frozen=True, slots=True)
class _Storage:
    key: str
    dtype: np.dtype[Any]


@dataclass(frozen=True, slots=True)
class _Tensor:
    storage: _Storage
    offset: int
    shape: tuple[int, ...]
    strides: tuple[int, ...]

    def read(self, values: Mapping[str, npt.NDArray[Any]]) -> npt.NDArray[Any]:
        flat = values[self.storage.key]
        last = self.offset + sum((size - 1) * stride for size, stride in zip(self.shape, self.strides, strict=True))
        if min(self.offset, *self.strides, 0) < 0 or last >= flat.size:
            raise CheckpointError(f"a tensor of shape {self.shape} reaches outside its storage")
        steps = tuple(stride * flat.itemsize for stride in self.strides)
        return np.lib.stride_tricks.as_strided(flat[self.offset :], self.shape, steps).copy()


def _rebuild(
    storage: _Storage, offset: int, shape: tuple[int, ...], strides: tuple[int, ...], *_rest: object
) -> _Tensor:
    return _Tensor(storage, offset, shape, strides)


class _Tensors(pickle.Unpickler):
    """Knows tensors, their storages and OrderedDict; every other name ends the reading."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("collections", "OrderedDict"):
            return OrderedDict
        if (module, name) == ("torch._utils", "_rebuild_tensor_v2"):
            return _rebuild
        if module == "torch" and name in DTYPES:
            return DTYPES[name]
        raise CheckpointError(f"the checkpoint asks for {module}.{name}; only tensors are read")

    def persistent_load(self, pid: Any) -> _Storage:
        kind, dtype, key, _location, _count, view = pid
        if kind != "storage" or view is not None or not isinstance(dtype, np.dtype):
            raise CheckpointError("the checkpoint holds something other than plain storages")
        return _Storage(str(key), dtype)


def read_checkpoint(data: bytes) -> dict[str, npt.NDArray[Any]]:
    """Return every tensor of a PyTorch checkpoint by its name.

    Parameters
    ----------
    data
        The whole file, in PyTorch's legacy layout.

    Raises
    ------
    CheckpointError
        If the file is damaged, of another layout, or holds anything but tensors.
    """
    stream = io.BytesIO(data)
    try:
        if _Tensors(stream).load() != MAGIC or _Tensors(stream).load() != PROTOCOL:
            raise CheckpointError("the file does not start as a PyTorch checkpoint does")
        _Tensors(stream).load()
        state = _Tensors(stream).load()
        keys = _Tensors(stream).load()
        if not isinstance(state, OrderedDict) or not all(isinstance(value, _Tensor) for value in state.values()):
            raise CheckpointError("the checkpoint is not a flat table of tensors")
        dtypes = {tensor.storage.key: tensor.storage.dtype for tensor in state.values()}
        values = {str(key): _values(stream, dtypes[str(key)]) for key in keys}
        return {str(name): tensor.read(values) for name, tensor in state.items()}
    except CheckpointError:
        raise
    except (pickle.UnpicklingError, EOFError, ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
        raise CheckpointError(f"the checkpoint is damaged: {error}") from error


def _values(stream: BinaryIO, dtype: np.dtype[Any]) -> npt.NDArray[Any]:
    count = int(np.frombuffer(stream.read(8), "<i8")[0])
    raw = stream.read(count * dtype.itemsize) if count >= 0 else b""
    if len(raw) != count * dtype.itemsize:
        raise CheckpointError("the checkpoint ends in the middle of a tensor")
    return np.frombuffer(raw, dtype)
