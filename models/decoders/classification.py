"""A classifier's head: (1, C) logits or probabilities. Pure."""

import numpy as np
import numpy.typing as npt

from models.decoders.boxes import FloatArray, check_scores
from models.errors import ModelError

SUM_TOLERANCE = 0.02
"""How far the sum of probabilities may be from 1; half precision loses that much over a thousand classes."""


def decode(output: FloatArray, *, logits: bool) -> npt.NDArray[np.float64]:
    """Return the probability of each class, shape (C,).

    Parameters
    ----------
    output
        Shape (1, C) float32.
    logits
        Whether the exponentials are still to be taken (softmax).

    Raises
    ------
    ModelError
        If what should be probabilities is none.
    """
    values = output.reshape(-1).astype(np.float64)
    if logits:
        powers = np.exp(values - values.max())
        return np.asarray(powers / powers.sum())
    check_scores(float(values.min()), float(values.max()))
    if abs(float(values.sum()) - 1) > SUM_TOLERANCE:
        raise ModelError(
            f"the probabilities of the model's classes add up to {values.sum():.3g}, not to 1; check its head"
        )
    return values
