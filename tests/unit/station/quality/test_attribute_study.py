"""The gauge study against the manual's own: AIAG, Measurement Systems Analysis, 4th ed. (2010), III.C, 50 parts, 3 trials."""

import pytest

from station.quality.attribute_study import (
    Band,
    Trial,
    appraise,
    effectiveness_band,
    false_alarm_band,
    kappa_band,
    miss_band,
    within,
)


def _manual(who: str, missed: int, false_alarms: int, wrong_parts: int) -> list[Trial]:
    """16 bad and 34 good parts, looked at three times each; the wrong looks lie on so many parts."""
    looks = {part: [part < 16] * 3 for part in range(50)}
    wrong_bad = min(missed, wrong_parts - -(-false_alarms // 3))
    for start, count, spread in ((0, missed, wrong_bad), (16, false_alarms, wrong_parts - wrong_bad)):
        for number in range(count):
            looks[start + number % spread][number // spread] ^= True
    return [Trial(part, who, bad, part < 16) for part, said in looks.items() for bad in said]


@pytest.mark.parametrize(
    ("who", "missed", "false_alarms", "wrong_parts", "effectiveness", "miss", "alarm", "kappa", "interval"),
    [
        ("A", 3, 5, 8, 0.84, 0.063, 0.049, 0.88, (0.71, 0.93)),
        ("B", 3, 2, 5, 0.90, 0.063, 0.020, 0.92, (0.78, 0.97)),
        ("C", 6, 9, 10, 0.80, 0.125, 0.088, 0.77, (0.66, 0.90)),
    ],
)
def test_the_manuals_appraisers(
    who: str,
    missed: int,
    false_alarms: int,
    wrong_parts: int,
    effectiveness: float,
    miss: float,
    alarm: float,
    kappa: float,
    interval: tuple[float, float],
) -> None:
    (found,) = appraise(_manual(who, missed, false_alarms, wrong_parts))
    assert found.effectiveness.share == pytest.approx(effectiveness)
    assert found.missed.share == pytest.approx(miss, abs=6e-4)
    assert found.false_alarms.share == pytest.approx(alarm, abs=6e-4)
    assert found.kappa is not None
    assert found.kappa.value == pytest.approx(kappa, abs=5e-3)
    assert found.repeated.of == 50
    # The manual's intervals are Clopper and Pearson's, Wilson's are a little narrower.
    bounds = found.effectiveness.interval
    assert (bounds.low, bounds.high) == pytest.approx(interval, abs=0.03)
    assert interval[0] <= bounds.low + 0.005
    assert bounds.high <= interval[1] + 0.005


@pytest.mark.parametrize(
    ("share", "effective", "miss", "alarm", "kappa"),
    [
        (0.95, Band.GOOD, Band.POOR, Band.POOR, Band.GOOD),
        (0.90, Band.GOOD, Band.POOR, Band.POOR, Band.GOOD),
        (0.80, Band.MARGINAL, Band.POOR, Band.POOR, Band.GOOD),
        (0.75, Band.POOR, Band.POOR, Band.POOR, Band.MARGINAL),
        (0.40, Band.POOR, Band.POOR, Band.POOR, Band.MARGINAL),
        (0.39, Band.POOR, Band.POOR, Band.POOR, Band.POOR),
        (0.10, Band.POOR, Band.POOR, Band.MARGINAL, Band.POOR),
        (0.05, Band.POOR, Band.MARGINAL, Band.GOOD, Band.POOR),
        (0.02, Band.POOR, Band.GOOD, Band.GOOD, Band.POOR),
    ],
)
def test_bands(share: float, effective: Band, miss: Band, alarm: Band, kappa: Band) -> None:
    found = (effectiveness_band(share), miss_band(share), false_alarm_band(share), kappa_band(share))
    assert found == (effective, miss, alarm, kappa)


def test_within_takes_only_those_who_looked_twice() -> None:
    twice = [Trial(part, "A", part % 2 == 0, True) for part in range(20) for _ in range(2)]
    once = [Trial(part, "B", True, True) for part in range(20)]
    found = within(twice + once)
    assert found is not None
    assert (found.value, found.units) == (1.0, 20)
    assert within(once) is None
