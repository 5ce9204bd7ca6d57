"""A scenario says exactly what goes wrong, or the command line says what it should have said."""

import pytest

from plc.line_faults import FaultKind, LineFault, parse_faults


def test_a_scenario_is_read() -> None:
    assert parse_faults(" vanish@20:3.0, double-trigger@50 ,") == (
        LineFault(FaultKind.VANISH, 20, 3.0),
        LineFault(FaultKind.DOUBLE_TRIGGER, 50),
    )
    assert parse_faults("") == ()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("explode@3:1", "with kind one of vanish, silent, stuck-ack, double-trigger"),
        ("vanish", "is not kind@part"),
        ("vanish@x:1", "is not kind@part"),
        ("vanish@0:1", "count from 1"),
        ("vanish@1:nan", "seconds from 0"),
        ("vanish@1:-2", "seconds from 0"),
        ("silent@4", "silent@4:2.0"),
    ],
)
def test_a_wrong_scenario_is_named(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        parse_faults(text)
