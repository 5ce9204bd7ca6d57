"""`station simulate-people`: people with known error rates decide the virtual line's parts, to try the figures on."""

import argparse
import sys
from typing import TYPE_CHECKING, Any

from station.commands.options import add_config, add_json

if TYPE_CHECKING:
    from station.demo.people import Did

RATES = ((0.10, 0.03), (0.20, 0.06))
"""Miss rate and false-alarm rate of each, where none are given."""


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command's own parser."""
    parser = subparsers.add_parser(
        "simulate-people", help="let simulated people with known error rates decide a virtual line's parts"
    )
    defaults = " and ".join(f"{miss},{alarm}" for miss, alarm in RATES)
    parser.add_argument(
        "--rates",
        type=_rates,
        action="append",
        metavar="MISS,FALSE",
        help=f"one more person, by the share of bad parts missed and of good ones rejected (default {defaults})",
    )
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="other seeds err on other parts (default 1)")
    add_config(parser)
    add_json(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Let them work, and say what they did."""
    from station.commands.output import emit_json, say
    from station.config import load_station
    from station.demo.people import BY, Habits, simulate
    from station.line.interrupt import interruptible

    config = load_station(args.config)
    people = [Habits(f"{BY}{number}", *rates) for number, rates in enumerate(args.rates or RATES, 1)]
    with interruptible():
        done = simulate(config, people, args.seed, _progress)
    if args.json:
        emit_json({"people": [_json(did) for did in done]})
        return 0
    for did in done:
        wrong = f"{did.missed} of {did.bad} bad parts missed, {did.false_alarms} of {did.good} good ones rejected"
        say(f"{did.habits.name}: {wrong} (rates {did.habits.miss_rate:g} and {did.habits.false_alarm_rate:g})")
    return 0


def _json(did: "Did") -> dict[str, Any]:
    return {
        "name": did.habits.name,
        "miss_rate": did.habits.miss_rate,
        "false_alarm_rate": did.habits.false_alarm_rate,
        "bad": did.bad,
        "missed": did.missed,
        "good": did.good,
        "false_alarms": did.false_alarms,
    }


def _rates(text: str) -> tuple[float, float]:
    try:
        miss, alarm = (float(part) for part in text.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not two shares such as 0.1,0.03") from None
    if not all(0 <= rate <= 1 for rate in (miss, alarm)):
        raise argparse.ArgumentTypeError("a share lies between 0 and 1")
    return miss, alarm


def _progress(number: int, of: int) -> None:
    if number % 50 == 0 or number == of:
        sys.stderr.write(f"{number} of {of} parts\n")
