"""`id_by_name`: the id of a call, project or organisation that another standard only names."""

from tulevaisuus.model.name_search import key_if_named
from tulevaisuus.model.portfolio import Portfolio

__all__ = ["id_by_name"]


def id_by_name(reference: Portfolio, register: str, name: str) -> str | None:
    """Return the id of the entity with a name, if exactly one has the name.

    ``register`` is the name of the collection to search, such as ``calls``; ``reference`` has it.
    """
    key = key_if_named(name, reference.registers()[register].name_index)
    return None if key is None else str(key)
