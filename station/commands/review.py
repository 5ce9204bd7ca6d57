"""`station review`: the QA desk."""

import argparse
from pathlib import Path

from station.commands.options import add_data
from station.commands.ui import LANGUAGES, THEMES, window_size


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command's own parser."""
    parser = subparsers.add_parser("review", help="review parts: the queue, one at a time, in a grid, and compared")
    parser.add_argument(
        "--config",
        type=Path,
        metavar="F",
        help="the station's configuration; with it parts can be reviewed while no engine runs",
    )
    add_data(parser)
    parser.add_argument(
        "--window", type=window_size, metavar="WxH", help="a window of that size instead of the full screen"
    )
    parser.add_argument("--theme", choices=THEMES, help="colours until somebody logs in who wants others")
    parser.add_argument("--language", choices=LANGUAGES, help="language until somebody logs in who wants another")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Show the window until it is closed."""
    from station.config import load_station
    from station.ui.main import ScreenOptions
    from station.ui.review.main import run as run_review
    from station.ui.theme import ThemeName

    config = load_station(args.config) if args.config else None
    data: Path = config.station.data if config else args.data
    recipes = config.recipes if config else None
    theme = ThemeName(args.theme) if args.theme else None
    assist = config.assist.files if config else None
    return run_review(ScreenOptions(data.resolve(), args.window, theme, args.language, args.config, recipes, assist))
