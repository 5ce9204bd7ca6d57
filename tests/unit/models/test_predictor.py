import dataclasses
import json
import math
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from models import geometry
from models.errors import ModelError, PictureError
from models.manifest import Manifest, Thresholds
from models.predictor import Predictor
from models.shelf import Shelf

Bytes = npt.NDArray[np.uint8]
Draw = Callable[[int, int], Bytes]


def rewrite_manifest(folder: Path, change: Callable[[dict[str, Any]], None]) -> None:
    path = folder / "manifest.json"
    document = json.loads(path.read_text())
    change(document)
    path.write_text(json.dumps(document))


def test_finds_a_spot_and_outlines_it_in_the_picture(grey_version: Path) -> None:
    predictor = Predictor.load(grey_version, threads=1)
    predictor.warm_up()
    picture = np.full((96, 128), 128, dtype=np.uint8)
    picture[40:56, 64:88] = 228
    prediction = predictor.predict(picture)
    assert prediction.score == 100.0
    assert (prediction.low, prediction.high) == (20.0, 40.0)
    assert prediction.model_sha256 == predictor.manifest.model_sha256
    (defect,) = prediction.defects
    assert defect.score == 100.0
    np.testing.assert_allclose(defect.shape.bounds, (63.5, 39.5, 87.5, 55.5), atol=4.0)
    assert prediction.heat_map is not None
    assert prediction.heat_map.shape == (12, 16)


def test_grey_and_colour_pictures_are_judged_alike(grey_version: Path) -> None:
    predictor = Predictor.load(grey_version, threads=1)
    grey = np.random.default_rng(0).integers(100, 156, (96, 128), dtype=np.uint8)
    assert predictor.predict(grey).score == predictor.predict(np.stack([grey] * 3, axis=2)).score


def test_a_plain_picture_has_no_defect(grey_version: Path) -> None:
    prediction = Predictor.load(grey_version, threads=1).predict(np.full((96, 128), 128, dtype=np.uint8))
    assert (prediction.score, prediction.defects, prediction.defects_left_out) == (0.0, (), 0)


def test_colours_reach_the_model_as_rgb(tmp_path: Path, model_of: Any, manifest_of: Any) -> None:
    red = np.tile(np.array([200, 10, 30], dtype=np.uint8), (48, 64, 1))
    model = model_of(red).SerializeToString()
    predictor = Predictor.load(Shelf(tmp_path).add(manifest_of(model), model), threads=1)
    assert predictor.predict(np.tile(np.array([200, 10, 30], dtype=np.uint8), (96, 128, 1))).score == 0.0
    assert predictor.predict(np.tile(np.array([30, 10, 200], dtype=np.uint8), (96, 128, 1))).score > 100.0


