"""Units of amounts in texts: euros, and other units such as thousands or another currency."""

import re

__all__ = [
    "EURO",
    "OTHER_CURRENCY",
    "OTHER_UNIT",
    "THOUSANDS_OR_MILLIONS",
    "WORDS_OF_SCALE",
    "scale_in_words",
]

EURO = re.compile(r"^(?:€|eur) ?| ?(?:€|eur|euroa?)$", re.IGNORECASE)
"""The sign or word for euros before or after an amount."""

OTHER_CURRENCY = re.compile(
    r"\b(?:SEK|NOK|DKK|ISK|USD|GBP|CHF)\b|[$£]|\bkr\b|\bkruunu\w*|\bkronor\b",
    re.IGNORECASE,
)
"""Names and signs of other currencies than the euro."""

OTHER_UNIT = re.compile(f"{OTHER_CURRENCY.pattern}|%", re.IGNORECASE)
"""Other currencies, and per cent."""

_SCALES = (
    r"\btuh(?:at|an|\b)|\btusen|\bthousand|\b[tk]€|\b[tk]eur\b",
    r"\bmilj(?:oon|on|\b)|\bmillion|\bm€|\bmeur\b|\bmn ?€",
    r"\bmiljard|\bmrd\b|\bbillion",
)
"""The words for thousands, millions and thousands of millions, in this order."""

WORDS_OF_SCALE = "|".join(_SCALES)
"""The words of a regular expression, without capitals."""

THOUSANDS_OR_MILLIONS = re.compile(
    rf"(?<![\d.,])(?<!\d\s)1[\s.]?000\s?(?:€|eur|e\b)|{WORDS_OF_SCALE}", re.IGNORECASE
)
"""Texts of headers and titles that mean that amounts are in thousands or millions of euros.

Not for cells: there, ``1000 €`` is an amount.
"""


def scale_in_words(text: str) -> int | None:
    """Return the power of a thousand that the words of a text name, or ``None``.

    >>> scale_in_words("t€"), scale_in_words(" milj. €"), scale_in_words("€")
    (1, 2, None)
    """
    powers = (
        power for power, words in enumerate(_SCALES, 1) if re.search(words, text, re.IGNORECASE)
    )
    return next(powers, None)
