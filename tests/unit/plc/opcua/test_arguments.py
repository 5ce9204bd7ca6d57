"""Arguments that a client may send: right ones pass as they are, all others are refused and nothing raises."""

from dataclasses import dataclass
from typing import Any

import pytest
from asyncua import ua
from hypothesis import given
from hypothesis import strategies as st

from plc.opcua.arguments import LONGEST_TEXT, MOST_ITEMS, Parameter, Refused, check_arguments

TYPES = ua.VariantType
GOOD, MISMATCH, RANGE = (
    int(code) for code in (ua.StatusCodes.Good, ua.StatusCodes.BadTypeMismatch, ua.StatusCodes.BadOutOfRange)
)


@dataclass
class PartId:
    Id: str = ""  # as structures of the standard are written


ID = Parameter("PartId", TYPES.ExtensionObject, structure=PartId)
NUMBER = Parameter("MaxResults", TYPES.UInt32)
TEXT = Parameter("Description", TYPES.String)
FLAG = Parameter("Activate", TYPES.Boolean)
TEXTS = Parameter("ResultIds", TYPES.String, array=True)
ANYTHING = Parameter("Value", TYPES.Variant)


def structure(value: Any) -> ua.Variant:
    return ua.Variant(value, TYPES.ExtensionObject)


@pytest.mark.parametrize(
    ("parameter", "given_", "value"),
    [
        (NUMBER, ua.Variant(7, TYPES.UInt32), 7),
        (TEXT, ua.Variant("why", TYPES.String), "why"),
        (TEXT, ua.Variant(None, TYPES.String), None),
        (TEXT, ua.Variant(None), None),
        (FLAG, ua.Variant(True, TYPES.Boolean), True),
        (ID, structure(PartId("SN-1")), PartId("SN-1")),
        (ID, ua.Variant(None), None),
        (TEXTS, ua.Variant(["a", "b"], TYPES.String), ["a", "b"]),
        (TEXTS, ua.Variant(None), None),
    ],
)
def test_right_arguments_pass_as_they_are(parameter: Parameter, given_: ua.Variant, value: object) -> None:
    assert check_arguments([parameter], [given_]) == (value,)


@pytest.mark.parametrize(
    ("parameter", "given_", "status"),
    [
        (NUMBER, ua.Variant(7, TYPES.Int32), MISMATCH),
        (NUMBER, ua.Variant("7", TYPES.String), MISMATCH),
        (NUMBER, ua.Variant(None), MISMATCH),
        (NUMBER, ua.Variant([7], TYPES.UInt32), MISMATCH),
        (FLAG, ua.Variant(1, TYPES.UInt32), MISMATCH),
        (ID, structure(ua.Range()), MISMATCH),
        (ID, ua.Variant("SN-1", TYPES.String), MISMATCH),
        (ID, structure(PartId("x" * (LONGEST_TEXT + 1))), RANGE),
        (TEXT, ua.Variant("x" * (LONGEST_TEXT + 1), TYPES.String), RANGE),
        (TEXTS, ua.Variant("a", TYPES.String), MISMATCH),
        (TEXTS, ua.Variant(["a"] * (MOST_ITEMS + 1), TYPES.String), RANGE),
        (TEXTS, ua.Variant(["x" * (LONGEST_TEXT + 1)], TYPES.String), RANGE),
    ],
)
def test_wrong_arguments_are_refused_one_by_one(parameter: Parameter, given_: ua.Variant, status: int) -> None:
    refused = check_arguments([TEXT, parameter], [ua.Variant("good", TYPES.String), given_])
    assert refused == Refused(int(ua.StatusCodes.BadInvalidArgument), (GOOD, status))


def test_too_few_and_too_many() -> None:
    text = ua.Variant("a", TYPES.String)
    assert check_arguments([TEXT, TEXT], [text]) == Refused(int(ua.StatusCodes.BadArgumentsMissing))
    assert check_arguments([TEXT], [text, text]) == Refused(int(ua.StatusCodes.BadTooManyArguments))
    assert check_arguments([], []) == ()


values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.binary(max_size=20)
    | st.builds(PartId, st.text(max_size=10)),
    lambda inner: st.lists(inner, max_size=4),
    max_leaves=6,
)


class Raw:
    """A variant whose type and value need not belong together, as a broken client sends it."""

    def __init__(self, value: object, kind: ua.VariantType) -> None:
        self.Value = value
        self.VariantType = kind


@given(st.lists(st.builds(Raw, values, st.sampled_from(list(TYPES))), max_size=4))
def test_whatever_comes_is_taken_or_refused(sent: list[Any]) -> None:
    declared = [NUMBER, ID, TEXTS]
    found = check_arguments(declared, sent)
    if isinstance(found, Refused):
        assert found.status != GOOD
        return
    number, part, texts = found
    assert isinstance(number, int)
    assert 0 <= number < 2**32
    assert part is None or isinstance(part, PartId)
    assert texts is None or all(isinstance(text, str) for text in texts)
