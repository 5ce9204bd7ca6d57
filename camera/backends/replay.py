"""A folder of pictures as a camera, in order or shuffled, once or for ever.

A picture that cannot be read is a fault of its trigger, never skipped.
"""

import random
import time
import warnings
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from PIL import Image, UnidentifiedImageError

from camera.backends.fault_script import Fault, ScriptedFault, parse_faults, spoilt_by_lens, spoilt_by_light
from camera.device import (
    CameraError,
    CameraInfo,
    DeviceMissingError,
    FeatureValue,
    IncompleteFrame,
    RawFrame,
    TriggerKind,
)
from camera.frame import PixelFormat, Pixels
from camera.options import OptionValue, nearest, read_options
from camera.trigger_id import part_of, view_of

SUFFIXES = frozenset({".png", ".bmp", ".jpg", ".jpeg", ".tif", ".tiff"})
_GREY = {"L", "LA", "1"}
_DEEP_GREY = {"I;16", "I;16L", "I;16B"}
_COLOUR = {"RGB", "RGBA", "RGBX", "P", "PA", "CMYK", "YCbCr"}
_POLL_S = 0.001


@dataclass(frozen=True, slots=True)
class ReplayOptions:
    """Options of a replay camera.

    Attributes
    ----------
    folder
        Where the pictures are; those of sub-folders too.
    seed
        Shuffles the pictures, the same way every time; in order of their paths without it.
    loop
        Whether to begin again after the last.
    fps
        Pace where the camera runs free, in frames per second.
    max_pixels
        A picture whose header promises more is not decoded.
    faults
        What goes wrong, a script for `parse_faults`.
    views
        How many pictures there are of each part, one after the other: so many views the camera takes.
    """

    folder: str
    seed: int | None = None
    loop: bool = False
    fps: float = 10.0
    max_pixels: int = 150_000_000
    faults: str = ""
    views: int = 1


class UnreadableError(Exception):
    """A picture cannot be shown; the text says why."""


def open_device(name: str, options: Mapping[str, OptionValue]) -> "ReplayDevice":
    """Make a replay camera. Raises `CameraError` for options it does not know."""
    return ReplayDevice(name, read_options(ReplayOptions, name, options))


def discover(options: Mapping[str, OptionValue]) -> list[CameraInfo]:
    """The one camera these options make; none without a folder."""
    if "folder" not in options:
        return []
    device = open_device("replay", options)
    try:
        return [device.open()]
    finally:
        device.close()


