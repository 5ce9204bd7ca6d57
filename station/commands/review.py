"""`station review`: the QA desk."""

import argparse

from station.commands.window import add_window, screen_options


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command's own parser."""
    parser = subparsers.add_parser("review", help="review parts: the queue, one at a time, in a grid, and compared")
    add_window(parser, "the station's configuration; with it parts can be reviewed while no engine runs")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Show the window until it is closed."""
    from station.ui.review.main import run as run_review

    return run_review(screen_options(args))
