"""A pair of ONNX files that outlines what it is pointed at, as Segment Anything is exported: an encoder and a decoder.

The encoder takes a picture once, the decoder any number of prompts. The names of the decoder's inputs are those of the
export in github.com/facebookresearch/segment-anything (scripts/export_onnx_model.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from models.errors import ModelError
from models.files import read_bounded
from models.pair_files import LARGEST_SIDE, SMALLEST_SIDE, PairFiles
from models.session import MAX_MODEL_BYTES, Network, Tensor

Floats = npt.NDArray[np.float32]

FEATURES, COORDS, MEANINGS = "image_embeddings", "point_coords", "point_labels"
MASK, HAS_MASK, SIZE = "mask_input", "has_mask_input", "orig_im_size"
NEEDED: Mapping[str, int] = {FEATURES: 4, COORDS: 3, MEANINGS: 2}
"""Inputs that a decoder must have, with their number of axes."""
OPTIONAL: Mapping[str, int] = {MASK: 4, HAS_MASK: 1, SIZE: 1}
"""Inputs that some exports leave out."""
SCORES = "iou_predictions"
MASKS = ("low_res_masks", "masks")
"""The first that the decoder gives is used: the small ones cost nothing to bring back, whatever the picture's size."""
FLOAT = "tensor(float)"
USUAL_SIDE, USUAL_MASK_SIDE = 1024, 256


@dataclass(frozen=True, slots=True, eq=False)
class PromptPair:
    """Both networks, opened and checked against each other. Both functions may be called from any thread.

    Attributes
    ----------
    side
        Of the encoder's square input, in pixels.
    mask_side
        Of the decoder's `mask_input`.
    """

    side: int
    mask_side: int
    encoder: Network
    decoder: Network
    masks: str

    @classmethod
    def load(cls, files: PairFiles) -> "PromptPair":
        """Open the two files. Slow: never on the thread that draws.

        Raises
        ------
        ModelError
            If a file cannot be read or is no ONNX model, or the two are no such pair; the text names the file.
        """
        encoder, decoder = _network(files.encoder), _network(files.decoder)
        side = _side(files, encoder)
        masks = _check_decoder(files.decoder, decoder)
        _check_features(files, encoder.outputs[0], _named(decoder)[FEATURES])
        shape = _named(decoder)[MASK].shape if MASK in _named(decoder) else ()
        return cls(side, (shape[-1] if shape else None) or USUAL_MASK_SIDE, encoder, decoder, masks)

    def encode(self, square: Floats) -> Floats:
        """Return the features of a picture of shape (1, 3, side, side) float32. Raises `ModelError`."""
        return self.encoder.run(self.encoder.inputs[0].name, square, [self.encoder.outputs[0].name])[0]

    def decode(self, prompts: Mapping[str, Floats]) -> tuple[Floats, Floats]:
        """Return logits (1, M, h, w) and their scores (1, M) for prompts by the decoder's names. Raises `ModelError`."""
        feeds = {name: prompts[name] for name in _named(self.decoder)}
        logits, scores = self.decoder.run_all(feeds, [self.masks, SCORES])
        if logits.ndim != 4 or logits.size == 0 or scores.shape != logits.shape[:2]:
            raise ModelError(f"the decoder answered with {self.masks} {logits.shape} and {SCORES} {scores.shape}")
        return logits, scores


def _network(path: Path) -> Network:
    try:
        return Network.load(read_bounded(path, MAX_MODEL_BYTES))
    except ModelError as error:
        text = str(error)
        raise ModelError(text if text.startswith(str(path)) else f"{path}: {text}") from error


def _named(network: Network) -> dict[str, Tensor]:
    return {tensor.name: tensor for tensor in network.inputs}


def _side(files: PairFiles, encoder: Network) -> int:
    """Return the side of the encoder's square input, of its file or as it was asked for."""
    first = encoder.inputs[0] if len(encoder.inputs) == 1 else None
    if first is None or not encoder.outputs:
        names = ", ".join(tensor.name for tensor in encoder.inputs)
        raise ModelError(
            f"{files.encoder}: an encoder takes one picture, this takes {names or 'nothing'}; export it anew"
        )
    shape = first.shape
    if first.type != FLOAT or len(shape) != 4 or shape[0] not in {1, None} or shape[1] != 3:
        raise ModelError(
            f"{files.encoder}: {first.name} is {_shown(first)}; float32 (1, 3, side, side) is needed: export it without "
            "preprocessing"
        )
    fixed = {side for side in shape[2:] if side is not None}
    if len(fixed) > 1 or (fixed and files.side is not None and fixed != {files.side}):
        wanted = f"a square of {files.side}" if files.side is not None and len(fixed) == 1 else "a square"
        raise ModelError(
            f"{files.encoder}: {first.name} is {_shown(first)}, not {wanted}; correct side, or export it anew"
        )
    side = next(iter(fixed), None) or files.side or USUAL_SIDE
    if not SMALLEST_SIDE <= side <= LARGEST_SIDE:
        raise ModelError(
            f"{files.encoder}: a side of {side} is not from {SMALLEST_SIDE} to {LARGEST_SIDE}; export it anew"
        )
    return side


def _check_decoder(path: Path, decoder: Network) -> str:
    """Return the name of the output to read."""
    inputs, outputs = _named(decoder), {tensor.name for tensor in decoder.outputs}
    missing = [name for name in NEEDED if name not in inputs]
    unknown = [name for name in inputs if name not in NEEDED and name not in OPTIONAL]
    masks = next((name for name in MASKS if name in outputs), "")
    lacking = [] if masks else [MASKS[0]]
    lacking += [] if SCORES in outputs else [SCORES]
    if missing or unknown or lacking:
        what = [f"no input {', '.join(missing)}"] if missing else []
        what += [f"an unknown input {', '.join(unknown)}"] if unknown else []
        what += [f"no output {', '.join(lacking)}"] if lacking else []
        raise ModelError(
            f"{path}: no decoder of Segment Anything: it has {' and '.join(what)}; export it with its own names"
        )
    for name, axes in {**NEEDED, **OPTIONAL}.items():
        if name in inputs and (inputs[name].type != FLOAT or len(inputs[name].shape) != axes):
            raise ModelError(
                f"{path}: {name} is {_shown(inputs[name])}, float32 of {axes} axes is needed; export it anew"
            )
    if inputs[COORDS].shape[1] is not None or inputs[MEANINGS].shape[1] is not None:
        raise ModelError(
            f"{path}: {COORDS} is {_shown(inputs[COORDS])}; leave the number of points free when exporting"
        )
    return masks


def _check_features(files: PairFiles, given: Tensor, taken: Tensor) -> None:
    """Refuse an encoder and a decoder of two different models, as far as their shapes tell."""
    differ = any(a != b for a, b in zip(given.shape, taken.shape, strict=False) if a is not None and b is not None)
    if given.shape and (differ or len(given.shape) != len(taken.shape)):
        raise ModelError(
            f"{files.decoder} takes features {_shown(taken)} and {files.encoder} gives {_shown(given)}; "
            "put two files of one model there"
        )


def _shown(tensor: Tensor) -> str:
    sides = ", ".join("any" if side is None else str(side) for side in tensor.shape)
    return f"{tensor.type.removeprefix('tensor(').removesuffix(')')} ({sides})"
