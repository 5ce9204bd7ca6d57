"""The wire of the virtual line, driven by its light barrier: it triggers cameras by itself, whatever PLC and station do.

A pulse is a datagram to an abstract UNIX socket, as the simulated cameras of this machine take it: a JSON object
``{"part": 12, "at_ns": 123}``, which part lies before the camera and when, by this machine's monotonic clock.
"""

import asyncio
import json
import random
import socket
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

ADDRESS = "\0station-wire-{name}"
DOUBLE_AFTER_S = 0.004
"""A contact that bounces does so within milliseconds."""


@dataclass(frozen=True, slots=True)
class WireSettings:
    """How bad the wire is: pulses come up to `jitter_s` late, some not at all, some twice; the same for the same seed."""

    jitter_s: float = 0.0
    lost: float = 0.0
    doubled: float = 0.0
    seed: int = 0

    def delays_s(self, part: int) -> tuple[float, ...]:
        """How long after the part came each of its pulses goes out."""
        rng = random.Random(self.seed << 32 | part)
        delay_s, lot = rng.uniform(0, self.jitter_s), rng.random()
        if lot < self.lost:
            return ()
        return (delay_s, delay_s + DOUBLE_AFTER_S) if lot < self.lost + self.doubled else (delay_s,)


class TriggerWire:
    """Goes to every camera that listens to one of the names; a pulse nobody listens to is gone."""

    def __init__(self, names: Sequence[str], settings: WireSettings) -> None:
        self._settings = settings
        self._ends = [ADDRESS.format(name=name) for name in names]
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK)

    def part_came(self, part: int) -> None:
        """Send the pulses of a part; to be called on a running loop."""
        for delay_s in self._settings.delays_s(part):
            asyncio.get_running_loop().call_later(delay_s, self._pulse, part)

    def close(self) -> None:
        """Cut it."""
        self._socket.close()

    def _pulse(self, part: int) -> None:
        text = json.dumps({"part": part, "at_ns": time.monotonic_ns()}).encode()
        for end in self._ends:
            with suppress(OSError):  # nobody listens, or has too much to read already
                self._socket.sendto(text, end)
