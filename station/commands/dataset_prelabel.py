"""`station dataset prelabel`: what a model found, as proposals that a person accepts or not."""

import argparse
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from station.commands.options import run_behind

if TYPE_CHECKING:
    from station.datasets.prelabel import Proposals
    from station.datasets.query import Query

KINDS = ("coco", "yolo", "yolo-seg", "yolo-obb")

Progress = AbstractContextManager[Callable[[int], None]]


def add_action(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> argparse.ArgumentParser:
    """Add the action's own parser, without the options that all of them share."""
    parser = actions.add_parser("prelabel", help="take what a model found as proposals, which a person accepts or not")
    parser.add_argument(
        "path",
        type=Path,
        nargs="?",
        metavar="PATH",
        help="its predictions; otherwise the model is run on stored pictures",
    )
    parser.add_argument("--model", required=True, metavar="NAME@VERSION", help="whose proposals they are")
    parser.add_argument("--format", choices=KINDS, help="of PATH: COCO results, or a folder of YOLO text files")
    parser.add_argument("--against", type=Path, metavar="FILE", help="the instances_*.json that COCO results are of")
    parser.add_argument("--view", default="", metavar="V", help="run the model on pictures of this view only")
    parser.add_argument("--dry-run", action="store_true", help="check everything and say what would be proposed")
    parser.add_argument("--audit-key", type=Path, metavar="FILE", help="the audit key, where it is not the usual one")
    run_behind(parser, lambda args: args.path is None)
    parser.set_defaults(refuse=parser.error)
    return parser


def run(args: argparse.Namespace, query: "Query", progress: Callable[[str], Progress]) -> int:
    """Plan, write, and say what came of it."""
    from station.commands.output import emit_json, say
    from station.datasets.prelabel import MEANWHILE, carry_out
    from station.line.interrupt import interruptible

    if (args.path is None) != (args.format is None):
        args.refuse("PATH and --format go together; without both the model is run on stored pictures")
    if args.path is not None and (query.facts() or args.view):
        args.refuse("PATH names the pictures; leave out which parts")
    with interruptible():
        made = _planned(args, query, progress)
        passed, meanwhile = dict(made.passed_over), 0
        if made.planned and not args.dry_run:
            with progress("proposals written") as written:
                meanwhile = carry_out(args.data, args.audit_key, made, written)
    if meanwhile:
        passed[MEANWHILE] = meanwhile
    added = len(made.planned) - meanwhile
    if args.json:
        head = {"author": made.author, "dry_run": args.dry_run, "proposed": added}
        emit_json(head | {"passed_over": passed, "notes": list(made.notes)})
        return 0
    say(f"{added} proposals {'would be ' if args.dry_run else ''}made by {made.author}; a person accepts them or not")
    for why, count in passed.items():
        say(f"  passed over: {count} {why}")
    for note in made.notes:
        say(f"  not as it was: {note}")
    return 0


def _planned(args: argparse.Namespace, query: "Query", progress: Callable[[str], Progress]) -> "Proposals":
    from models.shelf import Shelf
    from station.datasets.prelabel import from_files, from_model
    from station.journal.reader import JournalReader

    now = datetime.now(UTC)
    with JournalReader(args.data) as journal, progress("pictures looked at") as looked:
        if args.path is not None:
            return from_files(
                journal, args.model, args.format, args.path, against=args.against, now=now, progress=looked
            )
        shelf = Shelf(args.data / "models")
        return from_model(journal, shelf, args.model, query, args.view, now=now, progress=looked)
