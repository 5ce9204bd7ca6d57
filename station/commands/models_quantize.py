"""`station models quantize`: a version in 8 bits, with figures before and after, refused where it does not say the same."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from station.commands.options import part_count, run_behind

if TYPE_CHECKING:
    from models.shelf import Shelf
    from station.line.quantizing import Compared

JOURNAL = "journal"
NEWEST = 200
TOLERANCE = 0.1


def add_action(
    actions: "argparse._SubParsersAction[argparse.ArgumentParser]",
) -> tuple[argparse.ArgumentParser, Callable[[argparse.Namespace, "Shelf"], int]]:
    """Add the action's own parser; return it and what it runs on a shelf."""
    parser = actions.add_parser("quantize", help="make a version in 8 bits, kept only if it says the same")
    parser.add_argument("model", metavar="NAME[@VERSION]", help="the deployed version where none is named")
    parser.add_argument(
        "--from",
        dest="source",
        default=JOURNAL,
        metavar="journal|DIR",
        help="pictures to measure and compare on (default: those in the journal that the model judged)",
    )
    parser.add_argument(
        "--limit", type=part_count, default=NEWEST, metavar="N", help=f"at most so many pictures (default {NEWEST})"
    )
    parser.add_argument(
        "--tolerance",
        type=_share,
        default=TOLERANCE,
        metavar="SHARE",
        help=f"how far a score may move, in shares of the threshold high (default {TOLERANCE})",
    )
    run_behind(parser)
    return parser, quantize_model


def quantize_model(args: argparse.Namespace, shelf: "Shelf") -> int:
    """Quantize, compare, keep or refuse; exit code 1 where it is refused."""
    from models.errors import ModelError
    from station.commands.output import emit_json
    from station.line.quantizing import load, of_folder, of_journal, quantize

    name, _, version = args.model.partition("@")
    version = version or shelf.deployed(name)
    if not version:
        raise ModelError(f"no version of model {name!r} is deployed in {shelf.root}; name one: {name}@VERSION")
    before = load(shelf, name, version)
    if args.source == JOURNAL:
        pictures = of_journal(shelf.root.parent, name, args.limit, before.bits)
    else:
        pictures = of_folder(Path(args.source), args.limit, before.bits)
    done = quantize(shelf, before, pictures, args.tolerance)
    if args.json:
        emit_json(done.to_json())
    else:
        _print(done)
    return 0 if done.added else 1


def _print(done: "Compared") -> None:
    from rich.table import Table

    from station.commands.output import console, say

    found = done.found
    table = Table("", f"version {done.of}", "in 8 bits")
    table.add_row("a run", f"{found.before_ms:.1f} ms", f"{found.after_ms:.1f} ms")
    table.add_row("file", f"{done.before_bytes / 1e6:.2f} MB", f"{done.after_bytes / 1e6:.2f} MB")
    table.add_row("other verdicts", "", f"{found.changed} of {found.pictures}, {found.became_good} of them become good")
    table.add_row(
        "scores move by", "", f"{found.typical:.2%} of the threshold high (median), {found.largest:.2%} at most"
    )
    console().print(table)
    if done.objection is not None:
        say(f"refused: {done.objection}; nothing was stored")
        return
    say(f"model {done.name}: version {done.added} is on the shelf, in 8 bits, not deployed")
    if found.after_ms >= found.before_ms:
        say("it is not quicker on this machine: there is nothing to gain by deploying it here")


def _share(text: str) -> float:
    share = float(text)
    if not 0 <= share <= 1:
        raise argparse.ArgumentTypeError("it must be from 0 to 1")
    return share
