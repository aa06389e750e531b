"""Packages whose names open at first touch (PEP 562); opens no import itself."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


def opener(
    package: str, names: "Sequence[str]", homes: "Mapping[str, Sequence[str]]"
) -> "tuple[Callable[[str], object], Callable[[], list[str]]]":
    """Make the ``__getattr__`` and ``__dir__`` of a package.

    ``homes`` says which module of the package each name lives in. A name that was touched once is
    an ordinary attribute from then on.
    """
    home_of = {name: home for home, members in homes.items() for name in members}

    def open_name(name: str) -> object:
        home = home_of.get(name)
        if home is None:
            message = f"module {package!r} has no attribute {name!r}"
            raise AttributeError(message)
        from importlib import import_module
        from sys import modules

        value = getattr(import_module(f"{package}.{home}"), name)
        setattr(modules[package], name, value)
        return value

    def list_names() -> list[str]:
        return sorted(names)

    return open_name, list_names
