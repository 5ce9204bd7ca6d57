"""Files that are wrong on purpose: refused, with the file and the place named."""

import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from labelled import item, read, write
from PIL import Image

from labeling.dataset import FormatError
from labeling.formats.coco import packed
from labeling.shapes import Box, Polygon, frozen_points

SHAPES = (Box(9.5, 19.5, 49.5, 59.5), Polygon(frozen_points([[60, 20], [90, 20.5], [70, 60]])))
FILES = {
    "coco": "annotations/instances_train.json",
    "yolo": "labels/train/part-1.txt",
    "yolo-seg": "labels/train/part-1.txt",
    "yolo-obb": "labels/train/part-1.txt",
    "yolo-pose": "labels/train/part-1.txt",
    "voc": "Annotations/part-1.xml",
    "cvat": "annotations.xml",
    "labelstudio": "tasks.json",
    "labelme": "train/part-1.json",
    "jsonl": "parts.jsonl",
}
JSON = [form for form, path in FILES.items() if path.endswith((".json", ".jsonl"))]
XML = [form for form, path in FILES.items() if path.endswith(".xml")]


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str], Path]:
    def make(form: str) -> Path:
        write(form, [item(*SHAPES)], tmp_path)
        return tmp_path / FILES[form]

    return make


def _refused(form: str, root: Path, *words: str) -> None:
    with pytest.raises(FormatError) as caught:
        read(form, root)
    assert all(word in str(caught.value) for word in words), caught.value


@pytest.mark.parametrize("form", FILES)
def test_rubbish_is_refused_by_name(form: str, written: Callable[[str], Path], tmp_path: Path) -> None:
    path = written(form)
    path.write_bytes(b"\x00\xff\xfe rubbish {[<")
    _refused(form, tmp_path, path.name)


@pytest.mark.parametrize("form", FILES)
def test_an_empty_folder_is_refused(form: str, tmp_path: Path) -> None:
    _refused(form, tmp_path, str(tmp_path))


@pytest.mark.parametrize("form", JSON)
@pytest.mark.parametrize("word", ["NaN", "Infinity", "1e999", "-1e12"])
def test_numbers_that_are_none_are_refused(
    form: str, word: str, written: Callable[[str], Path], tmp_path: Path
) -> None:
    path = written(form)
    text = path.read_text()
    for known in ("59.5", "60.0", "60.5", "3.125"):
        text = text.replace(known, word)
    path.write_text(text)
    _refused(form, tmp_path, path.name)


@pytest.mark.parametrize("form", JSON)
def test_nesting_without_end_is_refused(form: str, written: Callable[[str], Path], tmp_path: Path) -> None:
    path = written(form)
    path.write_text("[" * 200_000)
    _refused(form, tmp_path, path.name)


@pytest.mark.parametrize("form", XML)
def test_entities_are_refused(form: str, written: Callable[[str], Path], tmp_path: Path) -> None:
    path = written(form)
    bomb = '<?xml version="1.0"?>\n<!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;">]>\n<annotations>&c;</annotations>'
    path.write_text(bomb)
    _refused(form, tmp_path, f"{path.name}:2", "document type")


@pytest.mark.parametrize("form", XML)
def test_deep_xml_is_refused(form: str, written: Callable[[str], Path], tmp_path: Path) -> None:
    path = written(form)
    path.write_text("<annotations>\n" + "<a>" * 100_000)
    _refused(form, tmp_path, f"{path.name}:2", "deep")


@pytest.mark.parametrize(
    ("form", "old", "new"),
    [
        ("coco", '"part-1.png"', '"../../../etc/passwd"'),
        ("cvat", 'name="part-1.png"', 'name="/etc/passwd"'),
        ("labelstudio", '"images/part-1.png"', '"../../etc/passwd"'),
        ("labelme", '"part-1.png"', '"../../etc/passwd"'),
    ],
)
def test_names_that_lead_out_are_refused(
    form: str, old: str, new: str, written: Callable[[str], Path], tmp_path: Path
) -> None:
    path = written(form)
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))
    _refused(form, tmp_path, "leads out of the folder")


