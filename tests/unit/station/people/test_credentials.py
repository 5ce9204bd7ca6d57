from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.desk.messages import Refusal
from station.journal.errors import RefusedError
from station.people.credentials import check_badge, check_name, check_password, check_pin


@pytest.mark.parametrize("pin", ["2580", "123456789013", "1213", "00001"])
def test_pins_that_do(pin: str) -> None:
    assert check_pin(pin) == pin


@pytest.mark.parametrize("pin", ["", "258", "0000", "1234", "4321", "7890", "25a0", "٣٤٥٦", " 2580", "1" * 13, "²³¹⁴"])
def test_pins_that_do_not(pin: str) -> None:
    with pytest.raises(RefusedError):
        check_pin(pin)


@pytest.mark.parametrize(
    ("check", "given_", "kept"),
    [
        (check_badge, " B-0001\r\n", "B-0001"),
        (check_name, "  Ann   Lee ", "Ann Lee"),
        (check_name, "王小明", "王小明"),
        (check_password, "ten chars!", "ten chars!"),
        (check_password, "  spaces count  ", "  spaces count  "),
    ],
)
def test_what_is_kept(check: Callable[[str], str], given_: str, kept: str) -> None:
    assert check(given_) == kept


@pytest.mark.parametrize(
    ("check", "text"),
    [
        (check_badge, "B-1"),
        (check_badge, "B-\x0001"),
        (check_badge, "B" * 129),
        (check_name, "  "),
        (check_name, "A" * 61),
        (check_name, "Ann\x1bLee"),
        (check_password, "nine char"),
        (check_password, "x" * 201),
    ],
)
def test_what_is_refused(check: Callable[[str], str], text: str) -> None:
    with pytest.raises(RefusedError) as refused:
        check(text)
    assert refused.value.refusal is Refusal.BAD_VALUE


@given(st.text(max_size=80))
def test_a_name_once_kept_stays_as_it_is(text: str) -> None:
    try:
        kept = check_name(text)
    except RefusedError:
        return
    assert check_name(kept) == kept
    assert kept == kept.strip()
