"""A model in 8 bits beside the one it came from."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
import pytest
from convolving import convolving

from models.errors import ModelError
from models.int8 import Agreement, agreement, noted, quantized
from models.manifest import Manifest, read_manifest
from models.predictor import Predictor
from models.shelf import Shelf

Bytes = npt.NDArray[np.uint8]
NOW = datetime(2026, 2, 3, tzinfo=UTC)
AGREEING = Agreement(100, 0, 0, 0.05, 0.01, 2.0, 1.0)


def pictures(count: int, brightest: int = 60) -> list[Bytes]:
    random = np.random.default_rng(0)
    levels = np.linspace(5, brightest, count)
    return [random.integers(0, max(2, round(level)), (96, 128), dtype=np.uint8) for level in levels]


@pytest.fixture
def version(tmp_path: Path, manifest_of: Callable[..., Manifest]) -> Path:
    data = convolving().SerializeToString()
    return Shelf(tmp_path / "models").add(manifest_of(data), data)


def test_a_model_in_8_bits_says_the_same_of_pictures_like_those_it_was_measured_on(version: Path) -> None:
    before = Predictor.load(version, threads=1)
    every = pictures(40)
    after, made = quantized(before, (version / "model.onnx").read_bytes(), every[::2])
    kinds = {node.op_type for node in onnx.load_model_from_string(made).graph.node}
    assert {"QuantizeLinear", "DequantizeLinear"} <= kinds
    found = agreement(before, after, every[1::2], 20.0, 40.0)
    assert found.pictures == 20
    assert 0 < found.largest < 0.05
    assert found.became_good == 0
    assert found.objection(0.05) is None
    assert "a score moves by" in (found.objection(found.largest / 2) or "")
    assert min(found.before_ms, found.after_ms) > 0
    manifest = noted(after.manifest, before.manifest, 20, found, NOW)
    folder = Shelf(version.parents[1]).add(manifest, made)
    again = read_manifest(folder)
    assert again.quantized is not None
    assert (again.version, again.quantized.of_version, again.quantized.of_sha256) == (
        "2",
        "1",
        before.manifest.model_sha256,
    )
    assert Predictor.load(folder, threads=1).predict(every[3]).score == after.predict(every[3]).score


def test_ranges_measured_on_other_pictures_are_found_out(version: Path) -> None:
    before = Predictor.load(version, threads=1)
    after, _ = quantized(before, (version / "model.onnx").read_bytes(), pictures(10, brightest=8))
    found = agreement(before, after, pictures(20, brightest=200), 20.0, 40.0)
    assert found.became_good > 0
    assert "that were rejected would be good" in (found.objection(1.0) or "")


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({}, None),
        ({"changed": 2}, None),
        ({"changed": 3}, "3 of 100 pictures would get another verdict, 2% may"),
        ({"changed": 1, "became_good": 1}, "1 of 100 pictures that were rejected would be good"),
        ({"largest": 0.2}, r"a score moves by 20.0% of the threshold high, 10.0% are tolerated"),
    ],
)
def test_what_is_refused(changes: dict[str, Any], text: str | None) -> None:
    assert replace(AGREEING, **changes).objection(0.1) == text


def test_too_few_pictures_are_said(version: Path) -> None:
    before = Predictor.load(version, threads=1)
    with pytest.raises(ModelError, match="can look at 7 of the pictures, at least 8 are needed"):
        quantized(before, b"", pictures(7))
    with pytest.raises(ModelError, match="7 of the pictures can be judged, at least 8"):
        agreement(before, before, pictures(7), 20.0, 40.0)
