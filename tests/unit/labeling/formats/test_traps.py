"""The known traps of each format, one by one."""

import csv
import hashlib
import json
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from labelled import CLASSES, HEIGHT, SIZE, WIDTH, item, label, read, write
from PIL import Image

from labeling.dataset import FormatError, file_name
from labeling.formats.coco import packed, unpacked
from labeling.formats.tables import plain
from labeling.shapes import Box, Keypoint, Polygon, Polyline, RotatedBox, frozen_points

SQUARE = Polygon(
    frozen_points([[9.5, 19.5], [49.5, 19.5], [49.5, 59.5], [9.5, 59.5]]),
    (frozen_points([[19.5, 29.5], [29.5, 29.5], [29.5, 39.5], [19.5, 39.5]]),),
)
TRIANGLE = Polygon(frozen_points([[10.25, 20], [50, 20.5], [30, 60]]))
BOX = Box(9.5, 19.5, 49.5, 59.5)
"""Pixels 10 to 49 and 20 to 59: counted from the corner of the picture, 10 to 50 and 20 to 60."""
LINE = Polyline(frozen_points([[1, 1], [50, 60]]))
POINT = Keypoint(30, 40)


def _json(path: Path) -> dict[str, object]:
    return json.loads(path.read_text())


# COCO


def test_coco_ids_begin_at_one_and_the_corner_is_zero(tmp_path: Path) -> None:
    write("coco", [item(BOX, split="val")], tmp_path)
    content = _json(tmp_path / "annotations/instances_val.json")
    assert [row["id"] for key in ("images", "annotations", "categories") for row in content[key]] == [1, 1, 1, 2, 3]
    (annotation,) = content["annotations"]
    assert annotation["bbox"] == [10, 20, 40, 40]
    assert annotation["segmentation"] == [[10, 20, 50, 20, 50, 60, 10, 60]]
    assert annotation["area"] == 1600
    assert (tmp_path / "images/val/part-1.png").exists()


def test_coco_holes_are_runs_by_column_with_height_first(tmp_path: Path) -> None:
    write("coco", [item(SQUARE)], tmp_path)
    (annotation,) = _json(tmp_path / "annotations/instances_train.json")["annotations"]
    segmentation = annotation["segmentation"]
    assert segmentation["size"] == [HEIGHT, WIDTH]
    runs = unpacked(segmentation["counts"], WIDTH * HEIGHT)
    assert sum(runs) == WIDTH * HEIGHT
    assert runs[:3] == [10 * HEIGHT + 20, 40, HEIGHT - 40]
    assert annotation["area"] == 1600 - 100
    assert annotation["iscrowd"] == 0


def test_coco_lines_and_points_are_named(tmp_path: Path) -> None:
    notes = write("coco", [item(LINE, POINT)], tmp_path)
    assert notes.lines() == ("2 x a line or point left out: instances are areas",)
    assert _json(tmp_path / "annotations/instances_train.json")["annotations"] == []


@given(st.lists(st.integers(0, 2**31), max_size=50))
def test_coco_runs_are_packed_without_loss(runs: list[int]) -> None:
    assert unpacked(packed(runs), len(runs)) == runs


def test_coco_object_of_several_pieces_becomes_several_labels(tmp_path: Path) -> None:
    write("coco", [item(TRIANGLE)], tmp_path)
    path = tmp_path / "annotations/instances_train.json"
    content = _json(path)
    content["annotations"][0]["segmentation"].append([100, 100, 120, 100, 120, 120])
    path.write_text(json.dumps(content))
    assert len(read("coco", tmp_path)[0].labels) == 2


# YOLO


def test_yolo_classes_are_numbered_from_zero_in_one_order(tmp_path: Path) -> None:
    write("yolo", [item(BOX), item(name="part-2", split="val")], tmp_path)
    assert (tmp_path / "data.yaml").read_text().splitlines()[:5] == [
        "path: .",
        "train: images/train",
        "val: images/val",
        "nc: 3",
        "names:",
    ]
    assert (tmp_path / "labels/train/part-1.txt").read_text() == (
        f"0 {30 / WIDTH:.8f} {40 / HEIGHT:.8f} {40 / WIDTH:.8f} {40 / HEIGHT:.8f}\n"
    )
    assert (tmp_path / "labels/val/part-2.txt").read_text() == ""


def test_yolo_segments_never_mix_boxes_with_polygons(tmp_path: Path) -> None:
    write("yolo-seg", [item(BOX, TRIANGLE, SQUARE, RotatedBox(50, 50, 20, 10, 30))], tmp_path)
    rows = [line.split() for line in (tmp_path / "labels/train/part-1.txt").read_text().splitlines()]
    assert [len(row) for row in rows] == [1 + 8, 1 + 6, 1 + 2 * (4 + 4 + 2), 1 + 8]
    assert all(0 <= float(value) <= 1 for row in rows for value in row[1:])


