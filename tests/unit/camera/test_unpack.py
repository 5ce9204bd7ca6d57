"""Unpacking against a packer that knows bits and nothing else."""

import re
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from camera.frame import PixelFormat
from camera.unpack import WIRE_FORMATS, WireError, memory_format, unpack

Samples = npt.NDArray[np.uint16]
SUFFIX = re.compile(r"1[02]\w+$")
COLOURS = ("Mono", "BayerRG", "BayerGR", "BayerGB", "BayerBG")
PACKED = [f"{colour}{suffix}" for colour in COLOURS for suffix in ("10p", "12p", "10Packed", "12Packed")]


def bits_of(value: int, count: int) -> list[int]:
    return [value >> place & 1 for place in range(count)]


def pack_line(samples: list[int], suffix: str) -> list[int]:
    """Return the bits of samples, lowest first, as PFNC (p) and GigE Vision (Packed) draw them."""
    bits: list[int] = []
    if suffix.endswith("p"):
        for sample in samples:
            bits += bits_of(sample, int(suffix[:-1]))
        return bits
    low = int(suffix[:2]) - 8
    for first, second in zip(samples[::2], [*samples[1::2], None][: len(samples[::2])], strict=True):
        bits += bits_of(first >> low, 8)
        bits += bits_of(first & (1 << low) - 1, 4)
        if second is not None:
            bits += bits_of(second & (1 << low) - 1, 4)
            bits += bits_of(second >> low, 8)
    return bits


def to_bytes(bits: list[int]) -> npt.NDArray[np.uint8]:
    return np.packbits(np.array(bits, np.uint8), bitorder="little")


def random_samples(seed: int, wire_format: str, height: int, width: int) -> Samples:
    bits = int("".join(letter for letter in wire_format if letter.isdigit()))
    return np.random.default_rng(seed).integers(0, 1 << bits, (height, width), np.uint16)


@settings(max_examples=150)
@given(st.sampled_from(PACKED), st.integers(0, 2**31), st.integers(1, 9), st.integers(1, 13))
def test_a_packed_stream_comes_out_as_it_went_in(wire_format: str, seed: int, height: int, width: int) -> None:
    samples = random_samples(seed, wire_format, height, width)
    suffix = SUFFIX.findall(wire_format)[0]
    data = to_bytes(pack_line(samples.reshape(-1).tolist(), suffix))
    assert np.array_equal(unpack(data, wire_format, width, height), samples)


@settings(max_examples=150)
@given(st.sampled_from(PACKED), st.integers(0, 2**31), st.integers(2, 7), st.integers(1, 13), st.integers(3, 8))
def test_lines_may_be_padded(wire_format: str, seed: int, height: int, width: int, padding: int) -> None:
    samples = random_samples(seed, wire_format, height, width)
    suffix = SUFFIX.findall(wire_format)[0]
    lines = [to_bytes(pack_line(line, suffix)) for line in samples.tolist()]
    data = np.stack([np.pad(line, (0, padding), constant_values=0xA5) for line in lines]).reshape(-1)
    assert np.array_equal(unpack(data, wire_format, width, height), samples)


@pytest.mark.parametrize("width", [2448, 2447])
def test_more_than_one_block(width: int) -> None:
    samples = random_samples(5, "Mono12p", 64, width)
    flat = samples.reshape(-1).astype(np.uint32)
    flat = np.append(flat, np.zeros(flat.size % 2, np.uint32))
    words = flat[::2] | flat[1::2] << 12
    data = words.astype("<u4").view(np.uint8).reshape(-1, 4)[:, :3].reshape(-1)[: -(-samples.size * 12 // 8)]
    assert np.array_equal(unpack(data.copy(), "Mono12p", width, 64), samples)


@pytest.mark.parametrize("name", list(PixelFormat))
@pytest.mark.parametrize("padding", [0, 6])
def test_what_is_not_packed_keeps_every_value(name: str, padding: int) -> None:
    pixel_format = PixelFormat(name)
    shape = (4, 6) if pixel_format.channels == 1 else (4, 6, pixel_format.channels)
    pixels = np.random.default_rng(1).integers(0, 1 << pixel_format.bits, shape).astype(pixel_format.dtype)
    lines = pixels.astype(pixel_format.dtype.newbyteorder("<")).reshape(4, -1).view(np.uint8)
    data = np.pad(lines, ((0, 0), (0, padding))).reshape(-1)
    found = unpack(data, name, 6, 4)
    assert found.dtype == pixel_format.dtype
    assert np.array_equal(found, pixels)
    assert np.shares_memory(found, data) == (padding == 0)
    assert memory_format(name) is pixel_format


def test_blue_first_comes_out_red_first() -> None:
    pixels = np.random.default_rng(2).integers(0, 256, (3, 5, 4), np.uint8)
    assert np.array_equal(unpack(pixels[..., :3].reshape(-1), "BGR8", 5, 3), pixels[..., 2::-1])
    assert np.array_equal(unpack(pixels.reshape(-1), "BGRa8", 5, 3), pixels[..., [2, 1, 0, 3]])


@pytest.mark.parametrize(("name", "order"), [("YUV422_8", "yuyv"), ("YUV422_8_UYVY", "uyvy"), ("YUV422Packed", "uyvy")])
def test_luma_and_chroma_become_colours(name: str, order: str) -> None:
    """A red of 8-bit video levels (ITU-R BT.601: Y 81, Cb 90, Cr 240) is red."""
    level = {"y": 81, "u": 90, "v": 240}
    data = np.array([level[letter] for letter in order] * 6, np.uint8)
    found = unpack(data, name, 4, 3)
    assert np.abs(found.astype(int) - (255, 0, 0)).max() <= 2
    assert memory_format(name) is PixelFormat.RGB8


@pytest.mark.parametrize(
    ("data", "name", "size", "said"),
    [
        (10, "Mono8", (4, 3), "10 bytes are not 3 lines of 4 bytes"),
        (9, "Mono8", (4, 3), "9 bytes are not"),
        (11, "Mono12p", (4, 2), "11 bytes are not 2 lines of 6 bytes"),
        (8, "Mono16", (4, 2), "8 bytes are not 2 lines of 8 bytes"),
        (12, "YUV422_8", (3, 2), "pairs of pixels, and 3 is odd"),
        (12, "Coord3D_A8", (3, 4), "set feature PixelFormat to one of Mono8"),
        (0, "Mono8", (0, 4), "0 x 4"),
    ],
)
def test_a_buffer_that_does_not_fit_is_refused(data: int, name: str, size: tuple[int, int], said: str) -> None:
    with pytest.raises(WireError, match=said):
        unpack(np.zeros(data, np.uint8), name, *size)


def test_every_name_is_known_and_nothing_else() -> None:
    formats: dict[str, Any] = {name: memory_format(name) for name in WIRE_FORMATS}
    assert None not in formats.values()
    assert memory_format("Confidence8") is None
