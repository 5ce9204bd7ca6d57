"""Pictures that are none: each kind of fault on a running line, every part accounted for, none passed."""

import pytest
from rig import Rig

KINDS = {
    "black": "is black",
    "overexposed": "is over-exposed",
    "defocused": "is out of focus",
    "frozen": "is frozen",
    "wrong_size": "153x128",
    "late": "no picture",
    "incomplete": "half of the picture",
}
"""Each kind of fault, and what the reason must say."""


def parts(rig: Rig) -> list[dict[str, str]]:
    rows = rig.json("parts", "--limit", "1000")["parts"]
    assert isinstance(rows, list)
    return rows


def balance(frames: dict[str, int], triggered: int) -> None:
    assert frames["triggered"] == triggered
    assert frames["triggered"] == frames["delivered"] + frames["incomplete"] + frames["lost"]


def with_sharpness(rig: Rig) -> None:
    recipe = rig.plan.data / "recipes" / "plate-A.toml"
    text = recipe.read_text()
    assert "[learn]" in text
    recipe.write_text(text.replace("[learn]", "[view.health]\nmin_sharpness = 0.42\n\n[learn]"))


def test_each_fault_rejects_its_part_and_says_why(rig: Rig) -> None:
    """Fault k befalls trigger 3 + 2 k, so that a good part lies between any two."""
    spoilt = {3 + 2 * place: kind for place, kind in enumerate(KINDS)}
    script = ", ".join(f"{kind}@{at}" + (":1.0" if kind == "late" else "") for at, kind in spoilt.items())
    rig.edit("[camera.options]", f'[camera.options]\ndefect_rate = 0.0\nfaults = "{script}"')
    rig.edit("frame_deadline_ms = 3000", "frame_deadline_ms = 500")
    with_sharpness(rig)
    triggered = max(spoilt) + 4
    rig.start_engine()
    rig.start_plc(triggered)
    summary = rig.wait_plc()
    balance(rig.stop_engine()["frames"], triggered)
    rows = {int(row["inspection_id"]): row for row in parts(rig)}
    assert len(rows) == triggered
    for at, kind in spoilt.items():
        assert rows[at]["verdict"] == "NOT_DECIDABLE", (kind, rows[at])
        assert KINDS[kind] in rows[at]["reason"], kind
    good = [number for number in rows if number not in spoilt]
    assert sum(rows[number]["verdict"] == "OK" for number in good) >= len(good) - 2
    gated = rig.gated()
    assert not [part for part in gated if part.passed and part.inspection_id in spoilt]
    assert summary["passed"] + summary["rejected"] == triggered


@pytest.mark.parametrize("kind", ["black", "overexposed", "frozen"])
def test_a_share_of_the_pictures(rig: Rig, kind: str) -> None:
    """The picture the journal kept shows which parts were spoilt; none of them passed, and each says why."""
    rig.edit("[camera.options]", f'[camera.options]\ndefect_rate = 0.0\nfaults = "{kind}=0.4"')
    rig.start_engine()
    rig.start_plc(14)
    rig.wait_plc()
    balance(rig.stop_engine()["frames"], 14)
    rows = parts(rig)
    assert len(rows) == 14
    spoilt = {row["inspection_id"] for row in rows if KINDS[kind] in row["reason"]}
    assert 1 <= len(spoilt) < 14
    assert all(row["verdict"] == "NOT_DECIDABLE" for row in rows if row["inspection_id"] in spoilt)
    assert not [part for part in rig.gated() if part.passed and part.inspection_id in spoilt]


@pytest.mark.parametrize(("fault", "said"), [("dead@6", "is down"), ("silent@6:1.5", "no picture")])
def test_a_camera_that_is_lost_or_silent(rig: Rig, fault: str, said: str) -> None:
    """Its part is rejected and says why, every trigger has its one ending, and the line goes on by itself."""
    rig.edit("[camera.options]", f'[camera.options]\ndefect_rate = 0.0\nfaults = "{fault}"')
    rig.edit("frame_deadline_ms = 3000", "frame_deadline_ms = 500")
    rig.start_engine()
    rig.start_plc(100_000)
    rig.until(lambda: max(passed(rig), default=0) > 6, "it passes parts again")
    frames = rig.stop_engine()["frames"]
    rows = {int(row["inspection_id"]): row for row in parts(rig)}
    balance(frames, frames["triggered"])
    assert frames["triggered"] >= len(rows) > 6
    assert frames["lost"] >= 1
    assert rows[6]["verdict"] == "NOT_DECIDABLE"
    assert said in rows[6]["reason"]
    assert 6 not in passed(rig)
    assert all(rows[number]["verdict"] == "OK" for number in passed(rig))


def passed(rig: Rig) -> set[int]:
    """Inspections of the parts that the gate let pass."""
    return {part.inspection_id for part in rig.gated() if part.passed and part.inspection_id is not None}
