from collections import Counter

import pytest

from camera.backends.fault_script import Fault, FaultScript, ScriptedFault, parse_faults
from camera.device import CameraError
from camera.trigger_id import trigger_id


def test_a_script_names_triggers_and_shares() -> None:
    assert parse_faults(" incomplete@12, silent@30:2.5, black=0.25, late=0.1:0.5,") == FaultScript(
        {12: ScriptedFault(Fault.INCOMPLETE), 30: ScriptedFault(Fault.SILENT, 2.5)},
        ((0.25, ScriptedFault(Fault.BLACK)), (0.1, ScriptedFault(Fault.LATE, 0.5))),
    )
    assert parse_faults("") == FaultScript()


def test_a_view_of_a_trigger_has_faults_of_its_own() -> None:
    script = parse_faults("lost@3/2, silent@4/1:0.5")
    assert script.fault_of(trigger_id(3, 1), 0) == ScriptedFault(Fault.LOST)
    assert script.fault_of(3, 0) is None
    assert script.fault_of(4, 0) == ScriptedFault(Fault.SILENT, 0.5)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("lost", "cannot read 'lost'"),
        ("lost@x", "cannot read 'lost@x'"),
        ("lost@-1", "cannot read 'lost@-1'"),
        ("black=-0.1", "cannot read 'black=-0.1'"),
        ("explode@3", "the fault one of incomplete"),
        ("silent@3", "seconds belong to silent and late"),
        ("late=0.5", "seconds belong to silent and late"),
        ("lost@3:1", "seconds belong to silent and late"),
        ("lost@3, black@3", "trigger 3 has two faults"),
        ("lost@3/2, black@3/2", "trigger 3/2 has two faults"),
        ("lost@3/0", "cannot read 'lost@3/0'"),
        ("lost=0.6, black=0.5", "the shares are 1.1 together"),
    ],
)
def test_mistakes_are_named(text: str, words: str) -> None:
    with pytest.raises(CameraError, match=words):
        parse_faults(text)


def test_shares_are_kept_and_never_two_at_once() -> None:
    script = parse_faults("lost@7, black=0.2, frozen=0.3")
    counts = Counter(fault.kind if (fault := script.fault_of(number, 5)) else None for number in range(4000))
    assert counts[Fault.BLACK] == pytest.approx(800, rel=0.15)
    assert counts[Fault.FROZEN] == pytest.approx(1200, rel=0.15)
    assert script.fault_of(7, 5) == script.fault_of(7, 6) == ScriptedFault(Fault.LOST)


def test_whole_shares_and_empty_ones() -> None:
    script = parse_faults("lost=0.0, black=1.0")
    assert {script.fault_of(number, 1) for number in range(200)} == {ScriptedFault(Fault.BLACK)}
