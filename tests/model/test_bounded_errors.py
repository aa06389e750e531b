"""Messages of look-up errors stay short, however long the key is."""

from collections.abc import Callable
from typing import Any

import pytest

import tulevaisuus as tul
from tulevaisuus import formats

LONG = "1" * 100_000
NESTED: Any = ((("x" * 10_000,),) * 1000,)

ASKED: dict[str, Callable[[], object]] = {
    "a key": lambda: tul.calls[LONG],
    "a name": lambda: tul.calls.find(LONG),
    "a pair": lambda: tul.goal_links[1, LONG],
    "many keys": lambda: tul.calls[tuple(range(10_000))],  # type: ignore[index]  # pyright: ignore[reportArgumentType]
    "nested keys": lambda: tul.calls[NESTED],
    "a language": lambda: tul.Text("a").get(LONG),
    "a style": lambda: tul.cite(tul.grants["vs-2021"], style=LONG),  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    "a code": lambda: tul.GrantStatus(LONG),
    "a number": lambda: tul.GoalNumber(10**5000),
    "a part of documents": lambda: formats.schema(LONG),  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    "a rule": lambda: tul.rulebook[LONG],
    "a service": lambda: tul.goals_for(LONG),
    "a period": lambda: tul.Period.parse(LONG),
}


@pytest.mark.parametrize("ask", ASKED.values(), ids=[*ASKED])
def test_long_key_is_cut_in_the_message(ask: Callable[[], object]) -> None:
    """The key, code or language that was looked up is cut in the message."""
    with pytest.raises((tul.TulevaisuusError, ValueError)) as caught:
        ask()
    assert len(str(caught.value)) < 300


def test_short_key_is_quoted_in_full() -> None:
    """Short keys, codes and languages are quoted as Python writes them."""
    with pytest.raises(ValueError, match=r"^'grantd' is not a valid GrantStatus$"):
        tul.GrantStatus("grantd")
    with pytest.raises(ValueError, match=r"^9 is not a valid GoalNumber$"):
        tul.GoalNumber(9)
    with pytest.raises(tul.UnknownLanguageError, match="unknown language int; use"):
        tul.Text("a").get(10**5000)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    with pytest.raises(tul.UnknownLanguageError, match="unknown language 'de'; use one of fi"):
        tul.Text("a").get("de")
    with pytest.raises(tul.UnknownCodeError, match=r"there is no goal link \(1, 'nobody'\)"):
        tul.goal_links[1, "nobody"]
    with pytest.raises(tul.UnknownCodeError, match=r"there is no call \(1, 2, 3, …\)"):
        tul.calls[1, 2, 3, 4]  # type: ignore[index]  # pyright: ignore[reportArgumentType]
