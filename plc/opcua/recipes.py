"""RecipeManagement of OPC 40100-1 on recipes that stand in files: listed, prepared and unprepared."""

from collections.abc import Iterator
from typing import Any

from asyncua import Node

from plc.opcua.address_space import child
from plc.opcua.handles import Handles
from plc.opcua.machine import VisionMachine
from plc.opcua.methods import ERROR_BAD_VALUE, ERROR_UNKNOWN, Audited, MethodError, MethodTable
from plc.opcua.ports import Products, Recipe, Recipes, Role
from plc.opcua.rules import Caller
from plc.opcua.structures import Structures

MOST_IN_A_LIST = 100
_FALSE, _TRUE, _ANY = 0, 1, 2
"""TriStateBooleanDataType."""


class RecipeManagement:
    """Answers what a client asks of recipes."""

    def __init__(self, recipes: Recipes, products: Products, machine: VisionMachine, structures: Structures) -> None:
        self._recipes = recipes
        self._products = products
        self._machine = machine
        self._structures = structures
        self._handles = Handles()

    async def bind(self, system: Node, methods: MethodTable) -> None:
        """Answer the methods of the system's RecipeManagement."""
        node = await child(system, "RecipeManagement")
        await methods.add(
            node, "GetRecipeListFiltered", Role.OBSERVER, self._filtered, audited=Audited.NEVER, wants_caller=True
        )
        await methods.add(
            node, "ReleaseRecipeHandle", Role.OBSERVER, self._release, audited=Audited.NEVER, wants_caller=True
        )
        await methods.add(node, "PrepareRecipe", Role.MES, self._prepare)
        await methods.add(node, "UnprepareRecipe", Role.MES, self._unprepare)

    async def _filtered(
        self, caller: Caller, external: Any, product: Any, prepared: int, most: int, start: int, _timeout: int
    ) -> tuple[Any, ...]:
        if prepared not in {_FALSE, _TRUE, _ANY}:
            raise MethodError(ERROR_BAD_VALUE, f"IsPrepared is 0, 1 or 2, not {prepared}")
        everything = await self._recipes.all()
        if product is not None and product.Id:
            linked = self._products.links.get(product.Id)
            everything = tuple(recipe for recipe in everything if recipe.identity.id == linked)
        matching = [recipe for recipe in self._matching(everything, external) if self._shows(recipe, prepared)]
        count = min(most, MOST_IN_A_LIST) if most else MOST_IN_A_LIST
        shown = matching[start : start + count]
        complete = start + count >= len(matching)
        return complete, len(shown), self._handles.take(caller.session), self._structures.recipes(tuple(shown))

    def _shows(self, recipe: Recipe, prepared: int) -> bool:
        return prepared == _ANY or self._machine.is_prepared(recipe.identity.id) == bool(prepared)

    @staticmethod
    def _matching(recipes: tuple[Recipe, ...], wanted: Any) -> Iterator[Recipe]:
        for recipe in recipes:
            if wanted is None or not wanted.Id or _is(recipe, wanted):
                yield recipe

    async def _release(self, caller: Caller, handle: int) -> tuple[Any, ...]:
        if not self._handles.release(caller.session, handle):
            raise MethodError(ERROR_UNKNOWN, f"this session has no handle {handle}")
        return ()

    async def _prepare(self, external: Any, internal: Any) -> tuple[Any, ...]:
        recipe = await self._find(external, internal)
        completed = await self._machine.prepare(recipe.identity.id)
        return self._structures.internal_recipe(recipe.identity), completed

    async def _unprepare(self, external: Any, internal: Any) -> tuple[Any, ...]:
        recipe = await self._find(external, internal)
        await self._machine.unprepare(recipe.identity.id)
        return (self._structures.internal_recipe(recipe.identity),)

    async def _find(self, external: Any, internal: Any) -> Recipe:
        wanted = next((value for value in (internal, external) if value is not None and value.Id), None)
        if wanted is None:
            raise MethodError(ERROR_BAD_VALUE, "no recipe was named")
        for recipe in await self._recipes.all():
            if _is(recipe, wanted):
                return recipe
        raise MethodError(ERROR_UNKNOWN, f"there is no recipe {wanted.Id!r} of this version and hash")


def _is(recipe: Recipe, wanted: Any) -> bool:
    """Whether a recipe is the one named; version and hash count where the client gives them."""
    identity = recipe.identity
    return (
        identity.id == wanted.Id
        and (not wanted.Version or identity.version == wanted.Version)
        and (not wanted.Hash or identity.sha256 == bytes(wanted.Hash).hex())
    )
