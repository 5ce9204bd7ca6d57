"""What the engine and the programs attached to it say to each other: one JSON object a line over a local socket.

The engine tells everyone attached (`Welcome`, `State`, `PartCaptured`, `PartFinished`, `VerdictChanged`, `HoldEnded`,
`QueueChanged`). Whoever is attached sends a `Command` with a key of its own and gets exactly one `Answer` with that key; the same
key sent again, after a lost connection, gets the same answer and has no second effect.
"""

from enum import StrEnum
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, Field, TypeAdapter

from station.desk.base import Command as Command  # noqa: PLC0414 - part of what is said here
from station.desk.base import Message as Message  # noqa: PLC0414 - part of what is said here
from station.desk.review_messages import QueueChanged, ReviewCommand
from station.journal.errors import Refusal as Refusal  # noqa: PLC0414 - part of what is said here

PROTOCOL = 3
"""Grows when an older program could no longer understand; `Welcome` and `Attach` say it."""

MAX_LINE_BYTES = 4 * 1024 * 1024
"""A longer line of the engine's ends the connection."""

MAX_COMMAND_BYTES = 512 * 1024
"""A longer command is refused by `DeskClient` and ends the connection of anybody else: reading it would hold the line up.

It has room for some twenty thousand points of outlines.
"""

NOBODY = UUID(int=0)
"""Key of an `Answer` to no command: the engine takes no more programs, or could not read a line; the connection ends."""


SESSION_OVER = "The session is over; log in first."
"""`Answer.text` of a command whose session the engine no longer knows."""


class Kind(StrEnum):
    """What attaches; a gateway may do what no screen may, and the other way round."""

    SCREEN = "screen"
    GATEWAY = "gateway"
    TOOL = "tool"


# What the engine says -------------------------------------------------------------------------------------------------


class FaultLine(Message):
    """A standing fault: what happened, what it means, what to do."""

    code: str
    source: str
    text: str


class ClassLine(Message):
    """A defect class of the recipe's palette."""

    name: str
    parent: str | None = None


class RecipeLine(Message):
    """The recipe in use."""

    name: str
    version: int
    sha256: str
    number: int
    takt_ms: int
    pixel_size_um: float | None
    classes: tuple[ClassLine, ...]
    wait_ms: int
    """How long a part that is not decidable waits for a person before the PLC is told; 0: it does not wait."""
    views: tuple[str, ...]
    ask_when_disagreeing: bool = True
    """Whether a screen asks once more before a person opposes a model that is sure."""


class HeldLine(Message):
    """A part that waits for a person now, for as long as it still may."""

    uid: UUID
    part_seq: int
    hold_ms: int
    hidden: bool = False


class Welcome(Message):
    """The first line of every connection."""

    type: Literal["welcome"] = "welcome"
    protocol: int = PROTOCOL
    station: str
    engine: UUID
    """A new one each time the engine starts."""
    recipe: RecipeLine
    recipes: tuple[str, ...]
    """Names of all recipes of the station."""
    cameras: tuple[str, ...]
    idle_lock_s: int | None = None
    """After so long without a touch or a key a screen logs its person out; None: as the screen is set."""
    held: tuple[HeldLine, ...] = ()
    """Parts that wait for a person, the oldest first: a screen that comes back shows them again."""
    line: bool = True
    """Whether an engine speaks here; otherwise it is a review desk alone, with no line behind it."""


class PartCounts(Message):
    """Totals since the engine started."""

    started: int
    finished: int
    refused: int
    ok: int
    ng: int
    not_decidable: int


class State(Message):
    """Whether the line runs and why not; sent on every change and at least twice a second."""

    type: Literal["state"] = "state"
    online: bool
    reason: str
    """Name of `plc.link.OfflineReason`."""
    accepting: bool
    """False while somebody has paused the taking of parts."""
    plc_up: bool
    faults: tuple[FaultLine, ...]
    awaited: tuple[str, ...]
    counts: PartCounts
    latency_p50_ms: float | None
    latency_p99_ms: float | None


class PartCaptured(Message):
    """The cameras are done with a part, which may go on. Told to gateways alone, some time before its `PartFinished`."""

    type: Literal["captured"] = "captured"
    uid: UUID


class PartFinished(Message):
    """A part is durable. Its pictures, outlines and heat map are in the journal under `uid`."""

    type: Literal["part"] = "part"
    uid: UUID
    part_id: str
    part_seq: int
    inspection_id: int
    time: AwareDatetime
    verdict: Literal["OK", "NG", "NOT_DECIDABLE"]
    reason: str
    score: float | None
    faulty: bool
    """Whether a fault, not the part, is why it is not decidable: no person can decide what has no picture."""
    hold_ms: int
    """How long the engine waits for a person from now on; 0: the PLC is told already."""
    hidden: bool = False
    """An audit against automation bias: the screen hides the model's opinion until the person has decided."""


class VerdictChanged(Message):
    """A person superseded a verdict."""

    type: Literal["verdict"] = "verdict"
    uid: UUID
    part_seq: int
    verdict: Literal["OK", "NG", "NOT_DECIDABLE"]
    """What nobody can decide a reviewer says only by taking a verdict back."""
    by: Literal["operator", "qa"]
    author: str
    reason: str
    time: AwareDatetime
    plc_told: bool
    """Whether this verdict is the one that the PLC got: the part was still held."""


