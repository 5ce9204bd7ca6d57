"""`station.toml`: what this station is made of. Every key has a default that is safe and local."""

import os
import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field, PrivateAttr, ValidationInfo, model_validator

from camera.device import CameraError, FeatureValue, TriggerKind
from camera.registry import BACKENDS, make_device
from camera.settings import MEBIBYTE, CameraSettings
from models.pair_files import LARGEST_SIDE, SMALLEST_SIDE, PairFiles
from models.providers import Provider
from plc.registers import Tag, TagType, WordOrder
from plc.settings import LinkMode, PlcSettings
from station.delivery.settings import DeliveryTable
from station.feature_file import read_feature_file
from station.keeping.table import RetentionTable
from station.mask_table import MaskTable
from station.quality.shift import Shift, shift_at
from station.review.rules import ReviewRules, Scheme
from station.toml_file import FilePath, KeyProblemError, Scalar, StrictModel, against_folder, load_toml, not_empty

U16_MAX = 65_535

Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$")]
"""A name that is also safe as a folder, a metric's label and an OPC UA browse name."""

Port = Annotated[int, Field(ge=0, le=U16_MAX)]


class PlcMode(StrEnum):
    """How the station and the PLC meet."""

    SERVER = "server"
    """The PLC is the Modbus client and writes into this station's registers."""
    CLIENT = "client"
    """The station reads and writes the PLC's own registers, listed in `plc.tags`."""
    NONE = "none"
    """No PLC: the timer triggers, verdicts go to the journal alone."""


class TriggerSource(StrEnum):
    """Who starts a part."""

    PLC = "plc"
    TIMER = "timer"


class StationTable(StrictModel):
    """[station]: who and where. `data` holds the journal, the pictures and the models."""

    name: Name = "station-1"
    data: FilePath = Field(default=Path(), validate_default=True)
    recipes: FilePath | None = None
    audit_key: FilePath | None = None


def _known_backend(name: str) -> str:
    if name not in BACKENDS:
        raise ValueError(f"there is no backend {name!r}; there are: {', '.join(BACKENDS)}")
    return name


_LINE = re.compile(r"line(\d{1,2})", re.IGNORECASE)


def _known_trigger(text: str) -> str:
    if _LINE.fullmatch(text) is None and text not in {TriggerKind.SOFTWARE, TriggerKind.FREE_RUN}:
        raise ValueError(f"there is no trigger {text!r}; there are: software, free_run, and line0, line1 and so on")
    return text


RECIPES = "recipes"
"""Folder of the recipes within the data folder, where nothing else is said."""
PATH_OPTIONS = ("folder", "cti")
"""Options of camera backends that are paths, several of them separated as in PATH."""


def _option_paths(options: dict[str, FeatureValue], info: ValidationInfo) -> dict[str, FeatureValue]:
    def absolute(paths: str) -> str:
        return os.pathsep.join(str(against_folder(Path(path), info)) for path in paths.split(os.pathsep) if path)

    return {
        name: absolute(value) if name in PATH_OPTIONS and isinstance(value, str) else value
        for name, value in options.items()
    }


