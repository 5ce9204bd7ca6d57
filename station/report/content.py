"""What the report says: figures put into words, tables and charts."""

from collections.abc import Callable
from datetime import datetime

from station.quality.drift import FEWEST as FEWEST_SCORES
from station.quality.drift import Change, Drift
from station.quality.figures import Covered, Figures
from station.quality.share import Share
from station.quality.western_electric import LONGEST_RUN, RULES
from station.report.content_lots import sampling_section
from station.report.content_people import (
    agreement_section,
    escapes_section,
    known_section,
    model_section,
    outlines_section,
    work_section,
)
from station.report.document import BarChart, Block, HistogramChart, Report, Section, ShareChart, Table, Text, percent
from station.report.words import MOST_ROWS, minutes_text, missing, share_cells, time_text

_CHANGES = {
    Change.NONE: "no change beyond chance",
    Change.SOME: "some change: look at pictures and light",
    Change.MUCH: "another population: do not trust the thresholds before somebody has looked",
}


def report(figures: Figures, station: str, made: datetime) -> Report:
    """Return the report of some figures."""
    scope = figures.scope
    facts = (
        ("Station", station),
        ("Parts triggered", f"{time_text(scope.since)} to {time_text(scope.until)}"),
        ("Lot", scope.lot or "all"),
        ("Recipe", scope.recipe or "all"),
        ("Parts", str(figures.tally.parts)),
        ("Made", time_text(made)),
    )
    parts: tuple[Callable[[Figures], Section], ...] = (
        _yield,
        _control,
        _classes,
        known_section,
        agreement_section,
        model_section,
        outlines_section,
        escapes_section,
        work_section,
        _drift,
        _balance,
        _coverage,
    )
    sampled = (sampling_section,) if figures.scheme else ()
    return Report("Quality report", facts, tuple(part(figures) for part in (*parts, *sampled)))


def _yield(figures: Figures) -> Section:
    about = "Parts by their present verdict. The interval holds the line's own yield with 95 % confidence (Wilson)."
    tally = figures.tally
    if not tally.parts:
        return Section("Yield", about, (missing("no part was inspected"),))
    kinds = (("OK", tally.ok), ("NG", tally.ng), ("Not decidable", tally.not_decidable))
    rows = tuple((name, *share_cells(Share(count, tally.parts))) for name, count in kinds)
    return Section("Yield", about, (Table(("Verdict", "Parts", "Share", "95 % interval"), rows),))


def _control(figures: Figures) -> Section:
    about = (
        "The share of rejected parts (NG and not decidable) by subgroup, between limits of 3 sigma (p-chart), and what the "
        "Western Electric rules find: more than chance, so look for a cause."
    )
    chart = figures.chart
    if chart is None:
        return Section("Rejected parts over time", about, (missing("no part was inspected"),))
    points = {point.index: point for point in chart.points}
    shares = tuple(points[index].share if index in points else None for index in range(len(figures.starts)))
    limits = tuple(points[index].limits if index in points else None for index in range(len(figures.starts)))
    marked = frozenset(signal.index for signal in figures.signals)
    title = f"Rejected parts, a point every {minutes_text(figures.subgroup_minutes)}"
    if marked:
        title += "; large red points complete a rule"
    drawn = ShareChart(shares, limits, chart.centre, tuple(time_text(start) for start in figures.starts), marked, title)
    blocks: list[Block] = [drawn]
    if chart.coarse:
        blocks.append(Text("So few parts are rejected that the limits, and with them the rules, are rough."))
    rows = tuple(
        (time_text(figures.starts[signal.index]), "above" if signal.above else "below", RULES[signal.rule])
        for signal in figures.signals
    )
    if rows:
        blocks.append(Table(("Subgroup from", "Side", "Rule"), rows[-MOST_ROWS:]))
    else:
        blocks.append(Text("No rule finds anything."))
    if len(points) < LONGEST_RUN:
        text = f"Not enough data for every rule: {len(points)} points with parts, {LONGEST_RUN} are the least."
        blocks.append(Text(text, missing=True))
    return Section("Rejected parts over time", about, tuple(blocks))


def _classes(figures: Figures) -> Section:
    about = (
        "NG parts by the class that a person gave them first, otherwise by that of the model's worst defect (Pareto)."
    )
    if not figures.classes:
        return Section("Why parts are NG", about, (missing("no part is NG"),))
    names = tuple("all others" if bar.name is None else bar.name or "without an outline" for bar in figures.classes)
    notes = tuple(f"{bar.parts} ({percent(bar.cumulative, 0)} so far)" for bar in figures.classes)
    chart = BarChart(names, tuple(float(bar.parts) for bar in figures.classes), notes, "NG parts by class")
    return Section("Why parts are NG", about, (chart,))


# The data -------------------------------------------------------------------------------------------------------------


def _drift(figures: Figures) -> Section:
    about = (
        "Each model's scores in the first half of the parts against the second. PSI below 0.10 is no change, from 0.25 on "
        "another population; what chance alone makes of it is given beside. KS is the largest distance of the distributions."
    )
    if not figures.drifts:
        text = f"no model gave {FEWEST_SCORES} scores in each half"
        return Section("Drift of scores", about, (missing(text),))
    head = ("Model", "Then, now", "PSI", "By chance up to", "KS", "p", "In words")
    rows = tuple((each.model, *_drifted(each.drift)) for each in figures.drifts)
    charts = tuple(HistogramChart(each.before, each.now, f"Scores of {each.model}") for each in figures.drifts)
    return Section("Drift of scores", about, (Table(head, rows), *charts))


def _drifted(one: Drift) -> tuple[str, ...]:
    p_value = "below 0.001" if one.p_value < 0.001 else f"{one.p_value:.3f}"
    numbers = (f"{one.before}, {one.now}", f"{one.psi:.3f}", f"{one.by_chance:.3f}", f"{one.ks:.3f}", p_value)
    return (*numbers, _CHANGES[one.change])


def _balance(figures: Figures) -> Section:
    about = "Outlines and tags that people gave, by class: what a model could learn from."
    if not figures.labels:
        return Section("Class balance", about, (missing("nobody outlined anything"),))
    ordered = sorted(figures.labels.items(), key=lambda item: (-item[1], item[0]))
    whole = sum(figures.labels.values())
    names, counts = zip(*ordered, strict=True)
    notes = tuple(f"{count} ({percent(count / whole, 0)})" for count in counts)
    chart = BarChart(names, tuple(float(count) for count in counts), notes, "Outlines by class")
    return Section("Class balance", about, (Text(f"{whole} outlines and tags on {figures.labelled} parts."), chart))


def _coverage(figures: Figures) -> Section:
    about = "How much of each shift and lot people have looked at: what nobody looked at, no figure above knows of."
    if not figures.shifts:
        return Section("Coverage", about, (missing("no part was inspected"),))
    blocks = _covered("Shift", figures.shifts)
    blocks += _covered("Lot", figures.lots) or (
        missing("no part's id names a lot (the part of it before its last - or _)"),
    )
    return Section("Coverage", about, blocks)


def _covered(what: str, rows: tuple[Covered, ...]) -> tuple[Block, ...]:
    if not rows:
        return ()
    shown = tuple(
        (
            one.name,
            str(one.parts),
            f"{one.decided} ({percent(one.decided / one.parts)})",
            f"{one.labelled} ({percent(one.labelled / one.parts)})",
        )
        for one in rows[-MOST_ROWS:]
    )
    table = Table((what, "Parts", "Decided by people", "Labelled"), shown)
    left = len(rows) - len(shown)
    return (table, Text(f"{left} earlier ones are left out.")) if left else (table,)
