from pathlib import Path

import numpy as np
import pytest
from onnx import TensorProto
from pointed import CELLS, PROMPTS, SIDE, decoder, encoder, put_pair

from labeling.assist.promptable import EncoderDecoder
from models.errors import ModelError
from models.pair_files import PairFiles
from models.promptable import PromptPair


def files(folder: Path, encoder_file: bytes | None = None, decoder_file: bytes | None = None) -> PairFiles:
    return PairFiles(*put_pair(folder, encoder_file, decoder_file))


def test_a_pair_outlines_what_is_as_bright_as_the_place_it_is_pointed_at(tmp_path: Path) -> None:
    pair = PromptPair.load(files(tmp_path))
    assert (pair.side, pair.mask_side, pair.masks) == (SIDE, CELLS, "low_res_masks")
    picture = np.full((150, 300), 40, np.uint8)
    picture[30:90, 60:140] = 200
    picture[100:140, 200:280] = 120
    encoded = EncoderDecoder(pair.encode, pair.decode, side=pair.side, mask_side=pair.mask_side).encode(picture)
    for at, bounds in (((80.0, 50.0), (59.5, 29.5, 139.5, 89.5)), ((250.0, 120.0), (199.5, 99.5, 279.5, 139.5))):
        shape = encoded.outline([at])
        assert shape is not None
        assert shape.bounds == pytest.approx(bounds, abs=5)


def test_an_export_without_the_optional_inputs_and_small_masks_is_taken(tmp_path: Path) -> None:
    lean = {name: PROMPTS[name] for name in ("image_embeddings", "point_coords", "point_labels")}
    pair = PromptPair.load(files(tmp_path, None, decoder(lean, ("masks", "iou_predictions"))))
    assert pair.masks == "masks"
    prompts = {
        "image_embeddings": pair.encode(np.zeros((1, 3, SIDE, SIDE), np.float32)),
        "point_coords": np.array([[[5.0, 5.0]]], np.float32),
        "point_labels": np.ones((1, 1), np.float32),
        "orig_im_size": np.array([9.0, 9.0], np.float32),
    }
    logits, scores = pair.decode(prompts)
    assert (logits.shape, scores.shape) == ((1, 1, CELLS, CELLS), (1, 1))


def test_the_side_is_asked_for_where_the_file_leaves_it_free(tmp_path: Path) -> None:
    paths = put_pair(tmp_path, encoder((1, 3, "height", "width")))
    assert PromptPair.load(PairFiles(*paths, side=SIDE)).side == SIDE
    assert PromptPair.load(PairFiles(*paths)).side == 1024


def prompts(**shapes: list[int | str]) -> dict[str, list[int | str]]:
    return {**PROMPTS, **shapes}


WRONG = {
    "no-model": (b"nonsense", None, "encoder.onnx: the model file cannot be loaded"),
    "empty": (None, b"", "decoder.onnx: the model file cannot be loaded"),
    "swapped": (
        decoder(),
        encoder(),
        "encoder.onnx: an encoder takes one picture, this takes image_embeddings, point_coords",
    ),
    "bytes": (
        encoder(kind=TensorProto.UINT8),
        None,
        "image is uint8 (1, 3, 256, 256); float32 (1, 3, side, side) is needed",
    ),
    "channels-last": (encoder((1, SIDE, SIDE, 3)), None, "image is float (1, 256, 256, 3); float32"),
    "oblong": (encoder((1, 3, SIDE, 64)), None, "image is float (1, 3, 256, 64), not a square"),
    "large": (encoder((1, 3, 8192, 8192)), None, "a side of 8192 is not from 32 to 4096"),
    "no-points": (
        None,
        decoder({"image_embeddings": [1, 1, CELLS, CELLS], "point_coords": [1, "n", 2]}),
        "point_labels",
    ),
    "unknown": (None, decoder(prompts(text=[1, 8])), "it has an unknown input text"),
    "no-scores": (None, decoder(outputs=("masks",)), "it has no output iou_predictions"),
    "axes": (None, decoder(prompts(point_labels=["points"])), "point_labels is float (any), float32 of 2 axes"),
    "fixed-points": (None, decoder(prompts(point_coords=[1, 1, 2])), "leave the number of points free"),
    "two-models": (
        None,
        decoder(prompts(image_embeddings=[1, 1, 16, 16])),
        "takes features float (1, 1, 16, 16) and",
    ),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_anything_else_is_refused_in_one_sentence_that_names_the_file(tmp_path: Path, wrong: str) -> None:
    encoder_file, decoder_file, text = WRONG[wrong]
    with pytest.raises(ModelError) as refused:
        PromptPair.load(files(tmp_path, encoder_file, decoder_file))
    said = str(refused.value)
    assert text in said
    assert str(tmp_path) in said
    assert "\n" not in said


def test_a_missing_file_and_a_side_that_the_file_contradicts_are_refused(tmp_path: Path) -> None:
    paths = put_pair(tmp_path)
    with pytest.raises(ModelError, match="not a square of 512; correct side"):
        PromptPair.load(PairFiles(*paths, side=512))
    paths[1].unlink()
    with pytest.raises(ModelError, match=r"decoder\.onnx: cannot be read \(No such file"):
        PromptPair.load(PairFiles(*paths))
    assert PairFiles(*paths).wanted
    paths[0].unlink()
    assert not PairFiles(*paths).wanted
