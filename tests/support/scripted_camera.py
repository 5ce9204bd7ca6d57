"""A camera's worker over a scripted device, in a thread of this process, and what the engine sees of it."""

import os
import select
import socket
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress

import numpy as np

from camera.device import (
    CameraDevice,
    CameraError,
    CameraInfo,
    FeatureValue,
    IncompleteFrame,
    RawFrame,
    TriggerKind,
)
from camera.frame import PixelFormat
from camera.ring import Ring
from camera.settings import CameraSettings
from camera.wire import PACKET_BYTES, Fire, Message, Stop, Written, decode, encode
from camera.worker import Channel, run_device

Answer = RawFrame | IncompleteFrame | CameraError
Behaviour = Callable[["ScriptedDevice", int], list[tuple[float, Answer]]]


class ScriptedDevice:
    """A device whose behaviour is a function from a trigger to frames, each after some seconds; arming throws them away."""

    def __init__(self, behaviour: Behaviour, *, knows_trigger_ids: bool = True) -> None:
        self.behaviour = behaviour
        self.knows = knows_trigger_ids
        self.calls: list[str] = []
        self.coming: deque[tuple[float, Answer]] = deque()
        self.set: dict[str, FeatureValue] = {}
        self.frame_id = 0

    def open(self) -> CameraInfo:
        self.calls.append("open")
        return CameraInfo("x", "v", "m", "s", 4, 4, PixelFormat.MONO8, ("Mono8",), knows_trigger_ids=self.knows)

    def set_features(self, features: Mapping[str, FeatureValue]) -> None:
        self.calls.append("set")
        self.set.update(features)

    def features(self) -> dict[str, FeatureValue]:
        return self.set

    def settable(self) -> frozenset[str]:
        return frozenset(self.set)

    def arm(self, kind: TriggerKind, line: str = "") -> None:
        self.calls.append(f"arm {kind}{line}")
        self.coming.clear()
        self.frame_id = 0

    def clock_ns(self) -> int | None:
        return None

    def trigger(self, trigger_id: int) -> None:
        self.calls.append(f"trigger {trigger_id}")
        now = time.monotonic()
        self.coming.extend((now + delay, answer) for delay, answer in self.behaviour(self, trigger_id))

    def next_frame(self, timeout_s: float) -> RawFrame | IncompleteFrame | None:
        until = time.monotonic() + timeout_s
        while not (self.coming and self.coming[0][0] <= time.monotonic()):
            if time.monotonic() >= until:
                return None
            time.sleep(0.0005)
        _, answer = self.coming.popleft()
        if isinstance(answer, CameraError):
            raise answer
        return answer

    def figures(self) -> dict[str, float]:
        return {"temperature_c": 40.0 + self.frame_id}

    def close(self) -> None:
        self.calls.append("close")

    def picture(self, level: int, trigger_id: int | None = None, *, skip: int = 0, side: int = 4) -> RawFrame:
        self.frame_id += 1 + skip
        return RawFrame(np.full((side, side), level, np.uint8), PixelFormat.MONO8, self.frame_id, trigger_id)


class Engine:
    """The other end of a worker's socket and ring."""

    def __init__(self, settings: CameraSettings, device: CameraDevice) -> None:
        self._socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        fd = Ring.create("unit", settings.ring_slots, settings.max_frame_bytes)
        self.ring = Ring(fd, settings.ring_slots, settings.max_frame_bytes)
        channel = Channel(theirs.detach())
        ring = Ring(fd, settings.ring_slots, settings.max_frame_bytes)
        os.close(fd)
        self.status: int | None = None

        def work() -> None:
            with channel:
                self.status = run_device(settings, ring, channel, lambda _: device)

        self.thread = threading.Thread(target=work)
        self.thread.start()

    def fire(self, shot: int, trigger_id: int, *, ago_s: float = 0.0) -> None:
        self._socket.send(encode(Fire(shot, trigger_id, time.monotonic_ns() - round(ago_s * 1e9))))

    def hear(self, timeout_s: float = 5.0) -> Message:
        assert select.select([self._socket], [], [], timeout_s)[0], "the worker says nothing"
        packet = self._socket.recv(PACKET_BYTES)
        assert packet, "the worker is gone"
        return decode(packet)

    def level(self, message: Message) -> int:
        """Read and give back the picture a message announces."""
        assert isinstance(message, Written), message
        lease = self.ring.lease(message.slot)
        level = int(lease.frame.pixels.max())
        lease.release()
        return level

    def end(self) -> None:
        with suppress(BrokenPipeError):  # it may have ended by itself
            self._socket.send(encode(Stop()))
        self.thread.join(5)
        self._socket.close()
        assert not self.thread.is_alive()


def wait_until(condition: Callable[[], bool], timeout_s: float = 5.0) -> None:
    deadline = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < deadline, "not in time"
        threading.Event().wait(0.005)


@contextmanager
def running(device: ScriptedDevice, **settings: object) -> Iterator[Engine]:
    values: dict[str, object] = {"frame_deadline_s": 5.0, "silence_s": 5.0, "max_frame_bytes": 4096, **settings}
    engine = Engine(CameraSettings("left", "scripted", **values), device)  # type: ignore[arg-type]
    try:
        yield engine
    finally:
        engine.end()


def answers_by_id(device: ScriptedDevice, trigger_id: int) -> list[tuple[float, Answer]]:
    return [(0.0, device.picture(trigger_id, trigger_id))]


def answers_in_order(device: ScriptedDevice, trigger_id: int) -> list[tuple[float, Answer]]:
    return [(0.0, device.picture(trigger_id))]
