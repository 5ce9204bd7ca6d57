"""The official NodeSets: those of the manifest or none, and mended where asyncua stumbles."""

import gzip
import hashlib
import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from plc.opcua.nodesets import MACHINE_VISION, WANTED, NodeSetError, load_nodesets, mend

SPACES = 'xmlns="http://opcfoundation.org/UA/2011/03/UANodeSet.xsd" xmlns:uax="http://opcfoundation.org/UA/2008/02/Types.xsd"'
NODES = "{http://opcfoundation.org/UA/2011/03/UANodeSet.xsd}"


def nodeset(body: str) -> ET.Element:
    return ET.fromstring(mend(f"<UANodeSet {SPACES}>{body}</UANodeSet>".encode()))


def bundle(folder: Path, text: bytes, sha256: str) -> Path:
    (folder / "one.xml.gz").write_bytes(gzip.compress(text))
    model = {"model_uri": "urn:one", "sources": [{"resource": "one.xml.gz", "sha256": sha256}]}
    (folder / "manifest.json").write_text(json.dumps({"models": [model]}))
    return folder


def test_all_that_are_wanted_load() -> None:
    roots = [ET.fromstring(text) for text in load_nodesets()]
    assert len(roots) == len(WANTED)
    assert [next(root.iter(f"{NODES}Model")).get("ModelUri") for root in roots] == list(WANTED)


def test_a_changed_file_is_refused(tmp_path: Path) -> None:
    text = f"<UANodeSet {SPACES}/>".encode()
    good = bundle(tmp_path, text, hashlib.sha256(text).hexdigest())
    assert len(list(load_nodesets(["urn:one"], good))) == 1
    changed = bundle(tmp_path, text + b" ", hashlib.sha256(text).hexdigest())
    with pytest.raises(NodeSetError, match=r"one\.xml\.gz is not the NodeSet of its manifest"):
        list(load_nodesets(["urn:one"], changed))


def test_a_missing_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(NodeSetError, match="no NodeSet of urn:two"):
        list(load_nodesets(["urn:two"], bundle(tmp_path, b"", "")))


def test_what_only_a_design_tool_needs_is_dropped() -> None:
    root = nodeset('<UAObject NodeId="i=1" DesignToolOnly="true"/><UAObject NodeId="i=2"/>')
    assert [node.get("NodeId") for node in root] == ["i=2"]


def test_one_extension_object_as_a_default_is_dropped_and_lists_of_them_stay() -> None:
    root = nodeset(
        '<UAVariable NodeId="i=1"><Value><uax:ExtensionObject/></Value></UAVariable>'
        '<UAVariable NodeId="i=2"><Value><uax:ListOfExtensionObject><uax:ExtensionObject/></uax:ListOfExtensionObject>'
        "</Value></UAVariable>"
    )
    assert [len(node) for node in root] == [0, 1]


def test_structures_without_fields_get_their_parents() -> None:
    root = ET.fromstring(next(iter(load_nodesets([MACHINE_VISION]))))
    fields = {
        node.get("BrowseName"): [field.get("Name") for field in node.iter(f"{NODES}Field")]
        for node in root.iter(f"{NODES}UADataType")
    }
    inherited = ["Id", "Version", "Hash", "HashAlgorithm", "Description"]
    for name in (
        "BinaryIdBaseDataType",
        "RecipeIdInternalDataType",
        "RecipeIdExternalDataType",
        "ConfigurationIdDataType",
    ):
        assert fields[f"1:{name}"] == inherited
