"""Sparkplug B payloads (Eclipse Sparkplug 3.0.0, chapter 6; ISO/IEC 20237): what a station needs of the message format.

The fields are declared here by number and type; Google's protobuf does the rest.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Any

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
from google.protobuf.message import DecodeError

Value = str | int | float | bool | datetime


class DataType(IntEnum):
    """Types of a metric (6.4.16)."""

    INT64 = 4
    UINT64 = 8
    DOUBLE = 10
    BOOLEAN = 11
    STRING = 12
    DATE_TIME = 13


_FIELD = descriptor_pb2.FieldDescriptorProto
_PAYLOAD = (("timestamp", 1, _FIELD.TYPE_UINT64), ("seq", 3, _FIELD.TYPE_UINT64))
_METRIC = (
    ("name", 1, _FIELD.TYPE_STRING),
    ("alias", 2, _FIELD.TYPE_UINT64),
    ("timestamp", 3, _FIELD.TYPE_UINT64),
    ("datatype", 4, _FIELD.TYPE_UINT32),
    ("is_historical", 5, _FIELD.TYPE_BOOL),
    ("is_transient", 6, _FIELD.TYPE_BOOL),
    ("is_null", 7, _FIELD.TYPE_BOOL),
)
_VALUES = (
    ("int_value", 10, _FIELD.TYPE_UINT32),
    ("long_value", 11, _FIELD.TYPE_UINT64),
    ("float_value", 12, _FIELD.TYPE_FLOAT),
    ("double_value", 13, _FIELD.TYPE_DOUBLE),
    ("boolean_value", 14, _FIELD.TYPE_BOOL),
    ("string_value", 15, _FIELD.TYPE_STRING),
    ("bytes_value", 16, _FIELD.TYPE_BYTES),
)
_VALUE_OF = {
    DataType.INT64: "long_value",
    DataType.UINT64: "long_value",
    DataType.DOUBLE: "double_value",
    DataType.BOOLEAN: "boolean_value",
    DataType.STRING: "string_value",
    DataType.DATE_TIME: "long_value",
}


def _payload_class() -> Any:
    file = descriptor_pb2.FileDescriptorProto(name="sparkplug_b.proto", package="sparkplug", syntax="proto2")
    payload = file.message_type.add(name="Payload")
    metric = payload.nested_type.add(name="Metric")
    metric.oneof_decl.add(name="value")
    for name, number, kind in _PAYLOAD:
        payload.field.add(name=name, number=number, type=kind, label=_FIELD.LABEL_OPTIONAL)
    payload.field.add(
        name="metrics",
        number=2,
        type=_FIELD.TYPE_MESSAGE,
        type_name=".sparkplug.Payload.Metric",
        label=_FIELD.LABEL_REPEATED,
    )
    for name, number, kind in _METRIC:
        metric.field.add(name=name, number=number, type=kind, label=_FIELD.LABEL_OPTIONAL)
    for name, number, kind in _VALUES:
        metric.field.add(name=name, number=number, type=kind, label=_FIELD.LABEL_OPTIONAL, oneof_index=0)
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    return message_factory.GetMessageClass(pool.FindMessageTypeByName("sparkplug.Payload"))


_Payload = _payload_class()


@dataclass(frozen=True, slots=True)
class Metric:
    """One named value; None is null. `historical` says that it waited, and is no news of how things are now."""

    name: str
    kind: DataType
    value: Value | None
    time: datetime
    historical: bool = False


def milliseconds(moment: datetime) -> int:
    """Return a moment as Sparkplug writes it: milliseconds since 1970 in UTC."""
    return round(moment.timestamp() * 1000)


def encode(metrics: Iterable[Metric], time: datetime, seq: int | None = None) -> bytes:
    """Return a payload; NDEATH alone has no sequence number."""
    payload = _Payload(timestamp=milliseconds(time))
    if seq is not None:
        payload.seq = seq
    for metric in metrics:
        added = payload.metrics.add(name=metric.name, timestamp=milliseconds(metric.time), datatype=metric.kind)
        if metric.historical:
            added.is_historical = True
        if metric.value is None:
            added.is_null = True
        else:
            value = milliseconds(metric.value) if isinstance(metric.value, datetime) else metric.value
            setattr(added, _VALUE_OF[metric.kind], value)
    encoded: bytes = payload.SerializeToString()
    return encoded


def is_set(data: bytes, name: str) -> bool:
    """Tell whether a payload holds a metric that is true: a command. Nonsense holds none."""
    payload = _Payload()
    try:
        payload.ParseFromString(data)
    except DecodeError:
        return False
    return any(metric.name == name and metric.boolean_value for metric in payload.metrics)
