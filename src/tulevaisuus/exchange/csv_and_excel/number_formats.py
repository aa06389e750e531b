"""Number formats of Excel: the unit in which they show an amount, and whether they show a day.

A format may add words to a number: ``0.0 "milj. €"`` shows 1.5 as *1.5 milj. €*, and that is what
the author of the sheet means. Source: ECMA-376, part 1, 18.8.31.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from tulevaisuus.exchange import table_messages
from tulevaisuus.exchange.csv_and_excel.grid import CellProblem
from tulevaisuus.exchange.csv_and_excel.units_of_amounts import OTHER_CURRENCY, scale_in_words

__all__ = ["shows_day", "unit_of"]

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)'
    r"|(?P<space>_.|\*.)"  # as wide as a character, or filled with it
    r"|(?P<bracketed>\[[^\]]*\])"  # a colour, a condition, a currency or a language
    r"|(?P<digits>General|[0#?@]|E[-+])|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"\[[<>=]")
_ONLY_ZERO_OR_LESS = re.compile(r"\[(?:<=?|=)0\]")
_CURRENCY_IN_BRACKETS = re.compile(r"\[\$([^\]-]*)[^\]]*\]")
_EURO_NAMES = {"", "€", "EUR"}

_MARKS_OF_NUMBERS = frozenset(".,%/ ")
"""The characters that mean something without quotes; the others are shown."""

_SCALE = re.compile(r"[0#?](,+)(?![0#?,])")
"""Each comma after the last digit divides the number that is shown by a thousand."""

_ZEROS = re.compile(r"(?<![0-9])(?:1[\s.,]?)?000")
"""Zeros that belong to no number, so that 5 looks like 5 000 or like five times 1 000 euros."""

_BEFORE_EUROS = re.compile(r"[\s+]*(?:(?:€|eur|euroa?)[\s+]*)?", re.IGNORECASE)
_AFTER_EUROS = re.compile(
    r"\s*(?:[,.:]\s?[-\N{EN DASH}=]{1,2}\s*)?(?:(?:€|eur|euroa?|e)\s*)?", re.IGNORECASE
)
"""Texts beside an amount that do not change it: euros, a plus, and *,-* for no cents."""


class _Section(NamedTuple):
    """The part of a format for some numbers, such as those above zero.

    Attributes:
        marks: The digits, and the characters with a meaning, without all texts.
        before: The text that is shown before the digits.
        after: The text after the first digit.
        bracketed: The parts in brackets: colours, conditions and currencies.
    """

    marks: str
    before: str
    after: str
    bracketed: str

    @property
    def text(self) -> str:
        """All texts, in their order."""
        return f"{self.before} {self.after}".strip()


def unit_of(number_format: str, *, is_built_in: bool = False) -> CellProblem | None:
    """Return the problem of amounts that a format shows in another unit than euros, if any.

    Only the sections for positive numbers are read; if there are several, the worst problem counts.

    Args:
        number_format: The format, such as ``#,##0.00 [$SEK]``.
        is_built_in: Whether the format is built into spreadsheet programs: it shows the currency
            of the reader's country, which openpyxl writes as a dollar.
    """
    found = (
        _problem_of(section, is_built_in=is_built_in)
        for section in _sections_of_positive(number_format)
    )
    problems = [problem for problem in found if problem is not None]
    return max(problems, key=lambda problem: problem.message.severity, default=None)


def shows_day(number_format: str) -> bool:
    """Return whether a date format shows the day, and not only the month or the year.

    >>> shows_day("d.m.yyyy"), shows_day("mmm yyyy")
    (True, False)
    """
    tokens = next(_split_sections(number_format))
    return any((token["other"] or "").lower() == "d" for token in tokens)


def _split_sections(number_format: str) -> Iterator[list[re.Match[str]]]:
    """Yield the tokens of each section; a semicolon ends a section."""
    tokens: list[re.Match[str]] = []
    for token in _TOKEN.finditer(number_format):
        if token["other"] == ";":
            yield tokens
            tokens = []
        else:
            tokens.append(token)
    yield tokens


def _sections_of_positive(number_format: str) -> Iterator[_Section]:
    """Yield the first section, and the next one after each section with a condition."""
    for tokens in _split_sections(number_format):
        section = _make_section(tokens)
        if not _ONLY_ZERO_OR_LESS.search(section.bracketed):
            yield section
        if not _CONDITION.search(section.bracketed):
            return


def _make_section(tokens: list[re.Match[str]]) -> _Section:
    """Separate the texts of a section from its digits and from what is in brackets."""
    marks, bracketed = "", ""
    before, after = "", ""
    has_digits = False
    for token in tokens:
        kind = str(token.lastgroup)
        text = token[kind]
        if kind == "bracketed":
            bracketed += text
        elif kind == "digits" or (kind == "other" and text in _MARKS_OF_NUMBERS):
            has_digits = has_digits or kind == "digits"
            marks += text
        elif kind != "space" and has_digits:
            after += text
        elif kind != "space":
            before += text
    return _Section(marks, before, after, bracketed)


def _problem_of(section: _Section, *, is_built_in: bool) -> CellProblem | None:
    """Return the problem of the numbers that a section shows."""
    text = "" if is_built_in else section.text
    unit = _other_unit(section, text)
    if unit:
        return CellProblem(table_messages.OTHER_UNIT_IN_NUMBER_FORMAT, unit)
    divided = _count_commas_of_scale(section.marks)
    if text and _is_scaled_by_text(text, divided):
        return CellProblem(table_messages.OTHER_UNIT_IN_NUMBER_FORMAT, text)
    if divided:
        return CellProblem(table_messages.SCALE_IN_NUMBER_FORMAT, f"1{' 000' * divided} €")
    if text and not _shows_only_euros(section):
        return CellProblem(table_messages.TEXT_IN_NUMBER_FORMAT, text)
    return None


def _other_unit(section: _Section, text: str) -> str:
    """Return the other currency or the percent sign that a section shows, if it does."""
    currency = _bracketed_currency(section.bracketed) or _currency_in_text(text)
    return currency or ("%" if "%" in section.marks else "")


def _count_commas_of_scale(marks: str) -> int:
    """Return how many times the number that is shown is divided by a thousand."""
    scale = _SCALE.search(marks)
    return len(scale[1]) if scale else 0


def _is_scaled_by_text(text: str, divided: int) -> bool:
    """Return whether a text multiplies the number that is shown by more than it was divided by.

    In ``0.0,, "M€"`` the commas divide by a million, so that the amount is in euros.
    """
    power = scale_in_words(text)
    return power != divided if power else not divided and bool(_ZEROS.search(text))


def _shows_only_euros(section: _Section) -> bool:
    """Return whether the texts beside the digits are only a sign or word for euros."""
    return bool(_BEFORE_EUROS.fullmatch(section.before) and _AFTER_EUROS.fullmatch(section.after))


def _bracketed_currency(brackets: str) -> str:
    """Return the currency in the brackets of a format, unless it is the euro."""
    currencies: list[str] = [name.strip() for name in _CURRENCY_IN_BRACKETS.findall(brackets)]
    return next((name for name in currencies if name.upper() not in _EURO_NAMES), "")


def _currency_in_text(text: str) -> str:
    """Return the other currency in the texts of a format."""
    found = OTHER_CURRENCY.search(text)
    return found[0] if found else ""
