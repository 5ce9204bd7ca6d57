"""The engine's end of the desk: who is attached, what each of them is told, and the bounds that keep the line from noticing.

All of it runs on the engine's loop and in small steps. Nobody is waited for: what a program does not read is kept up to
`MAX_UNREAD_BYTES`, then the program is cut off; what it sends is taken in one command at a time and at a bounded pace.
"""

import asyncio
import contextlib
import fcntl
import logging
import os
from asyncio import StreamReader, StreamWriter
from collections.abc import Awaitable, Callable
from pathlib import Path
from uuid import UUID

from pydantic import BaseModel, ValidationError

from station.desk.address import LOCK_FILE, SOCKET_FILE, listen
from station.desk.messages import (
    MAX_COMMAND_BYTES,
    NOBODY,
    Answer,
    Attach,
    FromEngine,
    Kind,
    PartCaptured,
    Refusal,
    State,
    ToEngine,
    Welcome,
    line_of,
    to_engine,
)

log = logging.getLogger(__name__)

MAX_CLIENTS = 16
MAX_UNREAD_BYTES = 1024 * 1024
"""What a program may leave unread, beside what the kernel holds: about a minute of a busy line."""
ATTACH_S = 5.0
"""How long a new connection may take to say what it is."""
FIRST_LINE_BYTES = 64 * 1024
"""No more is taken before a program has said what it is."""
COMMANDS_PER_S, BYTES_PER_S = 50, 256 * 1024
"""The pace of each program; what it sends faster waits its turn, because reading it takes time from the loop."""
CREDIT_S = 2.0
"""How far a program that was quiet may run ahead of its pace."""
RETRY_S = 1.0
"""Pause between two tries to open the socket."""


class Client:
    """One attached program. `session` is the last one it gave that was good."""

    def __init__(self, reader: StreamReader, writer: StreamWriter) -> None:
        self.kind: Kind | None = None
        self.session = ""
        self._reader = reader
        self._writer = writer
        self._paid_until_s = float("-inf")

    def tell(self, line: bytes) -> None:
        """Send a line, or cut the program off when it has left too much unread; never waits."""
        if self._writer.transport.get_write_buffer_size() > MAX_UNREAD_BYTES:
            log.warning("a program at the desk (%s) does not read what it is told and is cut off", self.kind)
            self.cut()
            return
        self._writer.write(line)

    @property
    def behind(self) -> bool:
        """Whether it has not yet read all it was told."""
        return self._writer.transport.get_write_buffer_size() > 0

    def cut(self) -> None:
        """End the connection at once."""
        self._writer.transport.abort()

    def close(self) -> None:
        """End the connection once what was said is read."""
        self._writer.close()

    async def line(self) -> bytes | None:
        """Return the next line in its turn, None at the end. Raises ValueError when it is too long."""
        try:
            line = await self._reader.readuntil(b"\n")
        except (asyncio.IncompleteReadError, ConnectionError):
            return None
        except asyncio.LimitOverrunError:
            raise ValueError(f"a command may have {MAX_COMMAND_BYTES} bytes") from None
        if self.kind is None and len(line) > FIRST_LINE_BYTES:
            raise ValueError(f"the first line may have {FIRST_LINE_BYTES} bytes")
        now_s = asyncio.get_running_loop().time()
        cost_s = 1 / COMMANDS_PER_S + len(line) / BYTES_PER_S
        self._paid_until_s = max(self._paid_until_s, now_s - CREDIT_S) + cost_s
        if self._paid_until_s > now_s:
            await asyncio.sleep(self._paid_until_s - now_s)
        return line


Perform = Callable[[Client, ToEngine], Awaitable[Answer]]


