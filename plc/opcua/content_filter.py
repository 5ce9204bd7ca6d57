"""The part of a ContentFilter that GetResultIdListFiltered understands: fields that equal a value, joined by And."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from asyncua import ua

from plc.opcua.ports import Evaluation, ResultFilter, ResultState


class FilterError(ValueError):
    """A filter or order that is not understood; the text says which part."""


_FIELDS: Mapping[str, tuple[str, Callable[[Any], Any]]] = {
    "PartId": ("part_id", str),
    "ExternalRecipeId": ("recipe_id", str),
    "InternalRecipeId": ("recipe_id", str),
    "InternalConfigurationId": ("configuration_id", str),
    "JobId": ("job_id", str),
    "StepId": ("meas_id", str),
    "ProductId": ("product", str),
    "ResultEvaluation": ("evaluation", Evaluation),
    "ResultState": ("state", ResultState),
}
"""Fields of ResultMetaData that can be asked for."""
MOST_ELEMENTS = 20


def result_filter(wanted: ua.ContentFilter | None) -> ResultFilter:
    """Return which results a filter asks for.

    Raises
    ------
    FilterError
        If it holds more than `Equals` of a field of ResultMetaData, joined by `And`.
    """
    elements = list(wanted.Elements or ()) if wanted is not None else []
    if len(elements) > MOST_ELEMENTS:
        raise FilterError(f"a filter may have {MOST_ELEMENTS} elements")
    return _take(ResultFilter(), elements, 0, frozenset()) if elements else ResultFilter()


def _take(found: ResultFilter, elements: Sequence[Any], index: int, above: frozenset[int]) -> ResultFilter:
    if index in above or not 0 <= index < len(elements):
        raise FilterError("an element of the filter names one that is not below it")
    element = elements[index]
    operands = list(element.FilterOperands or ())
    if element.FilterOperator == ua.FilterOperator.And:
        for operand in operands:
            if not isinstance(operand, ua.ElementOperand):
                raise FilterError("And joins other elements")
            found = _take(found, elements, int(operand.Index), above | {index})
        return found
    if element.FilterOperator != ua.FilterOperator.Equals or len(operands) != 2:
        raise FilterError("only Equals and And are understood")
    return _equals(found, *operands)


def _equals(found: ResultFilter, field: Any, literal: Any) -> ResultFilter:
    if not isinstance(field, ua.SimpleAttributeOperand) or not isinstance(literal, ua.LiteralOperand):
        raise FilterError("Equals takes a SimpleAttributeOperand and a LiteralOperand")
    path = list(field.BrowsePath or ())
    name = str(path[-1].Name) if path else ""
    if name not in _FIELDS:
        raise FilterError(f"there is no field {name!r} to filter by; there are: {', '.join(_FIELDS)}")
    attribute, convert = _FIELDS[name]
    value = literal.Value.Value if isinstance(literal.Value, ua.Variant) else literal.Value
    try:
        wanted = convert(value)
    except (ValueError, TypeError):
        raise FilterError(f"{value!r} is no value of {name}") from None
    before = getattr(found, attribute)
    if before is not None and before != wanted:
        raise FilterError(f"{name} cannot equal both {before!r} and {wanted!r}")
    return replace(found, **{attribute: wanted})


def check_order(ordered_by: Sequence[Any] | None) -> None:
    """Accept no order, or that by CreationTime: results come in the order in which they were made.

    Raises
    ------
    FilterError
        If another order is asked for.
    """
    for path in ordered_by or ():
        elements = list(path.Elements or ())
        name = str(elements[-1].TargetName.Name) if elements and elements[-1].TargetName else ""
        if name != "CreationTime":
            raise FilterError(f"results are ordered by CreationTime, not by {name!r}")
