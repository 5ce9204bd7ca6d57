"""`station users`: who may log in at the screens, with what, and as what.

While the engine runs, it does what is asked, as nobody else may write the journal; otherwise this command does it itself.
Badges, PINs and passwords are asked for, or read from stdin, one a line: on a command line everybody could read them.
"""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from station.commands.options import add_config, add_data, add_json

if TYPE_CHECKING:
    from collections.abc import Mapping

ROLES = ("operator", "qa", "engineer", "administrator", "service")
ANSWER_S = 15.0
"""How long the engine may take to answer; a log-in that is just being looked at comes first."""


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command's own parser."""
    parser = subparsers.add_parser("users", help="list, add, change and remove the people who may log in")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    _add_action(actions, "list", "list everybody, whoever left included", named=False)
    add = _add_action(actions, "add", "add somebody, with a badge and a PIN")
    add.add_argument("--role", choices=ROLES, required=True)
    add.add_argument("--password", action="store_true", help="with a password instead: logs in by name")
    _add_action(actions, "remove", "take somebody's badge and secrets; the name stays in the records")
    _add_action(actions, "restore", "let somebody who left come back; give a badge and a PIN afterwards")
    _add_action(actions, "set-badge", "give somebody another badge")
    _add_action(actions, "set-pin", "give somebody another PIN")
    _add_action(actions, "set-password", "give somebody another password")
    _add_action(actions, "unlock", "end a lock-out after wrong tries")
    _add_action(actions, "role", "give somebody another role").add_argument("role", choices=ROLES)


def _add_action(
    actions: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, text: str, *, named: bool = True
) -> argparse.ArgumentParser:
    parser = actions.add_parser(name, help=text)
    if named:
        parser.add_argument("name", metavar="NAME")
    add_config(parser, required=False)
    add_data(parser)
    parser.add_argument("--audit-key", type=Path, metavar="FILE", help="the audit key, where it is not the usual one")
    add_json(parser)
    parser.set_defaults(run=run)
    return parser


def run(args: argparse.Namespace) -> int:
    """Do one action and print what came of it."""
    from station.commands.output import emit_json

    data, audit_key, may_begin = _place(args)
    details = _details(args)
    result = _by_engine(data, args.action, details)
    if result is None:
        result = _by_ourselves(data, audit_key, args.action, details, may_begin=may_begin)
    if args.json:
        emit_json(result)
    else:
        _print(result)
    return 0


def _place(args: argparse.Namespace) -> tuple[Path, Path | None, bool]:
    """Return data folder, audit key, and whether a journal may be begun there: only a configuration says with which key."""
    if args.config is None:
        return args.data, args.audit_key, False
    from station.config import load_station

    station = load_station(args.config).station
    return station.data, args.audit_key or station.audit_key, True


def _details(args: argparse.Namespace) -> dict[str, str]:
    """Ask for what must not stand on a command line, and add it to what may."""
    wanted = {"set-badge": ["badge"], "set-pin": ["pin"], "set-password": ["password"]}.get(args.action, [])
    if args.action == "add":
        wanted = ["password"] if args.password else ["badge", "pin"]
    details = {key: getattr(args, key) for key in ("name", "role") if hasattr(args, key)}
    return details | {each: _secret(each) for each in wanted}


def _secret(what: str) -> str:
    from getpass import getpass

    from station.desk.messages import Refusal
    from station.journal.errors import RefusedError

    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    if what == "badge":
        return getpass("Scan the badge: ")
    name = "PIN" if what == "pin" else what
    secret = getpass(f"New {name}: ")
    if getpass(f"New {name} once more: ") != secret:
        raise RefusedError(Refusal.BAD_VALUE, "The two are not the same; nothing was changed.")
    return secret


def _by_engine(data: Path, action: str, details: "Mapping[str, str]") -> dict[str, Any] | None:
    """Have the engine do it; None where none runs on this data folder."""
    from uuid import uuid4

    from station.desk.messages import ManagePeople, Refusal
    from station.desk.tell import ask_engine
    from station.errors import StationFailedError
    from station.journal.errors import RefusedError

    try:
        answer = ask_engine(data, ManagePeople(key=uuid4(), action=action, details=dict(details)), ANSWER_S)
    except TimeoutError as silence:
        raise StationFailedError(f"{silence}; see its log") from None
    if isinstance(answer, str):
        return None
    if not answer.done:
        raise RefusedError(answer.refusal or Refusal.NOT_NOW, answer.text)
    return answer.result


def _by_ourselves(
    data: Path, audit_key: Path | None, action: str, details: "Mapping[str, str]", *, may_begin: bool
) -> dict[str, Any]:
    """Open the journal and do it. Raises `StorageError` where somebody else holds it."""
    import getpass

    from station.journal.errors import NoJournalError
    from station.journal.reader import DATABASE
    from station.journal.store import Journal
    from station.people.manage import manage

    if not may_begin and not (data / DATABASE).is_file():
        raise NoJournalError(f"{data}: there is no journal here yet; name the station's configuration with --config")
    with Journal.open(data, audit_key_path=audit_key, busy_timeout_s=1.0) as journal:
        return manage(lambda work: work(journal), f"{getpass.getuser()} at the machine", action, details).result


def _print(result: dict[str, Any]) -> None:
    from rich.table import Table

    from station.commands.output import console

    table = Table("name", "role", "logs in with", "state")
    people = result["people"] if "people" in result else [result["person"]]
    for person in people:
        table.add_row(person["name"], person["role"], _means(person), _state(person))
    console().print(table)


def _means(person: dict[str, Any]) -> str:
    badge = "badge and PIN" if person["badge"] and person["pin"] else ""
    half = "badge, no PIN yet" if person["badge"] else "PIN, no badge yet" if person["pin"] else ""
    password = "password" if person["password"] else ""
    return ", ".join(filter(None, (badge or half, password))) or "nothing"


def _state(person: dict[str, Any]) -> str:
    if not person["active"]:
        return "left"
    return f"locked until {person['locked_until']}" if person["locked_until"] else ""
