"""The engine, as Qt sees it: what it says arrives as signals on the GUI's thread; what is sent never waits."""

from collections.abc import Callable
from typing import Protocol
from uuid import uuid4

from PySide6.QtCore import QObject, Signal

from station.desk.messages import (
    Answer,
    Command,
    FromEngine,
    HoldEnded,
    PartFinished,
    State,
    ToEngine,
    VerdictChanged,
    Welcome,
)
from station.desk.review_messages import QueueChanged
from station.ui.sentences import said


class Client(Protocol):
    """What `station.desk.client.DeskClient` does; its callbacks come on a thread of its own."""

    def start(self) -> None:
        """Begin to connect, and keep connecting."""

    def stop(self) -> None:
        """End the thread and the connection."""

    def send(self, command: ToEngine, answered: Callable[[Answer], None]) -> None:
        """Send when connected; never block."""


Connect = Callable[[Callable[[FromEngine], None], Callable[[str], None]], Client]
"""Makes a client out of `on_message` and `on_lost`."""

Answered = Callable[[Answer], None]


class DeskLink(QObject):
    """The connection to the engine and the last it said; everything here happens on the GUI's thread."""

    welcome = Signal(object)
    """`Welcome`, at each connection."""
    state = Signal(object)
    """`State`."""
    part = Signal(object)
    """`PartFinished`."""
    verdict = Signal(object)
    """`VerdictChanged`."""
    hold_ended = Signal(object)
    """`HoldEnded`."""
    queue = Signal(object)
    """`QueueChanged`."""
    lost = Signal(str)
    """The engine is gone or has fallen silent; says why."""
    found = Signal()
    """The engine speaks again."""

    _arrived = Signal(object)
    _went = Signal(str)
    _answer_came = Signal(object, object)

    def __init__(self, connect: Connect) -> None:
        super().__init__()
        self.last_welcome: Welcome | None = None
        self.last_state: State | None = None
        self._up = False
        self._stopped = False
        self._why = self.tr("not connected yet")
        self._arrived.connect(self._take)
        self._went.connect(self._lose)
        self._answer_came.connect(self._hand_over)
        self._client = connect(self._arrived.emit, self._went.emit)

    @property
    def up(self) -> bool:
        """Whether the engine is there and speaks."""
        return self._up

    @property
    def why_down(self) -> str:
        """Why it is not, in a few words; empty while it is up."""
        return "" if self._up else said(self._why)

    def start(self) -> None:
        """Begin to connect; the link looks after itself from now on."""
        self._client.start()

    def stop(self) -> None:
        """Let go of the engine; nothing is told any more, not even what has come already."""
        self._stopped = True
        self._client.stop()

    def send(self, command: ToEngine, answered: Answered) -> None:
        """Send a command; `answered` is called on the GUI's thread, once, when the engine has done or refused it.

        A command sent while the connection is down waits and is sent with the same key when it is back.
        """
        self._client.send(command, lambda answer: self._answer_came.emit(answered, answer))

    def _take(self, message: FromEngine) -> None:
        if self._stopped:
            return
        if isinstance(message, Welcome):
            self.last_welcome = message
        elif isinstance(message, State):
            self.last_state = message
        if not self._up and self.last_welcome is not None:
            self._up = True
            self.found.emit()
        self._tell(message)

    def _tell(self, message: FromEngine) -> None:
        match message:
            case Welcome():
                self.welcome.emit(message)
            case State():
                self.state.emit(message)
            case PartFinished():
                self.part.emit(message)
            case VerdictChanged():
                self.verdict.emit(message)
            case HoldEnded():
                self.hold_ended.emit(message)
            case QueueChanged():
                self.queue.emit(message)

    def _lose(self, why: str) -> None:
        if self._stopped:
            return
        self._why = why
        self._up = False
        self.lost.emit(why)

    def _hand_over(self, answered: Answered, answer: Answer) -> None:
        if not self._stopped:
            answered(answer)


def keyed(kind: type[Command], session: str, **values: object) -> ToEngine:
    """Make a command with a key of its own."""
    command: ToEngine = kind.model_validate({"key": uuid4(), "session": session, **values})  # type: ignore[assignment]
    return command
