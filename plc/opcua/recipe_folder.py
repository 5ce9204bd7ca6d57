"""The recipes as objects in the address space (OPC 40100-1, 7.1 and 7.2), for clients that browse."""

import asyncio
from typing import Any

from asyncua import Node, Server, ua

from plc.opcua.address_space import add_instance, child
from plc.opcua.machine import VisionMachine
from plc.opcua.methods import MethodTable
from plc.opcua.ports import Recipe, Recipes, Role
from plc.opcua.structures import Namespaces, Structures

MOST_SHOWN = 200
_RECIPE_TYPE = 1002


class RecipeFolder:
    """Shows what is there. `bind`, then `show` whenever it may have changed."""

    def __init__(
        self, server: Server, spaces: Namespaces, structures: Structures, recipes: Recipes, machine: VisionMachine
    ) -> None:
        self._server = server
        self._spaces = spaces
        self._structures = structures
        self._recipes = recipes
        self._machine = machine
        self._folder: Node | None = None
        self._methods: MethodTable | None = None
        self._shown: dict[str, tuple[Node, Recipe | None, bool]] = {}
        self._lock = asyncio.Lock()

    async def bind(self, system: Node, methods: MethodTable) -> None:
        """Find the folder, and show the recipes."""
        self._folder = await child(await child(system, "RecipeManagement"), "Recipes")
        self._methods = methods
        await self.show()

    async def show(self) -> None:
        """Show the recipes as they are now. Raises `PortError` when they cannot be read."""
        async with self._lock:
            there = {recipe.identity.id: recipe for recipe in (await self._recipes.all())[:MOST_SHOWN]}
            for name in self._shown.keys() - there.keys():
                await self._drop(name)
            for name, recipe in there.items():
                await self._show(name, recipe)

    async def _drop(self, name: str) -> None:
        assert self._methods is not None  # bound
        node, _, _ = self._shown.pop(name)
        self._methods.drop(node.nodeid)
        await self._server.delete_nodes([node], recursive=True)

    async def _show(self, name: str, recipe: Recipe) -> None:
        prepared = self._machine.is_prepared(name)
        node, before, was_prepared = self._shown.get(name) or (await self._add(name), None, not prepared)
        if recipe != before:
            identity = self._structures.internal_recipe(recipe.identity)
            await (await child(node, "InternalId")).write_value(ua.Variant(identity, ua.VariantType.ExtensionObject))
            modified = await child(node, "LastModified")
            await modified.write_value(recipe.modified, ua.VariantType.DateTime)
        if prepared != was_prepared:
            await (await child(node, "IsPrepared")).write_value(prepared, ua.VariantType.Boolean)
        self._shown[name] = node, recipe, prepared

    async def _add(self, name: str) -> Node:
        assert self._folder is not None  # bound
        assert self._methods is not None
        own = self._spaces.own
        node = await add_instance(
            self._folder,
            ua.NodeId(f"Recipes/{name}/", own),  # ids of its children begin with this, and no other recipe's
            ua.QualifiedName(name, own),
            self._server.get_node(ua.NodeId(_RECIPE_TYPE, self._spaces.vision)),
        )

        async def prepare() -> tuple[Any, ...]:
            return (await self._machine.prepare(name),)

        async def unprepare() -> tuple[Any, ...]:
            await self._machine.unprepare(name)
            return ()

        await self._methods.add(node, "Prepare", Role.MES, prepare)
        await self._methods.add(node, "Unprepare", Role.MES, unprepare)
        return node
