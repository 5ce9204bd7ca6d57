"""Reading JSON that somebody else wrote: each function returns the value or raises a `ValueError` that begins with its place."""

import reprlib
from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, TypeVar
from uuid import UUID

Json = dict[str, Any]
_T = TypeVar("_T")
_Word = TypeVar("_Word", bound=StrEnum)

LARGEST: Final = 1e9
"""Of any number; no picture is as wide by far, and areas stay finite."""

LONGEST: Final = 1_000
"""Of any text, in characters."""


def exact_object(value: object, place: str, keys: tuple[str, ...]) -> Json:
    """Return an object of exactly these keys."""
    if not isinstance(value, dict):
        raise _refused(place, "an object", value)
    if missing := [key for key in keys if key not in value]:
        raise ValueError(f"{place}: {missing[0]} is missing")
    if unknown := [key for key in value if key not in keys]:
        raise ValueError(f"{place}: unknown key {_shown(unknown[0])}")
    return value


def tag(value: object, place: str, key: str, known: Mapping[str, object] | set[str]) -> str:
    """Return the word under `key` that says what the object is."""
    word = value.get(key) if isinstance(value, dict) else None
    if not isinstance(word, str) or word not in known:
        raise _refused(f"{place}.{key}", f"one of {', '.join(sorted(known))}", word)
    return word


def items(value: object, place: str, item: Callable[[object, str], _T], *, count: int | None = None) -> tuple[_T, ...]:
    """Return a list, each item read by `item`; `count` of them, where it is given."""
    if not isinstance(value, list) or count not in {None, len(value)}:
        raise _refused(place, "a list" if count is None else f"a list of {count}", value)
    return tuple(item(each, f"{place}[{number}]") for number, each in enumerate(value))


def number(value: object, place: str) -> float:
    """Return a finite number."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not -LARGEST <= value <= LARGEST:
        raise _refused(place, f"a number within ±{LARGEST:.0f}", value)
    return float(value)


def whole(value: object, place: str) -> int:
    """Return a whole number from 0."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LARGEST:
        raise _refused(place, f"a whole number from 0 to {LARGEST:.0f}", value)
    return value


def point(value: object, place: str) -> tuple[float, float]:
    """Return [x, y]."""
    x, y = items(value, place, number, count=2)
    return x, y


def text(value: object, place: str) -> str:
    """Return a text."""
    if not isinstance(value, str) or len(value) > LONGEST:
        raise _refused(place, f"a text of at most {LONGEST} characters", value)
    return value


def flag(value: object, place: str) -> bool:
    """Return true or false."""
    if not isinstance(value, bool):
        raise _refused(place, "true or false", value)
    return value


def word(value: object, place: str, words: type[_Word]) -> _Word:
    """Return a word of an enumeration."""
    known = [each.value for each in words]
    if value not in known:
        raise _refused(place, f"one of {', '.join(known)}", value)
    return words(value)


def uid(value: object, place: str) -> UUID:
    """Return a UUID written in the usual way, in small letters."""
    try:
        read = UUID(value) if isinstance(value, str) else None
    except ValueError:
        read = None
    if read is None or str(read) != value:
        raise _refused(place, "a UUID", value)
    return read


def time(value: object, place: str) -> datetime:
    """Return a time with its zone."""
    try:
        read = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        read = None
    if read is None or read.tzinfo is None:
        raise _refused(place, "a time with its zone (ISO 8601)", value)
    return read


def at(place: str, make: Callable[[], _T]) -> _T:
    """Return what `make` makes, with the place before what it complains of."""
    try:
        return make()
    except ValueError as error:
        raise ValueError(f"{place}: {error}") from None


def check_format(value: object, place: str, known: int) -> None:
    """Refuse what another version wrote; to be looked at first, since then every other complaint would mislead."""
    found = value.get("format") if isinstance(value, Mapping) else None
    if found != known:
        raise ValueError(f"{place}.format: this program reads format {known}, not {_shown(found)}")


def _refused(place: str, wanted: str, value: object) -> ValueError:
    return ValueError(f"{place}: must be {wanted}, not {_shown(value)}")


def _shown(value: object) -> str:
    """Return the beginning of a value, however large it is."""
    try:
        return reprlib.repr(value)
    except ValueError:  # an integer of more digits than Python prints
        return "a number of thousands of digits"
