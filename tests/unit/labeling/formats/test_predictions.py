"""What trainers' tools write of a model's finds: read back to the shapes that went in, or refused with the place named."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from labelled import CLASSES, SIZE, item, write

from labeling.annotation import Source
from labeling.dataset import FormatError, Notes
from labeling.formats.predictions import model_of, read_coco, read_yolo
from labeling.shapes import Box, Polygon, RotatedBox, Shape, frozen_points

AREA = Polygon(frozen_points([[60, 20], [90, 20.5], [70, 60]]))
HOLED = Polygon(
    frozen_points([[10, 10], [60, 10], [60, 60], [10, 60]]), (frozen_points([[20, 20], [40, 20], [40, 40]]),)
)


@pytest.mark.parametrize(
    ("kind", "shapes"),
    [
        ("yolo", (Box(9.5, 19.5, 49.5, 59.5),)),
        ("yolo-seg", (AREA, HOLED)),
        ("yolo-obb", (RotatedBox(100, 70, 30, 12, 30),)),
    ],
)
def test_rows_with_a_score_are_the_shapes_that_were_written(
    kind: str, shapes: tuple[Shape, ...], tmp_path: Path
) -> None:
    write(kind, [item(*shapes)], tmp_path)
    path = tmp_path / "labels/train/part-1.txt"
    path.write_text("".join(f"{line} 0.{number}25\n" for number, line in enumerate(path.read_text().splitlines(), 1)))
    (found,) = read_yolo(tmp_path, kind, lambda _: SIZE)
    assert [label.score for label in found.labels] == [0.125, 0.225][: len(shapes)]
    assert {label.source for label in found.labels} == {Source.MODEL}
    for label, shape in zip(found.labels, shapes, strict=True):
        assert label.shape.bounds == pytest.approx(shape.bounds, abs=0.01)
    assert [label.class_name for label in found.labels] == list(CLASSES[: len(shapes)])


def _results(root: Path, *shapes: Shape) -> tuple[Path, Path]:
    """Return results that say of each label what the annotations say, and those annotations."""
    write("coco", [item(*shapes)], root)
    against = root / "annotations/instances_train.json"
    rows = [{**row, "score": 0.5} for row in json.loads(against.read_text())["annotations"]]
    for row in rows:
        del row["id"]
        if isinstance(row["segmentation"], dict):
            del row["bbox"]  # as results of masks have it
    (root / "results.json").write_text(json.dumps(rows))
    return root / "results.json", against


def test_results_of_boxes_areas_and_masks(tmp_path: Path) -> None:
    (found,) = read_coco(*_results(tmp_path, Box(9.5, 19.5, 49.5, 59.5), AREA, HOLED), Notes())
    box, area, holed = (label.shape for label in found.labels)
    assert (found.name, found.size) == ("part-1", SIZE)
    assert isinstance(box, Box)
    assert isinstance(area, Polygon)
    assert area.area_px == pytest.approx(AREA.area_px)
    assert isinstance(holed, Polygon)
    assert len(holed.holes) == 1
    assert {label.source for label in found.labels} == {Source.MODEL}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda path: path.write_text("{}"), "must be a list"),
        (lambda path: path.write_text("[[[["), "no JSON"),
        (lambda path: path.write_text("[" * 100_000), "nested too deeply|no JSON"),
        (
            lambda path: path.write_text('[{"image_id": 1, "category_id": 9, "bbox": [1,1,2,2], "score": 1}]'),
            "category_id 9",
        ),
        (lambda path: path.write_text('[{"image_id": 1, "category_id": 1, "score": 1}]'), "bbox is missing"),
        (
            lambda path: path.write_text('[{"image_id": 1, "category_id": 1, "bbox": [1,1,1e300,2], "score": 1}]'),
            "number",
        ),
        (lambda path: path.write_text("[7]"), r"\[0\]: "),
        (lambda path: path.unlink(), "cannot read it"),
    ],
)
def test_results_that_are_none_are_refused(change: Callable[[Path], object], words: str, tmp_path: Path) -> None:
    results, against = _results(tmp_path, AREA)
    change(results)
    with pytest.raises(FormatError, match=words) as caught:
        list(read_coco(results, against, Notes()))
    assert "results.json" in str(caught.value)


def test_a_name_that_leads_out_of_the_folder_leads_nowhere(tmp_path: Path) -> None:
    results, against = _results(tmp_path, AREA)
    content = json.loads(against.read_text())
    content["images"][0]["file_name"] = "../../etc/passwd"
    against.write_text(json.dumps(content))
    (found,) = read_coco(results, against, Notes())
    assert found.name == "passwd", "a name in the store, never a file"


@pytest.mark.parametrize("text", ["sharp", "@1", "sharp@", "sh/arp@1", "a b@1", "x@" + "1" * 80])
def test_a_model_has_a_name_and_a_version(text: str) -> None:
    assert model_of("sharp-2@7") == ("sharp-2", "7")
    with pytest.raises(FormatError, match="NAME@VERSION"):
        model_of(text)
