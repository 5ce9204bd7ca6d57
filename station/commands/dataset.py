"""`station dataset`: freeze labelled parts as a version, look at versions, write them for a trainer, take labels back."""

import argparse
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from station.commands import dataset_check, dataset_prelabel
from station.commands.dataset_options import Progress, add_dealing, add_query, query_of
from station.commands.options import add_data, add_json

if TYPE_CHECKING:
    from collections.abc import Callable

    from labeling.manifest import Manifest
    from station.datasets.shelf import Shelf
    from station.journal.reader import JournalReader

FORMATS = (
    "coco",
    "yolo",
    "yolo-seg",
    "yolo-obb",
    "yolo-pose",
    "voc",
    "cvat",
    "labelstudio",
    "labelme",
    "mvtec",
    "masks",
    "csv",
    "jsonl",
    "croissant",
)
READABLE = tuple(name for name in FORMATS if name not in {"mvtec", "masks", "csv", "croissant"})
SPLITS = ("train", "val", "test")


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command's own parser."""
    parser = subparsers.add_parser("dataset", help="freeze, list, compare, export and import labelled pictures")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    made = actions.add_parser("freeze", help="keep what is labelled now as a version")
    made.add_argument("--name", required=True, metavar="N", help="letters, digits, `.`, `_` and `-`")
    add_query(made)
    add_dealing(made)
    _finish(made, _freeze)
    _finish(actions.add_parser("list", help="list all versions of all datasets"), _list)
    shown = actions.add_parser("show", help="show what is in a version")
    shown.add_argument("dataset", metavar="NAME[@VERSION]")
    _finish(shown, _show)
    compared = actions.add_parser("diff", help="say what changed from one version to another")
    compared.add_argument("old", metavar="A", help="NAME@VERSION")
    compared.add_argument("new", metavar="B", help="NAME@VERSION")
    _finish(compared, _diff)
    _add_export(actions)
    taken = actions.add_parser("import", help="take labels of pictures that are in the store")
    taken.add_argument("folder", type=Path, metavar="DIR")
    taken.add_argument("--format", required=True, choices=READABLE)
    taken.add_argument("--replace", action="store_true", help="add a revision also where somebody labelled otherwise")
    taken.add_argument("--dry-run", action="store_true", help="check everything and say what would be added")
    taken.add_argument("--audit-key", type=Path, metavar="FILE", help="the audit key, where it is not the usual one")
    _finish(taken, _import)
    looked_at = dataset_check.add_action(actions)
    add_query(looked_at)
    _finish(looked_at, lambda args: dataset_check.run(args, query_of(args), Progress))
    proposed = dataset_prelabel.add_action(actions)
    add_query(proposed)
    _finish(proposed, lambda args: dataset_prelabel.run(args, query_of(args), Progress))


def _add_export(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = actions.add_parser("export", help="write pictures and labels in a format")
    parser.add_argument("--format", required=True, choices=FORMATS)
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="a folder that is not there yet")
    parser.add_argument(
        "--dataset", metavar="NAME[@VERSION]", help="a frozen dataset; otherwise what is asked for, as it is now"
    )
    parser.add_argument("--split", choices=SPLITS, action="append", help="only this split; may be given again")
    parser.add_argument(
        "--images", choices=("png", "jpg", "none"), default="png", help="picture files (default png, no loss)"
    )
    add_query(parser)
    add_dealing(parser)
    parser.set_defaults(refuse=parser.error)
    _finish(parser, _export)


def _finish(parser: argparse.ArgumentParser, do: "Callable[[argparse.Namespace], int]") -> None:
    add_data(parser)
    add_json(parser)
    parser.set_defaults(run=do)


def _freeze(args: argparse.Namespace) -> int:
    import getpass

    from station.datasets.shelf import Shelf
    from station.journal.reader import JournalReader

    shelf = Shelf(args.data)
    shelf.versions(args.name)  # a name that is none is refused before the work
    with JournalReader(args.data) as journal:
        manifest = _gathered(args, journal, shelf, args.name)
    version, new = shelf.keep(manifest, getpass.getuser(), datetime.now(UTC))
    _say_manifest(args, manifest, {"new": new, "time": version.time, "by": version.by})
    return 0


def _gathered(args: argparse.Namespace, journal: "JournalReader", shelf: "Shelf", name: str) -> "Manifest":
    """Return what is asked for, with the splits and class numbers of earlier datasets."""
    from labeling.splits import SHARES
    from station.datasets.freeze import freeze

    before = shelf.load(name).classes if shelf.versions(name) else ()
    with Progress("parts looked at") as progress:
        return freeze(
            journal,
            name,
            query_of(args),
            shares=args.shares or SHARES,
            lot=args.lot,
            kept=shelf.splits(),
            classes=before,
            progress=progress,
        )


def _list(args: argparse.Namespace) -> int:
    from rich.table import Table

    from station.commands.output import console, emit_json
    from station.datasets.shelf import Shelf

    shelf = Shelf(args.data)
    versions = [version for name in shelf.names() for version in shelf.versions(name)]
    if args.json:
        rows = [
            {"name": each.name, "version": each.version, "time": each.time, "by": each.by, "pictures": each.pictures}
            for each in versions
        ]
        emit_json({"datasets": rows})
        return 0
    table = Table("dataset", "frozen (UTC)", "by", "pictures")
    for each in versions:
        table.add_row(f"{each.name}@{each.version[:12]}", each.time, each.by, str(each.pictures))
    console().print(table)
    return 0


