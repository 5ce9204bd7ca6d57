"""A camera that looks at the virtual part: features that change the picture, numbered triggers, faults by script."""

import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from camera.backends.fault_script import (
    OVEREXPOSED,
    Fault,
    FaultScript,
    ScriptedFault,
    parse_faults,
    spoilt_by_lens,
)
from camera.device import (
    CameraDevice,
    CameraError,
    CameraInfo,
    DeviceMissingError,
    FeatureValue,
    IncompleteFrame,
    RawFrame,
    TriggerKind,
)
from camera.frame import PixelFormat, Pixels
from camera.options import OptionValue, read_options
from camera.pixels import Bytes
from camera.trigger_id import part_of
from camera.virtual.wire import Wire
from camera.virtual_part import DrawnPart, Shot, World, draw_part
from camera.white_balance import AUTO, COLOURS, OFF, ONCE, RATIO, SELECTOR

LINES = ("Line0", "Line1")
FORMATS = (PixelFormat.MONO8, PixelFormat.MONO12, PixelFormat.RGB8, PixelFormat.BAYER_RG8)
NOMINAL_EXPOSURE_US = 5000.0
USER_SETS: Mapping[str, Mapping[str, FeatureValue]] = {
    "Default": {"ExposureTime": NOMINAL_EXPOSURE_US, "Gain": 0.0},
    "UserSet1": {"ExposureTime": NOMINAL_EXPOSURE_US / 4, "Gain": 12.0},
}
"""What the camera keeps: as it leaves the factory, and a quarter of the exposure with four times the gain."""
LAMP_RGB = (1.0, 0.985, 0.955)
"""What a warm white lamp makes of grey metal, red, green, blue."""


@dataclass(frozen=True, slots=True)
class Options:
    """Options of a simulated camera.

    `fps` is the pace of free run, `faults` a script for `parse_faults`; a trigger within `dead_time_us` of the last one is not
    taken. `wire` is the name of a `camera.virtual.wire` that triggers it.
    """

    width: int = 2448
    height: int = 2048
    seed: int = 1
    defect_rate: float = 0.2
    part_offset: int = 0
    pixel_format: str = "Mono8"
    fps: float = 10.0
    faults: str = ""
    dead_time_us: float = 0.0
    wire: str = ""


_LIMITS = {
    "width": (64, 8192),
    "height": (64, 8192),
    "seed": (0, 2**32 - 1),
    "defect_rate": (0, 1),
    "part_offset": (0, 2**31),
    "fps": (0.1, 1000),
    "dead_time_us": (0, 10_000_000),
}


def _checked(camera: str, options: Mapping[str, OptionValue]) -> tuple[Options, FaultScript]:
    checked = read_options(Options, camera, options)
    for key, (low, high) in _LIMITS.items():
        value = getattr(checked, key)
        if not low <= value <= high:
            raise CameraError(f"camera {camera!r}: option {key!r} is {value}; it must be {low:g} to {high:g}")
    if checked.pixel_format not in set(FORMATS):
        raise CameraError(
            f"camera {camera!r}: option 'pixel_format' is {checked.pixel_format!r}; it must be one of {', '.join(FORMATS)}"
        )
    try:
        return checked, parse_faults(checked.faults)
    except CameraError as error:
        raise CameraError(f"camera {camera!r}: option {error}") from None


@dataclass(frozen=True, slots=True)
class _Feature:
    value: FeatureValue
    low: float = 0.0
    high: float = 0.0
    writable: bool = True
    choices: tuple[str, ...] = ()


