"""Pictures from the worker's process to the engine's, without a copy on the engine's side.

One anonymous memfd, which the kernel frees with its last user: nothing stays behind after any kill. The worker alone writes
pictures.

- *Leased slots* are never overwritten: the worker fills a free one, the engine gives it back. As many leased as `ring_slots` is
  an error that the worker reports for that trigger.
- The *preview* is one word that names the slot of the latest picture, leased or not, and a number that grows. Two slots
  more than can be leased are there, so that the worker always has a free one beside it: it fills that and then moves the word. A
  reader whose word moved meanwhile reads again. So it never sees a torn picture, and a writer killed half way leaves the
  last whole one.
- The *counts* of the device's stream lie there in the same manner, so that they outlive the worker.
"""

import mmap
import os
import struct
import threading

import numpy as np
import numpy.typing as npt

from camera.accounting import StreamCount
from camera.frame import Frame, PixelFormat

HEADER_BYTES = 4096
META_BYTES = 256 * 1024
"""Room in a slot for what comes beside the pixels, chunk data above all."""
_STATES_AT = 1024
_FREE, _LEASED = 0, 1
_SPARE = 2
_READ_AGAIN = 8
_LENGTHS = struct.Struct("<QQ")
"""At the beginning of a slot: bytes of what comes beside the pixels, and of the pixels."""
_META = struct.Struct("<IIIqqqqB")
"""Height, width, values a pixel (0 where there is no third axis), frame id, trigger id, device's and host's time, and which of
trigger id (1) and device's time (2) there are; text follows: pixel format, type, camera, and chunk data by name."""
_HAS_TRIGGER, _HAS_DEVICE_TIME = 1, 2
_BETWEEN = "\0"

# Words of eight bytes in the header page; one aligned word is written at once.
_HEARTBEAT, _PREVIEW, _COUNT_SEQUENCE = 0, 1, 2
_SLOT_BITS = 16
"""Of the preview's word; the number above them is never 0."""
_COUNT_CELLS = (slice(8, 12), slice(16, 20))


class RingFullError(Exception):
    """All inspection slots are leased."""


class FrameTooLargeError(Exception):
    """The picture, or the data beside it, does not fit into a slot."""


class Ring:
    """The shared memory between one worker and its client.

    Parameters
    ----------
    fd
        A memfd of `size_bytes(slots, max_frame_bytes)`; may be closed afterwards.
    slots, max_frame_bytes
        As in `CameraSettings`; both sides must say the same.
    """

    def __init__(self, fd: int, slots: int, max_frame_bytes: int) -> None:
        self._slots = slots
        self._max_frame_bytes = max_frame_bytes
        memory: npt.NDArray[np.uint8] = np.frombuffer(mmap.mmap(fd, self.size_bytes(slots, max_frame_bytes)), np.uint8)
        self._memory = memory
        self._words = memory[:_STATES_AT].view(np.uint64)
        self._states = memory[_STATES_AT : _STATES_AT + slots + _SPARE]

    @staticmethod
    def size_bytes(slots: int, max_frame_bytes: int) -> int:
        """Address space of a ring; memory is only taken for what is written."""
        return HEADER_BYTES + (slots + _SPARE) * _stride(max_frame_bytes)

    @classmethod
    def create(cls, name: str, slots: int, max_frame_bytes: int) -> int:
        """Make the memfd for a ring and return it; the caller closes it."""
        fd = os.memfd_create(f"camera-{name}", os.MFD_CLOEXEC)
        os.ftruncate(fd, cls.size_bytes(slots, max_frame_bytes))
        return fd

    def put(self, frame: Frame) -> int:
        """Copy a picture into a free slot, lease the slot and return its number.

        Raises
        ------
        RingFullError
            If every slot is leased.
        FrameTooLargeError
            If the picture does not fit.
        """
        states = self._states.tobytes()
        if states.count(_LEASED) >= self._slots:
            raise RingFullError(
                f"all {self._slots} slots of the ring are in use; pictures are not given back in time, or ring_slots is too small"
            )
        slot = self._unseen(states)
        self._write(slot, frame)
        self._states[slot] = _LEASED
        return slot

    def show(self, frame: Frame) -> None:
        """Make a picture the preview that is in no slot. Raises `FrameTooLargeError`."""
        slot = self._unseen(self._states.tobytes())
        self._write(slot, frame)
        self.show_slot(slot)

    def show_slot(self, slot: int) -> None:
        """Make the picture that was put into a slot last the preview, without a copy; its lease may have ended."""
        number = (int(self._words[_PREVIEW]) >> _SLOT_BITS) + 1
        self._words[_PREVIEW] = number << _SLOT_BITS | slot

    def lease(self, slot: int) -> "RingLease":
        """The picture in a leased slot, without a copy."""
        return RingLease(self, slot, self._read(slot))

    def free(self, slot: int) -> None:
        """Give a slot back to the worker."""
        self._states[slot] = _FREE

    def preview(self) -> Frame | None:
        """Copy the latest picture; None before the first."""
        for _ in range(_READ_AGAIN):
            word = int(self._words[_PREVIEW])
            if word == 0:
                return None
            cell = self._cell(word & (1 << _SLOT_BITS) - 1).copy()
            if int(self._words[_PREVIEW]) == word:
                return _decode(cell)
        return None

    def beat(self, now_ns: int) -> None:
        """Leave a sign of life."""
        self._words[_HEARTBEAT] = now_ns

    @property
    def heartbeat_ns(self) -> int:
        """Monotonic time of the worker's last sign of life, 0 before the first."""
        return int(self._words[_HEARTBEAT])

    def put_count(self, count: StreamCount) -> None:
        """Publish the counts of the device's stream."""
        sequence = int(self._words[_COUNT_SEQUENCE]) + 1
        cell = _COUNT_CELLS[sequence % len(_COUNT_CELLS)]
        self._words[cell] = (count.produced, count.whole, count.incomplete, count.lost)
        self._words[_COUNT_SEQUENCE] = sequence

    def count(self) -> StreamCount:
        """The counts the worker published last."""
        while True:
            sequence = int(self._words[_COUNT_SEQUENCE])
            numbers = [int(number) for number in self._words[_COUNT_CELLS[sequence % len(_COUNT_CELLS)]]]
            if int(self._words[_COUNT_SEQUENCE]) == sequence:
                return StreamCount(*numbers)

    def _unseen(self, states: bytes) -> int:
        """A slot that is neither leased nor the preview; there always is one."""
        word = int(self._words[_PREVIEW])
        slot = states.find(_FREE)
        return states.find(_FREE, slot + 1) if word and slot == word & (1 << _SLOT_BITS) - 1 else slot

    def _slot(self, slot: int) -> npt.NDArray[np.uint8]:
        start = HEADER_BYTES + slot * _stride(self._max_frame_bytes)
        return self._memory[start : start + _stride(self._max_frame_bytes)]

    def _cell(self, slot: int) -> npt.NDArray[np.uint8]:
        """What is written of a slot; of the preview's the length may be torn, but it is never beyond the slot."""
        whole = self._slot(slot)
        return whole[: min(META_BYTES + _LENGTHS.unpack_from(whole.data)[1], whole.size)]

    def _write(self, slot: int, frame: Frame) -> None:
        pixels = np.ascontiguousarray(frame.pixels)
        meta = _encode_meta(frame)
        if pixels.nbytes > self._max_frame_bytes:
            raise FrameTooLargeError(
                f"a picture of {pixels.nbytes} bytes does not fit into a slot of {self._max_frame_bytes}; "
                f"set max_frame_bytes to at least {pixels.nbytes}"
            )
        if len(meta) > (room := META_BYTES - _LENGTHS.size):
            raise FrameTooLargeError(f"{len(meta)} bytes of chunk data beside a picture; {room} fit")
        target = self._slot(slot)
        _LENGTHS.pack_into(target.data, 0, len(meta), pixels.nbytes)
        target[_LENGTHS.size : _LENGTHS.size + len(meta)] = np.frombuffer(meta, np.uint8)
        target[META_BYTES : META_BYTES + pixels.nbytes] = pixels.reshape(-1).view(np.uint8)

    def _read(self, slot: int) -> Frame:
        return _decode(self._cell(slot))