def _show(args: argparse.Namespace) -> int:
    from models.shelf import Shelf as Models
    from station.commands.output import say
    from station.datasets.learned import learned_from
    from station.datasets.shelf import Shelf

    manifest = Shelf(args.data).load(args.dataset)
    models = learned_from(Models(args.data / "models"), manifest)
    rows = [{"name": each.name, "version": each.version, "deployed": each.deployed} for each in models]
    _say_manifest(args, manifest, {"models": rows})
    if not args.json:
        for each in models:
            then = ", which is deployed" if each.deployed else ""
            say(f"  learned from it: model {each.name} version {each.version}{then}")
    return 0


def _say_manifest(args: argparse.Namespace, manifest: "Manifest", more: dict[str, Any]) -> None:
    from labeling.manifest import counted
    from station.commands.output import emit_json, say

    splits, labelled = counted(manifest), sum(entry.labelled for entry in manifest.entries)
    if args.json:
        head = {"name": manifest.name, "version": manifest.version, "pictures": len(manifest.entries)}
        groups = len({entry.group for entry in manifest.entries})
        rest = {"classes": list(manifest.classes), "query": dict(manifest.query), "splits": splits}
        emit_json(head | {"labelled": labelled, "groups": groups} | rest | more)
        return
    say(f"{manifest.name}@{manifest.version[:12]}: {len(manifest.entries)} pictures, {labelled} of them labelled or OK")
    say(f"  classes: {', '.join(manifest.classes) or 'none'}")
    for split, counts in splits.items():
        say(f"  {split}: {', '.join(f'{count} {verdict}' for verdict, count in counts.items())}")


def _diff(args: argparse.Namespace) -> int:
    from dataclasses import asdict

    from labeling.manifest import difference
    from station.commands.output import emit_json, say
    from station.datasets.shelf import Shelf

    shelf = Shelf(args.data)
    changed = asdict(difference(shelf.load(args.old), shelf.load(args.new)))
    if args.json:
        emit_json({name: list(values) for name, values in changed.items()})
        return 0
    for name, values in changed.items():
        say(f"{name.replace('_', ' ')}: {len(values)}")
        for value in values:
            say(f"  {value}")
    return 0


def _export(args: argparse.Namespace) -> int:
    from station.commands.output import emit_json, say
    from station.datasets.export import export, taken_by
    from station.datasets.shelf import Shelf
    from station.journal.reader import JournalReader
    from station.line.interrupt import interruptible

    if args.dataset and (query_of(args).facts() or args.shares or args.lot):
        args.refuse("--dataset names what is in it; leave out which parts and splits")
    shelf = Shelf(args.data)
    with interruptible(), JournalReader(args.data) as journal:
        manifest = shelf.load(args.dataset) if args.dataset else _gathered(args, journal, shelf, "unfrozen")
        splits = tuple(args.split or SPLITS)
        total = sum(1 for _ in taken_by(manifest, args.format, splits))
        with Progress("pictures written", total) as progress:
            done = export(
                journal, manifest, args.format, args.out, splits=splits, images=args.images, progress=progress
            )
    if args.json:
        named = {"format": args.format, "out": str(args.out), "dataset": manifest.name, "version": manifest.version}
        emit_json(
            named
            | {"pictures": done.pictures, "left_out_unlabelled": done.left_out, "notes": list(done.notes)}
            | {"kept_files": done.kept}
        )
        return 0
    say(f"{args.out}: {sum(done.pictures.values())} pictures as {args.format}")
    if done.kept:
        say(f"  taken up where it was interrupted: {done.kept} files were there already")
    if done.left_out:
        say(f"  left out: {done.left_out} pictures that nobody labelled; there they would count as good ones")
    for note in done.notes:
        say(f"  not as it was: {note}")
    return 0


def _import(args: argparse.Namespace) -> int:
    from station.commands.output import emit_json, say
    from station.datasets.intake import carry_out, plan
    from station.journal.reader import JournalReader
    from station.journal.store import Journal

    with JournalReader(args.data) as reader, Progress("pictures read") as progress:
        made = plan(reader, args.format, args.folder, replace=args.replace, now=datetime.now(UTC), progress=progress)
    if made.planned and not args.dry_run:
        with Journal.open(args.data, audit_key_path=args.audit_key, busy_timeout_s=1.0) as journal:
            carry_out(journal, made)
    counts = {"added": len(made.planned), "unchanged": made.unchanged, "labelled_already": made.labelled_already}
    counts["unknown"] = made.unknown
    if args.json:
        emit_json({"format": args.format, "dry_run": args.dry_run, **counts, "notes": list(made.notes)})
        return 0
    say(
        f"{args.folder}: {counts['added']} annotations {'would be ' if args.dry_run else ''}added by import:{args.format}"
    )
    say(
        f"  passed over: {made.unchanged} the same already, {made.labelled_already} labelled by somebody (--replace adds"
    )
    say(f"  a revision there), {made.unknown} of pictures that are not in the store")
    for note in made.notes:
        say(f"  not as it was: {note}")
    return 0
