"""What `station users` does to accounts: the same whether the engine runs and does it, or nobody holds the journal."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from station.journal.audit import AuditEvent
from station.journal.errors import Refusal, RefusedError
from station.journal.people import Account, Tries
from station.journal.store import Journal
from station.people.accounts import Ask, badge_hash, hash_secret, known, lock_id
from station.people.credentials import check_badge, check_name, check_password, check_pin
from station.people.roles import Person, Role


@dataclass(frozen=True, slots=True)
class Managed:
    """What was done: the result as `station users --json` prints it, and whose sessions must end for it ("": nobody's)."""

    result: dict[str, Any]
    ended: str = ""


@dataclass(frozen=True, slots=True)
class _New:
    """What a command gives, checked and hashed; None where it does not."""

    name: str
    role: Role | None
    badge: bytes | None
    pin: str | None
    password: str | None


def manage(ask: Ask, by: str, action: str, details: Mapping[str, str]) -> Managed:
    """Do one action of `ACTIONS`.

    Parameters
    ----------
    by
        Who does it, for the audit chain.
    details
        `name`, and what the action takes of `role`, `badge`, `pin` and `password`, in clear: they are hashed here.

    Raises
    ------
    RefusedError
        If the action or a detail is unknown or does not do, or the name or badge is taken.
    StorageError
        If the journal cannot take it.
    """
    if action == "list":
        return Managed({"people": ask(_listed)})
    if action not in ACTIONS:
        raise RefusedError(Refusal.BAD_VALUE, f"There is no action {action!r}; there are: list, {', '.join(ACTIONS)}.")
    if unknown := set(details) - {"name", "role", "badge", "pin", "password"}:
        raise RefusedError(Refusal.BAD_VALUE, f"Nobody has a {min(unknown)!r}.")
    new = _checked(ask, details)
    ends_sessions = action not in {"add", "unlock"}

    def do(journal: Journal) -> Managed:
        account = ACTIONS[action](journal, by, new)
        return Managed({"person": account_json(journal, account)}, account.person.name if ends_sessions else "")

    return ask(do)


def account_json(journal: Journal, account: Account) -> dict[str, Any]:
    """Return an account as it may be shown: what it has, not what that is."""
    tries = journal.people.tries(lock_id(journal.people.key, account))
    locked = tries.locked_until is not None and journal.people.now() < tries.locked_until
    return {
        "name": account.person.name,
        "role": account.person.role.value,
        "active": account.active,
        "badge": account.badge is not None,
        "pin": account.pin is not None,
        "password": account.password is not None,
        "locked_until": tries.locked_until.isoformat() if tries.locked_until and locked else None,
        "created": account.created.isoformat(),
    }


def _listed(journal: Journal) -> list[dict[str, Any]]:
    return [account_json(journal, account) for account in journal.people.all()]


def _checked(ask: Ask, details: Mapping[str, str]) -> _New:
    """Check and hash what is given, on the caller's thread."""
    name = check_name(details.get("name", ""))
    badge, pin, password = details.get("badge"), details.get("pin"), details.get("password")
    key = ask(lambda journal: journal.people.key)
    return _New(
        name=name,
        role=_role(details["role"]) if "role" in details else None,
        badge=None if badge is None else badge_hash(key, check_badge(badge)),
        pin=None if pin is None else hash_secret(key, check_pin(pin)),
        password=None if password is None else hash_secret(key, check_password(password)),
    )


def _role(text: str) -> Role:
    try:
        return Role(text)
    except ValueError:
        raise RefusedError(Refusal.BAD_VALUE, f"There is no role {text!r}; there are: {', '.join(Role)}.") from None


def _add(journal: Journal, by: str, new: _New) -> Account:
    if new.role is None:
        raise RefusedError(Refusal.BAD_VALUE, f"Say the role of {new.name}.")
    if not (new.badge and new.pin) and not new.password:
        raise RefusedError(Refusal.BAD_VALUE, f"{new.name} needs a badge and a PIN, or a password, to log in with.")
    present = journal.people.by_name(new.name)
    if present is not None and not present.active:
        text = f"{present.person.name} was here before: `station users restore` brings the account back; another person"
        raise RefusedError(Refusal.BAD_VALUE, f"{text} needs another name, because the records name the first.")
    person = Person(new.name, new.role)
    account = Account(person, new.badge, new.pin, new.password, active=True, created=journal.people.now())
    details = {"by": by, "author": new.name, "role": new.role.value}
    if not journal.people.add(account, details):
        taken = "name" if present is not None else "badge"
        raise RefusedError(Refusal.BAD_VALUE, f"Somebody has this {taken} already.")
    return account


def _remove(journal: Journal, by: str, new: _New) -> Account:
    account = known(journal, new.name)
    gone = replace(account, active=False, badge=None, pin=None, password=None)
    return _change(journal, gone, AuditEvent.PERSON_REMOVED, by, "left")


def _restore(journal: Journal, by: str, new: _New) -> Account:
    account = journal.people.by_name(new.name)
    if account is None or account.active:
        raise RefusedError(Refusal.BAD_VALUE, f"Nobody called {new.name!r} has left.")
    return _change(journal, replace(account, active=True), AuditEvent.PERSON_CHANGED, by, "came back")


def _set_badge(journal: Journal, by: str, new: _New) -> Account:
    if new.badge is None:
        raise RefusedError(Refusal.BAD_VALUE, "Scan the badge.")
    changed = replace(known(journal, new.name), badge=new.badge)
    return _change(journal, changed, AuditEvent.PERSON_CHANGED, by, "badge")


def _set_pin(journal: Journal, by: str, new: _New) -> Account:
    if new.pin is None:
        raise RefusedError(Refusal.BAD_VALUE, "Give the PIN.")
    return _change(journal, replace(known(journal, new.name), pin=new.pin), AuditEvent.PERSON_CHANGED, by, "PIN")


def _set_password(journal: Journal, by: str, new: _New) -> Account:
    if new.password is None:
        raise RefusedError(Refusal.BAD_VALUE, "Give the password.")
    changed = replace(known(journal, new.name), password=new.password)
    return _change(journal, changed, AuditEvent.PERSON_CHANGED, by, "password")


def _set_role(journal: Journal, by: str, new: _New) -> Account:
    if new.role is None:
        raise RefusedError(Refusal.BAD_VALUE, "Say the role.")
    account = known(journal, new.name)
    changed = replace(account, person=replace(account.person, role=new.role))
    what = f"role {account.person.role} to {new.role}"
    return _change(journal, changed, AuditEvent.PERSON_CHANGED, by, what)


def _unlock(journal: Journal, by: str, new: _New) -> Account:
    account, people = known(journal, new.name), journal.people
    details = {"by": by, "author": account.person.name}
    people.set_tries(lock_id(people.key, account), Tries(), AuditEvent.UNLOCKED, details)
    return account


def _change(journal: Journal, account: Account, event: AuditEvent, by: str, what: str) -> Account:
    if not journal.people.change(account, event, {"by": by, "author": account.person.name, "what": what}):
        raise RefusedError(Refusal.BAD_VALUE, "Somebody has this badge already.")
    return account


ACTIONS: Mapping[str, Callable[[Journal, str, _New], Account]] = MappingProxyType(
    {
        "add": _add,
        "remove": _remove,
        "restore": _restore,
        "set-badge": _set_badge,
        "set-pin": _set_pin,
        "set-password": _set_password,
        "role": _set_role,
        "unlock": _unlock,
    }
)
"""Everything but `list`, by its name."""
