"""One picture from one camera, and what came with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8] | npt.NDArray[np.uint16]


class PixelFormat(StrEnum):
    """Pixel formats by their names in the GenICam Pixel Format Naming Convention (PFNC)."""

    MONO8 = "Mono8"
    MONO10 = "Mono10"
    MONO12 = "Mono12"
    MONO16 = "Mono16"
    RGB8 = "RGB8"
    RGBA8 = "RGBa8"
    BAYER_RG8 = "BayerRG8"
    BAYER_RG10 = "BayerRG10"
    BAYER_RG12 = "BayerRG12"
    BAYER_RG16 = "BayerRG16"
    BAYER_GR8 = "BayerGR8"
    BAYER_GR10 = "BayerGR10"
    BAYER_GR12 = "BayerGR12"
    BAYER_GR16 = "BayerGR16"
    BAYER_GB8 = "BayerGB8"
    BAYER_GB10 = "BayerGB10"
    BAYER_GB12 = "BayerGB12"
    BAYER_GB16 = "BayerGB16"
    BAYER_BG8 = "BayerBG8"
    BAYER_BG10 = "BayerBG10"
    BAYER_BG12 = "BayerBG12"
    BAYER_BG16 = "BayerBG16"

    @property
    def channels(self) -> int:
        """Values a pixel holds in memory; 1 for raw Bayer."""
        return {"RGB8": 3, "RGBa8": 4}.get(self.value, 1)

    @property
    def bits(self) -> int:
        """Bits of one value that count; those of 10 and 12 are the low ones of 16."""
        digits = self.value.rstrip("0123456789")
        return int(self.value[len(digits) :])

    @property
    def dtype(self) -> np.dtype[np.uint8] | np.dtype[np.uint16]:
        """Type of one value in memory."""
        return np.dtype(np.uint8) if self.bits == 8 else np.dtype(np.uint16)

    @property
    def bayer(self) -> str:
        """The first two colours of the first row of a raw Bayer mosaic, such as RG; empty for any other format."""
        return self.value[5:7] if self.value.startswith("Bayer") else ""


def as_pixels(values: npt.NDArray[Any], pixel_format: PixelFormat) -> Pixels:
    """Return values as the type that pixels of a format have; a view where they have it."""
    return np.asarray(values, np.uint8) if pixel_format.bits == 8 else np.asarray(values, np.uint16)


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """A whole picture, never a part of one.

    Attributes
    ----------
    pixels
        Read-only, shape (H, W) for mono and raw Bayer, (H, W, C) for colour in the order the format names (RGB).
    camera
        The camera's name in `station.toml`.
    frame_id
        The device's own id (GenTL BUFFER_INFO_FRAMEID); gaps in it are lost frames.
    trigger_id
        The trigger this frame answers; None for a frame of a free-running camera that nobody asked for.
    device_time_ns
        The device's clock, None where it has none.
    monotonic_ns
        The host's monotonic clock when the frame was whole in memory.
    chunk
        Chunk data beside the picture, by its name in the device.
    """

    pixels: Pixels
    pixel_format: PixelFormat
    camera: str
    frame_id: int
    trigger_id: int | None
    device_time_ns: int | None
    monotonic_ns: int
    chunk: Mapping[str, str]

    @property
    def height(self) -> int:
        """Rows of the picture."""
        return int(self.pixels.shape[0])

    @property
    def width(self) -> int:
        """Columns of the picture."""
        return int(self.pixels.shape[1])
