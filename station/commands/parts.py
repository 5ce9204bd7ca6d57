"""`station parts`: the journal's parts, newest first."""

import argparse
from typing import TYPE_CHECKING, Any
from uuid import UUID

from station.commands.options import add_data, add_json

if TYPE_CHECKING:
    from station.journal.records import Page, PartSummary

VERDICTS = ("OK", "NG", "NOT_DECIDABLE")


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command's own parser."""
    parser = subparsers.add_parser("parts", help="list the parts in the journal, newest first")
    parser.add_argument("--verdict", choices=VERDICTS, help="only parts with that verdict")
    parser.add_argument("--limit", type=_count, default=50, metavar="N", help="parts on a page (default 50)")
    parser.add_argument("--after", type=UUID, metavar="UID", help="the page after that part, which `next` names")
    add_data(parser)
    add_json(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """List one page of parts."""
    from station.commands.output import emit_json
    from station.journal.reader import JournalReader
    from station.line.inspection import VerdictKind

    verdict = VerdictKind(args.verdict) if args.verdict else None
    with JournalReader(args.data) as journal:
        page = journal.parts(verdict=verdict, limit=args.limit, after=args.after)
    if args.json:
        emit_json(page_json(page))
    else:
        _print(page)
    return 0


def page_json(page: "Page") -> dict[str, Any]:
    """Return a page as `station parts --json` prints it."""
    return {
        "parts": [_summary_json(part) for part in page.parts],
        "next": str(page.next_uid) if page.next_uid else None,
    }


def _summary_json(part: "PartSummary") -> dict[str, Any]:
    return {
        "uid": str(part.uid),
        "part_id": part.part_id,
        "part_seq": part.part_seq,
        "inspection_id": part.inspection_id,
        "time": part.time.isoformat(),
        "recipe": part.recipe,
        "verdict": part.verdict.value,
        "by": part.by.value,
        "score": part.score,
        "reason": part.reason,
        "defects": part.defects,
        "model": part.model,
        "author": part.author,
        "labels": part.labels,
    }


def _print(page: "Page") -> None:
    from rich.table import Table

    from station.commands.output import console, say

    table = Table(
        "uid", "part", "time (UTC)", "recipe", "verdict", "by", "author", "score", "defects", "labels", "reason"
    )
    table.columns[0].no_wrap = True
    for part in page.parts:
        score = "" if part.score is None else f"{part.score:.3f}"
        name = part.part_id or str(part.part_seq)
        said = (part.verdict.value, part.by.value, part.author)
        seen = (score, str(part.defects), str(part.labels), part.reason)
        table.add_row(str(part.uid), name, f"{part.time:%Y-%m-%d %H:%M:%S}", part.recipe, *said, *seen)
    console().print(table)
    if page.next_uid:
        say(f"more with --after {page.next_uid}")


def _count(text: str) -> int:
    count = int(text)
    if count < 1:
        raise argparse.ArgumentTypeError("a page has at least one part")
    return count
