"""What may have been meant: codes and names that are near to what was found.

Meaning goes before letters. A text that only looks different, a name within it, and a number that
lost its zeros are each one answer; only where there is none, texts that are alike are offered.
"""

import itertools
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import attrs

from tulevaisuus.findings.localization import Localizable
from tulevaisuus.findings.lookalikes import escape_unprintable, skeleton

__all__ = ["NamedCode", "Vocabulary", "fold_name", "is_generic", "suggest"]

_LONGEST = 40
"""A longer text is compared by its beginning: the comparison is slow, and the text is no code."""

_LONGEST_NAME = 200
_MOST_WORDS = 6
"""How many words a name within a text has at most, generic words apart."""

_FINALISTS = 5
"""How many texts are compared letter by letter: those with the most letters in common."""

_CODES_ALIKE = 0.6
_NAMES_ALIKE = 0.8
"""How much of two texts must be the same, from 0 to 1; names are long, and many end alike."""

_SHORTEST = 3
"""In a shorter number, one digit too many leaves too little to know it by."""

_LARGEST = 200_000
"""Among names of more characters than this no alike ones are looked for."""

_KINDS = {
    "municipality": "kaupunki kaupungi kunta kunna stad kommun city municipality town",
    "county": "hyvinvointialue hyvinvointialuee hva välfärdsområde wellbeing services county",
    "hospital_district": "sairaanhoitopiiri shp sjukvårdsdistrikt svd hospital district",
    "joint_authority": "kuntayhtymä ky samkommun samk",
    "region": "maakunta maakunna landskap",
    "council": "liitto liito förbund",
}
"""Words that say what kind of place or organisation a name is of, not which one."""

_ENDINGS = "(?:n|a|ä|s|en|ssa|ssä|sta|stä|an|än|on|lla|llä|lta|ltä|lle|et|na|nä|ksi)?"
_STEM = 3
_LONGEST_ENDING = 6
_CASE_ENDING = re.compile(
    "[a-z]{0,2}(?:n|en|in|on|un|an|ssa|sta|lla|lta|lle|na|ksi|s)|[a-z]{0,2}(?=$)"
)
"""What is left of an inflected name after its stem, folded: *Tur-un*, *Lah-dessa*, *Åbo-s*."""

_STOP_WORDS = frozenset({"ja", "och", "and", "of", "the", "i", "in", "for"})


def fold_name(name: str) -> str:
    """Make names comparable: case, diacritics, dashes, look-alikes and runs of blanks apart.

    >>> fold_name("Länsi\N{EN DASH}Uusimaa")
    'lansi-uusimaa'
    """
    plain = unicodedata.normalize("NFKD", skeleton(name[:_LONGEST_NAME])).casefold()
    return " ".join("".join(itertools.filterfalse(unicodedata.combining, plain)).split())


_GENERIC = re.compile(
    "|".join(
        f"(?P<{kind}>(?:{'|'.join(fold_name(words).split())}){fold_name(_ENDINGS)})"
        for kind, words in _KINDS.items()
    )
)
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_DIGITS = re.compile("[0-9]+")
_LOST_ZEROS = re.compile("(?<![0-9])0+(?=[0-9])")
_NO_DECIMALS = re.compile(r"[.,]0+$")
"""What programs add to a code that they took for a number: ``91.0``."""

_DIGIT_AND_LETTER = re.compile("[0-9][a-z]")
_LETTERS_AND_NUMBER = re.compile("[a-z]+[0-9]+")
_SEPARATORS = re.compile(r"[\W_]+")
_LIKE_ZERO = re.compile("(?<=[0-9])o|o(?=[0-9])")


@attrs.frozen
class NamedCode:
    """A suggested code with the name of what it stands for, which people know better."""

    code: str
    name: Localizable | None = None

    def localize(self, language: str) -> str:
        """Return the code and, in the language, the name: ``853 (Turku)``."""
        code = escape_unprintable(self.code)
        if self.name is None:
            return code
        name = escape_unprintable(self.name.localize(language))
        return f"{code} ({name if len(name) <= _LONGEST else f'{name[:_LONGEST]}…'})"

    def __str__(self) -> str:
        """Return the code alone, as programs need it."""
        return self.code


def is_generic(text: str) -> bool:
    """Whether a text only says what kind of place it is of: *kaupunki*, *hyvinvointialueella*."""
    return not _read_name(text).words


class _Name(NamedTuple):
    """The words of a name that tell it from others, and what kind it says it is of."""

    words: tuple[str, ...]
    kinds: frozenset[str]

    @property
    def core(self) -> str:
        """The words as one text, as names are compared."""
        return " ".join(self.words)

    def may_be(self, other: "_Name") -> bool:
        """Whether the two do not say that they are of different kinds."""
        return not self.kinds or not other.kinds or not self.kinds.isdisjoint(other.kinds)


_NO_NAME = _Name((), frozenset())


