"""Colours that can be read, and sizes that can be touched."""

import pytest
from PySide6.QtGui import QColor

from station.ui.theme import (
    GAP_MM,
    MAX_PX_PER_MM,
    PALETTES,
    TOUCH_MM,
    VERDICT_MM,
    WORDS_ON,
    Palette,
    Theme,
    ThemeName,
    Type,
    contrast,
)


@pytest.mark.parametrize(
    ("one", "other", "ratio"), [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48), ("#005a8c", "#ffffff", 7.4)]
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.05)
    assert contrast(other, one) == contrast(one, other)


@pytest.mark.parametrize("theme", ThemeName)
@pytest.mark.parametrize(("word", "ground"), WORDS_ON)
def test_every_word_stands_out_from_its_ground(theme: ThemeName, word: str, ground: str) -> None:
    palette = PALETTES[theme]
    least = 7.0 if theme is ThemeName.SUNLIGHT else 5.5
    assert contrast(getattr(palette, word), getattr(palette, ground)) >= least


@pytest.mark.parametrize("theme", ThemeName)
@pytest.mark.parametrize("outline", ["model", "person", "selected"])
def test_outlines_stand_out_from_their_halo(theme: ThemeName, outline: str) -> None:
    assert contrast(getattr(PALETTES[theme], outline), PALETTES[theme].halo) >= 7.0


@pytest.mark.parametrize("theme", ThemeName)
def test_every_token_is_a_colour(theme: ThemeName) -> None:
    for name in Palette.__dataclass_fields__:
        assert QColor(getattr(PALETTES[theme], name)).isValid(), name


def test_lengths_are_millimetres_of_glass() -> None:
    theme = Theme(px_per_mm=4.0)
    assert [theme.px(mm) for mm in (TOUCH_MM, VERDICT_MM, GAP_MM, 0.0, 0.01)] == [60, 120, 32, 0, 1]
    changed: list[bool] = []
    theme.changed.connect(lambda: changed.append(True))
    theme.calibrate(5.0)
    theme.calibrate(5.0)
    assert theme.px(TOUCH_MM) == 75
    assert changed == [True], "the same again changes nothing"
    theme.calibrate(1e9)
    assert theme.px_per_mm == MAX_PX_PER_MM


def test_capitals_are_as_high_as_the_design_says() -> None:
    theme = Theme(px_per_mm=10.0)
    for size, cap_mm in ((Type.BODY, 3.0), (Type.TITLE, 4.5), (Type.VERDICT, 8.0)):
        assert theme.type_px(size) * 0.714 == pytest.approx(10 * cap_mm, abs=0.8)


def test_a_theme_is_chosen_once() -> None:
    theme = Theme()
    changed: list[bool] = []
    theme.changed.connect(lambda: changed.append(True))
    theme.choose(ThemeName.NIGHT)
    theme.choose(ThemeName.NIGHT)
    assert (theme.name, theme.palette, changed) == (ThemeName.NIGHT, PALETTES[ThemeName.NIGHT], [True])
    assert "#23272a" in theme.stylesheet()
