"""What the server needs from whoever runs it: results, recipes, a line to steer, and words it uses for them.

The server knows no station: it is given objects that fit the protocols here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import BinaryIO, Protocol


class Role(IntEnum):
    """What a user may do; each includes the ones before."""

    ANONYMOUS = 0
    """Nobody knows who it is: browse and read plain values. Only where the server has such an endpoint."""
    OBSERVER = 1
    """Browse, read, subscribe, fetch results."""
    MES = 2
    """Also start and stop jobs, prepare recipes, acknowledge results and conditions."""
    ENGINEER = 3
    """Also halt and reset the system, add and remove recipes."""


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who gave the right password."""

    name: str
    role: Role


class Users(Protocol):
    """Who may log in."""

    def check(self, name: str, password: str) -> User | None:
        """Return the user, None for a wrong name or password. Slow by design; called in a thread."""


class Evaluation(IntEnum):
    """OPC 40001-101 ResultEvaluationEnum."""

    UNDEFINED = 0
    OK = 1
    NOT_OK = 2
    NOT_DECIDABLE = 3


class ResultState(IntEnum):
    """OPC 40100-1 ResultStateDataType."""

    UNDEFINED = 0
    COMPLETED = 1
    PROCESSING = 2
    ABORTED = 3
    FAILED = 4


@dataclass(frozen=True, slots=True)
class Identity:
    """What a recipe or configuration is, exactly. `sha256` is in hexadecimal digits, empty where there is none."""

    id: str
    version: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Defect:
    """One finding. Position and box in pixels of the view's picture; millimetres only where the scale is known."""

    name: str
    view: str
    score: float
    x_px: float
    y_px: float
    width_px: float
    height_px: float
    length_mm: float | None
    """The longer side of the box."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the part: the view and the SHA-256 its file is stored under."""

    view: str
    media_type: str
    sha256: str


@dataclass(frozen=True, slots=True)
class UsedModel:
    """The model that judged a view: its name, version and the SHA-256 of its file."""

    view: str
    name: str
    version: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Result:
    """One verdict on one part. Never changes; a later verdict on the same part is a result of its own."""

    sequence: int
    """Place among all results of the station: 1, 2, 3, …; grows for ever."""
    result_id: str
    part_id: str
    job_id: str
    meas_id: str
    product: str
    """The product that its job was started for; empty for none."""
    partial: bool
    """A person may still decide: a final result of the same part may follow."""
    simulated: bool
    state: ResultState
    evaluation: Evaluation
    reason: str
    by: str
    """rules, operator or qa."""
    author: str
    supersedes: str
    """The result this one takes the place of; empty for the first one of a part."""
    recipe: Identity
    configuration: Identity
    creation_time: datetime
    start_time: datetime
    end_time: datetime
    score: float | None
    model: str
    worst_class: str
    defects: tuple[Defect, ...]
    pictures: tuple[Picture, ...]
    models: tuple[UsedModel, ...]


@dataclass(frozen=True, slots=True)
class ResultFilter:
    """Which results; None leaves a field open."""

    state: ResultState | None = None
    evaluation: Evaluation | None = None
    part_id: str | None = None
    recipe_id: str | None = None
    configuration_id: str | None = None
    job_id: str | None = None
    meas_id: str | None = None
    product: str | None = None


ARCHIVE_TYPE = "application/zip"
"""What `Results.archive` gives."""


class Results(Protocol):
    """The store of results. Raises `PortError` when it cannot be read."""

    async def by_id(self, result_id: str) -> Result | None:
        """Return one result."""

    async def latest(self) -> Result | None:
        """Return the last result, None before the first."""

    async def page(self, wanted: ResultFilter, start: int, count: int) -> tuple[Result, ...]:
        """Return up to `count` matching results in the order of `sequence`, the first `start` of them skipped."""

    async def ids(self, wanted: ResultFilter, count: int) -> tuple[str, ...]:
        """Return the ids of the last `count` matching results, in the order of `sequence`."""

    async def parts(self) -> int:
        """Return how many parts the system has judged since it was put up."""

    async def archive(self, result: Result) -> BinaryIO | None:
        """Return an archive of the result's pictures, for the caller to close; None where it has none."""


class Acknowledgements(Protocol):
    """How far a client has taken the results over."""

    @property
    def sequence(self) -> int:
        """The last result that is acknowledged, 0 for none."""

    async def acknowledge(self, sequence: int) -> None:
        """Note that all results up to this one are taken over; durable on return, and never taken back.

        Raises `PortError` when it cannot be stored.
        """


