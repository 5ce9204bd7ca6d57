import argparse
import json
from pathlib import Path

import pytest

from station.commands import doctor
from station.commands.init import write_first_station
from station.doctor import Check, State


def _run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    doctor.add_parser(parser.add_subparsers())
    args = parser.parse_args(["doctor", *words])
    code: int = args.run(args)
    return code


def test_a_new_station_lacks_only_its_model(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_first_station(tmp_path)
    assert _run("--config", str(tmp_path / "station.toml"), "--json") == 1
    report = json.loads(capsys.readouterr().out)
    failed = [check for check in report["checks"] if check["state"] == "fail"]
    assert report["ok"] is False
    assert [check["name"] for check in failed] == ["model of top"]
    assert "station learn" in failed[0]["remedy"]
    assert {"python", "packages", "sqlite", "disk space", "camera camera-1", "recipe"} <= {
        check["name"] for check in report["checks"] if check["state"] == "ok"
    }


def test_a_missing_camera_is_exit_code_3(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = tmp_path / "station.toml"
    config.write_text(
        '[[camera]]\nname = "top"\nbackend = "replay"\n[camera.options]\nfolder = "nothing"\n[plc]\nport = 0\n'
    )
    assert _run("--config", str(config)) == 3
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith("fail     camera top") and str(tmp_path / "nothing") in line for line in lines)


def test_text_has_a_line_for_the_remedy() -> None:
    text = doctor.as_text([Check("a", State.OK, "fine"), Check("long name", State.FAIL, "bad", "mend it")])
    assert text.splitlines() == [
        "ok       a          fine",
        "fail     long name  bad",
        "                    -> mend it",
    ]
