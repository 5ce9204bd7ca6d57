from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from camera.device import TriggerKind
from models.pair_files import PairFiles
from plc.registers import Tag, TagType, WordOrder
from plc.settings import LinkMode, PlcSettings
from station.config import PlcMode, StationConfig, TriggerSource, camera_settings, load_station, plc_settings
from station.review.rules import ReviewRules, Scheme
from station.toml_file import ConfigError

SMALLEST = '[[camera]]\nname = "top"\n'


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "station.toml"


def _load(path: Path, text: str) -> StationConfig:
    path.write_text(text)
    return load_station(path)


def test_a_camera_is_all_that_must_be_said(path: Path) -> None:
    config = _load(path, SMALLEST)
    assert config.plc.host == "127.0.0.1"
    assert config.plc.mode is PlcMode.SERVER
    assert config.line.trigger is TriggerSource.PLC
    assert config.camera[0].trigger_kind is TriggerKind.SOFTWARE
    assert config.station.data == path.parent
    assert config.recipes == path.parent / "recipes"


def test_paths_are_those_of_the_files_folder(path: Path) -> None:
    config = _load(path, SMALLEST + '[station]\ndata = "var"\naudit_key = "../keys/audit.key"\n')
    assert config.station.data == path.parent / "var"
    assert config.recipe_file("cup") == path.parent / "var" / "recipes" / "cup.toml"
    assert config.station.audit_key == path.parent / "../keys/audit.key"


def test_recipes_may_live_elsewhere(path: Path) -> None:
    assert _load(path, SMALLEST + '[station]\nrecipes = "/etc/recipes"\n').recipes == Path("/etc/recipes")


TAGS = """
[plc]
mode = "client"
word_order = "little"
[plc.tags]
control_bits = { address = 0, type = "u32", word_order = "big" }
part_seq = { address = 4, type = "u32" }
status_bits = { address = 100, type = "u32" }
verdict = { address = 107 }
vision_heartbeat = { address = 112 }
part_seq_echo = { address = 114, type = "u32" }
score = { address = 110, type = "f32", scale = 2 }
"""


def test_a_client_has_tags(path: Path) -> None:
    settings = plc_settings(_load(path, SMALLEST + TAGS))
    assert settings is not None
    assert settings.mode is LinkMode.CLIENT
    assert settings.tags["score"] == Tag(110, TagType.F32, WordOrder.LITTLE, 2.0)
    assert settings.tags["control_bits"].word_order is WordOrder.BIG


def test_settings_of_the_link(path: Path) -> None:
    assert plc_settings(_load(path, SMALLEST)) == PlcSettings()
    alone = '[plc]\nmode = "none"\n[line]\ntrigger = "timer"\n'
    assert plc_settings(_load(path, SMALLEST + alone)) is None


def test_shifts_by_the_clock_on_the_wall(path: Path) -> None:
    moment = datetime(2026, 1, 15, 4, 30, tzinfo=UTC)
    default = _load(path, SMALLEST).shift
    assert default.starts == ("06:00", "14:00", "22:00")
    assert default.at(moment).start <= moment
    shift = _load(path, SMALLEST + '[shift]\nstarts = ["05:15", "17:15"]\nzone = "Europe/Berlin"\n').shift.at(moment)
    assert (shift.number, shift.start) == (1, datetime(2026, 1, 15, 4, 15, tzinfo=UTC))


def test_how_parts_are_reviewed(path: Path) -> None:
    assert _load(path, SMALLEST).review_rules == ReviewRules()
    text = SMALLEST + (
        '[shift]\nstarts = ["05:15", "17:15"]\nzone = "UTC"\n[review]\naudit_percent = 2\nseed = 7\ndrift_sigmas = 0\n'
        'stages = "consensus"\nreviewers = 3\nadjudicators = ["Eve"]\ngolden_percent = 5.5\nlease_s = 30\n'
    )
    rules = _load(path, text).review_rules
    assert (rules.audit_share, rules.seed, rules.drift_sigmas, rules.golden_share) == (0.02, 7, 0.0, 0.055)
    assert (rules.scheme, rules.reviewers, rules.adjudicators) == (Scheme.CONSENSUS, 3, {"Eve"})
    assert rules.lease == timedelta(seconds=30)
    assert rules.shift_of(datetime(2026, 1, 15, 18, tzinfo=UTC)) == 2


