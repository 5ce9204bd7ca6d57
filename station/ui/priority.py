"""The screen gives way to the line: where both want the processor, the engine has it first."""

import os

import cv2

NICENESS = 5
"""Of the screen's process: under full load it still gets a third of what an engine's thread gets, and a tap its answer."""
MORE_BEHIND = 5
"""By how much threads that read and decode give way beyond that: to the screen's own thread too."""


def give_way() -> None:
    """Lower the process, before it has threads: they inherit it. OpenCV keeps to the thread that asks it."""
    os.nice(NICENESS)
    cv2.setNumThreads(1)


def give_way_more() -> None:
    """Lower the thread that calls; on Linux niceness is a thread's own."""
    os.nice(MORE_BEHIND)
