"""`station show UID`: everything the journal knows about one part, and its picture."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from station.commands.options import add_config, add_data, add_json

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from labeling.shapes import Polygon, Shape
    from station.journal.reader import JournalReader
    from station.journal.records import PartRecord, StoredAnnotation
    from station.line.inspection import BlobRef, Verdict, View

    SizeOf = Callable[[str, Shape], dict[str, Any]]
    """The size of a shape on a view, as `station.commands.show_sizes.Sizes.of` gives it."""


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command's own parser."""
    parser = subparsers.add_parser("show", help="print everything known about one part")
    parser.add_argument("uid", type=UUID, metavar="UID", help="the part, as `station parts` names it")
    parser.add_argument(
        "--image",
        type=Path,
        metavar="FILE",
        help="write the picture, the model's outlines in amber, people's in cyan; .png, .jpg, .tif, .bmp, .webp; a file a view",
    )
    parser.add_argument("--raw", action="store_true", help="with --image: the picture as the camera gave it")
    add_config(parser, required=False)
    add_data(parser)
    add_json(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print one part and write its picture where one is wanted."""
    from station.commands.output import emit_json, say
    from station.commands.show_sizes import Sizes
    from station.config import RECIPES, load_station
    from station.journal.errors import StorageError
    from station.journal.reader import JournalReader

    config = load_station(args.config) if args.config else None
    data, recipes = (config.station.data, config.recipes) if config else (args.data, args.data / RECIPES)
    with JournalReader(data) as journal:
        record = journal.part(args.uid)
        if record is None:
            raise StorageError(f"{journal.path}: there is no part {args.uid}; take the uid from `station parts`")
        annotations = journal.annotations(args.uid)
        deliveries = _deliveries(journal, data, args.uid)
        written = _write_images(journal, record, annotations, args.image, raw=args.raw) if args.image else []
    size_of = Sizes(data, recipes, record.inspection).of
    result = _part_json(record, [_annotation_json(each, size_of) for each in annotations], deliveries)
    if args.json:
        emit_json(result | ({"written": [str(path) for path in written]} if args.image else {}))
        return 0
    _print(result)
    for path in written:
        say(f"wrote {path}")
    return 0


def _deliveries(journal: "JournalReader", data: Path, uid: UUID) -> list[dict[str, Any]]:
    """Return what became of each of the part's results at each destination."""
    from station.journal.deliveries import Deliveries
    from station.journal.result_queries import id_of_result, numbers_of

    if (deliveries := Deliveries.read(data)) is None:
        return []
    with deliveries:
        results = [(id_of_result(uid, before), number) for before, number in enumerate(numbers_of(journal, uid))]
        return [
            {"destination": name, "result_id": result_id, "state": state, "reason": reason}
            for name in deliveries.names()
            for result_id, number in results
            for state, reason in (deliveries.fate(name, number),)
        ]


def _part_json(
    record: "PartRecord", annotations: list[dict[str, Any]], deliveries: "Sequence[Mapping[str, Any]]"
) -> dict[str, Any]:
    """Return a part as `--json` prints it; times are UTC, outlines in pixels of the picture."""
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
        "removed": _removed_json(record),
        "views": [_view_json(view) for view in inspection.views],
        "verdicts": [_verdict_json(verdict) | {"time": verdict.time.isoformat()} for verdict in record.verdicts],
        "annotations": annotations,
        "deliveries": list(deliveries),
    }


def _removed_json(record: "PartRecord") -> dict[str, str] | None:
    if (removed := record.removed) is None:
        return None
    facts = {"why": removed.why, "by": removed.author, "reason": removed.reason, "time": removed.time.isoformat()}
    return facts | {"text": removed.words}


def _annotation_json(stored: "StoredAnnotation", size_of: "SizeOf") -> dict[str, Any]:
    """Return one revision: the JSON of `labeling.codec` with the view's name before it and each label's size added."""
    from labeling.codec import annotation_to_json, label_to_json

    annotation = stored.annotation
    labels = [label_to_json(label) | {"size": size_of(stored.view, label.shape)} for label in annotation.labels]
    return {"view": stored.view} | annotation_to_json(annotation) | {"labels": labels}


