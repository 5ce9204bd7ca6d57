"""What an engine says first, for tests of the line between it and its programs."""

from uuid import UUID

from station.desk.messages import RecipeLine, Welcome

RECIPE = RecipeLine(
    name="plate",
    version=1,
    sha256="a" * 64,
    number=1,
    takt_ms=1000,
    pixel_size_um=None,
    classes=(),
    wait_ms=0,
    views=(),
)
WELCOME = Welcome(station="s", engine=UUID(int=1), recipe=RECIPE, recipes=("plate",), cameras=("top",))
