from concurrent.futures import ThreadPoolExecutor
from uuid import RFC_4122, UUID

from hypothesis import given
from hypothesis import strategies as st

from station.line.uid import UidSource, unix_ms, uuid7


def test_the_example_of_the_standard() -> None:
    """RFC 9562, appendix A.6."""
    uid = uuid7(0x017F22E279B0, 0xCC3 << 62 | 0x18C4DC0C0C07398F)
    assert uid == UUID("017F22E2-79B0-7CC3-98C4-DC0C0C07398F")
    assert unix_ms(uid) == 1_645_557_742_000


@given(st.integers(0, 2**48 - 1), st.integers(0, 2**74 - 1))
def test_version_and_variant(time_ms: int, random_bits: int) -> None:
    uid = uuid7(time_ms, random_bits)
    assert (uid.version, uid.variant, unix_ms(uid)) == (7, RFC_4122, time_ms)


@given(st.lists(st.integers(0, 10**19), min_size=2), st.sampled_from([b"\x00", b"\x7f", b"\xff"]))
def test_grows_whatever_the_clock_does(times_ns: list[int], byte: bytes) -> None:
    clock = iter(times_ns)
    source = UidSource(lambda: next(clock), lambda size: byte * size)
    made = [source() for _ in times_ns]
    assert made == sorted(set(made))


def test_a_full_random_part_borrows_the_next_millisecond() -> None:
    source = UidSource(lambda: 5_000_000, lambda size: b"\xff" * size)
    source._last_ms, source._last_random = 5, 2**74 - 1
    assert unix_ms(source()) == 6


def test_the_time_is_the_clocks() -> None:
    assert unix_ms(UidSource(lambda: 1_700_000_000_123_999_999)()) == 1_700_000_000_123


def test_threads_never_share_one() -> None:
    source = UidSource()
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: source(), range(4000)))
    assert len(set(made)) == 4000
