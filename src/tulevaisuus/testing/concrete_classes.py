"""`concrete_classes`: the classes whose objects are generated for an abstract class."""

import inspect
from collections.abc import Iterator

from tulevaisuus.model.entity import Entity
from tulevaisuus.model.portfolio import REGISTERS
from tulevaisuus.model.value import Value

__all__ = ["concrete_classes"]


def concrete_classes(cls: type[Value]) -> list[type[Value]]:
    """Return the classes whose objects are generated for a class: itself, unless it is abstract.

    Raises:
        TypeError: The class is abstract, and no concrete class is derived from it.
    """
    if cls is Value or cls is Entity:
        return [*REGISTERS.values()]
    if not inspect.isabstract(cls):
        return [cls]
    found = [*_derived(cls)]
    if not found:
        raise TypeError(f"{cls.__name__} is abstract, and no concrete class is derived from it")
    return found


def _derived(cls: type[Value]) -> Iterator[type[Value]]:
    """Yield the first classes that are derived from an abstract class and are not abstract."""
    for each in cls.__subclasses__():
        if inspect.isabstract(each):
            yield from _derived(each)
        else:
            yield each
