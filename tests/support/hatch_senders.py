"""Starts one sender after another, each a process of its own, without loading its libraries anew: a line on stdin is one.

Says {"pid": number} when it has begun and {"ended": status} when it has ended, however that was.
"""

import functools
import json
import os
import sys

import station.delivery.webhook  # noqa: F401  # what every sender loads
from station.delivery import process
from station.delivery.courier import Courier, Pace

QUICK = Pace(look_s=0.02, first_retry_s=0.02, longest_retry_s=0.1)


def say(**message: int) -> None:
    os.write(1, (json.dumps(message) + "\n").encode())


if __name__ == "__main__":
    process.Courier = functools.partial(Courier, pace=QUICK)  # type: ignore[assignment,misc]
    for _ in sys.stdin:
        pid = os.fork()
        if pid == 0:
            os._exit(process.main(["--config", sys.argv[1]]))
        say(pid=pid)
        say(ended=os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
