"""What is written and read again is the same, in every format that can be read."""

from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from labelled import (
    CLASSES,
    PNG,
    SIZE,
    boxes,
    close,
    item,
    keypoints,
    polygons,
    polylines,
    read,
    rotated_boxes,
    same_mask,
    write,
)

from labeling.annotation import Label
from labeling.dataset import Item
from labeling.formats.registry import FORMATS
from labeling.shapes import Polygon, Shape

EXACT = {
    "coco": [polygons(holes=False), boxes()],
    "yolo": [boxes()],
    "yolo-seg": [polygons()],
    "yolo-obb": [rotated_boxes()],
    "yolo-pose": [boxes(), keypoints()],
    "cvat": [polygons(holes=False), boxes(), rotated_boxes(), polylines(), keypoints()],
    "labelstudio": [polygons(), boxes(), rotated_boxes(), keypoints()],
    "labelme": [polygons(), boxes(), polylines(), keypoints()],
    "jsonl": [polygons(), boxes(), rotated_boxes(), polylines(), keypoints()],
    "voc": [boxes(whole=True)],
}
HOLES_AS_MASKS = ("coco", "cvat", "voc")
TAGS = ("coco", "cvat", "labelstudio", "labelme", "jsonl")
SAYS_SIZE = ("coco", "voc", "cvat", "labelme", "jsonl")


def test_every_format_that_can_be_read_is_here() -> None:
    assert set(EXACT) == {name for name, form in FORMATS.items() if form.read}


@pytest.mark.parametrize("form", EXACT)
@settings(max_examples=40)
@given(data=st.data())
def test_what_a_format_can_say_comes_back(form: str, data: st.DataObject) -> None:
    most = 1 if form == "voc" else 4  # objects of that format hide each other
    shapes = data.draw(st.lists(st.one_of(EXACT[form]), max_size=most))
    split = data.draw(st.sampled_from(["train", "val", "test"]))
    with TemporaryDirectory() as folder:
        write(form, [item(*shapes, split=split), item(name="part-2")], Path(folder))
        found = {each.name: each for each in read(form, Path(folder))}
    assert set(found) == {"part-1", "part-2"}
    assert found["part-1"].split in ({split, ""} if form != "labelme" else {split})
    assert not found["part-2"].labels
    back = found["part-1"].labels
    assert [each.class_name for each in back] == [CLASSES[index % 3] for index in range(len(shapes))]
    assert all(close(one, other.shape) for one, other in zip(shapes, back, strict=True)), (shapes, back)
    assert len({each.uid for each in back}) == len(back)


@pytest.mark.parametrize("form", HOLES_AS_MASKS)
@settings(max_examples=30)
@given(shape=polygons())
def test_areas_come_back_to_the_pixel_where_a_format_has_masks(form: str, shape: Polygon) -> None:
    with TemporaryDirectory() as folder:
        notes = write(form, [item(shape)], Path(folder))
        (found,) = read(form, Path(folder))
    assert len(found.labels) == 1
    assert same_mask(shape, found.labels[0].shape)
    if shape.holes:
        assert notes.lines()


@settings(max_examples=20)
@given(shape=st.one_of(polygons(), boxes(), rotated_boxes(), polylines(), keypoints()), score=st.floats(0, 1))
def test_json_lines_round_nothing(shape: Shape, score: float) -> None:
    known = Label(UUID(int=7), "pit", shape, score=score)
    with TemporaryDirectory() as folder:
        write("jsonl", [Item("p", SIZE, (known,), ("dirty",))], Path(folder))
        (found,) = read("jsonl", Path(folder))
    assert found.labels[0].uid == known.uid
    assert found.labels[0].score == score
    assert close(found.labels[0].shape, shape, 0.0)


@pytest.mark.parametrize("form", TAGS)
def test_tags_of_a_picture_come_back(form: str, tmp_path: Path) -> None:
    write(form, [item(tags=("dirty", "blurred & bent"))], tmp_path)
    (found,) = read(form, tmp_path)
    assert found.tags == ("dirty", "blurred & bent")


@pytest.mark.parametrize("form", [name for name in EXACT if name not in TAGS])
def test_tags_that_do_not_fit_are_named(form: str, tmp_path: Path) -> None:
    assert "1 x a tag of a whole picture left out" in write(form, [item(tags=("dirty",))], tmp_path).lines()


@pytest.mark.parametrize("form", SAYS_SIZE)
def test_a_format_that_knows_the_size_says_it(form: str, tmp_path: Path) -> None:
    write(form, [item()], tmp_path)
    assert read(form, tmp_path, None)[0].size == SIZE


@pytest.mark.parametrize("form", FORMATS)
def test_pictures_are_written_as_they_are_given(form: str, tmp_path: Path) -> None:
    write(form, [item(), item(name="part-2", split="test")], tmp_path)
    pictures = [path for path in tmp_path.rglob("part-*.png") if "mask" not in str(path) and "Segm" not in str(path)]
    assert sorted(path.name for path in pictures) == ["part-1.png", "part-2.png"]
    assert all(path.read_bytes() == PNG for path in pictures)


@pytest.mark.parametrize("form", FORMATS)
def test_no_pictures_where_none_are_wanted(form: str, tmp_path: Path) -> None:
    write(form, [item(picture=None)], tmp_path)
    assert [path for path in tmp_path.rglob("part-1.png") if "Segm" not in str(path)] == []
