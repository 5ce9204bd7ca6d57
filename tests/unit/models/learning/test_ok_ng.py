"""A machine for each network, and the band of doubt around even odds."""

from dataclasses import replace

import numpy as np
import pytest

from models.learning.backbone import WHOLE_LITE0
from models.learning.choice import sides
from models.learning.nodes import serialised
from models.learning.ok_ng import EVEN, Verdicts, doubt, learn_ok_ng, ok_ng_model
from models.learning.whole import Look, Looker
from models.session import Session


def held_out(count: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(count)
    bad = np.arange(count) % 2 == 0
    return 1 / (1 + np.exp(-np.where(bad, 1.5, -1.5) + rng.normal(0, 1.5, count))), bad


def test_the_more_verdicts_the_narrower_the_band_of_doubt() -> None:
    widths = []
    for count in (20, 80, 800):
        scores, bad = held_out(count)
        limits = doubt(scores, bad, np.ones(count), seed=0)
        assert limits.low == EVEN
        assert limits.interval[0] <= EVEN <= limits.interval[1] == limits.high < 1
        assert limits.parts == count // 2
        widths.append(limits.high - limits.interval[0])
    assert widths == sorted(widths, reverse=True)
    assert widths[-1] < widths[0] / 2


@pytest.mark.parametrize("count", [10, 40])
def test_scores_that_say_nothing_leave_much_in_doubt(count: int) -> None:
    rng = np.random.default_rng(1)
    limits = doubt(rng.uniform(0.45, 0.55, count), np.arange(count) % 2 == 0, np.ones(count), seed=0)
    assert limits.low <= limits.high <= 1


def test_two_networks_judge_by_the_sum_of_their_machines_and_the_graph_says_the_same() -> None:
    rng = np.random.default_rng(5)
    pictures = rng.integers(0, 120, (14, 1, 64, 64, 3)).astype(np.uint8)
    bad = np.arange(14) % 2 == 0
    pictures[bad, :, 20:40, 20:40] = 255
    smaller = replace(WHOLE_LITE0, name="smaller", look_px=32 * 32)
    looker = Looker.load(Look(64, 64, 1, (WHOLE_LITE0, smaller)), threads=1)
    vectors = np.stack([looker.vector(picture) for picture in pictures])
    assert sum(looker.look.lengths) == vectors.shape[1]
    head = learn_ok_ng(looker.look, vectors, Verdicts(bad, np.ones(14), sides(range(14), None, None, 0)))
    first, second = (
        machine.scores(part)
        for machine, part in zip(head.machines, np.split(vectors, looker.look.lengths[:1], axis=1), strict=True)
    )
    odds = head.probabilities(vectors)
    assert np.allclose(odds, head.curve.probabilities((first + second)[:, None]))
    assert odds[bad].min() > EVEN > odds[~bad].max()
    session = Session.load(serialised(ok_ng_model(head, {"task": "anomaly"})), threads=1)
    assert [session.run(picture).score for picture in pictures] == pytest.approx(odds, abs=2e-3)
