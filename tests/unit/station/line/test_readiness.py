"""When the station may take parts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plc.link import ErrorCode, OfflineReason
from station.line.inspection import Fault, FaultCode
from station.line.readiness import Readiness, error_code

SOURCES = ("top", "model", "storage")
CODES = {"top": FaultCode.CAMERA, "model": FaultCode.MODEL, "storage": FaultCode.STORAGE}


def fault(source: str) -> Fault:
    return Fault(CODES[source], source, f"{source} is broken")


@given(st.lists(st.tuples(st.sampled_from(SOURCES), st.booleans()), max_size=20))
def test_online_exactly_when_every_source_was_last_heard_well(news: list[tuple[str, bool]]) -> None:
    readiness = Readiness(frozenset(SOURCES))
    for source, well in news:
        readiness = readiness.well(source) if well else readiness.with_fault(fault(source))
    last = dict(news)
    online = all(last.get(source) for source in SOURCES)
    assert (readiness.offline_reason is OfflineReason.NONE) == online


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (("top",), OfflineReason.NO_CAMERA),
        (("model", "top"), OfflineReason.NO_MODEL),
        (("top", "model", "storage"), OfflineReason.NO_STORAGE),
        ((), OfflineReason.STARTING),
    ],
)
def test_the_gravest_reason_is_shown(broken: tuple[str, ...], reason: OfflineReason) -> None:
    readiness = Readiness(frozenset(SOURCES))
    for source in broken:
        readiness = readiness.with_fault(fault(source))
    assert readiness.offline_reason is reason


def test_a_stopping_station_is_offline_whatever_is_well() -> None:
    assert Readiness(frozenset()).stop().offline_reason is OfflineReason.STOPPING


def test_a_pause_takes_a_well_station_offline_and_hides_no_fault() -> None:
    paused = Readiness(frozenset()).pause("lunch")
    assert paused.offline_reason is OfflineReason.STOPPING
    assert paused.with_fault(fault("storage")).offline_reason is OfflineReason.NO_STORAGE
    assert paused.with_fault(fault("top")).well("top").paused == "lunch"
    assert paused.pause(None).offline_reason is OfflineReason.NONE
    assert Readiness(frozenset({"top"})).pause("lunch").offline_reason is OfflineReason.STARTING


def test_a_programs_pause_leaves_jobs_alone_and_a_persons_does_not() -> None:
    well = Readiness(frozenset())
    assert well.takes_jobs
    assert well.pause("by gateway", job_by_job=True).takes_jobs
    assert not well.pause("lunch").takes_jobs
    assert not well.pause("by gateway", job_by_job=True).with_fault(fault("top")).takes_jobs
    assert not well.pause(None, job_by_job=True).job_by_job


def test_every_fault_has_an_error_for_the_plc() -> None:
    assert all(error_code(code) is not ErrorCode.NONE for code in FaultCode)
