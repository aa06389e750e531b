"""Hooks for other libraries: pydantic asks findings and reports for schemas, notebooks for HTML."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema

__all__ = ["FileOutput", "NotebookOutput", "PydanticOutput"]


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
    """Methods that write a report for other tools.

    They import `tulevaisuus.reports` only when they are called.
    """

    __slots__ = ()

    def to_sarif(self, name: str = "portfolio.json", *, language: str = "en") -> str:
        """Return the report in SARIF, as `tulevaisuus.reports.to_sarif` does for several reports.

        Args:
            name: The name of the checked document in the SARIF file.
            language: The language of messages: ``fi``, ``sv`` or ``en``.
        """
        from tulevaisuus.reports import report_methods

        return report_methods.sarif_of(self, name, language)

    def to_junit(self, name: str = "portfolio.json", *, language: str = "en") -> str:
        """Return the report in JUnit XML, as `tulevaisuus.reports.to_junit` does for several.

        Args:
            name: The name of the checked document in the XML file.
            language: The language of messages: ``fi``, ``sv`` or ``en``.
        """
        from tulevaisuus.reports import report_methods

        return report_methods.junit_of(self, name, language)


class NotebookOutput:
    """The method that notebooks call to show an object as HTML.

    It imports `tulevaisuus.reports` only when it is called.
    """

    __slots__ = ()

    def _repr_html_(self) -> str:
        """Return the object as a fragment of HTML, in English."""
        from tulevaisuus.reports import notebooks

        return notebooks.html_of(self)
