import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.toml_lines import KeyPath, key_lines

EXAMPLE = '''\
# a comment with [brackets] and key = 1
top = 1            # line 2
"quoted key" = """
many = 1
[not.a.table]
a quote at the end: """"
dotted.name = 2    # line 7

[a]
text = 'lit # no comment'
'literal key' = "a \\" quote # no comment"
list = [
  1,
  { x = 1, y = "}" },  # line 14
  [3, 4],
]

[[b.c]]
x = 1
[b.c.d]
y = 2
[[b.c]]
x = 3              # line 23
[b.c.d]
y = 1979-05-27 07:32:00
inline = { p = { q = 1 }, r.s = 2 }
\'\'\'
'''.removesuffix("'''\n")


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("top",), 2),
        (("quoted key",), 3),
        (("dotted",), 7),
        (("dotted", "name"), 7),
        (("a",), 9),
        (("a", "text"), 10),
        (("a", "literal key"), 11),
        (("a", "list"), 12),
        (("a", "list", 0), 13),
        (("a", "list", 1), 14),
        (("a", "list", 1, "y"), 14),
        (("a", "list", 2, 1), 15),
        (("b", "c"), 18),
        (("b", "c", 0), 18),
        (("b", "c", 0, "x"), 19),
        (("b", "c", 0, "d"), 20),
        (("b", "c", 0, "d", "y"), 21),
        (("b", "c", 1), 22),
        (("b", "c", 1, "x"), 23),
        (("b", "c", 1, "d", "y"), 25),
        (("b", "c", 1, "d", "inline", "p", "q"), 26),
        (("b", "c", 1, "d", "inline", "r", "s"), 26),
    ],
)
def test_every_key_has_its_line(path: KeyPath, line: int) -> None:
    assert tomllib.loads(EXAMPLE)
    assert key_lines(EXAMPLE)[path] == line


def _paths(value: Any, at: KeyPath = ()) -> set[KeyPath]:
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return {at} - {()} | {path for step, below in steps for path in _paths(below, (*at, step))}


def test_finds_exactly_the_keys_of_the_document() -> None:
    found = key_lines(EXAMPLE).keys()
    assert found == _paths(tomllib.loads(EXAMPLE))


def test_windows_line_ends() -> None:
    assert key_lines("a = 1\r\n\r\n[t]\r\nb = [\r\n1,\r\n2]\r\n")[("t", "b", 1)] == 6


_names = st.text(st.sampled_from("ab-_ .\"'#=[]{}é\t"), min_size=1, max_size=5)
_values = st.recursive(
    st.one_of(st.integers(), st.booleans(), st.floats(allow_nan=False), st.text(st.sampled_from("ab\"'#[]{},\n\\"))),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(_names, inner, max_size=3)),
    max_leaves=6,
)


def _quoted(text: str) -> str:
    special = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}
    return '"' + "".join(special.get(letter, letter) for letter in text) + '"'


def _written(value: Any) -> str:
    match value:
        case bool():
            return str(value).lower()
        case dict():
            return "{ " + ", ".join(f"{_quoted(key)} = {_written(item)}" for key, item in value.items()) + " }"
        case list():
            return "[" + ",".join(f"\n  {_written(item)}  # ]}}" for item in value) + "\n]"
        case str():
            return _quoted(value)
    return "inf" if value == float("inf") else "-inf" if value == float("-inf") else repr(value)


@given(st.dictionaries(_names, st.dictionaries(_names, st.one_of(st.integers(), st.text(), _values)), max_size=4))
def test_any_document_is_walked_to_its_end(document: dict[str, dict[str, Any]]) -> None:
    text, expected = "", {}
    for table, keys in document.items():
        expected[(table,)] = text.count("\n") + 1
        text += f"[{_quoted(table)}]\n"
        for key, value in keys.items():
            if "\n" in _written(value) and any(isinstance(part, dict) for part in _below(value)):
                continue  # TOML 1.0 has no line breaks within an inline table
            expected[table, key] = text.count("\n") + 1
            text += f"{_quoted(key)} = {_written(value)}\n"
    try:
        parsed = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return  # a control character that must be escaped
    found = key_lines(text)
    assert found.keys() == _paths(parsed)
    assert {path: found[path] for path in expected} == expected


def _below(value: Any) -> list[Any]:
    inner = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
    return [value, *(part for item in inner for part in _below(item))]
