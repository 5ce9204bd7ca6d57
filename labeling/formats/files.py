"""Opening files that somebody else wrote: within their folder, of a size that can be read, and with the line of what is wrong."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any, Final, TypeVar
from uuid import NAMESPACE_URL, UUID, uuid5
from xml.parsers import expat

from labeling.dataset import FormatError
from labeling.strict import LARGEST

_T = TypeVar("_T")

LARGEST_FILE_BYTES: Final = 1_000_000_000
LARGEST_LINE_BYTES: Final = 10_000_000
DEEPEST: Final = 50
"""Levels of XML or JSON; no label format needs more than a dozen."""


def within(root: Path, name: str) -> Path:
    """Return a file of a folder by the name that a label file gives it.

    Raises
    ------
    FormatError
        If the name leads out of the folder, by itself or through a link.
    """
    path = root / name
    odd = (
        not name
        or "\0" in name
        or "\\" in name
        or PurePosixPath(name).is_absolute()
        or ".." in PurePosixPath(name).parts
    )
    try:
        outside = odd or not path.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError):  # a link that leads to itself
        outside = True
    if outside:
        raise FormatError(f"{root}: {name[:200]!r} leads out of the folder; nothing outside of it is read")
    return path


def listed(root: Path, folder: str, suffix: str) -> list[Path]:
    """Return the files with that suffix of one folder, in order; none where there is no such folder."""
    place = within(root, folder)
    if not place.is_dir():
        return []
    return [within(root, str(path.relative_to(root))) for path in sorted(place.glob(f"*{suffix}")) if path.is_file()]


def read_bytes(path: Path) -> bytes:
    """Return a file, if it is there and no larger than anything a person labels."""
    try:
        if path.stat().st_size > LARGEST_FILE_BYTES:
            raise FormatError(f"{path}: larger than {LARGEST_FILE_BYTES / 1e6:.0f} MB; split it up")
        return path.read_bytes()
    except OSError as error:
        raise FormatError(f"{path}: cannot read it ({error.strerror}); name the folder that holds it") from error


def read_text(path: Path) -> str:
    """Return a file of UTF-8."""
    try:
        return read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FormatError(f"{path}: byte {error.start}: not UTF-8") from None


def lines(path: Path) -> Iterator[tuple[str, str]]:
    """Yield place and text of each line that is not empty, without reading the whole file."""
    try:
        with path.open("rb") as file:
            number = 0
            while line := file.readline(LARGEST_LINE_BYTES + 1):
                number += 1
                place = f"{path}:{number}"
                if len(line) > LARGEST_LINE_BYTES:
                    raise FormatError(f"{place}: longer than {LARGEST_LINE_BYTES} bytes")
                try:
                    text = line.decode("utf-8-sig" if number == 1 else "utf-8").strip()
                except UnicodeDecodeError:
                    raise FormatError(f"{place}: not UTF-8") from None
                if text:
                    yield place, text
    except OSError as error:
        raise FormatError(f"{path}: cannot read it ({error.strerror})") from error


def parse_json(text: str, place: str) -> Any:
    """Return JSON as strict as RFC 8259 has it: no NaN, no key twice."""
    try:
        return json.loads(text, parse_constant=_refuse_constant, object_pairs_hook=_object)
    except json.JSONDecodeError as error:
        raise FormatError(f"{place}:{error.lineno}: no JSON ({error.msg})") from None
    except RecursionError:
        raise FormatError(f"{place}: nested too deeply") from None
    except ValueError as error:
        raise FormatError(f"{place}: {error}") from None


def _refuse_constant(name: str) -> float:
    raise ValueError(f"{name} is no number")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError(f"a key is there twice among {', '.join(sorted(made))[:200]}")
    return made


def checked(place: str, make: Callable[..., _T], *values: Any) -> _T:
    """Return what `make` makes of the values; what it complains of becomes a `FormatError` with its place."""
    try:
        return make(*values)
    except (ValueError, KeyError, TypeError, IndexError, OverflowError, AttributeError) as error:
        cause = f"{error.args[0]} is missing" if isinstance(error, KeyError) and error.args else str(error)
        raise FormatError(f"{place}: {cause[:300]}") from None


def number(text: str) -> float:
    """Return a finite number of a sane size; `ValueError` otherwise."""
    value = float(text)
    if not -LARGEST <= value <= LARGEST:
        raise ValueError(f"{text[:40]} is no finite number within ±{LARGEST:.0f}")
    return value


def label_uid(place: str) -> UUID:
    """Return the uid of a label that came from somewhere: the same place, the same uid, so that a second import is the same."""
    return uuid5(NAMESPACE_URL, place)


class Element:
    """One XML element, with the line it begins in."""

    def __init__(self, path: Path, tag: str, attributes: dict[str, str], line: int) -> None:
        self.place = f"{path}:{line}"
        self.tag = tag
        self.attributes = attributes
        self.children: list[Element] = []
        self.text = ""

    def all(self, tag: str) -> "list[Element]":
        """Return the children of a kind."""
        return [child for child in self.children if child.tag == tag]

    def child(self, tag: str) -> "Element":
        """Return the first child of a kind; `FormatError` where there is none."""
        for each in self.children:
            if each.tag == tag:
                return each
        raise FormatError(f"{self.place}: <{self.tag}> has no <{tag}>")

    def attribute(self, name: str) -> str:
        """Return an attribute; `FormatError` where there is none."""
        if name not in self.attributes:
            raise FormatError(f"{self.place}: <{self.tag}> has no {name}")
        return self.attributes[name]


def parse_xml(path: Path) -> Element:
    """Return the root of an XML file; a document type is refused, since that is where entities and bombs live.

    Raises
    ------
    FormatError
        If it is no XML, has a document type, or is nested too deeply.
    """
    parser = expat.ParserCreate()
    top = Element(path, "", {}, 0)
    open_elements = [top]

    def start(tag: str, attributes: dict[str, str]) -> None:
        if len(open_elements) > DEEPEST:
            raise FormatError(f"{path}:{parser.CurrentLineNumber}: nested more than {DEEPEST} deep")
        element = Element(path, tag, attributes, parser.CurrentLineNumber)
        open_elements[-1].children.append(element)
        open_elements.append(element)

    def end(_: str) -> None:
        open_elements.pop()

    def characters(text: str) -> None:
        open_elements[-1].text += text

    def doctype(*_: object) -> None:
        raise FormatError(
            f"{path}:{parser.CurrentLineNumber}: has a document type, which labels do not need; remove it"
        )

    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = characters, doctype
    try:
        parser.Parse(read_bytes(path), True)
    except expat.ExpatError as error:
        raise FormatError(f"{path}:{error.lineno}: no XML ({expat.ErrorString(error.code)})") from None
    except (LookupError, ValueError) as error:  # an encoding that nobody knows
        raise FormatError(f"{path}:1: {error}") from None
    return top.children[0]
