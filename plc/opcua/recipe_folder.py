"""The recipes as objects in the address space (OPC 40100-1, 7.1 and 7.2), for clients that browse."""

import asyncio
import logging
from dataclasses import dataclass
from typing import Any

from asyncua import Node, Server, ua

from plc.opcua.address_space import add_instance, add_optional, child
from plc.opcua.files import TemporaryFiles
from plc.opcua.machine import VisionMachine
from plc.opcua.methods import MethodTable
from plc.opcua.ports import PortError, Recipe, Recipes, Role
from plc.opcua.products import ProductManagement, named
from plc.opcua.rules import Caller
from plc.opcua.structures import Namespaces, Structures

log = logging.getLogger(__name__)

MOST_SHOWN = 200
_OPTIONAL = ("ExternalId", "Handle", "LinkedProducts", "LinkProduct", "UnlinkProduct")
_RECIPE_TYPE = 1002


class RecipeFolder:
    """Shows what is there. `bind`, then `show` whenever it may have changed."""

    def __init__(
        self,
        server: Server,
        spaces: Namespaces,
        structures: Structures,
        recipes: Recipes,
        machine: VisionMachine,
        products: ProductManagement,
        files: TemporaryFiles,
    ) -> None:
        self._server = server
        self._spaces = spaces
        self._structures = structures
        self._recipes = recipes
        self._machine = machine
        self._products = products
        self._files = files
        self._folder: Node | None = None
        self._methods: MethodTable | None = None
        self._shown: dict[str, _Shown] = {}
        self._lock = asyncio.Lock()

    async def bind(self, system: Node, methods: MethodTable) -> None:
        """Find the folder, and show the recipes."""
        self._folder = await child(await child(system, "RecipeManagement"), "Recipes")
        self._methods = methods
        await self.show()

    def node_of(self, recipe: str) -> ua.NodeId:
        """Return where a recipe is shown; the ids of its children begin with this, and no other recipe's."""
        return ua.NodeId(f"Recipes/{recipe}/", self._spaces.own)

    async def follow(self) -> None:
        """Show the recipes as they are now, as far as they can be read."""
        try:
            await self.show()
        except PortError as error:
            log.warning("OPC UA: the folder of recipes is not up to date: %s", error)

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
        shown = self._shown.pop(name)
        for node in (shown.node, shown.file):
            self._methods.drop(node.nodeid)
        await self._server.delete_nodes([shown.node], recursive=True)

    async def _show(self, name: str, recipe: Recipe) -> None:
        shown = self._shown.get(name) or await self._add(name)
        self._shown[name] = shown
        structure = ua.VariantType.ExtensionObject
        if recipe != shown.recipe:
            size = len(await self._recipes.content(recipe.identity))
            for field, value, kind in (
                ("InternalId", self._structures.internal_recipe(recipe.identity), structure),
                ("ExternalId", self._structures.external_recipe(recipe.identity), structure),
                ("LastModified", recipe.modified, ua.VariantType.DateTime),
            ):
                await (await child(shown.node, field)).write_value(ua.Variant(value, kind))
            await (await child(shown.file, "Size")).write_value(size, ua.VariantType.UInt64)
            shown.recipe = recipe
        if (prepared := self._machine.is_prepared(name)) != shown.prepared:
            await (await child(shown.node, "IsPrepared")).write_value(prepared, ua.VariantType.Boolean)
            shown.prepared = prepared
        if (products := self._products.of_recipe(name)) != shown.products:
            ids = [self._structures.product_id(product) for product in products]
            linked = await child(shown.node, "LinkedProducts")
            await linked.write_value(ua.Variant(ids, structure, is_array=True))
            shown.products = products

    async def _add(self, name: str) -> "_Shown":
        assert self._folder is not None  # bound
        own = self._spaces.own
        recipe_type = self._server.get_node(ua.NodeId(_RECIPE_TYPE, self._spaces.vision))
        node = await add_instance(self._folder, self.node_of(name), ua.QualifiedName(name, own), recipe_type)
        await add_optional(node, _OPTIONAL)
        await self._answer(name, node)
        file = await child(node, "Handle")

        async def read() -> bytes:
            shown = self._shown[name].recipe
            assert shown is not None  # shown together with its recipe
            return await self._recipes.content(shown.identity)

        assert self._methods is not None  # bound
        await self._files.serve(file, self._methods, read)
        return _Shown(node, file)

    async def _answer(self, name: str, node: Node) -> None:
        async def prepare() -> tuple[Any, ...]:
            return (await self._machine.prepare(name),)

        async def unprepare() -> tuple[Any, ...]:
            await self._machine.unprepare(name)
            return ()

        async def link(caller: Caller, product: Any) -> tuple[Any, ...]:
            await self._products.link(caller, named(product), name)
            await self.follow()
            return ()

        async def unlink(caller: Caller, product: Any) -> tuple[Any, ...]:
            await self._products.unlink(caller, named(product), name)
            await self.follow()
            return ()

        assert self._methods is not None  # bound
        await self._methods.add(node, "Prepare", Role.MES, prepare)
        await self._methods.add(node, "Unprepare", Role.MES, unprepare)
        await self._methods.add(node, "LinkProduct", Role.ENGINEER, link, wants_caller=True)
        await self._methods.add(node, "UnlinkProduct", Role.ENGINEER, unlink, wants_caller=True)


@dataclass(slots=True)
class _Shown:
    """A recipe's object and its file, and what they show."""

    node: Node
    file: Node
    recipe: Recipe | None = None
    prepared: bool | None = None
    products: tuple[str, ...] | None = None