def test_yolo_pose_names_its_points(tmp_path: Path) -> None:
    write("yolo-pose", [item(POINT, BOX)], tmp_path)
    assert "kpt_shape: [1, 3]\n" in (tmp_path / "data.yaml").read_text()
    first, second = (tmp_path / "labels/train/part-1.txt").read_text().splitlines()
    assert first.split()[-1] == "2.00000000"
    assert second.split()[-3:] == ["0.00000000"] * 3


def test_yolo_cuts_at_the_edge_and_says_so(tmp_path: Path) -> None:
    notes = write("yolo", [item(Box(-20, 10, 30, 40), split="train")], tmp_path)
    assert "1 x a shape that reaches beyond its picture cut at the edge" in notes.lines()
    assert read("yolo", tmp_path)[0].labels[0].shape.bounds == pytest.approx((-0.5, 10, 30, 40), abs=1e-4)


def test_yolo_reads_other_ways_to_name_classes(tmp_path: Path) -> None:
    write("yolo", [item(BOX)], tmp_path)
    for names in ("names: [a, 'b', \"c\"]", "names:\n  - a\n  - b\n  - c", "names:\n  1: b\n  0: a\n  2: c"):
        (tmp_path / "data.yaml").write_text(f"train: images/train\n{names}\nnc: 3\n")
        assert read("yolo", tmp_path)[0].labels[0].class_name == "a"


def test_an_empty_split_is_named(tmp_path: Path) -> None:
    assert any("no picture in the split val" in line for line in write("yolo", [item()], tmp_path).lines())


# Pascal VOC


def test_voc_counts_pixels_from_one_both_ends_included(tmp_path: Path) -> None:
    write("voc", [item(BOX, TRIANGLE, split="test")], tmp_path)
    boxes = ET.parse(tmp_path / "Annotations/part-1.xml").findall("object/bndbox")
    assert [side.text for side in boxes[0]] == ["11", "21", "50", "60"]
    assert [side.text for side in boxes[1]] == ["11", "21", "51", "61"]
    assert (tmp_path / "ImageSets/Main/test.txt").read_text() == "part-1\n"
    assert (tmp_path / "ImageSets/Main/train.txt").read_text() == ""


def test_voc_masks_have_the_palette_of_the_devkit(tmp_path: Path) -> None:
    write("voc", [item(TRIANGLE, SQUARE)], tmp_path)
    for folder, values in (("SegmentationClass", {0, 1, 2}), ("SegmentationObject", {0, 1, 2})):
        image = Image.open(tmp_path / folder / "part-1.png")
        assert image.mode == "P"
        assert image.getpalette()[:12] == [0, 0, 0, 128, 0, 0, 0, 128, 0, 128, 128, 0]
        assert image.getpalette()[-3:] == [224, 224, 192]
        assert set(np.unique(np.asarray(image))) == values
        assert np.asarray(image)[34, 24] == 0 or np.asarray(image)[34, 24] == 1  # in the hole of the square


def test_voc_names_the_numbers_of_its_masks(tmp_path: Path) -> None:
    write("voc", [item(TRIANGLE)], tmp_path)
    rows = (tmp_path / "labelmap.txt").read_text().splitlines()
    assert rows[1:3] == ["background:0,0,0::", "burr:128,0,0::"]


# CVAT


def test_cvat_masks_are_runs_by_row_within_their_box(tmp_path: Path) -> None:
    write("cvat", [item(SQUARE)], tmp_path)
    (mask,) = ET.parse(tmp_path / "annotations.xml").iter("mask")
    runs = [int(run) for run in mask.get("rle").split(", ")]
    assert sum(runs) == int(mask.get("width")) * int(mask.get("height"))
    assert sum(runs[1::2]) == 1500


def test_cvat_points_boxes_tags_and_declared_labels(tmp_path: Path) -> None:
    write("cvat", [item(TRIANGLE, BOX, tags=("dirty",))], tmp_path)
    root = ET.parse(tmp_path / "annotations.xml").getroot()
    assert root.findtext("version") == "1.1"
    assert [name.text for name in root.findall("meta/project/labels/label/name")] == list(CLASSES)
    assert next(root.iter("polygon")).get("points") == "10.7500,20.5000;50.5000,21.0000;30.5000,60.5000"
    box = next(root.iter("box"))
    assert [box.get(side) for side in ("xtl", "ytl", "xbr", "ybr")] == ["10.0000", "20.0000", "50.0000", "60.0000"]
    assert next(root.iter("tag")).get("label") == "dirty"


# Label Studio


