"""`station models preview` and `confirm`: an engineer looks at what a version finds, and says that it is understood rightly."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from station.commands.options import add_by

if TYPE_CHECKING:
    from models.shelf import Shelf


def add_actions(
    actions: "argparse._SubParsersAction[argparse.ArgumentParser]",
) -> tuple[argparse.ArgumentParser, argparse.ArgumentParser]:
    """Add the actions' own parsers and return them: that of `preview`, and that of `confirm`."""
    previewing = actions.add_parser("preview", help="let a version judge pictures, and draw what it finds")
    previewing.add_argument("name", metavar="NAME")
    previewing.add_argument("version", metavar="VERSION")
    previewing.add_argument("pictures", type=Path, metavar="PICTURE", nargs="+")
    previewing.add_argument("--out", type=Path, metavar="FOLDER", required=True, help="where to draw, a PNG a picture")
    confirming = actions.add_parser("confirm", help="say that a version from elsewhere is read rightly")
    confirming.add_argument("name", metavar="NAME")
    confirming.add_argument("version", metavar="VERSION")
    add_by(confirming)
    return previewing, confirming


def preview_model(args: argparse.Namespace, shelf: "Shelf") -> int:
    """Judge each picture as the line would, and draw what was found."""
    from models.predictor import Predictor
    from station.commands.models_add import prediction_json, preview
    from station.commands.output import emit_json, say
    from station.toml_file import ConfigError

    stems = [picture.stem for picture in args.pictures]
    if len(set(stems)) < len(stems):
        raise ConfigError("two of the pictures have the same name, and so would what is drawn; rename one")
    predictor = Predictor.load(shelf.folder(args.name, args.version), threads=1)
    args.out.mkdir(parents=True, exist_ok=True)
    seen = []
    for picture in args.pictures:
        out = args.out / f"{picture.stem}.png"
        prediction = preview(predictor, picture, out)
        seen.append({"picture": str(picture)} | prediction_json(prediction) | {"written": str(out)})
        if not args.json:
            say(f"{picture}: score {prediction.score:.3f}, {len(prediction.defects)} defects, drawn in {out}")
    if args.json:
        emit_json({"name": args.name, "version": args.version, "pictures": seen})
    return 0


def confirm_model(args: argparse.Namespace, shelf: "Shelf") -> int:
    """Confirm what was assumed of a version, in a person's name."""
    import sys

    from models.confirmation import Confirmations
    from station.commands.deployment import enter, in_the_name_of
    from station.commands.output import emit_json, say
    from station.config import load_station
    from station.journal.records import utc_now

    confirmations = Confirmations(shelf, args.name)
    assumed, author = confirmations.assumed(args.version), in_the_name_of(args.by)
    confirmations.confirm(args.version, author, utc_now())
    key = load_station(args.config).station.audit_key if args.config else None
    details = {"author": author, "model": args.name, "version": args.version, "assumed": " ".join(assumed)}
    if trouble := enter(shelf.root.parent, key, "model-confirmed", details, through="models"):
        sys.stderr.write(f"confirmed, but not entered into the audit chain: {trouble}\n")
    if args.json:
        emit_json({"name": args.name, "version": args.version, "confirmed": list(assumed)})
    else:
        say(
            f"model {args.name}: version {args.version} is confirmed ({', '.join(assumed) or 'nothing of it was assumed'})"
        )
    return 0
