"""A row must be able to fail."""

import pytest

from station.bench.rows import Relation, Row


def row(figure: float, relation: Relation, limit: float) -> Row:
    return Row("what", figure, 10.0, "ms", "raw", relation, limit)


@pytest.mark.parametrize(
    ("figure", "relation", "limit", "compared", "met"),
    [
        (12.0, Relation.RATIO, 1.25, 1.2, True),
        (13.0, Relation.RATIO, 1.25, 1.3, False),
        (11.5, Relation.DIFFERENCE, 2.0, 1.5, True),
        (12.5, Relation.DIFFERENCE, 2.0, 2.5, False),
        (21.0, Relation.AT_LEAST, 20.0, 21.0, True),
        (19.0, Relation.AT_LEAST, 20.0, 19.0, False),
        (19.0, Relation.AT_MOST, 20.0, 19.0, True),
        (21.0, Relation.AT_MOST, 20.0, 21.0, False),
    ],
)
def test_figure_and_baseline_are_held_against_the_limit(
    figure: float, relation: Relation, limit: float, compared: float, met: bool
) -> None:
    measured = row(figure, relation, limit)
    assert measured.compared == pytest.approx(compared)
    assert measured.met is met
    assert measured.to_json()["met"] is met
