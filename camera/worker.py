"""The process around one device: `python -m camera.worker`, started by `camera.client` alone.

One thread owns the device from open to close. The process lives no longer than its parent: the kernel kills it with the
parent, and the end of the socket ends it too. When the device fails it says why and exits; its client starts a fresh one.
"""

import argparse
import logging
import os
import select
import signal
import socket
import sys
import time
import traceback
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Self

from camera.accounting import Ending, StreamCounter
from camera.burner import MaskBurner
from camera.device import CameraDevice, CameraError, CameraInfo, FeatureValue, IncompleteFrame, RawFrame, TriggerKind
from camera.features import dead_time_us, restore
from camera.flat_field import FlatField, load_flat_field
from camera.frame import Frame
from camera.pairing import Pairing, Shot, pairing_for
from camera.parent import end_with_parent
from camera.priority import raise_priority
from camera.registry import HARDWARE, load, make_device
from camera.ring import FrameTooLargeError, Ring, RingFullError
from camera.settings import CameraSettings
from camera.setups import SetupSwitch
from camera.trigger_id import view_of
from camera.unpack import WIRE_FORMATS, memory_format
from camera.wire import PACKET_BYTES, Begin, Failed, Fire, Message, Missed, Ready, Stop, Told, Written, decode, encode
from camera.wired import WiredTrigger

_LOG = logging.getLogger(__name__)
_BUSY_WAIT_S = 0.002
"""Longest wait for a frame while another trigger may come."""
_STREAM_WAIT_S = 0.005
"""Longest wait for a frame in free run, where a trigger need only be heard before the second frame after it. Each wait that ends
without a frame costs as much as a third of a copy; the last of them tells how late the frame can have begun."""
_IDLE_WAIT_S = 0.02
"""Longest wait for a trigger while the device is only looked after."""
_PREVIEW_EVERY_NS = 33_000_000
_MISSES_BEFORE_RESTART = 3
"""Triggers in a row without any frame after which the device is taken for dead."""
EXIT_DEVICE_FAILED = 3


class Channel:
    """The worker's end of the socket."""

    def __init__(self, fd: int) -> None:
        self._socket = socket.socket(fileno=fd)
        self._poll = select.poll()
        self._poll.register(self._socket, select.POLLIN)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def say(self, message: Message) -> None:
        """Send a message; silently when nobody listens any more, which `hear` notices."""
        try:
            self._socket.sendall(encode(message))
        except (BrokenPipeError, ConnectionResetError):
            _LOG.debug("nobody listens any more")

    def hear(self, timeout_s: float | None = None) -> Message | None:
        """Wait for the next message, for ever without a timeout; None when none came. The end of the socket is a `Stop`."""
        if not self._poll.poll(None if timeout_s is None else timeout_s * 1000):
            return None
        try:
            packet = self._socket.recv(PACKET_BYTES)
        except ConnectionResetError:
            return Stop()
        return decode(packet) if packet else Stop()