def _verdict_json(verdict: "Verdict") -> dict[str, Any]:
    from station.journal.findings import finding_json

    return {
        "verdict": verdict.kind.value,
        "by": verdict.by.value,
        "author": verdict.author,
        "reason": verdict.reason,
        "findings": [finding_json(finding) for finding in verdict.findings],
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
        "limits": _limits_json(view),
        "defects": [
            {"class": defect.class_name, "score": defect.score, **_polygon_json(defect.shape)}
            for defect in view.defects
        ],
        "defects_left_out": view.defects_left_out,
        "heat_map": None if view.heat_map is None else dict(zip(("height", "width"), view.heat_map.shape, strict=True)),
        "fault": {"code": fault.code.value, "source": fault.source, "text": fault.text} if fault else None,
        "chunk": dict(view.chunk),
        "truth": view.truth,
    }


def _limits_json(view: "View") -> dict[str, float | None] | None:
    if (limits := view.limits) is None:
        return None
    return {"low": limits.low, "high": limits.high, "outlined_from": limits.outlined_from}


def _blob_json(ref: "BlobRef | None") -> dict[str, Any] | None:
    return {"sha256": ref.sha256, "size_bytes": ref.size_bytes, "media_type": ref.media_type} if ref else None


def _polygon_json(polygon: "Polygon") -> dict[str, Any]:
    return {"outline": polygon.outline.tolist(), "holes": [hole.tolist() for hole in polygon.holes]}


def _write_images(
    journal: "JournalReader",
    record: "PartRecord",
    annotations: "Sequence[StoredAnnotation]",
    target: Path,
    *,
    raw: bool,
) -> list[Path]:
    """Write one file a view that has a picture: FILE for a single view, FILE-<view> where there are several."""
    from camera.frame import PixelFormat
    from station.journal.errors import StorageError
    from station.journal.images import decode
    from station.journal.pictures import with_outlines, write_picture

    views = [(view, view.image) for view in record.inspection.views if view.image is not None]
    if not views:
        raise StorageError(f"part {record.inspection.trigger.uid} has no picture; its fault says why")
    newest = {stored.view: stored.annotation.labels for stored in annotations}
    written = []
    for view, image in views:
        path = target if len(views) == 1 else target.with_name(f"{target.stem}-{view.name}{target.suffix}")
        pixels = decode(journal.blobs.get(image.sha256), image.media_type)
        if not raw:
            labels = newest.get(view.name, ())
            pixels = with_outlines(pixels, PixelFormat(view.pixel_format), view.defects, labels)
        write_picture(path, pixels)
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
    for name, one in (
        ("views", "view"),
        ("verdicts", "verdict"),
        ("annotations", "annotation"),
        ("deliveries", "delivery"),
    ):
        for number, row in enumerate(part[name], 1):
            table = Table(show_header=False, title=f"{one} {number}")
            for key, value in row.items():
                table.add_row(key, _text(value))
            tables.append(table)
    console().print(*tables, sep="\n")


def _text(value: Any) -> str:
    if isinstance(value, dict):
        return "\n".join(f"{key}: {_text(inner)}" for key, inner in value.items())
    if isinstance(value, list):
        return "\n".join(_line(item) for item in value)
    return "" if value is None else str(value)


def _line(item: Any) -> str:
    """Return a defect, a label or a finding in one line: outlines are for --json and --image."""
    from station.commands.show_sizes import words

    if not isinstance(item, dict):
        return str(item)
    if "text" in item:
        return f"{item['view']}: {item['kind']}, {item['verdict']}"
    if "outline" in item:
        return f"{item['class']} {item['score']:.3f}, {len(item['outline'])} points"
    kind = item["shape"]["kind"]
    return ", ".join(
        text for text in (f"{item['class']} ({kind}, {item['source']})", words(kind, item["size"])) if text
    )
