"""From a mask on a coarse grid to an outline between its pixels."""

import cv2
import numpy as np
import numpy.typing as npt

from labeling.shapes import Points, frozen_points

FINE = 4
"""How many steps of the outline lie between two cells."""
DEVIATION = 0.5
"""How far, in cells, the outline may be from its simplification."""
SMALLEST_CELLS = 6.0
"""A region smaller than this is no outline."""


def outline_of(field: npt.NDArray[np.float32], near: npt.NDArray[np.bool_]) -> Points | None:
    """Return where `field` crosses one half, around the region that covers most of `near`; None where there is none.

    Parameters
    ----------
    field
        Shape (h, w), about 0 outside and 1 inside.
    near
        Shape (h, w): where the region is looked for.

    Returns
    -------
    Points
        Shape (N, 2) in cells of the grid, (0, 0) the centre of the first; without holes, which in a picture are mostly glare.
    """
    height, width = field.shape
    # A margin of nothing closes what touches the edge; it is taken off again below.
    padded = np.pad(field, 1)
    fine = cv2.resize(padded, ((width + 2) * FINE, (height + 2) * FINE), interpolation=cv2.INTER_LINEAR)
    mask = (fine > 0.5).astype(np.uint8)
    count, regions, figures, _ = cv2.connectedComponentsWithStats(mask, connectivity=4)
    if count < 2:
        return None
    wanted = np.pad(near, 1).repeat(FINE, axis=0).repeat(FINE, axis=1)
    overlap = np.bincount(regions[wanted], minlength=count)
    overlap[0] = 0
    best = int(overlap.argmax())
    if overlap[best] == 0 or figures[best, cv2.CC_STAT_AREA] < SMALLEST_CELLS * FINE**2:
        return None
    contours, _ = cv2.findContours((regions == best).astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    contour = cv2.approxPolyDP(max(contours, key=len), DEVIATION * FINE, closed=True).reshape(-1, 2)
    if len(contour) < 3:
        return None
    return frozen_points((contour + 0.5) / FINE - 1.5)
