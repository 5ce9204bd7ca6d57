"""Options that several actions of `station dataset` share, and how they tell how far they are."""

import argparse
import re
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from station.datasets.query import Query

VERDICTS = ("OK", "NG", "NOT_DECIDABLE")


def add_query(parser: argparse.ArgumentParser) -> None:
    """Add the options that say which parts."""
    group = parser.add_argument_group("which parts")
    group.add_argument("--verdict", choices=VERDICTS)
    group.add_argument("--recipe", default="", metavar="R")
    group.add_argument(
        "--since", type=_time, metavar="TIME", help="triggered from then on (ISO 8601; UTC where no zone is named)"
    )
    group.add_argument("--until", type=_time, metavar="TIME", help="triggered before")
    group.add_argument("--author", default="", metavar="PERSON", help="who gave the verdict or labelled a view")
    group.add_argument("--class", default="", dest="class_name", metavar="C", help="with a label of that class")


def add_dealing(parser: argparse.ArgumentParser) -> None:
    """Add the options that say how splits are dealt."""
    dealing = parser.add_argument_group("splits")
    dealing.add_argument(
        "--shares", type=_shares, metavar="A,B,C", help="of train, val and test (default 0.7,0.15,0.15)"
    )
    dealing.add_argument(
        "--lot", type=_pattern, metavar="REGEX", help="what of a part's id names its lot, which stays together"
    )


def query_of(args: argparse.Namespace) -> "Query":
    """Return what the options of `add_query` ask for."""
    from station.datasets.query import Query
    from station.line.inspection import VerdictKind

    verdict = VerdictKind(args.verdict) if args.verdict else None
    return Query(verdict, args.recipe, args.since, args.until, args.author, args.class_name)


class Progress:
    """Tells stderr how far it is: a line that is written over at a terminal, one line at the end anywhere else."""

    def __init__(self, what: str, of: int | None = None) -> None:
        self._what, self._of, self._number = what, of, 0
        self._terminal = sys.stderr.isatty()

    def __call__(self, number: int) -> None:
        """Tell how many there are by now."""
        self._number = number
        if self._terminal and number % 20 == 0:
            sys.stderr.write(f"\r{self._line}")
            sys.stderr.flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        start = "\r" if self._terminal else ""
        sys.stderr.write(f"{start}{self._line}\n")

    @property
    def _line(self) -> str:
        share = f" of {self._of} ({self._number / self._of:.0%})" if self._of else ""
        return f"{self._number}{share} {self._what}"


def _time(text: str) -> datetime:
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no time; write 2026-03-01 or 2026-03-01T06:00+01:00") from None
    return time if time.tzinfo else time.replace(tzinfo=UTC)


def _shares(text: str) -> tuple[float, ...]:
    try:
        return tuple(float(word) for word in text.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no list of numbers; write 0.7,0.15,0.15") from None


def _pattern(text: str) -> re.Pattern[str]:
    try:
        return re.compile(text)
    except re.error as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no regular expression ({error})") from None
