"""`station recipe zones`: the zones of a recipe, and putting others in their place."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from station.commands.options import add_by, add_config, add_json

if TYPE_CHECKING:
    from station.config import StationConfig
    from station.line.recipe import Recipe
    from station.line.zone_file import PictureSizes

_LOOKED_AT = 50
"""Newest parts that are asked how large the pictures are."""


def add_zones(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the parser of `zones` to those of `station recipe`."""
    parser = actions.add_parser("zones", help="list the zones of a recipe, or put others in their place")
    parser.add_argument("name", metavar="NAME", help="a recipe of the station")
    add_config(parser)
    parser.add_argument(
        "--set",
        type=Path,
        metavar="FILE",
        dest="file",
        help="JSON with the zones it has from now on, as --json prints them",
    )
    add_by(parser)
    add_json(parser)
    parser.set_defaults(run=zones)


def zones(args: argparse.Namespace) -> int:
    """List the zones, or replace them."""
    from station.config import load_station
    from station.line.recipe import load_station_recipe
    from station.line.zone_file import zones_json

    config = load_station(args.config)
    if args.file is not None:
        return _replace(args, config)
    recipe = load_station_recipe(config, args.name)
    _tell(args, recipe, zones_json(recipe))
    return 0


def _replace(args: argparse.Namespace, config: "StationConfig") -> int:
    from station.commands.deployment import enter, in_the_name_of
    from station.line.zone_file import check_in_picture, read_zones, replace_zones, zones_json

    wanted = read_zones(args.file)
    check_in_picture(wanted.zones, _picture_sizes(config, args.name), args.file)
    before, after = replace_zones(config, args.name, wanted, args.file)
    details = {
        "author": in_the_name_of(args.by),
        "recipe": after.name,
        "version": str(after.version),
        "sha256": after.sha256,
        "before": before.sha256,
    }
    if trouble := enter(config.station.data, config.station.audit_key, "zones-drawn", details, through="recipe zones"):
        sys.stderr.write(f"replaced, but not entered into the audit chain: {trouble}\n")
    _tell(args, after, zones_json(after) | {"before": before.version})
    return 0


def _tell(args: argparse.Namespace, recipe: "Recipe", said: dict[str, Any]) -> None:
    from station.commands.output import emit_json, say
    from station.line.recipe_words import describe_zone

    if args.json:
        emit_json(said)
        return
    count = len(recipe.zones)
    say(f"recipe {recipe.name} version {recipe.version}: {count} {'zone' if count == 1 else 'zones'}")
    for zone in recipe.zones:
        say(f"  zone {describe_zone(zone)}")
    if args.file is not None:
        say("a running line goes on with the zones it has until the recipe is chosen once more")


def _picture_sizes(config: "StationConfig", recipe: str) -> "PictureSizes":
    """Return the size of each view's newest picture on record; none where nothing was recorded under the recipe."""
    from station.journal.reader import DATABASE, JournalReader

    data = config.station.data
    sizes: dict[str, tuple[int, int]] = {}
    if not (data / DATABASE).is_file():
        return {}
    with JournalReader(data) as journal:
        for summary in journal.parts(limit=_LOOKED_AT).parts:
            record = journal.part(summary.uid) if summary.recipe == recipe else None
            for view in record.inspection.views if record else ():
                if view.image is not None:
                    sizes.setdefault(view.name, (view.width, view.height))
    return sizes
