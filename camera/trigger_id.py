"""Trigger ids where a camera takes several views of a part: the part's number, and above it which of its views."""

_VIEW_SHIFT = 48


def trigger_id(part: int, view: int = 0) -> int:
    """Return the id of a part's trigger for the camera's view `view`, 0 the first: for that one it is the part's number."""
    return view << _VIEW_SHIFT | part


def part_of(trigger: int) -> int:
    """Return the part's number."""
    return trigger & (1 << _VIEW_SHIFT) - 1


def view_of(trigger: int) -> int:
    """Return which of the camera's views of the part it is, 0 the first."""
    return trigger >> _VIEW_SHIFT
