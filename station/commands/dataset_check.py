"""`station dataset check`: near-duplicates, near-duplicates torn between splits, and blurred pictures."""

import argparse
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from station.datasets.checkup import Checkup
    from station.datasets.query import Query

SHOWN = 10
"""Of each kind in the text; `--json` has all of them."""

Progress = AbstractContextManager[Callable[[int], None]]


def add_action(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> argparse.ArgumentParser:
    """Add the action's own parser, without the options that all of them share."""
    parser = actions.add_parser("check", help="find near-duplicates and blurred pictures")
    parser.add_argument(
        "dataset",
        nargs="?",
        metavar="NAME[@VERSION]",
        help="a frozen dataset; otherwise what is asked for, as it is now",
    )
    parser.add_argument("--out", type=Path, metavar="DIR", help="show them: a page and contact sheets in a new folder")
    parser.set_defaults(refuse=parser.error)
    return parser


def run(args: argparse.Namespace, query: "Query", progress: Callable[[str], Progress]) -> int:
    """Look, show, and fail where a near-duplicate stands in several splits."""
    from station.commands.output import emit_json
    from station.datasets.checkup import check
    from station.datasets.sheet import write
    from station.datasets.shelf import Shelf
    from station.journal.reader import JournalReader
    from station.line.interrupt import interruptible

    if args.dataset and query.facts():
        args.refuse("a dataset names what is in it; leave out which parts")
    with interruptible(), JournalReader(args.data) as journal:
        wanted = Shelf(args.data).load(args.dataset) if args.dataset else query
        with progress("pictures looked at") as looked:
            found = check(journal, wanted, looked)
        if args.out is not None:
            write(args.out, journal, f"Check of {args.dataset or 'what was asked for'}", found)
    if args.json:
        emit_json(_json(found))
    else:
        _say(found, args.out)
    return 1 if found.torn else 0


def _json(found: "Checkup") -> dict[str, Any]:
    groups = [
        {"pictures": [each.name for each in group.pictures], "levels": group.levels, "torn": group.torn}
        for group in found.groups
    ]
    soft = [{"picture": each.picture.name, "sharpness": each.share} for each in found.blurred]
    figures = {"pictures": found.pictures, "gone": found.gone, "torn": found.torn, "all_alike": list(found.all_alike)}
    return figures | {"near_duplicates": groups, "blurred": soft}


def _say(found: "Checkup", out: Path | None) -> None:
    from station.commands.output import say
    from station.datasets.checkup import splits_of

    say(f"{found.pictures} pictures: {len(found.groups)} groups of near-duplicates, {len(found.blurred)} blurred")
    if found.gone:
        say(f"  {found.gone} pictures are not in the store any more, or cannot be read")
    for view in found.all_alike:
        say(f"  view {view}: most pictures look the same; its groups need not be taken twice")
    for group in found.groups[:SHOWN]:
        splits = splits_of(group)
        where = f"; {splits}" if splits else ""
        say(f"  {'TORN between splits' if group.torn else 'near-duplicates'}: {len(group.pictures)} pictures{where}")
        for each in group.pictures[:SHOWN]:
            say(f"    {each.name} {each.time}")
    for soft in found.blurred[:SHOWN]:
        say(f"  blurred: {soft.picture.name} {soft.picture.time}, sharpness {soft.share:.0%} of the usual")
    left = max(len(found.groups) - SHOWN, 0) + max(len(found.blurred) - SHOWN, 0)
    if left:
        say(f"  and {left} more, see --json or --out")
    if found.torn:
        say(
            "  freeze anew with --lot, or take the near-duplicates out: a model would be tested with what it learned from"
        )
    if out is not None:
        say(f"{out / 'index.html'}")