@pytest.mark.parametrize("form", ["yolo", "labelme", "voc"])
def test_links_that_lead_out_or_round_are_refused(form: str, written: Callable[[str], Path], tmp_path: Path) -> None:
    folder = written(form).parent
    aside = tmp_path.with_name(f"{tmp_path.name}-aside")
    folder.rename(aside)
    folder.symlink_to(aside)
    _refused(form, tmp_path, "leads out of the folder")
    folder.unlink()
    folder.symlink_to(folder)
    _refused(form, tmp_path)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("0 0.5 0.5 nan 0.1", "finite"),
        ("0 0.5 0.5 inf 0.1", "finite"),
        ("7 0.5 0.5 0.1 0.1", "class 7"),
        ("0.5 0.5 0.5 0.1 0.1", "class 0.5"),
        ("0 0.5 0.5 0.1", "4 numbers"),
        ("0 0.5 0.5 0 0.1", "left < right"),
        ("0 50 50 10 10", "share"),
        ("0 a b c d", "float"),
    ],
)
def test_rows_of_yolo_are_looked_at(row: str, words: str, written: Callable[[str], Path], tmp_path: Path) -> None:
    path = written("yolo")
    path.write_text(f"0 0.5 0.5 0.1 0.1\n{row}\n")
    _refused("yolo", tmp_path, f"{path}:2", words)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda c: c["annotations"][0].update(image_id=99), "image_id 99 names nothing"),
        (lambda c: c["annotations"][0].update(category_id=0), "category_id 0 names nothing"),
        (lambda c: c["annotations"].append(c["annotations"][0]), "id 1 is there twice"),
        (lambda c: c["images"].append(c["images"][0]), "id 1 is there twice"),
        (lambda c: c["annotations"][1].update(segmentation=[[1, 2, 3, 4]]), "4 numbers"),
        (lambda c: c["annotations"][1].update(segmentation={"size": [320, 240], "counts": "0"}), "height, width"),
        (lambda c: c["annotations"][1].update(segmentation={"size": [240, 320], "counts": "é"}), "compressed runs"),
        (lambda c: c["annotations"][1].update(segmentation={"size": [240, 320], "counts": [5, 5]}), "76800 pixels"),
        (lambda c: c["annotations"][1].pop("bbox"), "bbox is missing"),
        (lambda c: c["images"][0].update(width=-3), "width"),
        (lambda c: c.pop("images"), "images is no list"),
    ],
)
def test_coco_is_looked_at(
    change: Callable[[dict[str, list[dict[str, object]]]], None],
    words: str,
    written: Callable[[str], Path],
    tmp_path: Path,
) -> None:
    path = written("coco")
    content = json.loads(path.read_text())
    change(content)
    path.write_text(json.dumps(content))
    _refused("coco", tmp_path, str(path), words)


def test_masks_of_another_size_are_not_decoded(written: Callable[[str], Path], tmp_path: Path) -> None:
    written("voc")
    mask = tmp_path / "SegmentationObject/part-1.png"
    Image.fromarray(np.zeros((9_000, 9_000), np.uint8)).save(mask)
    _refused("voc", tmp_path, str(mask), "(9000, 9000)")


def test_runs_of_cvat_are_looked_at(written: Callable[[str], Path], tmp_path: Path) -> None:
    path = written("cvat")
    mask = '<mask label="a" rle="5, 99999999" left="0" top="0" width="10" height="10"></mask></image>'
    path.write_text(path.read_text().replace("</image>", mask))
    _refused("cvat", tmp_path, str(path), "100 pixels")
    path.write_text(path.read_text().replace('width="10"', 'width="99999"'))
    _refused("cvat", tmp_path, "a mask of 99999 x 10")


def test_a_mask_larger_than_any_picture_is_not_made(written: Callable[[str], Path], tmp_path: Path) -> None:
    path = written("coco")
    content = json.loads(path.read_text())
    content["images"][0].update(width=10**9, height=10**9)
    content["annotations"][1]["segmentation"] = {"size": [10**9, 10**9], "counts": packed([10**18])}
    path.write_text(json.dumps(content))
    _refused("coco", tmp_path, "no picture has more")


def _places(value: Any) -> list[tuple[Any, Any]]:
    """Return every container in a JSON value with each of its keys."""
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    return [place for key in keys for place in [(value, key), *_places(value[key])]]


_STRANGE = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**30), 10**30),
    st.text(max_size=5),
    st.just([]),
    st.just({}),
    st.just([[]]),
)


@pytest.mark.parametrize("form", ["coco", "labelstudio", "labelme", "jsonl"])
@settings(max_examples=100)
@given(data=st.data())
def test_whatever_stands_in_a_place_it_is_read_or_refused(form: str, data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        write(form, [item(*SHAPES, tags=("dirty",))], Path(folder))
        path = Path(folder) / FILES[form]
        content = json.loads(path.read_text())
        container, key = data.draw(st.sampled_from(_places(content)))
        container[key] = data.draw(_STRANGE)
        path.write_text(json.dumps(content))
        with suppress(FormatError):
            read(form, Path(folder))


@pytest.mark.parametrize("form", ["yolo", "yolo-seg", "yolo-obb", "yolo-pose", "voc", "cvat"])
@settings(max_examples=60)
@given(data=st.data())
def test_whatever_text_stands_somewhere_it_is_read_or_refused(form: str, data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        write(form, [item(*SHAPES[: 1 if form == "yolo-obb" else 2])], Path(folder))
        path = Path(folder) / FILES[form]
        content = path.read_text()
        start = data.draw(st.integers(0, len(content)))
        stop = data.draw(st.integers(start, min(start + 12, len(content))))
        path.write_text(content[:start] + data.draw(st.text('<>/"=0129.-e naif\n', max_size=6)) + content[stop:])
        with suppress(FormatError):
            read(form, Path(folder))
