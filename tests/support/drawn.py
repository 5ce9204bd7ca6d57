"""Labels, documents and commands for Hypothesis, and what makes two of them the same."""

from datetime import UTC, timedelta, timezone
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from labeling.annotation import Annotation, Label, Source
from labeling.codec import document_to_json
from labeling.edits import AddLabel, ChangeClass, ChangeShape, Command, Document, Edit, Many, RemoveLabel, SetTags
from labeling.shapes import Box, Keypoint, Polygon, Polyline, RotatedBox, Shape, frozen_points

coordinates = st.floats(-1e5, 1e5, allow_subnormal=False)
sides = st.floats(1e-3, 1e4)
names = st.text(max_size=12)
uids = st.builds(lambda number: UUID(int=number), st.integers(1, 8))
"""Few, so that edits meet the same label."""


def point_lists(at_least: int) -> st.SearchStrategy[Any]:
    """Arrays of points."""
    return st.lists(st.tuples(coordinates, coordinates), min_size=at_least, max_size=at_least + 5).map(frozen_points)


shapes: st.SearchStrategy[Shape] = st.one_of(
    st.builds(Polygon, point_lists(3), st.lists(point_lists(3), max_size=2).map(tuple)),
    st.builds(
        lambda left, top, width, height: Box(left, top, left + width, top + height),
        coordinates,
        coordinates,
        sides,
        sides,
    ),
    st.builds(RotatedBox, coordinates, coordinates, sides, sides, st.floats(-360, 360)),
    st.builds(Polyline, point_lists(2)),
    st.builds(Keypoint, coordinates, coordinates),
)
sources = st.sampled_from(Source)
labels = st.builds(Label, uids, names, shapes, sources, st.none() | st.floats(0, 1))
tags = st.lists(names, max_size=3).map(tuple)
edits: st.SearchStrategy[Edit] = st.one_of(
    st.builds(AddLabel, labels, st.none() | st.integers(0, 3)),
    st.builds(RemoveLabel, uids),
    st.builds(ChangeShape, uids, shapes, sources),
    st.builds(ChangeClass, uids, names),
    st.builds(SetTags, tags),
)
commands: st.SearchStrategy[Command] = edits | st.builds(Many, st.lists(edits, max_size=4).map(tuple))
label_tuples = st.lists(labels, max_size=5, unique_by=lambda label: label.uid).map(tuple)
documents = st.builds(Document, label_tuples, tags)
times = st.datetimes(timezones=st.just(UTC) | st.just(timezone(timedelta(hours=5, minutes=30))))
annotations = st.builds(
    Annotation,
    st.uuids(),
    st.none() | st.uuids(),
    names,
    times,
    st.tuples(st.integers(1, 20_000), st.integers(1, 20_000)),
    label_tuples,
    tags,
    st.booleans(),
)


def said(document: Document) -> Any:
    """Everything a document says, to be compared: arrays have no equality of their own."""
    return document_to_json(document)


def label(number: int, shape: Shape | None = None, class_name: str = "scratch", **options: Any) -> Label:
    """Return a label for tables."""
    return Label(UUID(int=number), class_name, shape or Box(10, 10, 30 + number, 30), **options)
