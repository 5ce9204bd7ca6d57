"""Findings come back from the journal as they went in."""

import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.journal.errors import StorageError
from station.journal.findings import finding_json, pack_findings, unpack_findings
from station.journal.store import Journal
from station.line.inspection import Finding, FindingKind, Inspection, ScoreLimits, VerdictKind, View

FINDING = Finding(
    view="top",
    kind=FindingKind.LENGTH,
    verdict=VerdictKind.NG,
    text="scratch 0.31 mm in zone sealing face, limit 0.20 mm",
    class_name="scratch",
    zone="sealing face",
    rule="rule[1]",
    measured=0.3125,
    limit=0.2,
    unit="mm",
    uncertainty=0.02,
    severity="critical",
    place_px=(101.5, 40.0),
)

_numbers = st.none() | st.floats(allow_nan=False, allow_infinity=False)
_places = st.none() | st.tuples(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
_findings = st.builds(
    Finding,
    st.text(max_size=9),
    st.sampled_from(FindingKind),
    st.sampled_from(VerdictKind),
    st.text(max_size=9),
    measured=_numbers,
    limit=_numbers,
    zone=st.text(max_size=9),
    place_px=_places,
)


@given(st.lists(_findings, max_size=4).map(tuple))
def test_they_come_back_as_they_were(findings: tuple[Finding, ...]) -> None:
    assert unpack_findings(pack_findings(findings)) == findings


def test_what_is_empty_is_not_written() -> None:
    plain = Finding("top", FindingKind.FAULT, VerdictKind.NOT_DECIDABLE, "no picture", measured=math.inf)
    assert finding_json(plain) == {"view": "top", "kind": "fault", "verdict": "NOT_DECIDABLE", "text": "no picture"}


@pytest.mark.parametrize(
    "text", ["", "[", "[1]", "[{}]", '{"a": 1}', '[{"kind": "length", "verdict": "NG"}]', '[{"kind": "colour"}]']
)
def test_a_damaged_text_is_told(text: str) -> None:
    with pytest.raises(StorageError, match="findings cannot be read"):
        unpack_findings(text)


def test_the_journal_keeps_them_with_the_verdict_and_the_thresholds_with_the_view(
    data_dir: Path, key_path: Path, make_part: Callable[..., Inspection], make_view: Callable[..., View]
) -> None:
    with Journal.open(data_dir, audit_key_path=key_path) as journal:
        view = replace(make_view(journal.blobs, 1), limits=ScoreLimits(0.4, 0.6, None), defects_left_out=7)
        part = make_part(1, view)
        part = replace(part, verdict=replace(part.verdict, findings=(FINDING, FINDING)))
        journal.record(part)
        record = journal.part(part.trigger.uid)
        assert record is not None
        assert record.inspection.verdict.findings == (FINDING, FINDING)
        assert journal.verdicts(part.trigger.uid) == (part.verdict,)
        kept = record.inspection.views[0]
        assert (kept.limits, kept.defects_left_out) == (ScoreLimits(0.4, 0.6, None), 7)
