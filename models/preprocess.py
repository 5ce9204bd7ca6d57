"""From a picture to the input of a model from elsewhere, and where that input lies in the picture. Pure.

Every way a picture is fitted is an affine map, kept exactly: what the model finds is taken back through its inverse.
"""

from collections.abc import Sequence
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from models import geometry
from models.decoders.anomaly import Placement
from models.manifest import ForeignInput
from models.resizing import resized

Picture = npt.NDArray[np.unsignedinteger[Any]]
"""uint8, or uint16 of 256 times the value: for a model that takes more than 8 bits."""
Tensor = npt.NDArray[np.uint8] | npt.NDArray[np.float32]

NEARLY_HALF = 0.1
"""Taken off half a pixel of padding: an odd pixel goes to the right and the bottom, as those who train detectors do."""
FINE = 256
"""A value of 16 bits by the same one of 8."""


def fit(pixels: Picture, spec: ForeignInput) -> tuple[Picture, Placement]:
    """Fit a picture into the input.

    Parameters
    ----------
    pixels
        Shape (H, W) or (H, W, 3) RGB, uint8 or uint16.

    Returns
    -------
    The input's picture, shape (1, height, width, 3) RGB of the same type, or uint16 where values keep their fractions; and where
    it lies in the source.
    """
    source = pixels.shape[1], pixels.shape[0]
    size = _resized(source, spec)
    shift = _shift((spec.width - size[0], spec.height - size[1]), spec)
    if size != source and spec.fine and pixels.dtype == np.uint8:
        pixels = pixels.astype(np.uint16) * FINE
    if size == source:
        image = pixels
    elif spec.smooth:
        image = resized(pixels, size)
    else:
        image = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_LINEAR), dtype=pixels.dtype)
    if image.ndim == 2:
        image = np.asarray(cv2.cvtColor(image, cv2.COLOR_GRAY2RGB), dtype=pixels.dtype)
    to_input = geometry.resized(size[0] / source[0], size[1] / source[1])
    to_input[:, 2] += shift
    placement = Placement(geometry.inverse(to_input), (spec.width, spec.height), source)
    return _cut_and_padded(image, shift, spec)[np.newaxis], placement


def encode(image: Picture, spec: ForeignInput) -> Tensor:
    """Return the tensor of the model's own layout, type, colour order and scale for a picture of shape (1, h, w, 3) RGB."""
    return encode_all([image], spec)


def encode_all(images: Sequence[Picture], spec: ForeignInput) -> Tensor:
    """Return one tensor of several pictures, at least one, each of shape (1, h, w, 3) RGB, as `encode` does of one."""
    sides = (3, spec.height, spec.width) if spec.layout == "NCHW" else (spec.height, spec.width, 3)
    if spec.dtype == "uint8":
        bytes_ = np.empty((len(images), *sides), dtype=np.uint8)
        for place, image in zip(bytes_, images, strict=True):
            place[...] = np.stack(_planes(image, spec), axis=0 if spec.layout == "NCHW" else 2)
        return bytes_
    tensor = np.empty((len(images), *sides), dtype=np.float32)
    for target, image in zip(tensor, images, strict=True):
        unit = FINE if image.dtype == np.uint16 else 1
        for channel, plane in enumerate(_planes(image, spec)):
            values = target[channel] if spec.layout == "NCHW" else target[:, :, channel]
            np.multiply(plane, np.float32(spec.scale / spec.std[channel] / unit), out=values)
            if spec.mean[channel]:
                values -= np.float32(spec.mean[channel] / spec.std[channel])
    return tensor


def _planes(image: Picture, spec: ForeignInput) -> Sequence[npt.NDArray[Any]]:
    planes = cv2.split(image[0])
    return planes if spec.colour == "RGB" else planes[::-1]


def _resized(source: tuple[int, int], spec: ForeignInput) -> tuple[int, int]:
    """Return (width, height) of the picture before it is cut or padded."""
    gains = spec.width / source[0], spec.height / source[1]
    if spec.fit == "stretch":
        return spec.width, spec.height
    if spec.fit == "crop":  # the longer side rounded down, as torchvision does
        if gains[0] >= gains[1]:
            return spec.width, source[1] * spec.width // source[0]
        return source[0] * spec.height // source[1], spec.height
    return max(1, round(source[0] * min(gains))), max(1, round(source[1] * min(gains)))


def _shift(room: tuple[int, int], spec: ForeignInput) -> tuple[int, int]:
    """Return where the resized picture begins in the input; below 0 where it is cut."""
    if spec.fit == "corner":
        return 0, 0
    if spec.fit == "crop":  # half a pixel goes to the even one, as torchvision does
        return round(room[0] / 2), round(room[1] / 2)
    return round(room[0] / 2 - NEARLY_HALF), round(room[1] / 2 - NEARLY_HALF)


def _cut_and_padded(image: Picture, shift: tuple[int, int], spec: ForeignInput) -> Picture:
    height, width = image.shape[:2]
    if (width, height) == (spec.width, spec.height):
        return image
    pad = spec.pad * (FINE if image.dtype == np.uint16 else 1)
    result = np.full((spec.height, spec.width, 3), pad, dtype=image.dtype)
    left, top = max(0, shift[0]), max(0, shift[1])
    part = image[max(0, -shift[1]) :, max(0, -shift[0]) :][: spec.height - top, : spec.width - left]
    result[top : top + part.shape[0], left : left + part.shape[1]] = part
    return result
