"""Who is logged in: tokens in memory, ended by leaving, by idling, by a change of the account and by the engine's end."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from station.people.roles import Person

TOKEN_BYTES = 32
UNUSED_S = 8 * 3600.0
"""A session that no command came from for a whole shift is over, whatever became of its screen, which locks long before."""
MAX_SESSIONS = 64
"""More screens than a station has; beyond it the session that idled longest ends."""


@dataclass(slots=True)
class _Session:
    person: Person
    used_s: float


class Sessions:
    """The open sessions; one thread's business.

    Parameters
    ----------
    idle_lock_s
        A session that nobody used for so long is over.
    clock
        Monotonic seconds.
    """

    def __init__(self, idle_lock_s: float, clock: Callable[[], float]) -> None:
        self._idle_lock_s = idle_lock_s
        self._clock = clock
        self._open: dict[str, _Session] = {}

    def open(self, person: Person) -> str:
        """Begin a session; return its token."""
        if len(self._open) >= MAX_SESSIONS:
            self._open.pop(min(self._open, key=lambda token: self._open[token].used_s))
        token = secrets.token_urlsafe(TOKEN_BYTES)
        self._open[token] = _Session(person, self._clock())
        return token

    def person(self, token: str) -> Person | None:
        """Return whose session it is and note that it is used; None where it is over or never was."""
        session = self._open.get(token)
        if session is None or self._idle(session):
            return None
        session.used_s = self._clock()
        return session.person

    def peek(self, token: str) -> Person | None:
        """Return whose session it is, as `person` does, without noting that it is used."""
        session = self._open.get(token)
        return None if session is None or self._idle(session) else session.person

    def close(self, token: str) -> Person | None:
        """End a session; return whose it was, None where it was over."""
        session = self._open.pop(token, None)
        return session.person if session else None

    def close_idle(self) -> tuple[Person, ...]:
        """End the sessions that nobody used for long; return whose they were."""
        return self._close_all(self._idle)

    def close_of(self, name: str) -> tuple[Person, ...]:
        """End all sessions of a person whose account was changed; return them."""
        return self._close_all(lambda session: session.person.name == name)

    def replace(self, person: Person) -> None:
        """Let a person's sessions know them as they are now."""
        for session in self._open.values():
            if session.person.name == person.name:
                session.person = person

    def _idle(self, session: _Session) -> bool:
        return self._clock() - session.used_s >= self._idle_lock_s

    def _close_all(self, over: Callable[[_Session], bool]) -> tuple[Person, ...]:
        ended = {token: session for token, session in self._open.items() if over(session)}
        for token in ended:
            del self._open[token]
        return tuple(session.person for session in ended.values())