class ReplayDevice:
    """A camera that shows one picture a trigger; see `camera.device.CameraDevice`.

    Grey pictures are Mono8 and colour ones RGB8. `chunk["file"]` is the picture's path within the folder.
    """

    def __init__(self, name: str, options: ReplayOptions, clock: Callable[[], float] = time.monotonic) -> None:
        if options.fps <= 0:
            raise CameraError(f"camera {name!r}: option 'fps' must be more than 0, not {options.fps:g}")
        if options.views < 1:
            raise CameraError(f"camera {name!r}: option 'views' must be at least 1, not {options.views}")
        try:
            self._faults = parse_faults(options.faults)
        except CameraError as error:
            raise CameraError(f"camera {name!r}: option {error}") from None
        self._name = name
        self._options = options
        self._clock = clock
        self._folder = Path(options.folder)
        self._paths: list[Path] = []
        self._info: CameraInfo | None = None
        self._shown = 0
        self._part: int | None = None
        self._first = 0
        self._frame_id = 0
        self._triggers: deque[tuple[int, float]] = deque()
        """Triggers, and when each is answered."""
        self._late: list[tuple[float, int]] = []
        self._next_at: float | None = None
        self._last: Pixels | None = None
        self._dead = ""

    def open(self) -> CameraInfo:
        """List the pictures. Raises `DeviceMissingError` when there is none."""
        if not self._folder.is_dir():
            raise DeviceMissingError(
                f"camera {self._name!r}: there is no folder {self._folder}; set its option 'folder'"
            )
        self._paths = sorted(path for path in self._folder.rglob("*") if path.suffix.lower() in SUFFIXES)
        if not self._paths:
            raise DeviceMissingError(
                f"camera {self._name!r}: no pictures ({', '.join(sorted(SUFFIXES))}) in {self._folder}"
            )
        if self._options.seed is not None:
            random.Random(self._options.seed).shuffle(self._paths)
        self._shown, self._part, self._dead = 0, None, ""
        self._info = self._describe()
        return self._info

    def set_features(self, features: Mapping[str, FeatureValue]) -> None:
        """A folder has no features to set. Raises `CameraError` for any."""
        for name in features:
            raise CameraError(f"camera {self._name!r}: a replay camera cannot set feature {name!r}; remove it")

    def features(self) -> dict[str, FeatureValue]:
        """Size and format of the first picture that can be read."""
        if self._info is None:
            raise CameraError(f"camera {self._name!r} is not open")
        return {"Width": self._info.width, "Height": self._info.height, "PixelFormat": str(self._info.pixel_format)}

    def settable(self) -> frozenset[str]:
        """None."""
        return frozenset()

    def arm(self, kind: TriggerKind, line: str = "") -> None:
        """See `CameraDevice`. Raises `CameraError` for a trigger by a line: a folder has no wires."""
        if kind is TriggerKind.LINE:
            raise CameraError(f"camera {self._name!r}: a replay camera has no {line}; set its trigger to 'software'")
        self._triggers.clear()
        self._late.clear()
        self._frame_id = 0
        self._next_at = self._clock() + 1 / self._options.fps if kind is TriggerKind.FREE_RUN else None

    def clock_ns(self) -> int | None:
        """None: a folder has no clock."""
        return None

    def trigger(self, trigger_id: int) -> None:
        """See `CameraDevice`."""
        if self._next_at is not None:
            return
        fault = self._fault_of(trigger_id)
        now = self._clock()
        if fault is not None and fault.kind is Fault.LATE:
            self._late.append((now + fault.seconds, trigger_id))
        else:
            self._triggers.append((trigger_id, now + fault.seconds if fault else now))

    def next_frame(self, timeout_s: float) -> RawFrame | IncompleteFrame | None:
        """See `CameraDevice`."""
        if self._dead:
            raise CameraError(self._dead)
        deadline = self._clock() + timeout_s
        while not self._is_due():
            if self._clock() >= deadline:
                return None
            time.sleep(_POLL_S)
        if self._next_at is not None:
            self._next_at += 1 / self._options.fps
        return self._show(self._due_trigger())

    def figures(self) -> dict[str, float]:
        """None."""
        return {}

    def close(self) -> None:
        """See `CameraDevice`."""
        self._triggers.clear()
        self._late.clear()
        self._next_at = None

    def _is_due(self) -> bool:
        dues = [due for _, due in [*self._triggers][:1]] + [due for due, _ in self._late]
        if self._next_at is not None:
            dues.append(self._next_at)
        return min(dues, default=float("inf")) <= self._clock()

    def _due_trigger(self) -> int | None:
        """Take the trigger that is answered now; None in free run."""
        for entry in sorted(self._late):
            if entry[0] <= self._clock():
                self._late.remove(entry)
                return entry[1]
        return self._triggers.popleft()[0] if self._triggers else None

    def _fault_of(self, number: int) -> ScriptedFault | None:
        return self._faults.fault_of(number, self._options.seed or 0)

    def _show(self, trigger_id: int | None) -> RawFrame | IncompleteFrame | None:
        number = self._frame_id if trigger_id is None else trigger_id
        fault = self._fault_of(number)
        kind = fault.kind if fault else None
        self._frame_id += 1
        if kind is Fault.DEAD:
            self._dead = f"camera {self._name!r}: the device is gone (scripted at trigger {number}); open it again"
            raise CameraError(self._dead)
        if kind is Fault.LOST:
            return None
        if kind is Fault.INCOMPLETE:
            return IncompleteFrame(self._frame_id, "half of the picture arrived", trigger_id)
        shown = self._next_picture(trigger_id)
        return self._spoilt(shown, kind) if isinstance(shown, RawFrame) else shown

    def _spoilt(self, frame: RawFrame, fault: Fault | None) -> RawFrame:
        again = self._last if fault is Fault.FROZEN and self._last is not None else frame.pixels
        pixels = spoilt_by_lens(spoilt_by_light(again, frame.pixel_format, fault), frame.pixel_format, fault)
        self._last = pixels
        return replace(frame, pixels=pixels)

    def _next_picture(self, trigger_id: int | None) -> RawFrame | IncompleteFrame:
        place = self._place(trigger_id)
        if place >= len(self._paths) and not self._options.loop:
            reason = f"all {len(self._paths)} pictures in {self._folder} were shown; add pictures or set option 'loop'"
            return IncompleteFrame(self._frame_id, reason, trigger_id)
        path = self._paths[place % len(self._paths)]
        self._shown = place + 1
        try:
            pixels, pixel_format = read_picture(path, self._options.max_pixels)
        except UnreadableError as error:
            return IncompleteFrame(self._frame_id, str(error), trigger_id)
        chunk = {"file": str(path.relative_to(self._folder))}
        return RawFrame(pixels, pixel_format, self._frame_id, trigger_id, chunk=chunk)

    def _place(self, trigger_id: int | None) -> int:
        """Which picture is next; with several views, that view of the part, whatever of the part before was not shown."""
        views = self._options.views
        if trigger_id is None or views == 1:
            return self._shown
        if part_of(trigger_id) != self._part:
            self._part, self._first = part_of(trigger_id), -(-self._shown // views) * views
        return self._first + view_of(trigger_id) % views

    def _describe(self) -> CameraInfo:
        width, height, pixel_format = 0, 0, PixelFormat.MONO8
        for path in self._paths:
            try:
                with _opened(path, self._options.max_pixels) as image:
                    width, height = image.size
                    pixel_format = _format(path, image)
                break
            except UnreadableError:
                continue
        return CameraInfo(
            backend="replay",
            vendor="inspection-station",
            model="picture folder",
            serial=str(self._folder),
            width=width,
            height=height,
            pixel_format=pixel_format,
            pixel_formats=(PixelFormat.MONO8, PixelFormat.RGB8),
        )


def read_picture(path: Path, max_pixels: int) -> tuple[Pixels, PixelFormat]:
    """Decode a picture completely.

    Returns
    -------
    tuple
        Shape (H, W) uint8 as Mono8, uint16 as Mono16, or (H, W, 3) uint8 as RGB8 in the order red, green, blue.

    Raises
    ------
    UnreadableError
        If the file is missing, damaged, cut off, too large, or of a kind that is neither 8 bits a value nor 16 bits of grey.
    """
    try:
        with _opened(path, max_pixels) as image:
            image.verify()  # the only check of a PNG's checksums; it leaves the picture unusable
        with _opened(path, max_pixels) as image:
            pixel_format = _format(path, image)
            pixels = _values(image, pixel_format)
    except (OSError, SyntaxError, ValueError, EOFError) as error:  # what Pillow's decoders raise on damaged files
        raise UnreadableError(f"{path} is damaged: {error}; replace the file") from None
    return pixels, pixel_format


def _values(image: Image.Image, pixel_format: PixelFormat) -> Pixels:
    if pixel_format is PixelFormat.MONO16:
        return np.asarray(image, np.uint16)
    return np.asarray(image.convert("L" if pixel_format is PixelFormat.MONO8 else "RGB"), np.uint8)


def _opened(path: Path, max_pixels: int) -> Image.Image:
    try:
        with warnings.catch_warnings(action="ignore", category=Image.DecompressionBombWarning):
            image = Image.open(path)
    except UnidentifiedImageError:
        raise UnreadableError(f"{path} is not a picture, or its header is damaged; replace the file") from None
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise UnreadableError(f"{path} cannot be read: {error}") from None
    width, height = image.size
    if width * height > max_pixels:
        image.close()
        raise UnreadableError(f"{path} is {width} x {height} pixels; option 'max_pixels' allows {max_pixels}")
    return image


def _format(path: Path, image: Image.Image) -> PixelFormat:
    if image.mode in _GREY:
        return PixelFormat.MONO8
    if image.mode in _COLOUR:
        return PixelFormat.RGB8
    if image.mode in _DEEP_GREY:
        return PixelFormat.MONO16
    hint = nearest(image.mode, _GREY | _COLOUR | _DEEP_GREY)
    raise UnreadableError(f"{path} has pixels of kind {image.mode}; {hint}; save it with 8 bits, or grey with 16")
