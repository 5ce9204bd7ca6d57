"""`station recipe`: whether a recipe can be used, and what recorded parts would be under it."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from station.commands.options import add_config, add_json, moment, part_count
from station.commands.recipe_zones import add_zones

if TYPE_CHECKING:
    from collections.abc import Container

    from station.config import StationConfig
    from station.line.recipe import Recipe
    from station.line.replay import Rejudged, Replay

PARTS = 200


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command's own parser, with one more for each of its actions."""
    parser = subparsers.add_parser("recipe", help="check a recipe, and judge recorded parts once more by it")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    checking = actions.add_parser("check", help="say whether a recipe can be used, and its rules in words")
    checking.add_argument("file", type=Path, metavar="FILE", nargs="?", help="the recipe; every one of F without it")
    add_config(checking, required=False)
    add_json(checking)
    checking.set_defaults(run=check)
    replaying = actions.add_parser("replay", help="show what recorded parts would be under a recipe; changes nothing")
    replaying.add_argument("recipe", metavar="RECIPE", help="a recipe's file, or the name of one of the station's")
    add_config(replaying)
    replaying.add_argument(
        "--limit", type=part_count, default=PARTS, metavar="N", help=f"the newest N parts of it (default {PARTS})"
    )
    replaying.add_argument(
        "--since", type=moment, metavar="T", help="none from before, such as 2026-01-31T06:00; with zone, or local time"
    )
    add_json(replaying)
    replaying.set_defaults(run=replay_parts)
    add_zones(actions)


def check(args: argparse.Namespace) -> int:
    """Check one recipe or all of a station; 1 when something in one will not work as it is written."""
    from station.commands.output import emit_json
    from station.config import load_station
    from station.toml_file import ConfigError

    config = load_station(args.config) if args.config else None
    if args.file is None and config is None:
        raise ConfigError("which recipe? name its file, or the station's with --config F")
    files = [args.file] if args.file or config is None else sorted(config.recipes.glob("*.toml"))
    if not files and config is not None:
        raise ConfigError(f"{config.recipes}: no recipe here; `station init DIR` writes a first one")
    found = [_checked(path, config) for path in files]
    well = not any(recipe["misfits"] for recipe in found)
    if args.json:
        emit_json({"ok": well, "recipes": found})
    else:
        _print_checked(found)
    return 0 if well else 1


def _checked(path: Path, config: "StationConfig | None") -> dict[str, Any]:
    from station.line.recipe_check import check_recipe, lies_elsewhere
    from station.line.recipe_words import describe_mask, describe_rule, describe_zone

    data = config.station.data if config else None
    found = check_recipe(path, config, elsewhere=lies_elsewhere(path, config))
    recipe = found.recipe
    return {
        "file": str(path),
        "name": recipe.name,
        "version": recipe.version,
        "sha256": recipe.sha256,
        "views": [
            {
                "name": view.name,
                "decided_by": view.decided_by,
                "scale": _scale(recipe, view.name, found.calibrations, data),
            }
            for view in recipe.views
        ],
        "rules": [describe_rule(rule) for rule in recipe.criteria],
        "zones": [describe_zone(zone) for zone in recipe.zones],
        "masks": [describe_mask(mask) for view in recipe.views for mask in recipe.masks_of(view.name)],
        "misfits": list(found.misfits),
        "in_place": found.in_place,
    }


def _scale(recipe: "Recipe", view: str, calibrated: "Container[str]", data: Path | None) -> str:
    """Say where a view's millimetres come from."""
    if view in calibrated:
        return "millimetres by its calibration"
    if recipe.pixel_size_um is not None:
        return "millimetres by pixel_size_um"
    return "sizes in pixels only" if data else "millimetres only where the station has a calibration: see --config"


