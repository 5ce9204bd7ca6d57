"""`station cameras watch`: lets one camera run free and tells how well its frames come."""

import argparse
import queue
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from station.commands.cameras_source import add_source, camera_meant
from station.commands.output import emit_json, say

if TYPE_CHECKING:
    from camera.client import CameraClient
    from camera.health import Health
    from camera.settings import CameraSettings
    from station.line.capture import Events

PERIOD_S = 1.0
DAY_S = 86_400
NO_FRAMES = 1
_WORDS = {"temperature_c": "{:.1f} °C", "resends": "resends {:.0f}"}


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the action's own parser."""
    parser = subparsers.add_parser("watch", help="let one camera run free: frames a second, gaps, incomplete ones")
    add_source(parser)
    parser.add_argument("--seconds", type=_seconds, default=10.0, metavar="N", help="how long (default 10)")
    parser.set_defaults(run=run)


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 < seconds <= DAY_S:
        raise argparse.ArgumentTypeError(f"must be more than 0 and at most {DAY_S}")
    return seconds


@dataclass(frozen=True, slots=True)
class Seen:
    """What came of a stream within `seconds`: `produced = whole + incomplete + lost`, by the device's frame ids."""

    seconds: float
    produced: int
    whole: int
    incomplete: int
    lost: int
    restarts: int
    """How often the camera had to be opened again."""

    @property
    def fps(self) -> float:
        """Whole frames a second."""
        return self.whole / self.seconds if self.seconds else 0.0

    def since(self, earlier: "Seen") -> "Seen":
        """Return what came after `earlier`."""
        return Seen(
            self.seconds - earlier.seconds,
            self.produced - earlier.produced,
            self.whole - earlier.whole,
            self.incomplete - earlier.incomplete,
            self.lost - earlier.lost,
            self.restarts - earlier.restarts,
        )


def run(args: argparse.Namespace) -> int:
    """Watch a camera; exit code 1 when not one whole frame came. Raises `ConfigError`, `DeviceMissingError`."""
    from camera.device import TriggerKind

    settings = replace(camera_meant(args), trigger=TriggerKind.FREE_RUN, figures_every_s=PERIOD_S / 2)
    seen, health, figures = watch(settings, args.seconds, quiet=args.json)
    if args.json:
        emit_json({**_as_json(settings, seen, health), **figures})
    else:
        say(f"{seen.seconds:.1f} s: {_line(seen)}")
    return 0 if seen.whole else NO_FRAMES


def watch(
    settings: "CameraSettings", seconds: float, *, quiet: bool
) -> "tuple[Seen, Health | None, Mapping[str, float]]":
    """Watch a camera, with a line every second unless `quiet`.

    Returns the whole, the figures of the last picture, and what the device and its link told last.
    """
    from station.line.capture import camera_at_work

    with camera_at_work(settings) as (client, info, events):
        if not quiet:
            say(f"{settings.name}: {info.model} {info.serial}, {info.width}x{info.height} {info.pixel_format}")
        began, restarts = time.monotonic(), 0
        last = first = _now(client, began, restarts)
        while (left_s := began + seconds - time.monotonic()) > 0:
            restarts += _restarts_within(events, min(PERIOD_S, left_s))
            now = _now(client, began, restarts)
            if not quiet:
                say(f"{now.seconds:6.1f} s  {_line(now.since(last))}{_figures(_health(client), client.figures)}")
            last = now
        return last.since(first), _health(client), client.figures


def _now(client: "CameraClient", began: float, restarts: int) -> Seen:
    account = client.account()
    return Seen(
        time.monotonic() - began,
        account.stream_produced,
        account.stream_whole,
        account.stream_incomplete,
        account.stream_lost,
        restarts,
    )


def _restarts_within(events: "Events", seconds: float) -> int:
    """Wait so long, and count how often the camera came up again."""
    from camera.events import CameraUp

    until, restarts = time.monotonic() + seconds, 0
    while (left_s := until - time.monotonic()) > 0:
        try:
            restarts += isinstance(events.get(timeout=left_s), CameraUp)
        except queue.Empty:
            break
    return restarts


def _health(client: "CameraClient") -> "Health | None":
    from camera.health import examine

    frame = client.preview()
    return None if frame is None else examine(frame.pixels, frame.pixel_format)


def _line(seen: Seen) -> str:
    restarts = f"  restarts {seen.restarts}" if seen.restarts else ""
    return f"{seen.fps:6.1f} fps  whole {seen.whole}  incomplete {seen.incomplete}  lost {seen.lost}{restarts}"


def _figures(health: "Health | None", told: Mapping[str, float]) -> str:
    seen = "" if health is None else f"  brightness {health.brightness:.3f}  sharpness {health.sharpness:.3f}"
    return seen + "".join(f"  {_WORDS[name].format(figure)}" for name, figure in told.items())


def _as_json(settings: "CameraSettings", seen: Seen, health: "Health | None") -> dict[str, Any]:
    return {
        "camera": settings.name,
        "backend": settings.backend,
        **asdict(seen),
        "fps": seen.fps,
        "health": None if health is None else asdict(health),
    }
