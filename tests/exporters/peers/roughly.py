"""What training does to a network, roughly: its answers differ from place to place, and some are sure."""

import contextlib
from collections.abc import Callable, Iterator

import numpy as np
import torch
from torch import nn

RARE = 0.003
"""Share of all answers that reach the highest asked for."""


@contextlib.contextmanager
def watched(layer: nn.Module) -> Iterator[list[torch.Tensor]]:
    """Collect what a layer answers."""
    seen: list[torch.Tensor] = []
    collect: Callable[..., None] = lambda _, __, output: seen.append(output.detach())  # noqa: E731 - typed as a hook
    handle = layer.register_forward_hook(collect)
    try:
        yield seen
    finally:
        handle.remove()


def rescale(layer: nn.Module, seen: list[torch.Tensor], middle: float, highest: float, *, across: bool = False) -> None:
    """Scale a layer's weights so that its answers have a middle, and a highest one in `RARE` of all; or class by class."""
    if not seen:
        return
    values = seen[-1].numpy()
    now = np.median(values, axis=0 if across else None)
    reach = float(values.std(axis=0).mean() * 2 if across else np.quantile(values, 1 - RARE) - now)
    gain = (highest - middle) / reach
    with torch.no_grad():
        layer.weight.mul_(gain)
        layer.bias.sub_(torch.tensor(now)).mul_(gain).add_(middle)