def _read_name(text: str) -> _Name:
    words: list[str] = []
    kinds: set[str] = set()
    for word in _WORD.findall(fold_name(text)):
        generic = _GENERIC.fullmatch(word)
        if generic is not None and generic.lastgroup is not None:
            kinds.add(generic.lastgroup)
        elif word not in _STOP_WORDS:
            words.append(word)
    return _Name(tuple(words), frozenset(kinds))


class _Alike(NamedTuple):
    """A text that others may be alike, what it stands for, and the letters it is made of."""

    text: str
    code: str
    name: _Name
    letters: Counter[str]
    least: float


class Vocabulary:
    """Codes, each with its names, and what may be meant by a text that is none of the codes.

    It is built in one pass over the names; a search looks each of them up once, or, for texts that
    are merely alike, walks over them once. ``size`` is the number of characters it walks over, and
    ``spent`` what all searches for alike texts have cost: the characters they compared.

    >>> places = Vocabulary([("091", ["Helsinki", "Helsingfors"]), ("853", ["Turku"])])
    >>> places.search("91"), places.search("Helsingfors stad"), places.search("Oslo")
    (('091',), ('091',), ())
    """

    def __init__(self, entries: Iterable[tuple[str, Iterable[str]]]) -> None:
        """Take the codes in their order, each with its names."""
        self.size: int = 0
        self.spent: int = 0
        self._by_look: defaultdict[str, list[str]] = defaultdict(list)
        self._by_number: defaultdict[str, list[str]] = defaultdict(list)
        self._by_squeezed: defaultdict[str, list[str]] = defaultdict(list)
        self._by_core: defaultdict[str, list[tuple[_Name, str]]] = defaultdict(list)
        self._by_stem: defaultdict[str, list[tuple[_Name, str]]] = defaultdict(list)
        self._by_half: defaultdict[str, list[tuple[_Name, str]]] = defaultdict(list)
        self._texts: dict[tuple[str, str, _Name], float] = {}
        self._alike: list[_Alike] | None = None
        for code, names in entries:
            self._add(code, names)

    def _add(self, code: str, names: Iterable[str]) -> None:
        look = skeleton(code[:_LONGEST_NAME]).casefold()
        self._by_look[look].append(code)
        if _DIGITS.search(look):
            self._by_number[_LOST_ZEROS.sub("", look)].append(code)
        self._by_squeezed[_SEPARATORS.sub("", look)].append(code)
        if not look.isdecimal():  # numbers that are alike have nothing in common
            self._texts[look[:_LONGEST], code, _NO_NAME] = _CODES_ALIKE
        for text in names:
            name = _read_name(text)
            if _DIGITS.search(text):  # codes of other lists are names, too: FI-19
                self._by_squeezed[_squeezed(text)].append(code)
            if name.words:
                self._by_core[name.core].append((name, code))
                self._by_stem[name.core[: max(_STEM, len(name.core) - 2)]].append((name, code))
                self._by_half[name.core.rpartition("-")[2]].append((name, code))
                self._texts[name.core[:_LONGEST], code, name] = _NAMES_ALIKE
        self.size += len(look) + sum(map(len, names))

    def search(self, text: str, *, limit: int = 3, alike: bool = True) -> tuple[str, ...]:
        """Return the codes that may be meant, the likeliest first.

        Args:
            text: What was found.
            limit: How many codes are returned at most.
            alike: Whether to look for texts that are merely alike, which takes a walk over all.

        """
        name = _read_name(text) if self._by_core else _NO_NAME
        found = (
            self._by_look.get(skeleton(text[:_LONGEST_NAME]).casefold())
            or self._by_squeezed.get(_squeezed(text))
            or self._named(name)
            or self._numbered(text)
            or self._inflected(name)
            or (self._most_alike(text, name) if alike and self.size <= _LARGEST else [])
        )
        return tuple(dict.fromkeys(found))[:limit]

    def _named(self, name: _Name) -> list[str]:
        """Return what the longest known names within a name stand for.

        ``Pohjanmaa - Österbotten`` holds two names of one region; ``Vaasa-Vasa`` is no name, but
        its halves are, and both are of one place.
        """
        longest = min(_MOST_WORDS, len(name.words))
        for count in range(longest, 0, -1):
            runs = (name.words[at : at + count] for at in range(len(name.words) - count + 1))
            found = [code for run in runs for code in self._of_core(" ".join(run), name)]
            if found:
                return found
        wholes = self._by_half.get(name.core, ())
        return self._of_halves(name) or [code for known, code in wholes if known.may_be(name)]

    def _of_core(self, core: str, name: _Name) -> Iterator[str]:
        return (code for known, code in self._by_core.get(core, ()) if known.may_be(name))

    def _of_halves(self, name: _Name) -> list[str]:
        for word in name.words:
            halves = [{*self._of_core(half, name)} for half in word.split("-")]
            both = set[str].intersection(*halves)
            if len(halves) > 1 and both:
                return sorted(both)
        return []

    def _numbered(self, text: str) -> list[str]:
        """Return codes that differ in zeros before a number, or by what is written around it."""
        look = _NO_DECIMALS.sub("", skeleton(text[:_LONGEST_NAME]).casefold())
        numbers = _DIGITS.findall(look)
        # FI-19 is a code of ISO 3166-2, not "19", and FI1C one of NUTS.
        if len(numbers) != 1 or look.startswith("fi-") or _DIGIT_AND_LETTER.search(look):
            return []
        (number,) = numbers
        for key in (look, number):
            found = self._by_number.get(_LOST_ZEROS.sub("", key), ())
            padded = [code for code in found if len(_DIGITS.findall(code)[0]) >= len(number)]
            if padded:
                return padded
        return self._by_look.get(number, []) or self._with_a_digit_less(look)

    def _with_a_digit_less(self, number: str) -> list[str]:
        if not number.isdecimal() or not _SHORTEST <= len(number) <= _LONGEST:
            return []
        shorter = dict.fromkeys(number[:at] + number[at + 1 :] for at in range(len(number)))
        found = [code for each in shorter for code in self._by_look.get(each, ())]
        return found if len(found) <= len(number) - 2 else []

    def _inflected(self, name: _Name) -> list[str]:
        """Return what a word may be an inflected name of.

        Finnish changes the end of a name and adds to it: *Turku*, *Turun*; *Lahti*, *Lahdessa*. So
        all of the name but two letters must be there, and little beside them.
        """
        found: list[tuple[float, str]] = []
        for word in name.words[:_MOST_WORDS]:
            for cut in range(len(word), max(_STEM, len(word) - _LONGEST_ENDING) - 1, -1):
                if _CASE_ENDING.fullmatch(word[cut:]):
                    named = self._by_stem.get(word[:cut], ())
                    found += [
                        (cut / len(known.core), code) for known, code in named if known.may_be(name)
                    ]
        return [code for _, code in sorted(found, reverse=True)]

    def _most_alike(self, text: str, name: _Name) -> list[str]:
        """Return codes of texts that have most in common with a code, or with a name.

        Counting letters is linear and leaves a few; only those are compared letter by letter.
        """
        from difflib import SequenceMatcher  # only a mistake needs it

        if self._alike is None:
            self._alike = [
                _Alike(known, code, kept, Counter(known), least)
                for (known, code, kept), least in self._texts.items()
            ]
        self.spent += self.size
        best: dict[str, float] = {}
        look = skeleton(text[:_LONGEST]).casefold()
        asked_for = [(name.core, _NAMES_ALIKE)]
        if not name.kinds:  # "Vaasan kaupunki" is a name, and no code that is misspelt
            asked_for.append((look, _CODES_ALIKE))
        for asked, least in asked_for:
            matcher = SequenceMatcher(None, b=asked[:_LONGEST], autojunk=False)
            for each in _finalists(asked[:_LONGEST], least, self._alike):
                self.spent += len(asked[:_LONGEST]) * len(each.text)
                matcher.set_seq1(each.text)
                ratio = matcher.ratio()
                if ratio >= each.least and each.name.may_be(name) and _digits_fit(asked, each.text):
                    best[each.code] = max(ratio, best.get(each.code, 0.0))
        return sorted(best, key=lambda code: (best[code], code), reverse=True)


