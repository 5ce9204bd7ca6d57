"""The reason of a verdict in the person's language, out of its findings."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QLocale

from station.line.inspection import Author, Finding, FindingKind, Verdict, VerdictKind
from station.ui.i18n import LANGUAGES, Language
from station.ui.reasons import finding_words, reason_of

NG, UNDECIDED, OK = VerdictKind.NG, VerdictKind.NOT_DECIDABLE, VerdictKind.OK
SCRATCH = Finding(
    "top",
    FindingKind.LENGTH,
    NG,
    "scratch 0.31 mm in zone face, limit 0.20 mm (critical)",
    class_name="scratch",
    zone="face",
    rule="rule[1]",
    measured=0.312,
    limit=0.2,
    unit="mm",
    uncertainty=0.02,
    severity="critical",
    place_px=(120.4, 48.6),
)
EVERY = [
    SCRATCH,
    *(replace(SCRATCH, kind=kind) for kind in (FindingKind.WIDTH, FindingKind.DISTANCE)),
    *(replace(SCRATCH, kind=kind, unit="mm²") for kind in (FindingKind.AREA, FindingKind.TOTAL_AREA)),
    replace(SCRATCH, verdict=UNDECIDED),
    Finding("top", FindingKind.SCORE, NG, "anomaly 0.9; limit 0.5", measured=0.9, limit=0.5),
    Finding("top", FindingKind.SCORE, UNDECIDED, "anomaly 0.4; …", class_name="anomaly", measured=0.4, limit=0.3),
    Finding("top", FindingKind.SCORE, OK, "anomaly 0.1; limit 0.3", measured=0.1, limit=0.3),
    Finding("top", FindingKind.COUNT, NG, "5 defects; limit 3", measured=5.0, limit=3.0),
    Finding("top", FindingKind.NOT_ACCEPTED, NG, "burr …", class_name="burr", measured=1.0, limit=0.0),
    Finding("top", FindingKind.NOT_ACCEPTED, NG, "burr …", class_name="burr", measured=3.0, limit=0.0),
    Finding("top", FindingKind.ACCEPTED, OK, "no defect", measured=0.0),
    Finding("top", FindingKind.ACCEPTED, OK, "2 defects, accepted by the rules", measured=2.0),
    Finding("top", FindingKind.IGNORED, OK, "1 defect in ignore zone clamp left out", zone="clamp", measured=1.0),
    Finding("top", FindingKind.IGNORED, OK, "nothing under badge was inspected", zone="badge"),
    Finding("top", FindingKind.UNUSABLE, UNDECIDED, "the model gave no answer"),
]


@pytest.fixture(params=[code for code in LANGUAGES if code != "en"])
def language(request: pytest.FixtureRequest, qapp: object) -> Iterator[Language]:
    """Every language but English."""
    spoken = Language()
    spoken.choose(request.param)
    yield spoken
    spoken.choose("en")


def verdict(*findings: Finding, kind: VerdictKind = NG) -> Verdict:
    return Verdict(kind, Author.RULES, "as it was recorded", datetime(2026, 1, 1, tzinfo=UTC), findings=findings)


def test_each_kind_of_finding_is_said_with_its_names_and_figures(language: Language) -> None:
    locale = language.locale
    for finding in EVERY:
        text = finding_words(finding, locale)
        assert text != finding.text, "not translated"
        assert "{" not in text
        if finding.class_name not in {"", "anomaly"}:
            assert finding.class_name in text
        if finding.zone:
            assert finding.zone in text
        if finding.kind is FindingKind.LENGTH:
            point = locale.decimalPoint()
            assert f"0{point}31 ± 0{point}02 mm" in text
            assert f"0{point}20 mm" in text
            assert "120" in text


def test_the_worst_reasons_come_first_and_good_news_of_a_bad_part_is_left_out(language: Language) -> None:
    minor = replace(SCRATCH, severity="minor", class_name="stain")
    good = Finding("side", FindingKind.SCORE, OK, "anomaly 0.1; limit 0.3", measured=0.1, limit=0.3)
    text = reason_of(verdict(minor, SCRATCH, good), language.locale)
    assert text.startswith("top: ")
    assert text.index("scratch") < text.index("stain")
    assert "side" not in text
    assert "as it was recorded" not in text


def test_english_and_older_records_keep_the_recorded_words(language: Language) -> None:
    assert reason_of(verdict(), language.locale) == "as it was recorded"
    assert reason_of(verdict(SCRATCH), QLocale("en")) == "as it was recorded"
