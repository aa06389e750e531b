"""`tulevaisuus --version`: the versions of the interface, of the facts and of the format."""

import itertools
from collections.abc import Sequence

import tulevaisuus as tul
from tulevaisuus.cli.command_texts import text

__all__ = ["asks_for_versions", "versions"]

_VERSION, _HELP = "--version", {"--help", "-h"}


def asks_for_versions(arguments: Sequence[str]) -> bool:
    """Return whether the arguments have the option ``--version``; ``--help`` takes precedence.

    >>> asks_for_versions(["check", "--version"]), asks_for_versions(["--help", "--version"])
    (True, False)
    """
    options = [*itertools.takewhile(lambda word: word != "--", arguments)]
    return _VERSION in options and _HELP.isdisjoint(options)


def versions(language: str) -> str:
    """Name the three versions: of the interface, of the facts and of the document format."""
    numbers = {
        "interface": tul.__version__,
        "facts": tul.FACTS_VERSION.isoformat(),
        "format": tul.FORMAT_VERSION,
    }
    return "\n".join(
        text("version", name, language, version=version) for name, version in numbers.items()
    )
