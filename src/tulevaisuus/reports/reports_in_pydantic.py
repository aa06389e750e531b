"""`Report`, `Finding` and `Reading` as fields of pydantic models and responses of web services.

The data has the form of `Report.to_dict`. Validation accepts an instance unchanged, and builds one
from such data: it has the same messages, and parameters of JSON types.
"""

import json
from typing import Any, Literal, cast

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema
from pydantic_core import core_schema as core

from tulevaisuus._text_files import read_text
from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.findings_as_json_data import plain_finding
from tulevaisuus.findings.localization import LANGUAGES, LocalizedText, Param
from tulevaisuus.findings.location import Location
from tulevaisuus.findings.report import Report
from tulevaisuus.findings.severity import Severity
from tulevaisuus.findings.unchecked import Unchecked
from tulevaisuus.formats.pydantic_include_exclude import select
from tulevaisuus.formats.reading_result import Reading, Rejected
from tulevaisuus.model.entity import Key
from tulevaisuus.model.portfolio import Portfolio

__all__ = ["core_schema", "json_schema"]


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _Message(_Data):
    fi: str
    sv: str
    en: str

    def text(self) -> LocalizedText:
        """Return the messages as a template; braces are escaped, as parameters were filled in."""
        texts = {each: getattr(self, each) for each in LANGUAGES}
        return LocalizedText(
            **{each: text.replace("{", "{{").replace("}", "}}") for each, text in texts.items()}
        )


class _Finding(_Data):
    code: str
    severity: Literal["error", "warning", "note"]
    path: str
    subject: str
    message: _Message | str
    params: dict[str, str | int | list[Any] | None]
    sources: list[str]
    location: Location | None = None

    def to_finding(self) -> Finding:
        """Return the finding."""
        message = self.message
        if isinstance(message, str):  # a report in one language
            message = _Message(fi=message, sv=message, en=message)
        return Finding(
            code=self.code,
            severity=Severity(self.severity),
            path=self.path,
            subject=self.subject,
            template=message.text(),
            params=tuple((name, _param(value)) for name, value in self.params.items()),
            sources=tuple(self.sources),
            location=self.location,
        )


class _Count(_Data):
    code: str
    severity: Literal["error", "warning", "note"]
    count: int


class _Report(_Data):
    """The fields of `Report`; ``ok`` and ``file`` are written, and not needed to build a report."""

    ok: bool
    counts: list[_Count]
    omitted: int
    skipped: list[str]
    unchecked: list[Unchecked] = []
    unchecked_omitted: int = 0
    findings: list[_Finding]
    file: str | None = None

    def to_report(self) -> Report:
        """Return the report."""
        return Report(
            findings=tuple(each.to_finding() for each in self.findings),
            skipped=tuple(self.skipped),
            counts=tuple((each.code, Severity(each.severity), each.count) for each in self.counts),
            omitted=self.omitted,
            unchecked=tuple(self.unchecked),
            unchecked_omitted=self.unchecked_omitted,
        )


class _Rejected(_Data):
    # `register` would hide a method of `BaseModel`.
    in_register: str = Field(alias="register")
    place: int | None
    key: str | int | list[str | int] | None


class _Reading(_Data):
    ok: bool
    counts: list[_Count]
    findings: list[_Finding]
    rejected: list[_Rejected]
    portfolio: Portfolio

    def to_reading(self) -> Reading:
        """Return the reading. It has no source, but its findings keep their locations."""
        return Reading(
            portfolio=self.portfolio,
            findings=tuple(each.to_finding() for each in self.findings),
            rejected=tuple(
                Rejected(each.in_register, each.place, cast("Key | None", _param(each.key)))
                for each in self.rejected
            ),
            counts=tuple((each.code, Severity(each.severity), each.count) for each in self.counts),
        )


def core_schema(cls: type[Any], handler: GetCoreSchemaHandler) -> CoreSchema:
    """Return the core schema by which pydantic validates and serialises objects of a class."""
    model = next(model for base, model in _MODELS.items() if issubclass(cls, base))

    def read(value: object, inner: core.ValidatorFunctionWrapHandler) -> object:
        """Return an instance unchanged; build one from plain data."""
        if isinstance(value, cls):
            return value
        match inner(value):
            case _Report() as data:
                return data.to_report()
            case _Reading() as data:
                return data.to_reading()
            case data:
                return cast("_Finding", data).to_finding()

    return core.no_info_wrap_validator_function(
        read, handler.generate_schema(model), serialization=_SERIALIZATION
    )


_MODELS: dict[type, type[_Data]] = {Report: _Report, Finding: _Finding, Reading: _Reading}


def _write(value: Report | Finding | Reading, info: core.SerializationInfo) -> object:
    """Return plain data in the mode ``json``, and the object itself in the mode ``python``.

    With ``include`` or ``exclude`` the mode ``python`` returns plain data, too.
    """
    if info.mode != "json" and info.include is None and info.exclude is None:
        return value
    return select(_plain(value), info.include, info.exclude)


def _plain(value: Report | Finding | Reading) -> object:
    """Return plain data: dictionaries, lists, texts and numbers."""
    return plain_finding(value) if isinstance(value, Finding) else value.to_dict()


_SERIALIZATION = core.plain_serializer_function_ser_schema(_write, info_arg=True)


def json_schema(
    cls: type[Any], schema: CoreSchema, handler: GetJsonSchemaHandler
) -> JsonSchemaValue:
    """Return the JSON Schema of a class, cut from that of reports, with references resolved."""
    if issubclass(cls, Reading):
        return {**handler(cast("core.WrapValidatorFunctionSchema", schema)["schema"])}
    whole_schema = json.loads(read_text("tulevaisuus.reports", "schemas", "report.json"))
    defs = whole_schema.pop("$defs")
    chosen = whole_schema if issubclass(cls, Report) else {"title": "Finding", **defs["finding"]}
    cleaned = {name: each for name, each in chosen.items() if name not in {"$schema", "$id"}}
    return cast("JsonSchemaValue", _inline_refs(cleaned, defs))


def _inline_refs(schema: object, defs: dict[str, object]) -> object:
    """Replace references by definitions. It ends because no definition refers to itself."""
    if isinstance(schema, list):
        return [_inline_refs(each, defs) for each in cast("list[object]", schema)]
    if not isinstance(schema, dict):
        return schema
    parts = cast("dict[str, object]", schema)
    inside = {name: _inline_refs(each, defs) for name, each in parts.items() if name != "$ref"}
    if "$ref" not in parts:
        return inside
    name = str(parts["$ref"]).rpartition("/")[2]
    return {**cast("dict[str, object]", _inline_refs(defs[name], defs)), **inside}


def _param(value: object) -> Param:
    """Return a parameter in the form of findings: lists become tuples."""
    if isinstance(value, list):
        return tuple(_param(each) for each in cast("list[object]", value))
    return cast("Param", value)
