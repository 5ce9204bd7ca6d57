"""`station models card`: what a learned version makes of parts that it did not learn from."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from station.commands.options import add_by

if TYPE_CHECKING:
    from models.card import ModelCard
    from models.evaluate import Count
    from models.shelf import Shelf
    from station.commands.doubted import Doubted

SHOWN = 10
"""Suspected label errors that are named in the text; `--json` names them all."""


def add_action(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> argparse.ArgumentParser:
    """Add the action's own parser and return it."""
    parser = actions.add_parser("card", help="print or write the card of a learned version")
    parser.add_argument("model", metavar="NAME[@VERSION]", help="the deployed version where none is named")
    parser.add_argument("--out", type=Path, metavar="F.html", help="write the page")
    parser.add_argument("--png", type=Path, metavar="F.png", help="write the page as a picture")
    parser.add_argument("--replace", action="store_true", help="put them in place of files of the same name")
    parser.add_argument("--review", action="store_true", help="put its suspected label errors into the review queue")
    add_by(parser)
    return parser


def show_card(args: argparse.Namespace, shelf: "Shelf") -> int:
    """Write the files that are asked for, and say the card's figures."""
    from models.card import CARD_PAGE, CARD_PICTURE, ModelCard, read_card_file
    from models.shelf import version_asked
    from station.commands.output import emit_json, say

    name, _, asked = args.model.partition("@")
    version = version_asked(shelf, name, asked or None)
    folder = shelf.folder(name, version)
    card = ModelCard.read(folder)
    wanted = {args.out: CARD_PAGE, args.png: CARD_PICTURE}
    files = {path: read_card_file(folder, file) for path, file in wanted.items() if path is not None}
    write_new(files, replace=args.replace)
    about = {"name": name, "version": version, **_json(card), "files": [str(path) for path in files]}
    doubted = _doubted(args, shelf, f"{name}@{version}", card) if args.review else None
    if args.json:
        about |= {"review": doubted.to_json()} if doubted else {}
        emit_json(about | {"parts": [part.model_dump(mode="json") for part in card.parts]})
        return 0
    _print(about, card)
    if doubted:
        say(doubted.sentence())
    return 0


def _doubted(args: argparse.Namespace, shelf: "Shelf", model: str, card: "ModelCard") -> "Doubted":
    from station.commands.doubted import review_doubted
    from station.config import load_station

    key = load_station(args.config).station.audit_key if args.config else None
    return review_doubted(shelf.root.parent, key, args.by, model, card)


def write_new(files: dict[Path, bytes], *, replace: bool) -> None:
    """Write files durably. Raises `StorageError` where one is there already and is not to be replaced."""
    from station.journal.disk import make_directory, write_durably
    from station.journal.errors import StorageError

    for path in files:
        if path.exists() and not replace:
            raise StorageError(f"{path} is there already; name another file, or add --replace")
    for path, data in files.items():
        make_directory(path.parent)
        write_durably(path, data, attempt="write the page")


def count_json(count: "Count") -> dict[str, Any]:
    """Return a count with its share and the 95 % interval of that."""
    from station.quality.p_chart import wilson

    interval = wilson(count.count, count.of)
    return {"count": count.count, "of": count.of, "share": count.share, "interval": [interval.low, interval.high]}


def _json(card: "ModelCard") -> dict[str, Any]:
    from models.evaluate import auroc, average_precision
    from station.report.model_figures import missed, rejected

    good, bad = card.scores(good=True), card.scores(good=False)
    return {
        "low": card.low,
        "high": card.high,
        "missed_cost": card.missed_cost,
        "cheapest": card.cheapest,
        "auroc": auroc(good, bad) if good and bad else None,
        "average_precision": average_precision(good, bad) if good and bad else None,
        "missed": count_json(missed(bad, card.low)),
        "rejected_good": count_json(rejected(good, card.low)),
        "suspects": [card.parts[number].part or card.parts[number].picture for number in card.suspects],
    }


def _print(about: dict[str, Any], card: "ModelCard") -> None:
    from rich.table import Table

    from models.evaluate import Count
    from station.commands.output import console, say
    from station.report.model_figures import share_text

    table = Table(show_header=False, box=None)
    for title, key in (("bad parts missed", "missed"), ("good parts rejected", "rejected_good")):
        table.add_row(title, share_text(Count(about[key]["count"], about[key]["of"])))
    for title, key in (("AUROC", "auroc"), ("average precision", "average_precision")):
        table.add_row(title, "needs good and bad parts" if about[key] is None else f"{about[key]:.4f}")
    table.add_row("low, high", f"{card.low:.4g}, {card.high:.4g}")
    table.add_row("suspected label errors", str(len(card.suspects)))
    say(f"{about['name']} version {about['version']}, on parts it did not learn from: {card.how}")
    console().print(table)
    for suspect in about["suspects"][:SHOWN]:
        say(f"  look again at the label of {suspect}")
    if len(about["suspects"]) > SHOWN:
        say(f"  {len(about['suspects']) - SHOWN} more labels to look at again, see --json")
    for path in about["files"]:
        say(f"  {path}")
