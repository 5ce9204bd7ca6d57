"""How many connections strangers may open: each costs a handshake, which is work for a processor that the line needs, too.

A connection that becomes a session is given back, so clients that are let in never wait. What others open beyond a burst is
read at a steady rate, and what would have to wait too long is closed unread. Every address from which somebody was let in is
counted by itself, all others together, so that no storm of strangers keeps out who was there before.
"""

import time
from collections.abc import Callable

LONGEST_WAIT_S = 5.0
MOST_KNOWN = 1000
_STRANGERS = ""


class Admission:
    """Says when a new connection is read: a generic cell rate, which one time for each bucket says (ITU-T I.371).

    Parameters
    ----------
    per_s
        Connections a second that never become a session, in the long run.
    burst
        How many of them at once.
    now
        A monotonic clock in seconds.
    """

    def __init__(self, per_s: float, burst: int, now: Callable[[], float] = time.monotonic) -> None:
        self._each_s = 1 / per_s
        self._burst_s = burst / per_s
        self._now = now
        self._due: dict[str, float] = {_STRANGERS: now()}

    def wait_s(self, address: str) -> float | None:
        """Count a connection; return how long it has to wait until it is read, None to close it."""
        bucket, now = self._bucket(address), self._now()
        due = max(now, self._due[bucket]) + self._each_s
        wait = max(0.0, due - now - self._burst_s)
        if wait > LONGEST_WAIT_S:
            return None
        self._due[bucket] = due
        return wait

    def let_in(self, address: str) -> None:
        """Note that a connection has become a session: it does not count, and its address is known from now on."""
        self._due[self._bucket(address)] -= self._each_s
        if address not in self._due:
            self._due[address] = self._now()
        if len(self._due) > MOST_KNOWN:
            del self._due[next(known for known in self._due if known != _STRANGERS)]

    def _bucket(self, address: str) -> str:
        return address if address in self._due else _STRANGERS
