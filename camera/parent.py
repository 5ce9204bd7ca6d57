"""A child process that lives no longer than its parent, however either of them ends."""

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1


def end_with_parent(parent: int, number: signal.Signals = signal.SIGKILL) -> None:
    """Have the kernel send this process a signal when its parent ends (prctl(2), PR_SET_PDEATHSIG).

    A parent that ended before the call, while this process was still loading its libraries, would never be noticed by the kernel:
    this process then ends at once, with exit status 0.

    Parameters
    ----------
    parent
        Process id of the parent, as the parent itself said it.
    number
        The signal; SIGTERM for a process that ends in order.
    """
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, number)
    if os.getppid() != parent:
        sys.exit(0)
