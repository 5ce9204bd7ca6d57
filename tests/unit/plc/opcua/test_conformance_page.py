"""The conformance table names tests that exist: a row without its test would be a promise."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[4]
PAGE = (ROOT / "docs" / "opc-ua-conformance.md").read_text()
SOURCES = {path: path.read_text() for path in (ROOT / "tests").rglob("test_*.py")}
NODE = [
    ROOT / "tests" / "system" / f"test_opcua_{part}.py"
    for part in ("node", "node_management", "node_conditions", "anonymous", "push_node")
]


def test_every_test_named_is_there() -> None:
    named = set(re.findall(r"`(test_\w+)`", PAGE))
    assert len(named) > 25
    missing = {name for name in named if not any(f"def {name}(" in text for text in SOURCES.values())}
    assert not missing


def test_those_marked_use_the_independent_client() -> None:
    marked = set(re.findall(r"`(test_\w+)` \(n\)", PAGE))
    assert {name for name in marked if not any(f"def {name}(" in SOURCES[path] for path in NODE)} == set()


def test_every_file_named_is_there() -> None:
    named = set(re.findall(r"`(test_\w+\.py)`", PAGE))
    assert named <= {path.name for path in SOURCES}


def test_what_is_done_or_partly_says_how_it_is_shown() -> None:
    rows = [line for line in PAGE.splitlines() if re.match(r"\| .*\| (done|partly)", line)]
    for row in rows:
        of_a_profile = row.count(" | ") == 1  # shown by the rows that it is made of
        if "see below" not in row and not of_a_profile:
            assert "`test_" in row or "the same" in row, row
