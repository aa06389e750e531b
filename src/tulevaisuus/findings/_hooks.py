"""Where findings and reports meet pydantic, which asks their classes how to read and write them."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema

__all__ = ["PydanticOutput"]


class PydanticOutput:
    """What pydantic asks of a class whose objects are fields of models or answers of a service.

    `tulevaisuus.reports` answers, and is opened only then.
    """

    __slots__ = ()

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: object, handler: "GetCoreSchemaHandler"
    ) -> "CoreSchema":
        """Return how an object is read and written."""
        from tulevaisuus.reports import pydantic

        del source
        return pydantic.core_schema(cls, handler)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core: "CoreSchema", handler: "GetJsonSchemaHandler"
    ) -> "JsonSchemaValue":
        """Return what ``reports/schemas/report.json`` says of the class."""
        from tulevaisuus.reports import pydantic

        del core, handler
        return pydantic.json_schema(cls)
