"""What the engine says, as the screen says it: known by its shape, and still what the engine really says."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from station.ui.i18n import LANGUAGES, Language
from station.ui.sentences import SENTENCES, said

ROOT = Path(__file__).parent.parent.parent
ENGINE = ("camera", "models", "station/line", "station/desk", "station/journal", "station/people")
PLACE = re.compile(r"\{\w+\}")
UNTOUCHED = tuple(name for name in LANGUAGES if name != "en")


@pytest.fixture(params=UNTOUCHED)
def language(request: pytest.FixtureRequest, qapp: object) -> Iterator[str]:
    """Every language but the engine's own, one after the other."""
    spoken = Language()
    spoken.choose(request.param)
    yield request.param
    spoken.choose("en")


def constants() -> Iterator[str]:
    """Every text in the sources of the engine; of one with values, the pieces between them."""
    for folder in ENGINE:
        for path in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield node.value


def test_each_sentence_is_one_that_the_engine_still_says() -> None:
    everything = "\0".join(constants())
    for sentence in SENTENCES:
        longest = max(PLACE.split(sentence), key=len)
        longest = longest.removesuffix("for a person to decide")  # a text of its own, which many sentences end with
        assert longest in everything, f"no sentence of the engine has {longest!r} any more"


@pytest.mark.parametrize(
    "text",
    [
        "Camera top: no picture within 3 s of the trigger. This part is rejected.",
        "Camera top: camera 'top' is down: it is starting. This part is rejected.",
        "View top: no answer from the model within the part's deadline. This part is rejected.",
        "View top: the picture is black (brightness 0.01, min_brightness 0.1); check the light. This part is rejected.",
        "Nothing can be stored: the disk is full. Every part is rejected.",
        "The station has decided NG meanwhile: look at the part again.",
        "Something that nobody thought of {0}.",
        "",
    ],
)
def test_in_english_it_stays_as_it_was_said(text: str) -> None:
    assert said(text) == text


def test_names_and_figures_come_through_in_every_language(language: str) -> None:
    text = said("Camera top: no picture within 3.5 s of the trigger. This part is rejected.")
    assert "top" in text
    assert "3.5" in text
    assert "trigger" not in text.lower().replace("auslöser", "")
    assert said("a cause that only its author knows") == "a cause that only its author knows"
    inside = said("Camera top: lens fell off. Parts are rejected until it is back; it is tried again by itself.")
    assert "lens fell off" in inside
    assert "rejected" not in inside


def test_no_value_is_lost_in_any_language(language: str) -> None:
    for sentence in SENTENCES:
        values = {name: f"<{name}>" for name in re.findall(r"\{(\w+)\}", sentence)}
        text = said(sentence.format(**values))
        assert text != sentence.format(**values), f"{sentence!r} is not translated"
        lost = [value for name, value in values.items() if value not in text and name not in {"role", "part"}]
        assert not lost, f"{sentence!r} loses {lost}"
