from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import numpy as np
import pytest
from desk_of_parts import PIT, Station, draw_part, scratch_outline
from overruled import overrule

from labeling.annotation import Annotation, Label
from labeling.shapes import Box, Keypoint, Shape
from station.journal.reader import JournalReader
from station.line.inspection import Author, Verdict, VerdictKind
from station.ui.operator.class_counts import count_classes
from station.ui.operator.compare import find_golden
from station.ui.operator.defect_crops import CROP_PX, cut, read_crops
from station.ui.operator.golden import Chosen, Fit, GoldenChoices

NOW = datetime.now(UTC)
AROUND_PIT = Box(PIT[0] - 30, PIT[1] - 30, PIT[0] + 30, PIT[1] + 30)


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    station = Station(tmp_path / "data", tmp_path / "audit.key")
    yield station
    station.close()


@pytest.fixture
def reader(station: Station) -> Iterator[JournalReader]:
    with JournalReader(station.data) as reader:
        yield reader


def decide(station: Station, uid: UUID, kind: VerdictKind) -> None:
    overrule(station.journal, uid, Verdict(kind, Author.OPERATOR, "", NOW, "Mara"))


def outline(station: Station, uid: UUID, name: str, shape: Shape = AROUND_PIT, parent: UUID | None = None) -> UUID:
    annotation = Annotation(uuid4(), parent, "Mara", NOW, (1600, 1200), (Label(uuid4(), name, shape),))
    station.journal.annotate(uid, "top", parent, annotation)
    return annotation.uid


def pages(reader: JournalReader, name: str = "pit", recipe: str = "plate-A") -> list[tuple[str, int]]:
    return [(crop.page.value, crop.part_seq) for crop in read_crops(reader, name, recipe)]


def test_the_pages_of_a_class(station: Station, reader: JournalReader) -> None:
    doubtful, plain, other, good, corrected = (
        station.add_part(kind=kind)
        for kind in (VerdictKind.NOT_DECIDABLE, VerdictKind.NG, VerdictKind.NG, VerdictKind.NG, VerdictKind.NG)
    )
    station.add_part(kind=VerdictKind.NG)  # nobody has looked at it
    for uid, name in ((doubtful, "pit"), (plain, "pit"), (other, "dent")):
        decide(station, uid, VerdictKind.NG)
        outline(station, uid, name)
    decide(station, good, VerdictKind.OK)
    decide(station, corrected, VerdictKind.NG)
    outline(station, corrected, "dent", parent=outline(station, corrected, "pit"))
    assert pages(reader) == [("example", 2), ("counter", 4), ("borderline", 1)]
    assert pages(reader, "dent") == [("example", 5), ("example", 3), ("counter", 4)]
    assert pages(reader, "pit", "bolt") == []
    assert pages(reader, "burr") == [("counter", 4)]  # the model knows no classes: it could have been any


def test_a_page_has_the_newest_and_no_more_than_fit(station: Station, reader: JournalReader) -> None:
    for _ in range(6):
        uid = station.add_part(kind=VerdictKind.NG)
        decide(station, uid, VerdictKind.NG)
        outline(station, uid, "pit")
    assert pages(reader) == [("example", number) for number in (6, 5, 4, 3)]


def test_a_picture_that_cannot_be_read_is_passed_over(station: Station, reader: JournalReader) -> None:
    uid = station.add_part(kind=VerdictKind.NG)
    decide(station, uid, VerdictKind.NG)
    outline(station, uid, "pit")
    record = reader.part(uid)
    assert record is not None
    image = record.inspection.views[0].image
    assert image is not None
    path = station.journal.blobs.path(image.sha256)
    path.chmod(0o644)
    path.write_bytes(b"nonsense")
    assert pages(reader) == []


@pytest.mark.parametrize("colour", [False, True])
@pytest.mark.parametrize("scale", [1.0, 0.5])
def test_a_crop_shows_the_shape_in_its_middle(colour: bool, scale: float) -> None:
    picture = draw_part(1, bad=True)
    if scale != 1.0:
        picture = np.ascontiguousarray(picture[::2, ::2])
    if colour:
        picture = np.dstack([picture] * 3)
    crop = cut(picture, AROUND_PIT, scale)
    assert crop.shape == (CROP_PX, CROP_PX, 3)
    middle, side = CROP_PX // 2, CROP_PX // 10
    grey = crop.mean(axis=2)
    assert grey[middle - side : middle + side, middle - side : middle + side].mean() < 90  # the pit is dark
    assert grey[:10].mean() > 120
    rows, columns = np.nonzero((crop[:, :, 2] > 200) & (crop[:, :, 0] < 90))  # the line's light core
    assert rows.mean() == pytest.approx(middle, abs=3)
    assert columns.mean() == pytest.approx(middle, abs=3)


@pytest.mark.parametrize("shape", [Keypoint(0, 0), Box(-50, -50, -1, -1), scratch_outline(), Box(0, 0, 1599, 1199)])
def test_any_shape_has_a_crop(shape: Shape) -> None:
    assert cut(draw_part(1, bad=True), shape).shape == (CROP_PX, CROP_PX, 3)
    assert cut(np.zeros((1, 1), np.uint8), shape).shape == (CROP_PX, CROP_PX, 3)


def test_the_golden_sample_is_the_engineers_choice_or_the_best_on_record(
    station: Station, reader: JournalReader
) -> None:
    uid = station.add_part()
    key, pixels = (uid, "top"), draw_part(1, bad=True)
    assert find_golden(reader, station.data, key, "plate-A", pixels) is None
    first, second = (station.add_part(bad=False, kind=VerdictKind.OK) for _ in range(2))
    found = find_golden(reader, station.data, key, "plate-A", pixels)
    assert found is not None
    assert (found.part_seq, found.by, found.in_place.fit) == (3, "", Fit.REGISTERED)
    decide(station, first, VerdictKind.OK)
    found = find_golden(reader, station.data, key, "plate-A", pixels)
    assert found is not None
    assert found.part_seq == 2
    GoldenChoices(station.data).choose(Chosen(recipe="plate-A", view="top", uid=second, by="Eva", time=NOW))
    found = find_golden(reader, station.data, key, "plate-A", pixels)
    assert found is not None
    assert (found.part_seq, found.by) == (3, "Eva")
    assert found.in_place.pixels.shape == pixels.shape
    assert find_golden(reader, station.data, (uid, "side"), "plate-A", pixels) is None


def test_classes_are_counted_for_the_day_before_the_shift_and_in_it(station: Station, reader: JournalReader) -> None:
    uid = station.add_part(kind=VerdictKind.NG)
    decide(station, uid, VerdictKind.NG)
    outline(station, uid, "pit")
    summary = reader.summary(uid)
    assert summary is not None
    counts = count_classes(reader, None, summary.time)
    assert counts.so_far == {"pit": 1}
    assert counts.before == {}
    assert counts.shift <= summary.time
