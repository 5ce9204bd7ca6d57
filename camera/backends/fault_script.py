"""What a simulated camera is told to do wrong: at which triggers, or how often."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import cv2
import numpy as np

from camera.device import CameraError
from camera.frame import PixelFormat, Pixels, as_pixels
from camera.trigger_id import trigger_id

_ENTRY = re.compile(
    r"(?P<kind>\w+)(?:@(?P<at>\d+)(?:/(?P<view>[1-9]\d?))?|=(?P<share>\d+(?:\.\d+)?))(?::(?P<seconds>\d+(?:\.\d+)?))?"
)
"""One entry of a script."""


class Fault(StrEnum):
    """What can go wrong at a trigger.

    incomplete: half a picture arrives; lost: none arrives and its frame id is used up; silent: the device says nothing
    for so many seconds, then delivers; late: this picture comes so many seconds late, and others overtake it; dead: the
    device fails until opened again; black: the light is off; overexposed: there is eight times too much of it;
    defocused: the lens is off by 0.4 mm on the part; frozen: the picture of the trigger before comes again;
    wrong_size: a quarter of the picture comes, and passes for a whole one.
    """

    INCOMPLETE = "incomplete"
    LOST = "lost"
    SILENT = "silent"
    LATE = "late"
    DEAD = "dead"
    BLACK = "black"
    OVEREXPOSED = "overexposed"
    DEFOCUSED = "defocused"
    FROZEN = "frozen"
    WRONG_SIZE = "wrong_size"


OVEREXPOSED = 8.0
"""How many times too much light there is."""
DEFOCUS = 1 / 300
"""Deviation of the blur of a lens that is out of focus, as a share of the picture's width."""
TIMED = frozenset({Fault.SILENT, Fault.LATE})
"""Faults that last."""


@dataclass(frozen=True, slots=True)
class ScriptedFault:
    """One fault; `seconds` is how long a silence or a delay lasts."""

    kind: Fault
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class FaultScript:
    """Faults by trigger, and faults that befall a share of the other triggers; none of them two at once."""

    at: Mapping[int, ScriptedFault] = field(default_factory=dict)
    shares: tuple[tuple[float, ScriptedFault], ...] = ()

    def fault_of(self, number: int, seed: int) -> ScriptedFault | None:
        """Return the fault of a trigger, the same for the same seed whatever happened before."""
        if number in self.at or not self.shares:
            return self.at.get(number)
        lot = np.random.default_rng([seed, 6, number]).random()
        for share, fault in self.shares:
            if lot < share:
                return fault
            lot -= share
        return None


def spoilt_by_lens(pixels: Pixels, pixel_format: PixelFormat, fault: Fault | None) -> Pixels:
    """Return what a lens out of focus, or a device that sends too little, makes of a picture; the same for other faults."""
    if fault is Fault.DEFOCUSED:
        spoilt = as_pixels(cv2.GaussianBlur(pixels, (0, 0), pixels.shape[1] * DEFOCUS), pixel_format)
    elif fault is Fault.WRONG_SIZE:
        spoilt = pixels[: pixels.shape[0] // 2, : pixels.shape[1] // 2].copy()
    else:
        return pixels
    spoilt.setflags(write=False)
    return spoilt


def spoilt_by_light(pixels: Pixels, pixel_format: PixelFormat, fault: Fault | None) -> Pixels:
    """Return a picture as it would be without light or with far too much; the same for other faults."""
    if fault not in {Fault.BLACK, Fault.OVEREXPOSED}:
        return pixels
    much = OVEREXPOSED if fault is Fault.OVEREXPOSED else 0.0
    spoilt = as_pixels(np.minimum(pixels * much, 2**pixel_format.bits - 1).astype(pixels.dtype), pixel_format)
    spoilt.setflags(write=False)
    return spoilt


def parse_faults(text: str) -> FaultScript:
    """Read a script such as ``"incomplete@12, silent@30:2.0, black=0.02, late=0.01:0.5"``.

    ``fault@trigger`` befalls that trigger, ``fault=share`` that share of all others; silent and late take their seconds.
    ``fault@trigger/2`` befalls the second view that the camera takes of that part.

    Raises
    ------
    CameraError
        If an entry cannot be read, naming it and the form expected.
    """
    at: dict[int, ScriptedFault] = {}
    shares: list[tuple[float, ScriptedFault]] = []
    for entry in filter(None, (part.strip() for part in text.split(","))):
        match = _ENTRY.fullmatch(entry)
        if match is None or match["kind"] not in set(Fault):
            raise CameraError(
                f"faults: cannot read {entry!r}; write fault@trigger, fault@trigger/view or fault=share (silent and late with "
                f":seconds), "
                f"the fault one of {', '.join(Fault)}"
            )
        fault = ScriptedFault(Fault(match["kind"]), float(match["seconds"] or 0))
        if (fault.kind in TIMED) != (match["seconds"] is not None):
            raise CameraError(
                f"faults: {entry!r}: seconds belong to silent and late, as in silent@30:2.0, and to nothing else"
            )
        if match["share"] is not None:
            shares.append((float(match["share"]), fault))
            continue
        trigger = trigger_id(int(match["at"]), int(match["view"] or 1) - 1)
        if trigger in at:
            raise CameraError(f"faults: trigger {entry.partition('@')[2].partition(':')[0]} has two faults; keep one")
        at[trigger] = fault
    if (total := sum(share for share, _ in shares)) > 1:
        raise CameraError(f"faults: the shares are {total:g} together; they must not be more than 1")
    return FaultScript(at, tuple(shares))
