import gc
import os
import threading
from pathlib import Path

import numpy as np
import pytest

from camera.accounting import StreamCount
from camera.frame import Frame, PixelFormat
from camera.ring import META_BYTES, FrameTooLargeError, Ring, RingFullError

SLOTS, BYTES = 3, 4096


def frame(frame_id: int, shape: tuple[int, ...] = (6, 8), **chunk: str) -> Frame:
    pixels = np.full(shape, frame_id % 251, np.uint8)
    return Frame(
        pixels, PixelFormat.MONO8 if len(shape) == 2 else PixelFormat.RGB8, "left", frame_id, 9, None, 77, chunk
    )


def sides(slots: int = SLOTS, size: int = BYTES) -> tuple[Ring, Ring]:
    """The worker's ring and the engine's, over one memfd; not a fixture, so that it ends with its test."""
    fd = Ring.create("left", slots, size)
    try:
        return Ring(fd, slots, size), Ring(fd, slots, size)
    finally:
        os.close(fd)


def test_a_picture_arrives_as_it_was() -> None:
    worker, engine = sides()
    sent = frame(5, (4, 5, 3), truth="é" * 1000)
    lease = engine.lease(worker.put(sent))
    got = lease.frame
    assert np.array_equal(got.pixels, sent.pixels)
    assert not got.pixels.flags.writeable
    assert (got.pixel_format, got.camera, got.frame_id, got.trigger_id) == (PixelFormat.RGB8, "left", 5, 9)
    assert (got.device_time_ns, got.monotonic_ns, got.chunk, got.width, got.height) == (
        None,
        77,
        {"truth": "é" * 1000},
        5,
        4,
    )
    lease.release()


def test_sixteen_bits_stay_sixteen_bits() -> None:
    worker, engine = sides()
    pixels = np.arange(20, dtype=np.uint16).reshape(4, 5) * 3000
    got = engine.lease(worker.put(Frame(pixels, PixelFormat.MONO8, "left", 1, None, 3, 4, {}))).frame
    assert got.pixels.dtype == np.uint16
    assert np.array_equal(got.pixels, pixels)


def test_a_leased_slot_is_never_overwritten_and_a_full_ring_says_so() -> None:
    worker, engine = sides()
    leases = [engine.lease(worker.put(frame(number))) for number in range(SLOTS)]
    with pytest.raises(RingFullError, match="all 3 slots"):
        worker.put(frame(99))
    assert [int(lease.frame.pixels[0, 0]) for lease in leases] == [0, 1, 2]
    leases[1].release()
    assert engine.lease(worker.put(frame(42))).frame.frame_id == 42
    with pytest.raises(RingFullError):
        worker.put(frame(99))
    assert [int(leases[number].frame.pixels[0, 0]) for number in (0, 2)] == [0, 2]


def test_a_second_release_does_not_free_the_next_picture() -> None:
    worker, engine = sides()
    first = engine.lease(worker.put(frame(1)))
    first.release()
    kept = [worker.put(frame(number)) for number in range(SLOTS)]
    first.release()
    assert len(kept) == SLOTS
    with pytest.raises(RingFullError):
        worker.put(frame(99))


def test_what_does_not_fit_is_refused_with_the_remedy() -> None:
    worker, _ = sides()
    with pytest.raises(FrameTooLargeError, match="max_frame_bytes to at least 4160"):
        worker.put(frame(1, (65, 64)))
    with pytest.raises(FrameTooLargeError, match="chunk data"):
        worker.put(frame(1, truth="x" * META_BYTES))
    assert worker.put(frame(1, (64, 64))) == 0


def test_the_preview_is_the_latest_and_outlives_a_writer_killed_half_way() -> None:
    worker, engine = sides()
    assert engine.preview() is None
    for number in range(1, 6):
        worker.show(frame(number))
        seen = engine.preview()
        assert seen is not None
        assert seen.frame_id == number
    worker._write(worker._unseen(worker._states.tobytes()), frame(6))  # what a kill leaves: written, the word not moved
    seen = engine.preview()
    assert seen is not None
    assert seen.frame_id == 5
    worker.show(frame(7))
    assert seen.pixels.max() == 5, "a preview is a copy"


def test_a_slot_is_the_preview_without_a_copy_until_another_is_also_when_its_lease_has_ended() -> None:
    worker, engine = sides()
    leases = [engine.lease(worker.put(frame(number))) for number in range(SLOTS)]
    worker.show_slot(1)
    for lease in leases:
        lease.release()
    slots = [worker.put(frame(10 + number)) for number in range(SLOTS)]
    assert 1 not in slots, "all that can be leased are, and the preview is another"
    shown = engine.preview()
    assert shown is not None
    assert shown.frame_id == 1
    worker.show(frame(20))
    shown = engine.preview()
    assert shown is not None
    assert shown.frame_id == 20
    with pytest.raises(RingFullError):
        worker.put(frame(99))
    assert [engine.lease(slot).frame.frame_id for slot in slots] == [10, 11, 12]


def test_a_preview_is_never_torn() -> None:
    worker, engine = sides(1, 256 * 1024)
    done = threading.Event()

    def write() -> None:
        number = 0
        while not done.is_set():
            number += 1
            side = 512 - number % 3  # sizes change too
            worker.show(frame(number, (side, 512)))

    writer = threading.Thread(target=write)
    writer.start()
    try:
        seen = []
        while len(seen) < 200:
            if (shown := engine.preview()) is not None:
                assert shown.pixels.min() == shown.pixels.max() == shown.frame_id % 251
                assert shown.height == 512 - shown.frame_id % 3
                seen.append(shown.frame_id)
    finally:
        done.set()
        writer.join()
    assert seen == sorted(seen)


def test_counts_and_sign_of_life_are_seen_on_the_other_side() -> None:
    worker, engine = sides()
    assert engine.count() == StreamCount()
    assert engine.heartbeat_ns == 0
    for number in range(1, 5):
        worker.put_count(StreamCount(10 * number, 7 * number, number, 2 * number))
    worker.beat(123456789012)
    assert engine.count() == StreamCount(40, 28, 4, 8)
    assert engine.heartbeat_ns == 123456789012


def test_a_lease_keeps_its_memory_and_nothing_else_does() -> None:
    def open_memfds() -> int:
        gc.collect()
        links = [entry.readlink().name for entry in Path("/proc/self/fd").iterdir() if entry.is_symlink()]
        return sum(name.startswith("memfd:camera-lone") for name in links)

    fd = Ring.create("lone", SLOTS, BYTES)
    worker, engine = Ring(fd, SLOTS, BYTES), Ring(fd, SLOTS, BYTES)
    os.close(fd)
    lease = engine.lease(worker.put(frame(8)))
    del worker, engine
    assert int(lease.frame.pixels.max()) == 8
    assert open_memfds() == 1
    lease.release()
    del lease
    assert open_memfds() == 0