class RingLease:
    """A picture in a slot of the ring; see `camera.events.FrameLease`."""

    __slots__ = ("_lock", "_ring", "_slot", "frame")

    def __init__(self, ring: Ring, slot: int, frame: Frame) -> None:
        self._ring: Ring | None = ring
        self._slot = slot
        self._lock = threading.Lock()
        self.frame = frame

    def release(self) -> None:
        """Give the slot back; safe to call twice and from any thread."""
        with self._lock:
            ring, self._ring = self._ring, None
        if ring is not None:
            ring.free(self._slot)


def _stride(max_frame_bytes: int) -> int:
    pages = -(-max_frame_bytes // mmap.PAGESIZE)
    return META_BYTES + pages * mmap.PAGESIZE


def _encode_meta(frame: Frame) -> bytes:
    """Pack what comes beside the pixels; a NUL, which no device's text holds, becomes a blank."""
    height, width, *values = frame.pixels.shape
    there = _HAS_TRIGGER * (frame.trigger_id is not None) | _HAS_DEVICE_TIME * (frame.device_time_ns is not None)
    numbers = _META.pack(
        height,
        width,
        values[0] if values else 0,
        frame.frame_id,
        frame.trigger_id or 0,
        frame.device_time_ns or 0,
        frame.monotonic_ns,
        there,
    )
    words = [frame.pixel_format.value, frame.pixels.dtype.str, frame.camera]
    for item in frame.chunk.items():
        words += [text.replace(_BETWEEN, " ") for text in item]
    return numbers + _BETWEEN.join(words).encode()


def _decode(cell: npt.NDArray[np.uint8]) -> Frame:
    meta_bytes, pixel_bytes = _LENGTHS.unpack_from(cell.data)
    meta = cell[_LENGTHS.size : _LENGTHS.size + meta_bytes].tobytes()
    height, width, values, frame_id, trigger_id, device_time_ns, monotonic_ns, there = _META.unpack_from(meta)
    pixel_format, dtype, camera, *chunk = meta[_META.size :].decode().split(_BETWEEN)
    shape = (height, width, values) if values else (height, width)
    pixels = cell[META_BYTES : META_BYTES + pixel_bytes].view(dtype).reshape(shape)
    pixels.setflags(write=False)
    return Frame(
        pixels=pixels,
        pixel_format=PixelFormat(pixel_format),
        camera=camera,
        frame_id=frame_id,
        trigger_id=trigger_id if there & _HAS_TRIGGER else None,
        device_time_ns=device_time_ns if there & _HAS_DEVICE_TIME else None,
        monotonic_ns=monotonic_ns,
        chunk=dict(zip(chunk[::2], chunk[1::2], strict=True)),
    )
