"""What the report says of people: against the reference, between themselves, beside the model, and how much they did."""

from collections.abc import Callable

from station.quality.attribute_study import (
    FALSE_ALARM_BOUNDS,
    MISS_BOUNDS,
    Appraiser,
    Band,
    effectiveness_band,
    false_alarm_band,
    kappa_band,
    miss_band,
)
from station.quality.figures import Figures, Outlines
from station.quality.share import Share
from station.report.document import Block, IntervalChart, Section, Table, Text, between, percent
from station.report.words import FEWEST_TRIALS, coefficient, missing, not_enough, or_missing, share_cells


def known_section(figures: Figures) -> Section:
    """Put people beside what is known."""
    known = figures.people.known
    about = (
        "Attribute agreement against parts whose state is known (AIAG, Measurement Systems Analysis, 4th ed.). Effectiveness: "
        "parts judged right every time; 90 % is good, 80 % marginal. Missed: bad parts called good, of all looks at bad parts; "
        "2 % is good, 5 % marginal. False alarms: good parts called bad, of all looks at good parts; 5 % is good, 10 % marginal. "
        f"Known from: {figures.reference}. A model's parts are those that a person judged, too."
    )
    if not known.appraisers:
        return Section("Against the reference", about, (missing("nobody judged a part whose state is known"),))
    head = ("Who", "Looks", "Effectiveness", "Missed", "False alarms", "Kappa", "Repeated alike")
    blocks: list[Block] = [
        Text(f"{known.parts} parts are known, {known.bad} of them bad."),
        Table(head, tuple(_appraiser(each) for each in known.appraisers)),
    ]
    for title, shares, bounds in (
        ("Missed bad parts", [(each.who, each.missed) for each in known.appraisers], MISS_BOUNDS),
        ("False alarms", [(each.who, each.false_alarms) for each in known.appraisers], FALSE_ALARM_BOUNDS),
    ):
        enough = [(who, share) for who, share in shares if share.of >= FEWEST_TRIALS]
        if enough:
            names, found = zip(*enough, strict=True)
            values = tuple(share.count / share.of for share in found)
            blocks.append(IntervalChart(names, values, tuple(share.interval for share in found), bounds, title))
    within = known.within
    text = "Nobody saw enough parts more than once to say how far people agree with themselves."
    blocks.append(
        Text(text, missing=True)
        if within is None
        else Text(f"Agreement of people with themselves, Fleiss' kappa: {coefficient(within)}.")
    )
    return Section("Against the reference", about, tuple(blocks))


def _appraiser(one: Appraiser) -> tuple[str, ...]:
    repeated = one.repeated
    return (
        one.who,
        str(one.trials),
        _banded(one.effectiveness, effectiveness_band),
        _banded(one.missed, miss_band),
        _banded(one.false_alarms, false_alarm_band),
        not_enough() if one.kappa is None else f"{coefficient(one.kappa)}, {kappa_band(one.kappa.value).value}",
        f"{repeated.count} of {repeated.of}" if repeated.of else "seen once",
    )


def _banded(share: Share, band: Callable[[float], Band]) -> str:
    """Write a share with interval and band; with few looks the interval would say all that can be said."""
    if share.share is None or share.of < FEWEST_TRIALS:
        return f"{share.count} of {share.of}, {not_enough()}"
    bounds = between(share.interval)
    return f"{share.count} of {share.of}: {percent(share.share)} ({bounds}), {band(share.share).value}"


def agreement_section(figures: Figures) -> Section:
    """Put people beside each other."""
    people = figures.people
    about = (
        "How far people say the same of the same parts. Kappa (Cohen of two, Fleiss of all) and Krippendorff's alpha take off "
        "what chance gives, and fall where bad parts are rare; Gwet's AC1 does not. Intervals of 95 % by the jackknife. "
        "Above 0.75 is good, below 0.40 poor."
    )
    pairs = [pair for pair in people.pairs if not pair.model]
    if not pairs:
        return Section("Between people", about, (missing("no part was judged by two people"),))
    rows = tuple(
        (f"{pair.first}, {pair.second}", *share_cells(pair.same), or_missing(pair.kappa), or_missing(pair.ac1))
        for pair in pairs
    )
    all_of_them = (
        ("Fleiss' kappa", or_missing(people.fleiss)),
        ("Gwet's AC1", or_missing(people.ac1)),
        ("Krippendorff's alpha", or_missing(people.alpha)),
    )
    return Section(
        "Between people",
        about,
        (
            Table(("Pair", "Same of", "Share", "95 % interval", "Cohen's kappa", "Gwet's AC1"), rows),
            Text(f"All together, on {people.parts} parts that two people or more judged:"),
            Table(("Coefficient", "Value and 95 % interval"), all_of_them),
        ),
    )


