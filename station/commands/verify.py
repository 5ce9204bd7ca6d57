"""`station verify`: whether everything that was recorded is still there, unchanged."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from station.commands.options import add_data, add_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from station.journal.verify import VerifyReport
    from station.keeping.signatures import SignatureState


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
    from station.keeping.signatures import check_signatures

    report = verify(args.data, args.audit_key)
    signed = check_signatures(args.data)
    if args.json:
        emit_json(report_json(report) | {"signatures": [_signature_json(each) for each in signed]})
    else:
        _print(report, signed)
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
        "removed_blobs": report.removed_blobs,
        "removals": [
            {"why": each.why, "by": each.author, "reason": each.reason, "time": each.time, "parts": each.parts}
            for each in report.removals
        ],
        "audit": {"entries": report.audit.entries, "ok": report.audit.ok},
    }


def _signature_json(signed: "SignatureState") -> dict[str, Any]:
    one = signed.signature
    return {
        "kind": one.kind,
        "subject": one.subject,
        "record": one.record,
        "meaning": one.meaning,
        "name": one.name,
        "role": one.role,
        "time": one.time.isoformat(),
        "state": signed.state,
    }


def _print(report: "VerifyReport", signed: "Sequence[SignatureState]") -> None:
    from station.commands.output import say

    say(f"{report.parts} parts, {report.blobs} pictures")
    say(f"  missing {report.missing_blobs}, changed {report.corrupt_blobs}, orphans {report.orphan_blobs} (harmless)")
    for each in report.removals:
        why = f"on request by {each.author} on" if each.why == "request" else f"by {each.why}, last on"
        reason = f" ({each.reason})" if each.reason else ""
        say(f"  removed {why} {each.time[:10]}{reason}: the pictures of {each.parts} parts")
    say(f"  {report.annotations} annotations, {report.notes} notes")
    if report.altered:
        say(f"  {report.altered} annotations, notes, removals, holds or signatures are NOT as the audit chain has them")
    for one in signed:
        sign = one.signature
        say(f"  {sign.kind} {sign.subject}: {sign.meaning}, signed by {sign.name} on {sign.time:%Y-%m-%d}: {one.state}")
    say(f"  audit chain: {report.audit.entries} entries, {report.audit.problem or 'whole'}")
    say("everything is there" if report.ok else "NOT WHOLE: see above, and restore what is missing from a backup")
