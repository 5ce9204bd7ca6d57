"""The map against the words a PLC engineer would expect, and round trips over every view and tag."""

import math
import struct
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plc.registers import (
    CONTROL,
    CONTROL_BIT_NAMES,
    CONTROL_NAMES,
    STATUS,
    STATUS_BIT_NAMES,
    STATUS_NAMES,
    ControlBit,
    ControlView,
    StatusBit,
    StatusView,
    Tag,
    TagType,
    WordOrder,
    control_from_registers,
    control_to_registers,
    decode,
    encode,
    spans,
    standard_table,
    status_from_registers,
    status_to_registers,
)

U16 = st.integers(0, 0xFFFF)
U32 = st.integers(0, 0xFFFF_FFFF)
F32 = st.floats(width=32, allow_nan=False)
SERIALS = st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=32)
CONTROLS = st.builds(ControlView, U32.map(ControlBit), U16, U16, U32, U32, SERIALS)
STATUSES = st.builds(
    StatusView, U32.map(StatusBit), U16, U16, U16, U16, U16, U16, U16, U16, F32, U16, U16, U32, U32, U16, U16
)


def test_the_map_fills_its_blocks_without_overlap() -> None:
    table = standard_table()
    control = [at for name in CONTROL_NAMES for at in table[name].addresses]
    status = [at for name in STATUS_NAMES for at in table[name].addresses]
    assert sorted(control) == list(CONTROL)
    assert sorted(status) == list(STATUS)


def test_no_bit_shares_its_name_with_a_register() -> None:
    names = [*CONTROL_NAMES, *CONTROL_BIT_NAMES, *STATUS_NAMES, *STATUS_BIT_NAMES]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("bit", "register", "number"),
    [
        (ControlBit.TRIGGER_ENABLE, 0, 0),
        (ControlBit.TRIGGER, 0, 1),
        (ControlBit.BUFFER_RESULTS_ENABLE, 0, 2),
        (ControlBit.INSPECTION_RESULTS_ACK, 0, 3),
        (ControlBit.EXECUTE_COMMAND, 0, 4),
        (ControlBit.SET_OFFLINE, 0, 7),
        (ControlBit.SET_USER_DATA, 1, 0),
        (ControlBit.INITIATE_STRING_CMD, 1, 1),
        (ControlBit.CLEAR_ERROR, 1, 2),
        (ControlBit.CLEAR_EXPOSURE_COMPLETE, 1, 3),
    ],
)
def test_control_bits_lie_where_in_sight_has_them(bit: ControlBit, register: int, number: int) -> None:
    for order in WordOrder:
        words = control_to_registers(standard_table(order), ControlView(bit))
        assert words[register] == 1 << number
        assert words[1 - register] == 0


@pytest.mark.parametrize(
    ("bit", "register", "number"),
    [
        (StatusBit.TRIGGER_READY, 100, 0),
        (StatusBit.TRIGGER_ACK, 100, 1),
        (StatusBit.MISSED_ACQ, 100, 3),
        (StatusBit.ONLINE, 100, 7),
        (StatusBit.SYSTEM_BUSY, 100, 8),
        (StatusBit.INSPECTION_COMPLETED, 100, 9),
        (StatusBit.RESULTS_BUFFER_OVERRUN, 100, 10),
        (StatusBit.RESULTS_VALID, 100, 11),
        (StatusBit.CMD_EXECUTING, 100, 12),
        (StatusBit.CMD_COMPLETED, 100, 13),
        (StatusBit.CMD_FAILED, 100, 14),
        (StatusBit.ERROR, 100, 15),
        (StatusBit.SET_USER_DATA_ACK, 101, 0),
        (StatusBit.EXPOSURE_COMPLETE, 101, 3),
        (StatusBit.JOB_PASS, 101, 4),
    ],
)
def test_status_bits_lie_where_in_sight_has_them(bit: StatusBit, register: int, number: int) -> None:
    words = status_to_registers(standard_table(), StatusView(bit))
    assert words[register] == 1 << number
    assert words[201 - register] == 0


