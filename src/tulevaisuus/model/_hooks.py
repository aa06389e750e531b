"""Hooks for other libraries: listeners get each class of values, pydantic asks it for schemas."""

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from tulevaisuus.findings.pydantic_and_notebooks import PydanticSerializer

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema

    from tulevaisuus.model.field_type_base import Scalar

__all__ = ["PydanticAnnotation", "PydanticField", "announce", "announced", "subscribe"]

_announced: list[type] = []
_listeners: list[Callable[[type], None]] = []


def announce(cls: type) -> None:
    """Call the listeners with a class that attrs has finished."""
    _announced.append(cls)
    for listener in _listeners:
        listener(cls)


def announced() -> list[type]:
    """Return the classes that were announced so far."""
    return _announced


def subscribe(listener: Callable[[type], None]) -> None:
    """Call a listener with each class that was announced, and with each later one.

    Subscribing twice has no further effect.
    """
    if listener not in _listeners:
        _listeners.append(listener)
        for cls in tuple(_announced):
            listener(cls)


class PydanticField(PydanticSerializer):
    """A base class: makes its subclasses types of fields in models of pydantic.

    Pydantic calls its methods to learn how objects are read and written. They import
    `tulevaisuus.formats` only when they are called.
    """

    __slots__ = ()

    @classmethod
    def __get_pydantic_core_schema__(
        cls, annotation: object, handler: "GetCoreSchemaHandler"
    ) -> "CoreSchema":
        """Return the pydantic schema that reads and writes a value."""
        from tulevaisuus.formats import pydantic

        return pydantic.core_schema(cls, annotation, handler)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core: "CoreSchema", handler: "GetJsonSchemaHandler"
    ) -> "JsonSchemaValue":
        """Return the JSON Schema of a value, the same as in the schema of documents."""
        from tulevaisuus.formats import pydantic

        return pydantic.json_schema(cls, core, handler)


class PydanticAnnotation:
    """The same methods for a field type in an annotation, such as ``Annotated[str, Url()]``."""

    __slots__ = ()

    def __get_pydantic_core_schema__(
        self, annotation: object, handler: "GetCoreSchemaHandler"
    ) -> "CoreSchema":
        """Return the pydantic schema that reads and writes a value."""
        from tulevaisuus.formats import pydantic

        return pydantic.scalar_schema(cast("Scalar", self), annotation, handler)

    def __get_pydantic_json_schema__(
        self, core: "CoreSchema", handler: "GetJsonSchemaHandler"
    ) -> "JsonSchemaValue":
        """Return the JSON Schema of a value, the same as in the schema of documents."""
        from tulevaisuus.formats import pydantic

        return pydantic.scalar_json_schema(cast("Scalar", self), core, handler)
