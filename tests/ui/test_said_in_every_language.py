"""What the engine says, on the whole screen, in every language but its own."""

import pytest
from whole_screen import OpenScreen

from station.desk.messages import FaultLine
from station.line.inspection import VerdictKind
from station.ui.i18n import LANGUAGES

DOWN = "Camera cam: no picture within 3 s of the trigger. Parts are rejected until it is back; it is tried again by itself."


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
def test_the_operator_reads_reason_and_fault_in_their_language(open_screen: OpenScreen, language: str) -> None:
    screen = open_screen(language=language)
    screen.log_in()
    screen.shell.context.session.prefer(language=language)
    screen.part(kind=VerdictKind.NG)
    screen.station.tell_state((FaultLine(code="camera", source="cam", text=DOWN),))
    band = screen.shell.faults[0]
    screen.until(band.isVisible)
    reason = screen.inspect.column.facts.words
    point = screen.shell.context.language.locale.decimalPoint()
    assert "scratch" in reason
    assert f"0{point}31 mm" in reason
    assert "limit" not in reason.replace("límite", "")
    assert "cam" in band.words
    assert "rejected" not in band.words
