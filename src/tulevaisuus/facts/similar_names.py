"""`SimilarNames`: suggests keys for the unknown names of a table, in a time with a limit.

A register is a collection of the entities of one class, by key.
"""

from tulevaisuus.facts.hints_on_lookup_errors import related_keys
from tulevaisuus.findings.suggestions import Vocabulary
from tulevaisuus.model.entity import Entity, key_text
from tulevaisuus.model.name_search import NameIndex, keys_with_word
from tulevaisuus.model.register import Register

__all__ = ["SimilarNames"]

_MAX_CHARACTERS_COMPARED = 2_000_000
"""The maximum number of characters that the searches of one object compare, as for documents.

After that, only names within the text, inflected names and numbers are suggested.
"""


class SimilarNames:
    """Suggests the keys of entities that unknown names may mean.

    ``characters_left`` is how many characters may still be compared to find similar letters.
    """

    def __init__(self) -> None:
        """Begin with the whole limit."""
        self.characters_left: int = _MAX_CHARACTERS_COMPARED
        self._vocabularies: dict[NameIndex, Vocabulary] = {}  # with the counts of this object

    def suggest(self, text: str, plural: str, register: Register[Entity]) -> tuple[str, ...]:
        """Return keys of a register, the likeliest first.

        Args:
            text: The name that no entity of the register has.
            plural: The name of the register.
            register: The register, bundled or merged with bundled facts.
        """
        index = register.name_index
        vocabulary = self._vocabularies.get(index)
        if vocabulary is None:
            vocabulary = self._vocabularies[index] = index.vocabulary.with_own_count()
        keys = [*related_keys(text, plural), *map(key_text, keys_with_word(text, index))]
        return tuple(dict.fromkeys([*keys, *self.search(text, vocabulary)]))

    def search(self, text: str, vocabulary: Vocabulary, *, limit: int = 3) -> tuple[str, ...]:
        """Return the codes that a text may mean; similar letters count only within the limit.

        Args:
            text: The text that is not known.
            vocabulary: The codes and names, which nobody else searches at the same time.
            limit: The maximum number of codes to return.
        """
        before = vocabulary.characters_compared
        codes = vocabulary.search(text, limit=limit, similar=self.characters_left > 0)
        self.characters_left -= vocabulary.characters_compared - before
        return codes
