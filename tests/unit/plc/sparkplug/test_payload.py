"""Payloads, byte by byte as the protobuf encoding and the field numbers of the standard give them."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plc.sparkplug.edge import read_state
from plc.sparkplug.payload import DataType, Metric, encode, is_set, milliseconds

THEN = datetime(1970, 1, 1, 0, 0, 0, 5000, tzinfo=UTC)


def test_a_payload_is_what_the_standard_says() -> None:
    metrics = [
        Metric("a", DataType.BOOLEAN, True, THEN),
        Metric("b", DataType.UINT64, 300, THEN, historical=True),
        Metric("c", DataType.STRING, None, THEN),
        Metric("d", DataType.DATE_TIME, THEN, THEN),
        Metric("e", DataType.DOUBLE, 0.5, THEN),
    ]
    head = bytes([0x18, 5, 0x20])  # timestamp, field 3; datatype, field 4
    expected = [
        b"\x0a\x01a" + head + b"\x0b" + b"\x70\x01",  # boolean_value, field 14
        b"\x0a\x01b" + head + b"\x08" + b"\x28\x01" + b"\x58\xac\x02",  # is_historical, field 5; long_value, field 11
        b"\x0a\x01c" + head + b"\x0c" + b"\x38\x01",  # is_null, field 7
        b"\x0a\x01d" + head + b"\x0d" + b"\x58\x05",
        b"\x0a\x01e" + head + b"\x0a" + b"\x69" + bytes(6) + b"\xe0\x3f",  # double_value, field 13
    ]
    body = b"".join(b"\x12" + bytes([len(metric)]) + metric for metric in expected)  # metrics, field 2
    assert encode(metrics, THEN, 0) == b"\x08\x05" + body + b"\x18\x00"  # timestamp, field 1; seq, field 3


def test_a_death_has_no_sequence() -> None:
    assert encode([], THEN) == b"\x08\x05"


def test_a_command_is_a_metric_that_is_true() -> None:
    rebirth = Metric("Node Control/Rebirth", DataType.BOOLEAN, True, THEN)
    assert is_set(encode([rebirth], THEN), "Node Control/Rebirth")
    assert not is_set(encode([rebirth], THEN), "Node Control/Reboot")
    assert not is_set(encode([Metric("x", DataType.BOOLEAN, False, THEN)], THEN), "x")


@given(st.binary())
def test_nonsense_is_no_command_and_no_state(data: bytes) -> None:
    assert not is_set(data, "Node Control/Rebirth")
    online, _ = read_state(data)
    assert online is None or data in {b"ONLINE", b"OFFLINE"}


@pytest.mark.parametrize(
    ("payload", "told"),
    [
        (b'{"online": true, "timestamp": 17}', (True, 17)),
        (b'{"online": false, "timestamp": 17}', (False, 17)),
        (b"ONLINE", (True, 0)),
        (b"OFFLINE", (False, 0)),
        (b'{"online": "yes", "timestamp": 17}', (None, 0)),
        (b"[1]", (None, 0)),
        (b"17", (None, 0)),
    ],
)
def test_states_of_both_versions(payload: bytes, told: tuple[bool | None, int]) -> None:
    assert read_state(payload) == told


def test_times_are_milliseconds() -> None:
    assert milliseconds(datetime(2026, 5, 1, tzinfo=UTC)) == 1777593600000
