"""The people at the desk: who is logged in where, and what they and `station users` may have done to accounts.

Secrets are compared on a thread of its own, one at a time, so that log-ins take no more than one core from the line.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from station.desk.asking import ask_and_wait
from station.desk.messages import Answer, LogIn, LogOut, ManagePeople, ManageRecords, SetPreferences
from station.journal.errors import Refusal, RefusedError, StorageError
from station.journal.store import Journal
from station.keeping.manage import manage_records, proved, sign
from station.line.recorder import Recorder
from station.people.accounts import Accounts
from station.people.manage import manage
from station.people.roles import Person
from station.people.sessions import Sessions

log = logging.getLogger(__name__)

T = TypeVar("T")


LOG_IN_S = 0.5
"""At least so long from one log-in to the next: each is some 0.15 s of a core, which the line may need."""


class PeopleDesk:
    """Sessions and accounts; made and used on the engine's loop."""

    def __init__(self, recorder: Recorder, sessions: Sessions) -> None:
        self.sessions = sessions
        self._recorder = recorder
        self._accounts = Accounts(self._ask)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="people")
        self._door = asyncio.Lock()
        self._next_log_in_s = float("-inf")

    def stop(self) -> None:
        """Begin nothing more; what is in hand ends by itself, at the latest with the recorder."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    async def log_in(self, command: LogIn) -> Answer:
        """Open a session, after whoever came before. Raises `RefusedError`."""
        await self._come_in_turn()
        person = await self._apart(
            lambda: self._accounts.log_in(badge=command.badge, name=command.name, secret=command.secret)
        )
        session = self.sessions.open(person)
        return Answer(key=command.key, done=True, result={"session": session, **_facts(person)})

    async def log_out(self, command: LogOut) -> Answer:
        """End a session; one that is over already is no mistake. Raises `RefusedError`."""
        if (person := self.sessions.close(command.session)) is not None:
            await self._apart(lambda: self._accounts.log_out(person, "asked for"))
        return Answer(key=command.key, done=True)

    async def set_preferences(self, person: Person, command: SetPreferences) -> Answer:
        """Keep what a person wants of every screen. Raises `RefusedError`."""
        changed = await self._apart(lambda: self._accounts.prefer(person, command.preferences))
        self.sessions.replace(changed)
        return Answer(key=command.key, done=True, result=_facts(changed))

    async def manage(self, by: str, command: ManagePeople) -> Answer:
        """Do to accounts what `station users` asks for; whose account changed is logged out. Raises `RefusedError`."""
        managed = await self._apart(lambda: manage(self._ask, by, command.action, command.details))
        if managed.ended:
            await self._note_ends(self.sessions.close_of(managed.ended), "the account was changed")
        return Answer(key=command.key, done=True, result=managed.result)

    async def manage_records(self, data: Path, by: str, command: ManageRecords) -> Answer:
        """Do what `station hold`, `delete` and `sign` ask for; who signs proves it as at a log-in. Raises `RefusedError`."""
        details = command.details
        try:
            if command.action == "sign":
                await self._come_in_turn()
                name, password = details.get("name", ""), details.get("password", "")
                person = await self._apart(lambda: proved(self._ask, name, password))
                result = await asyncio.to_thread(sign, self._ask, data, person, details)
            else:
                result = await asyncio.to_thread(manage_records, self._ask, data, by, command.action, details)
        except StorageError as error:
            raise RefusedError(Refusal.STORAGE, str(error)) from None
        return Answer(key=command.key, done=True, result=result)

    async def _come_in_turn(self) -> None:
        async with self._door:
            now_s = asyncio.get_running_loop().time()
            await asyncio.sleep(max(0.0, self._next_log_in_s - now_s))
            self._next_log_in_s = asyncio.get_running_loop().time() + LOG_IN_S

    async def end_idle(self) -> None:
        """End the sessions that nobody used for long."""
        await self._note_ends(self.sessions.close_idle(), "idle")

    async def _note_ends(self, people: Iterable[Person], why: str) -> None:
        for person in people:
            try:
                await self._apart(lambda person=person: self._accounts.log_out(person, why))  # type: ignore[misc]
            except RefusedError as error:
                log.error("the end of %s's session is not on record: %s", person.name, error)

    def _ask(self, work: Callable[[Journal], T], /) -> T:
        return ask_and_wait(self._recorder, work)

    async def _apart(self, work: Callable[[], T]) -> T:
        """Do what takes time on the thread for it."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)


def _facts(person: Person) -> dict[str, str | bool]:
    wishes = person.preferences
    return {
        "name": person.name,
        "role": person.role.value,
        "language": wishes.language,
        "left_handed": wishes.left_handed,
        "theme": wishes.theme,
        "sound": wishes.sound,
    }