def test_settings_of_the_cameras(path: Path) -> None:
    text = '[camera.features]\nGain = 1.5\nExposureTime = 900\n[camera.options]\nfolder = "pictures"\nseed = 3\n'
    config = _load(path, SMALLEST + 'backend = "replay"\nframe_deadline_ms = 250\n' + text)
    (settings,) = camera_settings(config, {"top": {"ExposureTime": 700}, "other": {"Gain": 9}})
    assert settings.features == {"Gain": 1.5, "ExposureTime": 700}
    assert settings.options == {"folder": str(path.parent / "pictures"), "seed": 3}
    assert (settings.backend, settings.frame_deadline_s) == ("replay", 0.25)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "line 1: camera is missing"),
        ("camera = []", "line 1: camera: must have at least one entry"),
        (SMALLEST + SMALLEST, "line 4: camera[2].name: 'top' is already taken"),
        (SMALLEST + 'backend = "usb"', "line 3: camera[1].backend: there is no backend 'usb'; there are: genicam"),
        (
            SMALLEST + "[camera.options]\nwidth = 128\nseeed = 3",
            "line 5: camera[1].options.seeed: camera 'top': unknown",
        ),
        (SMALLEST + "options = { fps = true }", "line 3: camera[1].options.fps: "),
        (SMALLEST + 'backend = "replay"', "line 1: camera[1].options.folder: camera 'top': option 'folder' is missing"),
        (SMALLEST + 'backend = "genicam"\noptions.buffers = 2', "line 4: camera[1].options.buffers"),
        ('[[camera]]\nname = "../x"', "line 2: camera[1].name = '../x'"),
        (
            SMALLEST + 'trigger = "hardware"',
            "line 3: camera[1].trigger: there is no trigger 'hardware'; there are: software,",
        ),
        (SMALLEST + "[plc]\nport = 70000", "line 4: plc.port = 70000"),
        (SMALLEST + '[plc]\nmode = "none"', 'line.trigger: "plc" needs a PLC'),
        (SMALLEST + '[plc]\nmode = "none"\n[line]\ntrigger = "plc"', "line 6: line.trigger: "),
        (SMALLEST + "[plc.tags]\nready = { address = 1 }", 'line 3: plc.tags: read only with mode = "client"'),
        (SMALLEST + TAGS + "vedict = { address = 9 }", "line 15: plc.tags.vedict: is no tag of the handshake"),
        (
            SMALLEST + TAGS.replace("verdict", "error_code"),
            "line 7: plc.tags: lacks verdict, which the handshake needs",
        ),
        (SMALLEST + TAGS.replace("107", "112"), "line 12: plc.tags.vision_heartbeat: register 112 already belongs"),
        (SMALLEST + TAGS.replace("scale = 2", "scale = 0"), "line 14: plc.tags.score: scale 0 would lose the value"),
        (SMALLEST + '[plc]\nmode = "client"\n[plc.tags]\nready = { adrs = 1 }', "did you mean address?"),
        (SMALLEST + "[review]\naudit_percent = 101", "line 4: review.audit_percent = 101"),
        (SMALLEST + '[review]\nstages = "twice"', "line 4: review.stages = 'twice'"),
        (
            SMALLEST + "[review]\nreviewers = 3",
            'line 4: review.reviewers: read only with stages = "consensus"; set it or remove',
        ),
        (SMALLEST + "[shift]\nstarts = []", "line 4: shift.starts: must have at least one entry"),
        (SMALLEST + '[shift]\nstarts = ["6:00"]', "line 4: shift.starts: '6:00' is no time of day; write it as"),
        (SMALLEST + '[shift]\nstarts = ["24:00"]', "line 4: shift.starts: '24:00' is no time of day"),
        (
            SMALLEST + '[shift]\nstarts = ["14:00", "06:00"]',
            "line 4: shift.starts: put the times in the order of the day",
        ),
        (
            SMALLEST + '[shift]\nstarts = ["06:00", "06:00"]',
            "line 4: shift.starts: put the times in the order of the day",
        ),
        (SMALLEST + '[shift]\nzone = "Mars"', "line 4: shift.zone: this machine knows no time zone 'Mars'; write one"),
        (SMALLEST + "[people]\nidle_lock_s = 5", "line 4: people.idle_lock_s = 5"),
        (SMALLEST + '[assist]\nencoder = "e.onnx"', "line 4: assist.encoder: belongs to a decoder; name both files"),
        (SMALLEST + "[assist]\nside = 8", "line 4: assist.side = 8"),
        (SMALLEST + '[shift]\nzone = ""', "line 4: shift.zone: this machine knows no time zone ''"),
    ],
)
def test_mistakes_name_line_key_and_remedy(path: Path, text: str, expected: str) -> None:
    with pytest.raises(ConfigError) as caught:
        _load(path, text)
    assert expected in caught.value.text
    assert str(path) in caught.value.text


def test_several_producers_in_one_option(path: Path) -> None:
    config = _load(path, SMALLEST + 'backend = "genicam"\noptions.cti = "/opt/a.cti:lib/b.cti"\n')
    assert config.camera[0].options["cti"] == f"/opt/a.cti:{path.parent}/lib/b.cti"


def test_the_pair_that_outlines_starts_at_the_files_folder(path: Path) -> None:
    assert _load(path, SMALLEST).assist.files is None
    text = '[assist]\nencoder = "sam/e.onnx"\ndecoder = "/opt/d.onnx"\nside = 512\n'
    files = _load(path, SMALLEST + text).assist.files
    assert files == PairFiles(path.parent / "sam/e.onnx", Path("/opt/d.onnx"), 512)


def test_a_feature_file_is_outweighed_by_the_table_and_the_recipe(path: Path) -> None:
    file = path.parent / "top.toml"
    file.write_text("[camera.features]\nGain = 1.0\nExposureTime = 100.0\nWidth = 64\n")
    text = SMALLEST + 'feature_file = "top.toml"\nuser_set = "UserSet1"\nflat_field = "flat.npz"\n'
    config = _load(path, text + "[camera.features]\nGain = 2.0\n")
    (settings,) = camera_settings(config, {"top": {"ExposureTime": 300.0}})
    assert settings.features == {"Gain": 2.0, "ExposureTime": 300.0, "Width": 64}
    assert (settings.user_set, settings.link_delay_s) == ("UserSet1", 0.02)
    assert settings.flat_field == str(path.parent / "flat.npz")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "feature_file: there is no file"),
        ("Gain = 1.0\n", "top.toml, line 1: unknown key Gain"),
        ("[camera.features\n", "top.toml, line 1: not valid TOML"),
    ],
)
def test_a_feature_file_that_cannot_be_read(path: Path, text: str | None, said: str) -> None:
    if text is not None:
        (path.parent / "top.toml").write_text(text)
    with pytest.raises(ConfigError) as failure:
        _load(path, SMALLEST + 'feature_file = "top.toml"\n')
    assert said in failure.value.text
