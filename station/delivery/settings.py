"""`[[delivery]]` of `station.toml`: who gets every result, and how."""

import ipaddress
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Self
from urllib.parse import SplitResult, urlsplit

from pydantic import AfterValidator, Field, model_validator

from station.delivery.fields import FIELDS
from station.toml_file import FilePath, KeyProblemError, StrictModel

Text = Annotated[str, Field(min_length=1, max_length=200)]


class DeliveryKind(StrEnum):
    """How results travel."""

    WEBHOOK = "webhook"
    """An HTTP POST a result."""
    MQTT = "mqtt"
    """Sparkplug B over MQTT."""
    OPCUA = "opcua"
    """Written to, or given to a method of, an OPC UA server."""


_SCHEMES = {
    DeliveryKind.WEBHOOK: ("https", "http"),
    DeliveryKind.MQTT: ("mqtts", "mqtt"),
    DeliveryKind.OPCUA: ("opc.tcp",),
}
_IN_CLEAR = ("http", "mqtt")
_OF_KIND = {
    "ca_file": (DeliveryKind.WEBHOOK, DeliveryKind.MQTT),
    "in_clear": (DeliveryKind.WEBHOOK, DeliveryKind.MQTT),
    "user": (DeliveryKind.MQTT, DeliveryKind.OPCUA),
    "group": (DeliveryKind.MQTT,),
    "primary_host": (DeliveryKind.MQTT,),
    "map": (DeliveryKind.OPCUA,),
    "acknowledge": (DeliveryKind.OPCUA,),
    "object": (DeliveryKind.OPCUA,),
    "method": (DeliveryKind.OPCUA,),
    "arguments": (DeliveryKind.OPCUA,),
}
"""Keys that belong to some kinds only."""


def _topic_part(text: str) -> str:
    if any(character in text for character in "/+#"):
        raise ValueError(f"{text!r} is part of a topic and cannot hold / + #; choose another name")
    return text


def _with_zone(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("name the zone, as in 2026-01-31T06:00:00Z")
    return moment


def _known_field(name: str) -> str:
    if name not in FIELDS:
        raise ValueError(f"there is no field {name!r}; there are: {', '.join(FIELDS)}")
    return name


Fields = Annotated[str, AfterValidator(_known_field)]
TopicPart = Annotated[Text, AfterValidator(_topic_part)]


class DeliveryTable(StrictModel):
    """[[delivery]]: one destination. Each has every result of the station, in order, beginning with `since`."""

    name: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$")]
    kind: Annotated[DeliveryKind, Field(strict=False)]
    url: Text
    since: Annotated[datetime, AfterValidator(_with_zone)] | None = None
    timeout_s: Annotated[float, Field(ge=0.1, le=120)] = 10.0
    secret_file: FilePath | None = None
    """What signs (webhook), or the password; a file that is its owner's alone."""
    user: Text | None = None
    ca_file: FilePath | None = None
    in_clear: bool = False
    """Let results go to another machine without encryption."""
    group: TopicPart = "inspection"
    primary_host: TopicPart | None = None
    map: dict[str, Fields] = Field(default_factory=dict)
    acknowledge: Text | None = None
    object: Text | None = None
    method: Text | None = None
    arguments: tuple[Fields, ...] = ()

    @property
    def address(self) -> SplitResult:
        """The parts of the URL."""
        return urlsplit(self.url)

    @property
    def encrypted(self) -> bool:
        """Whether nobody on the way can read along."""
        return self.address.scheme not in _IN_CLEAR

    @property
    def stays_here(self) -> bool:
        """Whether the destination is on this machine."""
        host = self.address.hostname or ""
        try:
            return ipaddress.ip_address(host).is_loopback
        except ValueError:
            return host == "localhost"

    @model_validator(mode="after")
    def _keys_fit_the_kind(self) -> Self:
        for key in sorted(self.model_fields_set & _OF_KIND.keys()):
            if self.kind not in _OF_KIND[key]:
                kinds = " or ".join(f'"{kind}"' for kind in _OF_KIND[key])
                raise KeyProblemError((key,), f"belongs to kind = {kinds}; remove it")
        return self

    @model_validator(mode="after")
    def _url_fits_the_kind(self) -> Self:
        schemes = _SCHEMES[self.kind]
        try:
            address = self.address
            host, _ = address.hostname, address.port
        except ValueError as error:
            raise KeyProblemError(("url",), f"{error}; write it as {schemes[0]}://host:port") from None
        if address.scheme not in schemes or not host:
            ways = " or ".join(f"{scheme}://host:port" for scheme in schemes)
            raise KeyProblemError(("url",), f'for kind = "{self.kind}" write it as {ways}')
        if address.username is not None or address.password is not None:
            raise KeyProblemError(("url",), "cannot hold a password: give user, and the password in secret_file")
        if not (self.encrypted or self.stays_here or self.in_clear):
            text = f"would travel readable for all; use {schemes[0]}://, or say in_clear = true"
            raise KeyProblemError(("url",), text)
        return self

    @model_validator(mode="after")
    def _authorities_are_there(self) -> Self:
        if self.ca_file is not None and not self.ca_file.is_file():
            text = f"there is no file {self.ca_file}; put the certificate of the destination's authority there, as PEM"
            raise KeyProblemError(("ca_file",), text)
        return self

    @model_validator(mode="after")
    def _secrets_fit(self) -> Self:
        if self.kind is DeliveryKind.WEBHOOK and self.secret_file is None:
            text = "is missing: what signs the requests; `openssl rand -hex 32` makes one, chmod 600 keeps it"
            raise KeyProblemError(("secret_file",), text)
        if self.user is not None and self.secret_file is None:
            raise KeyProblemError(("user",), "needs its password in a file: add secret_file")
        if self.kind is not DeliveryKind.WEBHOOK and self.secret_file is not None and self.user is None:
            raise KeyProblemError(("secret_file",), "is the password of a user: add user")
        return self

    @model_validator(mode="after")
    def _writes_or_calls(self) -> Self:
        if self.kind is not DeliveryKind.OPCUA:
            return self
        if bool(self.map) == (self.method is not None):
            text = "give either [delivery.map] with the variables to write, or a method to call"
            raise KeyProblemError(("map",) if self.map else (), text)
        if (self.method is None) != (self.object is None):
            raise KeyProblemError(
                ("object",) if self.method is None else ("method",), "belongs with the other: give object and method"
            )
        if self.method is not None and not self.arguments:
            raise KeyProblemError(("arguments",), "is missing: which fields the method takes, in their order")
        if self.method is None and self.arguments:
            raise KeyProblemError(("arguments",), "belongs to a method; add one, or remove it")
        if self.method is not None and self.acknowledge is not None:
            raise KeyProblemError(("acknowledge",), "belongs to [delivery.map]: a method acknowledges by its answer")
        return self
