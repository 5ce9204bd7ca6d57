"""`station models evaluate` and `compare`: versions over the parts that people decided."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from station.commands.models_card import count_json, write_new
from station.commands.options import add_config, add_json, moment, part_count, run_behind

if TYPE_CHECKING:
    from models.evaluate import Count
    from models.shelf import Shelf
    from station.line.evaluation import Evaluated, Evaluations, Version

NEWEST = 500
SHOWN = 10
"""Parts that are named in the text; `--json` names them all."""


def add_actions(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add both actions' own parsers."""
    evaluating = actions.add_parser("evaluate", help="let a version judge the parts that people decided")
    evaluating.add_argument("name", metavar="NAME")
    evaluating.add_argument("version", metavar="VERSION", nargs="?", help="the deployed one where none is named")
    _finish(evaluating, evaluate_model)
    comparing = actions.add_parser("compare", help="let two versions judge the same parts that people decided")
    for place in ("first", "second"):
        comparing.add_argument(place, metavar=place[0].upper(), help="NAME@VERSION, or NAME for the deployed one")
    _finish(comparing, compare_models)


def evaluate_model(args: argparse.Namespace) -> int:
    """Print what one version makes of the parts."""
    from station.commands.output import emit_json

    found = _evaluated(args, [(args.name, args.version)])
    _write_page(args, found)
    if args.json:
        emit_json(_json(found) | _version_json(found, 0))
    else:
        _print(found)
    return 0


def compare_models(args: argparse.Namespace) -> int:
    """Print what two versions make of the same parts."""
    from station.commands.output import emit_json

    asked = [
        (name, version or None) for name, _, version in (text.partition("@") for text in (args.first, args.second))
    ]
    found = _evaluated(args, asked)
    _write_page(args, found)
    if args.json:
        emit_json(_json(found) | {"versions": [_version_json(found, number) for number in (0, 1)]})
    else:
        _print(found)
    return 0


def _evaluated(args: argparse.Namespace, asked: "Sequence[tuple[str, str | None]]") -> "Evaluations":
    from models.shelf import Shelf
    from station.config import load_station
    from station.line.evaluation import evaluate_versions, find_view
    from station.line.interrupt import interruptible
    from station.line.learn_labelled import Wanted
    from station.line.recipe import load_active_recipe, load_station_recipe

    config = load_station(args.config)
    recipe = load_station_recipe(config, args.recipe) if args.recipe else load_active_recipe(config)
    shelf = Shelf(config.station.data / "models")
    versions = [_version(shelf, name, version) for name, version in asked]
    view = find_view(recipe, [one.name for one in versions], args.view)
    with interruptible():
        return evaluate_versions(config, recipe, view, versions, Wanted(args.limit, args.since), _progress)


def _write_page(args: argparse.Namespace, found: "Evaluations") -> None:
    """Draw the page where one is asked for."""
    from datetime import UTC, datetime

    from station.config import load_station
    from station.line.evaluation_page import evaluation_page
    from station.report.html import html
    from station.report.pdf import pdf

    if args.html is None and args.pdf is None:
        return
    made = datetime.now(UTC)
    page = evaluation_page(load_station(args.config), found, made)
    files = {args.html: html(page), args.pdf: pdf(page, made)}
    write_new({path: data for path, data in files.items() if path is not None}, replace=args.replace)


def _version(shelf: "Shelf", name: str, version: str | None) -> "Version":
    from models.shelf import version_asked
    from station.line.evaluation import Version

    return Version(name, version_asked(shelf, name, version))


def _json(found: "Evaluations") -> dict[str, Any]:
    good = sum(part.one.good for part in found.parts)
    return {
        "recipe": found.recipe,
        "view": found.view,
        "good": good,
        "bad": len(found.parts) - good,
        "left_out": found.left_out,
    }


def _version_json(found: "Evaluations", number: int) -> dict[str, Any]:
    one = found.versions[number]
    figures = one.figures
    return {
        "name": one.version.name,
        "version": one.version.version,
        "low": one.low,
        "high": one.high,
        "auroc": figures.auroc,
        "missed": count_json(figures.missed),
        "false_alarms": count_json(figures.false_alarms),
        "undecided_good": count_json(figures.undecided_good),
        "undecided_bad": count_json(figures.undecided_bad),
        "missed_parts": _uids(found, number, good=False),
        "false_alarm_parts": _uids(found, number, good=True),
    }


def _uids(found: "Evaluations", number: int, *, good: bool) -> list[str]:
    return [str(one.sample.part_uid) for one in found.wrong(number, good=good)]


def _print(found: "Evaluations") -> None:
    from rich.table import Table

    from station.commands.output import console, say

    about = _json(found)
    say(
        f"recipe {found.recipe}, view {found.view}: {about['good']} good and {about['bad']} bad parts, decided by people"
    )
    for why, count in found.left_out.items():
        say(f"  left out: {count} {why}")
    table = Table("", *(f"{one.version.name} version {one.version.version}" for one in found.versions))
    for title, cells in zip(_TITLES, zip(*(_cells(one) for one in found.versions), strict=True), strict=True):
        table.add_row(title, *cells)
    console().print(table)
    for number, one in enumerate(found.versions):
        name = f"{one.version.name} version {one.version.version}"
        for what, good in (("misses bad part", False), ("raises a false alarm at good part", True)):
            uids = _uids(found, number, good=good)
            for uid in uids[:SHOWN]:
                say(f"  {name} {what} {uid}")
            if len(uids) > SHOWN:
                say(f"  {name} {what}: {len(uids) - SHOWN} more, see --json")


_TITLES = ("low, high", "AUROC", "missed", "false alarms", "good, not decidable", "bad, not decidable")


def _cells(one: "Evaluated") -> tuple[str, ...]:
    figures = one.figures
    counts = (figures.missed, figures.false_alarms, figures.undecided_good, figures.undecided_bad)
    return (f"{one.low:.4g}, {one.high:.4g}", f"{figures.auroc:.4f}", *(_count_text(count) for count in counts))


def _count_text(count: "Count") -> str:
    """Say a share with its 95 % interval."""
    from station.quality.p_chart import wilson

    interval = wilson(count.count, count.of)
    share = count.count / count.of
    return f"{count.count} of {count.of}: {share:.1%} ({interval.low:.1%} to {interval.high:.1%})"


def _finish(parser: argparse.ArgumentParser, run: Any) -> None:
    add_config(parser)
    parser.add_argument("--recipe", metavar="RECIPE", help="parts of this recipe (default: the station's present one)")
    parser.add_argument("--view", metavar="VIEW", help="of this view (default: the one that the model is for)")
    parser.add_argument(
        "--limit",
        type=part_count,
        default=NEWEST,
        metavar="N",
        help=f"the newest N good and the newest N bad ones (default {NEWEST})",
    )
    parser.add_argument("--since", type=moment, metavar="T", help="labelled since then, such as 2026-01-31T06:00")
    parser.add_argument("--html", type=Path, metavar="F", help="write a page with curves and the worst mistakes")
    parser.add_argument("--pdf", type=Path, metavar="F", help="write the same page as PDF")
    parser.add_argument("--replace", action="store_true", help="put them in place of files of the same name")
    add_json(parser)
    run_behind(parser)
    parser.set_defaults(run=run)


def _progress(stage: str, fraction: float) -> None:
    sys.stderr.write(f"{fraction:4.0%} {stage}\n")