class CameraTable(StrictModel):
    """[[camera]]: one device and how long it may be silent."""

    name: Name
    backend: Annotated[str, AfterValidator(_known_backend)] = "simulated"
    trigger: Annotated[str, AfterValidator(_known_trigger)] = "software"
    trigger_window_ms: Annotated[int, Field(ge=1, le=1000)] = 20
    ring_slots: Annotated[int, Field(ge=2, le=256)] = 8
    max_frame_mb: Annotated[int, Field(ge=1, le=1024)] = 32
    frame_deadline_ms: Annotated[int, Field(ge=1)] = 1000
    silence_ms: Annotated[int, Field(ge=100)] = 5000
    figures_every_s: Annotated[float, Field(ge=0, le=3600)] = 0.0
    link_delay_ms: Annotated[int, Field(ge=0, le=10_000)] = 20
    options: Annotated[dict[str, Scalar], AfterValidator(_option_paths)] = Field(default_factory=dict)
    features: dict[str, Scalar] = Field(default_factory=dict)
    feature_file: FilePath | None = None
    """Features that those of `features` outweigh."""
    user_set: str = ""
    flat_field: FilePath | None = None
    white_balance: FilePath | None = None
    masks: Annotated[tuple[MaskTable, ...], Field(alias="mask", max_length=16)] = ()
    _file_features: dict[str, FeatureValue] = PrivateAttr(default_factory=dict)

    @model_validator(mode="after")
    def _read_feature_file(self) -> Self:
        if self.feature_file is not None:
            if not self.feature_file.is_file():
                text = f"there is no file {self.feature_file}; `station cameras features --out` writes one"
                raise KeyProblemError(("feature_file",), text)
            self._file_features = read_feature_file(self.feature_file)
        return self

    @model_validator(mode="after")
    def _masks_are_told_apart(self) -> Self:
        for index, mask in enumerate(self.masks):
            if any(mask.name == other.name for other in self.masks[:index]):
                text = f"{mask.name!r} is already taken; give each [[camera.mask]] of a camera its own name"
                raise KeyProblemError(("mask", index, "name"), text)
        return self

    @property
    def trigger_line(self) -> str:
        """The input by which the line triggers the camera, by its SFNC name; empty for any other trigger."""
        found = _LINE.fullmatch(self.trigger)
        return f"Line{int(found[1])}" if found else ""

    @property
    def trigger_kind(self) -> TriggerKind:
        """Who decides when a picture is taken."""
        return TriggerKind.LINE if self.trigger_line else TriggerKind(self.trigger)

    @property
    def all_features(self) -> Mapping[str, FeatureValue]:
        """Those of the file, outweighed by those of the table."""
        return {**self._file_features, **self.features}


class PlcTag(StrictModel):
    """One value in the PLC's own memory."""

    address: Annotated[int, Field(ge=0, le=U16_MAX)]
    type: Annotated[TagType, Field(strict=False)] = TagType.U16
    word_order: Annotated[WordOrder, Field(strict=False)] | None = None
    scale: float = 1.0


class PlcTable(StrictModel):
    """[plc]: the line's controller."""

    mode: Annotated[PlcMode, Field(strict=False)] = PlcMode.SERVER
    host: str = "127.0.0.1"
    port: Port = 1502
    device_id: Annotated[int, Field(ge=0, le=255)] = 1
    heartbeat_timeout_ms: Annotated[int, Field(ge=500)] = 2000
    poll_ms: Annotated[int, Field(ge=1, le=1000)] = 10
    word_order: Annotated[WordOrder, Field(strict=False)] = WordOrder.BIG
    tags: dict[str, PlcTag] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _tags_fit(self) -> Self:
        if self.tags and self.mode is not PlcMode.CLIENT:
            raise KeyProblemError(("tags",), 'read only with mode = "client"; set it or remove [plc.tags]')
        try:
            _link_settings(self)
        except ValueError as error:
            key, text = _PLC_KEY.fullmatch(str(error)).groups()  # type: ignore[union-attr]
            raise KeyProblemError(tuple(key.split(".")), text) from None
        return self


_PLC_KEY = re.compile(r"(?:plc\.([a-z0-9_.]*[a-z0-9_]))?:? ?(.*)", re.DOTALL)
"""How `PlcSettings` begins what it finds wrong."""


def _link_settings(plc: PlcTable) -> PlcSettings:
    return PlcSettings(
        mode=LinkMode.CLIENT if plc.mode is PlcMode.CLIENT else LinkMode.SERVER,
        host=plc.host,
        port=plc.port,
        device_id=plc.device_id,
        heartbeat_timeout_s=plc.heartbeat_timeout_ms / 1000,
        poll_period_s=plc.poll_ms / 1000,
        word_order=plc.word_order,
        tags={
            name: Tag(tag.address, tag.type, tag.word_order or plc.word_order, tag.scale)
            for name, tag in plc.tags.items()
        },
    )


