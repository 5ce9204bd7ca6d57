"""`station ui`: the operator's screen."""

import argparse

from station.commands.window import add_window, screen_options


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command's own parser."""
    parser = subparsers.add_parser("ui", help="show the operator's screen")
    add_window(parser, "the station's configuration; it says where the data is")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Show the screen until it is closed."""
    from station.ui.main import run as run_screen

    return run_screen(screen_options(args))
