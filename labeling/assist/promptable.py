"""A slot for a model that outlines what it is pointed at: an encoder and a decoder in the manner of Segment Anything.

This library runs no models: whoever opens the two ONNX files passes their `run` as plain functions. Absent by default.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

import cv2
import numpy as np
import numpy.typing as npt

from labeling.assist.masks import outline_of
from labeling.shapes import Box, Points, Polygon, frozen_points

Bytes = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float32]
Encoder = Callable[[Floats], Floats]
"""From a picture (1, 3, side, side) to its features."""
Decoder = Callable[[Mapping[str, Floats]], tuple[Floats, Floats]]
"""From features and prompts, by the names of Segment Anything's decoder, to logits (1, M, h, w) and scores (1, M)."""
INSIDE, CORNER, OPPOSITE, NO_POINT = 1.0, 2.0, 3.0, -1.0
"""What a prompt's point means to the decoder."""
STEEP = 60.0
"""Logits beyond this are certain; exp would overflow."""


class Encoded(Protocol):
    """A picture a model has looked at: any number of prompts are then quick."""

    def outline(self, points: npt.ArrayLike, box: Box | None = None) -> Polygon | None:
        """Return what lies at `points`, (N, 2), within `box`, in image pixels; None where the model sees nothing."""


class Promptable(Protocol):
    """A model that can be pointed with."""

    def encode(self, picture: Bytes) -> Encoded:
        """Look at a picture of shape (H, W) grey or (H, W, 3) RGB; the slow part."""


@dataclass(frozen=True, slots=True)
class EncoderDecoder:
    """Makes a `Promptable` of two functions. Pure and re-entrant where they are.

    Attributes
    ----------
    side
        Of the encoder's square input; a picture is scaled to it by its longer side and padded at the right and below.
    mean, deviation
        Of the pictures the encoder was trained on, red, green, blue from 0 to 255.
    mask_side
        Of the decoder's `mask_input`.
    """

    encoder: Encoder
    decoder: Decoder
    side: int = 1024
    mean: tuple[float, float, float] = (123.675, 116.28, 103.53)
    deviation: tuple[float, float, float] = (58.395, 57.12, 57.375)
    mask_side: int = 256

    def encode(self, picture: Bytes) -> "EncodedPicture":
        """See `Promptable`."""
        height, width = picture.shape[:2]
        scale = self.side / max(height, width)
        size = max(1, round(width * scale)), max(1, round(height * scale))
        colours = cv2.cvtColor(picture, cv2.COLOR_GRAY2RGB) if picture.ndim == 2 else picture
        how = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
        small = cv2.resize(colours, size, interpolation=how).astype(np.float32)
        even = (small - np.array(self.mean, dtype=np.float32)) / np.array(self.deviation, dtype=np.float32)
        square = np.zeros((1, 3, self.side, self.side), dtype=np.float32)
        square[0, :, : size[1], : size[0]] = even.transpose(2, 0, 1)
        return EncodedPicture(self, self.encoder(square), (width, height), scale)


@dataclass(frozen=True, slots=True, eq=False)
class EncodedPicture:
    """Features of one picture, its size and the scale it was looked at."""

    model: EncoderDecoder
    features: Floats
    size: tuple[int, int]
    scale: float

    def outline(self, points: npt.ArrayLike, box: Box | None = None) -> Polygon | None:
        """See `Encoded`. Raises `ValueError` where there is neither a point nor a box."""
        prompts = np.asarray(points, dtype=np.float64).reshape(-1, 2)
        if box is None and not len(prompts):
            raise ValueError("a model is pointed with at least one point or a box")
        logits, scores = self.model.decoder(self._feeds(prompts, box))
        best = logits[0, int(np.argmax(scores[0]))]
        return self._polygon(np.asarray(best, dtype=np.float32), prompts, box)

    def _feeds(self, prompts: Points, box: Box | None) -> dict[str, Floats]:
        # Without a box the decoder expects one point that means nothing in its place.
        ends = [(box.left, box.top), (box.right, box.bottom)] if box else [(0.0, 0.0)]
        means = [CORNER, OPPOSITE] if box else [NO_POINT]
        places = (np.concatenate([prompts, ends]) + 0.5) * self.scale - 0.5
        labels = np.array([INSIDE] * len(prompts) + means, dtype=np.float32)
        mask_side = self.model.mask_side
        return {
            "image_embeddings": self.features,
            "point_coords": places[np.newaxis].astype(np.float32),
            "point_labels": labels[np.newaxis],
            "mask_input": np.zeros((1, 1, mask_side, mask_side), dtype=np.float32),
            "has_mask_input": np.zeros(1, dtype=np.float32),
            "orig_im_size": np.array([self.size[1], self.size[0]], dtype=np.float32),
        }

    def _polygon(self, logits: Floats, prompts: Points, box: Box | None) -> Polygon | None:
        """Return the outline of the mask that lies at the prompts. The logits cover the padded square, or the picture."""
        width, height = self.size
        whole = logits.shape == (height, width)
        cells = 1.0 if whole else self.scale * logits.shape[1] / self.model.side
        if not whole:
            logits = logits[: max(1, round(height * cells)), : max(1, round(width * cells))]
        field = 1 / (1 + np.exp(-np.clip(logits, -STEEP, STEEP)))
        near = np.zeros(field.shape, dtype=bool)
        meant = prompts if box is None or len(prompts) else np.array([[box.left + box.right, box.top + box.bottom]]) / 2
        last = field.shape[1] - 1, field.shape[0] - 1
        places = np.rint((meant + 0.5) * cells - 0.5).astype(int).clip(0, last)
        near[places[:, 1], places[:, 0]] = True
        outline = outline_of(field.astype(np.float32), near)
        return None if outline is None else Polygon(frozen_points((outline + 0.5) / cells - 0.5))
