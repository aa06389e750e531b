"""What other libraries need of our classes: Hypothesis is told each class, pydantic gets schemas.

The plug-in for Hypothesis subscribes as a listener; then Hypothesis can generate objects of each
class.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from tulevaisuus.findings.pydantic_and_notebooks import PydanticSerializer

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema

    from tulevaisuus.model.field_type_base import Scalar

__all__ = [
    "PydanticAnnotationSupport",
    "PydanticSupport",
    "announce",
    "finished_classes",
    "subscribe",
]

_finished_classes: list[type] = []
_listeners: list[Callable[[type], None]] = []


def announce(cls: type) -> None:
    """Remember a class that is finished, and call every listener with it."""
    _finished_classes.append(cls)
    for listener in _listeners:
        listener(cls)


def finished_classes() -> list[type]:
    """Return the classes that listeners were told so far."""
    return _finished_classes


def subscribe(listener: Callable[[type], None]) -> None:
    """Call a listener with each finished class, and later with each class that gets finished.

    Subscribing twice has no further effect.
    """
    if listener not in _listeners:
        _listeners.append(listener)
        for cls in tuple(_finished_classes):
            listener(cls)


class PydanticSupport(PydanticSerializer):
    """A base class whose subclasses can be the types of fields in models of pydantic.

    Pydantic calls the methods to learn how objects are read and written. Only then do they import
    `tulevaisuus.formats`.
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


class PydanticAnnotationSupport:
    """The same for a field type in an annotation, such as ``Annotated[str, Url()]``."""

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
