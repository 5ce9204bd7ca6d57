"""The part on the canvas: its pixels, and as much of the model's opinion as the person wants and may see."""

from uuid import UUID

from labeling.canvas.outline import CanvasColours
from labeling.canvas.view import Canvas
from station.ui.context import Context
from station.ui.operator.compare import Compare
from station.ui.operator.ng import NgMode
from station.ui.operator.on_show import OnShow
from station.ui.operator.opinion import heat_range, outlines, worst_place
from station.ui.operator.picture_bar import PictureBar


class PictureSide:
    """Draws what `OnShow` has; while the NG mode outlines, the outlines are its own."""

    def __init__(self, on_show: OnShow, canvas: Canvas, bar: PictureBar, compare: Compare, ng: NgMode) -> None:
        self._on_show = on_show
        self._canvas = canvas
        self._bar = bar
        self._compare = compare
        self._ng = ng
        self._on_canvas: tuple[UUID, int, bool] | None = None

    def draw(self) -> None:
        """Draw picture and opinion; another part or view is fitted, a sharper picture of the same stays where it is."""
        part, view, view_at = self._on_show.part, self._on_show.view, self._on_show.view_at
        if view is None or part is None:
            return
        self._compare.look_at(part, view)
        key = (part.uid, view_at, view.sharp)
        if key != self._on_canvas and not self._ng.drawing:
            another = self._on_canvas is None or self._on_canvas[:2] != key[:2]
            self._on_canvas = key
            self._canvas.set_picture(view.levels or view.pixels)
            if another:
                self._canvas.fit()
        self.draw_opinion()

    def draw_opinion(self) -> None:
        """Draw heat map, loupe and outlines over the picture."""
        on_show, bar, canvas = self._on_show, self._bar, self._canvas
        part, view, hides = on_show.part, on_show.view, on_show.hides
        if view is None or part is None:
            return
        bar.hide_opinion(hides)
        bar.show_views([known.name for known in part.views], on_show.view_at)
        canvas.set_heat(view.heat if bar.heat.isChecked() and not hides else None, *heat_range(view))
        canvas.set_heat_opacity(bar.strength)
        canvas.set_loupe(None if hides or self._ng.active else worst_place(view))
        if self._ng.active:
            self._ng.redraw()
        else:
            canvas.set_outlines(outlines(part, view) if bar.outlines.isChecked() and not hides else ())

    def clear(self) -> None:
        """Show no picture: the part cannot be read."""
        self._on_canvas = None
        self._canvas.set_picture(None)

    def compare(self) -> None:
        """Hold a good part beside this one until the button is let go."""
        if self._on_show.part is not None and self._on_show.view is not None:
            self._compare.hold(self._on_show.part, self._on_show.view)

    def compare_by_key(self) -> None:
        """A key is pressed once to begin and once to end."""
        held = self._compare.held
        self._bar.compare.setDown(not held)
        if held:
            self._compare.release()
        else:
            self.compare()


def canvas_colours(context: Context) -> CanvasColours:
    """What the canvas draws in, out of the theme."""
    palette = context.theme.palette
    return CanvasColours(
        well=palette.well,
        halo=palette.halo,
        ink=palette.on_well,
        model=palette.model,
        person=palette.person,
        selected=palette.selected,
        live=palette.person,
    )
