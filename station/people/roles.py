"""Who may do what: one table, and nothing else decides it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from station.line.inspection import Author


class Role(StrEnum):
    """What somebody is at the station."""

    OPERATOR = "operator"
    QA = "qa"
    ENGINEER = "engineer"
    ADMINISTRATOR = "administrator"
    SERVICE = "service"
    """Whoever mends the machine: everything but deciding what becomes of parts."""


class Action(StrEnum):
    """What a role allows or not."""

    GIVE_VERDICT = "give-verdict"
    SUPERSEDE = "supersede"
    """Take the place of another person's verdict; one's own may be corrected without."""
    ANNOTATE = "annotate"
    WRITE_NOTE = "write-note"
    CHOOSE_RECIPE = "choose-recipe"
    DRAW_ZONES = "draw-zones"
    LEARN = "learn"
    DEPLOY = "deploy"
    PAUSE = "pause"
    TRIGGER_PART = "trigger-part"
    REVIEW = "review"
    """Say what is right of parts that were judged, and decide where others differ."""
    MANAGE_PEOPLE = "manage-people"
    MANAGE_RECORDS = "manage-records"
    """Place and end legal holds, remove pictures on request."""
    SIGN = "sign"
    """Sign a released lot or dataset, with name and password once more."""


_OPERATOR = frozenset({Action.GIVE_VERDICT, Action.ANNOTATE, Action.WRITE_NOTE})
_DECIDER = _OPERATOR | {Action.SUPERSEDE}
_MACHINE = frozenset(
    {
        Action.WRITE_NOTE,
        Action.CHOOSE_RECIPE,
        Action.DRAW_ZONES,
        Action.LEARN,
        Action.DEPLOY,
        Action.PAUSE,
        Action.TRIGGER_PART,
    }
)

ALLOWED: Mapping[Role, frozenset[Action]] = MappingProxyType(
    {
        Role.OPERATOR: _OPERATOR,
        Role.QA: _DECIDER | {Action.REVIEW, Action.MANAGE_RECORDS, Action.SIGN},
        Role.ENGINEER: _DECIDER | _MACHINE,
        Role.ADMINISTRATOR: _DECIDER
        | _MACHINE
        | {Action.REVIEW, Action.MANAGE_PEOPLE, Action.MANAGE_RECORDS, Action.SIGN},
        Role.SERVICE: _MACHINE | {Action.MANAGE_PEOPLE},
    }
)

COMMANDS: Mapping[str, Action] = MappingProxyType(
    {
        "give-verdict": Action.GIVE_VERDICT,
        "annotate": Action.ANNOTATE,
        "write-note": Action.WRITE_NOTE,
        "choose-recipe": Action.CHOOSE_RECIPE,
        "pause": Action.PAUSE,
        "resume": Action.PAUSE,
        "trigger-part": Action.TRIGGER_PART,
        "manage-people": Action.MANAGE_PEOPLE,
        "manage-records": Action.MANAGE_RECORDS,
        "take-parts": Action.REVIEW,
        "release-parts": Action.REVIEW,
        "review": Action.REVIEW,
        "adjudicate": Action.REVIEW,
        "undo-review": Action.REVIEW,
        "relabel": Action.REVIEW,
        "undo-relabel": Action.REVIEW,
        "set-golden": Action.REVIEW,
        "save-view": Action.REVIEW,
        "delete-view": Action.REVIEW,
    }
)
"""Desk commands (their `type`) that a person needs a role for. The rest need none, or only to be logged in."""


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a person wants of every screen; empty `language` and `theme`: as the screen is set."""

    language: str = ""
    left_handed: bool = False
    theme: str = ""
    sound: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an account; the name stands in every record, so it never changes."""

    name: str
    role: Role
    preferences: Preferences = field(default_factory=Preferences)

    def may(self, action: Action) -> bool:
        """Whether the person's role allows it."""
        return may(self.role, action)

    @property
    def author(self) -> Author:
        """In which capacity the person gives verdicts."""
        return Author.QA if may(self.role, Action.SUPERSEDE) else Author.OPERATOR


def may(role: Role, action: Action) -> bool:
    """Whether a role allows an action."""
    return action in ALLOWED[role]


def may_send(role: Role, command: str) -> bool:
    """Whether a role allows a desk command, by its `type`; one that needs no role is allowed to everybody."""
    return command not in COMMANDS or may(role, COMMANDS[command])
