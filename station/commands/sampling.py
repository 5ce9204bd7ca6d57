"""`station sampling`: how many parts of a lot to look at, and with how many bad ones it passes (ISO 2859-1)."""

import argparse
from typing import TYPE_CHECKING, Any

from station.commands.options import add_json

if TYPE_CHECKING:
    from station.quality.sampling import Decision, Plan, Scheme

LEVELS = ("S-1", "S-2", "S-3", "S-4", "I", "II", "III")


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command's own parser."""
    parser = subparsers.add_parser(
        "sampling", help="show the sampling plan of a lot, and where a series of lots stands"
    )
    parser.add_argument("lot_size", type=int, metavar="LOT-SIZE", help="parts in a lot, 2 or more")
    parser.add_argument("--aql", type=float, required=True, metavar="A", help="acceptance quality limit in percent")
    parser.add_argument("--level", choices=LEVELS, default="II", help="inspection level (default II)")
    parser.add_argument(
        "--found",
        type=_counts,
        default=(),
        metavar="N,N,…",
        help="bad parts in the samples of the lots so far, oldest first: by them the severity of the next lot is chosen",
    )
    parser.add_argument("--reduce", action="store_true", help="production is steady, and reduced inspection is wanted")
    add_json(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Show the plan of the next lot."""
    from station.commands.output import emit_json
    from station.quality.sampling import Level, Scheme, Severity, Switching, code_letter
    from station.toml_file import ConfigError

    scheme, state = Scheme(args.aql, Level(args.level), may_reduce=args.reduce), Switching()
    decisions: list[Decision] = []
    try:
        letter = code_letter(args.lot_size, scheme.level)
        for found in args.found:
            decisions.append(scheme.judge(args.lot_size, found, state))
            state = decisions[-1].then
        stopped = state.severity is Severity.STOPPED
        plan = None if stopped else scheme.plan(args.lot_size, state.severity)
    except ValueError as error:
        raise ConfigError(f"{error}") from None
    result = {
        "code_letter": letter,
        "severity": state.severity.value,
        "plan": _plan(plan),
        "lots": [{"accepted": each.accepted, "plan": _plan(each.plan)} for each in decisions],
    }
    if args.json:
        emit_json(result)
    else:
        _say(args, scheme, result, decisions)
    return 0


def _plan(plan: "Plan | None") -> dict[str, int] | None:
    return None if plan is None else {"size": plan.size, "accept": plan.accept, "reject": plan.reject}


def _say(args: argparse.Namespace, scheme: "Scheme", result: dict[str, Any], decisions: "list[Decision]") -> None:
    from station.commands.output import say

    for number, (found, decision) in enumerate(zip(args.found, decisions, strict=True), 1):
        plan = decision.plan
        word = "accepted" if decision.accepted else "rejected"
        say(f"lot {number}: {found} bad of {plan.size}, {word}; then {decision.then.severity.value}")
    head = f"lots of {args.lot_size}, AQL {scheme.aql:g}, level {scheme.level.value}: letter {result['code_letter']}"
    if result["plan"] is None:
        say(f"{head}; inspection is stopped until something is done, then it is tightened")
        return
    plan_of = result["plan"]
    say(
        f"{head}, {result['severity']} inspection: look at {plan_of['size']}, accept with up to {plan_of['accept']} bad,"
        f" reject with {plan_of['reject']} or more"
    )


def _counts(text: str) -> tuple[int, ...]:
    try:
        return tuple(int(part) for part in text.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no list of counts such as 0,1,0") from None
