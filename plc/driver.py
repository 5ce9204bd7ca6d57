"""What both transports share: feeding the handshake, telling the listener, and the images waiting for the wire."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Coroutine
from typing import assert_never

from plc.events import (
    Acknowledged,
    Event,
    LinkChanged,
    Output,
    ResultDropped,
    ResultReady,
    SetError,
    SetOnline,
    SetRecipe,
    Tick,
    TriggerAnswer,
    TriggerMissed,
    TriggerRaised,
)
from plc.handshake import Handshake, image, step
from plc.link import ErrorCode, OfflineReason, PlcListener, PlcResult
from plc.registers import StatusView
from plc.settings import PlcSettings
from plc.tasks import end_all

logger = logging.getLogger(__name__)


class HandshakeDriver:
    """A `PlcLink` but for its transport, which takes the images to write and feeds what the PLC says.

    All of it runs on one asyncio loop. `wake` is set whenever there is an image to write.
    """

    def __init__(self, settings: PlcSettings, listener: PlcListener, clock_ns: Callable[[], int]) -> None:
        self.settings = settings
        self.wake = asyncio.Event()
        self._listener = listener
        self._clock_ns = clock_ns
        self._state = Handshake(heartbeat_timeout_ns=round(settings.heartbeat_timeout_s * 1e9))
        self._events: deque[Event] = deque()
        self._feeding = False
        self._images: deque[StatusView] = deque()
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def status(self) -> StatusView:
        """What the registers are to show now."""
        return image(self._state)

    def now_ns(self) -> int:
        """Monotonic time of this link."""
        return self._clock_ns()

    def set_online(self, reason: OfflineReason) -> None:
        """NONE puts the station online (TriggerReady follows TriggerEnable); any other reason takes it offline."""
        self.feed(SetOnline(reason))

    def set_recipe(self, number: int) -> None:
        """Show the active recipe's number."""
        self.feed(SetRecipe(number))

    def set_error(self, code: ErrorCode) -> None:
        """Latch an error until the PLC clears it (ClearError) or NONE is set."""
        self.feed(SetError(code))

    def publish(self, result: PlcResult) -> None:
        """Queue one durable result; up to 8 are buffered, more sets ResultsBufferOverrun and is an error."""
        self.feed(ResultReady(result))

    def feed(self, event: Event) -> None:
        """Take an event in; what the listener calls back meanwhile waits its turn, but its answer to a trigger."""
        self._events.append(event)
        if self._feeding:
            return
        self._feeding = True
        try:
            while self._events:
                self._state, outputs = step(self._state, self._events.popleft())
                for output in outputs:
                    self._dispatch(output)
        finally:
            self._feeding = False
        if self._images:
            self.wake.set()

    def take_images(self) -> list[StatusView]:
        """Hand over the images that have to be written, in their order."""
        images = list(self._images)
        self._images.clear()
        self.wake.clear()
        return images

    def spawn(self, work: Coroutine[None, None, None], name: str) -> None:
        """Run a task of the link until `end_tasks`; should it fail, the log says so and the PLC hears no more of us."""
        task = asyncio.create_task(work, name=name)
        task.add_done_callback(_report)
        self._tasks.append(task)

    async def end_tasks(self) -> None:
        """Stop every task of the link."""
        await end_all(self._tasks)
        self._tasks.clear()

    async def beat(self) -> None:
        """Count the station's heartbeat and watch the PLC's."""
        while True:
            self.feed(Tick(self._clock_ns()))
            await asyncio.sleep(self.settings.heartbeat_period_s)

    def _dispatch(self, output: Output) -> None:
        match output:
            case StatusView():
                self._images.append(output)
            case TriggerRaised(trigger):
                self._events.appendleft(TriggerAnswer(self._listener.on_trigger(trigger)))
            case TriggerMissed(part_seq, why):
                logger.warning("trigger of part_seq %d missed: %s; the PLC sees MissedAcq", part_seq, why)
            case Acknowledged(inspection_id):
                self._listener.on_acknowledged(inspection_id)
            case ResultDropped(inspection_id):
                logger.error("result %d dropped: the PLC left the buffer full; it must acknowledge", inspection_id)
            case LinkChanged(up, text):
                self._listener.on_link(up=up, text=text)
            case _:
                assert_never(output)


def _report(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        logger.critical("%s ended: %r; the PLC rejects every part until a restart", task.get_name(), error)
