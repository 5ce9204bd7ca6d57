"""A sender whose destinations are all away, as a program that `desk_cost` starts beside a line: CONFIG as its argument.

Prints a line once it has failed anew, and after SIGTERM how often it did.
"""

import signal
import subprocess
import sys
import threading
from pathlib import Path

from station.config import load_station
from station.delivery.standing import standing_of
from station.line.supervisor import child_command

LOOK_S = 0.1


def failures(path: Path) -> int:
    config = load_station(path)
    return sum(standing_of(config.station.data, each).attempts for each in config.delivery)


def main(path: Path) -> None:
    done = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: done.set())
    before = failures(path)
    with path.with_suffix(".log").open("ab") as log:
        sender = subprocess.Popen(child_command("station.delivery.process", path), stderr=log)
    while failures(path) == before and sender.poll() is None and not done.wait(LOOK_S):
        pass
    sys.stdout.write("\n")
    sys.stdout.flush()
    done.wait()
    sender.terminate()
    sender.wait()
    sys.stdout.write(str(failures(path)))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
