"""`station cameras grab`: one picture to a PNG file, with the figures a recipe may limit."""

import argparse
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

from station.commands.cameras_source import add_source, camera_meant, camera_up, next_event
from station.commands.output import emit_json, say
from station.toml_file import ConfigError

if TYPE_CHECKING:
    from camera.frame import Frame
    from camera.settings import CameraSettings


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the action's own parser."""
    parser = subparsers.add_parser("grab", help="take one picture and write it to a PNG file")
    add_source(parser)
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="the PNG file to write")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Take one picture. Raises `ConfigError`, `CameraError`."""
    from camera.health import examine

    settings = camera_meant(args)
    frame = grab(settings)
    write_png(frame, args.out)
    health = examine(frame.pixels, frame.pixel_format)
    if args.json:
        emit_json(
            {
                "camera": settings.name,
                "backend": settings.backend,
                "file": str(args.out),
                "width": frame.width,
                "height": frame.height,
                "pixel_format": frame.pixel_format.value,
                "frame_id": frame.frame_id,
                "health": asdict(health),
            }
        )
        return 0
    say(
        f"{args.out}: {frame.width}x{frame.height} {frame.pixel_format.value}, frame {frame.frame_id} of {settings.name}"
    )
    say("  ".join(f"{name} {figure:.3g}" for name, figure in asdict(health).items()))
    return 0


def grab(settings: "CameraSettings") -> "Frame":
    """Take one picture; its pixels are a copy of its own.

    Raises
    ------
    DeviceMissingError
        If the camera does not come up.
    CameraError
        If it takes no picture.
    """
    from camera.device import CameraError
    from camera.events import FrameDelivered, FrameMissing

    with camera_up(settings) as (client, _, events):
        client.trigger(0)
        while True:
            match next_event(settings, events, settings.frame_deadline_s):
                case FrameDelivered(lease=lease):
                    frame = replace(lease.frame, pixels=lease.frame.pixels.copy())
                    lease.release()
                    return frame
                case FrameMissing(reason=reason):
                    raise CameraError(f"camera {settings.name!r}: {reason}")


def write_png(frame: "Frame", path: Path) -> None:
    """Write a picture, mono as it is and anything else as RGB. Raises `ConfigError` where it cannot be written."""
    from PIL import Image

    from camera.frame import PixelFormat
    from camera.pixels import to_rgb

    pixels = frame.pixels if frame.pixel_format is PixelFormat.MONO8 else to_rgb(frame.pixels, frame.pixel_format)
    try:
        Image.fromarray(pixels).save(path, format="PNG")
    except OSError as error:
        raise ConfigError(f"{path} cannot be written: {error.strerror or error}; name another file") from None
