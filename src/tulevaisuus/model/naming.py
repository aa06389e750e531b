"""Finding a thing by its name, and saying what may have been meant when there is none."""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from tulevaisuus.findings import AmbiguousNameError, UnknownCodeError, phrases
from tulevaisuus.findings.near import near
from tulevaisuus.findings.words import visible
from tulevaisuus.model.thing import Key, Thing, key_repr, key_text

__all__ = ["find_by_name", "fold", "unknown_key"]

_DASHES = re.compile("[\u2010\u2011\u2012\u2013\u2014]")


def fold(name: str) -> str:
    """Make names comparable: case, diacritics, dashes and runs of blanks apart.

    >>> fold("Länsi–Uusimaa")
    'lansi-uusimaa'
    """
    plain = unicodedata.normalize("NFKD", _DASHES.sub("-", name)).casefold()
    return " ".join("".join(each for each in plain if not unicodedata.combining(each)).split())


def find_by_name(text: str, things: Iterable[Thing]) -> Key:
    """Return the key of the one thing with that name; raise what says why there is none."""
    wanted = fold(text)
    named = [(fold(wording), thing) for thing in things for wording in thing.wordings()]
    found = {thing.key: thing for name, thing in named if name == wanted}
    if len(found) == 1:
        return next(iter(found))
    near_by = found or {thing.key: thing for name, thing in named if wanted in name.split()}
    if len(near_by) > 1:
        raise _ambiguous(text, near_by)
    keys = {name: thing.key for name, thing in named}
    meant = [*near_by, *(keys[name] for name in near(wanted, keys))]
    raise _unknown(f"nothing here is called '{phrases.quote(text)}'", text, meant)


def unknown_key(key: object, things: Iterable[Thing]) -> UnknownCodeError:
    """Make the error for a key that is not there."""
    known = {key_text(thing.key): thing.key for thing in things}
    one = next((thing.one for thing in things), "thing")
    meant = [known[text] for text in near(phrases.quote(key_repr(key).strip("'")), known)]
    return _unknown(f"there is no {one} {key_repr(key)}", key, meant)


def _unknown(message: str, key: object, meant: Iterable[Key]) -> UnknownCodeError:
    keys = tuple(dict.fromkeys(meant))
    if keys:
        message += f"; did you mean {' or '.join(map(key_repr, keys))}?"
    return UnknownCodeError(message, key, tuple(map(key_text, keys)))


def _ambiguous(text: str, candidates: Mapping[Key, Thing]) -> AmbiguousNameError:
    listed = [
        f"{key_repr(key)} ({visible(next(thing.wordings()))})" for key, thing in candidates.items()
    ]
    message = f"'{phrases.quote(text)}' may be {', '.join(listed)}; look it up by its key"
    return AmbiguousNameError(message, text, tuple(map(key_text, candidates)))
