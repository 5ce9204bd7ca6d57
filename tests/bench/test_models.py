"""What a prediction costs beside the bare model, at 5 MP with a backbone of the size the learner uses; ratios in one run."""

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import cv2
import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from camera.virtual_part import World, draw_part
from models.bench import defect_cost, overhead
from models.learning.backbone import trunk
from models.manifest import InputSpec, LearnedFrom, Manifest, RegistrationSpec, SourceSpec, Thresholds
from models.predictor import Predictor
from models.registration import METHOD, Limits
from models.shelf import Shelf
from station.bench.judging import held_against_rules

WIDTH, HEIGHT = 2448, 2048
INPUT_WIDTH, INPUT_HEIGHT = 640, 512

pytestmark = pytest.mark.bench


def backbone_model() -> bytes:
    """Return the backbone with a mean over its features as heat map: the cost of a real model, not its judgement."""
    body = trunk()
    graph = body.graph
    pixels = graph.input[0].name
    del graph.input[:]
    graph.input.append(helper.make_tensor_value_info("image", TensorProto.UINT8, [1, INPUT_HEIGHT, INPUT_WIDTH, 3]))
    graph.node.insert(0, helper.make_node("Transpose", ["as_float"], [pixels], perm=[0, 3, 1, 2]))
    graph.node.insert(0, helper.make_node("Cast", ["image"], ["as_float"], to=TensorProto.FLOAT))
    stages = [output.name for output in graph.output]
    del graph.output[:]
    for name, value in {"channel": [1], "size": [1, 1, INPUT_HEIGHT, INPUT_WIDTH], "flat": [-1], "first": [0]}.items():
        graph.initializer.append(numpy_helper.from_array(np.array(value, dtype=np.int64), name))
    graph.node.extend(
        [
            helper.make_node("ReduceMean", [stages[-1], "channel"], ["mean"], keepdims=1),
            helper.make_node("Resize", ["mean", "", "", "size"], ["wide"], mode="linear"),
            helper.make_node("Squeeze", ["wide", "channel"], ["anomaly_map"]),
            helper.make_node("Reshape", ["anomaly_map", "flat"], ["row"]),
            helper.make_node("ReduceMax", ["row", "first"], ["score"], keepdims=1),
        ]
    )
    graph.output.extend(
        [
            helper.make_tensor_value_info("anomaly_map", TensorProto.FLOAT, [1, INPUT_HEIGHT, INPUT_WIDTH]),
            helper.make_tensor_value_info("score", TensorProto.FLOAT, [1]),
        ]
    )
    del graph.value_info[:]
    onnx.checker.check_model(body)
    return bytes(body.SerializeToString())


@pytest.fixture
def predictor(tmp_path: Path) -> Predictor:
    model = backbone_model()
    png = cv2.imencode(".png", draw_part(World(seed=3, defect_rate=0.0), 0).pixels)[1].tobytes()
    limits = Limits.for_size(WIDTH, HEIGHT)
    manifest = Manifest(
        name="bench",
        version="1",
        created=datetime(2026, 1, 1, tzinfo=UTC),
        model_sha256=hashlib.sha256(model).hexdigest(),
        input=InputSpec(width=INPUT_WIDTH, height=INPUT_HEIGHT),
        source=SourceSpec(width=WIDTH, height=HEIGHT),
        scale=0.25,
        registration=RegistrationSpec(
            sha256=hashlib.sha256(png).hexdigest(),
            method=METHOD,
            max_shift_px=limits.max_shift_px,
            max_rotation_deg=limits.max_rotation_deg,
            min_quality=limits.min_quality,
        ),
        thresholds=Thresholds(low=1e6, high=2e6, interval=(1e6, 2e6), confidence=0.95, parts=30),
        head="mean",
        cross_validation={},
        learned_from=LearnedFrom(images=(), parts=30, seed=0, code_version="0"),
        min_defect_area_px=0.0,
    )
    return Predictor.load(Shelf(tmp_path).add(manifest, model, png), threads=1)


def test_a_prediction_costs_little_more_than_the_bare_model(predictor: Predictor) -> None:
    measured = overhead(predictor, draw_part(World(seed=3, defect_rate=0.0), 1).pixels)
    print(f"session.run {measured.base_ms:.1f} ms, predict {measured.other_ms:.1f} ms, {measured.ratio:.2f} times")
    assert measured.ratio < 2.0


def test_300_defects_cost_hardly_more_than_none(predictor: Predictor) -> None:
    cost = defect_cost(predictor, draw_part(World(seed=3, defect_rate=0.0), 1).pixels)
    print(f"none {cost.times.base_ms:.1f} ms, {cost.defects} defects {cost.times.other_ms:.1f} ms")
    assert cost.defects >= 300
    assert cost.times.ratio < 1.5


def test_rules_for_300_defects_cost_about_as_much_as_the_prediction_at_most(predictor: Predictor) -> None:
    """The backbone alone is a third of a station's part, against which the product's own row has its limit."""
    rules = held_against_rules(WIDTH, HEIGHT)
    cost = defect_cost(predictor, draw_part(World(seed=3, defect_rate=0.0), 1).pixels, then=rules)
    print(f"none {cost.times.base_ms:.1f} ms, {cost.defects} defects and rules {cost.times.other_ms:.1f} ms")
    assert cost.times.ratio < 2.5
