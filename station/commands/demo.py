"""`station demo`: the whole virtual line, inspected for real."""

import argparse
import os
from pathlib import Path

HEADLESS_TAKT_MS, SCREEN_TAKT_MS = 800, 5000
"""With a screen a person has to keep up: two takts to decide a part, as on a line with people at it."""
WINDOW = (1600, 900)


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command's own parser."""
    parser = subparsers.add_parser("demo", help="run a virtual line: camera, parts with known defects, PLC")
    parser.add_argument("--headless", action="store_true", help="no screen, even where there is a display")
    parser.add_argument("--parts", type=int, default=40, metavar="N", help="parts to inspect (default 40)")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="which parts and defects come (default 1)")
    takt = f"one part every T ms (default {HEADLESS_TAKT_MS}, with a screen {SCREEN_TAKT_MS})"
    parser.add_argument("--takt-ms", type=int, metavar="T", help=takt)
    parser.add_argument("--data", type=Path, default=Path("station-data"), metavar="DIR", help="where everything goes")
    parser.add_argument("--size", type=size, default=(2448, 2048), metavar="WxH", help="picture (default 2448x2048)")
    parser.add_argument(
        "--learn-parts", type=int, default=30, metavar="K", help="good parts to learn from (default 30)"
    )
    parser.add_argument("--json", action="store_true", help="end with one JSON object on stdout")
    parser.set_defaults(run=run)


def size(text: str) -> tuple[int, int]:
    """Read a picture size such as 1224x1024. Raises `argparse.ArgumentTypeError`."""
    width, _, height = text.lower().partition("x")
    if not (width.isdigit() and height.isdigit()):
        raise argparse.ArgumentTypeError(f"{text!r} is no picture size; write it as 1224x1024")
    return int(width), int(height)


def run(args: argparse.Namespace) -> int:
    """Run the demo and print its summary."""
    from station.commands.output import emit_json
    from station.demo.layout import DemoPlan
    from station.demo.line import run_demo
    from station.demo.screen import Screen, has_display, why_headless

    window = None if args.headless or not has_display(os.environ) else WINDOW
    takt_ms = args.takt_ms or (HEADLESS_TAKT_MS if window is None else SCREEN_TAKT_MS)
    plan = DemoPlan(
        data=args.data.resolve(),
        parts=args.parts,
        seed=args.seed,
        takt_ms=takt_ms,
        width=args.size[0],
        height=args.size[1],
        learn_parts=args.learn_parts,
        window=window,
    )
    with Screen(why_headless(headless_wanted=args.headless, display=window is not None)) as screen:
        summary = run_demo(plan, screen)
        screen.summary(summary)
    if args.json:
        emit_json(summary)
    return 0
