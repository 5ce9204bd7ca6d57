"""What the review's window works out without a window: crops at one scale, opinions side by side, what a key means."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import numpy as np
import pytest
from desk_of_parts import HEIGHT, SCRATCH, WIDTH, Station, scratch_outline
from overruled import overrule

from labeling.annotation import Annotation, Label
from labeling.shapes import Box, Keypoint, Polyline, frozen_points
from station.journal.reader import JournalReader
from station.line.inspection import Author, Verdict, VerdictKind
from station.review.queue import Outcome, QueueItem, Reason, Stage, Why
from station.ui.review.crops import (
    AROUND,
    CROP_PX,
    LEAST_PX,
    MARGIN,
    common_side_px,
    preview_crop,
    read_place,
    sharp_crop,
)
from station.ui.review.opinions import Agreement, Opinion, Outlined, agreement, first_pair, opinions_of
from station.ui.review.saying import Given, Word, accepted, rejected, saying, to_rework

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)


@pytest.fixture
def part(tmp_path: Path) -> tuple[Path, UUID]:
    """One part that the model outlined and that Mara then outlined otherwise."""
    station = Station(tmp_path / "data", tmp_path / "audit.key")
    uid = station.add_part(kind=VerdictKind.NG, defects=2)
    overrule(station.journal, uid, Verdict(VerdictKind.OK, Author.OPERATOR, "", NOW, "Otto"))
    labels = (Label(uuid4(), "scratch", scratch_outline(10.0)), Label(uuid4(), "pit", Box(10, 10, 40, 40)))
    annotation = Annotation(uuid4(), None, "Mara", NOW, (WIDTH, HEIGHT), labels)
    station.journal.annotate(uid, "top", None, annotation)
    station.close()
    return tmp_path / "data", uid


def test_a_crop_shows_the_defect_in_its_middle_and_the_outline_on_it(part: tuple[Path, UUID]) -> None:
    data, uid = part
    with JournalReader(data) as journal:
        place = read_place(journal, uid)
        assert place is not None
        assert (place.class_name, place.by_person, place.view) == ("scratch", True, "top")
        side_px = common_side_px([place])
        preview, sharp = preview_crop(journal, place, side_px), sharp_crop(journal, place, side_px)
    assert side_px == pytest.approx(place.extent_px * (1 + MARGIN))
    zoom = CROP_PX / (AROUND * side_px)
    for crop in (preview, sharp):
        assert crop.pixels is not None
        assert crop.pixels.shape == (CROP_PX, CROP_PX, 3)
        (ring,) = crop.rings
        assert ring.mean(axis=0) == pytest.approx([CROP_PX / 2] * 2, abs=1.0)
        assert np.ptp(ring[:, 0]) == pytest.approx((SCRATCH[1][0] - SCRATCH[0][0]) * zoom, rel=0.01)
        grey = crop.pixels[:, :, 0].astype(float)
        bright = np.argwhere(grey > np.median(grey) + 40)  # the scratch itself
        assert bright.mean(axis=0) == pytest.approx([CROP_PX / 2] * 2, abs=3.0)
    assert sharp.sharp
    assert not preview.sharp


def test_a_part_that_is_not_there_has_no_place(part: tuple[Path, UUID]) -> None:
    with JournalReader(part[0]) as journal:
        assert read_place(journal, uuid4()) is None


def test_one_giant_does_not_make_dots_of_the_others(part: tuple[Path, UUID]) -> None:
    with JournalReader(part[0]) as journal:
        place = read_place(journal, part[1])
    assert place is not None
    small = [replace(place, shape=Box(0, 0, 100, 20)) for _ in range(5)]
    giant = replace(place, shape=Box(0, 0, 5000, 20))
    assert common_side_px([*small, giant]) == pytest.approx(4 * 100 * (1 + MARGIN))
    assert common_side_px([replace(place, shape=Keypoint(5, 5))]) == LEAST_PX
    assert common_side_px([replace(place, shape=None)]) == 2 * LEAST_PX


def test_everybody_who_said_something_has_an_opinion(part: tuple[Path, UUID]) -> None:
    data, uid = part
    with JournalReader(data) as journal:
        record = journal.part(uid)
        assert record is not None
        annotations = journal.annotations(uid)
    words = (Word("Vera", NOW + timedelta(hours=1), Outcome.REJECT, VerdictKind.NG, ()),)
    found = opinions_of(record, annotations, record.inspection.views[0], words)
    assert [each.who for each in found] == ["", "Otto", "Mara", "Vera"]
    model, otto, mara, vera = found
    assert model.is_model
    assert [each.class_name for each in model.outlined or ()] == ["anomaly", "anomaly"]
    assert (otto.verdict, otto.outlined) == (VerdictKind.OK, None)
    assert (mara.verdict, len(mara.outlined or ())) == (None, 2)
    assert (vera.verdict, vera.time) == (VerdictKind.NG, NOW + timedelta(hours=1))
    assert first_pair(found) == (2, 3)
    assert first_pair(found[:2]) == (0, 1)
    assert first_pair(found[:1]) == (0, 0)
    assert agreement(model, mara) == Agreement(same=1, other_class=0, only_first=1, only_second=1)


def opinion(*outlined: Outlined) -> Opinion:
    return Opinion("somebody", NOW, None, outlined)


def test_outlines_are_matched_by_what_they_share_and_each_once() -> None:
    dent, other = Outlined("dent", Box(0, 0, 10, 10)), Outlined("stain", Box(0, 0, 10, 10))
    near, far = Outlined("dent", Box(1, 0, 11, 10)), Outlined("dent", Box(8, 0, 18, 10))
    line = Outlined("crack", Polyline(frozen_points([[0, 50], [100, 50]])))
    point = Outlined("pit", Keypoint(200.0, 200.0))
    assert agreement(opinion(dent), opinion(near)) == Agreement(1, 0, 0, 0)
    assert agreement(opinion(dent), opinion(far)) == Agreement(0, 0, 1, 1)
    assert agreement(opinion(dent), opinion(other)) == Agreement(0, 1, 0, 0)
    assert agreement(opinion(dent, dent), opinion(near)) == Agreement(1, 0, 1, 0)
    assert agreement(opinion(dent), opinion(near, dent)) == Agreement(1, 0, 0, 1)
    assert agreement(opinion(line, point), opinion(point, line)) == Agreement(2, 0, 0, 0)
    assert agreement(opinion(), opinion()) == Agreement(0, 0, 0, 0)


def item(verdict: VerdictKind) -> QueueItem:
    why, first = (Why.NG,), Stage.FIRST
    return QueueItem(uuid4(), "", 7, NOW, "plate", verdict, Author.RULES, "", why, 1, first, "dent", 0.5)


@pytest.mark.parametrize(
    ("verdict", "a", "r", "outcomes"),
    [
        (VerdictKind.NG, "NG", "OK", (Outcome.ACCEPT, Outcome.REJECT)),
        (VerdictKind.OK, "OK", "NG", (Outcome.ACCEPT, Outcome.REJECT)),
        (VerdictKind.NOT_DECIDABLE, "OK", "NG", (Outcome.REJECT, Outcome.REJECT)),
    ],
)
def test_what_a_and_r_mean(verdict: VerdictKind, a: Given, r: Given, outcomes: tuple[Outcome, Outcome]) -> None:
    judged = item(verdict)
    assert (accepted(judged), rejected(judged)) == (a, r)
    assert tuple(saying(judged, given).outcome for given in (a, r)) == outcomes
    assert to_rework(judged, Reason.LOOSE).verdict is None


def test_the_engines_answer_is_kept_with_a_word() -> None:
    said = saying(item(VerdictKind.NG), "NG").with_result({"stage": "second", "passed_already": True})
    assert (said.stage, said.fetch) == (Stage.SECOND, True)
