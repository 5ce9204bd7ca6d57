"""A program's side of the desk: attaches to the engine of a data folder, and again whenever the connection is lost.

It has one thread of its own and knows nothing of Qt or asyncio. What was sent and not answered when a connection broke is
sent again over the next one, under the same key, so that it takes effect once.
"""

import contextlib
import logging
import selectors
import socket
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

from pydantic import ValidationError

from station.desk.address import connect
from station.desk.messages import (
    MAX_COMMAND_BYTES,
    MAX_LINE_BYTES,
    NOBODY,
    PROTOCOL,
    Answer,
    Attach,
    Command,
    FromEngine,
    Kind,
    LogIn,
    LogOut,
    Refusal,
    ToEngine,
    Welcome,
    from_engine,
    line_of,
)

log = logging.getLogger(__name__)

FIRST_RETRY_S, LONGEST_RETRY_S = 0.1, 1.0
CONNECT_S = 1.0
SILENCE_S = 3.0
"""The engine says something twice a second; after so much silence it is taken for gone."""
MAX_UNANSWERED = 256
_CHUNK = 1 << 16


class _LostError(Exception):
    """The connection is over; the text says why."""


@dataclass(frozen=True, slots=True)
class _Sent:
    """A command that waits for its answer."""

    command: Command
    line: bytes
    answered: Callable[[Answer], None]


