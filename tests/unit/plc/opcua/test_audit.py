"""No client fills the audit chain by repeating itself, and none changes anything unseen."""

import asyncio
from collections.abc import Mapping

from plc.opcua.audit import MOST_KEYS, PERIOD_S, AuditTrail


class Chain:
    def __init__(self) -> None:
        self.entries: list[tuple[str, Mapping[str, str]]] = []
        self.time = 0.0

    async def write(self, event: str, details: Mapping[str, str]) -> None:
        self.entries.append((event, details))


def test_what_changes_something_is_entered_each_time() -> None:
    chain = Chain()
    trail = AuditTrail(chain.write, lambda: chain.time)

    async def happen() -> None:
        for _ in range(3):
            await trail.note("opcua-call", user="mes", method="Stop")

    asyncio.run(happen())
    assert chain.entries == [("opcua-call", {"user": "mes", "method": "Stop"})] * 3


def test_what_is_repeated_is_counted() -> None:
    chain = Chain()
    trail = AuditTrail(chain.write, lambda: chain.time)

    async def happen() -> None:
        for _ in range(100):
            await trail.note_often("opcua-refused", user="mes", method="Halt")
        await trail.note_often("opcua-refused", user="other", method="Halt")
        chain.time = PERIOD_S
        await trail.note_often("opcua-refused", user="mes", method="Halt")

    asyncio.run(happen())
    assert [(details["user"], details["times"]) for _, details in chain.entries] == [
        ("mes", "1"),
        ("other", "1"),
        ("mes", "100"),
    ]


def test_ever_new_details_do_not_fill_the_memory() -> None:
    chain = Chain()
    trail = AuditTrail(chain.write, lambda: chain.time)

    async def happen() -> None:
        for number in range(MOST_KEYS + 10):
            await trail.note_often("opcua-call", outcome=str(number))

    asyncio.run(happen())
    assert len(trail._last) <= MOST_KEYS
