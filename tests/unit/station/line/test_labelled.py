"""Which labelled pictures the journal has of a view, on a real journal."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import numpy as np
import pytest
from labelled_parts import START, Line, texture, write_station

from labeling.annotation import Annotation, Label
from labeling.shapes import Box
from station.config import load_station
from station.journal.reader import JournalReader
from station.line.inspection import Author, VerdictKind
from station.line.labelled import (
    CONTRADICTING,
    NOT_OUTLINED,
    OTHER_VIEW,
    TWICE,
    LabelledPictures,
    labelled_pictures,
    load_pictures,
)
from station.line.recipe import load_active_recipe


@pytest.fixture
def line(tmp_path: Path) -> Iterator[Line]:
    line = Line(tmp_path)
    yield line
    line.close()


def found(
    folder: Path, view: str = "top", views: tuple[str, ...] = ("top",), after_s: float | None = None
) -> LabelledPictures:
    recipe = load_active_recipe(load_station(write_station(folder, views)))
    since = None if after_s is None else START + timedelta(seconds=after_s)
    with JournalReader(folder) as journal:
        return labelled_pictures(journal, recipe, recipe.view(view), since=since)


def outline(line: Line, uid: UUID, view: str) -> Annotation:
    label = Label(uuid4(), "scratch", Box(10.0, 10.0, 30.0, 30.0))
    annotation = Annotation(uuid4(), None, "Mara", line.now, (160, 128), (label,))
    line.journal.annotate(uid, view, None, annotation)
    return annotation


def test_what_people_decided_and_what_was_taught_newest_first(line: Line, tmp_path: Path) -> None:
    line.teach(1)
    first, second = line.good(2, serial="S2"), line.bad(3)
    line.part(texture(4))  # nobody has said anything of it
    pictures = found(tmp_path)
    assert [(one.sample.part_uid, one.sample.label, one.part_key) for one in pictures.pictures] == [
        (second, "NG", f"part {second}"),
        (first, "OK", "serial S2"),
        (None, "OK", f"picture {pictures.pictures[2].sample.image.sha256}"),
    ]
    assert (pictures.counts, pictures.left_out) == ({"OK": 2, "NG": 1}, {})
    assert [one.sample.part_uid for one in pictures.of(good=True, most=1)] == [first]


def test_a_label_given_anew_takes_the_place_of_the_one_before(line: Line, tmp_path: Path) -> None:
    uid = line.good(1)
    line.decide(uid, VerdictKind.NG, "Quinn", Author.QA)
    assert found(tmp_path).counts == {"NG": 1}


def test_only_labels_since_a_time(line: Line, tmp_path: Path) -> None:
    line.good(1)
    second = line.good(2)
    assert [one.sample.part_uid for one in found(tmp_path, after_s=15).pictures] == [second]


def test_a_picture_labelled_both_ways_or_twice_is_left_out(line: Line, tmp_path: Path) -> None:
    for _ in range(2):
        line.teach(1)
    line.teach(2)
    line.decide(line.part(texture(2)), VerdictKind.NG)
    pictures = found(tmp_path)
    assert len(pictures.pictures) == 1
    assert pictures.left_out == {TWICE: 1, CONTRADICTING: 2}


def test_of_several_views_a_bad_part_counts_where_it_is_outlined(line: Line, tmp_path: Path) -> None:
    views = ("top", "side")
    good = line.part(texture(1), texture(2), views=views)
    line.decide(good, VerdictKind.OK)
    bad = line.part(texture(3, bad=True), texture(4), views=views)
    line.decide(bad, VerdictKind.NG)
    line.teach(5)
    annotation = outline(line, bad, "top")
    top, side = (found(tmp_path, view, views) for view in views)
    assert [(one.sample.part_uid, one.annotation) for one in top.pictures] == [(bad, annotation.uid), (good, None)]
    assert top.left_out == {OTHER_VIEW: 1}
    assert [one.sample.part_uid for one in side.pictures] == [good]
    assert side.left_out == {OTHER_VIEW: 1, NOT_OUTLINED: 1}


def test_pictures_come_as_they_were_taken(line: Line, tmp_path: Path) -> None:
    line.good(1)
    line.bad(2)
    pictures = found(tmp_path).pictures
    with JournalReader(tmp_path) as journal:
        newest, oldest = load_pictures(journal, pictures)
    np.testing.assert_array_equal(newest, texture(2, bad=True))
    np.testing.assert_array_equal(oldest, texture(1))
