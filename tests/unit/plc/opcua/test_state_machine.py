"""The machines against the standard's own NodeSet, and the paths a line takes through them."""

import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plc.opcua.nodesets import MACHINE_VISION, load_nodesets
from plc.opcua.ports import Fault, Identity, LineState
from plc.opcua.state_machine import (
    TRANSITIONS,
    Cause,
    Effect,
    Mode,
    NotNowError,
    Situation,
    State,
    allows,
    browse_name,
    describe,
    next_cause,
    step,
)

RECIPE = Identity("plate-A", "1")
FAULT = Fault("camera", "top", "Camera top: no picture.")
IDLE = LineState(attached=True, faults=(), accepting=False, busy=False, settled=True, recipe=RECIPE)
RUNNING = replace(IDLE, accepting=True)
GONE = LineState(attached=False, faults=(), accepting=False, busy=False, settled=False, recipe=None)
CLIENT_CALLS = (
    Cause.HALT,
    Cause.RESET,
    Cause.SELECT_MODE_AUTOMATIC,
    Cause.START_SINGLE_JOB,
    Cause.START_CONTINUOUS,
    Cause.STOP,
    Cause.ABORT,
)
NODES = "{http://opcfoundation.org/UA/2011/03/UANodeSet.xsd}"
HALT_BY_THEMSELVES = 10
"""More steps than any path to rest has."""


def settle(now: Situation, line: LineState, *, unprepared: bool = False, job_done: bool = False) -> Situation:
    for _ in range(HALT_BY_THEMSELVES):
        cause = next_cause(now, line, unprepared=unprepared, job_done=job_done)
        if cause is None:
            return now
        now, _ = step(now, cause)
    pytest.fail(f"never rests: {describe(now)}")


def transitions_of_the_nodeset() -> dict[str, tuple[int, str, str]]:
    """Return number, source and target of every transition object, by name, out of the official file."""
    root = ET.fromstring(next(iter(load_nodesets([MACHINE_VISION]))))
    nodes = {node.get("NodeId"): node for node in root}
    names = {nodeid: (node.get("BrowseName") or "").partition(":")[2] for nodeid, node in nodes.items()}
    found = {}
    for nodeid, node in nodes.items():
        ends = {
            names.get(reference.get("ReferenceType", ""), reference.get("ReferenceType", "")): reference.text
            for reference in node.iter(f"{NODES}Reference")
            if reference.get("IsForward") != "false"
        }
        start, end = ends.get("FromState"), ends.get("ToState")
        if start is None or end is None:
            continue
        number = next(
            int(value.text or 0)
            for reference in node.iter(f"{NODES}Reference")
            if reference.get("ReferenceType") == "HasProperty" and reference.text in nodes
            for value in nodes[reference.text].iter("{http://opcfoundation.org/UA/2008/02/Types.xsd}UInt32")
        )
        found[names[nodeid]] = (number, names[start], names[end])
    return found


def test_every_transition_is_the_standards_own() -> None:
    official = transitions_of_the_nodeset()
    assert len(official) > len(TRANSITIONS)
    for transition in TRANSITIONS.values():
        number, source, target = official[transition.name]
        assert (transition.number, browse_name(transition.source), browse_name(transition.target)) == (
            number,
            source,
            target,
        )


def test_a_transition_starts_where_its_table_says() -> None:
    for (place, _), transition in TRANSITIONS.items():
        assert transition.source is place


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (GONE, Situation(State.PREOPERATIONAL)),
        (replace(IDLE, settled=False), Situation(State.PREOPERATIONAL)),
        (IDLE, Situation(State.OPERATIONAL, Mode.READY)),
        (RUNNING, Situation(State.OPERATIONAL, Mode.CONTINUOUS_EXECUTION)),
        (replace(IDLE, recipe=None), Situation(State.OPERATIONAL, Mode.INITIALIZED)),
        (replace(IDLE, faults=(FAULT,)), Situation(State.ERROR)),
    ],
)
def test_where_a_line_brings_it_by_itself(line: LineState, expected: Situation) -> None:
    assert settle(Situation(), line) == expected


def test_a_fault_and_its_end() -> None:
    running = settle(Situation(), RUNNING)
    failed, transition = step(running, Cause.FAILED)
    assert failed == Situation(State.ERROR)
    assert transition.effects == (Effect.ERROR,)
    recovered, transition = step(failed, Cause.RECOVERED)
    assert recovered == Situation(State.OPERATIONAL, Mode.INITIALIZED)
    assert transition.effects == (Effect.ERROR_RESOLVED,)
    assert settle(recovered, RUNNING) == running


def test_halted_stays_halted_whatever_the_line_does() -> None:
    halted, _ = step(settle(Situation(), IDLE), Cause.HALT)
    for line in (RUNNING, IDLE, GONE, replace(IDLE, faults=(FAULT,))):
        assert settle(halted, line) == Situation(State.HALTED)


def test_a_single_job_ends_with_its_result() -> None:
    ready = settle(Situation(), IDLE)
    single, transition = step(ready, Cause.START_SINGLE_JOB)
    assert transition.effects == (Effect.JOB_STARTED,)
    assert settle(single, IDLE) == single
    assert settle(single, IDLE, job_done=True) == ready


def test_a_paused_line_ends_a_continuous_job_when_nothing_is_in_hand() -> None:
    running = settle(Situation(), RUNNING)
    assert settle(running, replace(IDLE, busy=True)) == running
    assert settle(running, IDLE) == Situation(State.OPERATIONAL, Mode.READY)


def test_an_unprepared_recipe_starts_no_job() -> None:
    ready = settle(Situation(), IDLE)
    unprepared, _ = step(ready, Cause.UNPREPARE_RECIPE)
    assert settle(unprepared, IDLE, unprepared=True) == Situation(State.OPERATIONAL, Mode.INITIALIZED)
    with pytest.raises(NotNowError, match="StartSingleJob is not possible while Operational/Initialized"):
        step(unprepared, Cause.START_SINGLE_JOB)


def test_a_lost_engine_is_preoperational() -> None:
    for line in (RUNNING, replace(IDLE, faults=(FAULT,))):
        assert settle(settle(Situation(), line), GONE) == Situation(State.PREOPERATIONAL)


lines = st.builds(
    LineState,
    attached=st.booleans(),
    faults=st.sampled_from([(), (FAULT,)]),
    accepting=st.booleans(),
    busy=st.booleans(),
    settled=st.booleans(),
    recipe=st.sampled_from([None, RECIPE]),
)


@given(st.lists(st.one_of(lines, st.sampled_from(CLIENT_CALLS)), max_size=30))
def test_no_sequence_leaves_the_standards_drawing(happenings: list[LineState | Cause]) -> None:
    now, line = Situation(), GONE
    for happening in happenings:
        if isinstance(happening, LineState):
            line = happening
        elif allows(now, happening):
            now, _ = step(now, happening)
        else:
            with pytest.raises(NotNowError):
                step(now, happening)
        now = settle(now, line)
        assert (now.mode is not None) == (now.state is State.OPERATIONAL)
