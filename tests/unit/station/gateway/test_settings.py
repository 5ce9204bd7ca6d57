"""What the station is, for systems that keep track of machines."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from plc.opcua.ports import Nameplate
from station.config import load_station
from station.gateway.settings import read_asset, read_cameras, read_configuration, read_temperatures
from station.line.status import STATUS_FILE
from station.toml_file import ConfigError

CAMERA = '\n[[camera]]\nname = "top"\n'


def test_the_plate_is_the_configurations(tmp_path: Path) -> None:
    path = tmp_path / "station.toml"
    path.write_text(
        '[station]\nname = "line-7"\n\n[asset]\nmanufacturer = "Maker"\nserial_number = "4711"\nlocation = "hall 2"\n'
        + CAMERA
    )
    asset = read_asset(load_station(path))
    plate = asset.plate
    assert (asset.name, plate.manufacturer, plate.serial_number, plate.location) == (
        "line-7",
        "Maker",
        "4711",
        "hall 2",
    )
    assert plate.product_instance_uri == "urn:inspection-station:line-7:4711"
    assert plate.software_revision
    assert list(asset.cameras) == ["top"]


def test_days_of_maintenance_begin_at_midnight(tmp_path: Path) -> None:
    path = tmp_path / "station.toml"
    path.write_text(f"[asset]\nlast_service = 2026-05-01\nnext_calibration = 2027-05-01\n{CAMERA}")
    maintenance = read_asset(load_station(path)).maintenance
    assert maintenance.properties == {
        "LastService": datetime(2026, 5, 1, tzinfo=UTC),
        "NextCalibration": datetime(2027, 5, 1, tzinfo=UTC),
    }
    due = datetime(2027, 5, 1, tzinfo=UTC)
    assert maintenance.needs_calibration(due)
    assert not maintenance.is_due(due - timedelta(seconds=1))
    path.write_text(f"[asset]\nnext_service = 2027-05-01\n{CAMERA}")
    maintenance = read_asset(load_station(path)).maintenance
    assert (maintenance.is_due(due), maintenance.needs_calibration(due)) == (True, False)
    path.write_text(f'[asset]\nnext_service = "soon"\n{CAMERA}')
    with pytest.raises(ConfigError, match="next_service"):
        load_station(path)


def test_a_station_without_a_plate_has_a_number_that_stays(tmp_path: Path) -> None:
    numbers = []
    for name in ("line-7", "line-7", "line-8"):
        (tmp_path / "station.toml").write_text(f'[station]\nname = "{name}"\n{CAMERA}')
        numbers.append(read_asset(load_station(tmp_path / "station.toml")).plate.serial_number)
    assert len(numbers[0]) == 16
    assert numbers[0] == numbers[1] != numbers[2]


def test_cameras_say_themselves_what_they_are(tmp_path: Path) -> None:
    (tmp_path / "station.toml").write_text(CAMERA)
    config = load_station(tmp_path / "station.toml")
    assert read_cameras(config) == {}
    device = {"vendor": "Lens & Sons", "model": "5 MP", "serial": "C-1"}
    (config.station.data / STATUS_FILE).write_text(json.dumps({"devices": {"top": device}}))
    assert read_cameras(config) == {"top": Nameplate("Lens & Sons", "C-1", model="5 MP")}


def test_temperatures_are_those_that_cameras_told(tmp_path: Path) -> None:
    (tmp_path / "station.toml").write_text(CAMERA)
    config = load_station(tmp_path / "station.toml")
    assert read_temperatures(config) == {}
    figures = {"top": {"temperature_c": 41.5, "resends": 2.0}, "side": {"resends": 0.0}}
    (config.station.data / STATUS_FILE).write_text(json.dumps({"figures": figures}))
    assert read_temperatures(config) == {"top": 41.5}


@pytest.mark.parametrize(("backend", "simulated"), [("simulated", True), ("replay", False)])
def test_cameras_are_simulated_or_not(tmp_path: Path, backend: str, simulated: bool) -> None:
    path = tmp_path / "station.toml"
    options = f'backend = "{backend}"\n' + (f'options = {{ folder = "{tmp_path}" }}\n' if backend == "replay" else "")
    path.write_text(CAMERA + options)
    assert read_configuration(path, load_station(path)).simulated is simulated
