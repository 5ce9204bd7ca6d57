"""`station learn`: learn the good part, from the station's cameras or from a folder of pictures."""

import argparse
import sys
from pathlib import Path

from station.commands.options import add_config, add_json


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command's own parser."""
    parser = subparsers.add_parser("learn", help="learn the good part and deploy the model")
    add_config(parser)
    parser.add_argument("--folder", type=Path, metavar="DIR", help="learn from these pictures of good parts instead")
    parser.add_argument("--seed", type=int, default=0, metavar="S", help="same pictures, same seed, same model")
    add_json(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Learn, deploy and say what came of it."""
    from station.commands.output import emit_json
    from station.config import load_station
    from station.line.interrupt import interruptible
    from station.line.learn import learn_good_part
    from station.line.recipe import load_active_recipe

    config = load_station(args.config)
    recipe = load_active_recipe(config)
    with interruptible():
        models = learn_good_part(config, recipe, args.seed, _progress, folder=args.folder)
    if args.json:
        emit_json(
            {
                "models": [
                    {"name": model.name, "version": model.version, "parts": model.parts, "seconds": model.seconds}
                    for model in models
                ]
            }
        )
    for model in models:
        sys.stderr.write(
            f"model {model.name} version {model.version}: learned from {model.parts} good parts"
            f" in {model.seconds:.1f} s, deployed\n"
        )
    return 0


def _progress(stage: str, fraction: float) -> None:
    sys.stderr.write(f"{fraction:4.0%} {stage}\n")
