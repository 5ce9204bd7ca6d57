"""What a version of a model makes of parts with a known answer, as sections of a report."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from models.evaluate import Count, auroc, average_precision, precision_recall, roc
from station.quality.p_chart import wilson
from station.report.document import Block, CurveChart, IntervalChart, Line, Panel, Section, Table, between, percent
from station.report.words import missing

ALL_CLASSES = "all bad parts"
NO_CLASS = "not outlined"


@dataclass(frozen=True, slots=True)
class Known:
    """A part with a known answer: what it is, and which kinds of defect people outlined on it."""

    good: bool
    classes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scored:
    """A version and its scores, one a part; higher is worse, infinite where it could not judge. Below `low` a part passes."""

    name: str
    low: float
    high: float
    scores: tuple[float, ...]

    def of(self, parts: Sequence[Known], *, good: bool) -> list[float]:
        """Return the scores of the good parts, or of the bad ones."""
        return [score for part, score in zip(parts, self.scores, strict=True) if part.good is good]


def passing_section(parts: Sequence[Known], versions: Sequence[Scored]) -> Section:
    """Say what passes and what does not."""
    about = (
        "A part passes below the lower threshold. Missed are bad parts that pass (escapes); rejected are good parts that do not "
        "(false rejects), whether NG or not decidable. Intervals hold the share with 95 % confidence (Wilson)."
    )
    rows: tuple[tuple[str, Callable[[Scored], str]], ...] = (
        ("Thresholds", lambda one: f"{one.low:.4g} and {one.high:.4g}"),
        ("Area under the ROC", lambda one: _of_both(parts, one, auroc)),
        ("Average precision", lambda one: _of_both(parts, one, average_precision)),
        ("Missed, of bad parts", lambda one: share_text(missed(one.of(parts, good=False), one.low))),
        ("Rejected, of good parts", lambda one: share_text(rejected(one.of(parts, good=True), one.low))),
        ("False alarms (NG), of good parts", lambda one: share_text(rejected(one.of(parts, good=True), one.high))),
        ("Bad parts not decidable", lambda one: share_text(_between(one.of(parts, good=False), one))),
    )
    cells = tuple((name, *(cell(one) for one in versions)) for name, cell in rows)
    counts = f"{sum(part.good for part in parts)} good and {sum(not part.good for part in parts)} bad parts"
    return Section("Missed and rejected", f"{counts}. {about}", (Table(("", *(one.name for one in versions)), cells),))


def curves_section(parts: Sequence[Known], versions: Sequence[Scored]) -> Section:
    """Draw ROC and precision over recall."""
    about = "Every threshold there could be; the dot is the lower one in use. Right: of the parts rejected, how many are bad."
    if not _both_kinds(parts):
        return Section("ROC and precision", about, (missing("good and bad parts are needed"),))
    colours = ("black", "red")
    named = "; ".join(f"{colour}: {one.name}" for colour, one in zip(colours, versions, strict=False))
    chart = CurveChart(
        (
            Panel("ROC", "good parts rejected", "bad parts found", tuple(_roc(parts, one) for one in versions)),
            Panel("PR", "bad parts found", "precision", tuple(_precision(parts, one) for one in versions)),
        ),
        named,
    )
    return Section("ROC and precision", about, (chart,))


def classes_section(parts: Sequence[Known], versions: Sequence[Scored]) -> Section:
    """Say what passes of each kind of defect; a part with several kinds counts for each of them."""
    about = (
        "Bad parts that pass, by the kind of defect that people outlined; a part with several kinds counts for each."
    )
    bad = [number for number, part in enumerate(parts) if not part.good]
    if not bad:
        return Section("By class", about, (missing("no bad part is known"),))
    by_class: dict[str, list[int]] = {ALL_CLASSES: bad}
    for number in bad:
        for name in parts[number].classes or (NO_CLASS,):
            by_class.setdefault(name, []).append(number)
    names = [ALL_CLASSES, *sorted(name for name in by_class if name != ALL_CLASSES)]
    blocks: list[Block] = []
    for one in versions:
        found = [missed([one.scores[number] for number in by_class[name]], one.low) for name in names]
        head = (one.name, "Missed", "Share, 95 % interval")
        rows = tuple(
            (name, f"{count.count} of {count.of}", share_text(count)) for name, count in zip(names, found, strict=True)
        )
        intervals = tuple(wilson(count.count, count.of) for count in found)
        shares = tuple(count.share or 0.0 for count in found)
        blocks += [
            Table(head, rows),
            IntervalChart(tuple(names), shares, intervals, (), f"Missed by class, {one.name}"),
        ]
    return Section("By class", about, tuple(blocks))


def missed(bad: Sequence[float], low: float) -> Count:
    """Count bad parts that pass."""
    return Count(sum(score < low for score in bad), len(bad))


def rejected(good: Sequence[float], limit: float) -> Count:
    """Count good parts that score a limit or above it."""
    return Count(sum(score >= limit for score in good), len(good))


def share_text(count: Count) -> str:
    """Write a share with its counts and its interval."""
    if count.share is None:
        return "none known"
    return f"{percent(count.share)} ({between(wilson(count.count, count.of))}), {count.count} of {count.of}"


def _between(bad: Sequence[float], one: Scored) -> Count:
    return Count(sum(score >= one.low and not (one.high <= score < np.inf) for score in bad), len(bad))


def _both_kinds(parts: Sequence[Known]) -> bool:
    return len({part.good for part in parts}) == 2


def _of_both(parts: Sequence[Known], one: Scored, figure: Callable[[list[float], list[float]], float]) -> str:
    if not _both_kinds(parts):
        return "good and bad parts are needed"
    return f"{figure(one.of(parts, good=True), one.of(parts, good=False)):.4f}"


def _roc(parts: Sequence[Known], one: Scored) -> Line:
    good, bad = one.of(parts, good=True), one.of(parts, good=False)
    curve = roc(good, bad)
    found = 1 - (missed(bad, one.low).share or 0.0)
    return Line(one.name, curve.x, curve.y, (rejected(good, one.low).share or 0.0, found))


def _precision(parts: Sequence[Known], one: Scored) -> Line:
    good, bad = one.of(parts, good=True), one.of(parts, good=False)
    curve = precision_recall(good, bad)
    alarms, found = rejected(good, one.low).count, len(bad) - missed(bad, one.low).count
    mark = (found / len(bad), found / (found + alarms)) if found + alarms else None
    return Line(one.name, curve.x, curve.y, mark)