class DeskClient:
    """One attachment. Callbacks come on its thread, in the order in which the engine spoke, and must return at once.

    Parameters
    ----------
    data
        The station's data folder.
    kind
        What attaches.
    on_message
        Hears everything the engine says but answers; a `Welcome` comes first on every connection.
    on_lost
        Hears why there is no connection, once for each time it was lost or is not there at the start.
    """

    def __init__(
        self, data: Path, kind: Kind, on_message: Callable[[FromEngine], None], on_lost: Callable[[str], None]
    ) -> None:
        self._data = data
        self._kind = kind
        self._on_message = on_message
        self._on_lost = on_lost
        self._lock = threading.Lock()
        self._fresh: deque[_Sent] = deque()
        self._unanswered: dict[UUID, _Sent] = {}
        self._attach_key = uuid4()
        self._session = ""
        self._attached = False
        self._said_lost = False
        self._stopping = threading.Event()
        self._wake_out, self._wake_in = socket.socketpair()
        self._wake_in.setblocking(False)
        self._thread = threading.Thread(target=self._run, name="desk client", daemon=True)

    def start(self) -> None:
        """Start to attach."""
        self._thread.start()

    def stop(self) -> None:
        """Detach and end; what is not answered by then never is. Safe to call twice, and not from a callback."""
        self._stopping.set()
        self._wake()
        if self._thread.ident is not None:
            self._thread.join()
        self._wake_in.close()
        self._wake_out.close()

    def send(self, command: ToEngine, answered: Callable[[Answer], None]) -> None:
        """Send a command as soon as there is a connection; never blocks. `answered` is called with its one answer."""
        with self._lock:
            self._fresh.append(_Sent(command, line_of(command), answered))
        self._wake()

    def _wake(self) -> None:
        with contextlib.suppress(OSError):  # full means it wakes anyway; closed means nobody is left to wake
            self._wake_in.send(b"\0")

    # The thread ---------------------------------------------------------------------------------------------------

    def _run(self) -> None:
        pause_s = FIRST_RETRY_S
        while not self._stopping.is_set():
            self._attached = False
            try:
                with connect(self._data, CONNECT_S) as connection:
                    self._serve(connection)
            except _LostError as error:
                self._lose(str(error))
            except OSError as error:
                self._lose(f"no engine answers in {self._data} ({error.strerror or error})")
            except Exception as error:
                # The top of a worker: a callback that fails must not leave its program without the engine for ever.
                log.exception("the desk's client failed")
                self._lose(f"this program failed ({error}); see its log")
            pause_s = FIRST_RETRY_S if self._attached else min(2 * pause_s, LONGEST_RETRY_S)
            self._rest(pause_s)

    def _rest(self, pause_s: float) -> None:
        """Wait before the next try; what is sent meanwhile is taken in, so that too much of it is answered."""
        until = time.monotonic() + pause_s
        while not self._stopping.is_set() and (left_s := until - time.monotonic()) > 0:
            self._wake_out.settimeout(left_s)
            with contextlib.suppress(TimeoutError):
                self._wake_out.recv(_CHUNK)
            self._take_fresh()

    def _lose(self, why: str) -> None:
        if not self._said_lost and not self._stopping.is_set():
            self._said_lost = True
            self._on_lost(why)

    def _take_fresh(self) -> bytes:
        """Move what was sent to what waits for an answer, and return its lines."""
        with self._lock:
            fresh, self._fresh = self._fresh, deque()
        lines = bytearray()
        for sent in fresh:
            if (refused := self._refused_here(sent)) is not None:
                sent.answered(refused)
                continue
            self._unanswered[sent.command.key] = sent
            lines += sent.line
        return bytes(lines)

    def _refused_here(self, sent: _Sent) -> Answer | None:
        """Answer what the engine would not take anyway."""
        if len(sent.line) > MAX_COMMAND_BYTES:
            text = f"This is {len(sent.line)} bytes long, and the engine takes {MAX_COMMAND_BYTES} at once; make it smaller."
            return Answer(key=sent.command.key, done=False, refusal=Refusal.BAD_VALUE, text=text)
        if len(self._unanswered) >= MAX_UNANSWERED:
            text = f"{MAX_UNANSWERED} requests wait for the engine already; try again when it answers."
            return Answer(key=sent.command.key, done=False, refusal=Refusal.NOT_NOW, text=text)
        return None

    def _serve(self, connection: socket.socket) -> None:
        connection.setblocking(False)
        self._attach_key = uuid4()
        attach = Attach(key=self._attach_key, session=self._session, kind=self._kind)
        outgoing = bytearray(line_of(attach))
        for sent in self._unanswered.values():
            outgoing += sent.line
        incoming = bytearray()
        heard = time.monotonic()
        with selectors.DefaultSelector() as selector:
            selector.register(connection, selectors.EVENT_READ)
            selector.register(self._wake_out, selectors.EVENT_READ)
            while not self._stopping.is_set():
                wanted = selectors.EVENT_READ | (selectors.EVENT_WRITE if outgoing else 0)
                selector.modify(connection, wanted)
                for key, events in selector.select(max(0.0, heard + SILENCE_S - time.monotonic())):
                    if key.fileobj is self._wake_out:
                        self._wake_out.recv(_CHUNK)
                    elif events & selectors.EVENT_READ:
                        heard = time.monotonic()
                        self._receive(connection, incoming)
                outgoing += self._take_fresh()
                self._flush(connection, outgoing)
                if time.monotonic() - heard > SILENCE_S:
                    raise _LostError(f"the engine has said nothing for {SILENCE_S:g} s")

    @staticmethod
    def _flush(connection: socket.socket, outgoing: bytearray) -> None:
        with contextlib.suppress(BlockingIOError):
            while outgoing:
                del outgoing[: connection.send(outgoing[:_CHUNK])]

    def _receive(self, connection: socket.socket, incoming: bytearray) -> None:
        chunk = connection.recv(_CHUNK)
        if not chunk:
            raise _LostError("the engine ended")
        begin = len(incoming)
        incoming += chunk
        while (end := incoming.find(b"\n", begin)) >= 0:
            line = bytes(incoming[:end])
            del incoming[: end + 1]
            begin = 0
            self._hear(line)
        if len(incoming) > MAX_LINE_BYTES:
            raise _LostError("the engine sent a line that is too long; update this program and the engine together")

    def _hear(self, line: bytes) -> None:
        try:
            message = from_engine.validate_json(line)
        except ValidationError as error:
            log.error("the engine sent what is not known here: %s", error)
            raise _LostError("the engine is of another version; update this program and the engine together") from None
        if isinstance(message, Answer):
            self._answer(message)
            return
        if isinstance(message, Welcome):
            if message.protocol != PROTOCOL:
                raise _LostError("the engine is of another version; update this program and the engine together")
            self._attached, self._said_lost = True, False
        self._on_message(message)

    def _answer(self, answer: Answer) -> None:
        sent = self._unanswered.pop(answer.key, None)
        if sent is None:
            if not answer.done and answer.key in {self._attach_key, NOBODY}:
                raise _LostError(answer.text)
            return
        if answer.done and isinstance(sent.command, LogIn):
            self._session = str(answer.result.get("session", ""))
        elif answer.done and isinstance(sent.command, LogOut) and sent.command.session == self._session:
            self._session = ""
        sent.answered(answer)
