"""Three throw-away people for the demo: who decides parts, who looks at them again, who looks after the line."""

import contextlib
import secrets
from dataclasses import dataclass

from station.journal.errors import RefusedError
from station.people.accounts import Ask
from station.people.credentials import check_pin
from station.people.manage import manage
from station.people.roles import Role

DEMO_PEOPLE = {"demo-operator": Role.OPERATOR, "demo-qa": Role.QA, "demo-engineer": Role.ENGINEER}


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody with a new badge and PIN, in clear: to be printed once and kept nowhere."""

    name: str
    role: Role
    badge: str
    pin: str


def make_demo_people(ask: Ask) -> tuple[DemoPerson, ...]:
    """Add the demo's people, or give them a new badge and PIN where an earlier demo added them."""
    people = tuple(
        DemoPerson(name, role, f"DEMO-{secrets.token_hex(3).upper()}", _pin()) for name, role in DEMO_PEOPLE.items()
    )
    there = {person["name"]: person["active"] for person in manage(ask, "demo", "list", {}).result["people"]}
    for person in people:
        details = {"name": person.name, "role": person.role.value, "badge": person.badge, "pin": person.pin}
        renewed = ("set-badge", "set-pin", "role", "unlock")
        actions = ("add",) if person.name not in there else renewed if there[person.name] else ("restore", *renewed)
        for action in actions:
            manage(ask, "demo", action, details)
    return people


def _pin() -> str:
    while True:
        pin = f"{secrets.randbelow(10**6):06}"
        with contextlib.suppress(RefusedError):
            return check_pin(pin)
