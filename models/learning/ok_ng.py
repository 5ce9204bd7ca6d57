"""The OK/NG head: learns from what people said of whole pictures, and answers with the odds that a picture is NG.

What each network sees in a picture (`models.learning.whole`) goes through a kernel machine of its own
(`models.learning.kernel`), and the sum of their scores through a logistic curve fitted to held-out pictures (J. Platt,
"Probabilistic outputs for support vector machines", 1999): the score is a probability.
`models.learning.choice.judge_by_verdicts` puts it upon a finished one-class or patch model, whose map goes on showing where.

    looker = Looker.load(Look(height, width, views), threads)
    vectors = np.stack([looker.vector(image) for image in images])         # image: (1, H, W, 3), the model's input
    head = learn_ok_ng(looker.look, vectors, Verdicts(bad, trust, held))
    model = ok_ng_model(head, about)                                         # one ONNX file
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from onnx import ModelProto, TensorProto, helper

from models.learning.blas import one_blas_thread
from models.learning.crossval import Indices
from models.learning.errors import LearnError
from models.learning.joining import IMAGE
from models.learning.kernel import Doubles, Machine, Mask, fit
from models.learning.logistic import Logistic
from models.learning.nodes import Nodes
from models.learning.thresholds import CONFIDENCE
from models.learning.whole import Look
from models.manifest import Thresholds

MIN_EACH = 5
"""Parts of each verdict that a head can be learned from; below 20 its band of doubt is wide."""
EVEN = 0.5
"""Probability from which a picture is rather NG."""
RESAMPLES = 200


@dataclass(frozen=True, slots=True, eq=False)
class Verdicts:
    """What people said of pictures.

    Attributes
    ----------
    bad
        Shape (n,): whether each is NG.
    trust
        Shape (n,), above 0 to 1: less where the one who said so was in doubt.
    held
        The held-out pictures of each fold; no part is in two folds.
    """

    bad: Mask
    trust: Doubles
    held: Sequence[Indices]


@dataclass(frozen=True, slots=True, eq=False)
class OkNg:
    """A learned head, a machine for each network of its look.

    `held_out` (n,) has each picture's probability by machines that did not learn from its part.
    """

    look: Look
    machines: tuple[Machine, ...]
    curve: Logistic
    held_out: Doubles

    def probabilities(self, vectors: Doubles) -> Doubles:
        """Return the probability of NG for vectors (m, D)."""
        seen = _of_networks(self.look, vectors)
        scores = [machine.scores(part) for machine, part in zip(self.machines, seen, strict=True)]
        return self.curve.probabilities(np.sum(scores, axis=0)[:, None])

    def add(self, graph: Nodes) -> str:
        """Add the head to a graph; its input `image` in, probability (1,) out."""
        scores = [
            machine.add(graph, seen) for machine, seen in zip(self.machines, self.look.add(graph, IMAGE), strict=True)
        ]
        return self.curve.add(graph, graph.add("Sum", *scores))


@one_blas_thread()
def learn_ok_ng(look: Look, vectors: Doubles, verdicts: Verdicts) -> OkNg:
    """Learn from the vectors (n, D) of labelled pictures.

    Raises
    ------
    LearnError
        If fewer than `MIN_EACH` pictures are good, or bad.
    """
    bad = verdicts.bad
    if min(int(bad.sum()), int((~bad).sum())) < MIN_EACH:
        raise LearnError(
            f"{int((~bad).sum())} pictures are OK and {int(bad.sum())} NG: to learn from verdicts at least {MIN_EACH} of each "
            "are needed, better 50; decide more parts at the screen"
        )
    fitted = [fit(seen, bad, verdicts.trust, verdicts.held) for seen in _of_networks(look, vectors)]
    held_out = np.sum([one.held_out for one in fitted], axis=0)[:, None]
    curve = Logistic.fit(held_out, bad, verdicts.trust)
    return OkNg(look, tuple(one.machine for one in fitted), curve, curve.probabilities(held_out))


def _of_networks(look: Look, vectors: Doubles) -> list[Doubles]:
    """Return what each network saw, of vectors (n, D)."""
    return np.split(vectors, np.cumsum(look.lengths)[:-1], axis=1)


def doubt(scores: Doubles, bad: Mask, trust: Doubles, seed: int) -> Thresholds:
    """Return thresholds on held-out probabilities (n,): even odds, and how far chance may have moved them.

    Below `low`, even odds, a picture is good; `high` is the upper end of the interval of where even odds lie for pictures
    drawn anew (bootstrap).
    """
    values = np.log(scores / (1 - scores))
    rng = np.random.default_rng([seed, 17])
    even = []
    for _ in range(RESAMPLES):
        drawn = rng.integers(0, len(bad), len(bad))
        if 0 < bad[drawn].sum() < len(bad):
            curve = Logistic.fit(values[drawn, None], bad[drawn], trust[drawn])
            even.append(1 / (1 + np.exp(np.clip(curve.offset / max(float(curve.slopes[0]), 1e-3), -20, 20))))
    tail = (1 - CONFIDENCE) / 2
    below, above = (float(value) for value in np.quantile(even, [tail, 1 - tail]))
    return Thresholds(
        low=EVEN,
        high=max(above, EVEN),
        interval=(min(below, EVEN), max(above, EVEN)),
        confidence=CONFIDENCE,
        parts=int((~bad).sum()),
    )


def ok_ng_model(head: OkNg, about: dict[str, str]) -> ModelProto:
    """Return a model of the head alone: `image` in, `score` out, and a map of one cell that shows nothing."""
    graph = Nodes()
    score = graph.add("Identity", head.add(graph), name="score")
    graph.add(
        "Mul", graph.add("Reshape", score, graph.constant([1, 1, 1], np.int64)), graph.constant(0.0), name="anomaly_map"
    )
    image = helper.make_tensor_value_info(IMAGE, TensorProto.UINT8, [1, head.look.height, head.look.width, 3])
    outputs = [
        helper.make_tensor_value_info("anomaly_map", TensorProto.FLOAT, [1, 1, 1]),
        helper.make_tensor_value_info("score", TensorProto.FLOAT, [1]),
    ]
    return graph.model("ok-ng", [image], outputs, about)
