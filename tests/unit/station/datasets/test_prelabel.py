"""A model's predictions as proposals: out of files or of the station's own model, and never a person's word."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from dataset_parts import HEIGHT, SHAPES, WIDTH, annotate, pixels, record, uid

from labeling.annotation import Annotation, Source
from labeling.dataset import FormatError
from labeling.edits import Document
from models.learning.one_class import LearnSettings, learn
from models.shelf import Shelf
from station.journal.errors import RefusedError
from station.journal.reader import JournalReader
from station.journal.records import utc_now
from station.journal.store import Journal
from station.line.inspection import Author, Verdict, VerdictKind

Run = Callable[..., dict[str, Any]]
MODEL = "sharp@7"


def _newest(data: Path, number: int) -> Annotation | None:
    with JournalReader(data) as journal:
        stored = journal.annotations(uid(number))
    return stored[-1].annotation if stored else None


def _yolo(folder: Path, rows: dict[int, str]) -> Path:
    (folder / "labels").mkdir(parents=True)
    (folder / "data.yaml").write_text("names: [scratch, dent]\n")
    for number, text in rows.items():
        (folder / f"labels/{uid(number)}-top.txt").write_text(text)
    return folder


def _coco(run: Run, folder: Path, change: Callable[[list[dict[str, Any]]], None] = lambda _: None) -> tuple[Path, Path]:
    """Export the labels, and write them as though a model had found them; NG part 7 was labelled by nobody."""
    run("export", "--format", "coco", "--out", folder / "truth", "--shares", "1,0,0", "--images", "none")
    against = folder / "truth/annotations/instances_train.json"
    truth = json.loads(against.read_text())
    names = {image["file_name"]: image["id"] for image in truth["images"]}
    rows = [
        {"image_id": names[f"{uid(number)}-top.png"], "category_id": 1, "score": 0.9, "bbox": [10, 10, 20, 30]}
        for number in (0, 1, 4)
    ]
    change(rows)
    (folder / "results.json").write_text(json.dumps(rows))
    return folder / "results.json", against


def test_predictions_of_yolo_are_proposed_and_nobodys_word(run: Run, data: Path, tmp_path: Path) -> None:
    seg = "0 0.1 0.1 0.4 0.1 0.4 0.5 0.83\n1 0.5 0.5 0.2 0.2 0.7\n"
    folder = _yolo(tmp_path / "found", {7: seg, 4: seg, 0: ""})
    tried = run("prelabel", folder, "--format", "yolo-seg", "--model", MODEL, "--dry-run")
    assert _newest(data, 7) is None
    done = run("prelabel", folder, "--format", "yolo-seg", "--model", MODEL)
    assert (tried["proposed"], done["proposed"]) == (1, 1)
    assert done["passed_over"] == {"annotated by a person already": 1, "without a find": 1}
    newest = _newest(data, 7)
    assert newest is not None
    assert (newest.author, newest.proposed, newest.complete) == (f"model:{MODEL}", True, False)
    assert [(label.class_name, label.source, label.score) for label in newest.labels] == [
        ("scratch", Source.MODEL, 0.83),
        ("dent", Source.MODEL, 0.7),
    ]
    assert (Document.of(newest).labels, Document.of(newest).tags) == ((), ())
    with JournalReader(data) as journal:
        summary = journal.summary(uid(7))
        assert summary is not None
        assert summary.labels == 0
        assert uid(7) not in {each.part_uid for each in journal.samples("plate-A")}
    again = run("prelabel", folder, "--format", "yolo-seg", "--model", MODEL)
    assert again["passed_over"]["proposed already"] == 1
    other = run("prelabel", folder, "--format", "yolo-seg", "--model", "sharp@8")
    assert other["proposed"] == 1, "a newer model's word takes the place of an older one's"


def test_results_of_coco_are_of_the_pictures_that_their_numbers_name(run: Run, data: Path, tmp_path: Path) -> None:
    results, against = _coco(run, tmp_path)
    done = run("prelabel", results, "--format", "coco", "--against", against, "--model", MODEL)
    assert (done["author"], done["proposed"]) == (f"model:{MODEL}", 2)
    newest = _newest(data, 0)
    assert newest is not None
    (label,) = newest.labels
    assert label.shape.bounds == (9.5, 9.5, 29.5, 39.5)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda rows: rows[2].update(image_id=99), r"results.json: \[2\]: image_id 99 names nothing"),
        (lambda rows: rows[2].update(score=1.5), r"\[2\]: a score of 1.5"),
        (lambda rows: rows[2].pop("score"), r"\[2\]: score is missing"),
        (lambda rows: rows[2].update(score=float("nan")), "NaN is no number"),
        (lambda rows: rows[1].update(bbox=[10, 10, 5000, 30]), "reaches out of the picture"),
        (lambda rows: rows[1].update(segmentation={"size": [1, 1], "counts": "a"}), "a mask of"),
        (lambda rows: rows.extend(rows[:1] * 1001), "more than 1000 objects"),
    ],
)
def test_one_wrong_result_and_nothing_is_proposed(
    change: Callable[[list[dict[str, Any]]], None], words: str, run: Run, data: Path, tmp_path: Path
) -> None:
    results, against = _coco(run, tmp_path, change)
    with pytest.raises(FormatError, match=words):
        run("prelabel", results, "--format", "coco", "--against", against, "--model", MODEL)
    assert _newest(data, 0) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("0 0.1 0.1 0.4 0.1 0.4 0.5 nan", "top.txt:1: nan is no finite number"),
        ("0 0.1 0.1 0.4 0.1 0.4 0.5 0.9\n0 0.5 0.5 0.2 0.2 3", "top.txt:2: a score of 3"),
        ("7 0.5 0.5 0.2 0.2 0.3", "top.txt:1: class 7 is not one"),
        ("0 0.5 0.5 0.2 9 0.3", "no share of the picture"),
    ],
)
def test_one_wrong_row_and_nothing_is_proposed(text: str, words: str, run: Run, data: Path, tmp_path: Path) -> None:
    folder = _yolo(tmp_path / "found", {6: "0 0.5 0.5 0.2 0.2 0.3", 7: text})
    with pytest.raises(FormatError, match=words):
        run("prelabel", folder, "--format", "yolo-seg", "--model", MODEL)
    assert _newest(data, 7) is None


def test_a_model_on_the_shelf_looks_at_stored_pictures(run: Run, data: Path, tmp_path: Path) -> None:
    good = [pixels(number * 10) for number in range(1, 7)]
    settings = LearnSettings("plate", smallest_defect_px=8.0, registered=False, seed=1, threads=1)
    learn(good, settings, lambda _: None).save(Shelf(data / "models"), utc_now())
    done = run("prelabel", "--model", "plate@1", "--verdict", "NG")
    assert done["author"] == "model:plate@1"
    assert done["passed_over"]["annotated by a person already"] == 3
    assert done["proposed"] + done["passed_over"].get("without a find", 0) == 1
    with Journal.open(data, audit_key_path=tmp_path / "config/audit.key") as journal:
        record(journal, 30, VerdictKind.NG, views=("top", "side"))
    assert sum(run("prelabel", "--model", "plate@1", "--view", "front", "--dry-run")["passed_over"].values()) == 0


def test_a_person_goes_on_from_a_proposal_and_a_model_never_from_a_person(
    run: Run, data: Path, key: Path, tmp_path: Path
) -> None:
    folder = _yolo(tmp_path / "found", {7: "0 0.5 0.5 0.2 0.2 0.3", 0: "0 0.5 0.5 0.2 0.2 0.3"})
    run("prelabel", folder, "--format", "yolo", "--model", MODEL)
    before = run("freeze", "--name", "before")
    assert before["labelled"] == 7, "an OK part is still background, and NG part 7 is labelled by nobody"
    done = run("export", "--dataset", "before", "--format", "jsonl", "--out", tmp_path / "out", "--images", "none")
    assert sum(done["pictures"].values()) == 8
    rows = [json.loads(line) for line in (tmp_path / "out/parts.jsonl").read_text().splitlines()]
    (row,) = (each for each in rows if each["facts"]["part"] == str(uid(7)))
    assert (row["labelled"], row["labels"], len(row["proposals"])) == (False, [], 1)
    assert row["facts"]["author"] == f"model:{MODEL}"
    with Journal.open(data, audit_key_path=key) as journal:
        annotate(journal, 7, SHAPES[1])
        proposal = journal.annotations(uid(7))[0].annotation
        mine = journal.annotations(uid(7))[-1].annotation
        assert (mine.parent, mine.author) == (proposal.uid, "Eva")
        late = Annotation(uid(999), mine.uid, proposal.author, proposal.time, (WIDTH, HEIGHT), complete=False)
        with pytest.raises(RefusedError, match="proposes nothing after a person"):
            journal.annotate(uid(7), "top", mine.uid, late)
        verdict = Verdict(VerdictKind.NG, Author.OPERATOR, "", utc_now(), "Eva")
        journal.give_verdict(uid(7), verdict, VerdictKind.NG)
    assert run("freeze", "--name", "after")["labelled"] == 8
    assert run("prelabel", folder, "--format", "yolo", "--model", "sharp@9")["proposed"] == 1


def test_labels_from_elsewhere_take_the_place_of_proposals(run: Run, data: Path, tmp_path: Path) -> None:
    run("export", "--format", "jsonl", "--out", tmp_path / "out", "--verdict", "OK", "--images", "none")
    folder = _yolo(tmp_path / "found", {0: "0 0.5 0.5 0.2 0.2 0.3"})
    run("prelabel", folder, "--format", "yolo", "--model", MODEL)
    assert run("import", "--format", "jsonl", tmp_path / "out")["added"] == 4
    newest = _newest(data, 0)
    assert newest is not None
    assert newest.author == "import:jsonl"


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (["found", "--model", "m@1"], "PATH and --format go together"),
        (["--format", "yolo", "--model", "m@1"], "PATH and --format go together"),
        (["found", "--format", "yolo", "--model", "m@1", "--verdict", "OK"], "leave out which parts"),
    ],
)
def test_words_that_contradict_each_other(
    words: list[str], text: str, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        run("prelabel", *words)
    assert text in capsys.readouterr().err


def test_who_predicted_must_be_named_rightly(run: Run, tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="NAME@VERSION"):
        run("prelabel", _yolo(tmp_path / "found", {}), "--format", "yolo", "--model", "best.pt")
    with pytest.raises(FormatError, match=r"no labels/\*.txt"):
        run("prelabel", tmp_path / "found", "--format", "yolo", "--model", MODEL)
    with pytest.raises(FormatError, match="--against"):
        run("prelabel", tmp_path / "found", "--format", "coco", "--model", MODEL)
