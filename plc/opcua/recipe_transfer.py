"""Recipes that come and go over OPC UA (OPC 40100-1, 7.5 and 7.6): `AddRecipe`, `RemoveRecipe` and their files.

A recipe is taken over only whole and only if it can be used: the checks are those of whoever runs the server. What was
refused, and why, is told by a VisionInformationEvent, because `CloseAndCommit` has no words for it.
"""

from collections import OrderedDict
from typing import Any

from asyncua import Node, ua

from plc.opcua.address_space import child
from plc.opcua.audit import AuditTrail
from plc.opcua.events import Events
from plc.opcua.file_transfer import Transferable, answer_transfer
from plc.opcua.files import TemporaryFiles
from plc.opcua.machine import VisionMachine
from plc.opcua.methods import ERROR_BAD_VALUE, ERROR_UNKNOWN, Audited, MethodError, MethodTable, StatusError
from plc.opcua.ports import Identity, PortError, Recipe, Recipes, Role
from plc.opcua.products import ProductManagement, named
from plc.opcua.recipe_folder import RecipeFolder
from plc.opcua.rules import Caller
from plc.opcua.state_machine import NotNowError
from plc.opcua.structures import Structures

INFORMATION = "VisionInformationEventType"
MOST_ANNOUNCED = 100
"""Products of recipes whose files have not come yet; the oldest is forgotten first."""


class RecipeTransfer:
    """Answers what a client has done to the set of recipes; products and folder follow."""

    def __init__(
        self,
        recipes: Recipes,
        machine: VisionMachine,
        structures: Structures,
        events: Events,
        files: TemporaryFiles,
        audit: AuditTrail,
        products: ProductManagement,
        folder: RecipeFolder,
    ) -> None:
        self._recipes = recipes
        self._machine = machine
        self._structures = structures
        self._events = events
        self._files = files
        self._audit = audit
        self._products = products
        self._folder = folder
        self._announced: OrderedDict[str, str] = OrderedDict()

    async def bind(self, system: Node, methods: MethodTable) -> None:
        """Answer the methods."""
        management = await child(system, "RecipeManagement")
        await methods.add(management, "AddRecipe", Role.ENGINEER, self._add, wants_caller=True)
        await methods.add(management, "RemoveRecipe", Role.ENGINEER, self._remove, wants_caller=True)
        largest = self._recipes.largest_bytes
        things = Transferable("recipe", largest, Role.MES, Audited.OFTEN, _identity, self._read, self._store)
        await answer_transfer(await child(management, "RecipeTransfer"), self._files, methods, things)

    async def _add(self, caller: Caller, external: Any, product: Any) -> tuple[Any, ...]:
        wanted, made = _identity(external), named(product)
        if wanted is None:
            raise MethodError(ERROR_BAD_VALUE, "no recipe was named")
        found = await self._find(wanted)
        if made:
            await self._announce(caller, made, wanted.id, there=found is not None)
        if found is None:
            return self._structures.internal_recipe(wanted), ua.NodeId(), ua.NodeId(), True
        node = self._products.node_of(made) if made else ua.NodeId()
        return self._structures.internal_recipe(found.identity), self._folder.node_of(wanted.id), node, False

    async def _announce(self, caller: Caller, product: str, recipe: str, *, there: bool) -> None:
        """Link a product, or remember to do so when the recipe comes."""
        if there:
            await self._products.link(caller, product, recipe)
            await self._folder.follow()
            return
        self._products.check(product, recipe)
        self._announced[recipe] = product
        if len(self._announced) > MOST_ANNOUNCED:
            self._announced.popitem(last=False)

    async def _remove(self, caller: Caller, external: Any) -> tuple[Any, ...]:
        found = await self._named(external)
        name, in_use = found.identity.id, self._machine.line_state.recipe
        if in_use is not None and in_use.id == name:
            raise NotNowError(f"the recipe {name!r} is in use; prepare another one first")
        await self._recipes.remove(name)
        await self._note(caller, "removed", found.identity)
        await self._products.recipe_removed(name)
        await self._folder.follow()
        return ()

    async def _read(self, wanted: Any) -> bytes:
        return await self._recipes.content((await self._named(wanted)).identity)

    async def _store(self, caller: Caller, wanted: Identity, content: bytes) -> None:
        try:
            stored = await self._recipes.store(wanted, content)
        except PortError as error:
            await self._tell(wanted, f"the recipe {wanted.id} was not stored: {error}")
            raise StatusError(ua.StatusCodes.BadInvalidArgument, str(error)) from error
        await self._note(caller, "stored", stored)
        without = await self._link_announced(caller, stored.id)
        await self._folder.follow()
        await self._tell(stored, f"the recipe {stored.id} version {stored.version} is stored{without}")

    async def _link_announced(self, caller: Caller, recipe: str) -> str:
        """Link the product that a recipe was announced with; return what to add where that was not possible."""
        product = self._announced.pop(recipe, "")
        if not product:
            return ""
        try:
            await self._products.link(caller, product, recipe)
        except (MethodError, PortError) as error:
            return f", but not linked: {error}"
        return ""

    async def _note(self, caller: Caller, what: str, recipe: Identity) -> None:
        details = {"recipe": recipe.id, "version": recipe.version, "sha256": recipe.sha256}
        await self._audit.note("opcua-recipe", user=str(caller.name), outcome=what, **details)

    async def _tell(self, recipe: Identity, message: str) -> None:
        values = {"InternalRecipeId": self._structures.internal_recipe(recipe), "CausePath": "RecipeManagement"}
        await self._events.emit(INFORMATION, values, message)

    async def _named(self, value: Any) -> Recipe:
        wanted = _identity(value)
        found = await self._find(wanted) if wanted is not None else None
        if found is None:
            raise MethodError(ERROR_UNKNOWN, "there is no such recipe of this version and hash")
        return found

    async def _find(self, wanted: Identity) -> Recipe | None:
        return next((recipe for recipe in await self._recipes.all() if _is(recipe.identity, wanted)), None)


def _is(recipe: Identity, wanted: Identity) -> bool:
    same_version = wanted.version in {"", recipe.version}
    return recipe.id == wanted.id and same_version and wanted.sha256 in {"", recipe.sha256}


def _identity(value: Any) -> Identity | None:
    """Return whom a client means, None where it left it open."""
    if value is None or not str(value.Id or "").strip():
        return None
    return Identity(str(value.Id).strip(), str(value.Version or ""), bytes(value.Hash or b"").hex())
