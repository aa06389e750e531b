"""Hooks for other libraries: pydantic asks findings and reports for schemas, notebooks for HTML."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema

__all__ = ["NotebookOutput", "PydanticOutput"]


class PydanticOutput:
    """The methods that pydantic calls to learn how objects of a class are read and written.

    They import `tulevaisuus.reports` only when they are called.
    """

    __slots__ = ()

    @classmethod
    def __get_pydantic_core_schema__(
        cls, annotation: object, handler: "GetCoreSchemaHandler"
    ) -> "CoreSchema":
        """Return the pydantic schema that reads and writes an object."""
        from tulevaisuus.reports import reports_in_pydantic

        del annotation
        return reports_in_pydantic.core_schema(cls, handler)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core: "CoreSchema", handler: "GetJsonSchemaHandler"
    ) -> "JsonSchemaValue":
        """Return the schema of the class, from ``reports/schemas/report.json``."""
        from tulevaisuus.reports import reports_in_pydantic

        return reports_in_pydantic.json_schema(cls, core, handler)


class NotebookOutput:
    """The method that notebooks call to show an object as HTML.

    It imports `tulevaisuus.reports` only when it is called.
    """

    __slots__ = ()

    def _repr_html_(self) -> str:
        """Return the object as a fragment of HTML, in English."""
        from tulevaisuus.reports import notebooks

        return notebooks.html_of(self)
