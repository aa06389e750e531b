"""Hooks for other libraries: pydantic asks findings and reports for schemas, notebooks for HTML."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema

__all__ = ["FileOutput", "NotebookOutput", "PydanticOutput"]


class PydanticOutput:
    """The methods by which pydantic asks a class how its objects are read and written.

    `tulevaisuus.reports` answers; it is imported only then.
    """

    __slots__ = ()

    @classmethod
    def __get_pydantic_core_schema__(
        cls, annotation: object, handler: "GetCoreSchemaHandler"
    ) -> "CoreSchema":
        """Return how an object is read and written."""
        from tulevaisuus.reports import pydantic_fields

        del annotation
        return pydantic_fields.core_schema(cls, handler)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core: "CoreSchema", handler: "GetJsonSchemaHandler"
    ) -> "JsonSchemaValue":
        """Return the schema of the class, from ``reports/schemas/report.json``."""
        from tulevaisuus.reports import pydantic_fields

        return pydantic_fields.json_schema(cls, core, handler)


class FileOutput:
    """What tools want of a report: `tulevaisuus.reports` writes it, and is opened only then."""

    __slots__ = ()

    def to_sarif(self, name: str = "portfolio.json", *, language: str = "en") -> str:
        """Return this one report as `tulevaisuus.reports.to_sarif` writes several.

        Args:
            name: What the file calls the document.
            language: The language of messages: ``fi``, ``sv`` or ``en``.
        """
        from tulevaisuus.reports import report_methods

        return report_methods.sarif_of(self, name, language)

    def to_junit(self, name: str = "portfolio.json", *, language: str = "en") -> str:
        """Return this one report as `tulevaisuus.reports.to_junit` writes several.

        Args:
            name: What the file calls the document.
            language: The language of messages: ``fi``, ``sv`` or ``en``.
        """
        from tulevaisuus.reports import report_methods

        return report_methods.junit_of(self, name, language)


class NotebookOutput:
    """The method by which notebooks ask an object for its HTML.

    `tulevaisuus.reports` answers; it is imported only then.
    """

    __slots__ = ()

    def _repr_html_(self) -> str:
        """Return the object as a fragment of HTML, in English."""
        from tulevaisuus.reports import notebooks

        return notebooks.html_of(self)
