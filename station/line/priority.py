"""What runs beside the line gives way to it: where the processor is short, parts go first."""

import contextlib
import os
import time
from pathlib import Path

NICENESS = 10
TRIES, PAUSE_S = 10, 0.1
"""How often a session is tried to be lowered: without privileges the kernel takes one such change each 0.1 s, of all programs."""


def put_behind(pid: int = 0) -> None:
    """Let a process of ours, 0 for this one, run behind the engine: a lower weight, and it interrupts nobody by waking up.

    One that has ended meanwhile, or is further behind already, stays as it is.
    """
    with contextlib.suppress(ProcessLookupError):
        os.setpriority(os.PRIO_PROCESS, pid, max(NICENESS, os.getpriority(os.PRIO_PROCESS, pid)))
        os.sched_setscheduler(pid, os.SCHED_BATCH, os.sched_param(0))  # sched(7)
        if os.getsid(pid) == (pid or os.getpid()):
            _put_session_behind(pid or os.getpid())


def _put_session_behind(leader: int) -> None:
    """Lower a whole session: where the kernel shares the processor out between sessions, niceness counts within one alone.

    See sched(7), "The autogroup feature". A kernel without it has no such file.
    """
    with contextlib.suppress(OSError):
        for _ in range(TRIES):
            try:
                Path(f"/proc/{leader}/autogroup").write_text(str(NICENESS))
            except BlockingIOError:
                time.sleep(PAUSE_S)
            else:
                return
