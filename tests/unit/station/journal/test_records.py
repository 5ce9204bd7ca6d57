from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

import pytest

from models.prediction import Defect
from station.journal.records import judgement, register_id, time_text
from station.line.inspection import View


@pytest.mark.parametrize(
    ("number", "shown"), [(1, 1), (65535, 65535), (65536, 1), (65537, 2), (131070, 65535), (131071, 1)]
)
def test_register_ids_wrap_and_skip_zero(number: int, shown: int) -> None:
    assert register_id(number) == shown


def test_the_part_is_its_worst_view(make_defect: Callable[[str, float], Defect]) -> None:
    views = (
        View("top", "a", score=0.2, model_name="plate", model_version="3", defects=(make_defect("pit", 0.4),)),
        View("side", "b", score=0.7, model_name="plate", model_version="3", defects=(make_defect("scratch", 0.9),)),
        View("back", "c"),
    )
    total = judgement(views)
    assert (total.score, total.defects, total.worst_class, total.model) == (0.7, 2, "scratch", "plate/3")


def test_a_part_without_views_has_no_score() -> None:
    total = judgement(())
    assert (total.score, total.defects, total.worst_class, total.model) == (None, 0, "", "")


def test_the_order_of_time_texts_is_that_of_times() -> None:
    whole = datetime(2026, 3, 1, 12, 0, 0, tzinfo=UTC)
    east = whole.astimezone(timezone(timedelta(hours=9)))
    later = whole + timedelta(microseconds=1)
    assert time_text(whole) == time_text(east) == "2026-03-01T12:00:00.000000+00:00"
    assert time_text(later) > time_text(whole)
    with pytest.raises(ValueError, match="zone"):
        time_text(datetime(2026, 3, 1))  # noqa: DTZ001 - a time without a zone is the case
