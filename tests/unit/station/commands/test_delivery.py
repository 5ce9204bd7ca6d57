"""`station delivery` and the doctor's rows on files of a station that need not run."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from delivery_parts import START, correction, open_journal, record_parts, uid, webhook, write_config
from overruled import overrule

from station import probes
from station.commands.main import main
from station.config import load_station
from station.doctor import Check, State, check_anonymous
from station.journal.deliveries import Deliveries
from station.journal.reader import JournalReader

Run = Callable[..., dict[str, Any]]


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """Five parts, one corrected; `mes` has two, refused the third and waits; `scada` never had its turn."""
    scada = f'name = "scada"\nkind = "mqtt"\nurl = "mqtts://broker"\nsince = {START + timedelta(seconds=3):%Y-%m-%dT%H:%M:%SZ}\n'
    path = write_config(tmp_path, webhook(1), scada)
    record_parts(tmp_path, 1, 5)
    with open_journal(tmp_path) as journal:
        overrule(journal, uid(1), correction())
    with JournalReader(tmp_path / "data") as reader, Deliveries.open(tmp_path / "data") as deliveries:
        deliveries.begin("mes", reader.meta("journal_id") or "", 0)
        deliveries.delivered("mes", 2)
        deliveries.set_aside("mes", 3, str(uid(3)), "HTTP 422: no such order")
        deliveries.failed("mes", "HTTP 503", START)
    return path


@pytest.fixture
def run(config: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `station delivery`; return the JSON it prints."""

    def run(*words: str, code: int = 0) -> dict[str, Any]:
        assert main(["delivery", *words, "--config", str(config), "--json"]) == code
        said = capsys.readouterr()
        result: dict[str, Any] = json.loads(said.out) if code == 0 else {"error": said.err}
        return result

    return run


def test_queues_are_listed(run: Run) -> None:
    mes, scada = run("list")["destinations"]
    assert (mes["delivered"], mes["waiting"], mes["quarantined"], mes["error"]) == (3, 3, 1, "HTTP 503")
    assert (mes["failed_tries"], mes["next_try"]) == (1, START.isoformat())
    assert (scada["kind"], scada["delivered"], scada["waiting"], scada["error"]) == ("mqtt", 2, 4, "")


def test_the_quarantine_is_shown_with_reasons(run: Run) -> None:
    (kept,) = run("show", "mes")["quarantine"]
    assert (kept["result_id"], kept["sequence"], kept["reason"]) == (str(uid(3)), 3, "HTTP 422: no such order")
    assert run("show", "scada")["quarantine"] == []
    assert "there is no destination 'erp'" in run("show", "erp", code=2)["error"]


def test_what_is_tried_again_is_in_the_audit_chain(run: Run, config: Path) -> None:
    assert run("retry", "mes", str(uid(3)), "--by", "Ann")["tried_again"] == [str(uid(3))]
    assert run("show", "mes")["quarantine"][0]["tried_again"] is True
    assert "no nobody in quarantine" in run("retry", "mes", "nobody", code=1)["error"]
    with JournalReader(config.parent / "data") as reader:
        rows = reader.connection.execute("SELECT details FROM audit WHERE event = 'done-elsewhere'").fetchall()
    (entry,) = [json.loads(row[0]) for row in rows]
    assert (entry["event"], entry["author"], entry["destination"]) == ("delivery-retried", "Ann", "mes")


def test_results_are_exported_as_the_destination_gets_them(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "mes.jsonl"
    assert run("export", "mes", "--out", str(out))["results"] == 1
    (line,) = [json.loads(line) for line in out.read_text().splitlines()]
    assert (line["state"], line["reason"], line["result"]["part_id"]) == (
        "quarantined",
        "HTTP 422: no such order",
        "SN-3",
    )
    assert run("export", "mes", "--waiting", "--out", str(out))["results"] == 4
    lines = [json.loads(line) for line in out.read_text().splitlines()]
    assert [line["result"]["sequence"] for line in lines] == [3, 4, 5, 6]
    assert lines[-1]["result"]["supersedes"] == str(uid(1))
    assert lines[-1]["result"]["result_id"] == f"{uid(1)}.2"
    assert "name a file" in run("export", "mes", "--out", str(tmp_path / "no" / "where"), code=1)["error"]


def test_people_read_it_too(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["list"], ["show", "mes"], ["retry", "mes"], ["export", "mes", "--out", str(config.parent / "out")]):
        assert main(["delivery", *words, "--config", str(config)]) == 0
        assert "mes" in capsys.readouterr().out


def test_a_part_shows_what_became_of_its_results(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def deliveries(number: int) -> list[tuple[str, str, str]]:
        assert main(["show", str(uid(number)), "--data", str(config.parent / "data"), "--json"]) == 0
        rows = json.loads(capsys.readouterr().out)["deliveries"]
        return [(row["result_id"], row["state"], row["reason"]) for row in rows]

    assert deliveries(1) == [(str(uid(1)), "delivered", ""), (f"{uid(1)}.2", "pending", "")]
    assert deliveries(3) == [(str(uid(3)), "quarantined", "HTTP 422: no such order")]


def row(config: Path, number: int = 0) -> Check:
    station = load_station(config)
    return probes.delivery(station.station.data, station.delivery[number])


def test_the_doctor_says_how_each_destination_stands(config: Path) -> None:
    found = row(config)
    assert found.state is State.WARNING
    assert "3 results wait; HTTP 503" in found.text
    assert "station delivery retry mes" in found.remedy
    with Deliveries.open(config.parent / "data") as deliveries:
        deliveries.delivered("mes", 6)
    assert "1 in quarantine" in row(config).text
    with Deliveries.open(config.parent / "data") as deliveries:
        deliveries.taken_after_all("mes", 3)
    assert (row(config).state, row(config, 1).state) == (State.OK, State.OK)
    (config.parent / "mes.secret").chmod(0o644)
    assert row(config).state is State.FAIL
    assert "other users" in row(config).text


def test_the_doctor_warns_of_results_in_clear_and_of_strangers(tmp_path: Path) -> None:
    clear = 'name = "scada"\nkind = "mqtt"\nurl = "mqtt://broker"\nin_clear = true\n'
    found = row(write_config(tmp_path, clear))
    assert (found.state, "readable for all" in found.text) == (State.WARNING, True)
    assert check_anonymous("0.0.0.0", 4840).state is State.WARNING
