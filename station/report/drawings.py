"""Charts as drawings of reportlab, which both the PDF and the HTML (as SVG) take."""

from collections.abc import Sequence
from math import floor, log10

import numpy as np
from reportlab.graphics.shapes import Circle, Drawing, Line, PolyLine, Rect, String
from reportlab.lib.colors import Color, HexColor

from station.report.document import BarChart, Chart, CurveChart, HistogramChart, IntervalChart, Panel, ShareChart
from station.report.fonts import BOLD, PLAIN, fitting_font

WIDTH = 480.0
"""Points: the width of an A4 page between its margins."""
INK, QUIET, LINE, FILL, MARKED = (
    HexColor(colour) for colour in ("#1a1a1a", "#5a5f66", "#c9ccd1", "#8f99a6", "#b3261e")
)
_SIZE = 8.0
_ROW = 15.0
_LONGEST_NAME = 28
_BINS = 24
_DASH = [3, 2]


def draw(chart: Chart) -> Drawing:
    """Return the drawing of a chart."""
    match chart:
        case ShareChart():
            return _shares(chart)
        case BarChart():
            return _bars(chart)
        case IntervalChart():
            return _intervals(chart)
        case HistogramChart():
            return _histogram(chart)
        case CurveChart():
            return _curves(chart)