def model_section(figures: Figures) -> Section:
    """Put people beside the model."""
    about = (
        "The verdict of the rules, which follows the model, beside each person's. Who decides after having seen the model's "
        "opinion agrees with it more than they would otherwise; and people decide mostly what the model found doubtful."
    )
    pairs = [pair for pair in figures.people.pairs if pair.model]
    if not pairs:
        return Section("Model and people", about, (missing("no part of a model was judged by a person"),))
    rows = tuple(
        (pair.first, pair.second, *share_cells(pair.same), or_missing(pair.kappa), or_missing(pair.ac1))
        for pair in pairs
    )
    head = ("Model", "Person", "Same of", "Share", "95 % interval", "Cohen's kappa", "Gwet's AC1")
    return Section("Model and people", about, (Table(head, rows),))


def outlines_section(figures: Figures) -> Section:
    """Put outlines over each other."""
    about = (
        "How far two outlined the same place: overlap is the area both share by the area that either covers (IoU), matched one "
        "to one, and 0 for what only one outlined; the mean is over pictures. A person begins with the model's outlines and a "
        "second person with the first one's, so this is agreement after having looked, not blind."
    )
    if not figures.outlines:
        return Section("Outlines", about, (missing("no picture was outlined by two"),))
    head = ("First", "Second", "Pictures", "Mean overlap", "95 % interval", "Matched", "Same class", "Only one's")
    return Section("Outlines", about, (Table(head, tuple(_outline(each) for each in figures.outlines)),))


def _outline(one: Outlines) -> tuple[str, ...]:
    mean, bounds = one.iou, one.iou.interval
    return (
        one.first,
        one.second,
        str(mean.number),
        f"{mean.value:.2f}",
        not_enough() if bounds is None else f"{bounds.low:.2f} to {bounds.high:.2f}",
        str(one.pairs),
        percent(one.same_class.share, 0) if one.same_class.share is not None else "none",
        str(one.unmatched),
    )


def escapes_section(figures: Figures) -> Section:
    """Estimate what passed."""
    about = (
        "Bad parts that the line let pass, estimated from the random sample of passed parts that QA looked at again. The "
        "interval holds the true number with 95 % confidence (Wilson)."
    )
    escapes = figures.people.escapes
    if escapes.audited < FEWEST_TRIALS or escapes.escaped is None or escapes.rate.share is None:
        text = f"QA audited {escapes.audited} of {escapes.passed} passed parts, {FEWEST_TRIALS} are the least"
        return Section("Escapes", about, (missing(text),))
    number, bounds = escapes.escaped
    rows = (
        ("Parts passed", str(escapes.passed)),
        ("Of these audited", str(escapes.audited)),
        ("Bad ones found", str(escapes.found)),
        ("Escape rate", f"{percent(escapes.rate.share, 2)} ({between(escapes.rate.interval, 2)})"),
        ("Escapes among all passed", f"{number:.0f} ({bounds.low:.0f} to {bounds.high:.0f})"),
    )
    return Section("Escapes", about, (Table(("What", "Figure"), rows),))


def work_section(figures: Figures) -> Section:
    """Say who did how much."""
    about = (
        "What each person did. Pace: verdicts and outlines in an hour of work, pauses longer than five minutes left out. Upheld "
        "(pass rate): verdicts that somebody else of QA said the same to, of those they looked at."
    )
    if not figures.people.workers:
        return Section("People's work", about, (missing("nobody decided or outlined anything"),))
    rows = tuple(
        (
            one.who,
            str(one.verdicts),
            str(one.outlines),
            not_enough() if one.an_hour is None else f"{one.an_hour:.0f} an hour",
            f"{one.upheld.count} of {one.upheld.of}: {percent(one.upheld.count / one.upheld.of)} ({between(one.upheld.interval)})"
            if one.upheld.of
            else "none was checked",
        )
        for one in figures.people.workers
    )
    return Section("People's work", about, (Table(("Who", "Verdicts", "Outlined views", "Pace", "Upheld"), rows),))
