"""The report's two faces: the same words in the HTML and in the PDF, nothing from outside, nothing executed."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pypdfium2
import pytest

from station.quality.agreement import Coefficient
from station.quality.attribute_study import Trial, appraise
from station.quality.drift import drift
from station.quality.escapes import Escapes
from station.quality.figures import Covered, Figures, Mean, ModelDrift, Outlines
from station.quality.lots import LotSample, judge_lots
from station.quality.p_chart import Interval, Subgroup, p_chart
from station.quality.people import Known, PairFigures, PeopleFigures, Worker
from station.quality.sampling import Scheme
from station.quality.scope import Scope
from station.quality.share import Share
from station.quality.shift import Tally, pareto
from station.quality.western_electric import signals
from station.report.content import report
from station.report.html import html
from station.report.pdf import pdf

START = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
MADE = datetime(2026, 3, 9, 8, 0, tzinfo=UTC)
NOBODY = PeopleFigures((), 0, (), None, None, None, Known(0, 0, (), None), Escapes(0, 0, 0))
EMPTY = Figures(
    Scope(START, START + timedelta(days=1)), Tally(), (), None, (), 5, (), {}, 0, (), (), NOBODY, "golden parts", (), ()
)
HOSTILE = '<script>alert("x")</script>'


def _full(name: str = "Ann") -> Figures:
    chart = p_chart([Subgroup(300, 30)] * 5 + [Subgroup(300, 90), Subgroup(0, 0), Subgroup(2, 0)])
    assert chart is not None
    kappa = Coefficient(0.81, Interval(0.7, 0.9), 120)
    appraisers = appraise(Trial(part, name, part % 9 == 0, part % 10 == 0) for part in range(120))
    scores = tuple(number / 200 for number in range(100))
    compared = drift(scores, [score + 0.2 for score in scores])
    assert compared is not None
    people = PeopleFigures(
        (Worker(name, 120, 4, 310.0, Share(110, 118)), Worker("Bob", 3, 0, None, Share(0, 0))),
        120,
        (
            PairFigures(name, "Bob", Share(110, 120), kappa, None),
            PairFigures("plate/3", name, Share(1, 2), None, None, True),
        ),
        kappa,
        Coefficient(1.0, None, 120),
        None,
        Known(120, 12, appraisers, kappa),
        Escapes(2000, 80, 2),
    )
    return replace(
        EMPTY,
        tally=Tally(1500, 240, 22),
        classes=pareto({name: 200, "": 30, "dent": 10}),
        chart=chart,
        starts=tuple(START + timedelta(hours=hour) for hour in range(8)),
        subgroup_minutes=60,
        signals=signals(chart),
        labels={name: 7, "dent": 2},
        labelled=8,
        shifts=tuple(Covered(f"shift {number}", 10, 3, 1) for number in range(60)),
        lots=(Covered("L1", 10, 3, 1),),
        people=people,
        outlines=(Outlines(name, "Bob", Mean(0.7, None, 3), 4, Share(3, 4), 1),),
        drifts=(ModelDrift("plate/3", compared, scores, scores),),
    )


class _Words(HTMLParser):
    """Text outside of charts and style, tags, and all attributes that could fetch something."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.tags: list[str] = []
        self.fetching: list[str] = []
        self._quiet = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self._quiet += tag in {"style", "svg"}
        self.fetching += [
            name for name, _ in attrs if name in {"src", "href", "xlink:href", "srcset", "data", "action"}
        ]
        self.fetching += [name for name, _ in attrs if name.startswith("on")]

    def handle_endtag(self, tag: str) -> None:
        self._quiet -= tag in {"style", "svg"}

    def handle_data(self, data: str) -> None:
        if not self._quiet and data.strip():
            self.text.append(data.strip())


def _page(figures: Figures, station: str = "press-3") -> tuple[str, _Words]:
    page = html(report(figures, station, MADE)).decode()
    words = _Words()
    words.feed(page)
    return page, words


