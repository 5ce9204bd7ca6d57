"""Which of the pictures that wait are judged next: the first one, and with it those that wait for the same model. Pure."""

from collections.abc import Mapping, Sequence
from typing import Protocol


class Waiting(Protocol):
    """A picture that waits for a model; its deadline is that of its part, by the monotonic clock."""

    @property
    def model_name(self) -> str:
        """Which model it waits for."""

    @property
    def deadline_ns(self) -> int:
        """When its part is rejected."""


def next_turn(waiting: Sequence[Waiting], now_ns: int, most: int, cost_ns: Mapping[str, int]) -> list[int]:
    """Return the places of the pictures to judge together, the first one's first.

    Those after it that wait for its model join it, up to `most`, but only while all that is still in time would be done before
    the earliest deadline if each were judged alone: then no order can make a part late. Otherwise, or where a cost is not known
    yet, the first picture goes alone, as if there were no batches.

    Parameters
    ----------
    waiting
        In the order in which they came, at least one.
    cost_ns
        What a picture takes lately, by model.
    """
    name = waiting[0].model_name
    alike = [place for place, one in enumerate(waiting) if one.model_name == name][:most]
    hoping = [one for one in waiting if one.deadline_ns >= now_ns]
    if len(alike) == 1 or any(one.model_name not in cost_ns for one in hoping):
        return [0]
    done_ns = now_ns + sum(cost_ns[one.model_name] for one in hoping)
    return alike if all(done_ns <= one.deadline_ns for one in hoping) else [0]
