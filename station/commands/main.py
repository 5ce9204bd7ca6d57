"""The `station` command: one subcommand a file, results to stdout, logs to stderr."""

import argparse
import importlib
import logging
import sys
from collections.abc import Sequence

COMMANDS = (
    "demo",
    "init",
    "run",
    "learn",
    "models",
    "recipe",
    "doctor",
    "cameras",
    "parts",
    "show",
    "dataset",
    "report",
    "sampling",
    "simulate-people",
    "verify",
    "retention",
    "hold",
    "delete",
    "sign",
    "ui",
    "review",
    "users",
    "opcua",
    "delivery",
    "bench",
)
INTERRUPTED = 130


def build_parser(commands: Sequence[str] = COMMANDS) -> argparse.ArgumentParser:
    """Return the parser of some subcommands."""
    parser = argparse.ArgumentParser(prog="station", description="A line-side inspection station.")
    parser.add_argument("--log-level", default="WARNING", choices=["DEBUG", "INFO", "WARNING", "ERROR"])
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name in commands:
        importlib.import_module(f"station.commands.{name.replace('-', '_')}").add_parser(subparsers)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 failed, 2 wrong usage or configuration, 3 a device is missing.

    Parameters
    ----------
    argv
        The command's words. None: those that the program was started with; the process is the command's own then, and gives
        way to the line for as long as it lives where the command says so.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    named = [word for word in words if word in COMMANDS][:1]
    args = build_parser(named or COMMANDS).parse_args(words)
    logging.basicConfig(
        level=args.log_level, stream=sys.stderr, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
    from station.errors import KNOWN_ERRORS, exit_code
    from station.line.interrupt import InterruptedByUserError
    from station.line.priority import put_behind

    if argv is None and "behind" in args and args.behind(args):
        put_behind()
    try:
        code: int = args.run(args)
    except KNOWN_ERRORS as error:
        sys.stderr.write(f"station {args.command}: {error}\n")
        return exit_code(error)
    except (InterruptedByUserError, KeyboardInterrupt):
        return INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output went away; nobody is left to tell
        return 1
    return code
