"""`station report`: the figures of quality of a stretch of time, as a page and as a PDF."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from station.commands.options import add_config, add_data, add_json, moment
from station.commands.sampling import LEVELS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from station.quality.figures import Figures
    from station.quality.sampling import Scheme
    from station.report.document import Report

NAME = "quality-report"
SUFFIXES = (".html", ".pdf")


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command's own parser."""
    parser = subparsers.add_parser("report", help="write the figures of quality as HTML and PDF")
    parser.add_argument("--since", type=moment, metavar="T", help="parts from then on, such as 2026-01-31T06:00")
    parser.add_argument("--until", type=moment, metavar="T", help="parts before then")
    parser.add_argument("--lot", default="", metavar="L", help="only parts whose id begins so")
    parser.add_argument("--recipe", default="", metavar="R", help="only parts of that recipe")
    parser.add_argument(
        "--output",
        type=Path,
        default=Path(),
        metavar="PATH",
        help=f"a folder for {NAME}.html and {NAME}.pdf (default: this one), or one file ending in .html or .pdf",
    )
    parser.add_argument(
        "--aql", type=float, metavar="A", help="accept or reject lots by their audited parts (ISO 2859-1)"
    )
    parser.add_argument("--level", choices=LEVELS, default="II", help="inspection level for --aql (default II)")
    parser.add_argument("--replace", action="store_true", help="put them in place of files of the same name")
    add_data(parser)
    add_config(parser, required=False)
    add_json(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Read, work out, write."""
    from datetime import UTC, datetime

    from station.commands.output import emit_json, say
    from station.journal.disk import make_directory, write_durably
    from station.report.content import report

    paths = _paths(args.output, replace=args.replace)
    made = datetime.now(UTC)
    figures, station = _figures(args, made)
    files = _rendered(report(figures, station, made), made, paths)
    for path, data in files.items():
        make_directory(path.parent)
        write_durably(path, data, attempt="write the report")
    if args.json:
        emit_json({"files": [str(path) for path in files], "figures": _plain(figures)})
        return 0
    say(
        f"{figures.tally.parts} parts from {figures.scope.since:%Y-%m-%d %H:%M} to {figures.scope.until:%Y-%m-%d %H:%M} UTC"
    )
    for path in files:
        say(f"  {path}")
    return 0


def _paths(output: Path, *, replace: bool) -> tuple[Path, ...]:
    from station.journal.errors import StorageError

    named = output.suffix.lower() in SUFFIXES and not output.is_dir()
    paths = (output,) if named else tuple(output / f"{NAME}{suffix}" for suffix in SUFFIXES)
    there = [path for path in paths if path.exists()]
    if there and not replace:
        raise StorageError(f"{there[0]}: there is such a file already; give another --output, or --replace")
    return paths


def _figures(args: argparse.Namespace, now: "datetime") -> "tuple[Figures, str]":
    from station.config import ShiftTable, load_station
    from station.journal.errors import StorageError
    from station.journal.reader import JournalReader
    from station.report.gather import gather, scope_of

    scheme = _scheme(args)
    config = load_station(args.config) if args.config else None
    data = config.station.data if config else args.data
    shifts = config.shift if config else ShiftTable()
    with JournalReader(data) as reader:
        scope = scope_of(reader, now, _utc(args.since), _utc(args.until), args.lot, args.recipe)
        if scope is None:
            raise StorageError(f"{reader.path}: there is no part to report on; ask for another time, lot or recipe")
        return gather(reader, scope, shifts.at, scheme), config.station.name if config else data.resolve().name


def _scheme(args: argparse.Namespace) -> "Scheme | None":
    from station.quality.sampling import AQLS, Level, Scheme
    from station.toml_file import ConfigError

    if args.aql is None:
        return None
    if args.aql not in AQLS:
        raise ConfigError(f"--aql {args.aql:g}: choose one of {', '.join(f'{each:g}' for each in AQLS)}")
    return Scheme(args.aql, Level(args.level))


def _utc(time: "datetime | None") -> "datetime | None":
    from datetime import UTC

    return time.astimezone(UTC) if time else None


def _rendered(report: "Report", made: "datetime", paths: tuple[Path, ...]) -> "Mapping[Path, bytes]":
    """Make all of them before the first is written."""
    from station.report.html import html
    from station.report.pdf import pdf

    return {path: html(report) if path.suffix.lower() == ".html" else pdf(report, made) for path in paths}


def _plain(value: object) -> Any:
    """Return figures as JSON knows them; scores are left out, a share has its interval beside."""
    from dataclasses import fields, is_dataclass
    from datetime import datetime
    from enum import Enum

    from station.quality.share import Share

    if isinstance(value, Share):
        bounds = value.interval
        return {"count": value.count, "of": value.of, "share": value.share, "interval": [bounds.low, bounds.high]}
    if is_dataclass(value):
        return {
            each.name: _plain(getattr(value, each.name)) for each in fields(value) if each.name not in {"before", "now"}
        }
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, datetime):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value
