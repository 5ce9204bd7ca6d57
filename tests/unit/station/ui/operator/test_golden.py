from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import cv2
import numpy as np
import pytest

from station.journal.records import PartSummary
from station.line.inspection import Author, VerdictKind
from station.ui.operator.golden import Chosen, Fit, GoldenChoices, GoldenError, lay_over, stand_in

NOW = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)


def summary(
    number: int, *, verdict: str = "OK", by: str = "rules", score: float | None = 0.2, recipe: str = "plate"
) -> PartSummary:
    return PartSummary(
        UUID(int=number), "", number, number, NOW, recipe, VerdictKind(verdict), Author(by), score, "", 0, ""
    )


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([], None),
        ([summary(3, verdict="NG"), summary(2, verdict="NOT_DECIDABLE")], None),
        ([summary(3, recipe="bolt")], None),
        ([summary(1)], None),  # the part itself
        ([summary(4, score=0.3), summary(3, score=0.1), summary(2, score=0.2)], 3),
        ([summary(4, score=0.01), summary(3, by="operator", score=0.9), summary(2, by="qa", score=0.0)], 3),
        ([summary(4, score=None), summary(3, score=0.5)], 3),
        ([summary(4, score=None)], None),
    ],
)
def test_the_newest_part_of_a_person_then_the_lowest_score(parts: list[PartSummary], expected: int | None) -> None:
    found = stand_in(parts, "plate", UUID(int=1))
    assert found == (None if expected is None else UUID(int=expected))


def choice(number: int, view: str = "top") -> Chosen:
    return Chosen(recipe="plate", view=view, uid=UUID(int=number), by="Mara", time=NOW)


def test_a_choice_is_kept_for_each_view_and_replaced(tmp_path: Path) -> None:
    choices = GoldenChoices(tmp_path)
    assert choices.chosen("plate", "top") is None
    choices.choose(choice(1))
    choices.choose(choice(2, "side"))
    choices.choose(choice(3))
    again = GoldenChoices(tmp_path)
    assert again.chosen("plate", "top") == choice(3)
    assert again.chosen("plate", "side") == choice(2, "side")
    assert again.chosen("bolt", "top") is None
    assert [path.name for path in (tmp_path / "desk").iterdir()] == ["golden.json"]


@pytest.mark.parametrize("content", [b"", b"{", b'{"version": 1, "chosen": [{"uid": 3}]}', b"\xff\xfe"])
def test_a_broken_file_says_what_to_do_and_is_not_overwritten(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "desk" / "golden.json"
    path.parent.mkdir()
    path.write_bytes(content)
    for call in (
        lambda: GoldenChoices(tmp_path).chosen("plate", "top"),
        lambda: GoldenChoices(tmp_path).choose(choice(1)),
    ):
        with pytest.raises(GoldenError, match=r"golden\.json: .*delete the file"):
            call()
    assert path.read_bytes() == content


def plate(
    shift: tuple[float, float] = (0.0, 0.0), turn_deg: float = 0.0, size: tuple[int, int] = (640, 480)
) -> np.ndarray:
    """A grey part with holes and ribs on a dark ground, moved about the picture's centre."""
    picture = np.full((480, 640), 40, np.uint8)
    cv2.rectangle(picture, (110, 90), (530, 400), 150, -1)
    for x, y, radius in ((180, 150, 25), (460, 150, 18), (200, 330, 30), (430, 320, 12)):
        cv2.circle(picture, (x, y), radius, 70, -1)
    cv2.line(picture, (240, 110), (300, 380), 200, 5)
    cv2.rectangle(picture, (330, 200), (400, 250), 220, 3)
    matrix = cv2.getRotationMatrix2D((319.5, 239.5), -turn_deg, 1.0)
    matrix[:, 2] += shift
    moved = cv2.warpAffine(picture, matrix, (640, 480), borderValue=40)
    return np.asarray(cv2.resize(moved, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


@pytest.mark.parametrize(("shift", "turn_deg"), [((0.0, 0.0), 0.0), ((9.0, -6.0), 0.0), ((5.5, 7.25), 1.5)])
def test_a_golden_picture_comes_to_lie_where_the_part_lies(shift: tuple[float, float], turn_deg: float) -> None:
    part = plate(shift, turn_deg)
    found = lay_over(plate(), part)
    assert found.fit is Fit.REGISTERED
    inner = np.s_[40:-40, 40:-40]
    before = np.abs(plate()[inner].astype(int) - part[inner]).mean()
    after = np.abs(found.pixels[inner].astype(int) - part[inner]).mean()
    assert after < 1.0
    assert after < 0.2 * before or before == 0.0


def test_colour_stays_colour_and_another_size_is_brought_to_the_part_s() -> None:
    golden = np.dstack([plate(size=(320, 240))] * 3)
    found = lay_over(golden, plate((4.0, 3.0)))
    assert found.pixels.shape == (480, 640, 3)


def test_a_part_too_far_to_be_registered_is_shifted() -> None:
    small = np.random.default_rng(1).integers(0, 255, (48, 56)).astype(np.uint8)  # below what registration takes
    small = cv2.GaussianBlur(small, (0, 0), 1.5)
    part = np.roll(small, (3, 5), axis=(0, 1))
    found = lay_over(small, part)
    assert found.fit is Fit.SHIFTED
    inner = np.s_[10:-10, 10:-10]
    assert np.abs(found.pixels[inner].astype(int) - part[inner]).mean() < 2.0


@pytest.mark.parametrize("size", [(1, 1), (1, 50), (7, 7)])
def test_pictures_with_nothing_to_hold_on_to_stay_as_they_are(size: tuple[int, int]) -> None:
    golden = np.zeros(size, np.uint8)
    found = lay_over(golden, np.full(size, 9, np.uint8))
    assert found.fit is Fit.AS_IT_IS
    assert found.pixels.shape == size
