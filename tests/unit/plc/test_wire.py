"""The wire of the virtual line: as bad as it was told to be, and the same every time."""

from collections import Counter

import pytest

from plc.virtual_plc import main
from plc.wire import DOUBLE_AFTER_S, WireSettings


def test_a_good_wire_signals_each_part_once_and_at_once() -> None:
    assert [WireSettings().delays_s(part) for part in range(5)] == [(0.0,)] * 5


def test_a_bad_wire_loses_doubles_and_delays_the_same_parts_every_time() -> None:
    settings = WireSettings(jitter_s=0.02, lost=0.1, doubled=0.2, seed=4)
    pulses = [settings.delays_s(part) for part in range(2000)]
    counts = Counter(map(len, pulses))
    assert 140 < counts[0] < 260
    assert 320 < counts[2] < 480
    assert all(0 <= first <= 0.02 for first, *_ in filter(None, pulses))
    assert all(second == first + DOUBLE_AFTER_S for first, second in (each for each in pulses if len(each) == 2))
    assert pulses == [settings.delays_s(part) for part in range(2000)]
    assert pulses != [WireSettings(0.02, 0.1, 0.2, seed=5).delays_s(part) for part in range(2000)]


@pytest.mark.parametrize(
    "words", [["--wire-lost", "-0.1"], ["--wire-jitter-ms", "-1"], ["--wire-lost", "0.6", "--wire-doubled", "0.6"]]
)
def test_mistakes_are_named(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--parts", "1", "--log", "plc.jsonl", *words])
    assert "--wire-" in capsys.readouterr().err
