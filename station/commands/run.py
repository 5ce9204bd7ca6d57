"""`station run`: the engine and its workers, under supervision."""

import argparse
from typing import Any

from station.commands.options import add_config, add_json


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command's own parser."""
    parser = subparsers.add_parser("run", help="run the engine and its workers")
    add_config(parser)
    parser.add_argument("--parts", type=int, metavar="N", help="end after N parts")
    add_json(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Supervise the engine until it has done its parts or a signal comes."""
    from station.commands.output import emit_json, say
    from station.config import load_station
    from station.gateway.children import beside_the_engine
    from station.line.interrupt import run_until_interrupted
    from station.line.recipe import load_active_recipe
    from station.line.supervisor import Supervisor, engine_command

    config = load_station(args.config)
    load_active_recipe(config)
    supervisor = Supervisor(engine_command(args.config, args.parts), beside_the_engine(args.config, config))
    code = run_until_interrupted(supervisor.run, supervisor.stop)
    if supervisor.reports:
        report = {**supervisor.reports[-1], "restarts": supervisor.restarts}
        if args.json:
            emit_json(report)
        else:
            say(_describe(report))
    return code


def _describe(report: dict[str, Any]) -> str:
    parts, frames = report["parts"], report["frames"]
    return (
        f"{parts['finished']} parts: {parts.get('OK', 0)} OK, {parts.get('NG', 0)} NG,"
        f" {parts.get('NOT_DECIDABLE', 0)} not decidable; frames: {frames['triggered']} triggered ="
        f" {frames['delivered']} delivered + {frames['incomplete']} incomplete + {frames['lost']} lost;"
        f" engine restarts: {report['restarts']}"
    )
