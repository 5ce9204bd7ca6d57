"""Every colour, size and type of the screens: the one place where they are written down.

Lengths are millimetres on the glass; `Theme.px` turns them into pixels by a calibrated figure, never by what the
display says of itself. A colour never carries meaning alone: a mark, a word and a place go with it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from PySide6.QtCore import QLocale, QObject, Signal
from PySide6.QtGui import QColor, QFont

TOUCH_MM, PALETTE_MM, VERDICT_MM = 15.0, 20.0, 30.0
"""Least heights of what is touched: anything, a class chip, a verdict."""
GAP_MM, MARGIN_MM, RADIUS_MM = 8.0, 4.0, 2.0
"""Between OK and NG; around everything; of corners."""
HAIR_MM = 0.3
"""Thickness of a line between two areas."""
FOCUS_MM = 0.75
"""Thickness of the ring around what the keyboard acts on."""

DEFAULT_PX_PER_MM = 4.0
"""A 21.5-inch panel of 1920 by 1080; the calibration page corrects it."""
MIN_PX_PER_MM, MAX_PX_PER_MM = 2.0, 16.0

FAMILIES = ("Noto Sans", "Noto Sans CJK SC", "Noto Sans CJK JP", "Noto Sans Arabic", "Noto Sans Hebrew")
_CAP_HEIGHT = 0.714
"""Height of a capital of Noto Sans in ems."""


class Type(StrEnum):
    """Sizes of type, by the height of a capital at arm's length."""

    SMALL = "small"
    BODY = "body"
    TITLE = "title"
    VERDICT = "verdict"


CAP_MM: Mapping[Type, float] = MappingProxyType({Type.SMALL: 2.4, Type.BODY: 3.0, Type.TITLE: 4.5, Type.VERDICT: 8.0})


class ThemeName(StrEnum):
    """What a person may choose between."""

    DAY = "day"
    NIGHT = "night"
    SUNLIGHT = "sunlight"


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours by what they mean, as #rrggbb."""

    ground: str
    panel: str
    ink: str
    quiet: str
    line: str
    well: str
    on_well: str
    """Words on the image well."""
    control: str
    """A button that is no verdict."""
    disabled: str
    """A button that does nothing now; its words stay `quiet`."""
    ok: str
    ng: str
    undecided: str
    fault: str
    on_signal: str
    """Words on the four above."""
    running: str
    """The dot of a line that runs."""
    fault_ink: str
    """The mark of a fault on a panel, where it is no band."""
    focus: str
    model: str
    """Outlines of the model; the next two those of a person and the selected one, each on `halo`."""
    person: str
    selected: str
    halo: str


_DAY = Palette(
    ground="#c8ccce",
    panel="#dfe2e3",
    ink="#1b1f22",
    quiet="#3f474c",
    line="#9aa2a6",
    well="#3b4043",
    on_well="#f2f4f5",
    control="#eef0f1",
    disabled="#d3d7d9",
    ok="#005a8c",
    ng="#b34700",
    undecided="#5b3f8c",
    fault="#8f1d1d",
    on_signal="#ffffff",
    running="#1b1f22",
    fault_ink="#8f1d1d",
    focus="#1b1f22",
    model="#ffb000",
    person="#2fd8e8",
    selected="#ffffff",
    halo="#101214",
)
_NIGHT = Palette(
    ground="#23272a",
    panel="#2e3337",
    ink="#e6e9ea",
    quiet="#c2c9cd",
    line="#565e63",
    well="#15181a",
    on_well="#e6e9ea",
    control="#3b4146",
    disabled="#292e31",
    ok="#005a8c",
    ng="#b34700",
    undecided="#5b3f8c",
    fault="#8f1d1d",
    on_signal="#ffffff",
    running="#e6e9ea",
    fault_ink="#ffb4a8",
    focus="#e6e9ea",
    model="#ffb000",
    person="#2fd8e8",
    selected="#ffffff",
    halo="#101214",
)
_SUNLIGHT = Palette(
    ground="#ffffff",
    panel="#ffffff",
    ink="#000000",
    quiet="#000000",
    line="#000000",
    well="#000000",
    on_well="#ffffff",
    control="#ffffff",
    disabled="#ededed",
    ok="#004a75",
    ng="#8c3600",
    undecided="#4a2f7a",
    fault="#7a1010",
    on_signal="#ffffff",
    running="#000000",
    fault_ink="#7a1010",
    focus="#000000",
    model="#ffb000",
    person="#2fd8e8",
    selected="#ffffff",
    halo="#000000",
)
PALETTES: Mapping[ThemeName, Palette] = MappingProxyType(
    {ThemeName.DAY: _DAY, ThemeName.NIGHT: _NIGHT, ThemeName.SUNLIGHT: _SUNLIGHT}
)

WORDS_ON: tuple[tuple[str, str], ...] = (
    *((word, ground) for word in ("ink", "quiet") for ground in ("ground", "panel", "control", "disabled")),
    *(("on_signal", signal) for signal in ("ok", "ng", "undecided", "fault")),
    ("on_well", "well"),
    ("running", "panel"),
    ("fault_ink", "panel"),
)
"""Every pair of colours in which something is read: the word, and what it stands on."""


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2, relative luminance of sRGB)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def families() -> list[str]:
    """Name the fonts in the order they are asked: Chinese and Japanese share characters, and write some of them otherwise."""
    japanese = QLocale().language() is QLocale.Language.Japanese
    return sorted(FAMILIES, key=lambda family: japanese and family.endswith("SC"))


