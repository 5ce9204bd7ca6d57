"""What a way to another system must do, and the two ways in which it can fail."""

import importlib
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from station.delivery.message import Message
from station.delivery.settings import DeliveryKind, DeliveryTable

_MODULES = {
    DeliveryKind.WEBHOOK: "station.delivery.webhook",
    DeliveryKind.MQTT: "station.delivery.mqtt",
    DeliveryKind.OPCUA: "station.delivery.opcua",
}
"""Each has `make_sink(settings, surroundings)`; only those in use are loaded."""


class RefusedError(Exception):
    """The destination answered and will not have this result; the text says what it said."""


class UnreachableError(Exception):
    """The destination did not answer, or will have no result at all now; the text says why, and what to do where one can."""


class Sink(ABC):
    """One destination's way. `start` first; `send` is called for one result after another."""

    def start(self) -> None:
        """Begin to connect, where that is not left to the first result."""
        return

    @abstractmethod
    async def send(self, message: Message) -> None:
        """Deliver a result; the destination has acknowledged it on return. The same one may come again.

        Raises
        ------
        RefusedError
            If it will not have this result.
        UnreachableError
            If it is to be tried later.
        """

    @abstractmethod
    async def close(self) -> None:
        """Let go of the connection; safe to call twice."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a way may need of the station.

    `certificates` is the folder of its OPC UA certificates; `next_session` gives 0, 1, 2, … over every restart; `came` is to be
    called, on the loop, when a destination that was away is there again.
    """

    station: str
    certificates: Path
    next_session: Callable[[], Awaitable[int]]
    came: Callable[[], None]


def open_sink(settings: DeliveryTable, surroundings: Surroundings) -> Sink:
    """Make the way to a destination."""
    sink = importlib.import_module(_MODULES[settings.kind]).make_sink(settings, surroundings)
    assert isinstance(sink, Sink)  # what every one of the modules makes
    return sink
