"""How a verdict is taken back: never rewritten, never undecided again."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from station.line.inspection import Author, Verdict, VerdictKind
from station.ui.operator.deciding import Decision, Given, Seen, take_back, verdict_before_ng

UID = UUID(int=1)


@pytest.mark.parametrize(("given", "seen"), [("OK", "NG"), ("NG", "OK"), ("OK", "OK")])
def test_what_stood_before_is_given_again(given: Given, seen: Seen) -> None:
    back = take_back(Decision(UID, 7, given, seen))
    assert back == Decision(UID, 7, seen, given, undo=True)  # type: ignore[arg-type]  # never undecided here


@pytest.mark.parametrize(
    ("kinds", "before"),
    [
        ([], "NOT_DECIDABLE"),
        ([("OK", Author.RULES)], "OK"),
        ([("OK", Author.RULES), ("NG", Author.OPERATOR)], "OK"),
        ([("NG", Author.RULES), ("NG", Author.OPERATOR)], "NG"),
        ([("NOT_DECIDABLE", Author.RULES), ("OK", Author.QA), ("NG", Author.QA)], "OK"),
    ],
)
def test_what_an_ng_superseded(kinds: list[tuple[str, Author]], before: Seen) -> None:
    now = datetime(2026, 11, 17, tzinfo=UTC)
    verdicts = [Verdict(VerdictKind(kind), by, "", now) for kind, by in kinds]
    assert verdict_before_ng(verdicts) == before


def test_a_person_cannot_make_a_part_undecided_again() -> None:
    assert take_back(Decision(UID, 7, "OK", "NOT_DECIDABLE")) is None