class SimulatedCamera:
    """A `CameraDevice` over the virtual part; every trigger of part `n` sees part `part_offset + n`, whatever happened before.

    Frame ids count from 0 after each `arm`, as devices do. In free run the n-th frame is triggered by nobody and sees
    part `part_offset + n`. While it waits it draws the part it expects next, so a frame follows its trigger at once.
    """

    def __init__(
        self,
        name: str,
        options: Options,
        faults: FaultScript,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._name = name
        self._options = options
        self._faults = faults
        self._world = World(options.width, options.height, options.seed, options.defect_rate)
        self._clock = clock
        self._is_open = False
        self._armed: TriggerKind | None = None
        self._fired: deque[tuple[int, float]] = deque()
        self._late: list[tuple[float, int, float]] = []
        """When a late picture is due, its trigger, and when that was."""
        self._wire: Wire | None = None
        self._frame_id = 0
        self._due_s = 0.0
        self._ready_s = -float("inf")
        self._dead = ""
        self._last: Pixels | None = None
        self._expected = 0
        self._ready: tuple[int, Shot, DrawnPart] | None = None
        self._features: dict[str, _Feature] = {
            "Width": _Feature(options.width, writable=False),
            "Height": _Feature(options.height, writable=False),
            "PixelFormat": _Feature(options.pixel_format, choices=tuple(FORMATS)),
            "ExposureTime": _Feature(NOMINAL_EXPOSURE_US, 20.0, 100_000.0),
            "Gain": _Feature(0.0, 0.0, 24.0),
            "AcquisitionFrameRate": _Feature(options.fps, 0.1, 1000.0),
            "DeviceTemperature": _Feature(41.5, writable=False),
            "UserSetSelector": _Feature("Default", choices=tuple(USER_SETS)),
            AUTO: _Feature(OFF, choices=(OFF, ONCE, "Continuous")),
            SELECTOR: _Feature(COLOURS[0], choices=COLOURS),
            RATIO: _Feature(1.0, 0.25, 4.0),
        }
        self._ratios = dict.fromkeys(COLOURS, 1.0)

    def open(self) -> CameraInfo:
        """Take hold of the camera; a dead one lives again."""
        self._is_open, self._dead = True, ""
        return _info(self._name, self._options)

    def set_features(self, features: Mapping[str, FeatureValue]) -> None:
        """Set features by SFNC name. Raises `CameraError` naming feature, value and limits."""
        self._check_alive()
        for name, value in features.items():
            if name == "UserSetLoad":
                self._load_user_set(value)
            else:
                self._put(name, self._checked_feature(name, value))
        self._ready = None

    def features(self) -> dict[str, FeatureValue]:
        """Read every feature by its SFNC name."""
        self._check_alive()
        return {name: feature.value for name, feature in self._features.items()}

    def settable(self) -> frozenset[str]:
        """Names of the features that can be set."""
        return frozenset(name for name, feature in self._features.items() if feature.writable)

    def _load_user_set(self, value: FeatureValue) -> None:
        if value is not True:
            raise CameraError(f"camera {self._name!r}: UserSetLoad is {value!r}; a command is executed by true")
        chosen = str(self._features["UserSetSelector"].value)
        own: dict[str, FeatureValue] = {
            "PixelFormat": self._options.pixel_format,
            "AcquisitionFrameRate": self._options.fps,
        }
        for name, kept in {**own, **USER_SETS[chosen]}.items():
            self._put(name, kept)

    def _put(self, name: str, value: FeatureValue) -> None:
        self._features[name] = replace(self._features[name], value=value)
        selected = str(self._features[SELECTOR].value)
        if name == SELECTOR:
            self._put(RATIO, self._ratios[selected])
        elif name == RATIO:
            self._ratios[selected] = float(value)

    def _balance_white(self) -> None:
        """Make what the lamp colours neutral, as the automatic does on the picture just taken: green is the measure."""
        if self._features[AUTO].value == OFF:
            return
        self._ratios = {colour: LAMP_RGB[1] / light for colour, light in zip(COLOURS, LAMP_RGB, strict=True)}
        self._put(SELECTOR, self._features[SELECTOR].value)
        if self._features[AUTO].value == ONCE:
            self._put(AUTO, OFF)

    def arm(self, kind: TriggerKind, line: str = "") -> None:
        """Start acquisition; frame ids begin at 0."""
        self._check_alive()
        if kind is TriggerKind.LINE:
            self._connect(line)
        self._armed, self._frame_id = kind, 0
        self._fired.clear()
        self._late.clear()
        self._due_s = self._clock()

    def _connect(self, line: str) -> None:
        if line not in LINES or not self._options.wire:
            raise CameraError(
                f"camera {self._name!r} takes no trigger by {line}: it has {', '.join(LINES)}, and these with its option 'wire'"
            )
        if self._wire is None:
            self._wire = Wire(self._name, self._options.wire)
        self._wire.pulses(0.0)  # what came before it was armed

    def clock_ns(self) -> int:
        """The camera's time."""
        return int(self._clock() * 1e9)

    def trigger(self, trigger_id: int) -> None:
        """Fire once; on a camera that runs free or is triggered by its line this does nothing."""
        self._check_alive()
        if self._armed is None:
            raise CameraError(f"camera {self._name!r} is not armed; arm it before triggering")
        if self._armed is TriggerKind.SOFTWARE:
            self._fire(trigger_id, self._clock())

    def _fire(self, number: int, now_s: float) -> None:
        if now_s < self._ready_s:
            return
        self._ready_s = now_s + self._options.dead_time_us / 1e6
        fault = self._fault_of(number)
        if fault is not None and fault.kind is Fault.LATE:
            self._late.append((now_s + fault.seconds, number, now_s))
        else:
            self._fired.append((number, now_s))

    def next_frame(self, timeout_s: float) -> RawFrame | IncompleteFrame | None:
        """Wait for the next frame. Raises `CameraError` after a scripted death."""
        self._check_alive()
        if self._armed is TriggerKind.FREE_RUN:
            return self._next_free(timeout_s)
        if self._wire is not None:
            timeout_s = self._take_pulses(self._wire, timeout_s)
        if (late := self._next_late()) is not None:
            return late
        if self._fired:
            return self._answer(timeout_s)
        first_due_s = min((due_s for due_s, _, _ in self._late), default=float("inf"))
        self._wait_and_draw(min(timeout_s, first_due_s - self._clock()))
        return self._next_late()

    def figures(self) -> dict[str, float]:
        """The temperature."""
        return {"temperature_c": float(self._features["DeviceTemperature"].value)}

    def close(self) -> None:
        """Stop acquisition; safe to call twice."""
        self._is_open, self._armed, self._ready, self._last = False, None, None, None
        self._fired.clear()
        self._late.clear()
        if self._wire is not None:
            self._wire.close()
            self._wire = None

    def _take_pulses(self, wire: Wire, timeout_s: float) -> float:
        """Be triggered by what comes over the wire in that time; returns what is left of it."""
        until_s = self._clock() + timeout_s
        self._wait_and_draw(0.0)
        for pulse in wire.pulses(0.0 if self._fired or self._late else until_s - self._clock()):
            self._fire(pulse.part, pulse.at_ns / 1e9)
        return max(until_s - self._clock(), 0.0)

    def _next_late(self) -> RawFrame | IncompleteFrame | None:
        due_s, number, taken_s = min(self._late, default=(float("inf"), 0, 0.0))
        if due_s > self._clock():
            return None
        self._late.remove((due_s, number, taken_s))
        return self._answered(number, taken_s)

    def _answered(self, number: int, taken_s: float) -> RawFrame | IncompleteFrame | None:
        """The frame of a trigger; one of the wire's bears no number."""
        by_wire = self._armed is TriggerKind.LINE
        return self._picture(number, None if by_wire else number, taken_s if by_wire else None)

    def _next_free(self, timeout_s: float) -> RawFrame | IncompleteFrame | None:
        wait_s = self._due_s - self._clock()
        if wait_s > timeout_s:
            self._wait_and_draw(timeout_s)
            return None
        self._wait_and_draw(wait_s)
        self._due_s = max(self._due_s, self._clock() - 1.0) + 1.0 / float(self._features["AcquisitionFrameRate"].value)
        return self._picture(self._frame_id, None)

    def _answer(self, timeout_s: float) -> RawFrame | IncompleteFrame | None:
        trigger_id, fired_s = self._fired[0]
        fault = self._fault_of(trigger_id)
        if fault is not None and fault.kind is Fault.SILENT:
            left_s = fired_s + fault.seconds - self._clock()
            _wait(min(max(left_s, 0.0), timeout_s))
            if left_s > timeout_s:
                return None
        self._fired.popleft()
        return self._answered(trigger_id, fired_s)

    def _picture(
        self, number: int, trigger_id: int | None, taken_s: float | None = None
    ) -> RawFrame | IncompleteFrame | None:
        """The frame of trigger (or, in free run, frame) `number`, with its scripted fault."""
        taken_ns = int((self._clock() if taken_s is None else taken_s) * 1e9)
        fault = self._fault_of(number)
        kind = fault.kind if fault else None
        frame_id, self._frame_id = self._frame_id, self._frame_id + 1
        self._expected = part_of(number) + 1
        if kind is Fault.DEAD:
            self._dead = f"camera {self._name!r}: the device is gone (scripted at trigger {number}); open it again"
            raise CameraError(self._dead)
        if kind is Fault.LOST:
            return None
        if kind is Fault.INCOMPLETE:
            return IncompleteFrame(frame_id, "half of the picture arrived", trigger_id, taken_ns)
        drawn = self._drawn(part_of(number), _spoilt_shot(self._shot(), kind))
        pixel_format = PixelFormat(str(self._features["PixelFormat"].value))
        again = self._last if kind is Fault.FROZEN else None
        pixels = again if again is not None else _read_out(drawn.pixels, pixel_format, tuple(self._ratios.values()))
        self._balance_white()
        pixels.setflags(write=False)
        self._last = pixels = spoilt_by_lens(pixels, pixel_format, kind)
        chunk = {"truth": drawn.truth.to_json()}
        return RawFrame(pixels, pixel_format, frame_id, trigger_id, taken_ns, chunk)

    def _wait_and_draw(self, seconds: float) -> None:
        """Wait, and use the time to draw the part expected next; the first wait may last as long as the drawing."""
        until_s = self._clock() + seconds
        if self._armed is not None:
            self._ready = (self._expected, self._shot(), self._drawn(self._expected, self._shot()))
        _wait(until_s - self._clock())

    def _drawn(self, number: int, shot: Shot) -> DrawnPart:
        if self._ready is not None and self._ready[:2] == (number, shot):
            return self._ready[2]
        return draw_part(self._world, self._options.part_offset + number, shot)

    def _shot(self) -> Shot:
        exposure = float(self._features["ExposureTime"].value) / NOMINAL_EXPOSURE_US
        return Shot(exposure, 10 ** (float(self._features["Gain"].value) / 20))

    def _fault_of(self, number: int) -> ScriptedFault | None:
        return self._faults.fault_of(number, self._options.seed)

    def _check_alive(self) -> None:
        if self._dead:
            raise CameraError(self._dead)
        if not self._is_open:
            raise DeviceMissingError(f"camera {self._name!r} is not open; open it first")

    def _checked_feature(self, name: str, value: FeatureValue) -> FeatureValue:
        feature = self._features.get(name)
        if feature is None:
            raise CameraError(f"camera {self._name!r} has no feature {name!r}; it has {', '.join(self._features)}")
        if feature.choices:
            if value not in feature.choices:
                raise CameraError(f"camera {self._name!r}: {name} {value!r} is not one of {', '.join(feature.choices)}")
            return str(value)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise CameraError(f"camera {self._name!r}: {name} is {value!r}; it must be a number")
        if not feature.writable and value != feature.value:
            raise CameraError(f"camera {self._name!r}: {name} is {feature.value} and cannot be set to {value}")
        if feature.writable and not feature.low <= value <= feature.high:
            raise CameraError(
                f"camera {self._name!r}: {name} is {value}; it must be {feature.low:g} to {feature.high:g}"
            )
        return type(feature.value)(value)


def _read_out(grey: Bytes, pixel_format: PixelFormat, ratios: tuple[float, ...]) -> Pixels:
    """What the sensor makes of grey metal under the lamp: shape (H, W) uint8 in, the shape of the format out."""
    levels = np.minimum(np.round(np.arange(256)[:, None] * np.multiply(LAMP_RGB, ratios)), 255).astype(np.uint8)
    match pixel_format:
        case PixelFormat.MONO12:
            # The sensor's noise fills the low bits; a patch of it, repeated, is quicker than drawing it anew.
            noise = np.random.default_rng(0).integers(0, 16, (64, grey.shape[1]), np.uint16)
            return np.bitwise_or(np.left_shift(grey, 4, dtype=np.uint16), np.resize(noise, grey.shape))
        case PixelFormat.RGB8:
            return levels[grey]
        case PixelFormat.BAYER_RG8:
            mosaic = levels[:, 1][grey]
            mosaic[0::2, 0::2] = levels[:, 0][grey[0::2, 0::2]]
            mosaic[1::2, 1::2] = levels[:, 2][grey[1::2, 1::2]]
            return mosaic
        case _:
            return grey


def _spoilt_shot(shot: Shot, fault: Fault | None) -> Shot:
    if fault is Fault.BLACK:
        return Shot(0.0)
    return replace(shot, exposure=shot.exposure * OVEREXPOSED) if fault is Fault.OVEREXPOSED else shot


def open_device(name: str, options: Mapping[str, OptionValue]) -> CameraDevice:
    """Make the simulated camera `name`, not yet opened.

    Raises
    ------
    CameraError
        If an option is not one of `Options`, of the wrong type or out of its limits.
    """
    return SimulatedCamera(name, *_checked(name, options))


def discover(options: Mapping[str, OptionValue]) -> list[CameraInfo]:
    """The one simulated camera there always is, with these options."""
    checked, _ = _checked("simulated", options)
    return [_info("simulated", checked)]


def _info(name: str, options: Options) -> CameraInfo:
    return CameraInfo(
        backend="simulated",
        vendor="inspection-station",
        model="Virtual part",
        serial=f"virtual-{name}-{options.seed}",
        width=options.width,
        height=options.height,
        pixel_format=PixelFormat(options.pixel_format),
        pixel_formats=tuple(FORMATS),
        knows_trigger_ids=True,
        dead_time_us=options.dead_time_us,
    )


def _wait(seconds: float) -> None:
    if seconds > 0:
        time.sleep(seconds)