class LineTable(StrictModel):
    """[line]: which recipe, who triggers, and how long a part may take."""

    recipe: Name = "plate-A"
    trigger: Annotated[TriggerSource, Field(strict=False)] = TriggerSource.PLC
    takt_ms: Annotated[int, Field(ge=1)] = 1000
    part_deadline_ms: Annotated[int, Field(ge=1)] = 2000
    queue: Annotated[int, Field(ge=1, le=64)] = 4


class StorageTable(StrictModel):
    """[storage]: when the disk counts as full, and how many threads encode pictures."""

    min_free_mb: Annotated[int, Field(ge=1)] = 1000
    encoder_threads: Annotated[int, Field(ge=1, le=64)] = 2


class ModelTable(StrictModel):
    """[model]: how models run; 0 threads, and a batch of 0 pictures, are chosen by a measurement at the start."""

    provider: Annotated[Provider, Field(strict=False)] = Provider.CPU
    threads: Annotated[int, Field(ge=0, le=64)] = 0
    batch: Annotated[int, Field(ge=0, le=64)] = 0


class AssistTable(StrictModel):
    """[assist]: the model that outlines what a person points at. Both files or neither; then where they are by default."""

    encoder: FilePath | None = None
    decoder: FilePath | None = None
    side: Annotated[int, Field(ge=SMALLEST_SIDE, le=LARGEST_SIDE)] | None = None

    @model_validator(mode="after")
    def _both(self) -> Self:
        if (self.encoder is None) != (self.decoder is None):
            missing, given = ("decoder", "encoder") if self.decoder is None else ("encoder", "decoder")
            raise KeyProblemError((given,), f"belongs to a {missing}; name both files, or neither")
        return self

    @property
    def files(self) -> PairFiles | None:
        """The two files, where they are named."""
        if self.encoder is None or self.decoder is None:
            return None
        return PairFiles(self.encoder, self.decoder, self.side)


class AssetTable(StrictModel):
    """[asset]: what stands on the machine's plate, for systems that keep track of machines. All may be left out."""

    manufacturer: Annotated[str, Field(max_length=100)] = "inspection-station"
    manufacturer_uri: Annotated[str, Field(max_length=200)] = ""
    model: Annotated[str, Field(max_length=100)] = ""
    product_code: Annotated[str, Field(max_length=100)] = ""
    serial_number: Annotated[str, Field(max_length=100)] = ""
    """Left out, one is made of the name of this installation of the operating system."""
    product_instance_uri: Annotated[str, Field(max_length=200)] = ""
    hardware_revision: Annotated[str, Field(max_length=100)] = ""
    location: Annotated[str, Field(max_length=200)] = ""
    asset_id: Annotated[str, Field(max_length=100)] = ""
    last_service: date | None = None
    """This and the next three are kept by hand; the OPC UA server says when one that is next has come."""
    next_service: date | None = None
    last_calibration: date | None = None
    next_calibration: date | None = None


class OpcuaTable(StrictModel):
    """[opcua]: the server for MES and SCADA. Without users and trusted certificates nobody gets in."""

    enabled: bool = True
    host: str = "127.0.0.1"
    port: Port = 4840
    folder: FilePath | None = None
    """Where certificates, users and the cursor lie; `opcua` in the data folder when left out."""
    anonymous_read_only: bool = False
    """Let anybody who reaches the port read and browse, without encryption and without a name."""
    max_sessions: Annotated[int, Field(ge=1, le=1000)] = 60
    max_sessions_per_client: Annotated[int, Field(ge=1, le=1000)] = 10


