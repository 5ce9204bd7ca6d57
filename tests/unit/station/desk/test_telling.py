"""What the engine knows, in the desk's words."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from plc.link import VerdictCode
from station.desk.commands import may_have_passed
from station.desk.telling import is_hidden, verdict_changed
from station.line.inspection import Author, Verdict, VerdictKind
from station.line.uid import UidSource

NOW = datetime(2026, 1, 2, tzinfo=UTC)
OK, NG, OPEN = VerdictKind.OK, VerdictKind.NG, VerdictKind.NOT_DECIDABLE


def verdicts(*kinds: VerdictKind) -> list[Verdict]:
    """The rules' verdict, then people's."""
    return [
        Verdict(kind, Author.OPERATOR if index else Author.RULES, "", NOW, "Maria" if index else "")
        for index, kind in enumerate(kinds)
    ]


@pytest.mark.parametrize(
    ("told", "before", "passed"),
    [
        (VerdictCode.OK, (OPEN, OK), True),
        (VerdictCode.NOT_DECIDABLE, (OPEN, OK), False),
        (VerdictCode.NG, (NG,), False),
        (None, (OK,), True),
        (None, (NG, OK), False),
        (None, (OPEN, OK), True),
        (None, (OPEN, NG), False),
        (None, (OPEN,), False),
        (None, (), False),
    ],
    ids=[
        "told OK",
        "told in vain",
        "told NG",
        "the rules said OK",
        "rejected before",
        "perhaps told OK before a restart",
        "NG all along",
        "nobody said OK",
        "no such part",
    ],
)
def test_whether_a_part_may_have_passed(
    told: VerdictCode | None, before: tuple[VerdictKind, ...], *, passed: bool
) -> None:
    assert may_have_passed(told, verdicts(*before)) == passed


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 1.0])
def test_the_hidden_parts_are_a_share_and_always_the_same(share: float) -> None:
    source = UidSource()
    uids = [source() for _ in range(2000)]
    hidden = [is_hidden(uid, share) for uid in uids]
    assert hidden == [is_hidden(uid, share) for uid in uids]
    assert sum(hidden) / len(hidden) == pytest.approx(share, abs=0.05)


def test_more_hidden_parts_include_those_of_a_smaller_share() -> None:
    uids = [UUID(int=number) for number in range(500)]
    assert all(is_hidden(uid, 0.4) for uid in uids if is_hidden(uid, 0.2))


def test_the_rules_verdict_is_no_persons() -> None:
    rules, person = verdicts(NG, OK)
    assert verdict_changed(UUID(int=1), 3, person, plc_told=True).author == "Maria"
    with pytest.raises(ValueError, match="by"):
        verdict_changed(UUID(int=1), 3, rules, plc_told=False)
