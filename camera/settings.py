"""What a camera is told once, before it starts; travels to its worker as JSON."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from camera.device import FeatureValue, TriggerKind
from camera.mask import Mask
from camera.options import OptionValue

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Setup:
    """The features of one of the views that a camera takes of a part; the same names in each."""

    view: str
    features: Mapping[str, FeatureValue]


@dataclass(frozen=True, slots=True)
class CameraSettings:
    """One camera of the station.

    Attributes
    ----------
    name
        The camera's name in `station.toml`.
    backend
        A name `camera.registry` knows.
    options
        How to find and treat the device; each backend has its own.
    features
        SFNC features set after every opening, so also after a restart, and read back; in this order, but those refused are tried
        again after the others.
    user_set
        A set of features kept in the device (SFNC UserSetSelector) that is loaded before them; none where empty.
    trigger
        Who decides when a picture is taken.
    ring_slots
        Pictures that may be leased to the engine at the same time; one more is lost, with its reason.
    max_frame_bytes
        Size of one slot. Memory is only taken for what the pictures really need.
    frame_deadline_s
        A trigger without a picture after this time is lost.
    trigger_late_s
        A trigger that could not be fired within this time is not fired at all: its picture would be of another place.
    link_delay_s
        Free run: how long after its readout a frame may still be on its way to this machine, packets asked for again
        included. So much earlier than it seems may a frame have begun.
    figures_every_s
        How often the device is asked for its temperature and its link for resends; 0: never, each may be a word on the link.
    flat_field
        A file of `camera.flat_field` that evens out every picture; none where empty.
    white_balance
        A file of `camera.white_balance` whose ratios are set with the features; none where empty.
    masks
        What is filled with grey in every picture.
    line
        The input by which the line triggers the device, by its SFNC name; for a line trigger alone.
    trigger_window_s
        Line trigger: how far apart the wire's signal and the PLC's word for the same part may be.
    setups
        Where the camera takes several views of a part: the features of each, in the order in which they are taken. Empty for
        a camera that takes one.
    silence_s
        A worker without a sign of life, or a free-running device without a frame, for this time is restarted.
    open_deadline_s
        Time for a worker to start, open the device, set the features and arm it.
    restart_min_s, restart_max_s
        Pause before a restart; it doubles from the first to the last while the camera does not come back.
    """

    name: str
    backend: str
    options: Mapping[str, OptionValue] = field(default_factory=dict)
    features: Mapping[str, FeatureValue] = field(default_factory=dict)
    trigger: TriggerKind = TriggerKind.SOFTWARE
    ring_slots: int = 8
    max_frame_bytes: int = 32 * MEBIBYTE
    frame_deadline_s: float = 2.0
    trigger_late_s: float = 0.5
    silence_s: float = 5.0
    open_deadline_s: float = 20.0
    restart_min_s: float = 0.2
    restart_max_s: float = 0.5
    user_set: str = ""
    link_delay_s: float = 0.02
    figures_every_s: float = 0.0
    flat_field: str = ""
    white_balance: str = ""
    masks: tuple[Mask, ...] = ()
    setups: tuple[Setup, ...] = ()
    line: str = ""
    trigger_window_s: float = 0.02

    def __post_init__(self) -> None:
        if not 1 <= self.ring_slots <= 1024:
            raise ValueError(f"camera {self.name!r}: ring_slots must be 1 to 1024, not {self.ring_slots}")
        for name in _POSITIVE:
            if (value := getattr(self, name)) <= 0:
                raise ValueError(f"camera {self.name!r}: {name} must be more than 0, not {value}")
        if self.link_delay_s < 0:
            raise ValueError(f"camera {self.name!r}: link_delay_s must be 0 or more, not {self.link_delay_s}")
        if (self.trigger is TriggerKind.LINE) != bool(self.line):
            raise ValueError(
                f"camera {self.name!r}: a line trigger needs its line, such as Line0, and no other has one"
            )
        if self.setups and self.trigger is not TriggerKind.SOFTWARE:
            raise ValueError(f"camera {self.name!r}: setups are for a software trigger, not {self.trigger.value}")
        if self.restart_max_s < self.restart_min_s:
            raise ValueError(f"camera {self.name!r}: restart_max_s must not be less than restart_min_s")

    def to_json(self) -> str:
        """Write the settings for the worker."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> "CameraSettings":
        """Read what `to_json` wrote."""
        values = json.loads(text)
        masks = tuple(Mask(each["name"], tuple(map(tuple, each["polygon"]))) for each in values["masks"])
        setups = tuple(Setup(**each) for each in values["setups"])
        return cls(**{**values, "trigger": TriggerKind(values["trigger"]), "masks": masks, "setups": setups})


_POSITIVE = (
    "max_frame_bytes",
    "frame_deadline_s",
    "trigger_late_s",
    "silence_s",
    "open_deadline_s",
    "restart_min_s",
    "restart_max_s",
    "trigger_window_s",
)
