"""`html_of`: objects as fragments of HTML, for notebooks.

Classes call it through ``findings/pydantic_and_notebooks.py``. `tulevaisuus.reports.to_html` makes
a complete page from a report. A register is a collection of the entities of one class, by key.
"""

import functools
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from tulevaisuus.findings.finding import Finding
from tulevaisuus.findings.localization import LANGUAGES, Param, require_language
from tulevaisuus.findings.report import Report, title_of
from tulevaisuus.findings.severity import Severity
from tulevaisuus.findings.text_catalogue import open_catalogue
from tulevaisuus.formats.reading_result import Reading
from tulevaisuus.model.amount import Amount
from tulevaisuus.model.codelists import Labelled
from tulevaisuus.model.entity import Entity, key_text
from tulevaisuus.model.labels import entity_label, register_label
from tulevaisuus.model.name_search import Keyed
from tulevaisuus.model.period import Period
from tulevaisuus.model.portfolio import Portfolio
from tulevaisuus.model.register import Register
from tulevaisuus.model.text import Text
from tulevaisuus.model.value import Value, fields_of
from tulevaisuus.reports.html_elements import Html, element, joined
from tulevaisuus.reports.html_values import is_short, value_as_html
from tulevaisuus.reports.report_texts import (
    place_of,
    register_text,
    report_phrase,
    severity_label,
    skipped_rules,
    subject_text,
    titles_of,
    unchecked_lines,
)
from tulevaisuus.rules.rule_declaration import Rule

__all__ = ["html_of"]

_MAX_ROWS, _MAX_COLUMNS, _MAX_FINDINGS = 10, 6, 10
"""The maximum number of rows and columns of a table, and of findings of a report."""

_LEFT_STYLE = "text-align: left; vertical-align: top"
_FAINT_STYLE = "opacity: 0.75"
_FINDING_STYLE = "margin-top: 0.5em"
_NARROW_STYLE = f"{_LEFT_STYLE}; max-width: 22em"


def html_of(shown: object, *, language: str = "en") -> str:
    """Return an object as a fragment of HTML, for a notebook.

    Text of the object is escaped. Long registers, portfolios and reports are cut; their counts stay
    exact. An object with a method ``report``, such as a check of data frames, is shown as its
    report, an object of any other class as its repr.

    Args:
        shown: An entity, a value, a register, a portfolio, a reading, a report, a finding or a
            rule.
        language: ``fi``, ``sv`` or ``en``.

    Raises:
        UnknownLanguageError: The language is not supported.

    >>> import tulevaisuus as tul
    >>> print(html_of(tul.GrantStatus.GRANTED, language="fi"))
    <span lang="fi">myönnetty <code>granted</code></span>
    """
    require_language(language)
    return str(_html(shown, language))


@functools.singledispatch
def _html(shown: object, language: str) -> Html:
    """Show an object of a class without a function of its own below."""
    report: Callable[..., object] | None = getattr(shown, "report", None)
    if callable(report):
        return _html(report(), language)
    return element("pre", repr(shown))


@_html.register(Amount)
@_html.register(Labelled)
@_html.register(Period)
def _(shown: object, language: str) -> Html:
    return element("span", value_as_html(None, shown, language), lang=language)


@_html.register
def _(shown: Text, language: str) -> Html:
    del language  # a text is shown in all languages
    wordings = {each: getattr(shown, each) for each in LANGUAGES}
    rows = [(each, element("span", text, lang=each)) for each, text in wordings.items() if text]
    return _two_columns(rows, "")


@_html.register
def _(shown: Value, language: str) -> Html:
    return _two_columns(_fields(shown, language), type(shown).__name__, language)


@_html.register
def _(shown: Entity, language: str) -> Html:
    head = joined(
        entity_label(shown.singular).get(language), " ", element("code", key_text(shown.key))
    )
    unknown = [
        name
        for name, spec in fields_of(type(shown)).items()
        if spec.allows_none and getattr(shown, name) is None
    ]
    table = _two_columns(_fields(shown, language), head, language)
    if not unknown:
        return table
    fields = _phrase("entity", "unknown", language, fields=tuple(unknown))
    return element("div", table, element("div", fields, style=_FAINT_STYLE), lang=language)


@_html.register(Register)
def _(shown: Register[Keyed], language: str) -> Html:
    entities = [*islice(shown, _MAX_ROWS)]
    first = next(iter(entities), None)
    name = getattr(first, "plural", "objects")
    label = register_label(name)
    register_name = label.localize(language) if label else _phrase("register", "objects", language)
    caption = _phrase("register", "count", language, name=register_name, count=len(shown))
    if first is None:
        return element("div", caption, lang=language)
    columns = _columns(entities)
    rows = ([_field(each, column, language) for column in columns] for each in entities)
    table = _table(columns, rows, caption, language)
    return _with_rest(table, len(shown) - len(entities), language)


@_html.register
def _(shown: Portfolio, language: str) -> Html:
    registers = {name: each for name, each in shown.registers().items() if len(each)}
    rows = (
        [
            element("code", name),
            register_text(name, language),
            str(len(each)),
            _keys(each, language),
        ]
        for name, each in registers.items()
    )
    total = sum(map(len, registers.values()))
    caption = _phrase("portfolio", "caption", language, count=total)
    return _table((), rows, caption, language)


@_html.register
def _(shown: Reading, language: str) -> Html:
    form = "rejected" if shown.rejected else "ok"
    head = _phrase("reading", form, language, count=len(shown.rejected))
    report = Report(findings=shown.findings, counts=shown.counts, omitted=shown.omitted)
    parts = [element("div", head), _html(shown.portfolio, language)]
    if shown.counts:
        parts.append(_html(report, language))
    return element("div", *parts, lang=language)


