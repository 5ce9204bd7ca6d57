"""A gateway that is killed again and again, as a program that `desk_cost` starts beside a line: CONFIG and PORT as its arguments.

Prints a line once it has killed one, and after SIGTERM how many it killed. Each is let live a random while after its port opened.
"""

import random
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

from station.line.supervisor import child_command

LOOK_S = 0.05
LONGEST_LIFE_S = 1.0


def kill_one(path: Path, port: int, life_s: float, done: threading.Event) -> bool:
    """Start a gateway and kill it at work; False where it was killed while it started, since the end came."""
    with path.with_suffix(".log").open("ab") as log:
        gateway = subprocess.Popen(child_command("station.gateway.process", path), stderr=log)
    try:
        while not listens(port):
            if done.wait(LOOK_S) or gateway.poll() is not None:
                return False
        done.wait(life_s)
    finally:
        gateway.kill()
        gateway.wait()
    return True


def listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port)).close()
    except OSError:
        return False
    return True


def main(path: Path, port: int) -> None:
    done = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: done.set())
    chance = random.Random(7)
    killed = 0
    while not done.is_set():
        killed += kill_one(path, port, LONGEST_LIFE_S * chance.random(), done)
        if killed == 1:
            sys.stdout.write("\n")
            sys.stdout.flush()
    sys.stdout.write(str(killed))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
