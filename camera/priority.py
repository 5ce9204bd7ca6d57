"""Real-time priority for what brings pictures, where the system permits it (sched(7), SCHED_RR).

On a busy machine a picture waits for tens of milliseconds until the worker that copies it, or the thread that hears of it,
gets a processor; with it, neither waits for anything but its like. Both work for about a millisecond a picture, and the
kernel leaves every other program a twentieth of the time whatever they do (sched_rt_runtime_us).
"""

import logging
import os

_LOG = logging.getLogger(__name__)
_LOWEST = 1
"""Of the real-time priorities; it is above all that is not real-time."""


def raise_priority() -> bool:
    """Give the calling thread real-time priority; its children do not have it. False where the system does not permit it."""
    try:
        os.sched_setscheduler(0, os.SCHED_RR | os.SCHED_RESET_ON_FORK, os.sched_param(_LOWEST))
    except OSError as error:
        _LOG.info("no real-time priority for cameras: %s; permit it with the limit rtprio = 1", error.strerror)
        return False
    return True
