"""Every text of the screens in every language: none forgotten, no figure lost, and all of them turn at run time."""

import ast
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, Qt
from PySide6.QtWidgets import QLabel, QWidget
from whole_screen import OpenScreen, Screen

from station.commands import window
from station.commands.main import main
from station.line.inspection import VerdictKind
from station.ui.button import Button
from station.ui.i18n import FOLDER, LANGUAGES, Language
from station.ui.theme import families
from station.ui.widgets import Line

SOURCES = FOLDER.parent
FILES = {code: FOLDER / f"station_{'zh_CN' if code == 'zh' else code}.ts" for code in LANGUAGES}
OTHERS = [code for code in LANGUAGES if code != "en"]
_KEPT = re.compile(r"\{\d*\}|%L?n|✓|✕|`[^`]*`|--\w+|\b(?:OK|NG|UTC|v\{1\})\b")
"""What a translation says as the source does: figures, keys, marks, commands. `PLC` is `SPS` in German."""


def messages(language: str) -> Iterator[tuple[str, ET.Element]]:
    """Give each message of a language and the context it stands in."""
    for context in ET.parse(FILES[language]).getroot().iter("context"):
        for message in context.iter("message"):
            yield context.findtext("name", ""), message


def words_of(message: ET.Element) -> list[str]:
    """Give a translation in all its forms."""
    translation = message.find("translation")
    assert translation is not None
    return [form.text or "" for form in translation.iter("numerusform")] or [translation.text or ""]


def said() -> set[tuple[str, str]]:
    """Give every text of the sources, and the context it is looked up in."""
    return {text for path in SOURCES.rglob("*.py") for text in _said(ast.parse(path.read_text("utf-8")), "")}


def _said(node: ast.AST, inside: str) -> Iterator[tuple[str, str]]:
    if isinstance(node, ast.ClassDef):
        inside = node.name
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        texts = [text.value for text in node.args if isinstance(text, ast.Constant) and isinstance(text.value, str)]
        if node.func.attr == "tr" and texts:
            yield inside, texts[0]
        elif node.func.attr == "translate" and len(texts) > 1:
            yield texts[0], texts[1]
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "QT_TRANSLATE_NOOP":
        context, text = (each.value for each in node.args if isinstance(each, ast.Constant))
        yield str(context), str(text)
    for below in ast.iter_child_nodes(node):
        yield from _said(below, inside)


def tool(name: str, *arguments: str) -> None:
    subprocess.run([Path(sys.executable).with_name(f"pyside6-{name}"), "-silent", *arguments], check=True, timeout=60)


# The files -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_of_the_sources_is_translated_and_no_other(language: str) -> None:
    known = {(context, message.findtext("source", "")) for context, message in messages(language)}
    assert known == said(), "run deploy/translate.sh"
    for context, message in messages(language):
        translation = message.find("translation")
        assert translation is not None
        assert translation.get("type") is None, (
            f"{context}: {message.findtext('source')!r} is {translation.get('type')}"
        )
        assert all(words_of(message))