def test_the_word_order_of_a_32_bit_value_is_the_chosen_one() -> None:
    view = ControlView(part_seq=0x0001_0002)
    assert [control_to_registers(standard_table(WordOrder.BIG), view)[at] for at in (4, 5)] == [1, 2]
    assert [control_to_registers(standard_table(WordOrder.LITTLE), view)[at] for at in (4, 5)] == [2, 1]
    score = status_to_registers(standard_table(WordOrder.BIG), StatusView(score=1.5))
    assert struct.pack(">2H", score[110], score[111]) == struct.pack(">f", 1.5)


def test_a_serial_has_its_first_character_in_the_high_byte() -> None:
    words = control_to_registers(standard_table(), ControlView(serial="AB7"))
    assert [words[8], words[9], words[10]] == [0x4142, 0x3700, 0]


@given(CONTROLS, st.sampled_from(WordOrder))
def test_control_comes_back_as_it_went(view: ControlView, order: WordOrder) -> None:
    table = standard_table(order)
    assert control_from_registers(table, control_to_registers(table, view)) == view


@given(STATUSES, st.sampled_from(WordOrder))
def test_status_comes_back_as_it_went(view: StatusView, order: WordOrder) -> None:
    table = standard_table(order)
    assert status_from_registers(table, status_to_registers(table, view)) == view


@given(st.lists(U16, min_size=24, max_size=24))
def test_any_words_of_a_plc_can_be_read(words: list[int]) -> None:
    view = control_from_registers(standard_table(), dict(enumerate(words)))
    assert len(view.serial) <= 32
    assert view.part_seq == words[4] << 16 | words[5]


@given(st.integers(), st.sampled_from([TagType.U16, TagType.I16, TagType.U32, TagType.I32]), st.sampled_from(WordOrder))
def test_a_number_out_of_range_is_held_at_the_limit(value: int, kind: TagType, order: WordOrder) -> None:
    bits = 16 if kind in {TagType.U16, TagType.I16} else 32
    low, high = (0, 2**bits - 1) if kind in {TagType.U16, TagType.U32} else (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1)
    tag = Tag(0, kind, order)
    assert decode(tag, encode(tag, value)) == min(max(value, low), high)


@pytest.mark.parametrize(
    ("value", "shown"), [(math.nan, 0xFFFF), (math.inf, 0xFFFF), (-math.inf, 0), (-1.0, 0), (0.25, 250)]
)
def test_a_scaled_score_shows_what_is_no_number_as_the_largest(value: float, shown: int) -> None:
    assert encode(Tag(0, TagType.U16, scale=0.001), value) == [shown]


def test_a_float_beyond_32_bits_becomes_infinite() -> None:
    tag = Tag(0, TagType.F32)
    assert decode(tag, encode(tag, -1e300)) == -math.inf


def test_a_scaled_value_comes_back_in_its_unit() -> None:
    tag = Tag(0, TagType.I16, scale=0.5)
    assert encode(tag, -3.0) == [0xFFFA]
    assert decode(tag, [0xFFFA]) == pytest.approx(-3.0)


def test_a_bit_with_a_tag_of_its_own_overrides_the_whole() -> None:
    table = {"control_bits": Tag(0), "trigger": Tag(5, TagType.BOOL)}
    assert control_from_registers(table, {0: 1, 5: 7}).bits == ControlBit.TRIGGER_ENABLE | ControlBit.TRIGGER
    assert control_from_registers(table, {0: 3, 5: 0}).bits == ControlBit.TRIGGER_ENABLE
    written = status_to_registers({"online": Tag(9, TagType.BOOL)}, StatusView(StatusBit.ONLINE | StatusBit.ERROR))
    assert written == {9: 1}


def test_tags_a_plc_lacks_are_left_alone() -> None:
    assert control_from_registers({}, {}) == ControlView()
    assert status_from_registers({}, {}) == StatusView()
    assert status_to_registers({}, replace(StatusView(), verdict=1)) == {}


def test_a_text_that_is_no_ascii_keeps_its_length() -> None:
    tag = Tag(0, TagType.STRING)
    assert decode(tag, encode(tag, "Stück")) == "St?ck"
    assert decode(tag, encode(tag, "x" * 40)) == "x" * 32


@given(st.sets(st.integers(0, 200)))
def test_runs_cover_each_address_once_and_have_gaps_between(addresses: set[int]) -> None:
    runs = spans(addresses)
    assert [at for run in runs for at in run] == sorted(addresses)
    assert all(later.start > earlier.stop for earlier, later in pairwise(runs))
