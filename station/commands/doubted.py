"""Puts the labels that a learned version doubts before QA: its suspected label errors, into the review queue."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.card import ModelCard
from station.commands.deployment import in_the_name_of
from station.commands.records import carry_out
from station.keeping.manage import PARTS_AT_ONCE


@dataclass(frozen=True, slots=True)
class Doubted:
    """What became of the suspected label errors of a card.

    Attributes
    ----------
    waiting
        Parts that wait for a review now, most doubtful first.
    before
        How many were asked for earlier, or have no pictures any more.
    taught
        How many are pictures that were taken to be taught: no part of the line, which nobody reviews.
    """

    waiting: tuple[str, ...]
    before: int
    taught: int

    def to_json(self) -> dict[str, Any]:
        """Return it as it is printed with `--json`."""
        return {"waiting": list(self.waiting), "before": self.before, "taught": self.taught}

    def sentence(self) -> str:
        """Say it."""
        found = [f"{len(self.waiting)} labels wait for review"]
        found += [f"{self.before} were asked for before, or are without pictures"] if self.before else []
        found += (
            [f"{self.taught} are of taught pictures, which are no parts: learn without them"] if self.taught else []
        )
        return "; ".join(found)


def review_doubted(data: Path, audit_key: Path | None, by: str | None, model: str, card: ModelCard) -> Doubted:
    """Put the parts into the queue, by the engine where one runs. Raises as `station.commands.records.carry_out`.

    Parameters
    ----------
    by
        Who asks; None: the machine's user.
    model
        As "NAME@VERSION".
    """
    parts = [card.parts[number].part for number in card.suspects]
    known = list(dict.fromkeys(part for part in parts if part is not None))
    waiting: list[str] = []
    for first in range(0, len(known), PARTS_AT_ONCE):
        details = {"uids": " ".join(known[first : first + PARTS_AT_ONCE]), "model": model}
        waiting += carry_out(data, audit_key, in_the_name_of(by), "doubt", details)["parts"]
    return Doubted(tuple(waiting), len(known) - len(waiting), parts.count(None))
