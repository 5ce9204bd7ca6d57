"""Reading what the figures of quality need out of the journal, and working them out."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import combinations
from uuid import UUID

from labeling.annotation import Label
from labeling.overlap import Overlap, overlap
from station.journal.quality_queries import PartRow, extent, label_counts, labelled_parts, part_rows
from station.journal.reader import JournalReader
from station.journal.records import PartRecord
from station.journal.review_queries import ReviewQueries, opinions
from station.line.inspection import VerdictKind
from station.quality.attribute_study import Trial
from station.quality.drift import drift
from station.quality.figures import Covered, Figures, ModelDrift, Outlines, mean_of
from station.quality.lots import Audited, LotSample, judge_lots
from station.quality.p_chart import p_chart
from station.quality.people import people_figures
from station.quality.sampling import Scheme
from station.quality.scope import Scope
from station.quality.share import Share
from station.quality.shift import Shift, Span, Tally, pareto, regular, subgroups, total
from station.quality.western_electric import signals
from station.review.queue import QueueFilter

MOST_OUTLINED = 500
"""Outlines are compared on the newest labelled parts up to this number: each is read whole."""
SPAN = timedelta(minutes=5)
CHART_MINUTES = (5, 10, 15, 20, 30, 60, 120, 240, 480, 1440, 10_080)
MOST_POINTS = 40
"""More points than this cannot be told apart on a page."""
_LOT = re.compile(r"^(.+)[-_/. ][^-_/. ]*$")
"""What of a part's id names its lot: all up to the last separator."""

ShiftOf = Callable[[datetime], Shift]


def scope_of(
    reader: JournalReader,
    now: datetime,
    since: datetime | None = None,
    until: datetime | None = None,
    lot: str = "",
    recipe: str = "",
) -> Scope | None:
    """Return the scope that is meant, from the first part and up to now where no time is named; None without a part in it."""
    found = extent(reader, recipe)
    if found is None or (since and since >= found[1]) or (until and until <= found[0]):
        return None
    return Scope(since or found[0], until or max(found[1], now), lot, recipe)


def gather(reader: JournalReader, scope: Scope, shift_of: ShiftOf, scheme: Scheme | None = None) -> Figures:
    """Work out all figures of a scope; with a scheme its lots are accepted or rejected, too.

    Raises
    ------
    StorageError
        If the journal cannot be read.
    """
    parts = _Parts(scope, shift_of)
    for row in part_rows(reader, scope):
        parts.take(row)
    said = QueueFilter(since=scope.since, until=scope.until, lot=scope.lot, recipe=scope.recipe)
    audited = Audited()
    people = people_figures(opinions(reader, said), parts.known, _golden(reader, scope), parts.passed, audited)
    minutes, groups = parts.charted()
    chart = p_chart(subgroups(groups))
    return Figures(
        scope=scope,
        tally=total(groups),
        classes=pareto(parts.classes),
        chart=chart,
        starts=tuple(span.start for span in groups),
        subgroup_minutes=minutes,
        signals=signals(chart) if chart else (),
        labels=label_counts(reader, scope),
        labelled=parts.labelled,
        shifts=parts.covered_shifts(),
        lots=parts.covered_lots(),
        people=people,
        reference=parts.reference,
        outlines=_outlines(reader, labelled_parts(reader, scope, MOST_OUTLINED)),
        drifts=parts.drifts(),
        scheme=scheme,
        sampled=judge_lots(_samples(reader, parts.passed_by_lot(), audited), scheme) if scheme else (),
    )


class _Parts:
    """The parts of a scope, taken in one by one."""

    def __init__(self, scope: Scope, shift_of: ShiftOf) -> None:
        self._scope = scope
        self._shift_of = shift_of
        self._shift: Shift | None = None
        self._spans: dict[datetime, Counter[VerdictKind]] = defaultdict(Counter)
        self._scores: dict[str, list[float]] = defaultdict(list)
        self._shifts: dict[Shift, Counter[str]] = {}
        self._lots: dict[str, Counter[str]] = defaultdict(Counter)
        self.classes: Counter[str] = Counter()
        self.known: dict[UUID, bool] = {}
        self.passed = 0
        self.labelled = 0

    def take(self, row: PartRow) -> None:
        """Count one part."""
        self._spans[_floor(row.time, SPAN)][row.verdict] += 1
        if row.verdict is VerdictKind.NG:
            self.classes[row.class_name] += 1
        if row.score is not None and row.model:
            self._scores[row.model].append(row.score)
        if row.is_bad is not None:
            self.known[row.uid] = row.is_bad
        self.passed += row.told is VerdictKind.OK
        self.labelled += row.labelled
        counted = Counter(parts=1, decided=int(row.decided), labelled=int(row.labelled))
        self._shifts.setdefault(self._shift_at(row.time), Counter()).update(counted)
        counted["passed"] = int(row.told is VerdictKind.OK)
        self._lots[_lot_of(row.part_id)].update(counted)

    def _shift_at(self, time: datetime) -> Shift:
        if self._shift is None or not self._shift.start <= time < self._shift.end:
            self._shift = self._shift_of(time)
        return self._shift

    @property
    def reference(self) -> str:
        """Where the known state of parts comes from."""
        golden = "golden parts, whose answer is known"
        return f"what the virtual camera knows of its parts, and {golden}" if self.known else golden

    def charted(self) -> tuple[int, tuple[Span, ...]]:
        """Return how long a subgroup is, and the subgroups."""
        spans = [
            Span(start, Tally(*(counts[kind] for kind in VerdictKind))) for start, counts in sorted(self._spans.items())
        ]
        if not spans:
            return CHART_MINUTES[0], ()
        first, last = spans[0].start, spans[-1].start + SPAN
        fitting = (
            each for each in CHART_MINUTES if last - _begin(first, each) <= MOST_POINTS * timedelta(minutes=each)
        )
        minutes = next(fitting, CHART_MINUTES[-1])
        return minutes, regular(spans, _begin(first, minutes), last, minutes)

    def covered_shifts(self) -> tuple[Covered, ...]:
        """Parts by shift, in order of time."""
        ordered = sorted(self._shifts.items(), key=lambda item: item[0].start)
        return tuple(
            _covered(f"{shift.start:%Y-%m-%d %H:%M} UTC, shift {shift.number}", counts) for shift, counts in ordered
        )

    def covered_lots(self) -> tuple[Covered, ...]:
        """Parts by lot, by name; those whose id names none are left out."""
        return tuple(_covered(name, counts) for name, counts in sorted(self._lots.items()) if name)

    def passed_by_lot(self) -> dict[str, int]:
        """How many parts of each lot the line let pass, the lots in the order of their first parts."""
        return {name: counts["passed"] for name, counts in self._lots.items() if name}

    def drifts(self) -> tuple[ModelDrift, ...]:
        """Scores of each model, its first half of parts against its second."""
        found = []
        for model, scores in sorted(self._scores.items()):
            half = len(scores) // 2
            if (compared := drift(scores[:half], scores[half:])) is not None:
                found.append(ModelDrift(model, compared, tuple(scores[:half]), tuple(scores[half:])))
        return tuple(found)