def test_label_studio_counts_in_percent_and_keeps_people_and_models_apart(tmp_path: Path) -> None:
    proposal = label(TRIANGLE, "burr", 9)
    write(
        "labelstudio", [item(BOX), item(name="part-2", labelled=False, proposals=(proposal,), verdict="NG")], tmp_path
    )
    first, second = json.loads((tmp_path / "tasks.json").read_text())
    (result,) = first["annotations"][0]["result"]
    assert (result["original_width"], result["original_height"]) == SIZE
    value = result["value"]
    assert [value["x"], value["y"]] == pytest.approx([1000 / WIDTH, 2000 / HEIGHT])
    assert [value["width"], value["height"]] == pytest.approx([4000 / WIDTH, 4000 / HEIGHT])
    assert second["annotations"] == []
    assert second["predictions"][0]["result"][0]["type"] == "polygonlabels"
    assert [found.name for found in read("labelstudio", tmp_path)] == ["part-1"]


# labelme


def test_labelme_has_no_picture_in_it_and_counts_from_the_corner(tmp_path: Path) -> None:
    write("labelme", [item(BOX, tags=("dirty",))], tmp_path)
    content = _json(tmp_path / "train/part-1.json")
    assert content["imageData"] is None
    assert content["imagePath"] == "part-1.png"
    assert content["shapes"][0]["points"] == [[10, 20], [50, 60]]
    assert content["flags"] == {"dirty": True}


# MVTec AD and masks


def test_mvtec_has_masks_for_bad_pictures_only(tmp_path: Path) -> None:
    items = [item(), item(name="b", split="test"), item(SQUARE, name="c"), item(LINE, name="d", split="test")]
    notes = write("mvtec", items, tmp_path)
    files = sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.png"))
    assert files == ["ground_truth/burr/c_mask.png", "test/burr/c.png", "test/good/b.png", "train/good/part-1.png"]
    mask = np.asarray(Image.open(tmp_path / files[0]))
    assert set(np.unique(mask)) == {0, 255}
    assert (mask == 255).sum() == 1500
    assert any("nothing but lines" in line for line in notes.lines())
    with pytest.raises(FormatError, match="called good"):
        write("mvtec", [], tmp_path, ("good",))


def test_masks_tell_classes_and_instances_apart(tmp_path: Path) -> None:
    write("masks", [item(TRIANGLE, SQUARE)], tmp_path)
    assert _json(tmp_path / "classes.json") == {"background": 0, CLASSES[0]: 1, CLASSES[1]: 2, CLASSES[2]: 3}
    instances = np.asarray(Image.open(tmp_path / "masks/train/part-1_instance.png"))
    assert set(np.unique(instances)) == {0, 1, 2}
    assert (instances == 2).sum() == 1500


def test_a_hairline_is_no_background(tmp_path: Path) -> None:
    hairline = Polygon(frozen_points([[10.2, 20.2], [60.2, 20.2], [60.2, 20.4]]))
    write("masks", [item(hairline)], tmp_path)
    assert np.asarray(Image.open(tmp_path / "masks/train/part-1_class.png")).any()


# CSV


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@sum", "\tx"])
def test_csv_texts_are_no_formulas(text: str) -> None:
    assert plain(text) == f"'{text}"
    assert plain(-1.5) == -1.5


def test_csv_is_rfc_4180_in_utf_8_with_the_zone_of_times(tmp_path: Path) -> None:
    facts = {"part": "u", "time": "2026-03-01T10:00:00+00:00", "author": "=cmd()"}
    write("csv", [item(SQUARE, LINE, facts=facts, tags=('say "so", twice',))], tmp_path)
    raw = (tmp_path / "parts.csv").read_bytes()
    assert raw.count(b"\r\n") == 2
    assert b"'=cmd()" in raw
    (row,) = csv.DictReader((tmp_path / "parts.csv").read_text("utf-8").splitlines())
    assert row["time"].endswith("+00:00")
    assert row["tags"] == 'say "so", twice'
    first, second = csv.DictReader((tmp_path / "defects.csv").read_text("utf-8").splitlines())
    assert float(first["area_px"]) == 1500
    assert json.loads(second["shape"])["kind"] == "polyline"


def test_croissant_has_the_hash_of_what_it_describes(tmp_path: Path) -> None:
    write("croissant", [item(BOX)], tmp_path)
    lines, pictures = _json(tmp_path / "croissant.json")["distribution"]
    assert lines["sha256"] == hashlib.sha256((tmp_path / lines["contentUrl"]).read_bytes()).hexdigest()
    assert list(tmp_path.glob(pictures["includes"]))


def test_names_of_files_lead_nowhere() -> None:
    assert file_name("../../etc/pass wd") == "_.._etc_pass_wd"
    assert file_name("..") == "_"
