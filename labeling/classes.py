"""Defect classes and their parents: the palette of a product."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DefectClass:
    """A kind of defect; `parent` is the more general kind that it belongs to."""

    name: str
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class ClassList:
    """The classes of a product, in its own order; parents make trees.

    A label keeps the name of a class that is removed later: `known` says whether it is still one.

    Raises
    ------
    ValueError
        If a name is empty, framed by blanks or there twice, a parent is missing, or a class is its own ancestor.
    """

    classes: tuple[DefectClass, ...]

    def __post_init__(self) -> None:
        names = [each.name for each in self.classes]
        for each in self.classes:
            if not each.name or each.name != each.name.strip():
                raise ValueError(f"class {each.name!r}: a name must not be empty or begin or end with a blank")
            if names.count(each.name) > 1:
                raise ValueError(f"class {each.name!r} is there twice")
            if each.parent is not None and each.parent not in names:
                raise ValueError(f"class {each.name!r}: its parent {each.parent!r} is no class")
        for name in names:
            self._refuse_circle(name)

    def _refuse_circle(self, name: str) -> None:
        parents = {each.name: each.parent for each in self.classes}
        way = [name]
        while (parent := parents[way[-1]]) is not None:
            way.append(parent)
            if parent == name:
                raise ValueError(f"class {name!r} is its own ancestor: {' < '.join(way)}")
            if len(way) > len(self.classes):
                return  # a circle above, which its own members are refused for

    def __iter__(self) -> Iterator[DefectClass]:
        return iter(self.classes)

    def __len__(self) -> int:
        return len(self.classes)

    def known(self, name: str) -> bool:
        """Whether there is a class of that name (now)."""
        return any(each.name == name for each in self.classes)

    def path(self, name: str) -> tuple[str, ...]:
        """Return a class after its ancestors, the most general first; a name that is no class stands alone."""
        parents = {each.name: each.parent for each in self.classes}
        way = [name]
        while (parent := parents.get(way[-1])) is not None:
            way.append(parent)
        return tuple(reversed(way))

    def children(self, name: str | None) -> tuple[DefectClass, ...]:
        """Return the classes directly below one; None: those without a parent."""
        return tuple(each for each in self.classes if each.parent == name)


def order_for_shift(classes: ClassList, counts: Mapping[str, int]) -> tuple[DefectClass, ...]:
    """Return the classes with the most frequent first, equal ones in the product's order.

    Computed once when a shift begins and kept, so that no chip moves under a finger.

    Parameters
    ----------
    counts
        How often each class was given, as over the last shifts; names that are no class are passed over.
    """
    return tuple(sorted(classes, key=lambda each: -counts.get(each.name, 0)))
