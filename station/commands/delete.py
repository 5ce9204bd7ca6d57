"""`station delete`: remove the pictures of parts on somebody's request. Rows, verdicts and hashes stay."""

import argparse
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from station.commands.options import add_by, add_config, add_data, add_json

GONE_S = 60.0
"""How long the engine may take to unlink the files, a few between two commits."""
_LOOK_S = 0.2


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command's own parser."""
    parser = subparsers.add_parser("delete", help="remove the pictures of parts on request; rows and hashes stay")
    parser.add_argument("uids", type=UUID, nargs="*", metavar="UID", help="parts, as `station parts` names them")
    parser.add_argument("--lot", default="", metavar="LOT", help="every part of a lot")
    parser.add_argument("--reason", required=True, metavar="TEXT", help="on whose request, and why; it stays on record")
    parser.add_argument("--yes", action="store_true", help="do it; without, say what would be removed")
    add_by(parser)
    add_config(parser, required=False)
    add_data(parser)
    parser.add_argument("--audit-key", type=Path, metavar="FILE", help="the audit key, where it is not the usual one")
    add_json(parser)
    parser.set_defaults(run=run, refuse=parser.error)


def run(args: argparse.Namespace) -> int:
    """Remove the pictures, and wait until the files are gone; 1 when they are not."""
    from station.commands.deployment import in_the_name_of
    from station.commands.output import emit_json
    from station.commands.records import carry_out, place
    from station.keeping.manage import PARTS_AT_ONCE

    if bool(args.uids) == bool(args.lot):
        args.refuse("name parts, or a lot with --lot")
    data, audit_key = place(args)
    uids = _wanted(data, args.uids, args.lot)
    total = dict.fromkeys(("parts", "removed_before", "files", "shared", "bytes"), 0)
    for some in _chunks(uids, PARTS_AT_ONCE) if args.yes else ():
        details = {"uids": " ".join(map(str, some)), "reason": args.reason}
        done = carry_out(data, audit_key, in_the_name_of(args.by), "delete", details)
        total = {key: total[key] + done[key] for key in total}
    gone = not args.yes or _gone(data)
    if args.json:
        emit_json({"wanted": len(uids), "done": args.yes, "files_gone": gone, **total})
    else:
        _print(uids, total, done=args.yes, gone=gone)
    return 0 if gone else 1


def _wanted(data: Path, uids: Sequence[UUID], lot: str) -> Sequence[UUID]:
    from station.journal.errors import StorageError
    from station.journal.reader import JournalReader
    from station.keeping.record import parts_of_lot

    with JournalReader(data) as journal:
        if lot:
            return parts_of_lot(journal, lot)
        for uid in uids:
            if journal.summary(uid) is None:
                raise StorageError(f"{journal.path}: there is no part {uid}; take the uid from `station parts`")
    return tuple(dict.fromkeys(uids))


def _chunks(uids: Sequence[UUID], size: int) -> Iterator[Sequence[UUID]]:
    return (uids[begin : begin + size] for begin in range(0, len(uids), size))


def _gone(data: Path) -> bool:
    """Wait until no file that was asked for is left."""
    from station.journal.reader import JournalReader

    deadline_s = time.monotonic() + GONE_S
    with JournalReader(data) as journal:
        while left := journal.files_to_unlink():
            if time.monotonic() > deadline_s:
                return False
            time.sleep(_LOOK_S)
    return not left


def _print(uids: Sequence[UUID], total: dict[str, Any], *, done: bool, gone: bool) -> None:
    from station.commands.output import say

    if not done:
        say(f"the pictures of {len(uids)} parts would be removed for good; add --yes to do it")
        return
    say(f"the pictures of {total['parts']} parts are removed: {total['files']} files, {total['bytes'] / 1e6:.1f} MB")
    if total["removed_before"]:
        say(f"  {total['removed_before']} parts had none any more")
    if total["shared"]:
        say(f"  {total['shared']} pictures stay, because other parts or samples show the same")
    if not gone:
        say("  SOME FILES ARE STILL THERE: the engine removes them as it can, or at its next start")
