"""Croissant 1.0: `croissant.json` describes the JSON lines and the pictures beside it (https://docs.mlcommons.org/croissant/)."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any, Final

from labeling.dataset import Item, Target
from labeling.formats import jsonl

_CONTEXT: Final = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "sc": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "dct": "http://purl.org/dc/terms/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
_FIELDS: Final = {"name": "sc:Text", "file": "sc:Text", "split": "sc:Text", "group": "sc:Text", "verdict": "sc:Text"}


def write(items: Iterable[Item], target: Target) -> None:
    """Write the JSON lines, then what describes them."""
    jsonl.write(items, target)
    with (target.root / jsonl.FILE).open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    lines = {"@type": "cr:FileObject", "@id": "parts", "name": "parts", "contentUrl": jsonl.FILE}
    lines |= {"encodingFormat": "application/jsonlines", "sha256": digest}
    pictures = {"@type": "cr:FileSet", "@id": "pictures", "name": "pictures", "encodingFormat": "image/png"}
    pictures |= {"includes": "images/*/*"}
    content = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": "inspected_parts",
        "description": f"Labelled pictures of inspected parts; classes: {', '.join(target.classes) or 'none'}.",
        "distribution": [lines, pictures],
        "recordSet": [{"@type": "cr:RecordSet", "@id": "items", "name": "items", "field": _fields()}],
    }
    target.write("croissant.json", json.dumps(content, ensure_ascii=False, indent=2) + "\n")


def _fields() -> list[dict[str, Any]]:
    return [
        {
            "@type": "cr:Field",
            "@id": f"items/{name}",
            "name": name,
            "dataType": kind,
            "source": {"fileObject": {"@id": "parts"}, "extract": {"column": name}},
        }
        for name, kind in _FIELDS.items()
    ]
