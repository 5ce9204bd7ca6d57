"""The card that learning puts beside a model, `station models card`, and the pages of `evaluate` and `compare`."""

import io
import json
import re
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from labelled_parts import MODEL, Line, texture, write_station
from PIL import Image

from labeling.annotation import Annotation, Label
from labeling.shapes import Box
from models.errors import ModelError
from models.manifest import Manifest
from models.shelf import Shelf
from station.commands.main import main
from station.journal.reader import JournalReader
from station.journal.review_queries import ReviewQueries
from station.line.inspection import VerdictKind
from station.review.queue import QueueFilter, Why

GOOD, BAD = 14, 12


def outline(line: Line, uid: UUID, name: str) -> None:
    label = Label(uuid4(), name, Box(60.0, 40.0, 100.0, 80.0))
    line.journal.annotate(uid, "top", None, Annotation(uuid4(), None, "Mara", line.now, (160, 128), (label,)))


def shift(folder: Path) -> tuple[str, str]:
    """Decide a shift, with a bad part that is called good, and a good one that is called bad; return their uids."""
    line = Line(folder)
    for number in range(GOOD - 1):
        line.good(number)
    bright = texture(80)
    bright[30:60, 20:60] = 255
    wrongly_good = line.part(bright)
    line.decide(wrongly_good, VerdictKind.OK)
    for number in range(100, 100 + BAD - 1):
        outline(line, line.bad(number), "hole" if number % 2 else "stain")
    wrongly_bad = line.part(texture(90))
    line.decide(wrongly_bad, VerdictKind.NG)
    line.close()
    return str(wrongly_good), str(wrongly_bad)


