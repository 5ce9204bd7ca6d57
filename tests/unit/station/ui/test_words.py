"""Words that several places of the screen say."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from PySide6.QtCore import QLocale

from plc.link import OfflineReason
from station.desk.messages import Answer, FaultLine, PartCounts, Refusal, State
from station.line.inspection import FaultCode
from station.ui.marks import Mark
from station.ui.words import by_word, clock_text, fault_title, line_words, part_name, refusal_title


def state(**values: object) -> State:
    counts = PartCounts(started=0, finished=0, refused=0, ok=0, ng=0, not_decidable=0)
    fields: dict[str, object] = {
        "online": True, "reason": "NONE", "accepting": True, "plc_up": True, "faults": (), "awaited": (),
        "counts": counts, "latency_p50_ms": None, "latency_p99_ms": None,
    }  # fmt: skip
    return State.model_validate({**fields, **values})


@pytest.mark.parametrize(
    ("up", "told", "word", "mark"),
    [
        (False, state(), "no engine", Mark.FAULT),
        (True, None, "starting", Mark.WAITING),
        (True, state(), "running", Mark.RUNNING),
        (True, state(accepting=False), "paused", Mark.WAITING),
        (True, state(online=False, reason="STARTING"), "starting", Mark.WAITING),
        (True, state(online=False, reason="NO_CAMERA"), "no camera", Mark.FAULT),
        (True, state(online=False, reason="SOMETHING_NEW"), "offline", Mark.FAULT),
    ],
)
def test_the_state_of_the_line_has_a_word_and_a_shape(*, up: bool, told: State | None, word: str, mark: Mark) -> None:
    words = line_words(up=up, state=told)
    assert (words.word, words.mark) == (word, mark)
    assert words.abnormal == (mark is Mark.FAULT)


@pytest.mark.parametrize("reason", OfflineReason)
def test_every_reason_to_be_offline_is_a_word(reason: OfflineReason) -> None:
    assert line_words(up=True, state=state(online=False, reason=reason.name)).word


@pytest.mark.parametrize("code", FaultCode)
def test_every_fault_has_a_title_with_its_source(code: FaultCode) -> None:
    line = FaultLine(code=code.value, source="top", text="")
    assert fault_title(line.code, line.source).endswith("· top")


@pytest.mark.parametrize("refusal", Refusal)
def test_every_refusal_says_that_nothing_was_saved(refusal: Refusal) -> None:
    assert "saved" in refusal_title(Answer(key=uuid4(), done=False, refusal=refusal))


def test_who_and_what() -> None:
    assert by_word("rules", "") == "by the model and the recipe"
    assert by_word("operator", "Mara") == "by Mara"
    assert by_word("qa", "Rossi") == "by Rossi, QA"
    assert part_name("24-0817", 3) == "24-0817"
    assert part_name("", 70_003) == "0003"


def test_a_clock_that_was_never_set_is_shown_as_it_is() -> None:
    assert clock_text(datetime(1970, 1, 1, tzinfo=UTC), QLocale("en")).count(":") == 2
