"""Methods that other libraries look for on our classes: findings, reports, values and settings.

Pydantic asks a class how its objects are validated and serialised, notebooks ask an object for
HTML. The work is done in `tulevaisuus.formats` and `tulevaisuus.reports`. They are imported at the
call: most programs need neither, and packages higher up must not be imported while this one is.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema, SchemaSerializer

__all__ = ["NotebookMethods", "PydanticFields", "PydanticMethods", "PydanticSerializer"]


class PydanticSerializer:
    """The attribute by which pydantic writes an object whose class no field declares."""

    __slots__ = ()

    @property
    def __pydantic_serializer__(self) -> "SchemaSerializer":
        """The serializer of the class, for fields of type ``Any`` and ``serialize_as_any``."""
        from tulevaisuus.formats import pydantic

        return pydantic.serializer_of(type(self))


class PydanticFields(PydanticSerializer):
    """The methods that pydantic calls to learn how objects are read and written by their fields."""

    __slots__ = ()

    @classmethod
    def __get_pydantic_core_schema__(
        cls, annotation: object, handler: "GetCoreSchemaHandler"
    ) -> "CoreSchema":
        """Return the pydantic schema that reads and writes an object."""
        from tulevaisuus.formats import pydantic_fields

        del annotation  # pydantic passes it, but the class says all
        return pydantic_fields.core_schema(cls, handler)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core: "CoreSchema", handler: "GetJsonSchemaHandler"
    ) -> "JsonSchemaValue":
        """Return the JSON Schema of the fields."""
        from tulevaisuus.formats import pydantic_fields

        return pydantic_fields.json_schema(cls, core, handler)


class PydanticMethods(PydanticSerializer):
    """The same methods for findings, reports and readings, which have a JSON form of their own."""

    __slots__ = ()

    @classmethod
    def __get_pydantic_core_schema__(
        cls, annotation: object, handler: "GetCoreSchemaHandler"
    ) -> "CoreSchema":
        """Return the pydantic schema that reads and writes an object."""
        from tulevaisuus.reports import reports_in_pydantic

        del annotation  # as above
        return reports_in_pydantic.core_schema(cls, handler)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core: "CoreSchema", handler: "GetJsonSchemaHandler"
    ) -> "JsonSchemaValue":
        """Return the part of ``reports/schemas/report.json`` that describes the class."""
        from tulevaisuus.reports import reports_in_pydantic

        return reports_in_pydantic.json_schema(cls, core, handler)


class NotebookMethods:
    """The method that notebooks call to show an object as HTML."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        """Return the object as a fragment of HTML, in English."""
        from tulevaisuus.reports import notebooks

        return notebooks.html_of(self)
