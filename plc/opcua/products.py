"""Products of OPC 40100-1: what a factory makes, each linked to the recipe that judges it (7.1, 7.2 and 7.4).

A product has one recipe, so that preparing a product prepares that and no other; a recipe may judge several products.
"""

import asyncio
from typing import Any

from asyncua import Node, Server, ua

from plc.opcua.address_space import child, drop_placeholders
from plc.opcua.audit import AuditTrail
from plc.opcua.machine import VisionMachine
from plc.opcua.methods import ERROR_BAD_VALUE, ERROR_UNKNOWN, MethodError, MethodTable
from plc.opcua.ports import Products, Recipe, Recipes, Role
from plc.opcua.rules import Caller
from plc.opcua.structures import Namespaces, Structures

LONGEST_ID = 100


class ProductManagement:
    """Answers what a client does with products, and shows them. `bind`, then `show` after recipes went."""

    def __init__(
        self,
        server: Server,
        spaces: Namespaces,
        structures: Structures,
        products: Products,
        recipes: Recipes,
        machine: VisionMachine,
        audit: AuditTrail,
    ) -> None:
        self._server = server
        self._own = spaces.own
        self._structures = structures
        self._products = products
        self._recipes = recipes
        self._machine = machine
        self._audit = audit
        self._folder: Node | None = None
        self._shown: dict[str, Node] = {}
        self._lock = asyncio.Lock()

    async def bind(self, system: Node, methods: MethodTable) -> None:
        """Find the folder, show the products, and answer the methods."""
        management = await child(system, "RecipeManagement")
        self._folder = await child(management, "Products")
        await drop_placeholders(self._folder)
        await self.show()
        await methods.add(management, "PrepareProduct", Role.MES, self._prepare)
        await methods.add(management, "UnprepareProduct", Role.MES, self._unprepare)
        await methods.add(management, "UnlinkProduct", Role.ENGINEER, self._unlink, wants_caller=True)

    def of_recipe(self, recipe: str) -> tuple[str, ...]:
        """Return the products that a recipe judges."""
        return tuple(product for product, linked in self._products.links.items() if linked == recipe)

    def node_of(self, product: str) -> ua.NodeId:
        """Return where a product is shown."""
        return ua.NodeId(f"Products/{product}/", self._own)

    async def link(self, caller: Caller, product: str, recipe: str) -> None:
        """Link a product to a recipe. Raises `MethodError`, `PortError`."""
        self.check(product, recipe)
        await self._products.link(product, recipe)
        await self._note(caller, "linked", product, recipe)
        await self.show()

    def check(self, product: str, recipe: str) -> None:
        """See that a product could be linked to a recipe. Raises `MethodError`."""
        if len(product) > LONGEST_ID or not product.isprintable() or not product:
            raise MethodError(ERROR_BAD_VALUE, f"a product's id is 1 to {LONGEST_ID} printable characters")
        linked = self._products.links.get(product, recipe)
        if linked != recipe:
            text = f"the product {product!r} is judged by the recipe {linked!r}; unlink it there first"
            raise MethodError(ERROR_BAD_VALUE, text)

    async def unlink(self, caller: Caller, product: str, recipe: str) -> None:
        """Unlink a product from a recipe. Raises `MethodError`, `PortError`."""
        if self._products.links.get(product) != recipe:
            raise MethodError(ERROR_UNKNOWN, f"the product {product!r} is not linked to the recipe {recipe!r}")
        await self._products.unlink(product)
        await self._note(caller, "unlinked", product, recipe)
        await self.show()

    async def recipe_removed(self, recipe: str) -> None:
        """Forget the products of a recipe that is gone. Raises `PortError`."""
        await self._products.unlink(*self.of_recipe(recipe))
        await self.show()

    async def show(self) -> None:
        """Show the products as they are now."""
        assert self._folder is not None  # bound
        async with self._lock:
            there = self._products.links
            for product in self._shown.keys() - there.keys():
                await self._server.delete_nodes([self._shown.pop(product)])
            for product in there.keys() - self._shown.keys():
                value = ua.Variant(self._structures.product(product), ua.VariantType.ExtensionObject)
                name = ua.QualifiedName(product, self._own)
                kind = self._structures.product_data_type
                self._shown[product] = await self._folder.add_variable(
                    self.node_of(product), name, value, datatype=kind
                )

    async def _prepare(self, product: Any) -> tuple[Any, ...]:
        name, recipe = await self._find(product)
        await self._machine.prepare(recipe.identity.id, name)
        return (self._structures.internal_recipe(recipe.identity),)

    async def _unprepare(self, product: Any) -> tuple[Any, ...]:
        _, recipe = await self._find(product)
        await self._machine.unprepare(recipe.identity.id, by_product=True)
        return (self._structures.internal_recipe(recipe.identity),)

    async def _unlink(self, caller: Caller, internal: Any, product: Any) -> tuple[Any, ...]:
        recipe = str(internal.Id or "").strip() if internal is not None else ""
        await self.unlink(caller, named(product), recipe)
        return ()

    async def _find(self, product: Any) -> tuple[str, Recipe]:
        name = named(product)
        linked = self._products.links.get(name)
        if linked is None:
            raise MethodError(ERROR_UNKNOWN, f"there is no product {name!r}")
        for recipe in await self._recipes.all():
            if recipe.identity.id == linked:
                return name, recipe
        raise MethodError(ERROR_UNKNOWN, f"the recipe {linked!r} of the product {name!r} is no longer there")

    async def _note(self, caller: Caller, what: str, product: str, recipe: str) -> None:
        await self._audit.note("opcua-product", user=str(caller.name), outcome=what, product=product, recipe=recipe)


def named(product: Any) -> str:
    """Return the id of a `ProductIdDataType`, empty where the client left it open."""
    return str(product.Id or "").strip() if product is not None else ""
