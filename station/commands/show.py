"""`station show UID`: everything the journal knows about one part, and its picture."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from station.commands.options import add_data, add_json

if TYPE_CHECKING:
    from labeling.shapes import Polygon
    from station.journal.reader import JournalReader
    from station.journal.records import PartRecord
    from station.line.inspection import BlobRef, Verdict, View


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command's own parser."""
    parser = subparsers.add_parser("show", help="print everything known about one part")
    parser.add_argument("uid", type=UUID, metavar="UID", help="the part, as `station parts` names it")
    parser.add_argument(
        "--image",
        type=Path,
        metavar="FILE",
        help="write the picture with its defects outlined; .png, .jpg, .tif, .bmp or .webp, one file a view",
    )
    parser.add_argument("--raw", action="store_true", help="with --image: the picture as the camera gave it")
    add_data(parser)
    add_json(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print one part and write its picture where one is wanted."""
    from station.commands.output import emit_json, say
    from station.journal.errors import StorageError
    from station.journal.reader import JournalReader

    with JournalReader(args.data) as journal:
        record = journal.part(args.uid)
        if record is None:
            raise StorageError(f"{journal.path}: there is no part {args.uid}; take the uid from `station parts`")
        written = _write_images(journal, record, args.image, raw=args.raw) if args.image else []
    result = part_json(record)
    if args.json:
        emit_json(result | ({"written": [str(path) for path in written]} if args.image else {}))
        return 0
    _print(result)
    for path in written:
        say(f"wrote {path}")
    return 0


def part_json(record: "PartRecord") -> dict[str, Any]:
    """Return a part as `station show --json` prints it; times are UTC, outlines in pixels of the picture."""
    from station.journal.records import judgement, register_id

    inspection, trigger, recipe = record.inspection, record.inspection.trigger, record.inspection.recipe
    total = judgement(inspection.views)
    return {
        "uid": str(trigger.uid),
        "part_id": trigger.part_id,
        "part_seq": trigger.part_seq,
        "inspection_id": register_id(trigger.inspection_id),
        "sequence": trigger.inspection_id,
        "acquisition_id": trigger.acquisition_id,
        "encoder": trigger.encoder,
        "time": trigger.time.isoformat(),
        "recipe": {"name": recipe.name, "version": recipe.version, "sha256": recipe.sha256},
        **_verdict_json(inspection.verdict),
        "score": total.score,
        "defects": total.defects,
        "worst_class": total.worst_class,
        "model": total.model,
        "cycle_ms": inspection.cycle_ms,
        "review": record.review.value,
        "views": [_view_json(view) for view in inspection.views],
        "verdicts": [_verdict_json(verdict) | {"time": verdict.time.isoformat()} for verdict in record.verdicts],
        "deliveries": [
            {
                "destination": delivery.destination,
                "state": delivery.state,
                "attempts": delivery.attempts,
                "next_try": delivery.next_try.isoformat(),
                "error": delivery.error,
            }
            for delivery in record.deliveries
        ],
    }


def _verdict_json(verdict: "Verdict") -> dict[str, Any]:
    return {
        "verdict": verdict.kind.value,
        "by": verdict.by.value,
        "author": verdict.author,
        "reason": verdict.reason,
    }


def _view_json(view: "View") -> dict[str, Any]:
    fault = view.fault
    return {
        "name": view.name,
        "camera": view.camera,
        "frame_id": view.frame_id,
        "width": view.width,
        "height": view.height,
        "pixel_format": view.pixel_format,
        "image": _blob_json(view.image),
        "preview": _blob_json(view.preview),
        "model": {"name": view.model_name, "version": view.model_version, "sha256": view.model_sha256},
        "score": view.score,
        "defects": [
            {"class": defect.class_name, "score": defect.score, **_polygon_json(defect.shape)}
            for defect in view.defects
        ],
        "fault": {"code": fault.code.value, "source": fault.source, "text": fault.text} if fault else None,
        "chunk": dict(view.chunk),
        "truth": view.truth,
    }


def _blob_json(ref: "BlobRef | None") -> dict[str, Any] | None:
    return {"sha256": ref.sha256, "size_bytes": ref.size_bytes, "media_type": ref.media_type} if ref else None


def _polygon_json(polygon: "Polygon") -> dict[str, Any]:
    return {"outline": polygon.outline.tolist(), "holes": [hole.tolist() for hole in polygon.holes]}


def _write_images(journal: "JournalReader", record: "PartRecord", target: Path, *, raw: bool) -> list[Path]:
    """Write one file a view that has a picture: FILE for a single view, FILE-<view> where there are several."""
    from camera.frame import PixelFormat
    from station.journal.errors import StorageError
    from station.journal.images import decode
    from station.journal.pictures import with_outlines, write_picture

    views = [(view, view.image) for view in record.inspection.views if view.image is not None]
    if not views:
        raise StorageError(f"part {record.inspection.trigger.uid} has no picture; its fault says why")
    written = []
    for view, image in views:
        path = target if len(views) == 1 else target.with_name(f"{target.stem}-{view.name}{target.suffix}")
        pixels = decode(journal.blobs.get(image.sha256), image.media_type)
        write_picture(path, pixels if raw else with_outlines(pixels, PixelFormat(view.pixel_format), view.defects))
        written.append(path)
    return written


def _print(part: dict[str, Any]) -> None:
    """Print the fields of a part, then a table for each thing it has several of."""
    from rich.table import Table

    from station.commands.output import console

    fields = Table(show_header=False, box=None)
    for name, value in part.items():
        if not isinstance(value, list):
            fields.add_row(name, _text(value))
    tables = [fields]
    for name in ("views", "verdicts", "deliveries"):
        for number, row in enumerate(part[name], 1):
            table = Table(show_header=False, title=f"{name[:-1] if name != 'deliveries' else 'delivery'} {number}")
            for key, value in row.items():
                table.add_row(key, _text(value))
            tables.append(table)
    console().print(*tables, sep="\n")


def _text(value: Any) -> str:
    if isinstance(value, dict):
        return "\n".join(f"{key}: {_text(inner)}" for key, inner in value.items())
    if isinstance(value, list):  # defects: their outlines are for --json and --image
        return "\n".join(f"{item['class']} {item['score']:.3f}, {len(item['outline'])} points" for item in value)
    return "" if value is None else str(value)
