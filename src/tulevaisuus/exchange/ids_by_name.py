"""`id_by_name`: the id of a call, project or organisation that another standard only names."""

from tulevaisuus.findings.lookup_errors import AmbiguousNameError, UnknownCodeError
from tulevaisuus.model.portfolio import Portfolio

__all__ = ["id_by_name"]


def id_by_name(reference: Portfolio, register: str, name: str) -> str | None:
    """Return the id of the entity with a name, if exactly one has the name.

    ``register`` is the name of the collection to search, such as ``calls``; ``reference`` has it.
    """
    try:
        return str(reference.registers()[register].find(name).key)
    except (AmbiguousNameError, UnknownCodeError):
        return None
