"""Ctrl-C and SIGTERM as one interruption of the main thread, the second of which changes nothing."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


class InterruptedByUserError(Exception):
    """Someone asked the program to end."""


@contextmanager
def interruptible() -> Iterator[None]:
    """Raise `InterruptedByUserError` in the main thread on the first SIGINT or SIGTERM; later ones are ignored."""

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        for number in before:
            signal.signal(number, signal.SIG_IGN)
        raise InterruptedByUserError

    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    for number in before:
        signal.signal(number, interrupt)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def run_until_interrupted(work: Callable[[], int], stop: Callable[[], None]) -> int:
    """Run `work` in a thread of its own; on an interruption call `stop`, which must make `work` return.

    Returns
    -------
    int
        What `work` returned.
    """
    codes: list[int] = []
    finished = threading.Event()

    def run() -> None:
        try:
            codes.append(work())
        finally:
            finished.set()

    thread = threading.Thread(target=run, name="supervised")
    with interruptible():
        try:
            thread.start()
            finished.wait()  # a join that an exception interrupts takes a running thread for ended (CPython, gh-90882)
        except InterruptedByUserError:
            stop()
            finished.wait()
    thread.join()
    return codes[0] if codes else 1
