"""`station hold`: what must not be removed, whatever rule or request asks for it."""

import argparse
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from station.commands.options import add_by, add_config, add_data, add_json, moment

if TYPE_CHECKING:
    from station.journal.holds import Hold


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command's own parser."""
    parser = subparsers.add_parser("hold", help="legal holds: pictures that nothing may remove")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    adding = actions.add_parser("add", help="hold a part, a lot or a time range")
    adding.add_argument("--part", type=UUID, metavar="UID")
    adding.add_argument("--lot", default="", metavar="LOT", help="parts whose id begins so, up to a dash or the like")
    adding.add_argument("--since", type=moment, metavar="T", help="triggered from then on; with zone, or local time")
    adding.add_argument("--until", type=moment, metavar="T", help="triggered before")
    ending = actions.add_parser("remove", help="end a hold")
    ending.add_argument("number", type=int, metavar="N", help="as `station hold list` has it")
    for each in (adding, ending):
        each.add_argument("--reason", required=True, metavar="TEXT")
        add_by(each)
    listing = actions.add_parser("list", help="list the holds that stand, and those that ended")
    for each, do in ((adding, _add), (ending, _remove), (listing, _list)):
        add_config(each, required=False)
        add_data(each)
        each.add_argument("--audit-key", type=Path, metavar="FILE", help="the audit key, where it is not the usual one")
        add_json(each)
        each.set_defaults(run=do)


def _add(args: argparse.Namespace) -> int:
    wanted = {"part": str(args.part or ""), "lot": args.lot, "since": _text(args.since), "until": _text(args.until)}
    return _done(args, "hold", {key: text for key, text in wanted.items() if text} | {"reason": args.reason})


def _remove(args: argparse.Namespace) -> int:
    return _done(args, "end-hold", {"hold": str(args.number), "reason": args.reason})


def _done(args: argparse.Namespace, action: str, details: dict[str, str]) -> int:
    from station.commands.deployment import in_the_name_of
    from station.commands.output import emit_json, say
    from station.commands.records import carry_out, place

    result = carry_out(*place(args), in_the_name_of(args.by), action, details)
    if args.json:
        emit_json(result)
    else:
        say(f"hold {result['hold']} {'stands' if action == 'hold' else 'has ended'}")
    return 0


def _list(args: argparse.Namespace) -> int:
    from rich.table import Table

    from station.commands.output import console, emit_json
    from station.commands.records import place
    from station.journal.holds import holds
    from station.journal.reader import JournalReader

    with JournalReader(place(args)[0]) as journal:
        found = holds(journal.connection)
    if args.json:
        emit_json({"holds": [hold_json(each) for each in found]})
        return 0
    table = Table("hold", "what", "by", "since (UTC)", "reason", "ended")
    for each in found:
        ended = f"{each.ended:%Y-%m-%d %H:%M} by {each.ended_by}: {each.ended_reason}" if each.ended else ""
        table.add_row(str(each.number), _what(each), each.author, f"{each.time:%Y-%m-%d %H:%M}", each.reason, ended)
    console().print(table)
    return 0


def hold_json(hold: "Hold") -> dict[str, Any]:
    """Return a hold as `--json` prints it."""
    return {
        "hold": hold.number,
        "part": str(hold.part) if hold.part else None,
        "lot": hold.lot or None,
        "since": hold.since.isoformat() if hold.since else None,
        "until": hold.until.isoformat() if hold.until else None,
        "by": hold.author,
        "reason": hold.reason,
        "time": hold.time.isoformat(),
        "ended": hold.ended.isoformat() if hold.ended else None,
        "ended_by": hold.ended_by or None,
        "ended_reason": hold.ended_reason or None,
    }


def _what(hold: "Hold") -> str:
    words = [f"part {hold.part}" if hold.part else "", f"lot {hold.lot}" if hold.lot else ""]
    words += [f"from {hold.since:%Y-%m-%d %H:%M}" if hold.since else ""]
    words += [f"before {hold.until:%Y-%m-%d %H:%M}" if hold.until else ""]
    return ", ".join(filter(None, words))


def _text(time: datetime | None) -> str:
    return time.isoformat() if time else ""
