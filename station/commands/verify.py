"""`station verify`: whether everything that was recorded is still there, unchanged."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from station.commands.options import add_data, add_json

if TYPE_CHECKING:
    from station.journal.verify import VerifyReport


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command's own parser."""
    parser = subparsers.add_parser("verify", help="check every picture, every row and the audit chain")
    parser.add_argument("--audit-key", type=Path, metavar="FILE", help="the audit key, where it is not the usual one")
    add_data(parser)
    add_json(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Check the data folder; 1 when something is missing, changed or cut."""
    from station.commands.output import emit_json
    from station.journal.verify import verify

    report = verify(args.data, args.audit_key)
    if args.json:
        emit_json(report_json(report))
    else:
        _print(report)
    return 0 if report.ok else 1


def report_json(report: "VerifyReport") -> dict[str, Any]:
    """Return a report as `station verify --json` prints it."""
    return {
        "ok": report.ok,
        "parts": report.parts,
        "blobs": report.blobs,
        "missing_blobs": report.missing_blobs,
        "corrupt_blobs": report.corrupt_blobs,
        "orphan_blobs": report.orphan_blobs,
        "annotations": report.annotations,
        "notes": report.notes,
        "altered": report.altered,
        "audit": {"entries": report.audit.entries, "ok": report.audit.ok},
    }


def _print(report: "VerifyReport") -> None:
    from station.commands.output import say

    say(f"{report.parts} parts, {report.blobs} pictures")
    say(f"  missing {report.missing_blobs}, changed {report.corrupt_blobs}, orphans {report.orphan_blobs} (harmless)")
    say(
        f"  {report.annotations} annotations, {report.notes} notes, {report.altered} of them not as their authors left them"
    )
    say(f"  audit chain: {report.audit.entries} entries, {report.audit.problem or 'whole'}")
    say("everything is there" if report.ok else "NOT WHOLE: see above, and restore what is missing from a backup")
