"""Chooses what judges a view: a finished one-class or patch model, the OK/NG head, or both by their joint odds.

Everything is compared by scores that no model gave to a part it had learned from: pictures of one part, of one lot where there
are enough lots, and near-duplicates stay on one side (`sides`). A combination adds the logarithms of its members' scores
(D. Wolpert, "Stacked generalization", Neural Networks 5, 1992), itself fitted without the fold that it scores.

    looker = Looker.load(Look(height, width, views), threads)
    vectors = np.stack([looker.vector(image) for image in images])  # image: the model's input (1, H, W, 3)
    held = sides(parts, lots, lookalikes, seed)                     # folds of pictures that may be torn apart
    judged = judge_by_verdicts([Base(...), ...], looker.look, vectors, Verdicts(bad, trust, held), JudgeSettings(...))

`judged.model` is the ONNX file, `judged.thresholds` and `judged.head` go into its manifest, `judged.held_out` has a score for
each picture (of the model card, which lists suspected label errors), `judged.figures` what was tried.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from onnx import ModelProto, TensorProto, helper

from models.evaluate import auroc
from models.learning.crossval import Indices, grouped_folds, numbered, with_lots
from models.learning.duplicates import joined
from models.learning.joining import IMAGE, parsed, renamed
from models.learning.logistic import Logistic
from models.learning.nodes import Nodes, serialised
from models.learning.ok_ng import OkNg, Verdicts, doubt, learn_ok_ng, ok_ng_model
from models.learning.whole import Look
from models.manifest import Thresholds

Doubles = npt.NDArray[np.float64]

OK_NG = "ok-ng"
WITH = "+"
"""Between the names of a combination's members."""
BETTER = 0.002
"""Area under the ROC that a more elaborate head must gain: less is chance, and the simpler one is quicker."""
LEAST = 1e-6
"""Least score of a base of which a logarithm is taken."""
PREFIXES = "base_", "verdict_"
SHOWN, MOST_SHOWN = 1e-4, 10.0
"""Of the map where the base's limit lies, and how many times that at most. The odds are of the whole picture and rest on no
place: an ignore zone, which takes away what the map shows in it, must not take away the odds."""


@dataclass(frozen=True, slots=True, eq=False)
class Base:
    """A finished anomaly model, and its score of each picture (n,) by one that did not learn from its part."""

    name: str
    model: bytes
    thresholds: Thresholds
    held_out: Doubles


@dataclass(frozen=True, slots=True)
class JudgeSettings:
    """How to choose.

    Attributes
    ----------
    only_verdicts
        Take the OK/NG head, whatever the others reach.
    """

    seed: int = 0
    only_verdicts: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """What was chosen.

    Attributes
    ----------
    head
        "one-class", "patch", "ok-ng", or a base with it such as "patch+ok-ng".
    model
        The ONNX file.
    thresholds
        On the scale of its score; `outline` on that of its map.
    held_out
        Shape (n,): each picture's score by a model that did not learn from its part.
    figures
        Head → figure → value, of everything that was tried.
    """

    head: str
    model: bytes
    thresholds: Thresholds
    held_out: Doubles
    figures: Mapping[str, Mapping[str, float]]


def sides(
    parts: Sequence[Hashable], lots: Sequence[Hashable] | None, lookalikes: Sequence[int] | None, seed: int
) -> list[Indices]:
    """Return the held-out pictures of each fold: what belongs together is never torn apart.

    Parameters
    ----------
    parts
        Of each picture: equal for those that show one part.
    lots
        Of each picture; kept together where that leaves as many groups as there are folds.
    lookalikes
        Group of near-duplicates of each picture, as `models.learning.duplicates.groups` gives them.
    """
    together = numbered(parts)
    if lookalikes is not None:
        together = joined(together, lookalikes)
    return grouped_folds(with_lots(together, lots), seed)


def judge_by_verdicts(
    bases: Sequence[Base], look: Look, vectors: Doubles, verdicts: Verdicts, settings: JudgeSettings
) -> Judged:
    """Learn the OK/NG head, compare, and write what is best.

    Parameters
    ----------
    bases
        The simplest first, all for the input that is looked at; the last one's map shows where.
    vectors
        Shape (n, D): of each picture, by a `Looker` of this look.

    Raises
    ------
    LearnError
        If there are too few pictures of either verdict.
    """
    head = learn_ok_ng(look, vectors, verdicts)
    tried = [_Tried(OK_NG, None, head, None, head.held_out)]
    if not settings.only_verdicts:
        alone = [_Tried(base.name, base, None, None, base.held_out) for base in bases]
        tried = [*alone, *tried, *(_together(base, head, verdicts) for base in bases)]
    figures = {one.name: _figures(one.held_out, verdicts.bad) for one in tried}
    best = tried[0]
    for one in tried[1:]:
        if figures[one.name]["auroc"] > figures[best.name]["auroc"] + BETTER:
            best = one
    if best.head is None and best.base is not None:
        return Judged(best.name, best.base.model, best.base.thresholds, best.held_out, figures)
    shown = best.base or (bases[-1] if bases else None)
    limits = doubt(best.held_out, verdicts.bad, verdicts.trust, settings.seed)
    if shown is not None:
        limits = limits.model_copy(update={"outline": SHOWN})
    return Judged(best.name, _written(best, head, shown), limits, best.held_out, figures)


