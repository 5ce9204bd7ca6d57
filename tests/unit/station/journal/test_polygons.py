import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from labeling.shapes import Points, Polygon, frozen_points
from station.journal.polygons import pack, unpack

RINGS = (
    st.integers(3, 12)
    .flatmap(lambda count: hnp.arrays(np.float64, (count, 2), elements=st.floats(-1e6, 1e6)))
    .map(frozen_points)
)


@given(RINGS, st.lists(RINGS, max_size=3))
def test_outlines_come_back_exactly(outline: Points, holes: list[Points]) -> None:
    back = unpack(pack(Polygon(outline, tuple(holes))))
    assert np.array_equal(back.outline, outline)
    assert len(back.holes) == len(holes)
    assert all(np.array_equal(one, other) for one, other in zip(back.holes, holes, strict=True))
    assert not back.outline.flags.writeable
