from pathlib import Path

import cv2
import numpy as np
import pytest
from pointed import decoder, put_pair

from labeling.shapes import Polygon, frozen_points
from station.ui.pointing import FOLDER, Pointing, open_model, usual_files


def blob() -> np.ndarray:
    picture = np.full((128, 128), 40, np.uint8)
    cv2.circle(picture, (64, 64), 20, 200, -1)
    return picture


def stroke(radius: float = 26.0) -> Polygon:
    angles = np.linspace(0, 2 * np.pi, 30, endpoint=False)
    return Polygon(frozen_points(np.column_stack([64 + radius * np.cos(angles), 64 + radius * np.sin(angles)])))


def radius_of(shape: Polygon | None) -> float:
    assert shape is not None
    return float(np.sqrt(shape.area_px / np.pi))


def pointing_in(data: Path) -> Pointing:
    return Pointing(usual_files(data))


def test_without_a_model_strokes_snap_to_edges_and_nothing_is_outlined(tmp_path: Path) -> None:
    pointing = pointing_in(tmp_path)
    assert open_model(usual_files(tmp_path)) is None
    assert not pointing.open()
    assert pointing.outline_at(blob(), (64, 64)) is None
    assert radius_of(pointing.find(blob(), stroke())) == pytest.approx(20, abs=2)


def test_a_model_in_the_slot_outlines_what_lies_at_a_place(tmp_path: Path) -> None:
    put_pair(tmp_path / FOLDER)
    pointing = pointing_in(tmp_path)
    assert not pointing.ready
    picture = blob()
    assert radius_of(pointing.outline_at(picture, (60, 70))) == pytest.approx(20, abs=1)
    assert pointing.ready
    assert pointing.look(picture) is pointing.look(picture)


def test_a_stroke_asks_the_model_only_for_a_picture_that_it_has_looked_at(tmp_path: Path) -> None:
    put_pair(tmp_path / FOLDER)
    pointing = pointing_in(tmp_path)
    picture = blob()
    cv2.circle(picture, (64, 64), 10, 120, -1)  # the model outlines this middle, edges the whole
    assert radius_of(pointing.find(picture, stroke())) == pytest.approx(20, abs=2)
    pointing.look(picture)
    assert radius_of(pointing.find(picture, stroke())) == pytest.approx(10, abs=1)
    assert radius_of(pointing.find(picture.copy(), stroke())) == pytest.approx(20, abs=2)


def test_where_the_model_sees_nothing_edges_do(tmp_path: Path) -> None:
    put_pair(tmp_path / FOLDER, None, decoder(bias=-1.0))
    pointing, picture = pointing_in(tmp_path), blob()
    assert pointing.outline_at(picture, (64, 64)) is None
    assert pointing.ready
    assert radius_of(pointing.find(picture, stroke())) == pytest.approx(20, abs=2)


def test_a_model_that_fails_is_said_once_and_not_asked_again(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    put_pair(tmp_path / FOLDER, None, decoder(bias=float("nan")))
    pointing, picture = pointing_in(tmp_path), blob()
    assert pointing.outline_at(picture, (64, 64)) is None
    assert not pointing.ready
    assert pointing.outline_at(picture, (64, 64)) is None
    why = "the model's output low_res_masks holds a number that is not finite; deploy another version"
    assert [record.message for record in caplog.records] == [
        f"{tmp_path / FOLDER}: {why}; outlines are drawn without the model"
    ]


@pytest.mark.parametrize("broken", ["no-model", "other-model", "half"])
def test_a_pair_that_is_none_is_said_and_strokes_snap_without_it(
    tmp_path: Path, broken: str, caplog: pytest.LogCaptureFixture
) -> None:
    paths = put_pair(tmp_path / FOLDER, None, b"nonsense" if broken == "no-model" else decoder(outputs=("masks",)))
    if broken == "half":
        paths[1].unlink()
    pointing = pointing_in(tmp_path)
    assert not pointing.open()
    assert radius_of(pointing.find(blob(), stroke())) == pytest.approx(20, abs=2)
    assert "outlines are drawn without the model" in caplog.text