def _squeezed(text: str) -> str:
    """Return a code without what separates its parts, and with zeros for the letter O in numbers.

    >>> _squeezed("TSK 3O2"), _squeezed("shc_2021")
    ('tsk302', 'shc2021')
    """
    plain = _SEPARATORS.sub("", skeleton(text[:_LONGEST_NAME]).casefold())
    return _LIKE_ZERO.sub("0", plain)


def _digits_fit(asked: str, known: str) -> bool:
    """Tell whether two texts may be alike: of codes such as TSK302 the digits must be the same.

    They may be in another order. TSK302 is no misspelt TSK309: numbers that are alike have nothing
    in common. In an id of several parts, ``hanke-2``, the rest says enough.
    """
    if not (_LETTERS_AND_NUMBER.fullmatch(asked) and _DIGITS.search(known)):
        return True
    one, other = (sorted("".join(_DIGITS.findall(text))) for text in (asked, known))
    return one == other


def _finalists(text: str, least: float, alike: Iterable[_Alike]) -> list[_Alike]:
    """Return the texts that share the most letters with a text: no ratio is higher than that."""
    letters, length = Counter(text), len(text)
    scored = [
        (2 * sum((letters & each.letters).values()) / (length + len(each.text)), each)
        for each in alike
        # Of texts of very different lengths too little can be the same.
        if each.least == least and length <= 3 * len(each.text) and len(each.text) <= 3 * length
    ]
    scored = [pair for pair in scored if pair[0] >= least]
    return [each for _, each in sorted(scored, key=lambda pair: -pair[0])[:_FINALISTS]]


def suggest(text: str, known: Iterable[str], *, limit: int = 3) -> tuple[str, ...]:
    """Return the known codes that may be meant by a text, the likeliest first.

    >>> suggest("recipent", ["recipient", "amount_eur"])
    ('recipient',)
    """
    return Vocabulary((code, ()) for code in known).search(text, limit=limit)