class HaltMark(Protocol):
    """Whether somebody has halted the system: it stays so over every restart, until it is reset."""

    @property
    def stands(self) -> bool:
        """Whether the system is halted."""

    async def keep(self, *, stands: bool) -> None:
        """Halt, or halt no longer; durable on return. Raises `PortError` when it cannot be stored."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """A recipe that may be prepared."""

    identity: Identity
    modified: datetime


@dataclass(frozen=True, slots=True)
class Configuration:
    """A configuration that the system runs with, or that waits for it."""

    identity: Identity
    modified: datetime
    simulated: bool = False
    """Whether its cameras are simulated ones."""


@dataclass(frozen=True, slots=True)
class Nameplate:
    """What identifies a machine or a component; empty where it is not known."""

    manufacturer: str
    serial_number: str
    product_instance_uri: str = ""
    model: str = ""
    manufacturer_uri: str = ""
    product_code: str = ""
    hardware_revision: str = ""
    software_revision: str = ""
    location: str = ""
    asset_id: str = ""

    @property
    def properties(self) -> Mapping[str, str]:
        """Each value under its name in the Identification of OPC 40001-1."""
        return {
            "Manufacturer": self.manufacturer,
            "SerialNumber": self.serial_number,
            "ProductInstanceUri": self.product_instance_uri,
            "Model": self.model,
            "ManufacturerUri": self.manufacturer_uri,
            "ProductCode": self.product_code,
            "HardwareRevision": self.hardware_revision,
            "SoftwareRevision": self.software_revision,
            "Location": self.location,
            "AssetId": self.asset_id,
        }


@dataclass(frozen=True, slots=True)
class Maintenance:
    """When a system was looked after and when it is due again, None where nobody says so."""

    last_service: datetime | None = None
    next_service: datetime | None = None
    last_calibration: datetime | None = None
    next_calibration: datetime | None = None

    @property
    def properties(self) -> Mapping[str, datetime]:
        """Each moment that is known, under its name in the VisionMaintenanceInfoType of OPC 40100-2."""
        named = {
            "LastService": self.last_service,
            "NextService": self.next_service,
            "LastCalibration": self.last_calibration,
            "NextCalibration": self.next_calibration,
        }
        return {name: moment for name, moment in named.items() if moment is not None}

    def needs_calibration(self, now: datetime) -> bool:
        """Tell whether the calibration is due."""
        return self.next_calibration is not None and self.next_calibration <= now

    def is_due(self, now: datetime) -> bool:
        """Tell whether calibration or service is due."""
        return self.needs_calibration(now) or (self.next_service is not None and self.next_service <= now)


@dataclass(frozen=True, slots=True)
class Asset:
    """The system as something that was bought and is maintained, with its cameras by name."""

    name: str
    plate: Nameplate
    cameras: Mapping[str, Nameplate]
    maintenance: Maintenance = Maintenance()


class Recipes(Protocol):
    """The recipes of the system. Every method raises `PortError` with the reason when it was not done."""

    async def all(self) -> tuple[Recipe, ...]:
        """Return every recipe that can be used."""

    @property
    def largest_bytes(self) -> int:
        """How large a recipe's file may be."""

    async def content(self, recipe: Identity) -> bytes:
        """Return the file of exactly this recipe."""

    async def store(self, wanted: Identity, content: bytes) -> Identity:
        """Take over a recipe under the id of `wanted`, durable on return; version and hash count where they are given."""

    async def remove(self, recipe: str) -> None:
        """Remove a recipe, by its id."""


class Configurations(Protocol):
    """The configuration that is active, and others that wait. Every method raises `PortError` with the reason."""

    @property
    def active(self) -> Configuration:
        """The configuration the system runs with, as it was when it started."""

    @property
    def largest_bytes(self) -> int:
        """How large a configuration's file may be."""

    async def waiting(self) -> tuple[Configuration, ...]:
        """Return those that are stored and not active."""

    async def content(self, configuration: Identity) -> bytes:
        """Return the file of exactly this configuration."""

    async def store(self, wanted: Identity, content: bytes) -> Identity:
        """Keep a configuration under the id of `wanted`, durable on return; its hash counts where it is given."""

    async def remove(self, configuration: str) -> None:
        """Remove a configuration that is not active, by its id."""

    def why_not(self, configuration: str) -> str:
        """Say why one that waits cannot become active now, and what to do."""


class Products(Protocol):
    """Which recipe judges a product, as clients have linked them: a product has one recipe, a recipe may have several products.

    Both changes raise `PortError` when they cannot be stored.
    """

    @property
    def links(self) -> Mapping[str, str]:
        """The recipe of each product."""

    async def link(self, product: str, recipe: str) -> None:
        """Let a recipe judge a product from now on; durable on return."""

    async def unlink(self, *products: str) -> None:
        """Forget products; durable on return."""


class PortError(Exception):
    """What was asked could not be done; the text says why, for the caller of the method."""


class Line(Protocol):
    """What a client may have done. Every method but `audit` raises `PortError` with the reason when it was not done."""

    async def trigger(self, part_id: str, meas_id: str, product: str) -> str:
        """Trigger one part and return its job id, which its results will bear as they bear the product."""

    async def run(self, part_id: str, meas_id: str, product: str) -> str:
        """Take parts as they come and return the job id that their results will bear."""

    async def pause(self, reason: str) -> None:
        """Take no more parts."""

    async def change_recipe(self, recipe: str) -> None:
        """Change over to another recipe; done when the line said so, which may take seconds."""

    async def audit(self, event: str, details: Mapping[str, str]) -> None:
        """Enter what a client did into the audit chain."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that stands: what kind it is, what it is about, and what happened in words."""

    code: str
    source: str
    text: str


@dataclass(frozen=True, slots=True)
class KeptCondition:
    """A condition as it outlives a restart: a fault, over by then or not, that nobody has confirmed yet."""

    fault: Fault
    warning: bool
    acknowledged: bool
    confirmed: bool
    comment: str
    author: str


class ConditionStore(Protocol):
    """Where conditions that are not over and confirmed are kept."""

    async def read(self) -> tuple[KeptCondition, ...]:
        """Return those that were kept last."""

    async def keep(self, conditions: tuple[KeptCondition, ...]) -> None:
        """Keep these and no others; durable on return. Raises `PortError` when they cannot be stored."""


@dataclass(frozen=True, slots=True)
class LineState:
    """How the line is, as far as the state machine cares."""

    attached: bool
    """Whether the engine is there at all."""
    faults: tuple[Fault, ...]
    """Standing faults: no part is judged well while there is one."""
    accepting: bool
    """Whether parts are taken as they come."""
    busy: bool
    """Whether a part is in hand."""
    recipe: Identity | None
    settled: bool
    """Whether nothing is awaited any more: cameras, model and storage have come up."""
    warnings: tuple[Fault, ...] = ()
    """What somebody should look at while parts are judged all the same."""
