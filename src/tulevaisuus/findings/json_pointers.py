"""JSON Pointers (RFC 6901): the paths of findings."""

__all__ = ["join", "split"]


def join(*parts: str | int) -> str:
    """Make a pointer from keys and indices.

    >>> join("grants", 3, "usable/end")
    '/grants/3/usable~1end'
    """
    return "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in parts)


def split(pointer: str) -> tuple[str, ...]:
    """Split a pointer into its parts; indices stay text, because a key may be a number too.

    >>> split("/grants/3/usable~1end")
    ('grants', '3', 'usable/end')
    """
    return tuple(part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:])
