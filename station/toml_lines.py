"""Finds the line each key of a TOML document stands on, which `tomllib` does not tell."""

import re
import tomllib
from collections.abc import Mapping

KeyPath = tuple[str | int, ...]
"""Where a value is: table names and keys, and the index within an array."""

_SPACE = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_KEY_PART = re.compile(r"""[ \t]*("(?:\\.|[^"\\])*"|'[^']*'|[A-Za-z0-9_-]+)[ \t]*""")
_STRING = re.compile(
    r'''"""(?:\\.|[^\\])*?"""(?:"{0,2})|\'\'\'.*?\'\'\'(?:\'{0,2})|"(?:\\.|[^"\\])*"|\'[^\']*\'''',
    re.DOTALL,
)
_BARE_VALUE = re.compile(r"[^,\]}\n#]+")


def key_lines(text: str) -> Mapping[KeyPath, int]:
    """Return the line, counted from 1, of every table, key and array element of a valid TOML document.

    Parameters
    ----------
    text
        A document that `tomllib` accepts, TOML 1.0; on any other the answer is meaningless.
    """
    return _Scanner(text).scan()


class _Scanner:
    """Walks a document known to be valid, so that it need not check anything."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._lines: dict[KeyPath, int] = {}
        self._array_sizes: dict[KeyPath, int] = {}

    def scan(self) -> dict[KeyPath, int]:
        table: KeyPath = ()
        self._skip(_SPACE)
        while self._at < len(self._text):
            if self._text.startswith("[[", self._at):
                table = self._array_header()
            elif self._text.startswith("[", self._at):
                table = self._table_header()
            else:
                self._pair(table)
            self._skip(_SPACE)
        return self._lines

    def _skip(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self._text, self._at)
        if found is None:
            return ""
        self._at = found.end()
        return found.group()

    def _note(self, path: KeyPath) -> None:
        """Note the present line for `path`, and for the tables around it that have none yet."""
        line = self._text.count("\n", 0, self._at) + 1
        for depth in range(1, len(path) + 1):
            self._lines.setdefault(path[:depth], line)

    def _key(self) -> KeyPath:
        parts: list[str] = []
        while found := _KEY_PART.match(self._text, self._at):
            self._at = found.end()
            parts.append(_plain(found.group(1)))
            if not self._text.startswith(".", self._at):
                break
            self._at += 1
        return tuple(parts)

    def _latest(self, names: KeyPath) -> KeyPath:
        """Give the path a header means: a name of an array of tables means its latest element."""
        path: KeyPath = ()
        for name in names:
            path = (*path, name)
            if path in self._array_sizes:
                path = (*path, self._array_sizes[path] - 1)
        return path

    def _array_header(self) -> KeyPath:
        self._at += 2
        names = self._key()
        array = (*self._latest(names[:-1]), names[-1])
        index = self._array_sizes.get(array, 0)
        self._array_sizes[array] = index + 1
        self._note((*array, index))
        self._at += 2
        return (*array, index)

    def _table_header(self) -> KeyPath:
        self._at += 1
        table = self._latest(self._key())
        self._note(table)
        self._at += 1
        return table

    def _pair(self, table: KeyPath) -> None:
        path = (*table, *self._key())
        self._note(path)
        self._at += 1
        self._value(path)

    def _value(self, path: KeyPath) -> None:
        self._skip(_SPACE)
        start = self._text[self._at]
        if start == "[":
            self._array(path)
        elif start == "{":
            self._inline_table(path)
        elif start in "\"'":
            self._skip(_STRING)
        else:
            self._skip(_BARE_VALUE)

    def _array(self, path: KeyPath) -> None:
        self._at += 1
        index = 0
        while not self._closes("]"):
            self._note((*path, index))
            self._value((*path, index))
            index += 1

    def _inline_table(self, path: KeyPath) -> None:
        self._at += 1
        while not self._closes("}"):
            self._pair(path)

    def _closes(self, bracket: str) -> bool:
        """Step over blanks and a comma, and over the closing bracket if it is next."""
        self._skip(_SPACE)
        if self._text.startswith(",", self._at):
            self._at += 1
            self._skip(_SPACE)
        if self._text.startswith(bracket, self._at):
            self._at += 1
            return True
        return False


def _plain(key: str) -> str:
    if key.startswith("'"):
        return key[1:-1]
    if key.startswith('"'):
        return str(tomllib.loads(f"key = {key}")["key"])
    return key
