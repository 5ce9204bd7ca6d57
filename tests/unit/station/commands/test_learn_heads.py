"""`station learn --head`: from outlines, from verdicts, and the choice between them, through the real `main`."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from labelled_parts import MODEL, Line, texture, write_station

from labeling.annotation import Annotation, Label
from labeling.shapes import Box
from models.card import CARD_FILE
from models.learning.patch_features import Tap
from models.learning.whole import Looker, Sight
from models.manifest import Manifest
from models.predictor import Predictor
from models.shelf import Shelf
from station.commands.main import main
from station.journal.reader import FEATURES
from station.journal.removals import Why
from station.line.inspection import VerdictKind
from station.line.learn import Share

SPOT = (20, 30)
"""Sides of the faint mark that a bad part has."""


@pytest.fixture
def line(tmp_path: Path) -> Iterator[Line]:
    line = Line(tmp_path)
    yield line
    line.close()


def spoilt(number: int) -> tuple[npt.NDArray[np.uint8], Box]:
    """Draw a bad part and the box around what is wrong with it."""
    picture = texture(number)
    rng = np.random.default_rng([4, number])
    left, top = int(rng.integers(20, 110)), int(rng.integers(20, 80))
    box = Box(left, top, left + SPOT[1], top + SPOT[0])
    rows, columns = slice(top, top + SPOT[0]), slice(left, left + SPOT[1])
    picture[rows, columns] = cv2.GaussianBlur(picture[rows, columns], (0, 0), 4)
    return picture, box


def outlined(line: Line, number: int, *, complete: bool = True, generously: bool = False) -> UUID:
    """Record a bad part that a person decided and outlined; `generously`, all over it."""
    picture, box = spoilt(number)
    if generously:
        box = Box(2, 2, 158, 126)
    uid: UUID = line.part(picture)
    line.decide(uid, VerdictKind.NG)
    label = Label(UUID(int=(3 << 90) + number), "stain", box)
    revision = UUID(int=(5 << 90) + number)
    annotation = Annotation(revision, None, "Mara", line.now, (160, 128), (label,), complete=complete)
    line.journal.annotate(uid, "top", None, annotation)
    return uid


def decided(line: Line, good: int, bad: int, *, generously: bool = False) -> tuple[list[UUID], list[UUID]]:
    """Record good parts, and bad ones that a person outlined."""
    confirmed = [line.good(number) for number in range(good)]
    return confirmed, [outlined(line, number, generously=generously) for number in range(50, 50 + bad)]


def learn(capsys: pytest.CaptureFixture[str], config: Path, head: str, *words: str) -> tuple[int, str, str]:
    capsys.readouterr()
    code = main(("learn", "--config", str(config), "--from", "journal", "--head", head, "--json", *words))
    out, err = capsys.readouterr()
    return code, out, err


def manifest(folder: Path, version: str) -> Manifest:
    return Manifest.read(Shelf(folder / "models").folder(MODEL, version))


def kept(folder: Path) -> set[str]:
    """Hashes of the pictures that anything is kept of."""
    return {path.stem for path in (folder / FEATURES / "pictures").glob("*/*")}


def test_outlines_become_a_model_with_its_lineage_and_card_and_the_next_one_counts(
    line: Line, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = write_station(tmp_path)
    good, bad = decided(line, 10, 7)
    line.bad(70)
    outlined(line, 71, complete=False)
    code, out, err = learn(capsys, config, "patch")
    assert code == 0, err
    (model,) = json.loads(out)["models"]
    assert (model["version"], model["parts"], model["head"], model["deployed"]) == ("1", 17, "patch", False)
    assert "learned from 17 parts, head patch, in" in err
    assert "learning the outlines" in err
    written = manifest(tmp_path, "1")
    lineage = written.learned_from.lineage
    assert lineage is not None
    assert [one.part for one in lineage.pictures] == [str(uid) for uid in good + bad]
    assert [one.annotation is not None for one in lineage.pictures] == [False] * 10 + [True] * 7
    assert {one.label for one in lineage.pictures[10:]} == {"NG"}
    assert lineage.left_out == {"bad parts that nobody outlined": 1, "outlined, but not everything": 1}
    assert (written.head, written.learned_from.parts, written.learned_from.seed) == ("patch", 17, 0)
    assert len(written.learned_from.images) == 17
    card = json.loads((Shelf(tmp_path / "models").folder(MODEL, "1") / CARD_FILE).read_text())
    assert sum(not part["good"] for part in card["parts"]) == 7
    assert {tuple(part["classes"]) for part in card["parts"] if not part["good"]} == {("stain",)}

    predictor = Predictor.load(Shelf(tmp_path / "models").folder(MODEL, "1"), threads=1)
    picture, box = spoilt(90)
    (defect,) = predictor.predict(picture).defects
    left, top, right, bottom = defect.shape.bounds
    assert left < (box.left + box.right) / 2 < right
    assert top < (box.top + box.bottom) / 2 < bottom

    again = learn(capsys, config, "patch")
    assert again[0] == 0, again[2]
    assert manifest(tmp_path, "2").model_sha256 == written.model_sha256
    outlined(line, 58)
    assert learn(capsys, config, "patch")[0] == 0
    assert manifest(tmp_path, "3").model_sha256 != written.model_sha256


def test_verdicts_become_a_head_and_all_heads_are_compared(
    line: Line, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = write_station(tmp_path)
    decided(line, 12, 7)
    line.bad(70)
    code, out, err = learn(capsys, config, "ok-ng")
    assert code == 0, err
    assert json.loads(out)["models"][0]["head"] == "ok-ng"
    written = manifest(tmp_path, "1")
    assert (written.head, written.learned_from.parts) == ("ok-ng", 20)
    assert "ok-ng" in written.cross_validation
    code, out, err = learn(capsys, config, "auto")
    assert code == 0, err
    written = manifest(tmp_path, "2")
    assert {"one-class", "patch", "ok-ng", "patch+ok-ng"} <= set(written.cross_validation)
    predictor = Predictor.load(Shelf(tmp_path / "models").folder(MODEL, "2"), threads=1)
    assert predictor.predict(texture(30)).score < predictor.predict(spoilt(91)[0]).score
    card = json.loads((Shelf(tmp_path / "models").folder(MODEL, "2") / CARD_FILE).read_text())
    assert (sum(part["good"] for part in card["parts"]), len(card["parts"])) == (12, 20)
    learn(capsys, config, "auto")
    assert manifest(tmp_path, "3").model_sha256 == written.model_sha256


def test_verdicts_alone_look_once_at_a_picture_and_learn_the_same_again(
    line: Line, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    config = write_station(tmp_path)
    decided(line, 8, 6)
    looked: list[int] = []
    real = Looker.sight

    def counted(looker: Looker, image: npt.NDArray[np.uint8]) -> Sight:
        looked.append(1)
        return real(looker, image)

    monkeypatch.setattr(Looker, "sight", counted)
    monkeypatch.setattr(Tap, "look", None)  # nobody asks for the one-class model's opinion of every picture
    for _ in range(2):
        code, _, err = learn(capsys, config, "ok-ng")
        assert code == 0, err
    assert len(looked) == 14, "the second time everything was known"
    line.bad(70)
    assert learn(capsys, config, "ok-ng")[0] == 0
    assert len(looked) == 15, "one more label costs one more picture"
    monkeypatch.setattr("station.line.learn_judged.LOOK_VERSION", 0)
    assert learn(capsys, config, "ok-ng")[0] == 0
    assert len(looked) == 30, "what another version of the program saw does not count"
    shutil.rmtree(tmp_path / FEATURES)
    assert learn(capsys, config, "ok-ng")[0] == 0
    first, again, more, other, anew = (manifest(tmp_path, str(number)).model_sha256 for number in range(1, 6))
    assert first == again != more
    assert more == other == anew, "whether looked at now or before, alone or by several threads"


def test_a_label_that_everything_speaks_against_is_reported(
    line: Line, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = write_station(tmp_path)
    for number in range(14):
        line.good(number)
    for number in range(50, 62):
        line.decide(line.part(spoilt(number)[0]), VerdictKind.NG)
    wrong = [line.part(texture(number)) for number in (40, 41, 42)]
    for uid in wrong:
        line.decide(uid, VerdictKind.NG)
    code, out, err = learn(capsys, config, "ok-ng")
    assert code == 0, err
    (model,) = json.loads(out)["models"]
    assert model["suspects"]
    assert set(model["suspects"]) <= set(map(str, wrong))
    assert f"the most doubtful that of {model['suspects'][0]}; station models card" in err


def test_outlines_that_leave_nothing_good_are_refused_and_not_among_those_compared(
    line: Line, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = write_station(tmp_path)
    decided(line, 8, 6, generously=True)
    sentence = "recipe plate-A, view top: only 2 pictures show anything far from what is outlined"
    code, _, err = learn(capsys, config, "patch")
    assert (code, sentence in err, "Traceback" in err) == (1, True, False)
    code, _, err = learn(capsys, config, "auto")
    assert code == 0, err
    assert f"no patch head is among those compared: {sentence}" in err
    assert "patch" not in manifest(tmp_path, "1").cross_validation


def test_too_few_labels_and_labels_of_one_kind_are_refused_in_one_sentence(
    line: Line, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = write_station(tmp_path)
    for number in range(6):
        line.good(number)
    for head, sentence in (
        ("patch", "recipe plate-A, view top: 0 outlined bad parts are labelled, at least 5 are needed"),
        ("ok-ng", "recipe plate-A, view top: 6 labelled pictures are OK and 0 NG, and to learn from verdicts"),
    ):
        code, _, err = learn(capsys, config, head)
        assert code != 0
        assert sentence in err
        assert "Traceback" not in err
    assert not (tmp_path / "models").exists()
    code, _, err = learn(capsys, config, "auto")  # nothing to choose between
    assert code == 0, err
    assert manifest(tmp_path, "1").head in {"padim", "patchcore", "gaussian"}
    assert main(("learn", "--config", str(config), "--head", "patch")) != 0
    assert "--head" in capsys.readouterr().err


def test_what_was_learned_from_a_picture_goes_with_the_picture(
    line: Line, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = write_station(tmp_path)
    good, _ = decided(line, 8, 6)
    assert learn(capsys, config, "patch")[0] == 0
    part = line.journal.part(good[0])
    assert part is not None
    image = part.inspection.views[0].image
    assert image is not None
    assert image.sha256 in kept(tmp_path)
    joint = list((tmp_path / FEATURES / "joint").iterdir())
    assert len(joint) == 1
    candidate = line.journal.removals.candidate(good[0])
    assert candidate is not None
    line.journal.removals.remove([candidate.row], Why.REQUEST, author="Ana", reason="asked for")
    line.journal.removals.finish()
    assert image.sha256 not in kept(tmp_path)
    assert len(kept(tmp_path)) == 13
    assert not joint[0].exists()  # the one-class model was learned from it too

    other = line.journal.part(good[1])
    assert other is not None
    gone = other.inspection.views[0].image
    assert gone is not None
    line.journal.blobs.path(gone.sha256).unlink()  # as if a learner had been killed between a picture's end and this
    assert learn(capsys, config, "patch")[0] == 0
    assert gone.sha256 not in kept(tmp_path)
    lineage = manifest(tmp_path, "2").learned_from.lineage
    assert lineage is not None
    assert lineage.left_out == {"whose picture is not in the store any more": 1}


def test_an_interrupted_learning_leaves_no_model_and_goes_on_from_what_it_had_seen(
    line: Line, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    config = write_station(tmp_path)
    decided(line, 8, 6)
    real = Share.__call__

    def interrupt(share: Share, stage: str, fraction: float) -> None:
        real(share, stage, fraction)
        if stage == "learning the outlines":
            raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Share, "__call__", interrupt)
        assert learn(capsys, config, "patch")[0] != 0
    assert Shelf(tmp_path / "models").versions(MODEL) == ()
    assert len(kept(tmp_path)) == 14
    code, _, err = learn(capsys, config, "patch")
    assert code == 0, err
    assert "trying" not in err  # the one-class model was not learned again
