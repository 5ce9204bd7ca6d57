"""Two simulated people decide 320 known parts at the desk; the report finds them to be what they are."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from judged_parts import record_known

from station.journal.store import Journal

pytestmark = pytest.mark.system

RATES = {"simulated-1": (0.20, 0.05), "simulated-2": (0.06, 0.12)}
PARTS = 320
CONFIG = """
[station]
name = "press-3"
data = "data"
audit_key = "audit.key"
recipes = "recipes"
[[camera]]
name = "top"
[plc]
mode = "none"
[line]
recipe = "plate-A"
trigger = "timer"
"""
RECIPE = 'name = "plate-A"\nnumber = 1\n[[view]]\nname = "top"\ncamera = "top"\nmodel = "plate"\n'


def _station(*words: object) -> dict[str, Any]:
    command = [sys.executable, "-m", "station", *map(str, words), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr
    said: dict[str, Any] = json.loads(done.stdout)
    return said


def test_the_figures_of_simulated_people_hold_what_they_are(tmp_path: Path) -> None:
    config = tmp_path / "station.toml"
    config.write_text(CONFIG)
    (tmp_path / "recipes").mkdir()
    (tmp_path / "recipes" / "plate-A.toml").write_text(RECIPE)
    with Journal.open(tmp_path / "data", audit_key_path=tmp_path / "audit.key") as journal:
        known = record_known(journal, PARTS, bad_share=0.3)
    rates = [word for miss, alarm in RATES.values() for word in ("--rates", f"{miss},{alarm}")]
    did = _station("simulate-people", "--config", config, *rates)["people"]
    report = _station("report", "--config", config, "--output", tmp_path / "out")
    people = report["figures"]["people"]
    appraisers = {each["who"]: each for each in people["known"]["appraisers"]}
    for person in did:
        name, found = person["name"], appraisers[person["name"]]
        for rate, figure in zip(RATES[name], ("missed", "false_alarms"), strict=True):
            low, high = found[figure]["interval"]
            assert found[figure]["count"] == person[figure]
            assert low <= rate <= high
        assert found["trials"] == PARTS
    assert (people["known"]["parts"], people["known"]["bad"]) == (PARTS, sum(part.bad for part in known))

    # Two who err by themselves agree where both are right or both are wrong: what follows for all parts, and for kappa.
    (pair,) = [pair for pair in people["pairs"] if not pair["model"]]
    bad_share = people["known"]["bad"] / PARTS
    (miss, alarm), (other_miss, other_alarm) = RATES.values()
    alike_bad = (1 - miss) * (1 - other_miss) + miss * other_miss
    alike_good = (1 - alarm) * (1 - other_alarm) + alarm * other_alarm
    alike = bad_share * alike_bad + (1 - bad_share) * alike_good
    low, high = pair["same"]["interval"]
    assert pair["same"]["of"] == PARTS
    assert low <= alike <= high
    calls = [bad_share * (1 - m) + (1 - bad_share) * a for m, a in RATES.values()]
    by_chance = calls[0] * calls[1] + (1 - calls[0]) * (1 - calls[1])
    kappa = pair["kappa"]
    assert kappa["interval"]["low"] <= (alike - by_chance) / (1 - by_chance) <= kappa["interval"]["high"]
    assert {Path(path).suffix for path in report["files"]} == {".html", ".pdf"}
