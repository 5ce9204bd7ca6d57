"""What runs beside the line gives way to it: where the processor is short, parts go first."""

import contextlib
import os

NICENESS = 10


def put_behind(pid: int = 0) -> None:
    """Let a process of ours, 0 for this one, run behind the engine: a lower weight, and it interrupts nobody by waking up.

    One that has ended meanwhile, or is further behind already, stays as it is.
    """
    with contextlib.suppress(ProcessLookupError):
        os.setpriority(os.PRIO_PROCESS, pid, max(NICENESS, os.getpriority(os.PRIO_PROCESS, pid)))
        os.sched_setscheduler(pid, os.SCHED_BATCH, os.sched_param(0))  # sched(7)
