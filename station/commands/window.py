"""What `station ui` and `station review` are told alike: where the data is, how large the window, which colours and language."""

import argparse
import re
from pathlib import Path
from typing import TYPE_CHECKING

from station.commands.options import add_data

if TYPE_CHECKING:
    from station.ui.main import ScreenOptions

_SIZE = re.compile(r"([1-9]\d{2,4})x([1-9]\d{2,4})")
THEMES = ("day", "night", "sunlight")
LANGUAGES = ("en", "de", "es", "zh", "ja")


def add_window(parser: argparse.ArgumentParser, config_help: str) -> None:
    """Add the options of a window."""
    parser.add_argument("--config", type=Path, metavar="F", help=config_help)
    add_data(parser)
    parser.add_argument(
        "--window", type=window_size, metavar="WxH", help="a window of that size instead of the full screen"
    )
    parser.add_argument("--theme", choices=THEMES, help="colours until somebody logs in who wants others")
    parser.add_argument("--language", choices=LANGUAGES, help="language until somebody logs in who wants another")


def screen_options(args: argparse.Namespace) -> "ScreenOptions":
    """Return what the options and the configuration they name say."""
    from station.config import load_station
    from station.ui.main import ScreenOptions
    from station.ui.theme import ThemeName

    config = load_station(args.config) if args.config else None
    data: Path = config.station.data if config else args.data
    recipes = config.recipes if config else None
    theme = ThemeName(args.theme) if args.theme else None
    assist = config.assist.files if config else None
    return ScreenOptions(data.resolve(), args.window, theme, args.language, args.config, recipes, assist)


def window_size(text: str) -> tuple[int, int]:
    """Read the size of a window, such as 1280x800."""
    found = _SIZE.fullmatch(text)
    if found is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no size; write it as 1280x800")
    return int(found[1]), int(found[2])
