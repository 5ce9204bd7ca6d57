"""Reading a checkpoint: tensors come out, and nothing a file says is run."""

import io
import os
import pickle
import struct
import sys
from collections import OrderedDict
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from models.learning.checkpoint import MAGIC, PROTOCOL, CheckpointError, read_checkpoint


class _Storage:
    """What a checkpoint's writer puts where the reader finds a persistent id."""

    def __init__(self, kind: type, key: str) -> None:
        self.pid = ("storage", kind, key, "cpu", 6, None)


class _Rebuilt:
    def __init__(self, rebuild: Any, *arguments: Any) -> None:
        self.reduced = (rebuild, arguments)

    def __reduce__(self) -> Any:
        return self.reduced


class _Pickler(pickle.Pickler):
    def persistent_id(self, thing: Any) -> Any:
        return thing.pid if isinstance(thing, _Storage) else None


@pytest.fixture
def fake_torch(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Names as PyTorch's, so that pickle writes them; the reader never imports them."""
    torch, utils = ModuleType("torch"), ModuleType("torch._utils")

    def rebuild(*_: Any) -> None:
        raise AssertionError("PyTorch's own function was called")

    rebuild.__module__, rebuild.__qualname__, rebuild.__name__ = (
        "torch._utils",
        "_rebuild_tensor_v2",
        "_rebuild_tensor_v2",
    )
    utils._rebuild_tensor_v2 = rebuild  # type: ignore[attr-defined]
    torch.FloatStorage = type("FloatStorage", (), {"__module__": "torch"})  # type: ignore[attr-defined]
    torch.HalfStorage = type("HalfStorage", (), {"__module__": "torch"})  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "torch", torch)
    monkeypatch.setitem(sys.modules, "torch._utils", utils)
    return torch


def written(state: Any, storages: dict[str, bytes], magic: int = MAGIC) -> bytes:
    stream = io.BytesIO()
    for thing in (magic, PROTOCOL, {"little_endian": True}, state, list(storages)):
        _Pickler(stream, 2).dump(thing)
    for raw in storages.values():
        stream.write(struct.pack("<q", len(raw) // 4) + raw)
    return stream.getvalue()


def tensor(torch: ModuleType, shape: tuple[int, ...], strides: tuple[int, ...], offset: int = 0) -> _Rebuilt:
    rebuild = sys.modules["torch._utils"]._rebuild_tensor_v2  # type: ignore[attr-defined]
    return _Rebuilt(rebuild, _Storage(torch.FloatStorage, "0"), offset, shape, strides, False, OrderedDict())  # type: ignore[attr-defined]


SIX = np.arange(6, dtype="<f4").tobytes()


def test_tensors_come_out_with_shape_offset_and_strides(fake_torch: ModuleType) -> None:
    state = OrderedDict(a=tensor(fake_torch, (2, 3), (3, 1)), b=tensor(fake_torch, (2, 2), (1, 2), offset=1))
    read = read_checkpoint(written(state, {"0": SIX}))
    assert read["a"].tolist() == [[0, 1, 2], [3, 4, 5]]
    assert read["b"].tolist() == [[1, 3], [2, 4]]


@pytest.mark.parametrize("state", [os.system, [1, 2], OrderedDict(a=1)], ids=["a function", "a list", "a number"])
def test_anything_but_tensors_is_refused(state: Any) -> None:
    with pytest.raises(CheckpointError):
        read_checkpoint(written(state, {}))


def test_code_in_a_pickle_is_not_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RAN", raising=False)
    with pytest.raises(CheckpointError, match=r"only tensors are read"):
        read_checkpoint(written(_Rebuilt(os.putenv, "RAN", "yes"), {}))
    assert "RAN" not in os.environ


def test_a_tensor_that_reaches_outside_its_storage_is_refused(fake_torch: ModuleType) -> None:
    for wrong in (tensor(fake_torch, (2, 4), (4, 1)), tensor(fake_torch, (2,), (1,), offset=5)):
        with pytest.raises(CheckpointError, match="outside its storage"):
            read_checkpoint(written(OrderedDict(a=wrong), {"0": SIX}))


def test_every_truncation_is_an_error_of_ours(fake_torch: ModuleType) -> None:
    data = written(OrderedDict(a=tensor(fake_torch, (6,), (1,))), {"0": SIX})
    for length in range(0, len(data), 3):
        with pytest.raises(CheckpointError):
            read_checkpoint(data[:length])


def test_another_layout_is_named() -> None:
    with pytest.raises(CheckpointError, match="does not start"):
        read_checkpoint(written(OrderedDict(), {}, magic=1))
