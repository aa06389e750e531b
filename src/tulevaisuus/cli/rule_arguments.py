"""Finds the rules that a user means: by code (TSK302), slug or family (TSK3).

A slug is the readable name of a rule, such as ``own-contribution``; a family is all rules whose
codes begin alike.
"""

from collections.abc import Iterable

import tulevaisuus as tul
from tulevaisuus.cli.command_texts import CommandError
from tulevaisuus.rules.rule_selection import matching_codes

__all__ = ["codes_of", "codes_of_option"]


def codes_of(words: Iterable[str], rules: tul.Register[tul.Rule] = tul.rulebook) -> list[str]:
    """Resolve codes, families and slugs to rule codes.

    Args:
        words: The codes, families and slugs.
        rules: The rules that they may mean.

    Raises:
        CommandError: A word matches no rule.
    """
    codes: list[str] = []
    for word in words:
        try:
            codes += matching_codes(rules, word)
        except tul.UnknownCodeError as error:
            if error.suggestions:
                raise CommandError(
                    "no_such_rule_near", word=word, suggestions=error.suggestions
                ) from None
            raise CommandError("no_such_rule", word=word) from None
    return codes


def codes_of_option(values: tuple[str, ...]) -> list[str]:
    """Resolve an option that can be repeated, and whose values can have commas between words."""
    words = [word.strip() for value in values for word in value.split(",")]
    if values and not any(words):
        raise CommandError("empty_selection", word=" ".join(values))
    return codes_of(word for word in words if word)
