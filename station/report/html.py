"""A report as one HTML page that needs nothing from anywhere: style and charts are in it."""

import re
from base64 import b64encode
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup
from reportlab.graphics import renderSVG

from station.report.document import (
    BarChart,
    Chart,
    CurveChart,
    HistogramChart,
    IntervalChart,
    Pictures,
    Report,
    ShareChart,
    Table,
    Text,
)
from station.report.drawings import draw

_TEMPLATE = "report.html.j2"
_COMMON = re.compile(
    r"<(title|desc|clipPath)\b.*?</\1>|<(?:title|desc)/>| style=\"clip-path: url\(#clip\)\"| id=\"group\"", re.DOTALL
)
"""What reportlab writes into every drawing under the same names: in one page, all would be cut to the size of the first."""


def html(report: Report) -> bytes:
    """Return the page, UTF-8; whatever is in the figures stays text."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(_TEMPLATE).render(report=report, kind=_kind, svg=_svg, data=_data).encode()


def _kind(block: object) -> str:
    match block:
        case Text():
            return "text"
        case Table():
            return "table"
        case Pictures():
            return "pictures"
        case _:
            return "chart"


def _data(jpeg: bytes) -> str:
    return f"data:image/jpeg;base64,{b64encode(jpeg).decode()}"


def _svg(chart: Chart) -> Markup:
    """Return a chart as an SVG element, described for those who do not see it."""
    text: Any = renderSVG.drawToString(draw(chart))
    body = text[text.index("<svg") :]
    body = _COMMON.sub("", body)
    described = f'<svg role="img" aria-label="{Markup.escape(described_chart(chart))}"'
    body = body.replace("fill: None", "fill: none")  # which some readers take for the default, black
    return Markup(body.replace("<svg", described, 1))  # noqa: S704  (reportlab has escaped every text in it)


def described_chart(chart: Chart) -> str:
    """Say a chart's figures in words."""
    match chart:
        case ShareChart():
            known = [share for share in chart.shares if share is not None]
            return f"{chart.title}: {len(known)} points, {100 * min(known):.1f} to {100 * max(known):.1f} percent"
        case BarChart():
            return f"{chart.title}: " + ", ".join(map(" ".join, zip(chart.names, chart.notes, strict=True)))
        case IntervalChart():
            shares = (
                f"{name} {100 * value:.1f} percent" for name, value in zip(chart.names, chart.values, strict=True)
            )
            return f"{chart.title}: " + ", ".join(shares)
        case HistogramChart():
            return f"{chart.title}: {len(chart.before)} then, {len(chart.now)} now"
        case CurveChart():
            return f"{chart.title}: " + "; ".join(
                f"{panel.title} of {line.name}, marked at {100 * line.mark[0]:.1f} and {100 * line.mark[1]:.1f} percent"
                for panel in chart.panels
                for line in panel.lines
                if line.mark
            )
