"""`station delivery`: the queue of each destination, what it refused and why, and trying that again."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from station.commands.options import add_by, add_config, add_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from station.config import StationConfig
    from station.delivery.settings import DeliveryTable
    from station.journal.deliveries import Deliveries

AT_ONCE = 1000


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command's own parser."""
    parser = subparsers.add_parser("delivery", help="results on their way to other systems")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    listed = actions.add_parser("list", help="list the destinations: how many results wait, and why")
    listed.set_defaults(work=_list)
    show = _named(actions, "show", _show, "print one destination and what it refused")
    show.add_argument("--limit", type=int, default=20, metavar="N", help="results of the quarantine (default 20)")
    retry = _named(actions, "retry", _retry, "try at once: the queue, and results of the quarantine")
    retry.add_argument(
        "result", nargs="*", metavar="RESULT", help="ids of results in quarantine; all of them where none is named"
    )
    add_by(retry)
    export = _named(actions, "export", _export, "write results as JSONL, each as the destination gets it")
    export.add_argument("--out", type=Path, metavar="FILE", required=True)
    export.add_argument("--waiting", action="store_true", help="also those that wait their turn, beside the quarantine")
    for action in (listed, show, retry, export):
        add_config(action)
        add_json(action)
        action.set_defaults(run=run)


def _named(
    actions: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, work: Any, text: str
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = actions.add_parser(name, help=text)
    parser.add_argument("name", metavar="NAME", help="the destination")
    parser.set_defaults(work=work)
    return parser


def run(args: argparse.Namespace) -> int:
    """Do one action and print what came of it."""
    from station.commands.output import emit_json
    from station.config import load_station

    result: dict[str, Any] = args.work(args, load_station(args.config))
    if args.json:
        emit_json(result)
    else:
        _print(result)
    return 0


def _list(_args: argparse.Namespace, config: "StationConfig") -> dict[str, Any]:
    return {"destinations": [_standing(config, each) for each in config.delivery]}


def _show(args: argparse.Namespace, config: "StationConfig") -> dict[str, Any]:
    from station.journal.deliveries import Deliveries

    destination = _find(args.name, config)
    deliveries = Deliveries.read(config.station.data)
    if deliveries is None:
        return {"destination": _standing(config, destination), "quarantine": []}
    with deliveries:
        kept = deliveries.quarantined(destination.name, limit=args.limit)
    return {
        "destination": _standing(config, destination),
        "quarantine": [
            {
                "result_id": each.result_id,
                "sequence": each.number,
                "reason": each.reason,
                "time": each.time.isoformat(),
                "tried_again": each.again,
            }
            for each in kept
        ],
    }


def _retry(args: argparse.Namespace, config: "StationConfig") -> dict[str, Any]:
    from station.commands.deployment import enter, in_the_name_of
    from station.errors import StationFailedError
    from station.journal.deliveries import Deliveries

    destination = _find(args.name, config)
    with Deliveries.open(config.station.data) as deliveries:
        found = deliveries.retry(destination.name, tuple(args.result))
    if missing := set(args.result) - set(found):
        raise StationFailedError(
            f"{destination.name} has no {', '.join(sorted(missing))} in quarantine;"
            f" `station delivery show {destination.name}` lists what it has"
        )
    details = {"author": in_the_name_of(args.by), "destination": destination.name, "results": str(len(found))}
    station = config.station
    if trouble := enter(station.data, station.audit_key, "delivery-retried", details, through="delivery"):
        sys.stderr.write(f"tried again, but not entered into the audit chain: {trouble}\n")
    return {"destination": _standing(config, destination), "tried_again": list(found)}


def _export(args: argparse.Namespace, config: "StationConfig") -> dict[str, Any]:
    from station.errors import StationFailedError

    destination = _find(args.name, config)
    written = 0
    try:
        with args.out.open("w", encoding="utf-8") as file:
            for record in _records(config, destination, waiting=args.waiting):
                file.write(json.dumps(record, ensure_ascii=False, allow_nan=False) + "\n")
                written += 1
    except OSError as error:
        raise StationFailedError(f"{args.out}: {error.strerror or error}; name a file that can be written") from error
    return {"destination": _standing(config, destination), "file": str(args.out), "results": written}


def _records(config: "StationConfig", destination: "DeliveryTable", *, waiting: bool) -> "Iterator[dict[str, Any]]":
    """Yield the quarantine and, where wanted, the queue, in their order, memory for a page of them at a time."""
    from station.delivery.message import make_message
    from station.gateway.recipes import RecipeFiles
    from station.journal.deliveries import Deliveries
    from station.journal.reader import JournalReader
    from station.journal.result_queries import verdicts_after

    scale = RecipeFiles(config.recipes).pixel_size_um
    deliveries = Deliveries.read(config.station.data)
    if deliveries is None:
        return
    with deliveries, JournalReader(config.station.data) as journal:

        def page(after: int, count: int, **more: str) -> "Iterator[tuple[int, dict[str, Any]]]":
            for row in verdicts_after(journal, after, count):
                message = make_message(row, config.station.name, scale)
                yield row.number, {"destination": destination.name, **more, "result": json.loads(message.body)}

        for kept in _quarantine(deliveries, destination.name):
            yield from (record for _, record in page(kept.number - 1, 1, state="quarantined", reason=kept.reason))
        state = deliveries.state(destination.name)
        done = state.done if state is not None else 0
        while waiting and (records := list(page(done, AT_ONCE, state="waiting", reason=""))):
            yield from (record for _, record in records)
            done = records[-1][0]


def _quarantine(deliveries: "Deliveries", name: str) -> "Iterator[Any]":
    after = 0
    while kept := deliveries.quarantined(name, after, AT_ONCE):
        yield from kept
        after = kept[-1].number


def _find(name: str, config: "StationConfig") -> "DeliveryTable":
    from station.toml_file import ConfigError

    found = next((each for each in config.delivery if each.name == name), None)
    if found is None:
        names = ", ".join(each.name for each in config.delivery) or "none"
        raise ConfigError(f"there is no destination {name!r} in the configuration; there are: {names}")
    return found


def _standing(config: "StationConfig", destination: "DeliveryTable") -> dict[str, Any]:
    from station.delivery.standing import standing_of

    found = standing_of(config.station.data, destination)
    return {
        "name": found.name,
        "kind": destination.kind.value,
        "url": destination.url,
        "delivered": found.done,
        "waiting": found.waiting,
        "quarantined": found.quarantined,
        "failed_tries": found.attempts,
        "next_try": found.next_try.isoformat() if found.next_try is not None else None,
        "error": found.error,
    }


def _print(result: dict[str, Any]) -> None:
    from rich.table import Table

    from station.commands.output import console, say

    destinations = result.get("destinations") or [result["destination"]] if result != {"destinations": []} else []
    table = Table("name", "kind", "has up to", "waiting", "quarantined", "why")
    for each in destinations:
        counts = (str(each[key]) for key in ("delivered", "waiting", "quarantined"))
        table.add_row(each["name"], each["kind"], *counts, each["error"])
    console().print(table)
    if "quarantine" in result:
        kept = Table("result", "sequence", "since", "reason")
        for each in result["quarantine"]:
            kept.add_row(each["result_id"], str(each["sequence"]), each["time"], each["reason"])
        console().print(kept)
    if "file" in result:
        say(f"wrote {result['results']} results to {result['file']}")
    if "tried_again" in result:
        say(f"tried again: {len(result['tried_again'])} of the quarantine, and the queue at once")
