from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from station.line.inspection import VerdictKind
from station.review.queue import MOST_ALTERNATIVES, QueueFilter, Stage, Why, filter_json


def test_a_filter_survives_being_written() -> None:
    wanted = QueueFilter(
        since=datetime(2026, 3, 1, tzinfo=UTC),
        shift=2,
        lot="L'7",
        classes=("scratch", "dent"),
        verdicts=(VerdictKind.NG,),
        whys=(Why.AUDIT,),
        score_low=0.25,
        stage=Stage.SECOND,
    )
    assert filter_json.validate_json(filter_json.dump_json(wanted)) == wanted
    assert wanted.asks_for == ("since", "shift", "lot", "classes", "verdicts", "whys", "score_low", "stage")


@pytest.mark.parametrize(
    "text",
    [
        '{"since": "2026-03-01T00:00:00"}',
        '{"whys": ["because"]}',
        '{"colour": "red"}',
        '{"score_low": NaN}',
        '{"classes": [' + ", ".join(['"a"'] * (MOST_ALTERNATIVES + 1)) + "]}",
    ],
)
def test_what_is_no_filter_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        filter_json.validate_json(text)
