"""`station sign`: an electronic signature under a released lot or a frozen dataset, with name and password."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from station.commands.options import add_config, add_data, add_json

if TYPE_CHECKING:
    from station.keeping.record import Record


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command's own parser."""
    parser = subparsers.add_parser("sign", help="sign a released lot or a dataset; `station verify` checks it")
    kinds = parser.add_subparsers(dest="kind", required=True, metavar="lot|dataset")
    for kind, what in (("lot", "LOT"), ("dataset", "NAME@VERSION")):
        one = kinds.add_parser(kind, help=f"sign a {kind}")
        one.add_argument("subject", metavar=what)
        one.add_argument(
            "--meaning", required=True, metavar="TEXT", help='what the signature means, such as "released"'
        )
        one.add_argument("--name", default="", metavar="PERSON", help="who signs; asked for where it is left out")
        add_config(one, required=False)
        add_data(one)
        one.add_argument("--audit-key", type=Path, metavar="FILE", help="the audit key, where it is not the usual one")
        add_json(one)
        one.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Show what is signed, ask who signs, and sign it."""
    from station.commands.deployment import in_the_name_of
    from station.commands.output import emit_json, say
    from station.commands.records import carry_out, place
    from station.keeping.record import record_of

    data, audit_key = place(args)
    record = record_of(data, args.kind, args.subject)
    _show(record, args.meaning)
    name, password = _signer(args.name)
    details = {"kind": record.kind, "subject": record.subject, "seen": record.sha256, "meaning": args.meaning}
    details |= {"name": name, "password": password}
    result = carry_out(data, audit_key, in_the_name_of(None), "sign", details)
    if args.json:
        emit_json(result)
    else:
        say(
            f"signed: {result['kind']} {result['subject']}, {result['meaning']}, by {result['name']} ({result['role']})"
        )
    return 0


def _show(record: "Record", meaning: str) -> None:
    counts = ", ".join(f"{count} {verdict}" for verdict, count in sorted(record.verdicts.items()))
    what = "parts" if record.kind == "lot" else "pictures"
    sys.stderr.write(f"{record.kind} {record.subject}: {record.items} {what} ({counts})\n")
    sys.stderr.write(f"sha256 {record.sha256}\nyour signature means: {meaning}\n")


def _signer(name: str) -> tuple[str, str]:
    """Ask for the two components: name, unless it was given, and password; from stdin, one a line, where nobody types."""
    from getpass import getpass

    if not sys.stdin.isatty():
        given = name or sys.stdin.readline().rstrip("\r\n")
        return given, sys.stdin.readline().rstrip("\r\n")
    if not name:
        sys.stderr.write("Name: ")
        name = sys.stdin.readline().strip()
    return name, getpass("Password: ")
