"""Memory that is kept from one drawing to the next."""

import numpy as np
import numpy.typing as npt

Bytes = npt.NDArray[np.uint8]


class Scratch:
    """Planes to draw in. The kernel hands out new memory a page at a time, which can take longer than the drawing."""

    def __init__(self) -> None:
        self._kept = np.empty(0, dtype=np.uint8)

    def planes(self, count: int, shape: tuple[int, int]) -> list[Bytes]:
        """Return so many grey images of this shape with anything in them; they are valid until the next call."""
        size = shape[0] * shape[1]
        if count * size > self._kept.size:
            self._kept = np.empty(count * size, dtype=np.uint8)
        return [self._kept[number * size : (number + 1) * size].reshape(shape) for number in range(count)]
