"""`station models add`: takes a model from elsewhere onto the shelf, checked and understood, never deployed by itself."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from models.manifest import ForeignManifest
    from models.prediction import Prediction
    from models.predictor import Predictor
    from models.shelf import Shelf

MAX_PREVIEW_PIXELS = 200_000_000


def add_action(
    actions: "argparse._SubParsersAction[argparse.ArgumentParser]",
) -> tuple[argparse.ArgumentParser, Callable[[argparse.Namespace, "Shelf"], int]]:
    """Add the action's own parser; return it and what it runs on a shelf."""
    parser = actions.add_parser("add", help="check a model from elsewhere and put it on the shelf, not deployed")
    parser.add_argument("file", type=Path, metavar="FILE.onnx")
    parser.add_argument("--name", required=True, metavar="NAME", help="of the model, as views of a recipe name it")
    parser.add_argument("--sidecar", type=Path, metavar="F", help="TOML or JSON that says what the file does not")
    parser.add_argument("--preview", type=Path, metavar="PICTURE", help="let it judge this picture")
    parser.add_argument("--out", type=Path, metavar="PNG", help="with --preview: where to draw what it finds")
    return parser, add_model


def add_model(args: argparse.Namespace, shelf: "Shelf") -> int:
    """Check, show, store, in this order: what is refused leaves nothing behind."""
    from models.intake import read_sidecar, take_in
    from models.predictor import Predictor
    from station.commands.output import emit_json
    from station.journal.records import utc_now
    from station.toml_file import ConfigError

    if (args.preview is None) != (args.out is None):
        raise ConfigError("--preview PICTURE and --out PNG go together; give both or neither")
    shelf.versions(args.name)  # a name that is none is refused before the work is done
    manifest, data = take_in(args.file, args.name, utc_now(), read_sidecar(args.sidecar))
    predictor = Predictor.of_foreign(data, manifest, threads=1)
    seen = preview(predictor, args.preview, args.out) if args.preview else None
    version = shelf.add(manifest, data).name
    manifest = manifest.model_copy(update={"version": version})
    if args.json:
        shown = {} if seen is None else {"preview": prediction_json(seen) | {"written": str(args.out)}}
        about = {"name": args.name, "version": version, "deployed": False, "assumed": list(manifest.assumed)}
        emit_json(about | {"manifest": manifest.model_dump(mode="json")} | shown)
    else:
        _print(manifest, seen, args.out)
    return 0


def preview(predictor: "Predictor", picture: Path, out: Path) -> "Prediction":
    """Judge a picture as the line would, and draw what was found. Raises `PictureError`, `ModelError` or `StorageError`."""
    from camera.backends.replay import UnreadableError, read_picture
    from models.errors import PictureError
    from station.journal.pictures import with_outlines, write_picture
    from station.line.inference import in_full

    try:
        pixels, pixel_format = read_picture(picture, MAX_PREVIEW_PIXELS)
    except UnreadableError as error:
        raise PictureError(str(error)) from None
    prediction = predictor.predict(in_full(pixels, pixel_format, predictor.bits))
    write_picture(out, with_outlines(pixels, pixel_format, prediction.defects))
    return prediction


def prediction_json(seen: "Prediction") -> dict[str, Any]:
    """Return what was found, as `--json` prints it."""
    defects = [
        {"class": defect.class_name, "score": defect.score, "outline": defect.shape.outline.tolist()}
        for defect in seen.defects
    ]
    return {"score": seen.score, "low": seen.low, "high": seen.high, "defects": defects}


def _print(manifest: "ForeignManifest", seen: "Prediction | None", out: Path | None) -> None:
    """Say how the model is read and which of it was only assumed."""
    from rich.table import Table

    from station.commands.output import console, say

    settings = manifest.model_dump(mode="json")
    every = settings | settings["input"] | settings["thresholds"]
    table = Table("setting", "value", "from")
    for key, origin in manifest.understood.items():
        value = every[key]
        table.add_row(key, ", ".join(map(str, value)) if isinstance(value, list) else str(value), origin)
    console().print(table)
    say(f"model {manifest.name}: version {manifest.version} is on the shelf, not deployed")
    if manifest.input.fit == "crop":
        say(
            "the ends of the longer side of a picture are cut off (crop): a defect there is never seen; letterbox sees all"
        )
    if seen is not None:
        say(f"preview: score {seen.score:.3f}, {len(seen.defects)} defects, drawn in {out}")
    if manifest.assumed:
        name, version = manifest.name, manifest.version
        say(
            f"assumed, and said by nobody: {', '.join(manifest.assumed)}; say it in a sidecar and add the file again, or look:"
        )
        say(f"station models preview {name} {version} PICTURE --out FOLDER")
        say(f"when it is right: station models confirm {name} {version}")
    when = "then" if manifest.assumed else "when it is right"
    say(f"{when}: station models deploy {manifest.name} {manifest.version}")
