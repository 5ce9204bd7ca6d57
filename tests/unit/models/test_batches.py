"""Several pictures in one run say what each says alone, and only where that is quicker."""

from collections.abc import Callable
from typing import Any

import foreign
import numpy as np
import numpy.typing as npt
import onnx
import pytest
from onnx import helper, numpy_helper

from models import batches
from models.batches import answers_alike, choose_batch
from models.errors import ModelError
from models.foreign import ForeignSession
from models.intake_check import check
from models.prediction import Prediction
from models.predictor import Predictor
from models.understanding import Sidecar

NOW = "2026-01-02T00:00:00Z"
Made = Callable[..., Predictor]


@pytest.fixture
def made() -> Made:
    def made(model: onnx.ModelProto, **sidecar: Any) -> Predictor:
        data = model.SerializeToString()
        manifest = check(data, "plate", NOW, Sidecar(**{"head": "yolov8", "classes": ("bright",), "pad": 0} | sidecar))
        return Predictor.of_foreign(data, manifest, threads=1)

    return made


def pictures(count: int) -> list[npt.NDArray[np.uint8]]:
    """Return frames, each with a bright place of its own."""
    frames = []
    for number in range(count):
        frames.append(np.full((128, 128), 25, dtype=np.uint8))
        frames[-1][10 * number : 10 * number + 20, 40:60] = 200 + number
    return frames


def session_of(predictor: Predictor) -> ForeignSession:
    assert isinstance(predictor.session, ForeignSession)
    return predictor.session


def fixed_inside() -> onnx.ModelProto:
    """Return a model whose input says any batch, and whose graph was exported for one picture: all get the first one's box."""
    model = foreign.finder(batch="N")
    for node in model.graph.node:
        for place, name in enumerate(node.input):
            if name == "images":
                node.input[place] = "first"
    model.graph.initializer.append(numpy_helper.from_array(np.array([0]), "zero"))
    model.graph.node.insert(0, helper.make_node("Gather", ["images", "zero"], ["first"], axis=0))
    return model


@pytest.mark.parametrize("masks", [False, True])
def test_a_batch_says_what_each_says_alone(made: Made, masks: bool) -> None:
    predictor = made(foreign.finder(masks=masks, batch="N"), head="yolov8-segment" if masks else "yolov8").batched(3)
    assert predictor.batch == 3
    frames = pictures(7)
    for frame, answer in zip(frames, predictor.predict_all(frames), strict=True):
        assert isinstance(answer, Prediction)
        alone = predictor.predict(frame)
        assert answer.score == alone.score
        (defect,), (other,) = answer.defects, alone.defects
        np.testing.assert_array_equal(defect.shape.outline, other.shape.outline)


def test_one_that_cannot_be_judged_takes_no_other_with_it(made: Made) -> None:
    predictor = made(foreign.finder(masks=True, batch="N"), head="yolov8-segment").batched(4)
    frames = pictures(3)
    frames[1][:] = 0  # 0 / 0
    frames.append(np.zeros((5, 5, 5), np.uint8))  # type: ignore[arg-type]
    good, black, other, odd = predictor.predict_all(frames)
    assert isinstance(good, Prediction)
    assert isinstance(other, Prediction)
    assert isinstance(black, ModelError)
    assert "not finite" in str(black)
    assert isinstance(odd, ModelError)
    assert "uint8 (H, W) or (H, W, 3)" in str(odd)


def test_a_model_of_one_picture_goes_on_with_one(made: Made) -> None:
    predictor = made(foreign.finder(batch=1))
    assert predictor.batched(8) is predictor
    assert choose_batch(session_of(predictor)) == 1
    assert len(predictor.predict_all(pictures(2))) == 2


def test_a_batch_that_says_something_else_is_not_used(made: Made) -> None:
    predictor = made(fixed_inside())
    assert not answers_alike(session_of(predictor), 2)
    assert predictor.batched(4).batch == 1
    assert choose_batch(session_of(predictor)) == 1


@pytest.mark.parametrize(("gains", "chosen"), [({}, 1), ({2: 0.5}, 2), ({2: 0.5, 4: 0.3, 8: 0.29}, 4)])
def test_the_batch_grows_while_a_picture_becomes_cheaper(
    made: Made, monkeypatch: pytest.MonkeyPatch, gains: dict[int, float], chosen: int
) -> None:
    monkeypatch.setattr(batches, "_in_turn", lambda _, *sizes: tuple(gains.get(size, 1.0) for size in sizes))
    assert made(foreign.finder(batch="N")).batched().batch == chosen


def test_tiles_go_through_together(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    tiles = {"size_px": 64, "overlap_px": 16}
    predictor = made(foreign.finder(batch="N"), tiles=tiles).batched(4)
    runs: list[int] = []
    together = ForeignSession.run_together

    def counted(session: ForeignSession, images: Any) -> Any:
        runs.append(len(images))
        return together(session, images)

    monkeypatch.setattr(ForeignSession, "run_together", counted)
    frame = np.full((128, 128), 25, dtype=np.uint8)
    frame[30:90, 30:100] = 220
    (defect,) = predictor.predict(frame).defects
    np.testing.assert_allclose(defect.shape.bounds, (29.5, 29.5, 99.5, 89.5), atol=1e-3)
    assert runs == [4, 4]
