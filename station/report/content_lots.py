"""What the report says of lots that are accepted by their audited parts."""

from station.quality.figures import Figures
from station.quality.lots import JudgedLot
from station.report.document import Block, Section, Table, Text
from station.report.words import MOST_ROWS, missing


def sampling_section(figures: Figures) -> Section:
    """Say which lots pass, and why not."""
    scheme = figures.scheme
    assert scheme is not None
    about = (
        f"Acceptance sampling by ISO 2859-1, AQL {scheme.aql:g}, level {scheme.level.value}, single plans. A lot is the parts "
        "that passed under one beginning of their ids; its sample are those drawn at random that QA judged, oldest first, up to "
        "the plan's size. Two rejected lots of five tighten, five accepted ones relax, five rejected ones while tightened stop. "
        "A lot whose sample is not judged whole moves none of these."
    )
    if not figures.sampled:
        return Section("Lots by sampling", about, (missing("no part's id names a lot"),))
    rows = tuple(_row(lot) for lot in figures.sampled[-MOST_ROWS:])
    head = ("Lot", "Parts passed", "Inspection", "Sample, accept, reject", "Judged", "Bad", "Lot is")
    blocks: list[Block] = [Table(head, rows)]
    if left := len(figures.sampled) - len(rows):
        blocks.append(Text(f"{left} earlier ones are left out."))
    return Section("Lots by sampling", about, tuple(blocks))


def _row(lot: JudgedLot) -> tuple[str, ...]:
    head = (lot.name, str(lot.passed), lot.severity.value)
    if lot.plan is None:
        return (*head, "none", "", "", "not judged")
    plan = f"{lot.plan.size}, {lot.plan.accept}, {lot.plan.reject}"
    word = {True: "accepted", False: "rejected", None: f"open: {lot.plan.size - lot.looked} more to judge"}[
        lot.accepted
    ]
    return (*head, plan, str(lot.looked), str(lot.found), word)
