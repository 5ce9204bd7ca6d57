"""Versions over the parts that people decided, as a page: the figures, the curves, and the worst mistakes as pictures."""

from datetime import datetime

from models.predictor import Predictor
from models.shelf import Shelf
from station.config import StationConfig
from station.journal.reader import JournalReader
from station.line.carded import shown
from station.line.evaluation import THREADS, Evaluations
from station.line.labelled import Bytes, Labelled, load_pictures, outlined_classes
from station.report.document import Picture, Pictures, Report, Section, Text
from station.report.model_figures import Known, Scored, classes_section, curves_section, passing_section
from station.report.words import time_text

WORST = 6
"""Pictures of each kind of mistake of each version."""


def evaluation_page(config: StationConfig, found: Evaluations, made: datetime) -> Report:
    """Return the page. Raises `StorageError`, `ModelError` if a picture or a version cannot be read any more."""
    with JournalReader(config.station.data) as journal:
        known = tuple(Known(part.one.good, outlined_classes(journal, part.one)) for part in found.parts)
        scored = tuple(_scored(found, number) for number in range(len(found.versions)))
        shelf = Shelf(config.station.data / "models")
        mistakes = [_mistakes(journal, shelf, found, number) for number in range(len(found.versions))]
    facts = (
        ("Recipe, view", f"{found.recipe}, {found.view}"),
        ("Parts", "as people decided them, none that a version learned from"),
        ("Left out", "; ".join(f"{count} {why}" for why, count in found.left_out.items()) or "nothing"),
        ("Made", time_text(made)),
    )
    sections = (passing_section(known, scored), curves_section(known, scored), classes_section(known, scored))
    return Report(", ".join(one.name for one in scored), facts, (*sections, *mistakes))


def _scored(found: Evaluations, number: int) -> Scored:
    one = found.versions[number]
    scores = tuple(part.scores[number] for part in found.parts)
    return Scored(f"{one.version.name}@{one.version.version}", one.low, one.high, scores)


def _mistakes(journal: JournalReader, shelf: Shelf, found: Evaluations, number: int) -> Section:
    one = found.versions[number]
    predictor = Predictor.load(shelf.folder(one.version.name, one.version.version), threads=THREADS)
    pictures = [
        Picture(shown(predictor, pixels), f"{what}: part {labelled.sample.part_uid}")
        for what, good in (("bad, passes", False), ("good, judged bad", True))
        for labelled, pixels in _worst(journal, found.wrong(number, good=good))
    ]
    about = "Bad parts that pass, then good parts that are judged bad, the worst of each; red is the model's heat."
    block = Pictures(tuple(pictures)) if pictures else Text("None: no bad part passes, no good part is judged bad.")
    return Section(f"Worst mistakes of {one.version.name}@{one.version.version}", about, (block,))


def _worst(journal: JournalReader, wrong: tuple[Labelled, ...]) -> list[tuple[Labelled, Bytes]]:
    worst = wrong[:WORST]
    return list(zip(worst, load_pictures(journal, worst), strict=True))