def _clock_times(starts: tuple[str, ...]) -> tuple[str, ...]:
    for start in starts:
        if not re.fullmatch(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]", start):
            raise ValueError(f'{start!r} is no time of day; write it as "06:00", from "00:00" to "23:59"')
    if list(starts) != sorted(set(starts)):
        raise ValueError("put the times in the order of the day, each once")
    return starts


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ValueError, OSError, ZoneInfoNotFoundError):  # OSError: a folder of the zone database, or a name too long
        raise ValueError(
            f'this machine knows no time zone {name!r}; write one such as "Europe/Berlin", or leave it out'
        ) from None
    return name


class ShiftTable(StrictModel):
    """[shift]: when shifts begin, by the clock on the wall. The screens count by them; nothing on the line does."""

    starts: Annotated[tuple[str, ...], AfterValidator(not_empty), AfterValidator(_clock_times)] = (
        "06:00",
        "14:00",
        "22:00",
    )
    zone: Annotated[str, AfterValidator(_known_zone)] | None = None

    def at(self, moment: datetime) -> Shift:
        """Return the shift that a moment, with its zone, lies in."""
        starts = tuple(time.fromisoformat(start) for start in self.starts)
        return shift_at(moment, starts, ZoneInfo(self.zone) if self.zone else None)


class PeopleTable(StrictModel):
    """[people]: those who log in. A screen that nobody touches for `idle_lock_s` logs its person out."""

    idle_lock_s: Annotated[int, Field(ge=10, le=86_400)] = 600


Percent = Annotated[float, Field(strict=False, ge=0, le=100)]


class ReviewTable(StrictModel):
    """[review]: which parts QA looks at again, and how many people must say the same."""

    audit_percent: Percent = 1.5
    seed: Annotated[int, Field(ge=0)] = 1
    drift_sigmas: Annotated[float, Field(strict=False, ge=0, le=100)] = 4.0
    """0: no part is drawn for its score."""
    stages: Annotated[Scheme, Field(strict=False)] = Scheme.SINGLE
    second_percent: Percent = 100.0
    reviewers: Annotated[int, Field(ge=2, le=9)] = 2
    adjudicators: tuple[str, ...] = ()
    golden_percent: Percent = 2.0
    lease_s: Annotated[int, Field(ge=10, le=3600)] = 120

    @model_validator(mode="after")
    def _keys_mean_something(self) -> Self:
        for key, scheme in (("second_percent", Scheme.SECOND_PASS), ("reviewers", Scheme.CONSENSUS)):
            if key in self.model_fields_set and self.stages is not scheme:
                raise KeyProblemError((key,), f'read only with stages = "{scheme}"; set it or remove {key}')
        return self


_OPTION = re.compile(r"option '?(\w+)")
"""How backends name the option they do not take."""


def _camera_settings(
    camera: CameraTable, features: Mapping[str, FeatureValue] = MappingProxyType({})
) -> CameraSettings:
    return CameraSettings(
        name=camera.name,
        backend=camera.backend,
        options=camera.options,
        features={**camera.all_features, **features},
        trigger=camera.trigger_kind,
        line=camera.trigger_line,
        trigger_window_s=camera.trigger_window_ms / 1000,
        ring_slots=camera.ring_slots,
        max_frame_bytes=camera.max_frame_mb * MEBIBYTE,
        frame_deadline_s=camera.frame_deadline_ms / 1000,
        silence_s=camera.silence_ms / 1000,
        figures_every_s=camera.figures_every_s,
        user_set=camera.user_set,
        flat_field="" if camera.flat_field is None else str(camera.flat_field),
        white_balance="" if camera.white_balance is None else str(camera.white_balance),
        link_delay_s=camera.link_delay_ms / 1000,
        masks=tuple(table.mask for table in camera.masks),
    )


