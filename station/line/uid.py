"""UUID version 7 (RFC 9562, section 5.7): a part's name, in order of time."""

import os
import threading
import time
from collections.abc import Callable
from uuid import UUID

_RANDOM_BITS = 74
_MAX_RANDOM = (1 << _RANDOM_BITS) - 1


def uuid7(unix_ms: int, random_bits: int) -> UUID:
    """Build a UUIDv7.

    Parameters
    ----------
    unix_ms
        Milliseconds since 1970 UTC, 48 bits.
    random_bits
        74 bits; the upper 12 become `rand_a`, the lower 62 `rand_b`.
    """
    rand_a, rand_b = random_bits >> 62, random_bits & ((1 << 62) - 1)
    return UUID(int=(unix_ms & ((1 << 48) - 1)) << 80 | 0x7 << 76 | rand_a << 64 | 0b10 << 62 | rand_b)


def unix_ms(uid: UUID) -> int:
    """Milliseconds since 1970 UTC that a UUIDv7 carries."""
    return uid.int >> 80


class UidSource:
    """Makes UUIDv7s that grow from one call to the next within a process, also when the clock steps back.

    Within a millisecond, and while the clock is behind, the random part is counted up (RFC 9562, section 6.2,
    method 2). Safe to call from any thread.

    Parameters
    ----------
    time_ns
        Wall clock in nanoseconds since 1970 UTC.
    random_bytes
        Gives n random bytes.
    """

    def __init__(
        self, time_ns: Callable[[], int] = time.time_ns, random_bytes: Callable[[int], bytes] = os.urandom
    ) -> None:
        self._time_ns = time_ns
        self._random_bytes = random_bytes
        self._lock = threading.Lock()
        self._last_ms = -1
        self._last_random = 0

    def __call__(self) -> UUID:
        """Make the next one."""
        with self._lock:
            now_ms = self._time_ns() // 1_000_000
            if now_ms > self._last_ms:
                self._last_ms, self._last_random = now_ms, self._fresh()
            else:
                self._count_up()
            return uuid7(self._last_ms, self._last_random)

    def _fresh(self) -> int:
        """74 random bits, the topmost clear so that there is room to count up."""
        return int.from_bytes(self._random_bytes(10)) & (_MAX_RANDOM >> 1)

    def _count_up(self) -> None:
        self._last_random += 1 + int.from_bytes(self._random_bytes(4))
        if self._last_random > _MAX_RANDOM:
            self._last_ms, self._last_random = self._last_ms + 1, self._fresh()