class Worker:
    """Runs an opened device for its client until it is told to stop."""

    def __init__(self, settings: CameraSettings, device: CameraDevice, ring: Ring, channel: Channel) -> None:
        self._settings = settings
        self._device = device
        self._ring = ring
        self._channel = channel
        self._stream = StreamCounter()
        self._pairing: Pairing
        self._setups = SetupSwitch(settings.name, device, settings.setups)
        self._to_fire: deque[Shot] = deque()
        by_wire = settings.trigger is TriggerKind.LINE
        self._wired = WiredTrigger(settings, device, time.monotonic_ns) if by_wire else None
        self._flat: FlatField | None = None
        self._masks: MaskBurner | None = None
        self._unshown: int | None = None
        self._shown_ns = 0
        self._told_ns = 0
        self._misses = 0
        self._dead_time_us = 0.0
        self._fired_ns: int | None = None
        self._last_frame_ns = time.monotonic_ns()
        self._free_run = settings.trigger is TriggerKind.FREE_RUN

    def run(self) -> None:
        """Open, set the features, arm, and take pictures. Raises `CameraError` when the device fails."""
        info = self._device.open()
        ignore_interrupts()
        info = with_features(info, restore(self._device, self._settings))
        self._dead_time_us = info.dead_time_us
        self._flat = self._flat_field(info)
        self._masks = MaskBurner(self._settings.masks, info.width, info.height) if self._settings.masks else None
        self._arm()
        self._setups.try_all()  # as later: with the acquisition running, which locks some features
        self._pairing = self._wired.pairing if self._wired else pairing_for(self._settings, info)
        self._last_frame_ns = time.monotonic_ns()
        self._take_frame(0.0)  # the first look at a device may take long, and it is not ready before
        self._channel.say(Ready(info))
        while self._listen():
            self._fire_what_is_due()
            self._take_frame(self._wait_s)
            self._look_after()
            if not self._busy:
                self._setups.turn_to(0)  # so that the next part's first picture need not wait for it
            self._tell_figures()

    def _tell_figures(self) -> None:
        every_ns = round(self._settings.figures_every_s * 1e9)
        now_ns = time.monotonic_ns()
        if every_ns and now_ns - self._told_ns >= every_ns:
            self._told_ns = now_ns
            self._channel.say(Told(self._device.figures()))

    @property
    def _busy(self) -> bool:
        """Whether a frame or the moment of a trigger may come at any time."""
        return self._free_run or self._pairing.waiting or bool(self._to_fire)

    @property
    def _wait_s(self) -> float:
        """How long to wait for a frame."""
        if self._free_run:
            return _STREAM_WAIT_S
        return _BUSY_WAIT_S if self._busy else 0.0

    def _listen(self) -> bool:
        """Take in what was asked for; False when the client said stop."""
        wait_s = 0.0 if self._busy else _IDLE_WAIT_S
        while (message := self._channel.hear(wait_s)) is not None:
            wait_s = 0.0
            if isinstance(message, Stop):
                return False
            if isinstance(message, Fire):
                self._to_fire.append(Shot(message.shot, message.trigger_id, message.at_ns))
                self._fire_what_is_due()
        return True

    def _fire_what_is_due(self) -> None:
        while self._to_fire and self._is_due(self._to_fire[0]):
            self._fire(self._to_fire.popleft())

    def _is_due(self, shot: Shot) -> bool:
        """Whether a shot need not wait: of several views of a part each is taken when the one before has ended."""
        if not self._setups.several:
            return True
        if self._pairing.waiting or self._pairing.in_doubt:
            return False
        return view_of(shot.trigger_id) == 0 or self._too_soon() is None

    def _fire(self, shot: Shot) -> None:
        if self._wired is not None:  # the wire has fired, or will
            self._pairing.add(shot)
            return
        if self._pairing.needs_empty_device:
            self._settle()
        late_s = (time.monotonic_ns() - shot.at_ns) / 1e9
        if late_s > self._settings.trigger_late_s:
            self._miss(shot, f"not fired: the camera was busy and got to this trigger {late_s:.2f} s late")
        elif (reason := self._too_soon() or self._pairing.refusal()) is not None:
            self._channel.say(Missed(shot.number, False, f"trigger overrun, not fired: {reason}", overrun=True))
        else:
            self._setups.turn_to(view_of(shot.trigger_id))
            self._pairing.add(shot)
            self._fired_ns = time.monotonic_ns()
            self._device.trigger(shot.trigger_id)

    def _too_soon(self) -> str | None:
        """Why the device would not take a trigger now; None where it would, or does not say."""
        if self._free_run or self._fired_ns is None:
            return None
        since_us = (time.monotonic_ns() - self._fired_ns) / 1e3
        if since_us >= self._dead_time_us:
            return None
        dead_ms = self._dead_time_us / 1e3
        return f"it comes {since_us / 1e3:.1f} ms after the last one, and the device takes none within {dead_ms:.1f} ms"

    def _settle(self) -> None:
        """Take what the device holds already: a frame that came before the trigger is not its answer."""
        while self._take_frame(0.0):
            pass
        self._look_after()

    def _take_frame(self, wait_s: float) -> bool:
        """Wait for a frame and see to it; False when none came."""
        asked_ns = time.monotonic_ns()
        raw = self._device.next_frame(wait_s)
        now_ns = time.monotonic_ns()
        self._ring.beat(now_ns)
        if raw is None:
            self._pairing.nothing_left(asked_ns)
            self._show(now_ns)
            return False
        raw = self._kept_private(raw)
        self._misses = 0
        self._last_frame_ns = now_ns
        gap = self._stream.see(raw.frame_id, whole=isinstance(raw, RawFrame))
        self._ring.put_count(self._stream.count)
        shots = self._pairing.match(raw, gap)
        if isinstance(raw, IncompleteFrame):
            for shot in shots:
                self._miss(shot, raw.reason, incomplete=True)
        else:
            self._hand_over(raw, shots, now_ns)
        return True

    def _flat_field(self, info: CameraInfo) -> FlatField | None:
        """What evens out the pictures. Raises `CameraError` for one that is not for this camera's."""
        if not self._settings.flat_field:
            return None
        flat = load_flat_field(Path(self._settings.flat_field))
        if not flat.fits(info.width, info.height, info.pixel_format):
            height, width = flat.gains.shape
            found = f"{info.width}x{info.height} {info.pixel_format.value}"
            raise CameraError(
                f"camera {self._settings.name!r}: its flat field is for {width}x{height} {flat.pixel_format.value}, "
                f"its pictures are {found}; make it again with station cameras calibrate --flat"
            )
        return flat

    def _evened(self, raw: RawFrame) -> RawFrame:
        """Even out a picture; one of another size than told is for the engine to refuse."""
        height, width = raw.pixels.shape[:2]
        if self._flat is None or not self._flat.fits(width, height, raw.pixel_format):
            return raw
        return replace(raw, pixels=self._flat.correct(raw.pixels))

    def _kept_private(self, raw: RawFrame | IncompleteFrame) -> RawFrame | IncompleteFrame:
        """Keep back a picture that the privacy masks are not for: nobody knows what lies where in it."""
        if self._masks is None or isinstance(raw, IncompleteFrame) or (why := self._masks.refusal(raw.pixels)) is None:
            return raw
        return IncompleteFrame(raw.frame_id, why, raw.trigger_id)

    def _masked(self, raw: RawFrame) -> RawFrame:
        """Burn the privacy masks in, last of all that changes pixels: from here on others have them."""
        return raw if self._masks is None else replace(raw, pixels=self._masks.burn(raw.pixels, raw.pixel_format))

    def _hand_over(self, raw: RawFrame, shots: tuple[Shot, ...], now_ns: int) -> None:
        """Copy a picture to where its shots are answered, or where it is shown: once, straight out of the device's memory."""
        shown_next_ns = self._shown_ns + _PREVIEW_EVERY_NS
        if not shots and now_ns < shown_next_ns:
            return
        final = self._masked(self._evened(raw))
        slots = [slot for shot in shots if (slot := self._answer(shot, final, now_ns)) is not None]
        if slots:
            self._unshown = slots[-1]
            self._show(now_ns)
        else:
            self._show_nobodys(self._frame(final, None, now_ns))

    def _answer(self, shot: Shot, final: RawFrame, now_ns: int) -> int | None:
        """Put the picture of a shot into a slot; None where it cannot be, which is said."""
        try:
            slot = self._ring.put(self._frame(final, shot.trigger_id, now_ns))
        except (RingFullError, FrameTooLargeError) as error:
            self._miss(shot, str(error))
            return None
        self._channel.say(Written(shot.number, slot))
        return slot

    def _show(self, now_ns: int) -> None:
        """Make the picture handed over last the preview, no more often than a screen can show it."""
        if self._unshown is None or now_ns - self._shown_ns < _PREVIEW_EVERY_NS:
            return
        self._ring.show_slot(self._unshown)
        self._unshown, self._shown_ns = None, now_ns

    def _show_nobodys(self, frame: Frame) -> None:
        """Make a picture that answers nobody the preview."""
        self._unshown, self._shown_ns = None, frame.monotonic_ns
        try:
            self._ring.show(frame)
        except FrameTooLargeError as error:
            _LOG.debug("no preview: %s", error)

    def _frame(self, raw: RawFrame, trigger_id: int | None, now_ns: int) -> Frame:
        return Frame(
            pixels=raw.pixels,
            pixel_format=raw.pixel_format,
            camera=self._settings.name,
            frame_id=raw.frame_id,
            trigger_id=trigger_id,
            device_time_ns=raw.device_time_ns,
            monotonic_ns=now_ns,
            chunk=raw.chunk,
        )

    def _look_after(self) -> None:
        """End what came to nothing, arm anew where the pairing is in doubt, give up on a silent device."""
        now_ns = time.monotonic_ns()
        if self._wired is not None:
            self._answer_wired(self._wired, now_ns)
        doubt = self._pairing.in_doubt
        for shot in self._pairing.expire(now_ns - round(self._settings.frame_deadline_s * 1e9)):
            self._misses += 1
            cause = "a frame came that cannot be told from its answer" if doubt else "no picture came in time"
            self._miss(shot, f"{cause}; frame_deadline_s is {self._settings.frame_deadline_s:g}")
        silent_s = (now_ns - self._last_frame_ns) / 1e9
        # In free run a busy machine may expire several at once, while frames that nobody can be given go on coming.
        dead = silent_s > self._settings.silence_s if self._free_run else self._misses >= _MISSES_BEFORE_RESTART
        if dead:
            raise CameraError(f"no frame for {silent_s:.1f} s; check cable, power and trigger settings")
        if self._pairing.in_doubt:
            self._arm()
            self._pairing.armed()
            self._stream.restart()

    def _answer_wired(self, wired: WiredTrigger, now_ns: int) -> None:
        for answer in wired.decided(now_ns):
            if answer.frame is not None:
                self._hand_over(answer.frame, (answer.shot,), answer.here_ns)
                continue
            incomplete, overrun = answer.ending is Ending.INCOMPLETE, answer.ending is Ending.OVERRUN
            self._channel.say(Missed(answer.shot.number, incomplete, answer.reason, overrun))

    def _arm(self) -> None:
        self._device.arm(self._settings.trigger, self._settings.line)
        if self._wired is not None:
            self._wired.read_clock()

    def _miss(self, shot: Shot, reason: str, *, incomplete: bool = False) -> None:
        self._channel.say(Missed(shot.number, incomplete, reason))