@_html.register
def _(shown: Report, language: str) -> Html:
    counts = ", ".join(
        report_phrase(each.value, "count").fill({"n": shown.count(each)}, language)
        for each in Severity
    )
    titles = titles_of(shown, language)
    rows = (
        [
            severity_label(severity, language),
            element("code", code),
            title_of(code, severity, titles),
            str(number),
        ]
        for code, severity, number in sorted(shown.counts, key=lambda each: each[0])
    )
    parts = [_table((), rows, counts, language)]
    if skipped := skipped_rules(shown):
        codes = report_phrase("all_skipped").fill({"codes": skipped}, language)
        parts.append(element("div", codes, style=_FAINT_STYLE))
    parts += [
        element("div", each, style=_FAINT_STYLE) for each in unchecked_lines(shown, "", language)
    ]
    parts.extend(_html(each, language) for each in shown.findings[:_MAX_FINDINGS])
    if (total := shown.count()) > _MAX_FINDINGS:
        cut = _phrase("report", "listed", language, shown=_MAX_FINDINGS, count=total)
        parts.append(element("div", cut, style=_FAINT_STYLE))
    return element("div", *parts, lang=language)


@_html.register
def _(shown: Finding, language: str) -> Html:
    subject = subject_text(shown.subject, language)
    place = place_of(shown, "").removeprefix(":") if shown.location else shown.path
    about = " · ".join(each for each in (subject, place) if each)
    head = joined(
        element("strong", severity_label(shown.severity, language)),
        " ",
        element("code", shown.code),
    )
    message = element("div", shown.message(language))
    return element("div", head, f" {about}", message, style=_FINDING_STYLE, lang=language)


@_html.register
def _(shown: Rule, language: str) -> Html:
    rows: list[tuple[str, Html]] = [
        ("", joined(shown.explanation.get(language))),
        (_phrase("rule", "remedy", language), joined(shown.remedy.get(language))),
        (_phrase("rule", "severity", language), joined(severity_label(shown.severity, language))),
    ]
    if shown.evidence:
        evidence = shown.evidence.localize(language)
        rows.append((_phrase("rule", "evidence", language), joined(evidence)))
    if shown.sources:
        rows.append((_phrase("rule", "sources", language), joined(", ".join(shown.sources))))
    head = joined(element("code", shown.code), " ", shown.title.get(language))
    return _two_columns(rows, head, language)


def _fields(shown: Value, language: str) -> Iterator[tuple[str, Html]]:
    """Return the fields that are set, each with its value as HTML."""
    for name in shown.set_fields():
        yield name, _field(shown, name, language)


def _field(shown: object, name: str, language: str) -> Html:
    value = getattr(shown, name, None)
    if isinstance(shown, Value):
        return value_as_html(fields_of(type(shown))[name].type, value, language)
    return value_as_html(None, value, language)


def _columns(listed: Sequence[object]) -> list[str]:
    """Return the key, then required fields, then others that some object has, up to a limit."""
    first = listed[0]
    keys: tuple[str, ...] = getattr(first, "key_fields", ("key",))
    if not isinstance(first, Value):
        names = [name for name in ("severity", "title") if hasattr(first, name)]
        return [*keys, *names]
    specs = fields_of(type(first))
    filled = (
        name
        for name, spec in sorted(specs.items(), key=lambda each: not each[1].required)
        if name not in keys
        and is_short(spec.type)
        and any(_has_value(each, name) for each in listed)
    )
    return [*keys, *islice(filled, _MAX_COLUMNS - len(keys))]


def _has_value(shown: object, field: str) -> bool:
    value = getattr(shown, field, None)
    return value is not None and value != ()


def _keys(register: Register[Entity], language: str) -> str:
    """Return the first keys of a register, and how many more it has."""
    keys = [key_text(key) for key in islice(register.keys(), _MAX_ROWS // 2)]
    omitted = len(register) - len(keys)
    more = [_phrase("value", "more", language, count=omitted)] if omitted else []
    return ", ".join([*keys, *more])


def _phrase(section: str, name: str, language: str, /, **params: Param) -> str:
    return open_catalogue("tulevaisuus.reports", "notebook")[section][name].fill(params, language)


def _two_columns(rows: Iterable[tuple[str, Html]], caption: str, language: str = "") -> Html:
    """Return a table with a column of names and one of values."""
    body = [
        element(
            "tr",
            element("th", name, scope="row", style=_LEFT_STYLE),
            element("td", value, style=_LEFT_STYLE),
        )
        for name, value in rows
    ]
    head = [element("caption", caption, style=_LEFT_STYLE)] if caption else []
    lang = {"lang": language} if language else {}
    return element("table", *head, element("tbody", *body), **lang)


def _table(
    columns: Iterable[str], rows: Iterable[Iterable[str]], caption: str, language: str
) -> Html:
    """Return a table with a caption and, if there are any, the names of its columns."""
    names = [element("th", name, scope="col", style=_LEFT_STYLE) for name in columns]
    head = [element("thead", element("tr", *names))] if names else []
    body = [
        element("tr", *(element("td", each, style=_NARROW_STYLE) for each in row)) for row in rows
    ]
    caption_element = element("caption", caption, style=_LEFT_STYLE)
    return element("table", caption_element, *head, element("tbody", *body), lang=language)


def _with_rest(table: Html, rest: int, language: str) -> Html:
    """Return a table and, below it, the number of objects that it does not show."""
    if not rest:
        return table
    more = element("div", _phrase("value", "more", language, count=rest), style=_FAINT_STYLE)
    return element("div", table, more, lang=language)