class Theme(QObject):
    """The colours and sizes in force; `changed` asks everyone to draw again."""

    changed = Signal()

    def __init__(self, name: ThemeName = ThemeName.DAY, px_per_mm: float = DEFAULT_PX_PER_MM) -> None:
        super().__init__()
        self._name = name
        self._px_per_mm = px_per_mm

    @property
    def name(self) -> ThemeName:
        """Which one."""
        return self._name

    @property
    def palette(self) -> Palette:
        """Its colours."""
        return PALETTES[self._name]

    @property
    def px_per_mm(self) -> float:
        """Pixels a millimetre of glass has."""
        return self._px_per_mm

    def choose(self, name: ThemeName) -> None:
        """Change the colours."""
        if name is not self._name:
            self._name = name
            self.changed.emit()

    def calibrate(self, px_per_mm: float) -> None:
        """Say how many pixels a millimetre has; kept within what a screen can be."""
        kept = min(max(px_per_mm, MIN_PX_PER_MM), MAX_PX_PER_MM)
        if kept != self._px_per_mm:
            self._px_per_mm = kept
            self.changed.emit()

    def px(self, mm: float) -> int:
        """Millimetres as whole pixels, at least one for any length above nothing."""
        return max(1, round(mm * self._px_per_mm)) if mm > 0 else 0

    def colour(self, token: str) -> QColor:
        """One colour of the palette by its name."""
        return QColor(getattr(self.palette, token))

    def font(self, size: Type = Type.BODY, *, bold: bool = False) -> QFont:
        """Type of one size; its figures all have the same width, so that numbers that change stand still."""
        font = QFont()
        font.setFamilies(families())
        font.setPixelSize(self.type_px(size))
        font.setBold(bold)
        font.setFeature(QFont.Tag.fromString("tnum"), 1)
        return font

    def type_px(self, size: Type) -> int:
        """Size of type in pixels an em."""
        return max(6, round(CAP_MM[size] * self._px_per_mm / _CAP_HEIGHT))

    def stylesheet(self) -> str:
        """What Qt's own widgets look like: labels, fields, sliders, scroll bars, tables.

        A label takes its size and colour from its property `role`: small, title, verdict, quiet, on-well.
        """
        values = {name: getattr(self.palette, name) for name in Palette.__dataclass_fields__}
        sizes = {f"{size.value}_px": self.type_px(size) for size in Type}
        lengths = {
            "touch": self.px(TOUCH_MM),
            "margin": self.px(MARGIN_MM),
            "half": self.px(MARGIN_MM / 2),
            "radius": self.px(RADIUS_MM),
            "hair": self.px(HAIR_MM),
            "focus_px": self.px(FOCUS_MM),
            "handle": self.px(TOUCH_MM / 2),
            "groove": self.px(1.5),
            "families": ", ".join(f'"{family}"' for family in families()),
        }
        return _SHEET.format(**values, **sizes, **lengths)


_SHEET = """
QWidget {{ color: {ink}; font-family: {families}; font-size: {body_px}px; }}
QWidget#ground {{ background: {ground}; }}
QWidget#panel, QFrame#panel {{ background: {panel}; }}
QWidget#well {{ background: {well}; }}
QLabel {{ background: transparent; }}
QLabel[role="small"] {{ font-size: {small_px}px; }}
QLabel[role="title"] {{ font-size: {title_px}px; }}
QLabel[role="verdict"] {{ font-size: {verdict_px}px; font-weight: bold; }}
QLabel[role="quiet"] {{ color: {quiet}; }}
QLabel[role="on-well"] {{ color: {on_well}; }}
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox, QDoubleSpinBox {{
  background: {control}; color: {ink}; border: {hair}px solid {quiet}; border-radius: {radius}px;
  padding: {half}px; selection-background-color: {ok}; selection-color: {on_signal}; }}
QLineEdit, QComboBox, QSpinBox, QDoubleSpinBox {{ min-height: {touch}px; padding: 0 {half}px; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus {{ border: {focus_px}px solid {focus}; }}
QComboBox::drop-down {{ width: {touch}px; border: none; }}
QComboBox QAbstractItemView {{ background: {control}; color: {ink}; selection-background-color: {ok};
  selection-color: {on_signal}; }}
QSlider::groove:horizontal {{ height: {groove}px; background: {line}; border-radius: {hair}px; }}
QSlider::sub-page:horizontal {{ background: {ink}; }}
QSlider::handle:horizontal {{ width: {handle}px; margin: -{half}px 0; background: {control};
  border: {focus_px}px solid {ink}; border-radius: {radius}px; }}
QSlider::groove:horizontal:disabled, QSlider::sub-page:horizontal:disabled {{ background: {line}; }}
QSlider::handle:horizontal:disabled {{ border-color: {line}; }}
QScrollArea, QAbstractScrollArea {{ background: {panel}; border: none; }}
QScrollBar:vertical {{ width: {handle}px; background: {panel}; }}
QScrollBar:horizontal {{ height: {handle}px; background: {panel}; }}
QScrollBar::handle {{ background: {quiet}; border-radius: {radius}px; min-height: {touch}px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QHeaderView::section {{ background: {panel}; color: {quiet}; border: none; padding: {half}px; }}
QTableView {{ background: {panel}; gridline-color: {line}; alternate-background-color: {control}; }}
"""