def with_features(info: CameraInfo, features: Mapping[str, FeatureValue]) -> CameraInfo:
    """What the device says about itself once its features are set.

    Raises
    ------
    CameraError
        If it now makes pictures of a format that is not known.
    """
    wire_format = str(features.get("PixelFormat", info.pixel_format))
    pixel_format = memory_format(wire_format)
    if pixel_format is None:
        known = ", ".join(WIRE_FORMATS)
        raise CameraError(f"pixel format {wire_format} is not known; set feature PixelFormat to one of {known}")
    return replace(
        info,
        width=int(features.get("Width", info.width)),
        height=int(features.get("Height", info.height)),
        pixel_format=pixel_format,
        dead_time_us=info.dead_time_us or dead_time_us(features),
    )


def ignore_interrupts() -> None:
    """Ctrl-C is the engine's to handle; a vendor's library may have put its own handler there."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def run_device(
    settings: CameraSettings, ring: Ring, channel: Channel, make: Callable[[CameraSettings], CameraDevice]
) -> int:
    """Run the device to its end; returns the exit status, having told the client why when it is not 0."""
    device: CameraDevice | None = None
    try:
        device = make(settings)
        Worker(settings, device, ring, channel).run()
    except CameraError as error:
        channel.say(Failed(str(error)))
        return EXIT_DEVICE_FAILED
    except Exception as error:  # noqa: BLE001 - the top of a process: whatever it was, the client must hear of it
        place = traceback.extract_tb(error.__traceback__)[-1]
        channel.say(Failed(f"internal error: {type(error).__name__}: {error} ({place.filename}:{place.lineno})"))
        return EXIT_DEVICE_FAILED
    finally:
        if device is not None:
            device.close()
    return 0


def main() -> int:
    """Entry point of the process."""
    parser = argparse.ArgumentParser(
        prog="camera.worker", description="Runs one camera for a station; not for use by hand."
    )
    for name in ("--socket", "--ring", "--parent"):
        parser.add_argument(name, type=int, required=True)
    parser.add_argument("--backend", required=True)
    arguments = parser.parse_args()
    ignore_interrupts()
    end_with_parent(arguments.parent)
    with Channel(arguments.socket) as channel:
        with suppress(CameraError):  # which is told when it is to begin
            load(arguments.backend)
        begin = channel.hear()
        if not isinstance(begin, Begin):
            return 0
        settings = begin.settings
        ring = Ring(arguments.ring, settings.ring_slots, settings.max_frame_bytes)
        os.close(arguments.ring)
        if settings.backend in HARDWARE:
            raise_priority()
        return run_device(settings, ring, channel, make_device)


if __name__ == "__main__":
    sys.exit(main())
