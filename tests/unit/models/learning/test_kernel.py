"""The kernel machine: what it tells apart, its held-out scores, and the graph beside numpy."""

import numpy as np
import numpy.typing as npt
import onnx
import pytest
from onnx import TensorProto, helper

from models.evaluate import auroc
from models.learning import kernel
from models.learning.crossval import folds
from models.learning.kernel import Fitted, Machine, fit
from models.learning.nodes import Nodes, serialised
from models.session import Network

Doubles = npt.NDArray[np.float64]


def rings(count: int, seed: int) -> tuple[Doubles, npt.NDArray[np.bool_]]:
    """Good ones near the origin, bad ones around them: no straight line tells them apart."""
    rng = np.random.default_rng(seed)
    bad = np.arange(count) % 2 == 1
    angle = rng.uniform(0, 2 * np.pi, count)
    radius = np.where(bad, 3.0, 0.7) + rng.normal(0, 0.3, count)
    noise = rng.normal(0, 0.2, (count, 3))
    return np.column_stack([radius * np.cos(angle), radius * np.sin(angle), noise]), bad


def fitted(count: int = 80, trust: Doubles | None = None) -> Fitted:
    vectors, bad = rings(count, 1)
    return fit(vectors, bad, np.ones(count) if trust is None else trust, folds(count, 0))


def test_what_no_line_tells_apart_is_told_apart() -> None:
    vectors, bad = rings(200, 2)
    scores = fitted().machine.scores(vectors)
    assert auroc(scores[~bad], scores[bad]) > 0.98
    assert ((scores > 0) == bad).mean() > 0.9


def test_a_held_out_score_is_that_of_a_machine_fitted_without_its_fold() -> None:
    vectors, bad = rings(60, 3)
    trust = np.where(np.arange(60) < 10, 0.3, 1.0)
    held = folds(60, 0)
    found = fit(vectors, bad, trust, held)
    machine = found.machine
    at = (vectors - machine.mean) @ machine.axes
    squares = ((at[:, None] - at[None]) ** 2).sum(axis=2)
    matrix = 1 + np.exp(-machine.width * squares)
    by_penalty = []
    for penalty in kernel.PENALTIES:
        scores = np.empty(60)
        for fold in held:
            rest = np.setdiff1d(np.arange(60), fold)
            ridge = np.diag(penalty / trust[rest])
            weights = np.linalg.solve(matrix[np.ix_(rest, rest)] + ridge, np.where(bad[rest], 1.0, -1.0))
            scores[fold] = matrix[np.ix_(fold, rest)] @ weights
        by_penalty.append(np.abs(scores - found.held_out).max())
    assert min(by_penalty) < 1e-3


def test_a_doubtful_label_pulls_less() -> None:
    vectors, bad = rings(80, 1)
    wrong = int(np.flatnonzero(~bad)[0])
    said = bad.copy()
    said[wrong] = True
    sure = fit(vectors, said, np.ones(80), folds(80, 0)).machine.scores(vectors[wrong : wrong + 1])
    trust = np.ones(80)
    trust[wrong] = 0.05
    doubtful = fit(vectors, said, trust, folds(80, 0)).machine.scores(vectors[wrong : wrong + 1])
    assert doubtful[0] < sure[0] - 0.2


@pytest.mark.parametrize("wide", [False, True], ids=["more rows than values", "more values than rows"])
def test_the_graph_computes_what_numpy_does(wide: bool) -> None:
    rng = np.random.default_rng(5)
    vectors, bad = rng.normal(0, 3, (30, 90 if wide else 7)) + 5, np.arange(30) % 3 == 0
    machine = fit(vectors, bad, np.ones(30), folds(30, 0)).machine
    asked = rng.normal(0, 3, (4, vectors.shape[1])) + 5
    in_graph = [_answer(machine, row) for row in asked]
    assert in_graph == pytest.approx(machine.scores(asked).tolist(), abs=1e-3)


def test_a_value_that_never_changes_is_left_alone() -> None:
    vectors, bad = rings(60, 4)
    same = np.column_stack([vectors, np.full(60, 7.0)])
    assert np.isfinite(fit(same, bad, np.ones(60), folds(60, 0)).machine.scores(same)).all()


def _answer(machine: Machine, row: Doubles) -> float:
    graph = Nodes()
    graph.add("Identity", machine.add(graph, "vector"), name="score")
    vector = helper.make_tensor_value_info("vector", TensorProto.FLOAT, [1, len(row)])
    score = helper.make_tensor_value_info("score", TensorProto.FLOAT, [1, 1])
    model = graph.model("machine", [vector], [score], {})
    onnx.checker.check_model(model, full_check=True)
    (found,) = Network.load(serialised(model)).run("vector", row[None].astype(np.float32), ["score"])
    return float(found[0, 0])
