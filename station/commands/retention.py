"""`station retention`: how long pictures are kept, how many are old enough to go, and what was removed so far."""

import argparse
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from station.commands.options import add_config, add_json

if TYPE_CHECKING:
    from pathlib import Path

    from station.keeping.rules import RetentionRules


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command's own parser."""
    parser = subparsers.add_parser(
        "retention", help="say how long pictures are kept, and what was removed; changes nothing"
    )
    add_config(parser)
    add_json(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the rules and where they stand."""
    from station.commands.output import emit_json
    from station.config import load_station

    config = load_station(args.config)
    result = retention_json(config.station.data, config.retention.rules)
    if args.json:
        emit_json(result)
    else:
        _print(result)
    return 0


def retention_json(data: "Path", rules: "RetentionRules") -> dict[str, Any]:
    """Return what `station retention --json` prints; `old_enough` counts also what holds, people and datasets keep."""
    from dataclasses import asdict

    from station.journal.disk import free_space
    from station.journal.reader import JournalReader
    from station.journal.records import utc_now
    from station.journal.verify_keeping import removals
    from station.keeping.rules import IN_ORDER

    with JournalReader(data) as journal:
        kept = []
        for kind in IN_ORDER:
            period, shortest = rules.by_verdict.get(kind), rules.shortest(kind)
            old = journal.parts_with_pictures(kind, utc_now() - shortest) if shortest is not None else 0
            kept.append({"verdict": kind.value, "days": _days(period), "old_enough": old})
        removed = [asdict(each) for each in removals(journal.connection)]
        holds = journal.standing_holds()
    return {
        "verdicts": kept,
        "classes": {name: _days(period) for name, period in rules.by_class.items()},
        "room_mb": None if rules.room_bytes is None else rules.room_bytes // 1_000_000,
        "least_days": _days(rules.least),
        "free_mb": free_space(data) // 1_000_000,
        "holds": holds,
        "removed": removed,
    }


def _days(period: timedelta | None) -> float | None:
    return None if period is None else period / timedelta(days=1)


def _print(result: dict[str, Any]) -> None:
    from station.commands.output import say

    for each in result["verdicts"]:
        long = "for good" if each["days"] is None else f"{each['days']:g} days"
        say(f"{each['verdict']}: kept {long}; {each['old_enough']} parts with pictures are old enough to be looked at")
    for name, days in result["classes"].items():
        say(f"  with a {name}: {days:g} days")
    if result["room_mb"] is not None:
        say(
            f"below {result['room_mb']} MB of free disk the oldest go early, none younger than {result['least_days']:g} days"
        )
    say(f"{result['free_mb']} MB are free; {result['holds']} legal holds stand")
    for each in result["removed"]:
        who = f" by {each['author']}: {each['reason']}" if each["author"] else ""
        say(f"removed: {each['parts']} parts, {each['why']}{who}, last {each['time']}")
