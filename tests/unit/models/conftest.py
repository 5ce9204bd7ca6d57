"""Tiny models and model versions: their answers are known, their files are real."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from models.manifest import (
    InputSpec,
    LearnedFrom,
    Manifest,
    RegistrationSpec,
    SourceSpec,
    Thresholds,
)
from models.registration import IDENTITY, METHOD, Limits, warp
from models.shelf import Shelf

Bytes = npt.NDArray[np.uint8]


def difference_model(template: npt.NDArray[Any], stride: int = 4) -> onnx.ModelProto:
    """Return a model whose map is the mean difference to a template (H, W, 3) and whose score is the map's maximum."""
    height, width = template.shape[:2]
    constants: dict[str, npt.NDArray[Any]] = {
        "template": template.astype(np.float32)[np.newaxis],
        "channel": np.array([3], dtype=np.int64),
        "lead": np.array([1], dtype=np.int64),
        "flat": np.array([-1], dtype=np.int64),
        "zero": np.array([0], dtype=np.int64),
    }
    nodes = [
        helper.make_node("Cast", ["image"], ["real"], to=TensorProto.FLOAT),
        helper.make_node("Sub", ["real", "template"], ["difference"]),
        helper.make_node("Abs", ["difference"], ["distance"]),
        helper.make_node("ReduceMean", ["distance", "channel"], ["mean"], keepdims=0),
        helper.make_node("Unsqueeze", ["mean", "lead"], ["planes"]),
        helper.make_node("AveragePool", ["planes"], ["pooled"], kernel_shape=[stride] * 2, strides=[stride] * 2),
        helper.make_node("Squeeze", ["pooled", "lead"], ["anomaly_map"]),
        helper.make_node("Reshape", ["anomaly_map", "flat"], ["row"]),
        helper.make_node("ReduceMax", ["row", "zero"], ["score"], keepdims=1),
    ]
    graph = helper.make_graph(
        nodes,
        "difference",
        [helper.make_tensor_value_info("image", TensorProto.UINT8, [1, height, width, 3])],
        [
            helper.make_tensor_value_info("anomaly_map", TensorProto.FLOAT, [1, height // stride, width // stride]),
            helper.make_tensor_value_info("score", TensorProto.FLOAT, [1]),
        ],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)


def plate(width: int, height: int) -> Bytes:
    """Return a grey plate with holes of different sizes, an engraved line and light noise."""
    rng = np.random.default_rng(7)
    unit = width / 100.0
    picture = np.full((height, width), 45, dtype=np.uint8)
    corners = np.array([[12, 12], [88, 14], [86, 68], [13, 66]]) * unit
    cv2.fillPoly(picture, [corners.astype(np.int32)], 170)
    for x, y, radius in [(24, 24, 5), (74, 26, 3), (70, 56, 6), (30, 55, 4), (50, 40, 9)]:
        cv2.circle(picture, (round(x * unit), round(y * unit)), round(radius * unit), 40, -1, cv2.LINE_AA)
    cv2.line(picture, (round(34 * unit), round(62 * unit)), (round(60 * unit), round(59 * unit)), 90, 2, cv2.LINE_AA)
    blurred = cv2.GaussianBlur(picture, (0, 0), 0.8).astype(np.float64)
    return np.clip(blurred + rng.normal(0.0, 2.0, blurred.shape), 0, 255).astype(np.uint8)


@pytest.fixture
def grey_model() -> bytes:
    """A model of 64x48 input that finds whatever differs from grey 128."""
    return bytes(difference_model(np.full((48, 64, 3), 128)).SerializeToString())


@pytest.fixture
def model_of() -> Callable[..., onnx.ModelProto]:
    """Build a difference model from a template."""
    return difference_model


@pytest.fixture
def plate_picture() -> Callable[[int, int], Bytes]:
    """Draw a good part of (width, height)."""
    return plate


@pytest.fixture
def manifest_of() -> Callable[..., Manifest]:
    """Write the manifest of a model's bytes."""

    def build(model: bytes, **changes: Any) -> Manifest:
        values: dict[str, Any] = {
            "name": "plate",
            "version": "1",
            "created": datetime(2026, 1, 2, tzinfo=UTC),
            "model_sha256": hashlib.sha256(model).hexdigest(),
            "input": InputSpec(width=64, height=48),
            "source": SourceSpec(width=128, height=96),
            "scale": 0.5,
            "registration": None,
            "thresholds": Thresholds(low=20.0, high=40.0, interval=(18.0, 24.0), confidence=0.95, parts=30),
            "head": "padim",
            "cross_validation": {"padim": {"spread": 1.5}},
            "learned_from": LearnedFrom(images=("ab" * 32,), parts=30, seed=1, code_version="0.1.0"),
            "min_defect_area_px": 16.0,
        }
        return Manifest(**values | changes)

    return build


@pytest.fixture
def grey_version(tmp_path: Path, grey_model: bytes, manifest_of: Callable[..., Manifest]) -> Path:
    """The folder of a stored version of `grey_model`, for pictures of 128x96."""
    return Shelf(tmp_path / "models").add(manifest_of(grey_model), grey_model)


@pytest.fixture
def plate_version(tmp_path: Path, manifest_of: Callable[..., Manifest]) -> Path:
    """The folder of a stored version that registers a plate of 640x480 and compares it with the reference."""
    reference = plate(640, 480)
    template = np.repeat(warp(reference, IDENTITY, (320, 256), 0.5)[:, :, np.newaxis], 3, axis=2)
    model = difference_model(template).SerializeToString()
    png = cv2.imencode(".png", reference)[1].tobytes()
    limits = Limits.for_size(640, 480)
    registration = RegistrationSpec(
        sha256=hashlib.sha256(png).hexdigest(),
        method=METHOD,
        max_shift_px=limits.max_shift_px,
        max_rotation_deg=limits.max_rotation_deg,
        min_quality=limits.min_quality,
    )
    manifest = manifest_of(
        model,
        input=InputSpec(width=320, height=256),
        source=SourceSpec(width=640, height=480),
        registration=registration,
    )
    return Shelf(tmp_path / "models").add(manifest, model, png)
