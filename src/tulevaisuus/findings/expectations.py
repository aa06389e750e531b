"""Phrases that messages use for the value that was expected: ``a date``, ``a list``.

The phrases are in ``texts/tsk0_reading.toml``. The file is read only when something is wrong, so
valid data does not pay for it.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from tulevaisuus.findings.localization import LocalizedText

    AMOUNT: LocalizedText
    BOOLEAN: LocalizedText
    BUSINESS_ID: LocalizedText
    CODE: LocalizedText
    CONTRIBUTION: LocalizedText
    DATE: LocalizedText
    IDENTIFIER: LocalizedText
    INTEGER: LocalizedText
    LIST: LocalizedText
    OBJECT: LocalizedText
    PERIOD: LocalizedText
    TEXT: LocalizedText
    URL: LocalizedText
    VERSION: LocalizedText

__all__ = [
    "at_least",
    "expected",
    "instance_of",
    "object_of",
    "object_with",
    "phrase",
]


def expected(name: str, /, **values: object) -> "LocalizedText":
    """Return the phrase ``[expected.NAME]`` with the values filled in.

    >>> expected("at_least", minimum=1).en
    'a whole number of at least 1 and below a trillion (10¹²)'
    """
    return phrase("expected", name, **values)


def phrase(section: str, name: str, /, **values: object) -> "LocalizedText":
    """Return a phrase of the catalogue with the values filled in, in all languages."""
    from tulevaisuus.findings.localization import LocalizedText
    from tulevaisuus.findings.text_catalogue import open_catalogue

    text = open_catalogue("tulevaisuus.findings", "tsk0_reading")[section][name]
    if not values:
        return text
    return LocalizedText(
        fi=text.fi.format(**values), sv=text.sv.format(**values), en=text.en.format(**values)
    )


if not TYPE_CHECKING:

    def __getattr__(name: str) -> "LocalizedText":
        """Return the phrase of ``[expected]`` for a name in capitals: `DATE` for ``date``."""
        if not name.isupper():
            message = f"module {__name__!r} has no attribute {name!r}"
            raise AttributeError(message)
        return expected(name.lower())


def instance_of(name: str) -> "LocalizedText":
    """Return the phrase for an expected object of a class.

    >>> instance_of("Period").en
    'a value of type Period'
    """
    return expected("instance", name=name)


def object_of(name: str) -> "LocalizedText":
    """Return the same phrase as `instance_of`, with a short example if there is one.

    >>> object_of("BusinessId").en
    'a value of type BusinessId, for example BusinessId("0204819-8")'
    """
    example = _EXAMPLES.get(name)
    return instance_of(name) if example is None else expected("made", name=name, example=example)


_EXAMPLES = {
    "BusinessId": 'BusinessId("0204819-8")',
    "Period": 'Period.parse("1.1.2021–31.12.2023")',
    "Text": 'Text("suomeksi", sv="på svenska")',
}


def object_with(keys: "Iterable[str]") -> "LocalizedText":
    """Return the phrase for an expected object with some keys.

    >>> object_with(["id", "name"]).en
    'an object with "id", "name"'
    """
    return expected("object_with", keys=", ".join(f'"{key}"' for key in keys))


def at_least(minimum: int) -> "LocalizedText":
    """Return the phrase for an expected whole number with a lower bound."""
    return expected("at_least", minimum=minimum)
