"""What runs beside the line gives way to it: where the processor is short, parts go first."""

import contextlib
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NICENESS = 10
TRIES, PAUSE_S = 10, 0.1
"""How often a session is tried to be lowered: without privileges the kernel takes one such change each 0.1 s, of all programs."""
LONGEST_START_S = 10.0
"""How long a start is content with what idles; then it gets the little that whoever is behind the line gets."""


def put_behind(pid: int = 0, *, starting: bool = False) -> None:
    """Let a process of ours, 0 for this one, run behind the engine: a lower weight, and it interrupts nobody by waking up.

    One that is `starting`, which is hard work for a second or two, gets only processors that nobody else wants, until it is
    put behind once more; where the system would not let it come back from that, it starts behind the engine like any other.
    One that has ended meanwhile, or is further behind already, stays as it is.
    """
    policy = os.SCHED_IDLE if starting and may_come_back() else os.SCHED_BATCH  # sched(7)
    with contextlib.suppress(ProcessLookupError, FileNotFoundError):
        os.setpriority(os.PRIO_PROCESS, pid, max(NICENESS, os.getpriority(os.PRIO_PROCESS, pid)))
        for thread in Path(f"/proc/{pid or 'self'}/task").iterdir():
            with contextlib.suppress(ProcessLookupError, PermissionError):  # it ended, or is further behind for good
                os.sched_setscheduler(int(thread.name), policy, os.sched_param(0))
        if os.getsid(pid) == (pid or os.getpid()):
            _put_session_behind(pid or os.getpid())


@contextmanager
def starting_behind(pid: int) -> Iterator[None]:
    """Let a process start behind the engine; the block lasts as long as the process. It says itself when it has started."""
    put_behind(pid, starting=True)
    late = threading.Timer(LONGEST_START_S, put_behind, (pid,))
    late.start()
    try:
        yield
    finally:
        late.cancel()
        late.join()


def may_come_back() -> bool:
    """Return whether a process of ours may leave `SCHED_IDLE` again: with the limit `nice` at our niceness, or CAP_SYS_NICE."""
    answers: list[bool] = []

    def go_and_come_back() -> None:
        os.setpriority(os.PRIO_PROCESS, 0, max(NICENESS, os.getpriority(os.PRIO_PROCESS, 0)))
        os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
        try:
            os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))
        except PermissionError:
            answers.append(False)
        else:
            answers.append(True)

    thread = threading.Thread(target=go_and_come_back)  # on Linux all this is of the thread alone, and ends with it
    thread.start()
    thread.join()
    return answers == [True]


def _put_session_behind(leader: int) -> None:
    """Lower a whole session: where the kernel shares the processor out between sessions, niceness counts within one alone.

    See sched(7), "The autogroup feature". A kernel without it has no such file.
    """
    session = Path(f"/proc/{leader}/autogroup")
    with contextlib.suppress(OSError):
        if session.read_text().endswith(f"nice {NICENESS}\n"):
            return
        for _ in range(TRIES):
            try:
                session.write_text(str(NICENESS))
            except BlockingIOError:
                time.sleep(PAUSE_S)
            else:
                return
