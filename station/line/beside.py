"""What a process that the supervisor starts beside the engine does first."""

import argparse
import logging
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from camera.parent import end_with_parent
from station.line.priority import put_behind


def begin_beside(
    prog: str, about: str | None, argv: Sequence[str] | None, chatty: Sequence[str], *, started: bool = True
) -> Path:
    """Read the command line that `child_command` makes, and return the configuration's path.

    From then on the process ends with its supervisor, runs behind the engine, leaves a Ctrl-C in the terminal to the supervisor,
    and logs to stderr, where the `chatty` libraries say nothing: the station's own words say what matters, in one line. One that
    has not `started` yet, because it still has hard work to do, calls `put_behind` itself once it has.
    """
    parser = argparse.ArgumentParser(prog=prog, description=about)
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--parent", type=int, help="process id of the supervisor: this process ends with it")
    args = parser.parse_args(argv)
    if args.parent is not None:
        end_with_parent(args.parent, signal.SIGTERM)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    logging.basicConfig(level=logging.INFO, stream=sys.stderr, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    supervised = os.sched_getscheduler(0) == os.SCHED_IDLE  # who lets it start on what idles sees to it that it starts
    if started or not supervised:
        put_behind()
    for name in chatty:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    config: Path = args.config
    return config