class StationConfig(StrictModel):
    """All of `station.toml`; the paths in it are absolute once loaded."""

    station: StationTable = Field(default_factory=StationTable)
    camera: Annotated[tuple[CameraTable, ...], AfterValidator(not_empty)]
    plc: PlcTable = Field(default_factory=PlcTable)
    line: LineTable = Field(default_factory=LineTable)
    storage: StorageTable = Field(default_factory=StorageTable)
    retention: RetentionTable = Field(default_factory=RetentionTable)
    model: ModelTable = Field(default_factory=ModelTable)
    assist: AssistTable = Field(default_factory=AssistTable)
    opcua: OpcuaTable = Field(default_factory=OpcuaTable)
    asset: AssetTable = Field(default_factory=AssetTable)
    delivery: tuple[DeliveryTable, ...] = ()
    people: PeopleTable = Field(default_factory=PeopleTable)
    shift: ShiftTable = Field(default_factory=ShiftTable)
    review: ReviewTable = Field(default_factory=ReviewTable)

    @model_validator(mode="before")
    @classmethod
    def _paths_of_a_missing_table(cls, raw: object) -> object:
        """Let [station] be read even where the file leaves it out, so that its paths start at the file's folder."""
        return {"station": {}, **raw} if isinstance(raw, dict) else raw

    @model_validator(mode="after")
    def _backends_take_their_options(self) -> Self:
        for index, camera in enumerate(self.camera):
            try:
                make_device(_camera_settings(camera))
            except CameraError as error:
                option = _OPTION.search(str(error))
                raise KeyProblemError(
                    ("camera", index, "options", *(option.groups() if option else ())), str(error)
                ) from None
        return self

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        names = [camera.name for camera in self.camera]
        for index, name in enumerate(names):
            if name in names[:index]:
                raise KeyProblemError(
                    ("camera", index, "name"), f"{name!r} is already taken; give each [[camera]] its own name"
                )
        room_mb = self.retention.free_mb
        if room_mb is not None and room_mb <= self.storage.min_free_mb:
            text = f"the station stops below storage.min_free_mb = {self.storage.min_free_mb}; make room before that"
            raise KeyProblemError(("retention", "free_mb"), text)
        destinations = [delivery.name for delivery in self.delivery]
        for index, name in enumerate(destinations):
            if name in destinations[:index]:
                raise KeyProblemError(
                    ("delivery", index, "name"), f"{name!r} is already taken; give each [[delivery]] its own name"
                )
        if self.line.trigger is TriggerSource.PLC and self.plc.mode is PlcMode.NONE:
            raise KeyProblemError(("line", "trigger"), '"plc" needs a PLC: set plc.mode, or line.trigger = "timer"')
        return self

    @property
    def recipes(self) -> Path:
        """Folder of the recipes."""
        return self.station.recipes or self.station.data / RECIPES

    @property
    def review_rules(self) -> ReviewRules:
        """How parts are reviewed, for the journal."""
        table = self.review
        return ReviewRules(
            audit_share=table.audit_percent / 100,
            seed=table.seed,
            drift_sigmas=table.drift_sigmas,
            scheme=table.stages,
            second_share=table.second_percent / 100,
            reviewers=table.reviewers,
            adjudicators=frozenset(table.adjudicators),
            golden_share=table.golden_percent / 100,
            lease=timedelta(seconds=table.lease_s),
            shift_of=lambda moment: self.shift.at(moment).number,
        )

    def recipe_file(self, name: str) -> Path:
        """Where the recipe called `name` stands."""
        return self.recipes / f"{name}.toml"


def load_station(path: Path) -> StationConfig:
    """Read `station.toml`. Raises `ConfigError` in one line that names file, line, key and remedy."""
    return load_toml(path, StationConfig)


def camera_settings(
    config: StationConfig, features: Mapping[str, Mapping[str, FeatureValue]] | None = None
) -> tuple[CameraSettings, ...]:
    """Give every camera's settings; a recipe's `features`, by camera, outweigh those of the station."""
    return tuple(_camera_settings(camera, (features or {}).get(camera.name, {})) for camera in config.camera)


def plc_settings(config: StationConfig) -> PlcSettings | None:
    """Give the PLC link's settings; None where the station has no PLC."""
    return None if config.plc.mode is PlcMode.NONE else _link_settings(config.plc)
