from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Self

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field, model_validator

from station.toml_file import MAX_FILE_BYTES, ConfigError, FilePath, KeyProblemError, Scalar, StrictModel, load_toml


class Inner(StrictModel):
    width: Annotated[int, Field(ge=1)] = 1
    height: int = 1
    where: FilePath | None = None
    free: dict[str, Scalar] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _not_square(self) -> Self:
        if self.width == self.height == 7:
            raise KeyProblemError(("height",), "7 x 7 is not allowed; choose another height")
        return self


class Outer(StrictModel):
    title: str
    inner: Inner = Field(default_factory=Inner)
    many: tuple[Inner, ...] = ()
    named: dict[str, Inner] = Field(default_factory=dict)


def _error(tmp_path: Path, text: str) -> str:
    path = tmp_path / "file.toml"
    path.write_text(text)
    with pytest.raises(ConfigError) as caught:
        load_toml(path, Outer)
    assert "\n" not in caught.value.text
    assert str(caught.value) == caught.value.text
    return caught.value.text.removeprefix(str(path))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('title = "a"\n[inner]\nwidt = 3', ", line 3: unknown key inner.widt; did you mean width?"),
        ('title = "a"\n\n[[many]]\n[[many]]\nheght = 3', ", line 5: unknown key many[2].heght; did you mean height?"),
        ('title = "a"\n[named.x]\nwith = 3', ", line 3: unknown key named.x.with; did you mean width?"),
        ('title = "a"\nqqq = 3', ", line 2: unknown key qqq; valid here: inner, many, named, title"),
        ("inner.width = 3", ", line 1: title is missing; add it"),
        ("titl = 'a'", ", line 1: unknown key titl; did you mean title? (and 1 more in this file)"),
        ("title = 3", ", line 1: title = 3: must be a valid string"),
        ('title = "a"\ninner.width = "3"', ", line 2: inner.width = '3': must be a valid integer"),
        ('title = "a"\ninner.width = true', ", line 2: inner.width = True: must be a valid integer"),
        ('title = "a"\ninner.width = 0', ", line 2: inner.width = 0: must be greater than or equal to 1"),
        ('title = "a"\ninner = 3', ", line 2: inner must be a table: write [inner]"),
        ('title = "a"\nmany = 3', ", line 2: many must be a list: write many = [...], or [[many]] for tables"),
        ('title = "a"\n[inner.free]\nx = [1]', ", line 3: inner.free.x: must be text, a number, true or false"),
        ('title = "a"\n[inner.free]\nx = nan', ", line 3: inner.free.x: must be a finite number"),
        (
            'title = "a"\n[[many]]\nwidth = 7\nheight = 7',
            ", line 4: many[1].height: 7 x 7 is not allowed; choose another height",
        ),
        ('title = "a"\nx y', ", line 2: not valid TOML: Expected '=' after a key in a key/value pair in column 3"),
        (
            'title = "a"\ninner.where = "~nobody-here/x"',
            ", line 2: inner.where: ~nobody-here/x: there is no such user; write the folder out",
        ),
        (
            'title = "a"\ninner.where = "a\\u0000"',
            ", line 2: inner.where: a path cannot hold a zero character; remove it",
        ),
        ('title = "a', ": not valid TOML: Unterminated string (at end of document)"),
    ],
)
def test_a_mistake_is_one_line_with_the_place_and_the_remedy(tmp_path: Path, text: str, expected: str) -> None:
    assert _error(tmp_path, text) == expected


def test_the_first_mistake_by_line_is_named(tmp_path: Path) -> None:
    text = 'title = "a"\n[inner]\nheight = "b"\n[[many]]\nwidth = 0\n'
    assert _error(tmp_path, text).startswith(", line 3: inner.height")
    assert _error(tmp_path, text).endswith("(and 1 more in this file)")


def test_long_values_are_cut(tmp_path: Path) -> None:
    assert len(_error(tmp_path, f'title = "a"\ninner.width = "{"x" * 5000}"')) < 150


def test_paths_start_at_the_files_folder(tmp_path: Path) -> None:
    path = tmp_path / "file.toml"
    path.write_text('title = "a"\ninner.where = "sub/x"\nmany = [{ where = "/abs" }]')
    loaded = load_toml(path, Outer)
    assert loaded.inner.where == tmp_path / "sub/x"
    assert loaded.many[0].where == Path("/abs")


def test_scalars_keep_their_type(tmp_path: Path) -> None:
    path = tmp_path / "file.toml"
    path.write_text('title = "a"\n[inner.free]\na = true\nb = 1\nc = 1.0\nd = "x"')
    free = load_toml(path, Outer).inner.free
    assert [(type(value), value) for value in free.values()] == [(bool, True), (int, 1), (float, 1.0), (str, "x")]


def test_a_missing_file_says_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such file; `station init DIR` writes a first one"):
        load_toml(tmp_path / "none.toml", Outer)


def test_a_folder_is_not_a_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read: Is a directory"):
        load_toml(tmp_path, Outer)


def test_binary_and_huge_files_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "file.toml"
    path.write_bytes(b"title = '\xff'")
    with pytest.raises(ConfigError, match="not UTF-8"):
        load_toml(path, Outer)
    path.write_bytes(b"#" * (MAX_FILE_BYTES + 1))
    with pytest.raises(ConfigError, match="larger than"):
        load_toml(path, Outer)


@pytest.mark.parametrize(
    "text", ["a = " + "9" * 5000, "a = " + "[" * 50_000, "a = " + "{b=" * 50_000, "[" + "a." * 9000]
)
def test_monsters_are_one_line_too(tmp_path: Path, text: str) -> None:
    assert len(_error(tmp_path, text)) < 300


_line = st.text(st.sampled_from("ab=.[]{}'\"#,1 \n\\u0"), max_size=30)


@given(st.lists(st.one_of(_line, st.sampled_from(['title = "a"', "[inner]", "[[many]]", "width = 7", "height = 7"]))))
def test_whatever_stands_there_it_loads_or_is_one_line(lines: list[str]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "file.toml"
        path.write_text("\n".join(lines))
        said = str(path)
        try:
            load_toml(path, Outer)
        except ConfigError as error:
            said = error.text
    assert said.startswith(str(path))
    assert "\n" not in said
