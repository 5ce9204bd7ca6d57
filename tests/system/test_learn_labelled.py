"""Learning from what people decided, in a process of its own beside a real line that goes on."""

import json
import signal
import subprocess
import sys

import psutil
import pytest
from rig import Rig
from screen import add_people, screen

from models.manifest import Manifest
from models.shelf import Shelf
from station.desk.messages import PartFinished
from station.journal.reader import JournalReader

pytestmark = pytest.mark.system

PARTS = 24
DECIDED = 10


def test_it_learns_beside_the_line_and_an_interruption_replaces_nothing(rig: Rig) -> None:
    rig.start_engine()
    rig.until_online()
    add_people(rig.plan.data, Maria="operator")
    shelf = Shelf(rig.plan.data / "models")
    with screen(rig.plan.data) as inspect:
        assert inspect.log_in("Maria").done
        rig.start_plc(PARTS)
        inspect.until(lambda: len(inspect.all(PartFinished)) >= DECIDED, f"{DECIDED} parts")
        for number, part in enumerate(inspect.all(PartFinished)[:DECIDED]):
            kind = "NG" if number == 0 else "OK"
            assert inspect.ask(inspect.verdict(part.uid, kind, part.verdict)).done  # type: ignore[arg-type]
        command = [sys.executable, "-m", "station", "learn", "--config", str(rig.plan.config), "--from", "journal"]
        learning = subprocess.Popen(
            [*command, "--deploy"], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
        )
        assert learning.stderr is not None
        try:
            assert "good part 1 of 9 read" in learning.stderr.readline()
            assert psutil.Process(learning.pid).nice() == min(19, psutil.Process().nice() + 10)
            learning.send_signal(signal.SIGINT)
            learning.communicate(timeout=20)
        finally:
            learning.kill()
            learning.wait()
        assert learning.returncode == 130
        assert (shelf.versions("plate-A"), shelf.deployed("plate-A")) == (("1",), "1")

        told = json.loads(rig.station(*command[3:], "--deploy", "--by", "Eli", "--json").stdout)
        (model,) = told["models"]
        assert (model["version"], model["parts"], model["deployed"]) == ("2", 9, True)
        assert shelf.deployed("plate-A") == "2"
        proposed = rig.json("dataset", "prelabel", "--model", "plate-A@1", "--author", "Maria")
        assert (proposed["author"], proposed["proposed"] >= 1) == ("model:plate-A@1", True), proposed
        rig.json("dataset", "freeze", "--name", "plate", "--author", "Maria", "--shares", "1,0,0")
        told = json.loads(rig.station(*command[3:-1], "dataset:plate", "--json").stdout)
        assert told["models"][0]["parts"] == 9
        (named,) = rig.json("dataset", "show", "plate")["models"]
        assert named == {"name": "plate-A", "version": "3", "deployed": False}
    assert rig.wait_plc()["parts"] == PARTS
    rig.stop_engine()
    lineage = Manifest.read(shelf.folder("plate-A", "2")).learned_from.lineage
    assert lineage is not None
    assert (lineage.recipe, lineage.view, lineage.labels) == ("plate-A", "top", {"OK": 9, "NG": 1})
    with JournalReader(rig.plan.data) as journal:
        good = {str(sample.part_uid) for sample in journal.samples("plate-A", "OK")}
        rows = journal.connection.execute("SELECT details FROM audit").fetchall()
        ((proposals,),) = journal.connection.execute("SELECT count(*) FROM annotations WHERE author LIKE 'model:%'")
    assert proposals == proposed["proposed"], "the engine wrote them while the line ran"
    assert {one.part for one in lineage.pictures} == good
    entries = [json.loads(details) for (details,) in rows]
    assert [(one["author"], one["before"]) for one in entries if one.get("model") == "plate-A"] == [("Eli", "1")]
