"""`station cameras calibrate`: millimetres from pixels, by a pattern or a known length; even light; white balance."""

import argparse
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from station.commands.cameras_white import balance_white
from station.commands.options import add_config
from station.commands.output import emit_json, say
from station.toml_file import ConfigError

if TYPE_CHECKING:
    from camera.calibration import Calibration
    from camera.pixels import Bytes
    from station.config import StationConfig
    from station.line.calibrations import CalibrationFile
    from station.line.recipe import Recipe, RecipeView

_GRID = re.compile(r"(checkerboard|dots):(\d{1,4})x(\d{1,4}):(\d+(?:\.\d+)?)")
_NUMBER = r"(-?\d+(?:\.\d+)?)"
_LENGTH = re.compile(rf"length:{_NUMBER}:{_NUMBER},{_NUMBER}:{_NUMBER},{_NUMBER}")
MOST_FLATS = 100
MAX_PIXELS = 200_000_000
_FORMS = "checkerboard:COLUMNSxROWS:PITCH_MM (inner corners), dots:COLUMNSxROWS:PITCH_MM or length:MM:X1,Y1:X2,Y2"


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the action's own parser."""
    parser = subparsers.add_parser("calibrate", help="measure how many millimetres a pixel is, in the part's plane")
    parser.add_argument(
        "view", nargs="?", metavar="VIEW", help="a view of the recipe; may be left out where there is one"
    )
    add_config(parser)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--pattern", help=f"what lies there: {_FORMS}")
    what.add_argument(
        "--flat", type=_count, metavar="N", help="instead, even out the light by N pictures of an even surface"
    )
    what.add_argument(
        "--white",
        action="store_true",
        help="instead, let the camera find its white balance on a grey surface, and keep it",
    )
    parser.add_argument("--tolerance-um", type=float, default=0.0, metavar="T", help="what the maker says of the pitch")
    parser.add_argument("--picture", type=Path, metavar="FILE", help="use this picture instead of taking one")
    parser.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="print one JSON object")
    parser.set_defaults(run=run)


def _count(text: str) -> int:
    count = int(text)
    if not 1 <= count <= MOST_FLATS:
        raise argparse.ArgumentTypeError(f"must be 1 to {MOST_FLATS}")
    return count


def run(args: argparse.Namespace) -> int:
    """Calibrate one view and keep the result. Raises `ConfigError`, `CameraError`, `CalibrationError`, `StorageError`."""
    from station.config import load_station
    from station.journal.records import utc_now
    from station.line.calibrations import CalibrationFile, save_calibration
    from station.line.recipe import load_active_recipe
    from station.line.setups import view_camera

    config = load_station(args.config)
    recipe = load_active_recipe(config)
    view = _view(recipe, args.view)
    if args.white:
        balance_white(view_camera(config, view), config.station.data, as_json=args.json)
        return 0
    if args.flat is not None:
        _even_out(config, view, args.flat, as_json=args.json)
        return 0
    calibration = _calibrate(_pixels(args.picture, config, view), args.pattern, args.tolerance_um)
    file = CalibrationFile.of(calibration, view=view.name, camera=view.camera, pattern=args.pattern, created=utc_now())
    path = save_calibration(config.station.data, file)
    _tell(file, path, as_json=args.json)
    return 0


def _view(recipe: "Recipe", name: str | None) -> "RecipeView":
    names = [view.name for view in recipe.views]
    if name is None and len(names) == 1:
        return recipe.views[0]
    if name not in names:
        raise ConfigError(f"which view of recipe {recipe.name}? there are {', '.join(names)}")
    return recipe.view(name)


def _pixels(picture: Path | None, config: "StationConfig", view: "RecipeView") -> "Bytes":
    """Take a picture with the view's camera, or read the one that was named; mono."""
    from camera.backends.replay import UnreadableError, read_picture
    from camera.pixels import to_mono
    from station.line.capture import camera_at_work, take_one
    from station.line.setups import view_camera

    if picture is not None:
        try:
            pixels, pixel_format = read_picture(picture, MAX_PIXELS)
        except UnreadableError as error:
            raise ConfigError(f"--picture: {error}") from None
        return to_mono(pixels, pixel_format)
    settings = view_camera(config, view)
    with camera_at_work(settings) as (client, _, events):
        frame = take_one(settings, client, events, 0)
    return to_mono(frame.pixels, frame.pixel_format)


def _even_out(config: "StationConfig", view: "RecipeView", count: int, *, as_json: bool) -> None:
    """Take pictures of an even surface and keep what evens them out."""
    from camera.flat_field import measure_flat_field, save_flat_field
    from station.journal.disk import make_directory
    from station.line.calibrations import FOLDER
    from station.line.capture import camera_at_work, take_one
    from station.line.setups import view_camera

    settings = replace(view_camera(config, view), flat_field="")
    with camera_at_work(settings) as (client, info, events):
        pictures = (take_one(settings, client, events, number).pixels for number in range(count))
        flat = measure_flat_field(pictures, info.pixel_format)
    path = config.station.data / FOLDER / f"{view.camera}-flat.npz"
    make_directory(path.parent)
    try:
        save_flat_field(flat, path)
    except OSError as error:
        raise ConfigError(
            f"{path} cannot be written: {error.strerror}; free some space, or mend its permissions"
        ) from None
    least, most = float(flat.gains.min()), float(flat.gains.max())
    if as_json:
        figures = {"gain_min": round(least, 4), "gain_max": round(most, 4), "defects": int(flat.defects.size)}
        emit_json({"camera": view.camera, "file": str(path), "pictures": count, **figures})
        return
    say(f"{view.camera}: gains from {least:.2f} to {most:.2f}, {flat.defects.size} pixels replaced; kept in {path}")
    say(f'put flat_field = "{path}" under the camera in station.toml, and learn the model again')


def _calibrate(pixels: "Bytes", words: str, tolerance_um: float) -> "Calibration":
    from camera.calibration import Pattern, PatternKind, calibrate, find_pattern, from_length

    height, width = pixels.shape
    if grid := _GRID.fullmatch(words):
        kind, columns, rows, pitch_mm = grid.groups()
        pattern = Pattern(PatternKind(kind), int(columns), int(rows), float(pitch_mm), tolerance_um)
        return calibrate(find_pattern(pixels, pattern), pattern, width, height)
    if length := _LENGTH.fullmatch(words):
        length_mm, x1, y1, x2, y2 = map(float, length.groups())
        return from_length((x1, y1), (x2, y2), length_mm, width, height)
    raise ConfigError(f"--pattern {words}: write it as {_FORMS}")


def _tell(file: "CalibrationFile", path: Path, *, as_json: bool) -> None:
    scale_um = file.calibration.mm_per_px * 1000
    figures: dict[str, Any] = {
        "view": file.view,
        "file": str(path),
        "pixel_size_um": round(scale_um, 4),
        "residual_px": round(file.residual_px, 4),
        "relative_uncertainty": round(file.relative_uncertainty, 6),
        "distortion": list(file.distortion),
        "points": file.points,
    }
    if as_json:
        emit_json(figures)
        return
    say(f"{file.view}: {scale_um:.2f} µm a pixel in the middle, from {file.points} points; kept in {path}")
    say(
        f"residual {file.residual_px:.2f} px; any length is uncertain by {100 * file.relative_uncertainty:.2g} % (about 95 %),"
        " and by what its ends are"
    )
    say("a running station takes it up when it next starts")
