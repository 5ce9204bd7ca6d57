"""A filter of the review queue as SQL. Pure.

In the statements `q` is the part's row in the queue.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from station.journal.records import time_text
from station.journal.review_rows import bits_of, term_of
from station.review.queue import QueueFilter, Stage

BEYOND_ANY_TEXT = "\U0010ffff"

INDEXES: Mapping[str, str] = MappingProxyType(
    {
        "time": "review_by_time",
        "score": "review_by_score",
        "size_px": "review_by_size",
        "lot": "review_by_lot",
    }
)
"""The index of each column that a filter has a range of."""

_SEVERAL = frozenset({"class", "camera", "operator", "model"})
"""What a part may have several of: only its terms say which. The rest stands in the queue's own columns."""


@dataclass(frozen=True, slots=True)
class Group:
    """Terms of which a part must have one, each under the name of its parameter; `several`: no column says the same."""

    terms: Mapping[str, str]
    several: bool

    @property
    def marks(self) -> str:
        """The parameters, as a list in SQL."""
        return ", ".join(f":{name}" for name in self.terms)

    @property
    def condition(self) -> str:
        """The condition that a part has one of the terms."""
        return "(" + " OR ".join(f"instr(q.terms, char(10) || :{name} || char(10))" for name in self.terms) + ")"


@dataclass(frozen=True, slots=True)
class Span:
    """A range of a column."""

    column: str
    bounds: Mapping[str, str]
    """The comparison for each parameter."""

    @property
    def condition(self) -> str:
        """The condition that a part lies in it, for its index."""
        return " AND ".join(f"q.{self.column} {sign} :{name}" for name, sign in self.bounds.items())

    @property
    def check(self) -> str:
        """The same for a part that is found otherwise: a plus keeps SQLite from the index."""
        return " AND ".join(f"+q.{self.column} {sign} :{name}" for name, sign in self.bounds.items())


@dataclass(frozen=True, slots=True)
class Asked:
    """A filter in pieces; `conditions` are those on `q` that say the same as groups that are not `several`."""

    groups: tuple[Group, ...]
    spans: tuple[Span, ...]
    conditions: tuple[str, ...]
    values: Mapping[str, Any]
    """Parameters, among them `open`: whether the parts still wait."""


def asked_of(wanted: QueueFilter) -> Asked:
    """Take a filter apart."""
    values: dict[str, Any] = {"open": int(wanted.stage is not Stage.DONE)}
    groups = tuple(_groups(wanted, values))
    spans = tuple(_spans(wanted, values))
    conditions = []
    if wanted.recipe:
        conditions.append("q.recipe = :recipe0")
    if wanted.shift is not None:
        values["shift"] = wanted.shift
        conditions.append("q.shift = :shift")
    if wanted.stage is not None:
        conditions.append("q.stage = :stage0")
    if wanted.verdicts:
        kinds = ", ".join(f":verdict{number}" for number in range(len(wanted.verdicts)))
        conditions.append(f"q.verdict IN ({kinds})")
        values |= {f"verdict{number}": kind.value for number, kind in enumerate(wanted.verdicts)}
    if wanted.whys:
        values["whys"] = bits_of(wanted.whys)
        conditions.append("q.whys & :whys")
    values |= {"recipe0": wanted.recipe, "stage0": wanted.stage.value if wanted.stage else ""}
    return Asked(groups, spans, tuple(conditions), values)


def _groups(wanted: QueueFilter, values: dict[str, Any]) -> Iterable[Group]:
    asked: dict[str, tuple[object, ...]] = {
        "recipe": (wanted.recipe,) if wanted.recipe else (),
        "shift": (wanted.shift,) if wanted.shift is not None else (),
        "stage": (wanted.stage.value,) if wanted.stage else (),
        "verdict": tuple(kind.value for kind in wanted.verdicts),
        "why": tuple(why.value for why in wanted.whys),
        "class": wanted.classes,
        "camera": (wanted.camera,) if wanted.camera else (),
        "operator": (wanted.operator,) if wanted.operator else (),
        "model": (wanted.model_version,) if wanted.model_version else (),
    }
    for kind, names in asked.items():
        if names:
            terms = {
                f"{kind}_term{number}": term_of(kind, str(name)) for number, name in enumerate(dict.fromkeys(names))
            }
            values |= terms
            yield Group(MappingProxyType(terms), kind in _SEVERAL)


def _spans(wanted: QueueFilter, values: dict[str, Any]) -> Iterable[Span]:
    limits: dict[str, tuple[tuple[str, object | None], ...]] = {
        "time": (
            (">=", time_text(wanted.since) if wanted.since else None),
            ("<", time_text(wanted.until) if wanted.until else None),
        ),
        "score": ((">=", wanted.score_low), ("<=", wanted.score_high)),
        "size_px": ((">=", wanted.size_low_px), ("<=", wanted.size_high_px)),
        "lot": ((">=", wanted.lot or None), ("<", wanted.lot + BEYOND_ANY_TEXT if wanted.lot else None)),
    }
    for column, ends in limits.items():
        bounds = {f"{column}_{number}": (sign, end) for number, (sign, end) in enumerate(ends) if end is not None}
        if bounds:
            values |= {name: end for name, (_, end) in bounds.items()}
            yield Span(column, MappingProxyType({name: sign for name, (sign, _) in bounds.items()}))
