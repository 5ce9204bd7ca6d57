from dataclasses import replace
from pathlib import Path

import pytest

from station.config import load_station
from station.demo.layout import DemoPlan, write_files
from station.line.recipe import load_active_recipe


@pytest.fixture
def plan(tmp_path: Path) -> DemoPlan:
    return DemoPlan(tmp_path, parts=5, seed=3, takt_ms=500, width=612, height=512, learn_parts=12)


def test_the_demo_is_an_ordinary_station_with_a_simulated_camera(plan: DemoPlan) -> None:
    write_files(plan, 1502)

    config = load_station(plan.config)
    (camera,) = config.camera
    assert camera.backend == "simulated"
    assert camera.options == {"seed": 3, "width": 612, "height": 512}
    assert config.plc.port == 1502
    assert load_active_recipe(config).pixel_size_um == pytest.approx(200.0)


def test_pictures_of_the_data_folder_stand_in_for_virtual_parts(plan: DemoPlan) -> None:
    (plan.data / "pictures").mkdir()

    write_files(replace(plan, pictures="pictures"), 1502)

    (camera,) = load_station(plan.config).camera
    assert camera.backend == "replay"
    assert camera.options == {"folder": str(plan.data / "pictures"), "loop": True}