@pytest.mark.parametrize("language", LANGUAGES)
def test_figures_keys_and_marks_are_the_sources_own(language: str) -> None:
    for context, message in messages(language):
        source = message.findtext("source", "")
        for words in words_of(message):
            assert sorted(_KEPT.findall(words)) == sorted(_KEPT.findall(source)), (context, source, words)
            assert words.endswith("…") == source.endswith("…"), (context, source, words)
            assert words[:1].isspace() == source[:1].isspace(), (context, source, words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_files_are_those_of_the_texts(language: str, tmp_path: Path) -> None:
    made = tmp_path / "made.qm"
    tool("lrelease", str(FILES[language]), "-qm", str(made))
    assert made.read_bytes() == FILES[language].with_suffix(".qm").read_bytes(), "run deploy/translate.sh"


def test_lupdate_finds_nothing_new(tmp_path: Path) -> None:
    before = FILES["de"].read_text("utf-8")
    again = tmp_path / FILES["de"].name
    again.write_text(before, "utf-8")
    tool("lupdate", "-extensions", "py", str(SOURCES), "-no-obsolete", "-locations", "none", "-ts", str(again))
    assert again.read_text("utf-8") == before, "run deploy/translate.sh"


def test_english_has_its_plurals_and_nothing_else() -> None:
    counted = {message.findtext("source") for _, message in messages("de") if message.get("numerus") == "yes"}
    assert {message.findtext("source") for _, message in messages("en")} == counted


# The screen -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def english() -> Iterator[Language]:
    language = Language()
    yield language
    language.choose("en")
    QLocale.setDefault(QLocale.c())


@pytest.mark.parametrize(
    ("code", "words", "one", "many", "qt"),
    [
        ("en", "Whole part", "1 part ·", "1,204 parts", "Select All"),
        ("de", "Ganzes Teil", "1 Teil ·", "1.204 Teile", "Alles auswählen"),
        ("es", "Pieza entera", "1 pieza ·", "1204 piezas", "Seleccionar todo"),
        ("zh", "完整工件", "1 件", "1,204 件", "全选"),
        ("ja", "全体", "1 個", "1,204 個", "すべてを選択"),
    ],
)
def test_a_language_has_words_plurals_figures_and_qts_own_words(
    qapp: QCoreApplication, english: Language, code: str, words: str, one: str, many: str, qt: str
) -> None:
    english.choose(code)
    counted = "shift {0}: %Ln part(s) · yield {1} %"
    assert QCoreApplication.translate("PictureBar", "Whole part") == words
    assert one in QCoreApplication.translate("ShiftCounter", counted, None, 1)
    assert many in QCoreApplication.translate("ShiftCounter", counted, None, 1204)
    assert QCoreApplication.translate("QWidgetTextControl", "Select All") == qt
    assert families().index("Noto Sans CJK JP") < families().index("Noto Sans CJK SC") or code != "ja"


def test_a_language_without_words_is_english_in_its_own_direction(qapp: QCoreApplication, english: Language) -> None:
    english.choose("ar")
    assert QCoreApplication.translate("PictureBar", "Whole part") == "Whole part"
    assert QLocale().textDirection() is Qt.LayoutDirection.RightToLeft


def test_the_command_names_the_languages_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert set(window.LANGUAGES) == set(LANGUAGES)
    with pytest.raises(SystemExit):
        main(["ui", "--language", "xx"])
    told = capsys.readouterr().err
    assert "--language: invalid choice: 'xx'" in told
    assert all(code in told for code in LANGUAGES)


def all_words(top: QWidget) -> list[tuple[str, str]]:
    """Give what every widget that can be seen says, but for what moves with the time."""
    kinds = (Line, QLabel, Button)
    shown = [widget for kind in kinds for widget in top.findChildren(kind) if widget.isVisible()]
    words = [widget.whole if isinstance(widget, Line) else widget.text() for widget in shown]
    places = (type(widget.parentWidget()).__name__ for widget in shown)
    return [(place, re.sub(r"\d+", "0", text)) for place, text in zip(places, words, strict=True)]


def _pages(screen: Screen) -> Iterator[list[tuple[str, str]]]:
    for number in range(len(screen.shell.pages)):
        screen.shell.go_to(number)
        screen.qtbot.wait(300)  # what is read has come
        yield all_words(screen.shell)


@pytest.mark.parametrize("language", OTHERS)
def test_every_word_turns_with_the_language_at_run_time(
    open_screen: OpenScreen, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("station.ui.child.Child.run", lambda *_: False)
    screen = open_screen(language="en")
    screen.log_in("engineer")
    screen.part(kind=VerdictKind.NG)
    english = list(_pages(screen))
    screen.shell.context.session.prefer(language=language)
    turned = list(_pages(screen))
    same = {
        message.findtext("source")
        for _, message in messages(language)
        if message.findtext("source") in words_of(message)
    }
    sources = [_pattern(source) for _, source in said() if source not in same and len(source) > len("{0}: ")]
    for page in turned:
        assert not [(place, text) for place, text in page if any(source.fullmatch(text) for source in sources)]
    screen.shell.context.session.prefer(language="en")
    *_, settings = _pages(screen)
    assert _but_the_counters(settings) == _but_the_counters(english[-1])


def _but_the_counters(page: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [words for words in page if words[0] != "TopBar"]


def _pattern(source: str) -> re.Pattern[str]:
    """Match a text of the sources with whatever figures stand in it."""
    return re.compile(re.sub(r"\\\{\d\\\}", ".+", re.escape(re.sub(r"%L?n", "{0}", source))))