def _lot_of(part_id: str) -> str:
    found = _LOT.match(part_id)
    return found[1] if found else ""


def _samples(reader: JournalReader, passed: Mapping[str, int], audited: Audited) -> Iterable[LotSample]:
    bad: dict[str, list[bool]] = defaultdict(list)
    for uid, is_bad in audited.bad.items():
        part = reader.summary(uid)
        if part is not None:
            bad[_lot_of(part.part_id)].append(is_bad)
    return (LotSample(name, count, tuple(bad[name])) for name, count in passed.items())


def _begin(time: datetime, minutes: int) -> datetime:
    """Return when the subgroup began that a time lies in."""
    return _floor(time, timedelta(minutes=minutes))


def _floor(time: datetime, length: timedelta) -> datetime:
    begin = datetime.min.replace(tzinfo=time.tzinfo)
    return time - (time - begin) % length


def _covered(name: str, counts: Counter[str]) -> Covered:
    return Covered(name, counts["parts"], counts["decided"], counts["labelled"])


def _golden(reader: JournalReader, scope: Scope) -> Iterable[Trial]:
    """What reviewers said of golden parts of the scope, each time they had one in that time."""
    for answer in ReviewQueries(reader).golden_scores(scope.since, scope.until):
        part = reader.summary(answer.uid)
        asked = part is not None and part.part_id.startswith(scope.lot) and scope.recipe in {"", part.recipe}
        if asked and answer.answered in {VerdictKind.OK, VerdictKind.NG}:
            bad, is_bad = answer.answered is VerdictKind.NG, answer.expected is VerdictKind.NG
            yield Trial(answer.uid, answer.reviewer, bad, is_bad)


# Outlines -------------------------------------------------------------------------------------------------------------


def _outlines(reader: JournalReader, uids: Sequence[UUID]) -> tuple[Outlines, ...]:
    found: dict[tuple[str, str], list[Overlap]] = defaultdict(list)
    for uid in uids:
        record = reader.part(uid)
        if record is not None:
            for names, compared in _compared(reader, record):
                found[names].append(compared)
    return tuple(
        made for names, overlaps in sorted(found.items()) if (made := _outlines_of(*names, overlaps)) is not None
    )


def _compared(reader: JournalReader, record: PartRecord) -> Iterable[tuple[tuple[str, str], Overlap]]:
    """Compare the outlines of every two who drew on a view of a part, the model among them."""
    drawn: dict[str, dict[str, tuple[Label, ...]]] = defaultdict(dict)
    for said in reader.annotations(record.inspection.trigger.uid):
        drawn[said.view][said.annotation.author] = said.annotation.labels
    for view in record.inspection.views:
        people = drawn.get(view.name, {})
        pairs = list(combinations(sorted(people), 2))
        yield from (((one, other), overlap(people[one], people[other])) for one, other in pairs)
        if view.model_name:
            outlined = [Label(_NOBODY, defect.class_name, defect.shape) for defect in view.defects]
            model = f"{view.model_name}/{view.model_version}"
            yield from (((model, who), overlap(outlined, labels)) for who, labels in people.items())


_NOBODY = UUID(int=0)


def _outlines_of(first: str, second: str, overlaps: Sequence[Overlap]) -> Outlines | None:
    """Sum up; None where neither drew an area on any picture."""
    ious = [value for each in overlaps if (value := each.mean_iou) is not None]
    if not ious:
        return None
    pairs = [pair for each in overlaps for pair in each.pairs]
    unmatched = sum(each.only_first + each.only_second for each in overlaps)
    return Outlines(
        first, second, mean_of(ious), len(pairs), Share(sum(pair.same_class for pair in pairs), len(pairs)), unmatched
    )
