"""When a model is sure, and where a part looks worst."""

from datetime import UTC, datetime
from uuid import UUID

import numpy as np
import pytest

from labeling.shapes import Polygon, frozen_points
from models.prediction import Defect
from station.journal.records import PartRecord, Review
from station.line.inspection import Author, Fault, FaultCode, Inspection, RecipeRef, Trigger, Verdict, VerdictKind
from station.ui.operator.opinion import heat_range, is_sure, opposes_a_sure_model, worst_place, worst_view
from station.ui.pictures import PartPicture, ViewPicture

NOW = datetime(2026, 11, 17, tzinfo=UTC)
SQUARE = Polygon(frozen_points([[20, 10], [60, 10], [60, 30], [20, 30]]))


def view(score: float | None = 0.5, **values: object) -> ViewPicture:
    fields: dict[str, object] = {
        "name": "top", "camera": "cam", "size": (100, 50), "pixels": None, "sharp": True, "heat": None,
        "limits": (1.0, 2.0), "score": score, "model": "m/1", "defects": (), "fault": None,
    }  # fmt: skip
    return ViewPicture(**{**fields, **values})  # type: ignore[arg-type]


def part(kind: VerdictKind, *views: ViewPicture, by: Author = Author.RULES) -> PartPicture:
    verdict = Verdict(kind, by, "", NOW)
    trigger = Trigger(UUID(int=1), 1, 1, 1, "", 0, NOW, 0)
    inspection = Inspection(trigger, RecipeRef("r", 1, "0" * 64), (), verdict, 1)
    return PartPicture(UUID(int=1), PartRecord(inspection, (verdict,), Review.NONE), views, complete=True)


@pytest.mark.parametrize(
    ("score", "limits", "sure"),
    [
        (0.4, (1.0, 2.0), True),
        (0.6, (1.0, 2.0), False),
        (1.5, (1.0, 2.0), False),
        (2.4, (1.0, 2.0), False),
        (2.5, (1.0, 2.0), True),
        (float("nan"), (1.0, 2.0), False),
        (None, (1.0, 2.0), False),
        (9.0, None, False),
    ],
)
def test_a_model_is_sure_well_outside_of_its_thresholds(
    score: float | None, limits: tuple[float, float] | None, *, sure: bool
) -> None:
    assert is_sure(score, limits) is sure


def test_one_surely_bad_view_opposes_an_ok_and_a_sure_ok_needs_them_all() -> None:
    assert opposes_a_sure_model(part(VerdictKind.NG, view(9.0), view(1.5)), "OK")
    assert not opposes_a_sure_model(part(VerdictKind.NG, view(9.0)), "NG"), "it agrees"
    assert opposes_a_sure_model(part(VerdictKind.OK, view(0.1), view(0.2)), "NG")
    assert not opposes_a_sure_model(part(VerdictKind.OK, view(0.1), view(0.9)), "NG")


def test_a_persons_verdict_and_an_open_one_are_opposed_without_a_question() -> None:
    assert not opposes_a_sure_model(part(VerdictKind.NG, view(9.0), by=Author.QA), "OK")
    assert not opposes_a_sure_model(part(VerdictKind.NOT_DECIDABLE, view(9.0)), "OK")


def test_a_view_with_a_fault_is_looked_at_first_then_the_worst_score() -> None:
    fault = Fault(FaultCode.CAMERA, "cam", "silent")
    assert worst_view(part(VerdictKind.NG, view(0.1), view(3.0), view(None))) == 1
    assert worst_view(part(VerdictKind.NOT_DECIDABLE, view(9.0), view(None, fault=fault))) == 1
    assert worst_view(part(VerdictKind.NOT_DECIDABLE)) == 0


def test_the_worst_place_is_the_heats_peak_in_the_worst_outline() -> None:
    heat = np.zeros((5, 10), np.float32)
    heat[2, 4] = 1.0
    heat[4, 9] = 9.0  # hotter, and not in the outline
    defects = (Defect("anomaly", 1.0, SQUARE),)
    assert worst_place(view(heat=heat, defects=defects)) == (45.0, 25.0)
    assert worst_place(view(defects=defects)) == (40.0, 20.0)
    assert worst_place(view(heat=heat)) is None


def test_heat_reaches_from_good_to_its_own_peak() -> None:
    heat = np.full((2, 2), 7.0, np.float32)
    assert heat_range(view(heat=heat)) == (1.0, 7.0)
    assert heat_range(view(heat=heat / 100)) == (1.0, 2.0)
    low, high = heat_range(view(heat=np.zeros((2, 2), np.float32), limits=None))
    assert low < high
