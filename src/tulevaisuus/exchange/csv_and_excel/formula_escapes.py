"""Texts that a spreadsheet program may run as formulas.

In CSV an apostrophe is put before such a text. In a workbook its cell is marked as text.
"""

__all__ = ["FORMULA_STARTS", "escape_formula", "unescape_formula"]

FORMULA_STARTS = "=+-@\t\r\n"
"""A spreadsheet program may run a cell that begins with one of these characters as a formula."""


def unescape_formula(text: str) -> str:
    """Remove the apostrophe that `escape_formula` puts before a text.

    >>> unescape_formula("'=1+1"), unescape_formula("'90-luku")
    ('=1+1', "'90-luku")
    """
    is_escaped = text[:1] == "'" and text[1:2] in {*FORMULA_STARTS, "'"}
    return text[1:] if is_escaped else text


def escape_formula(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet program may run as a formula.

    >>> escape_formula("=1+1"), escape_formula("Turku")
    ("'=1+1", 'Turku')
    """
    return f"'{text}" if text[:1] in {*FORMULA_STARTS, "'"} else text