def _pdf_text(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    texts = []
    for page in document:
        text = page.get_textpage()
        texts.append(text.get_text_bounded())
        text.close()
        page.close()
    document.close()
    return "\n".join(texts)


def _squeezed(text: str) -> str:
    """Text without the breaks that a narrow column puts into it."""
    return re.sub(r"[\s\x02\ufffe-]+", "", text)


def test_both_say_the_same() -> None:
    figures = _full()
    _, words = _page(figures)
    printed = _squeezed(_pdf_text(pdf(report(figures, "press-3", MADE), MADE)))
    assert [text for text in words.text if _squeezed(text) not in printed] == []


def test_without_data_every_section_says_so() -> None:
    _, words = _page(EMPTY)
    sections = words.tags.count("section")
    assert sections == 12
    assert sum(text.startswith("Not enough data: ") for text in words.text) == sections
    assert "svg" not in words.tags
    assert pdf(report(EMPTY, "press-3", MADE), MADE).startswith(b"%PDF-")


def test_lots_are_there_where_they_are_asked_for() -> None:
    lots = judge_lots(
        [LotSample("L1", 1000, (False,) * 80), LotSample("L2", 1000, (True,) * 9), LotSample("L3", 1000, ())],
        Scheme(1.0),
    )
    _, words = _page(replace(EMPTY, scheme=Scheme(1.0), sampled=lots))
    assert words.tags.count("section") == 13
    assert "80, 2, 3" in words.text
    assert {"accepted", "rejected", "open: 80 more to judge"} <= set(words.text)
    nobody = _page(replace(EMPTY, scheme=Scheme(1.0)))[1]
    assert "Not enough data: no part's id names a lot." in nobody.text


def test_figures_come_with_their_counts_and_intervals() -> None:
    text = " ".join(_page(_full())[1].text).replace("\N{NO-BREAK SPACE}", " ")
    assert "1500 of 1762" in text
    assert "85.1 %" in text  # the yield
    assert "0.81 (0.70 to 0.90)" in text
    assert "1.00 (all alike, no interval)" in text
    assert "2.50 % (0.69 to 8.66 %)" in text  # Wilson, 2 of 80
    assert "50 (14 to 173)" in text
    assert "one point beyond 3 sigma" in text
    assert "20 earlier ones are left out." in text
    assert "another population" in text


def test_the_page_needs_nothing_from_anywhere_and_runs_nothing() -> None:
    page, words = _page(_full())
    assert words.fetching == []
    assert not {"script", "link", "iframe", "img", "object"} & set(words.tags)
    assert "url(" not in page
    assert "@import" not in page
    assert [address for address in re.findall(r"https?://[^\"<> ]+", page) if "www.w3.org" not in address] == []


def test_charts_are_sound_svg_and_described() -> None:
    page, words = _page(_full())
    charts = re.findall(r"<svg.*?</svg>", page, re.DOTALL)
    assert len(charts) == words.tags.count("figure") == 6
    for chart in charts:
        root = ET.fromstring(chart)  # ours: no entities to fear
        assert root.get("aria-label")
        assert root.get("viewBox")
        lines = list(root.iter("{http://www.w3.org/2000/svg}polyline"))
        assert all("fill: none" in (line.get("style") or "") for line in lines)
        assert not {each.get("id") for each in root.iter()} - {None}  # of six charts in one page


@pytest.mark.parametrize("name", [HOSTILE, "李娜 & Söhne <b>", "Ωμέγα", "a" * 90, "\x0bbell", "👩‍🔧"])
def test_names_stay_text(name: str) -> None:
    figures = _full(name)
    page, words = _page(figures, name)
    assert "script" not in words.tags
    assert name[:20] in " ".join(words.text) or "\x0b" in name
    assert HOSTILE not in page
    assert pdf(report(figures, name, MADE), MADE).startswith(b"%PDF-")


def test_han_letters_are_in_the_pdf() -> None:
    assert "李娜" in _pdf_text(pdf(report(_full("李娜"), "press-3", MADE), MADE))


def test_pages_are_numbered_and_no_row_is_lost_between_them() -> None:
    data = pdf(report(_full(), "press-3", MADE), MADE)
    text = _pdf_text(data)
    assert "page 1" in text
    assert "page 3" in text
    assert all(f"shift {number}" in text for number in range(20, 60))


def test_the_same_report_is_the_same_file() -> None:
    made = report(_full(), "press-3", MADE)
    assert pdf(made, MADE) == pdf(made, MADE)
    assert html(made) == html(made)
