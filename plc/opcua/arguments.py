"""Arguments of a method call held against its declaration: asyncua itself checks none of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from asyncua import ua

LONGEST_TEXT = 4096
"""Characters of a String and bytes of a ByteString that a client may hand over."""
MOST_ITEMS = 1000
"""Items of an array that a client may hand over."""

_INTEGERS = {
    ua.VariantType.SByte: (-(2**7), 2**7 - 1),
    ua.VariantType.Byte: (0, 2**8 - 1),
    ua.VariantType.Int16: (-(2**15), 2**15 - 1),
    ua.VariantType.UInt16: (0, 2**16 - 1),
    ua.VariantType.Int32: (-(2**31), 2**31 - 1),
    ua.VariantType.UInt32: (0, 2**32 - 1),
    ua.VariantType.Int64: (-(2**63), 2**63 - 1),
    ua.VariantType.UInt64: (0, 2**64 - 1),
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One declared argument: the built-in type it travels as, and the structure's class where it is one."""

    name: str
    variant: ua.VariantType
    array: bool = False
    structure: type | None = None
    longest: int = LONGEST_TEXT


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a call is not carried out."""

    status: int
    arguments: tuple[int, ...] = ()
    """A status code for each argument."""


def check_arguments(declared: Sequence[Parameter], given: Sequence[ua.Variant]) -> tuple[Any, ...] | Refused:
    """Return the values of a call's arguments, or why it must be refused (OPC 10000-4, 5.12.2).

    A structure may be null: the caller leaves it open.
    """
    if len(given) < len(declared):
        return Refused(ua.StatusCodes.BadArgumentsMissing)
    if len(given) > len(declared):
        return Refused(ua.StatusCodes.BadTooManyArguments)
    found = tuple(_status(parameter, variant) for parameter, variant in zip(declared, given, strict=True))
    if any(found):
        return Refused(ua.StatusCodes.BadInvalidArgument, found)
    return tuple(variant.Value for variant in given)


def _status(parameter: Parameter, variant: ua.Variant) -> int:
    value = variant.Value
    if value is None and variant.VariantType in {ua.VariantType.Null, parameter.variant}:
        may_be_open = parameter.array or parameter.variant in _NULLABLE
        return int(ua.StatusCodes.Good if may_be_open else ua.StatusCodes.BadTypeMismatch)
    if not _is_declared(parameter, variant):
        return int(ua.StatusCodes.BadTypeMismatch)
    return int(ua.StatusCodes.Good if _is_bounded(value, parameter.longest) else ua.StatusCodes.BadOutOfRange)


def _is_declared(parameter: Parameter, variant: ua.Variant) -> bool:
    value = variant.Value
    if parameter.variant is not ua.VariantType.Variant and variant.VariantType is not parameter.variant:
        return False
    if isinstance(value, list) != parameter.array:
        return False
    return all(_fits(parameter, item) for item in (value if isinstance(value, list) else [value])[: MOST_ITEMS + 1])


_NULLABLE = frozenset(
    {ua.VariantType.ExtensionObject, ua.VariantType.String, ua.VariantType.LocalizedText, ua.VariantType.ByteString}
)


def _fits(parameter: Parameter, value: Any) -> bool:
    if parameter.structure is not None:
        return isinstance(value, parameter.structure)
    if parameter.variant in _INTEGERS:
        lowest, highest = _INTEGERS[parameter.variant]
        return isinstance(value, int) and not isinstance(value, bool) and lowest <= value <= highest
    wanted = _PYTHON.get(parameter.variant)
    return wanted is None or isinstance(value, wanted)


_PYTHON: dict[ua.VariantType, type] = {
    ua.VariantType.Boolean: bool,
    ua.VariantType.String: str,
    ua.VariantType.ByteString: bytes,
    ua.VariantType.Double: float,
    ua.VariantType.Float: float,
    ua.VariantType.NodeId: ua.NodeId,
    ua.VariantType.LocalizedText: ua.LocalizedText,
    ua.VariantType.ExtensionObject: object,
}


def _is_bounded(value: Any, longest: int, depth: int = 0) -> bool:
    """Whether every text in a value, and in the structures of it, is short enough to be kept."""
    if isinstance(value, str | bytes):
        return len(value) <= longest
    if isinstance(value, list):
        return len(value) <= MOST_ITEMS and all(_is_bounded(item, longest, depth + 1) for item in value)
    fields: Sequence[str] = getattr(type(value), "__dataclass_fields__", ())
    return depth < _DEEPEST and all(_is_bounded(getattr(value, name), longest, depth + 1) for name in fields)


_DEEPEST = 8


@dataclass(frozen=True, slots=True)
class Output:
    """One declared result of a method."""

    name: str
    variant: ua.VariantType
    array: bool = False

    def pack(self, value: Any) -> ua.Variant:
        """Return a value as it travels."""
        if isinstance(value, IntEnum):
            value = int(value)
        return ua.Variant(value, self.variant, is_array=self.array)


BuiltIn = Callable[[ua.NodeId], ua.VariantType]
"""Gives the built-in type that values of a data type travel as."""


def parameters(
    arguments: Sequence[ua.Argument], built_in: BuiltIn, longest: int = LONGEST_TEXT
) -> tuple[Parameter, ...]:
    """Return what a method's InputArguments declare; `longest` bounds each of their texts and byte strings."""
    return tuple(
        Parameter(
            str(argument.Name),
            built_in(argument.DataType),
            array=argument.ValueRank >= 1,
            structure=ua.extension_objects_by_datatype.get(argument.DataType),
            longest=longest,
        )
        for argument in arguments
    )


def outputs(arguments: Sequence[ua.Argument], built_in: BuiltIn) -> tuple[Output, ...]:
    """Return what a method's OutputArguments declare."""
    return tuple(
        Output(str(argument.Name), built_in(argument.DataType), array=argument.ValueRank >= 1) for argument in arguments
    )
