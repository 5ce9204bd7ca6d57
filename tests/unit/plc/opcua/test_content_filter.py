"""Filters of GetResultIdListFiltered: what is understood is done, all else is named."""

from typing import Any

import pytest
from asyncua import ua

from plc.opcua.content_filter import MOST_ELEMENTS, FilterError, check_order, result_filter
from plc.opcua.ports import Evaluation, ResultFilter, ResultState


def equals(name: str, value: Any) -> ua.ContentFilterElement:
    field = ua.SimpleAttributeOperand(BrowsePath=[ua.QualifiedName("ResultMetaData", 3), ua.QualifiedName(name, 3)])
    return ua.ContentFilterElement(ua.FilterOperator.Equals, [field, ua.LiteralOperand(ua.Variant(value))])


def both(*indexes: int) -> ua.ContentFilterElement:
    return ua.ContentFilterElement(ua.FilterOperator.And, [ua.ElementOperand(index) for index in indexes])


def content(*elements: ua.ContentFilterElement) -> ua.ContentFilter:
    return ua.ContentFilter(list(elements))


@pytest.mark.parametrize("nothing", [None, ua.ContentFilter([])])
def test_no_filter_asks_for_all(nothing: ua.ContentFilter | None) -> None:
    assert result_filter(nothing) == ResultFilter()


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("PartId", "SN-1", ResultFilter(part_id="SN-1")),
        ("InternalRecipeId", "plate-A", ResultFilter(recipe_id="plate-A")),
        ("JobId", "j", ResultFilter(job_id="j")),
        ("StepId", "m", ResultFilter(meas_id="m")),
        ("ProductId", "p", ResultFilter(product="p")),
        ("ResultEvaluation", 2, ResultFilter(evaluation=Evaluation.NOT_OK)),
        ("ResultState", 1, ResultFilter(state=ResultState.COMPLETED)),
    ],
)
def test_a_field_that_equals_a_value(name: str, value: object, expected: ResultFilter) -> None:
    assert result_filter(content(equals(name, value))) == expected


def test_several_joined() -> None:
    wanted = content(
        both(1, 2), equals("PartId", "SN-1"), both(3, 4), equals("ResultEvaluation", 1), equals("JobId", "j")
    )
    assert result_filter(wanted) == ResultFilter(part_id="SN-1", evaluation=Evaluation.OK, job_id="j")


@pytest.mark.parametrize(
    ("wanted", "text"),
    [
        (content(both(0)), "not below it"),
        (content(both(1), both(0)), "not below it"),
        (content(both(7)), "not below it"),
        (content(ua.ContentFilterElement(ua.FilterOperator.And, [ua.LiteralOperand(ua.Variant(1))])), "And joins"),
        (content(ua.ContentFilterElement(ua.FilterOperator.Like, [])), "only Equals and And"),
        (content(ua.ContentFilterElement(ua.FilterOperator.Equals, [])), "only Equals and And"),
        (content(ua.ContentFilterElement(ua.FilterOperator.Equals, [ua.ElementOperand(0)] * 2)), "takes a Simple"),
        (content(equals("Colour", "red")), "no field 'Colour'"),
        (content(equals("ResultEvaluation", 9)), "9 is no value of ResultEvaluation"),
        (content(equals("ResultEvaluation", None)), "no value of"),
        (content(both(1, 2), equals("PartId", "a"), equals("PartId", "b")), "cannot equal both"),
        (content(*[equals("PartId", "a")] * (MOST_ELEMENTS + 1)), "may have"),
    ],
)
def test_what_is_not_understood_is_named(wanted: ua.ContentFilter, text: str) -> None:
    with pytest.raises(FilterError, match=text):
        result_filter(wanted)


def path(name: str) -> ua.RelativePath:
    return ua.RelativePath([ua.RelativePathElement(TargetName=ua.QualifiedName(name, 3))])


def test_the_one_order_there_is() -> None:
    check_order(None)
    check_order([path("CreationTime")])
    for wanted in (path("PartId"), ua.RelativePath([])):
        with pytest.raises(FilterError, match="ordered by CreationTime"):
            check_order([wanted])