class HoldEnded(Message):
    """Nobody decided in time: the PLC was told NOT_DECIDABLE, so it rejects the part."""

    type: Literal["hold-ended"] = "hold-ended"
    uid: UUID
    part_seq: int


class Answer(Message):
    """The one answer to a command. `done`: what was asked is durable. Otherwise nothing was changed."""

    type: Literal["answer"] = "answer"
    key: UUID
    done: bool
    refusal: Refusal | None = None
    text: str = ""
    result: dict[str, Any] = Field(default_factory=dict)


FromEngine = Annotated[
    Welcome | State | PartCaptured | PartFinished | VerdictChanged | HoldEnded | QueueChanged | Answer,
    Field(discriminator="type"),
]


# What is asked of it --------------------------------------------------------------------------------------------------


class Attach(Command):
    """The first line that whoever attaches sends."""

    type: Literal["attach"] = "attach"
    protocol: int = PROTOCOL
    kind: Kind


class LogIn(Command):
    """A badge with PIN, or a name with password. Result: session, name, role, language, left_handed, theme, sound."""

    type: Literal["log-in"] = "log-in"
    badge: str = ""
    name: str = ""
    secret: str


class LogOut(Command):
    """End a session."""

    type: Literal["log-out"] = "log-out"


class SetPreferences(Command):
    """What a person wants of every screen: language (de), left_handed (true), theme (night), sound (true)."""

    type: Literal["set-preferences"] = "set-preferences"
    preferences: dict[str, str | bool]


class GiveVerdict(Command):
    """A person's verdict. `seen` is the verdict the person saw; another one meanwhile is `SUPERSEDED`.

    Result: plc_told (bool), passed_already (bool): an NG on a part that the PLC let pass must be fetched back.
    """

    type: Literal["give-verdict"] = "give-verdict"
    uid: UUID
    verdict: Literal["OK", "NG"]
    seen: Literal["OK", "NG", "NOT_DECIDABLE"]
    reason: str = ""


class Annotate(Command):
    """Store what a person outlined on one view: `annotation` is the JSON of `labeling.codec`.

    `parent` is the revision it came from (None: the model's own outlines); a newer one meanwhile is `SUPERSEDED`.
    Result: revision (the new annotation's uid).
    """

    type: Literal["annotate"] = "annotate"
    uid: UUID
    view: str
    parent: UUID | None
    annotation: dict[str, Any]


class Propose(Command):
    """Store what a model proposes on one view (tool): an `Annotate` whose author is the model, which is nobody's word.

    Result: revision (the new annotation's uid).
    """

    type: Literal["propose"] = "propose"
    uid: UUID
    view: str
    parent: UUID | None
    annotation: dict[str, Any]


class WriteNote(Command):
    """A hand-over note of the shift."""

    type: Literal["write-note"] = "write-note"
    text: Annotated[str, Field(min_length=1, max_length=4000)]


class ChooseRecipe(Command):
    """Change over to another recipe (engineer; a gateway for a MES). The engine starts again with it."""

    type: Literal["choose-recipe"] = "choose-recipe"
    recipe: str


class Pause(Command):
    """Take no more parts until `Resume` (engineer, gateway). The PLC sees the station offline."""

    type: Literal["pause"] = "pause"
    reason: str


class Resume(Command):
    """Take parts again; it ends no fault."""

    type: Literal["resume"] = "resume"


class TriggerPart(Command):
    """Trigger one part from here (gateway: a MES's job; engineer). Result: uid, part_seq. `NOT_NOW` when it cannot be taken."""

    type: Literal["trigger-part"] = "trigger-part"
    part_id: str = ""


class AddAudit(Command):
    """Enter what a person did elsewhere (a write or call over OPC UA) into the audit chain (gateway, tool)."""

    type: Literal["add-audit"] = "add-audit"
    event: str
    details: dict[str, str]


class ManagePeople(Command):
    """What `station users` does while the engine runs (tool: it has the rights of whoever may open the socket)."""

    type: Literal["manage-people"] = "manage-people"
    action: str
    details: dict[str, str]


class ManageRecords(Command):
    """What `station hold`, `delete` and `sign` do while the engine runs; `by` is who a tool does it for.

    Result: as `station.keeping.manage` has it.
    """

    type: Literal["manage-records"] = "manage-records"
    action: str
    by: str = ""
    details: dict[str, str]


ToEngine = Annotated[
    Attach
    | LogIn
    | LogOut
    | SetPreferences
    | GiveVerdict
    | Annotate
    | Propose
    | WriteNote
    | ChooseRecipe
    | Pause
    | Resume
    | TriggerPart
    | AddAudit
    | ManagePeople
    | ManageRecords
    | ReviewCommand,
    Field(discriminator="type"),
]

from_engine: TypeAdapter[FromEngine] = TypeAdapter(FromEngine)
to_engine: TypeAdapter[ToEngine] = TypeAdapter(ToEngine)


def line_of(message: Message) -> bytes:
    """Return a message as the line that is sent."""
    return message.model_dump_json().encode() + b"\n"
