"""`station learn`: learn the good part, from the station's cameras, a folder of pictures, or what people labelled."""

import argparse
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from station.commands.options import add_by, add_config, add_json, moment, part_count, run_behind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from station.config import StationConfig
    from station.line.learn import LearnedModel
    from station.line.recipe import Recipe

NEWEST = 200
HEADS = ("one-class", "patch", "ok-ng", "auto")


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command's own parser."""
    parser = subparsers.add_parser("learn", help="learn the good part and deploy the model")
    add_config(parser)
    parser.add_argument("--folder", type=Path, metavar="DIR", help="learn from these pictures of good parts instead")
    parser.add_argument(
        "--from",
        dest="origin",
        type=_origin,
        metavar="journal|dataset:NAME[@VERSION]",
        help="learn beside a running line: from the good parts that people confirmed or taught, or from the train split of"
        " a frozen dataset",
    )
    parser.add_argument(
        "--limit", type=part_count, metavar="N", help=f"with --from: the newest N of them (default {NEWEST})"
    )
    parser.add_argument(
        "--since", type=moment, metavar="T", help="with --from journal: labelled since then, such as 2026-01-31T06:00"
    )
    parser.add_argument(
        "--head",
        choices=HEADS,
        help="with --from: learn the good part (one-class, the default), outlines (patch), verdicts (ok-ng), or what"
        " cross-validation finds best (auto)",
    )
    parser.add_argument("--deploy", action="store_true", help="with --from: deploy what is learned; else it only stays")
    add_by(parser)
    parser.add_argument("--seed", type=int, default=0, metavar="S", help="same pictures, same seed, same model")
    parser.add_argument("--parent", type=int, metavar="PID", help=argparse.SUPPRESS)
    add_json(parser)
    run_behind(parser, lambda args: args.origin is not None)  # what is taken now is taken with the line's own cameras
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Learn, deploy where that is meant, and say what came of it."""
    from camera.parent import end_with_parent
    from station.commands.output import emit_json
    from station.config import load_station
    from station.line.interrupt import interruptible
    from station.line.recipe import load_active_recipe

    _check_options(args)
    if args.parent is not None:  # the screen that started it: nobody would see it go on
        end_with_parent(args.parent, signal.SIGTERM)
    config = load_station(args.config)
    recipe = load_active_recipe(config)
    with interruptible():
        models = _learn_labelled(args, config, recipe) if args.origin else _learn_taught(args, config, recipe)
    if args.json:
        emit_json({"models": [_model_json(model, _suspects(config, model)) for model in models]})
    _say(config, models)
    return 0


def _check_options(args: argparse.Namespace) -> None:
    from station.toml_file import ConfigError

    if args.origin and args.folder:
        raise ConfigError(f"--from {args.origin} and --folder DIR are two origins; name one")
    if args.since is not None and _dataset_of(args.origin):
        raise ConfigError("--since goes with --from journal; a dataset says itself what is in it")
    told = (args.limit, args.since, args.head)
    if not args.origin and (any(one is not None for one in told) or args.deploy):
        raise ConfigError(
            "--limit, --since, --head and --deploy go with --from journal or --from dataset:NAME; what is learned otherwise "
            "is deployed at once"
        )


def _learn_taught(args: argparse.Namespace, config: "StationConfig", recipe: "Recipe") -> "list[LearnedModel]":
    """Learn from pictures that are taken now, which deploys, and enter that into the audit chain."""
    from models.shelf import Shelf
    from station.commands.deployment import enter_deployment
    from station.line.learn import learn_good_part

    shelf = Shelf(config.station.data / "models")
    before = {view.model: shelf.deployed(view.model) for view in recipe.views}
    models = learn_good_part(config, recipe, args.seed, _progress, folder=args.folder)
    for one in models:
        key = config.station.audit_key
        enter_deployment(config.station.data, key, args.by, one.name, one.version, before[one.name])
    return models


def _learn_labelled(args: argparse.Namespace, config: "StationConfig", recipe: "Recipe") -> "list[LearnedModel]":
    """Learn beside the line; deploy only what has answered, and only when all of it is learned."""
    from dataclasses import replace

    from models.shelf import Shelf
    from station.commands.deployment import enter_deployment
    from station.datasets.shelf import Shelf as Datasets
    from station.line.learn_labelled import Head, Wanted, learn_from_journal

    name = _dataset_of(args.origin)
    dataset = Datasets(config.station.data).load(name) if name else None
    wanted = Wanted(args.limit or NEWEST, args.since, dataset, Head(args.head or HEADS[0]))
    models = learn_from_journal(config, recipe, args.seed, _progress, wanted)
    if not args.deploy:
        return models
    shelf = Shelf(config.station.data / "models")
    for model in models:
        before = shelf.deployed(model.name)
        shelf.deploy(model.name, model.version)
        enter_deployment(config.station.data, config.station.audit_key, args.by, model.name, model.version, before)
    return [replace(model, deployed=True) for model in models]


def _origin(text: str) -> str:
    if text != "journal" and not _dataset_of(text):
        raise argparse.ArgumentTypeError(f"{text!r} is neither journal nor dataset:NAME[@VERSION]")
    return text


def _dataset_of(origin: str | None) -> str:
    """Return NAME[@VERSION] of `dataset:NAME[@VERSION]`; "" for every other origin."""
    kind, _, name = (origin or "").partition(":")
    return name if kind == "dataset" else ""


def _suspects(config: "StationConfig", model: "LearnedModel") -> list[str]:
    """Return the parts, or pictures where there is no part, whose label is to be looked at again, most doubtful first."""
    from models.card import ModelCard
    from models.shelf import Shelf

    card = ModelCard.read(Shelf(config.station.data / "models").folder(model.name, model.version))
    return [card.parts[number].part or card.parts[number].picture for number in card.suspects]


def _model_json(model: "LearnedModel", suspects: list[str]) -> dict[str, object]:
    return {
        "name": model.name,
        "version": model.version,
        "parts": model.parts,
        "seconds": model.seconds,
        "head": model.head,
        "deployed": model.deployed,
        "suspects": suspects,
    }


def _say(config: "StationConfig", models: "Sequence[LearnedModel]") -> None:
    from models.learning.heads import HEADS as OF_GOOD_PARTS

    for model in models:
        what = "good parts" if model.head in OF_GOOD_PARTS else f"parts, head {model.head},"
        then = "deployed" if model.deployed else f"not deployed: station models deploy {model.name} {model.version}"
        sys.stderr.write(
            f"model {model.name} version {model.version}: learned from {model.parts} {what}"
            f" in {model.seconds:.1f} s, {then}\n"
        )
        for notice in model.notices:
            sys.stderr.write(f"model {model.name}: {notice}\n")
        if suspects := _suspects(config, model):
            sys.stderr.write(
                f"model {model.name}: labels to look at again: {len(suspects)}, the most doubtful that of {suspects[0]}; "
                f"station models card {model.name}@{model.version} lists them, with --review it puts them into the review queue\n"
            )


def _progress(stage: str, fraction: float) -> None:
    sys.stderr.write(f"{fraction:4.0%} {stage}\n")
