"""Models of realistic cost and outputs, made by code: what `station bench` measures preprocessing and decoding beside.

The trunk of EfficientNet-Lite0 does the work of a small detector's backbone; the heads have the layouts and sizes of real ones at
an input of 640, and find some dozens of objects that are planned here. What they find means nothing.
"""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime

import numpy as np
import numpy.typing as npt
from onnx import TensorProto, helper

from models.foreign import ForeignSession
from models.learning.backbone import trunk
from models.learning.nodes import Nodes, serialised
from models.manifest import ForeignInput, ForeignManifest
from models.predictor import Predictor

SIDE = 640
PLACES = 8400
"""Of YOLO's three grids over that input."""
CLASSES = 80
LABELS = 1000
MASKS = 32
OBJECTS = 12
"""A part with more defects is scrap at a glance."""
SEEN_BY = 6
"""Places of the grids that see an object, of which suppression keeps one."""
SURE, UNSURE = 2.0, -8.0
"""Logits of the class of an object, and of everything else."""
SOURCE = (2448, 2048)
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def predictors() -> Iterator[tuple[str, Predictor]]:
    """Yield what is measured, by name: each a model loaded for one thread, for pictures of `SOURCE` pixels in colour.

    Raises
    ------
    BackboneError
        If the backbone's package is not installed.
    """
    yield "classification", _foreign("classification", "probabilities", classifier(), ["probabilities"], LABELS)
    yield "detection", _foreign("detection", "yolov8", detector(masks=False), ["output0"], CLASSES)
    yield (
        "segmentation",
        _foreign("segmentation", "yolov8-segment", detector(masks=True), ["output0", "output1"], CLASSES),
    )


def classifier() -> bytes:
    """Return a classifier of a thousand classes, (1, 1000) probabilities."""
    graph, stages = _body()
    pooled = graph.add("Flatten", graph.add("GlobalAveragePool", stages["stage4"]))
    logits = graph.add("MatMul", pooled, graph.constant(_weights(112, LABELS)))
    graph.add("Softmax", logits, name="probabilities", axis=1)
    return _closed(graph, {"probabilities": [1, LABELS]})


def detector(*, masks: bool) -> bytes:
    """Return a detector by YOLOv8's layout, (1, 84, 8400), and with masks (1, 116, 8400) and prototypes (1, 32, 160, 160)."""
    graph, stages = _body()
    rows = 4 + CLASSES + (MASKS if masks else 0)
    coarse = graph.add("AveragePool", stages["stage4"], kernel_shape=[2, 2], strides=[2, 2])
    grids = []
    for stage, channels in ((stages["stage2"], 40), (stages["stage4"], 112), (coarse, 112)):
        kernel = graph.constant(_weights(rows, channels)[:, :, None, None])
        grids.append(graph.add("Reshape", graph.add("Conv", stage, kernel), graph.constant([1, rows, -1], np.int64)))
    raw = graph.add("Add", graph.add("Concat", *grids, axis=2), graph.constant(_planned(rows)))
    boxes, scores, *rest = graph.outputs(
        "Split",
        raw,
        graph.constant([4, CLASSES, *([MASKS] if masks else [])], np.int64),
        count=3 if masks else 2,
        axis=1,
    )
    graph.add("Concat", boxes, graph.add("Sigmoid", scores), *rest, name="output0", axis=1)
    outputs = {"output0": [1, rows, PLACES]}
    if masks:
        fine = graph.add("Resize", stages["stage2"], "", graph.constant([1, 1, 2, 2]), mode="linear")
        for width, channels in ((64, 40), (64, 64)):  # the published head's own branch: two of 3 x 3, then one of 1 x 1
            weights = np.repeat(_weights(width, channels)[:, :, None, None], 9, axis=3).reshape(width, channels, 3, 3)
            fine = graph.add("Relu", graph.add("Conv", fine, graph.constant(weights), pads=[1, 1, 1, 1]))
        drawn = graph.add("Conv", fine, graph.constant(_weights(MASKS, 64)[:, :, None, None]))
        graph.add("Add", drawn, graph.constant(_prototypes()), name="output1")
        outputs["output1"] = [1, MASKS, 160, 160]
    return _closed(graph, outputs)


def _body() -> tuple[Nodes, dict[str, str]]:
    """Return the input, shares of 1, and the trunk; and its stages."""
    graph, body = Nodes("head_"), trunk()
    graph.add("Mul", "image", graph.constant(255.0), name=body.graph.input[0].name)
    graph.extend(body)
    return graph, {output.name: output.name for output in body.graph.output}


def _closed(graph: Nodes, outputs: dict[str, list[int]]) -> bytes:
    image = helper.make_tensor_value_info("image", TensorProto.FLOAT, [1, 3, SIDE, SIDE])
    given = [helper.make_tensor_value_info(name, TensorProto.FLOAT, sides) for name, sides in outputs.items()]
    return serialised(graph.model("bench", [image], given, {}))


def _weights(rows: int, columns: int) -> npt.NDArray[np.float32]:
    """Return weights so small that what is planned decides."""
    return np.asarray(np.random.default_rng(0).normal(0, 1e-3 / columns, (rows, columns)), dtype=np.float32)


def _planned(rows: int) -> npt.NDArray[np.float32]:
    """Return rows of YOLOv8's head, before its sigmoid, with `OBJECTS` objects on a grid."""
    planned = np.zeros((1, rows, PLACES), np.float32)
    planned[0, 4 : 4 + CLASSES] = UNSURE
    for number in range(OBJECTS):
        place = slice(200 * number, 200 * number + SEEN_BY)
        planned[0, :4, place] = np.array([[80 + 150 * (number % 4), 120 + 150 * (number // 4), 90, 60]]).T
        planned[0, 5 + number % 5, place] = SURE
        planned[0, 4 + CLASSES :, place] = 1.0
    return planned


def _prototypes() -> npt.NDArray[np.float32]:
    """Return prototypes whose sum waves across the picture, so that outlines have something to follow."""
    rows, columns = np.mgrid[:160, :160]
    wave = np.sin(columns / 3.1) + np.cos(rows / 4.3) + 0.4
    return np.asarray(np.repeat(wave[None, None] / MASKS, MASKS, axis=1), dtype=np.float32)


def _foreign(task: str, head: str, data: bytes, outputs: list[str], classes: int) -> Predictor:
    names = [f"class {number}" for number in range(classes)]
    manifest = ForeignManifest.model_validate(
        {
            "name": "bench",
            "version": "1",
            "created": NOW,
            "model_sha256": hashlib.sha256(data).hexdigest(),
            "task": task,
            "head": head,
            "input": ForeignInput(name="image", width=SIDE, height=SIDE),
            "outputs": tuple(outputs),
            "classes": tuple(names),
            "good": ("class 0",) if task == "classification" else (),
            "understood": {},
        }
    )
    return Predictor(manifest, ForeignSession.load(data, manifest), None)