def say(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    capsys.readouterr()
    code = main(words)
    out, err = capsys.readouterr()
    return code, out, err


def test_a_learned_version_has_a_card_of_held_out_scores(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = write_station(tmp_path)
    wrongly_good, wrongly_bad = shift(tmp_path)
    assert say(capsys, "learn", "--config", str(config), "--from", "journal")[0] == 0
    page, picture = tmp_path / "card.html", tmp_path / "card.png"
    asked = ("models", "card", f"{MODEL}@1", "--data", str(tmp_path))
    code, out, err = say(capsys, *asked, "--out", str(page), "--png", str(picture), "--json")
    assert code == 0, err
    card = json.loads(out)
    assert (card["missed"]["of"], card["rejected_good"]["of"]) == (BAD, GOOD)
    assert len(card["parts"]) == GOOD + BAD
    scores = {part["part"]: part["score"] for part in card["parts"]}
    assert scores[wrongly_good] >= card["low"], "held out, the part that is wrongly called good stands out"
    assert wrongly_bad in {part["part"] for part in card["parts"] if part["score"] < card["low"]}
    assert card["missed"]["count"] == sum(not part["good"] and part["score"] < card["low"] for part in card["parts"])
    assert set(card["suspects"]) == {wrongly_good, wrongly_bad}, sorted((p["score"], p["good"]) for p in card["parts"])
    low, high = card["missed"]["interval"]
    assert low < card["missed"]["share"] <= high <= 1

    text = page.read_text()
    for word in ("hole", "stain", "not outlined", "ROC", wrongly_good, wrongly_bad, "Seed", "Wilson"):
        assert word in text
    assert text.count("data:image/jpeg") == sum(min(6, card[kind]["count"]) for kind in ("missed", "rejected_good"))
    assert not re.search(r"(?:src|href)=\"(?!data:)", text), "nothing from anywhere"
    with Image.open(picture) as drawn:
        assert drawn.size[0] > 900

    code, _, err = say(capsys, *asked, "--out", str(page))
    assert code == 1
    assert "is there already" in err
    code, out, _ = say(capsys, *asked, "--out", str(page), "--replace")
    assert code == 0
    assert "suspected label errors  2" in out
    assert f"look again at the label of {wrongly_bad}" in out

    waiting = QueueFilter(whys=(Why.DOUBTED,))
    with JournalReader(tmp_path) as journal:
        assert ReviewQueries(journal).page(waiting).items == ()
    reviewed = ("models", "card", f"{MODEL}@1", "--config", str(config), "--review", "--by", "Ana")
    code, out, err = say(capsys, *reviewed, "--json")
    assert code == 0, err
    assert json.loads(out)["review"] == {"waiting": card["suspects"], "before": 0, "taught": 0}
    with JournalReader(tmp_path) as journal:
        items = ReviewQueries(journal).page(waiting).items
    assert {(str(item.uid), item.verdict) for item in items} == {(wrongly_good, "OK"), (wrongly_bad, "NG")}
    code, out, _ = say(capsys, *reviewed)
    assert code == 0
    assert "0 labels wait for review; 2 were asked for before, or are without pictures" in out


def test_a_stated_cost_chooses_the_threshold(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = write_station(tmp_path)
    _, wrongly_bad = shift(tmp_path)
    recipe = tmp_path / "recipes" / "plate-A.toml"
    recipe.write_text(recipe.read_text() + "missed_cost = 1000.0\n")
    assert say(capsys, "learn", "--config", str(config), "--from", "journal")[0] == 0
    card = json.loads(say(capsys, "models", "card", f"{MODEL}@1", "--data", str(tmp_path), "--json")[1])
    manifest = Manifest.read(Shelf(tmp_path / "models").folder(MODEL, "1"))
    assert card["cheapest"] == card["low"] == manifest.thresholds.low <= manifest.thresholds.high
    lowest_bad = next(part["score"] for part in card["parts"] if part["part"] == wrongly_bad)
    assert card["low"] <= lowest_bad, "no escape is worth a thousand false rejects"
    assert card["missed"]["count"] == 0
    assert card["rejected_good"]["count"] > 0


def test_a_card_is_the_manifests_or_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = write_station(tmp_path)
    line = Line(tmp_path)
    for number in range(6):
        line.good(number)
    line.close()
    assert say(capsys, "learn", "--config", str(config), "--from", "journal", "--deploy")[0] == 0
    asked = ("models", "card", MODEL, "--data", str(tmp_path))
    code, out, _ = say(capsys, *asked)
    assert (code, "bad parts missed        none known" in out) == (0, True)
    folder = Shelf(tmp_path / "models").folder(MODEL, "1")
    card = folder / "card.json"
    card.write_bytes(card.read_bytes().replace(b"true", b"false", 1))
    code, _, err = say(capsys, *asked)
    assert code == 1
    assert "card.json: damaged" in err
    manifest = folder / "manifest.json"
    about = json.loads(manifest.read_text())
    about["files"] = {}
    manifest.write_text(json.dumps(about))
    code, _, err = say(capsys, *asked)
    assert code == 1
    assert "has no card" in err


def test_evaluate_and_compare_draw_the_same_figures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = str(write_station(tmp_path))
    line = Line(tmp_path)
    for number in range(8):
        line.good(number)
    line.close()
    for seed in ("1", "2"):
        assert say(capsys, "learn", "--config", config, "--from", "journal", "--seed", seed)[0] == 0
    line = Line(tmp_path)
    line._number = 50
    for number in range(20, 24):
        line.good(number)
    outline(line, line.bad(30), "hole")
    hidden = line.part(texture(40))
    line.decide(hidden, VerdictKind.NG)
    line.close()
    page, paper = tmp_path / "page.html", tmp_path / "page.pdf"
    words = ("--config", config, "--html", str(page), "--pdf", str(paper), "--json")
    code, out, err = say(capsys, "models", "compare", f"{MODEL}@1", f"{MODEL}@2", *words)
    assert code == 0, err
    text = page.read_text()
    missed = [one["missed"]["count"] for one in json.loads(out)["versions"]]
    assert missed == [1, 1]
    assert text.count(f"bad, passes: part {hidden}</figcaption>") == 2
    assert all(word in text for word in (f"{MODEL}@1", f"{MODEL}@2", "hole", "1 of 2", "Average precision"))
    assert paper.read_bytes().startswith(b"%PDF")
    assert paper.read_bytes().count(b"/Subtype /Image") >= 1
    code, out, err = say(capsys, "models", "evaluate", MODEL, "1", "--config", config, "--html", str(page), "--replace")
    assert code == 0, err
    assert page.read_text().count(str(hidden)) == 2, "in the picture's words and below it"


def test_what_is_not_the_manifests_is_not_put_on_the_shelf(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = str(write_station(tmp_path))
    line = Line(tmp_path)
    for number in range(6):
        line.good(number)
    line.close()
    assert say(capsys, "learn", "--config", config, "--from", "journal")[0] == 0
    shelf = Shelf(tmp_path / "models")
    folder = shelf.folder(MODEL, "1")
    files = {path.name: path.read_bytes() for path in folder.iterdir()}
    manifest = Manifest.read(folder)
    with pytest.raises(ModelError, match=r"card.json is not the file its manifest describes"):
        shelf.add(manifest, files["model.onnx"], None, {**files, "card.json": b"{}"})
    shelf.add(manifest, files["model.onnx"], None, files)
    assert {path.name for path in shelf.folder(MODEL, "2").iterdir()} == set(files)
    assert Image.open(io.BytesIO(files["card.png"])).format == "PNG"
