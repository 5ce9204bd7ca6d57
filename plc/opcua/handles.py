"""Handles that a client gets with a result or a list and gives back: bounded, and its own session's alone."""

from collections import OrderedDict

MOST_PER_SESSION = 1000
"""Beyond that the oldest is given back by itself: results never change, so nothing is lost with it."""
MOST_SESSIONS = 200
LARGEST = 2**31


class Handles:
    """Numbers from 1, unique while they are out."""

    def __init__(self) -> None:
        self._last = 0
        self._out: OrderedDict[str, OrderedDict[int, None]] = OrderedDict()

    def take(self, session: str) -> int:
        """Return a new handle for a session."""
        self._last = self._last % LARGEST + 1
        own = self._out.setdefault(session, OrderedDict())
        self._out.move_to_end(session)
        own[self._last] = None
        if len(own) > MOST_PER_SESSION:
            own.popitem(last=False)
        if len(self._out) > MOST_SESSIONS:
            self._out.popitem(last=False)
        return self._last

    def release(self, session: str, handle: int) -> bool:
        """Take a handle back; False when the session has no such handle."""
        own = self._out.get(session, OrderedDict())
        if handle not in own:
            return False
        del own[handle]
        return True
