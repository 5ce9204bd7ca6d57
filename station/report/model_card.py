"""The card of a learned version as a page: drawn from what it makes of parts it did not learn from."""

from collections.abc import Mapping, Sequence

from models.card import FEWEST, CardPart, ModelCard
from models.manifest import Manifest
from station.report.document import Picture, Pictures, Report, Section, Table, Text
from station.report.model_figures import Known, Scored, classes_section, curves_section, passing_section
from station.report.words import MOST_ROWS, missing, time_text

WORST = 6
"""Pictures of each kind of mistake."""


def worst_mistakes(parts: Sequence[CardPart], low: float) -> list[int]:
    """Return the numbers of the bad parts that pass, then of the good ones that do not, the worst of each first."""
    rejected = [number for number, part in enumerate(parts) if part.good and part.score >= low]
    passed = [number for number, part in enumerate(parts) if not part.good and part.score < low]
    rejected.sort(key=lambda number: -parts[number].score)
    passed.sort(key=lambda number: parts[number].score)
    return passed[:WORST] + rejected[:WORST]


def model_card(manifest: Manifest, card: ModelCard, pictures: Mapping[int, bytes]) -> Report:
    """Return the page.

    Parameters
    ----------
    pictures
        JPEG of each of the `worst_mistakes`, by the number of its part.
    """
    known = tuple(Known(part.good, part.classes) for part in card.parts)
    scored = (Scored(manifest.name, card.low, card.high, tuple(part.score for part in card.parts)),)
    sections = (
        passing_section(known, scored),
        curves_section(known, scored),
        classes_section(known, scored),
        _threshold(card),
        _mistakes(card, pictures),
        _suspects(card),
        _lineage(manifest),
    )
    good = len(card.scores(good=True))
    facts = (
        ("Model", manifest.name),
        ("SHA-256", manifest.model_sha256),
        ("Learned", time_text(manifest.created)),
        ("Method", f"{manifest.task}, {manifest.head}"),
        ("Parts below", f"{good} good, {len(card.parts) - good} bad"),
        ("Scores", card.how),
    )
    return Report(f"Model card: {manifest.name}", facts, sections)


def _threshold(card: ModelCard) -> Section:
    about = "Where the thresholds come from."
    if card.missed_cost is None:
        text = (
            "From held-out scores, see the manifest. [learn] missed_cost of the recipe would let the cost of a missed "
            "part choose."
        )
    elif card.cheapest is None:
        text = (
            f"From held-out scores: a missed part is said to cost as much as {card.missed_cost:g} rejected good ones, "
            f"but at least {FEWEST} good and {FEWEST} bad parts are needed to choose by it."
        )
    else:
        text = (
            f"A missed part costs as much as {card.missed_cost:g} rejected good ones: {card.cheapest:.4g} is the cheapest "
            "threshold on these parts. It was chosen on them, so what is said of them is a little too good."
        )
    if card.of_recipe:
        text += " The recipe's view has thresholds of its own: those are in use, here and on the line."
    return Section("Threshold", about, (Text(text),))


def _mistakes(card: ModelCard, pictures: Mapping[int, bytes]) -> Section:
    about = (
        "Bad parts that pass, then good parts that do not, the worst of each. Scores are held out; red is the heat of "
        "the model as it is, which may have learned from the part that it shows."
    )
    worst = [number for number in worst_mistakes(card.parts, card.low) if number in pictures]
    if not worst:
        return Section("Worst mistakes", about, (Text("None: no good part is rejected, no bad part passes."),))
    shown = tuple(Picture(pictures[number], _caption(card.parts[number])) for number in worst)
    return Section("Worst mistakes", about, (Pictures(shown),))


def _caption(part: CardPart) -> str:
    what = "good, rejected" if part.good else f"bad ({', '.join(part.classes) or 'not outlined'}), passes"
    return f"{what}: {part.score:.4g}. {_called(part)}"


def _called(part: CardPart) -> str:
    return f"part {part.part}" if part.part else f"picture {part.picture[:12]}, taught"


def _suspects(card: ModelCard) -> Section:
    about = (
        "Good parts that score as the middle bad one or above, bad ones that score as the middle good one or below: look at "
        "their labels again (confident learning)."
    )
    title = "Suspected label errors"
    good = len(card.scores(good=True))
    if min(good, len(card.parts) - good) < FEWEST:
        return Section(title, about, (missing(f"{FEWEST} good and {FEWEST} bad parts are the least"),))
    if not card.suspects:
        return Section(title, about, (Text("None."),))
    rows = tuple(
        (_called(card.parts[number]), "OK" if card.parts[number].good else "NG", f"{card.parts[number].score:.4g}")
        for number in card.suspects[:MOST_ROWS]
    )
    return Section(title, about, (Table(("Part", "Label", "Score"), rows),))


def _lineage(manifest: Manifest) -> Section:
    origin = manifest.learned_from
    rows = [
        ("Parts learned from", str(origin.parts)),
        ("Pictures", str(len(origin.images))),
        ("Seed", str(origin.seed)),
        ("Version of this program", origin.code_version),
    ]
    if lineage := origin.lineage:
        revisions = sum(picture.annotation is not None for picture in lineage.pictures)
        uids = len({picture.part for picture in lineage.pictures if picture.part})
        rows += [
            ("Recipe, view", f"{lineage.recipe}, {lineage.view}"),
            ("Parts of the line, by uid", str(uids)),
            ("Label revisions", str(revisions)),
            ("Labels there were", ", ".join(f"{count} {label}" for label, count in lineage.labels.items())),
            ("Left out", "; ".join(f"{count} {why}" for why, count in lineage.left_out.items()) or "nothing"),
        ]
        if dataset := lineage.dataset:
            rows.append(("Dataset", f"{dataset.name}@{dataset.version}, split {dataset.split}"))
    about = "What made the version; the manifest beside the model lists every picture and label."
    return Section("Lineage", about, (Table(("", ""), tuple(rows)),))
