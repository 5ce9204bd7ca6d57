"""`station models remove`: take the model of an old version off the disk."""

import argparse
import sys
from typing import TYPE_CHECKING

from station.commands.options import add_by

if TYPE_CHECKING:
    from models.shelf import Shelf


def add_action(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> argparse.ArgumentParser:
    """Add the action's own parser and return it."""
    parser = actions.add_parser("remove", help="take an old version off the disk; its manifest and card stay")
    parser.add_argument("name", metavar="NAME")
    parser.add_argument("version", metavar="VERSION")
    add_by(parser)
    return parser


def remove_model(args: argparse.Namespace, shelf: "Shelf") -> int:
    """Remove a version that is not deployed, and enter it into the audit chain."""
    from models.manifest import read_manifest
    from station.commands.deployment import enter, in_the_name_of
    from station.commands.output import emit_json, say
    from station.config import load_station

    folder = shelf.folder(args.name, args.version)
    sha256 = read_manifest(folder).model_sha256
    before = _bytes(shelf, args)
    shelf.remove(args.name, args.version)
    freed = before - _bytes(shelf, args)
    key = load_station(args.config).station.audit_key if args.config else None
    details = {"author": in_the_name_of(args.by), "model": args.name, "version": args.version, "sha256": sha256}
    if trouble := enter(shelf.root.parent, key, "model-removed", details, through="models"):
        sys.stderr.write(f"removed, but not entered into the audit chain: {trouble}\n")
    if args.json:
        emit_json({"name": args.name, "removed": args.version, "freed_bytes": freed})
    else:
        say(
            f"model {args.name}: version {args.version} is removed, {freed / 1e6:.1f} MB are free; what it was stays in {folder}"
        )
    return 0


def _bytes(shelf: "Shelf", args: argparse.Namespace) -> int:
    return sum(path.stat().st_size for path in (shelf.root / args.name / args.version).iterdir())
