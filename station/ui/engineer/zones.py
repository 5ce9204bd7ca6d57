"""Zones: drawn on the newest good picture of each view, saved into the recipe by `station recipe zones`."""

import json
import os
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from labeling.canvas.outline import Outline, OutlineStyle
from labeling.canvas.tool_protocol import Tool
from labeling.relations import is_plain
from labeling.shapes import Points, Polygon, Shape
from station.desk.messages import ChooseRecipe
from station.ui.child import Child
from station.ui.context import Context
from station.ui.engineer.zone_board import ZoneBoard
from station.ui.engineer.zone_card import ZoneCard
from station.ui.engineer.zone_edits import Sheet, Zone, free_name, names_for, sheet_json, sheet_of, zone_shape
from station.ui.engineer.zone_ground import Site, read_site
from station.ui.theme import MARGIN_MM


class ZonesPanel(QWidget):
    """Board and card. What is drawn stays until it is saved or dropped, whatever page is on show."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._site = Site()
        self.sheet = Sheet()
        self.chosen: int | None = None
        self._view = ""
        self._sha256 = ""
        self._saving: tuple[Path, Sheet] | None = None
        self._saved = False
        self.board, self.card = ZoneBoard(context), ZoneCard(context)
        self.canvas = self.board.canvas
        self._child = Child(self)
        self._child.done.connect(self._finish)
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._halves.setContentsMargins(0, 0, 0, 0)
        self._halves.setSpacing(context.theme.px(MARGIN_MM / 2))
        self._halves.addWidget(self.board, 3)
        self._halves.addWidget(self.card, 1)
        self._connect()
        more: dict[str, Callable[[], None]] = {"I": self.card.ignore.click, "N": self._to_name}
        self._keys = self.board.shortcuts() | more
        self.retranslate()

    def _connect(self) -> None:
        board, card = self.board, self.card
        board.tool_pressed.connect(self.set_tool)
        board.view_pressed.connect(self.show_view)
        board.delete_pressed.connect(self.remove)
        board.undo_pressed.connect(self.go_back)
        board.redo_pressed.connect(self.go_forth)
        self.canvas.shape_drawn.connect(self._draw)
        self.canvas.stroke_finished.connect(self._lasso)
        self.canvas.vertex_moved.connect(self._move)
        self.canvas.outline_tapped.connect(self.choose)
        self.canvas.tapped.connect(lambda *_: self.choose(None))
        card.named.connect(self._name)
        card.ignored.connect(self._ignore)
        card.save_wanted.connect(self.save)
        card.use_wanted.connect(self.use)
        card.drop_wanted.connect(self.read)
        card.field_left.connect(self.canvas.setFocus)
        self._context.session.changed.connect(self._enable)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  (Qt's name)
        """Put the card beside the picture where there is width, below it on a screen that stands."""
        wide = self.width() >= self.height()
        self._halves.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
        super().resizeEvent(event)

    # Coming, going, reading

    def entered(self) -> None:
        """Read the recipe and the pictures, unless something here is not saved."""
        self._context.keys.bind(self._keys)
        if not self.sheet.dirty and self._saving is None:
            self.read()

    def left(self) -> None:
        """Give the keys back; what is drawn stays."""
        self.card.take_name()
        self._context.keys.unbind(*self._keys)

    def read(self) -> None:
        """Read everything anew; what is not saved is gone then."""
        config, welcome = self._context.config, self._context.link.last_welcome
        if config is None:
            self._show_site(
                Site(trouble=self.tr("Zones need the station's configuration: start the screen with --config."))
            )
            return
        name = welcome.recipe.name if welcome is not None else None
        self._context.reading.ask(lambda reader: read_site(reader, config, name), self._show_site, self._fail)

    def _fail(self, text: str) -> None:
        self._show_site(Site(trouble=self.tr("The pictures cannot be read. {0}").format(text)))

    def _show_site(self, site: Site) -> None:
        if site.recipe is not None and site.recipe.sha256 != self._sha256:
            self._saved = False
        self._site, self._sha256 = site, site.recipe.sha256 if site.recipe else ""
        self.sheet = Sheet() if site.recipe is None else sheet_of(site.recipe)
        self.chosen = None
        names = () if site.recipe is None else tuple(view.name for view in site.recipe.views)
        self.board.show_views(names)
        self.card.tell("")
        self.show_view(self._view if self._view in names else next(iter(names), ""))
        self.retranslate()

    def show_view(self, name: str) -> None:
        """Show another view's picture and zones."""
        self.card.take_name()
        self._view, self.chosen = name, None
        self.board.show_ground(name, self._site.grounds.get(name), self._site.trouble)
        self.set_tool(Tool.NONE)
        self._refresh()

    # Drawing

    def set_tool(self, tool: Tool) -> None:
        """Draw with another tool."""
        self.card.take_name()
        self.board.set_tool(tool if self._may_draw() else Tool.NONE)

    def choose(self, uid: int | None) -> None:
        """Choose a zone, or none."""
        self.card.take_name()
        self.chosen = uid
        self._refresh()

    def remove(self) -> None:
        """Delete the chosen zone."""
        if self.chosen is not None and self._may_draw():
            self._edit(self.sheet.remove(self.chosen), None)

    def go_back(self) -> None:
        """Undo."""
        self.card.take_name()
        self._edit(self.sheet.undo(), self.chosen)

    def go_forth(self) -> None:
        """Redo."""
        self.card.take_name()
        self._edit(self.sheet.redo(), self.chosen)

    def _lasso(self, points: Points) -> None:
        if self.canvas.tool is Tool.LASSO:
            self._draw(points)

    def _draw(self, drawn: Shape | Points) -> None:
        if not self._may_draw():
            return
        self.card.take_name()
        shape = zone_shape(drawn)
        if shape is None:
            self.card.tell(self.tr("That encloses nothing. Draw around an area."))
            return
        uid, name = self.sheet.next_uid, free_name(self.sheet, self.tr("zone"))
        self._edit(self.sheet.add(self._view, shape, name), uid)
        self.set_tool(Tool.NONE)

    def _move(self, uid: int, shape: Polygon) -> None:
        zone = self.sheet.zone(uid)
        if zone is None or not self._may_draw():
            self._refresh()
        elif not is_plain(shape) or (moved := zone_shape(shape)) is None:
            self._refresh()
            self.card.tell(self.tr("Its lines would cross there; the corner stays where it was."))
        else:
            self._edit(self.sheet.change(replace(zone, shape=moved)), uid)

    def _name(self, name: str) -> None:
        zone = self.sheet.zone(self.chosen)
        if zone is None or not self._may_draw():
            return
        if not name or not name.isprintable():
            self._refresh()
            self.card.tell(self.tr("A zone needs a name."))
        elif self.sheet.taken(name, zone):
            self._refresh()
            self.card.tell(self.tr("Another zone of this view is called {0} already.").format(name))
        else:
            self._edit(self.sheet.change(replace(zone, name=name)), zone.uid)

    def _ignore(self, on: bool) -> None:
        zone = self.sheet.zone(self.chosen)
        if zone is not None and self._may_draw():
            self.card.take_name()
            named = self.sheet.zone(self.chosen) or zone
            self._edit(self.sheet.change(replace(named, ignore=on)), zone.uid)

    def _to_name(self) -> None:
        if self.chosen is not None:
            self.card.field.setFocus()
            self.card.field.selectAll()

    def _edit(self, sheet: Sheet, chosen: int | None) -> None:
        self.sheet, self.chosen = sheet, chosen
        self.card.tell("")
        self._refresh()

    # Saving and using

    def save(self) -> None:
        """Put the zones into the recipe's file; those drawn meanwhile are not among them."""
        self.card.take_name()
        recipe, config = self._site.recipe, self._context.config
        if recipe is None or config is None or self._saving is not None or not self._may_draw():
            return
        descriptor, name = tempfile.mkstemp(suffix=".json", prefix="zones-")
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(sheet_json(self.sheet, recipe.name, self._sha256), file)
        self._saving = Path(name), self.sheet
        person = self._context.session.person
        by = ("--by", person.name) if person else ()
        words = ("recipe", "zones", recipe.name, "--config", str(config), "--set", name, *by, "--json")
        if not self._child.run(*words):
            self._finish(-1, "", "")
        self.card.tell("")
        self._refresh()

    def _finish(self, code: int, out: str, last: str) -> None:
        if self._saving is None:
            return
        path, sheet = self._saving
        self._saving = None
        path.unlink(missing_ok=True)
        if code or not out:  # a command that was ended from outside says nothing
            self.card.tell(self.tr("That did not work: {0}").format(last or code))
        else:
            said = json.loads(out)
            self._sha256, self._saved = said["sha256"], True
            self.sheet = self.sheet.keep(sheet.zones)
            text = self.tr("Saved: recipe {0} is version {1} now.").format(said["recipe"], said["version"])
            self.card.tell(" ".join([text, *([last] if last else [])]))
        self._refresh()

    def use(self) -> None:
        """Have the engine start again with the recipe as it is now."""
        recipe = self._site.recipe
        if recipe is not None:
            again = self.tr("The engine starts again with recipe {0}.").format(recipe.name)
            self.card.send(ChooseRecipe, self.tr("Changing to {0} …").format(recipe.name), again, recipe=recipe.name)

    # Showing

    def _may_draw(self) -> bool:
        return self.card.may_draw() and self.board.ground is not None

    def _refresh(self) -> None:
        zone = self.sheet.zone(self.chosen)
        if zone is None or zone.view != self._view:
            zone, self.chosen = None, None
        self.canvas.set_outlines([self._outline(one) for one in self.sheet.zones if one.view == self._view])
        recipe = self._site.recipe
        ruled = () if recipe is None else tuple(rule.zone for rule in recipe.criteria if rule.zone is not None)
        self.card.show_zone(zone, () if zone is None else names_for(self.sheet, ruled, zone))
        self.card.show_state(dirty=self.sheet.dirty, saving=self._saving is not None, saved=self._saved)
        self._enable()

    def _outline(self, zone: Zone) -> Outline:
        style = OutlineStyle.SELECTED if zone.uid == self.chosen else OutlineStyle.PERSON
        caption = self.tr("{0} (ignored)").format(zone.name) if zone.ignore else zone.name
        return Outline(zone.uid, zone.shape, style, caption, filled=zone.ignore)

    def _enable(self) -> None:
        undo, redo = bool(self.sheet.done), bool(self.sheet.undone)
        if not self._may_draw() and self.canvas.tool is not Tool.NONE:
            self.board.set_tool(Tool.NONE)
        self.board.enable(draws=self._may_draw(), chosen=self.chosen is not None, undo=undo, redo=redo)
        self.card.enable()

    def retranslate(self) -> None:
        """Say everything again in the language in force."""
        recipe = self._site.recipe
        self.card.say(self.tr("Zones") if recipe is None else self.tr("Zones of {0}").format(recipe.name))
        self.card.retranslate()
        self.board.retranslate()
        self._refresh()