@pytest.mark.parametrize(("angle_deg", "x", "y"), [(0.0, 0.0, 0.0), (2.5, 20.0, -15.0), (-2.0, -25.0, 18.0)])
def test_a_moved_part_is_judged_in_its_reference_pose(
    plate_version: Path, plate_picture: Draw, angle_deg: float, x: float, y: float
) -> None:
    predictor = Predictor.load(plate_version, threads=1)
    good = plate_picture(640, 480)
    bad = good.copy()
    cv2.circle(bad, (400, 280), 12, 255, -1)
    motion = geometry.rigid(math.radians(angle_deg), x, y, (319.5, 239.5))

    def move(picture: Bytes) -> Bytes:
        moved = cv2.warpAffine(picture, motion, (640, 480), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
        return np.asarray(moved, dtype=np.uint8)

    assert predictor.predict(move(good)).score < predictor.manifest.thresholds.low
    prediction = predictor.predict(move(bad))
    assert prediction.score > predictor.manifest.thresholds.high
    (defect,) = prediction.defects
    centre = geometry.apply(motion, np.array([[400.0, 280.0]]))[0]
    assert np.hypot(*(defect.shape.outline.mean(axis=0) - centre)) < 3.0
    assert defect.shape.area_px == pytest.approx(math.pi * 12.0**2, rel=0.5)


def test_a_read_only_picture_is_judged_and_left_as_it_is(plate_version: Path, plate_picture: Draw) -> None:
    picture = plate_picture(640, 480)
    picture.setflags(write=False)
    before = picture.copy()
    Predictor.load(plate_version, threads=1).predict(picture)
    assert (picture == before).all()


def test_two_threads_get_the_same_answers_as_one(plate_version: Path, plate_picture: Draw) -> None:
    predictor = Predictor.load(plate_version, threads=1)
    good = plate_picture(640, 480)
    bad = good.copy()
    cv2.circle(bad, (400, 280), 12, 255, -1)
    alone = [predictor.predict(picture).score for picture in (good, bad)]
    with ThreadPoolExecutor(2) as pool:
        together = [prediction.score for prediction in pool.map(predictor.predict, [good, bad] * 5)]
    assert together == alone * 5


def test_a_part_that_is_not_there_is_never_judged(plate_version: Path) -> None:
    with pytest.raises(PictureError, match="the part was not found"):
        Predictor.load(plate_version, threads=1).predict(np.full((480, 640), 45, dtype=np.uint8))


def test_another_size_names_both(grey_version: Path) -> None:
    with pytest.raises(ModelError, match="the picture is 64x48 pixels, model plate version 1 learned from 128x96"):
        Predictor.load(grey_version, threads=1).predict(np.zeros((48, 64), dtype=np.uint8))


@pytest.mark.parametrize(
    "picture",
    [np.zeros((96, 128), np.uint16), np.zeros((96, 128, 4), np.uint8), np.zeros((1, 96, 128, 3), np.uint8)],
)
def test_another_kind_of_picture_is_refused(grey_version: Path, picture: Any) -> None:
    with pytest.raises(ModelError, match=r"uint8 \(H, W\) or \(H, W, 3\) RGB is needed"):
        Predictor.load(grey_version, threads=1).predict(picture)


def test_threads_are_chosen_where_none_are_given(grey_version: Path) -> None:
    assert Predictor.load(grey_version).session.threads >= 1


def test_a_predictor_cannot_be_changed(grey_version: Path) -> None:
    predictor = Predictor.load(grey_version, threads=1)
    with pytest.raises(dataclasses.FrozenInstanceError):
        predictor.reference = None  # type: ignore[misc]


@pytest.mark.parametrize("file", ["model.onnx", "reference.png"])
@pytest.mark.parametrize("damage", ["changed", "truncated", "empty", "missing"])
def test_a_damaged_file_is_named(plate_version: Path, file: str, damage: str) -> None:
    path = plate_version / file
    data = path.read_bytes()
    flipped = data[:-20] + bytes([data[-20] ^ 1]) + data[-19:]
    contents = {"changed": flipped, "truncated": data[: len(data) // 2], "empty": b""}
    if damage == "missing":
        path.unlink()
    else:
        path.write_bytes(contents[damage])
    with pytest.raises(ModelError, match="deploy another version") as caught:
        Predictor.load(plate_version, threads=1)
    assert str(path) in str(caught.value)


def test_a_model_of_another_input_than_the_manifest_says_is_refused(grey_version: Path) -> None:
    rewrite_manifest(grey_version, lambda document: document["input"].update(width=96))
    with pytest.raises(ModelError, match="its input is 64x48 pixels, the manifest says 96x48"):
        Predictor.load(grey_version, threads=1)


def _registered(folder: Path, data: bytes) -> None:
    import hashlib

    (folder / "reference.png").write_bytes(data)
    digest = hashlib.sha256(data).hexdigest()
    rewrite_manifest(folder, lambda document: document["registration"].update(sha256=digest))


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"not a picture", "not a PNG of 640x480"),
        (cv2.imencode(".png", np.zeros((48, 64), np.uint8))[1].tobytes(), "not a PNG of 640x480"),
        (cv2.imencode(".png", np.zeros((480, 640), np.uint16))[1].tobytes(), "not an 8-bit grey or RGB picture"),
        (cv2.imencode(".png", np.zeros((480, 640), np.uint8))[1].tobytes()[:60], "not an 8-bit grey or RGB picture"),
        (cv2.imencode(".png", np.zeros((480, 640), np.uint8))[1].tobytes(), "too little structure"),
    ],
)
def test_a_reference_that_cannot_be_used_is_refused(plate_version: Path, data: bytes, text: str) -> None:
    _registered(plate_version, data)
    with pytest.raises(ModelError, match=text):
        Predictor.load(plate_version, threads=1)


def test_a_colour_reference_serves_a_grey_camera(plate_version: Path, plate_picture: Draw) -> None:
    picture = plate_picture(640, 480)
    _registered(plate_version, cv2.imencode(".png", np.stack([picture] * 3, axis=2))[1].tobytes())
    assert Predictor.load(plate_version, threads=1).predict(picture).defects == ()


def test_outlines_are_cut_where_the_manifest_says(
    tmp_path: Path, grey_model: bytes, manifest_of: Callable[..., Manifest]
) -> None:
    limits = Thresholds(low=20.0, high=40.0, interval=(18.0, 24.0), confidence=0.95, parts=30, outline=110.0)
    folder = Shelf(tmp_path).add(manifest_of(grey_model, thresholds=limits), grey_model)
    picture = np.full((96, 128), 228, dtype=np.uint8)
    prediction = Predictor.load(folder, threads=1).predict(picture)
    assert (prediction.score, prediction.defects) == (100.0, ())
