"""Methods that other libraries look for on findings, reports and readings.

Pydantic asks a class how its objects are validated and serialised, notebooks ask an object for
HTML. The work is done in `tulevaisuus.reports`. It is imported at the call: most programs need
neither, and packages higher up must not be imported while this one is.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema

__all__ = ["NotebookMethods", "PydanticMethods"]


class PydanticMethods:
    """The methods that pydantic calls to learn how objects of a class are read and written."""

    __slots__ = ()

    @classmethod
    def __get_pydantic_core_schema__(
        cls, annotation: object, handler: "GetCoreSchemaHandler"
    ) -> "CoreSchema":
        """Return the pydantic schema that reads and writes an object."""
        from tulevaisuus.reports import reports_in_pydantic

        del annotation  # pydantic passes it, but the class says all
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