@dataclass(frozen=True, slots=True, eq=False)
class _Tried:
    """One way to judge; `curve` joins base and head."""

    name: str
    base: Base | None
    head: OkNg | None
    curve: Logistic | None
    held_out: Doubles


def _together(base: Base, head: OkNg, verdicts: Verdicts) -> _Tried:
    """Stack a base and the head; each fold is scored by a curve fitted to the others."""
    values = np.column_stack([np.log(np.maximum(base.held_out, LEAST)), _log_odds(head.held_out)])
    held_out = np.empty(len(values))
    for fold in verdicts.held:
        rest = np.setdiff1d(np.arange(len(values)), fold)
        curve = Logistic.fit(values[rest], verdicts.bad[rest], verdicts.trust[rest])
        held_out[fold] = curve.probabilities(values[fold])
    curve = Logistic.fit(values, verdicts.bad, verdicts.trust)
    return _Tried(base.name + WITH + OK_NG, base, head, curve, held_out)


def _log_odds(chances: Doubles) -> Doubles:
    return np.asarray(np.log(chances / (1 - chances)))


def _figures(scores: Doubles, bad: npt.NDArray[np.bool_]) -> dict[str, float]:
    return {
        "auroc": round(auroc(scores[~bad], scores[bad]), 6),
        "good_median": round(float(np.median(scores[~bad])), 6),
        "bad_median": round(float(np.median(scores[bad])), 6),
        "good": float((~bad).sum()),
        "bad": float(bad.sum()),
    }


def _written(best: _Tried, head: OkNg, shown: Base | None) -> bytes:
    """Write the model: the head, upon the base that shows where, joined by the curve where both judge."""
    about = {"task": "anomaly", "head": best.name, "weights_sha256": ",".join(one.sha256 for one in head.look.networks)}
    alone = ok_ng_model(head, about)
    if shown is None:
        return serialised(alone)
    base, verdict = (renamed(one, prefix) for one, prefix in zip((parsed(shown.model), alone), PREFIXES, strict=True))
    graph = Nodes()
    graph.extend(base)
    graph.extend(verdict)
    heat, known = (f"{PREFIXES[0]}{name}" for name in ("anomaly_map", "score"))
    chance = f"{PREFIXES[1]}score"
    if best.curve is not None:
        oddness = graph.add("Log", graph.add("Max", known, graph.constant(LEAST)))
        edge = graph.add("Clip", chance, graph.constant(LEAST), graph.constant(1 - LEAST))
        odds = graph.add("Log", graph.add("Div", edge, graph.add("Sub", graph.constant(1.0), edge)))
        row = graph.add("Reshape", graph.add("Concat", oddness, odds, axis=0), graph.constant([1, 2], np.int64))
        chance = best.curve.add(graph, row)
    cut = shown.thresholds.low if shown.thresholds.outline is None else shown.thresholds.outline
    heat = graph.add("Min", graph.add("Mul", heat, graph.constant(1 / max(cut, LEAST))), graph.constant(MOST_SHOWN))
    graph.add("Mul", heat, graph.constant(SHOWN), name="anomaly_map")
    graph.add("Identity", chance, name="score")
    return serialised(_closed(graph, base, head.look, about))


def _closed(graph: Nodes, base: ModelProto, look: Look, about: dict[str, str]) -> ModelProto:
    image = helper.make_tensor_value_info(IMAGE, TensorProto.UINT8, [1, look.height, look.width, 3])
    (heat,) = (one for one in base.graph.output if one.name.endswith("anomaly_map"))
    cells = [side.dim_value for side in heat.type.tensor_type.shape.dim]
    outputs = [
        helper.make_tensor_value_info("anomaly_map", TensorProto.FLOAT, cells),
        helper.make_tensor_value_info("score", TensorProto.FLOAT, [1]),
    ]
    return graph.model(about["head"], [image], outputs, about)
