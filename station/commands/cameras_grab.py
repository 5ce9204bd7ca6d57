"""`station cameras grab`: one picture to a file, with the figures a recipe may limit."""

import argparse
from dataclasses import asdict
from pathlib import Path

from station.commands.cameras_source import add_source, camera_meant
from station.commands.output import emit_json, say
from station.toml_file import ConfigError


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the action's own parser."""
    parser = subparsers.add_parser("grab", help="take one picture and write it to a file")
    add_source(parser)
    help_text = "the picture to write; .png, .tif and .bmp keep every value"
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help=help_text)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Take one picture. Raises `ConfigError`, `CameraError`, `StorageError`."""
    from camera.health import examine
    from station.journal.pictures import write_picture
    from station.line.capture import camera_at_work, take_one
    from station.line.inference import as_model_takes

    if not args.out.parent.is_dir():
        raise ConfigError(f"{args.out} cannot be written: there is no folder {args.out.parent}; name another file")
    settings = camera_meant(args)
    with camera_at_work(settings) as (client, _, events):
        frame = take_one(settings, client, events, 0)
    write_picture(args.out, as_model_takes(frame.pixels, frame.pixel_format))
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
