"""The page PLC engineers program from says what the code does."""

import re
from pathlib import Path

import pytest

from plc.link import ErrorCode, OfflineReason, VerdictCode
from plc.registers import (
    CONTROL_BIT_NAMES,
    CONTROL_NAMES,
    STATUS_BIT_NAMES,
    STATUS_NAMES,
    Tag,
    TagType,
    standard_table,
)

PAGE = (Path(__file__).parents[3] / "docs" / "register-map.md").read_text(encoding="utf-8")
CODES = {"verdict": VerdictCode, "error_code": ErrorCode, "OfflineReason": OfflineReason}


def rows(heading: str) -> list[list[str]]:
    section = PAGE.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return [
        [cell.strip() for cell in row.strip("|").split("|")]
        for row in re.findall(r"^\|[ \d].*$", section, re.MULTILINE)
    ]


def shown(name: str, tag: Tag) -> list[str]:
    first, last = tag.addresses[0], tag.addresses[-1]
    kind = "bits" if name.endswith("_bits") else "string" if tag.type is TagType.STRING else tag.type.value
    return [f"{first}\N{EN DASH}{last}" if last > first else str(first), f"`{name}`", kind]


@pytest.mark.parametrize(("heading", "names"), [("PLC → station", CONTROL_NAMES), ("Station → PLC", STATUS_NAMES)])
def test_the_page_lists_every_register(heading: str, names: tuple[str, ...]) -> None:
    table = standard_table()
    written = [row[:3] for row in rows(heading) if row[1].startswith("`")]
    assert written == [shown(name, table[name]) for name in names]


@pytest.mark.parametrize(
    ("heading", "bits"), [("PLC → station", CONTROL_BIT_NAMES), ("Station → PLC", STATUS_BIT_NAMES)]
)
def test_the_page_lists_every_bit(heading: str, bits: dict[str, int]) -> None:
    written = {row[1]: row[0] for row in rows(heading) if row[0].isdigit() and not row[1].startswith("`")}
    assert {name.lower(): 1 << int(number) for name, number in written.items()} == {
        name.replace("_", ""): int(bit) for name, bit in bits.items()
    }


@pytest.mark.parametrize("name", CODES)
def test_the_page_lists_every_code(name: str) -> None:
    meaning = next(row[-1] for row in rows("Station → PLC") if row[1].strip("`") == name)
    numbers = [int(number) for number in re.findall(r"(?:^|, )(\d) ", meaning)]
    assert numbers == [int(code) for code in CODES[name]]
