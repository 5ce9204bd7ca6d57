"""The slot for a model that outlines what it is pointed at, and the edges that a stroke is drawn to with it or without.

Without its two files strokes snap by GrabCut. With them the model answers for a picture it has looked at, and GrabCut where
it has not or sees nothing: a stroke never waits for the model.
"""

import logging
from pathlib import Path

import numpy as np
import numpy.typing as npt

from labeling.assist.grabcut import snap
from labeling.assist.promptable import Encoded, EncoderDecoder, Promptable
from labeling.shapes import Box, Polygon
from models.errors import ModelError
from models.pair_files import PairFiles
from models.promptable import PromptPair

Bytes = npt.NDArray[np.uint8]

FOLDER = "assist"
ENCODER, DECODER = "encoder.onnx", "decoder.onnx"

_log = logging.getLogger(__name__)


def usual_files(data: Path) -> PairFiles:
    """Where the pair is, in a data folder, unless `station.toml` says otherwise."""
    return PairFiles(data / FOLDER / ENCODER, data / FOLDER / DECODER)


class Pointing:
    """Finds outlines with the model of the slot where there is one.

    `open`, `look` and `outline_at` are slow and for one thread; `find` may be called from another meanwhile.

    Parameters
    ----------
    files
        The pair; opened at the first `open`.
    """

    def __init__(self, files: PairFiles) -> None:
        self._files = files
        self._opened = False
        self._model: Promptable | None = None
        self._looked_at: tuple[Bytes, Encoded] | None = None

    @property
    def ready(self) -> bool:
        """Whether there is a model, opened and without a fault so far."""
        return self._model is not None

    def open(self) -> bool:
        """Open the pair once; whether there is one that can be used. Why not is in the log."""
        if not self._opened:
            self._opened = True
            self._model = open_model(self._files)
        return self.ready

    def look(self, pixels: Bytes) -> Encoded | None:
        """Have the model look at a picture of shape (H, W) or (H, W, 3) RGB, so that prompts are quick; None without one."""
        if not self.open():
            return None
        assert self._model is not None
        seen = self._looked_at
        if seen is not None and seen[0] is pixels:
            return seen[1]
        try:
            encoded = self._model.encode(pixels)
        except ModelError as error:
            self._give_up(error)
            return None
        self._looked_at = pixels, encoded
        return encoded

    def outline_at(self, pixels: Bytes, at: tuple[float, float]) -> Polygon | None:
        """Return the outline of what lies at a place of the picture, in image pixels; None where the model sees nothing."""
        encoded = self.look(pixels)
        return self._ask(encoded, np.array([at]), None) if encoded is not None else None

    def find(self, pixels: Bytes, raw: Polygon) -> Polygon | None:
        """Return the outline along the edges around a stroke in a picture, or None."""
        seen = self._looked_at
        outline = None
        if seen is not None and seen[0] is pixels:
            outline = self._ask(seen[1], raw.outline.mean(axis=0, keepdims=True), Box(*raw.bounds))
        return outline if outline is not None else snap(pixels, raw.outline)

    def _ask(self, encoded: Encoded, points: npt.NDArray[np.float64], box: Box | None) -> Polygon | None:
        try:
            return encoded.outline(points, box)
        except ModelError as error:
            self._give_up(error)
            return None

    def _give_up(self, error: ModelError) -> None:
        _log.error("%s: %s; outlines are drawn without the model", self._files.decoder.parent, error)
        self._model = self._looked_at = None


def open_model(files: PairFiles) -> Promptable | None:
    """Open a pair; None where there is none, or where it cannot be used, which the log says."""
    if not files.wanted:
        return None
    try:
        pair = PromptPair.load(files)
    except ModelError as error:
        _log.error("%s; outlines are drawn without the model", error)
        return None
    return EncoderDecoder(pair.encode, pair.decode, side=pair.side, mask_side=pair.mask_side)
