"""The engine's side of a camera: triggers go in, each comes out as exactly one event, whatever happens to the worker."""

import logging
import os
import threading
import time
from collections import deque
from collections.abc import Mapping

from camera.accounting import Ending, StreamCount, TriggerLedger
from camera.device import CameraInfo
from camera.events import CameraDown, CameraEvent, CameraListener, CameraUp, FrameAccount, FrameDelivered, FrameMissing
from camera.frame import Frame
from camera.priority import raise_priority
from camera.process import WorkerProcess, wait_for_wake
from camera.registry import HARDWARE
from camera.settings import CameraSettings
from camera.wire import Failed, Fire, Message, Missed, Ready, Told, Written

_LOG = logging.getLogger(__name__)
_TICK_S = 0.05
"""How often deadlines and the worker's sign of life are looked at."""


class CameraClient:
    """Keeps a worker alive and holds it to account.

    Every trigger ends in exactly one `FrameDelivered` or `FrameMissing`: at the latest after `frame_deadline_s`, at once when the
    worker dies, hangs or is not there. A worker that ends is started again, with growing pauses, and sets the features
    again. For a real camera the next worker stands by with its libraries loaded, because the way back must be short.

    Parameters
    ----------
    settings
        The camera.
    listener
        Called from the client's own thread with each event; must return at once and must not call `stop`.
    """

    def __init__(self, settings: CameraSettings, listener: CameraListener) -> None:
        self._settings = settings
        self._listener = listener
        self._lock = threading.Lock()
        self._ledger = TriggerLedger()
        self._past_stream = StreamCount()
        self._refused: deque[tuple[int, str]] = deque()
        self._worker: WorkerProcess | None = None
        self._spare: WorkerProcess | None = None
        self._info: CameraInfo | None = None
        self._figures: Mapping[str, float] = {}
        self._down_reason: str | None = "it is not started"
        self._announced: str | None = None
        self._proven = False
        self._stopping = threading.Event()
        self._wake_fd = -1
        self._thread: threading.Thread | None = None

    @property
    def settings(self) -> CameraSettings:
        """What the camera was told."""
        return self._settings

    @property
    def info(self) -> CameraInfo | None:
        """What the device said about itself; None before it was first open."""
        return self._info

    @property
    def figures(self) -> Mapping[str, float]:
        """What device and link last told (`CameraDevice.figures`); empty while it is down or never asked (`figures_every_s`)."""
        return self._figures

    @property
    def pid(self) -> int | None:
        """Process id of the worker, None while there is none."""
        worker = self._worker
        return None if worker is None else worker.pid

    @property
    def is_up(self) -> bool:
        """Whether a trigger would be fired now."""
        return self._down_reason is None

    def start(self) -> None:
        """Start the worker and return; `CameraUp` or `CameraDown` follows."""
        if self._thread is not None:
            raise RuntimeError(f"camera {self._settings.name!r} is started already")
        self._stopping.clear()
        self._down_reason = "it is starting"
        self._announced = None
        self._wake_fd = os.eventfd(0, os.EFD_CLOEXEC | os.EFD_NONBLOCK)
        self._thread = threading.Thread(target=self._run, name=f"camera-{self._settings.name}", daemon=True)
        self._thread.start()

    def begin_stop(self) -> None:
        """Begin what `stop` waits for, so that several cameras end at the same time."""
        if self._thread is not None:
            self._stopping.set()
            os.eventfd_write(self._wake_fd, 1)

    def stop(self) -> None:
        """End the worker and wait for it; what is pending is lost. Safe to call twice."""
        if self._thread is None:
            return
        self.begin_stop()
        self._thread.join()
        self._thread = None
        with self._lock:
            os.close(self._wake_fd)
            self._wake_fd = -1
        self._tell_refused()

    def trigger(self, trigger_id: int) -> None:
        """Ask for one picture; returns at once.

        While the client is not started the event comes on the caller's thread.

        Raises
        ------
        ValueError
            If a trigger of that id is still pending.
        """
        now_ns = time.monotonic_ns()
        with self._lock:
            shot = self._ledger.fire(trigger_id, now_ns + round(self._settings.frame_deadline_s * 1e9))
            reason = self._fire(Fire(shot, trigger_id, now_ns))
            if reason is None:
                return
            self._refused.append((shot, reason))
            running = self._wake_fd >= 0
            if running:
                os.eventfd_write(self._wake_fd, 1)
        if not running:
            self._tell_refused()

    def account(self) -> FrameAccount:
        """The balance so far."""
        with self._lock:
            return self._ledger.account(self._past_stream + self._stream_now())

    def preview(self) -> Frame | None:
        """A copy of the latest whole picture the running worker made; None where there is none."""
        worker = self._worker
        return None if worker is None else worker.ring.preview()

    def _fire(self, fire: Fire) -> str | None:
        if self._down_reason is not None or self._worker is None:
            return f"camera {self._settings.name!r} is down: {self._down_reason}"
        if not self._worker.send(fire):
            return f"camera {self._settings.name!r}: its worker takes no more triggers"
        return None

    def _stream_now(self) -> StreamCount:
        return StreamCount() if self._worker is None else self._worker.ring.count()

    def _run(self) -> None:
        """The client's thread: one worker after the other."""
        if self._settings.backend in HARDWARE:
            raise_priority()
        pause_s = self._settings.restart_min_s
        while not self._stopping.is_set():
            self._proven = False
            try:
                worker = self._begun()
            except OSError as error:
                self._go_down(f"its worker cannot be started: {error}")
            else:
                self._worker = worker
                self._go_down(self._serve(worker))
            if self._proven:
                pause_s = self._settings.restart_min_s
            self._stand_by()
            self._rest(pause_s)
            pause_s = min(2 * pause_s, self._settings.restart_max_s)
        if self._spare is not None:
            self._spare.end(gently=False)
            self._spare = None

    def _begun(self) -> WorkerProcess:
        """The next worker, told to begin. Raises `OSError` where none can be started."""
        spare, self._spare = self._spare, None
        if spare is not None:
            if spare.begin():
                return spare
            spare.end(gently=False)
        worker = WorkerProcess(self._settings, self._wake_fd)
        worker.begin()
        return worker

    def _stand_by(self) -> None:
        """Have the next worker load its libraries now; others have nothing to wait for but their own drawing."""
        if self._spare is not None or self._settings.backend not in HARDWARE or self._stopping.is_set():
            return
        try:
            self._spare = WorkerProcess(self._settings, self._wake_fd)
        except OSError as error:
            _LOG.warning("camera %r: no worker can stand by: %s", self._settings.name, error)

    def _serve(self, worker: WorkerProcess) -> str:
        """Hear the worker until it is gone; returns why it is."""
        said = stuck = ""
        opened_by = time.monotonic() + self._settings.open_deadline_s
        look_s = 0.0
        while not self._stopping.is_set():
            self._tell_refused()
            if (now_s := time.monotonic()) >= look_s:
                look_s = now_s + _TICK_S
                self._end_overdue()
                if stuck := self._stuck(worker, opened_by):
                    break
            try:
                message = worker.receive(_TICK_S)
            except EOFError:
                worker.expect_exit()
                break
            if isinstance(message, Failed):
                said = message.reason
                self._go_down(said)  # at once: closing a device that is gone may take long
                worker.expect_exit()
                break
            if message is not None:
                self._hear(worker, message)
        status = worker.end(gently=self._stopping.is_set() and self.is_up)
        if self._stopping.is_set():
            return "it was stopped"
        return said or stuck or status

    def _stuck(self, worker: WorkerProcess, opened_by: float) -> str:
        now = time.monotonic()
        if self._down_reason is not None:
            late = now > opened_by
            return f"it was not ready within {self._settings.open_deadline_s:g} s" if late else ""
        silent_s = now - worker.ring.heartbeat_ns / 1e9
        return f"its worker gave no sign of life for {silent_s:.1f} s" if silent_s > self._settings.silence_s else ""

    def _hear(self, worker: WorkerProcess, message: Message) -> None:
        match message:
            case Ready(info):
                with self._lock:
                    self._info = info
                    self._down_reason = None
                self._announced = None
                self._tell(CameraUp(self._settings.name, info))
                self._stand_by()
            case Written(shot, slot):
                self._proven = True
                trigger_id = self._end(shot, Ending.DELIVERED)
                if trigger_id is None:
                    worker.ring.free(slot)
                else:
                    self._tell(FrameDelivered(self._settings.name, trigger_id, worker.ring.lease(slot)))
            case Told(figures):
                self._figures = figures
            case Missed(shot, incomplete, reason, overrun):
                ending = Ending.INCOMPLETE if incomplete else Ending.OVERRUN if overrun else Ending.LOST
                self._miss(shot, reason, ending)

    def _go_down(self, reason: str) -> None:
        with self._lock:
            self._down_reason = reason
            self._past_stream += self._stream_now()
            self._worker = None
            self._figures = {}
            pending = self._ledger.pending
            self._refused.clear()
        for shot in pending:
            self._miss(shot, f"camera {self._settings.name!r} is down: {reason}")
        if reason != self._announced:
            self._announced = reason
            self._tell(CameraDown(self._settings.name, reason))

    def _rest(self, pause_s: float) -> None:
        """Pause before the next worker, and go on answering triggers meanwhile."""
        until = time.monotonic() + pause_s
        while not self._stopping.is_set() and time.monotonic() < until:
            self._tell_refused()
            wait_for_wake(min(_TICK_S, pause_s), self._wake_fd)

    def _tell_refused(self) -> None:
        while self._refused:
            try:
                shot, reason = self._refused.popleft()
            except IndexError:  # another thread told it
                return
            self._miss(shot, reason)

    def _end_overdue(self) -> None:
        with self._lock:
            overdue = self._ledger.overdue(time.monotonic_ns())
        for shot in overdue:
            self._miss(shot, f"no picture within {self._settings.frame_deadline_s:g} s of the trigger")

    def _miss(self, shot: int, reason: str, ending: Ending = Ending.LOST) -> None:
        trigger_id = self._end(shot, ending)
        if trigger_id is not None:
            incomplete, overrun = ending is Ending.INCOMPLETE, ending is Ending.OVERRUN
            self._tell(FrameMissing(self._settings.name, trigger_id, incomplete, reason, overrun))

    def _end(self, shot: int, ending: Ending) -> int | None:
        with self._lock:
            return self._ledger.end(shot, ending)

    def _tell(self, event: CameraEvent) -> None:
        try:
            self._listener(event)
        except Exception as error:  # noqa: BLE001 - the top of the thread that keeps the camera alive; a listener must not end it
            what = f"{type(error).__name__}: {error}"
            _LOG.error("camera %r: its listener failed on %s with %s", self._settings.name, type(event).__name__, what)
