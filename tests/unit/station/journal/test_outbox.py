from collections.abc import Callable
from uuid import UUID

import pytest

from station.journal.errors import StorageError
from station.journal.outbox import LONGEST_RETRY_S, MAX_REFUSALS, retry_delay_s
from station.journal.store import Journal
from station.line.inspection import Inspection


@pytest.fixture
def uids(journal: Journal, make_part: Callable[..., Inspection]) -> list[UUID]:
    parts = [make_part(number) for number in range(1, 4)]
    for part in parts:
        journal.record(part)
    return [part.trigger.uid for part in parts]


def _due(journal: Journal, destination: str = "mes") -> list[UUID]:
    return [parcel.uid for parcel in journal.outbox.due(destination)]


def test_every_part_goes_to_every_destination_in_order(journal: Journal, uids: list[UUID]) -> None:
    assert _due(journal) == uids
    assert _due(journal, "archive") == uids
    assert _due(journal, "nobody") == []


def test_what_is_acknowledged_is_not_sent_again(journal: Journal, uids: list[UUID]) -> None:
    journal.outbox.acknowledged("mes", uids[0])
    journal.outbox.acknowledged("mes", uids[0])
    assert _due(journal) == uids[1:]
    assert _due(journal, "archive") == uids


def test_a_silent_destination_is_tried_ever_more_slowly_and_never_given_up(
    journal: Journal, advance: Callable[[float], None], uids: list[UUID]
) -> None:
    for attempt in range(1, 40):
        journal.outbox.unreachable("mes", uids[0], "timeout")
        assert uids[0] not in _due(journal)
        advance(retry_delay_s(attempt) - 0.001)
        assert uids[0] not in _due(journal)
        advance(0.002)
        assert uids[0] in _due(journal)
    parcel = journal.outbox.due("mes")[0]
    assert (parcel.attempts, parcel.error) == (39, "timeout")
    assert journal.outbox.quarantined("mes") == ()


def test_a_refused_row_ends_in_quarantine_and_holds_nothing_up(
    journal: Journal, advance: Callable[[float], None], uids: list[UUID]
) -> None:
    for _ in range(MAX_REFUSALS):
        journal.outbox.refused("mes", uids[0], "400 bad part id")
        advance(LONGEST_RETRY_S)
    assert _due(journal) == uids[1:]
    (parcel,) = journal.outbox.quarantined("mes")
    assert (parcel.uid, parcel.error) == (uids[0], "400 bad part id")
    journal.outbox.retry("mes", uids[0])
    assert _due(journal) == uids
    assert journal.outbox.quarantined("mes") == ()


def test_an_outage_does_not_count_as_refusal(
    journal: Journal, advance: Callable[[float], None], uids: list[UUID]
) -> None:
    for _ in range(MAX_REFUSALS - 1):
        journal.outbox.refused("mes", uids[0], "no")
    for _ in range(10):
        journal.outbox.unreachable("mes", uids[0], "gone")
    assert journal.outbox.quarantined("mes") == ()


def test_a_wrong_destination_is_an_error(journal: Journal, uids: list[UUID]) -> None:
    for call in (journal.outbox.unreachable, journal.outbox.refused):
        with pytest.raises(StorageError, match="check the destination's name"):
            call("nobody", uids[0], "x")
    with pytest.raises(StorageError, match="check the destination's name"):
        journal.outbox.acknowledged("mes", UUID(int=1))


def test_delays_double_up_to_five_minutes() -> None:
    assert [retry_delay_s(attempts) for attempts in (1, 2, 3, 9, 10, 1000)] == [1, 2, 4, 256, 300, 300]