def _print_checked(found: list[dict[str, Any]]) -> None:
    from station.commands.output import say

    for recipe in found:
        say(f"{recipe['file']}: recipe {recipe['name']} version {recipe['version']} can be used")
        for view in recipe["views"]:
            say(f"  view {view['name']}: decided by the {view['decided_by']}, {view['scale']}")
        for number, rule in enumerate(recipe["rules"], 1):
            say(f"  rule {number}: {rule}")
        for zone in recipe["zones"]:
            say(f"  zone {zone}")
        for mask in recipe["masks"]:
            say(f"  NOT INSPECTED: {mask}")
        for misfit in recipe["misfits"]:
            say(f"  NOT AS WRITTEN: {misfit}")
        if recipe["in_place"]:
            say(f"  NOT IN PLACE: {recipe['in_place']}")


def replay_parts(args: argparse.Namespace) -> int:
    """Judge recorded parts once more and show which would have another verdict."""
    from models.shelf import Shelf
    from station.commands.output import emit_json
    from station.config import load_station
    from station.journal.reader import JournalReader
    from station.line.calibrations import load_calibrations
    from station.line.recipe import calibrated_in, read_recipe
    from station.line.replay import limits_on_shelf, replay

    config = load_station(args.config)
    data = config.station.data
    named = Path(args.recipe)
    path = named if named.suffix == ".toml" or named.is_file() else config.recipe_file(args.recipe)
    recipe = read_recipe(path, calibrated_in(data)).behind(config)
    calibrations = load_calibrations(data, [view.name for view in recipe.views])
    with JournalReader(data) as journal:
        shelf = limits_on_shelf(Shelf(data / "models"))
        found = replay(journal, recipe, shelf, calibrations, limit=args.limit, since=args.since)
    if args.json:
        emit_json(replay_json(recipe, found))
    else:
        _print_replay(recipe, found)
    return 0


def replay_json(recipe: "Recipe", found: "Replay") -> dict[str, Any]:
    """Return what `station recipe replay --json` prints."""
    decided, before, after = found.agreement()
    return {
        "recipe": {"name": recipe.name, "version": recipe.version, "sha256": recipe.sha256},
        "parts": len(found.parts),
        "changes": [
            {"was": was.value, "now": now.value, "parts": count}
            for (was, now), count in sorted(found.changes.items(), key=lambda item: -item[1])
        ],
        "people": {"decided": decided, "agreed": before, "would_agree": after},
        "changed": [_part_json(part) for part in found.parts if part.changed],
        "left_out": [{"uid": str(part.uid), "reason": part.reason} for part in found.left_out],
    }


def _part_json(part: "Rejudged") -> dict[str, Any]:
    from station.journal.findings import finding_json

    return {
        "uid": str(part.uid),
        "part_id": part.part_id,
        "part_seq": part.part_seq,
        "time": part.time.isoformat(),
        "was": part.was.kind.value,
        "was_reason": part.was.reason,
        "now": part.now.kind.value,
        "now_reason": part.now.reason,
        "person": part.person.value if part.person else None,
        "findings": [finding_json(finding) for finding in part.now.findings],
    }


def _print_replay(recipe: "Recipe", found: "Replay") -> None:
    from rich.table import Table

    from station.commands.output import console, say

    changed = [part for part in found.parts if part.changed]
    say(
        f"recipe {recipe.name} version {recipe.version}: {len(found.parts)} parts judged once more, {len(changed)} change"
    )
    for (was, now), count in found.changes.items():
        say(f"  {count} from {was.value} to {now.value}")
    decided, before, after = found.agreement()
    if decided:
        say(f"  people decided {decided} of them: the rules agreed with {before}, and would agree with {after}")
    if changed:
        table = Table("uid", "part", "time (UTC)", "was", "now", "person", "because")
        table.columns[0].no_wrap = True
        for part in changed:
            name = part.part_id or str(part.part_seq)
            person = part.person.value if part.person else ""
            kinds = (part.was.kind.value, part.now.kind.value, person)
            table.add_row(str(part.uid), name, f"{part.time:%Y-%m-%d %H:%M:%S}", *kinds, part.now.reason)
        console().print(table)
    for left in found.left_out:
        say(f"  left out {left.uid}: {left.reason}")