def _shares(chart: ShareChart) -> Drawing:
    drawing = _titled(190.0, chart.title)
    left, bottom, right, up = 46.0, 26.0, WIDTH - 6.0, 168.0
    highs = sorted(bounds.high for bounds in chart.limits if bounds)
    # The limits of a subgroup of two parts are as wide as the page: what most subgroups have sets the scale.
    reach = max([share for share in chart.shares if share is not None] + [highs[len(highs) // 2]])
    top = min(1.0, max(1.15 * reach, 0.02))
    step = (right - left) / len(chart.shares)

    def height(value: float) -> float:
        return bottom + (up - bottom) * value / top

    for value in _ticks(top):
        _label(drawing, left - 5, height(value) - 3, _tick(value), end=True)
        drawing.add(Line(left, height(value), right, height(value), strokeColor=LINE, strokeWidth=0.5))
    for index, bounds in enumerate(chart.limits):
        for limit in (bounds.low, bounds.high) if bounds else ():
            if 0 < limit <= top:
                begin, end = left + index * step, left + (index + 1) * step
                drawing.add(_dashed(begin, height(limit), end, height(limit)))
    drawing.add(Line(left, height(chart.centre), right, height(chart.centre), strokeColor=QUIET, strokeWidth=1))
    places = [
        (left + (index + 0.5) * step, height(share), index)
        for index, share in enumerate(chart.shares)
        if share is not None
    ]
    line = [number for x, y, _ in places for number in (x, y)]
    if len(places) > 1:
        drawing.add(PolyLine(line, strokeColor=INK, strokeWidth=1))
    for x, y, index in places:
        marked = index in chart.marked
        drawing.add(Circle(x, y, 3.4 if marked else 2.0, fillColor=MARKED if marked else INK, strokeColor=None))
    _times(drawing, chart.starts, left, step)
    return drawing


def _times(drawing: Drawing, starts: Sequence[str], left: float, step: float) -> None:
    """Write as many times as have room, the first at the left edge."""
    every = max(1, -(-len(starts) // 5))
    for index in range(0, len(starts), every):
        x = left + index * step
        if x + 80 <= WIDTH:
            drawing.add(Line(x, 26, x, 22, strokeColor=QUIET, strokeWidth=0.5))
            _label(drawing, x, 12, starts[index].removesuffix(" UTC"))


def _bars(chart: BarChart) -> Drawing:
    drawing = _titled(26.0 + _ROW * len(chart.names), chart.title)
    left, most = 130.0, max(chart.values)
    room = WIDTH - left - 90.0
    top = drawing.height - 20.0
    for row, (name, value, note) in enumerate(zip(chart.names, chart.values, chart.notes, strict=True)):
        base = top - (row + 1) * _ROW
        length = max(room * value / most, 0.5)
        _label(drawing, left - 6, base + 4, _short(name), end=True)
        drawing.add(Rect(left, base + 2, length, _ROW - 5, fillColor=FILL, strokeColor=None))
        _label(drawing, left + length + 5, base + 4, note)
    return drawing


def _intervals(chart: IntervalChart) -> Drawing:
    drawing = _titled(44.0 + _ROW * len(chart.names), chart.title)
    left, right = 130.0, WIDTH - 20.0
    reach = max([*chart.values, *chart.bounds, *(bounds.high for bounds in chart.intervals if bounds)])
    top = min(1.0, 1.1 * reach)
    base, up = 20.0, drawing.height - 20.0

    def across(value: float) -> float:
        return left + (right - left) * value / top

    for value in _ticks(top):
        drawing.add(Line(across(value), base, across(value), up, strokeColor=LINE, strokeWidth=0.5))
        drawing.add(_string(across(value), 8, _tick(value), QUIET, "middle"))
    for bound in chart.bounds:
        drawing.add(_dashed(across(bound), base, across(bound), up))
    for row, (name, value, bounds) in enumerate(zip(chart.names, chart.values, chart.intervals, strict=True)):
        y = up - (row + 0.5) * _ROW
        _label(drawing, left - 6, y - 3, _short(name), end=True)
        if bounds:
            drawing.add(Line(across(bounds.low), y, across(bounds.high), y, strokeColor=FILL, strokeWidth=4))
        drawing.add(Circle(across(value), y, 3, fillColor=INK, strokeColor=None))
    return drawing


def _histogram(chart: HistogramChart) -> Drawing:
    drawing = _titled(150.0, chart.title)
    left, bottom, right, up = 46.0, 24.0, WIDTH - 6.0, 122.0
    edges = np.histogram_bin_edges([*chart.before, *chart.now], bins=_BINS)
    shares = [np.histogram(side, edges)[0] / len(side) for side in (chart.before, chart.now)]
    most = float(max(share.max() for share in shares))
    step = (right - left) / _BINS
    for share, colour, width in ((shares[0], FILL, 1.0), (shares[1], INK, 1.4)):
        points = [left, bottom]
        for index, value in enumerate(share.tolist()):
            y = bottom + (up - bottom) * value / most
            points += [left + index * step, y, left + (index + 1) * step, y]
        drawing.add(PolyLine([*points, right, bottom], strokeColor=colour, strokeWidth=width))
    drawing.add(Line(left, bottom, right, bottom, strokeColor=QUIET, strokeWidth=0.5))
    for place, value in ((left, edges[0]), (right, edges[-1])):
        drawing.add(_string(place, 10, f"{value:.3g}", QUIET, "start" if place == left else "end"))
    for x, colour, word in ((right - 150, FILL, "first half"), (right - 70, INK, "second half")):
        drawing.add(Line(x, up + 12, x + 14, up + 12, strokeColor=colour, strokeWidth=2))
        _label(drawing, x + 18, up + 9, word)
    return drawing


def _curves(chart: CurveChart) -> Drawing:
    drawing = _titled(252.0, chart.title)
    for number, panel in enumerate(chart.panels):
        _panel(drawing, panel, 46.0 + number * (WIDTH / 2 + 8))
    return drawing


def _panel(drawing: Drawing, panel: Panel, left: float) -> None:
    bottom, side = 40.0, 180.0

    def place(x: float, y: float) -> tuple[float, float]:
        return left + side * x, bottom + side * y

    for value in _ticks(1.0):
        x, y = place(value, value)
        drawing.add(Line(left, y, left + side, y, strokeColor=LINE, strokeWidth=0.5))
        drawing.add(Line(x, bottom, x, bottom + side, strokeColor=LINE, strokeWidth=0.5))
        _label(drawing, left - 5, y - 3, _tick(value), end=True)
        drawing.add(_string(x, bottom - 12, _tick(value), QUIET, "middle"))
    for line, colour in zip(panel.lines, (INK, MARKED), strict=False):
        points = [number for x, y in zip(line.x, line.y, strict=True) for number in place(x, y)]
        if len(line.x) > 1:
            drawing.add(PolyLine(points, strokeColor=colour, strokeWidth=1.4))
        if line.mark is not None:
            drawing.add(Circle(*place(*line.mark), 3.4, fillColor=colour, strokeColor=None))
    _label(drawing, left - 40, bottom + side + 8, f"{panel.title}: {panel.y_title}")
    drawing.add(_string(left + side, bottom - 26, panel.x_title, QUIET, "end"))


# Parts of drawings ----------------------------------------------------------------------------------------------------


def _ticks(top: float) -> list[float]:
    """Return round numbers from 0 up to the top: three to six of them."""
    power = 10.0 ** floor(log10(top))
    step = next(part * power for part in (0.1, 0.2, 0.25, 0.5, 1.0, 2.0) if top / (part * power) < 5.5)
    return [step * number for number in range(int(top / step + 1e-9) + 1)]


def _tick(value: float) -> str:
    return f"{100 * value:.4g} %"


def _titled(height: float, title: str) -> Drawing:
    drawing = Drawing(WIDTH, height)
    drawing.add(String(0, height - 10, title, fontName=fitting_font(title, BOLD), fontSize=9, fillColor=INK))
    return drawing


def _label(drawing: Drawing, x: float, y: float, text: str, *, end: bool = False) -> None:
    drawing.add(_string(x, y, text, INK, "end" if end else "start"))


def _string(x: float, y: float, text: str, colour: Color, anchor: str) -> String:
    return String(x, y, text, fontName=fitting_font(text, PLAIN), fontSize=_SIZE, fillColor=colour, textAnchor=anchor)


def _dashed(x: float, y: float, to_x: float, to_y: float) -> Line:
    return Line(x, y, to_x, to_y, strokeColor=QUIET, strokeWidth=0.8, strokeDashArray=_DASH)


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + "…"
