"""Options several commands share, so that they read the same everywhere."""

import argparse
from collections.abc import Callable
from datetime import datetime
from pathlib import Path


def add_config(parser: argparse.ArgumentParser, *, required: bool = True) -> None:
    """Add `--config F`."""
    parser.add_argument("--config", type=Path, metavar="F", required=required, help="the station's configuration")


def add_json(parser: argparse.ArgumentParser) -> None:
    """Add `--json`."""
    parser.add_argument("--json", action="store_true", help="print exactly one JSON object on stdout")


def add_data(parser: argparse.ArgumentParser) -> None:
    """Add `--data DIR`."""
    parser.add_argument(
        "--data", type=Path, default=Path("station-data"), metavar="DIR", help="the data folder (default station-data)"
    )


def add_by(parser: argparse.ArgumentParser) -> None:
    """Add `--by PERSON`."""
    parser.add_argument(
        "--by", metavar="PERSON", help="in whose name the audit chain has it (default: the machine's user)"
    )


def run_behind(parser: argparse.ArgumentParser, when: Callable[[argparse.Namespace], bool] = lambda _: True) -> None:
    """Let the program lower its own process before the command runs: it gets what a running line leaves.

    Parameters
    ----------
    when
        Whether it does so with these arguments.
    """
    parser.set_defaults(behind=when)


def part_count(text: str) -> int:
    """Read a number of parts, at least one."""
    count = int(text)
    if count < 1:
        raise argparse.ArgumentTypeError("there must be at least one part")
    return count


def moment(text: str) -> datetime:
    """Read a date and time, local where it names no zone."""
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date and time such as 2026-01-31T06:00") from None
    return time.astimezone() if time.tzinfo is None else time