class DeskServer:
    """The socket and everyone at it.

    Parameters
    ----------
    data
        The data folder; it may come to be later.
    perform
        Does a command and gives its one answer. Of what it raises the command's sender alone hears.
    welcome
        Makes the first line of a connection.
    changed
        Called when somebody attached or left.
    """

    def __init__(
        self,
        data: Path,
        perform: Perform,
        welcome: Callable[[], Awaitable[Welcome]],
        changed: Callable[[], None],
    ) -> None:
        self._data = data
        self._perform = perform
        self._welcome = welcome
        self._changed = changed
        self._clients: set[Client] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None
        self._lock_fd: int | None = None
        self._opening: asyncio.Task[None] | None = None

    @property
    def clients(self) -> frozenset[Client]:
        """Who has attached."""
        return frozenset(client for client in self._clients if client.kind is not None)

    def start(self) -> None:
        """Open the socket as soon as it can be; meanwhile the line runs without it."""
        self._opening = asyncio.create_task(self._open())

    async def stop(self) -> None:
        """Close every connection and take the socket away."""
        if self._opening is not None:
            self._opening.cancel()
            await asyncio.gather(self._opening, return_exceptions=True)
        if self._server is not None:
            self._server.close()
            with contextlib.suppress(OSError):
                (self._data / SOCKET_FILE).unlink(missing_ok=True)
        for client in self._clients:
            if client.behind:
                client.cut()
            else:
                client.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._lock_fd is not None:
            os.close(self._lock_fd)
            self._lock_fd = None

    def tell(self, message: FromEngine) -> None:
        """Tell everyone who has attached and is concerned."""
        clients = [client for client in self.clients if _concerns(client, message)]
        if clients:
            line = line_of(message)
            for client in clients:
                client.tell(line)

    # The socket ---------------------------------------------------------------------------------------------------

    async def _open(self) -> None:
        said = ""
        while True:
            try:
                self._take_place()
                self._server = await asyncio.start_unix_server(
                    self._enter, sock=listen(self._data), limit=MAX_COMMAND_BYTES
                )
            except OSError as error:
                if str(error) != said:
                    said = str(error)
                    log.error("screens cannot attach: %s; tried again every %.0f s, the line runs", error, RETRY_S)
                await asyncio.sleep(RETRY_S)
            else:
                return

    def _take_place(self) -> None:
        """Make sure that no other engine has its socket here. Raises OSError."""
        if self._lock_fd is not None:
            return
        descriptor = os.open(self._data / LOCK_FILE, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(descriptor)
            raise OSError(error.errno, "another engine runs in this data folder", str(self._data)) from error
        self._lock_fd = descriptor

    # One connection -----------------------------------------------------------------------------------------------

    def _enter(self, reader: StreamReader, writer: StreamWriter) -> None:
        client = Client(reader, writer)
        if len(self._clients) >= MAX_CLIENTS:
            self._dismiss(client, Refusal.NOT_NOW, f"{MAX_CLIENTS} programs are attached already; end one of them.")
            return
        self._clients.add(client)
        task = asyncio.create_task(self._attend(client))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    @staticmethod
    def _dismiss(client: Client, refusal: Refusal, text: str) -> None:
        client.tell(line_of(Answer(key=NOBODY, done=False, refusal=refusal, text=text)))
        client.close()

    async def _attend(self, client: Client) -> None:
        try:
            client.tell(line_of(await self._welcome()))
            if await self._attach(client):
                self._changed()
                while (line := await client.line()) is not None:
                    client.tell(line_of(await self._answer(client, line)))
        except ValueError as error:
            self._dismiss(client, Refusal.BAD_VALUE, str(error))
        except Exception:
            # The top of a worker: whatever one program does, the line and the others must not notice.
            log.exception("a program at the desk is cut off")
            client.cut()
        finally:
            self._clients.discard(client)
            client.close()
            self._changed()

    async def _attach(self, client: Client) -> bool:
        """Hear what the program is; False when it left. Raises ValueError when it is nothing known here."""
        try:
            async with asyncio.timeout(ATTACH_S):
                line = await client.line()
        except TimeoutError:
            raise ValueError(f"nothing was said within {ATTACH_S:g} s") from None
        if line is None:
            return False
        try:
            command = to_engine.validate_json(line)
        except ValidationError as error:
            raise ValueError(_first_problem(error)) from None
        if not isinstance(command, Attach):
            raise ValueError("the first line must be an attach command")  # noqa: TRY004 - what was sent is wrong
        client.kind = command.kind
        client.tell(line_of(await self._perform(client, command)))
        return True

    async def _answer(self, client: Client, line: bytes) -> Answer:
        """Give a line its one answer. Raises ValueError when it has no key that an answer could bear."""
        try:
            command = to_engine.validate_json(line)
        except ValidationError as error:
            problem = _first_problem(error)
        else:
            return await self._perform(client, command)
        try:
            key = _Keyed.model_validate_json(line).key
        except ValidationError:
            raise ValueError(problem) from None
        return Answer(key=key, done=False, refusal=Refusal.BAD_VALUE, text=problem)


class _Keyed(BaseModel):
    """The least an answer needs of a command that is otherwise wrong."""

    key: UUID


def _concerns(client: Client, message: FromEngine) -> bool:
    """Tell whether a client is told: a `State` not who has yet to read, because the next one says it all."""
    match message:
        case State():
            return not client.behind
        case PartCaptured():
            return client.kind is Kind.GATEWAY
        case _:
            return True


def _first_problem(error: ValidationError) -> str:
    first = error.errors(include_input=False, include_url=False)[0]
    place = ".".join(str(step) for step in first["loc"])
    return f"{place}: {first['msg']}" if place else str(first["msg"])
