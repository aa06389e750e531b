"""Selecting parts of an object, as ``include`` and ``exclude`` of pydantic do.

Names select fields, numbers the elements of a list (from the end if below zero), ``"__all__"``
every one of them; ``True`` or ``...`` stands for all of a part, a set or a dict for parts of it.
"""

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias, cast

from tulevaisuus.model.register import Register
from tulevaisuus.model.value import Value

__all__ = ["Selection", "select"]

Selection: TypeAlias = Any
"""``None``, or what pydantic calls ``IncEx``: a set of keys, or a dict of keys and selections."""

_EVERY = "__all__"


def select(value: object, include: Selection, exclude: Selection) -> object:
    """Return the parts of plain data, or of an object, that are included and not excluded.

    What is no container, and what nobody selects from, is returned as it is.
    """
    if include is None and exclude is None:
        return value
    if isinstance(value, Value):
        return _members(value.set_fields(), include, exclude)
    if isinstance(value, dict):
        return _members(cast("dict[str, object]", value), include, exclude)
    if isinstance(value, list | tuple | Register):
        return _elements([*cast("Iterable[object]", value)], include, exclude)
    return value


def _members(members: Mapping[str, object], include: Selection, exclude: Selection) -> object:
    judged = {name: _judge(include, exclude, name) for name in members}
    return {
        name: select(value, *judged[name][1:]) for name, value in members.items() if judged[name][0]
    }


def _elements(elements: list[object], include: Selection, exclude: Selection) -> object:
    count = len(elements)
    judged = [_judge(include, exclude, at, at - count) for at in range(count)]
    return [
        select(element, *inner)
        for element, (is_in, *inner) in zip(elements, judged, strict=True)
        if is_in
    ]


def _judge(include: Selection, exclude: Selection, *keys: str | int) -> tuple[bool, Any, Any]:
    """Return whether a part remains, and what is selected inside it."""
    included, excluded = _selected(include, keys), _selected(exclude, keys)
    is_in = (include is None or bool(included)) and not any(map(_is_whole, excluded))
    inside = None if any(map(_is_whole, included)) else _merged(included)
    return is_in, inside, _merged(excluded)


def _selected(selection: Selection, keys: Iterable[str | int]) -> list[Selection]:
    """Return what a selection has under any of the keys of a part; a key of a set is whole."""
    if selection is None:
        return []
    wanted = (*keys, _EVERY)
    if isinstance(selection, Mapping):
        found = cast("Mapping[object, Selection]", selection)
        return [found[key] for key in wanted if key in found and found[key] is not False]
    return [True for key in wanted if key in selection]


def _is_whole(selection: Selection) -> bool:
    return selection is True or selection is ...


def _merged(selections: list[Selection]) -> Selection:
    """Join what is selected under a key and under ``"__all__"``."""
    parts = [each for each in selections if not _is_whole(each)]
    if parts[1:] == []:
        return parts[0] if parts else None
    merged: dict[object, list[Selection]] = {}
    for part in parts:
        for key, each in _as_dict(part).items():
            merged.setdefault(key, []).append(each)
    return {key: _joined(each) for key, each in merged.items()}


def _joined(selections: list[Selection]) -> Selection:
    return True if any(map(_is_whole, selections)) else _merged(selections)


def _as_dict(selection: Selection) -> Mapping[object, Selection]:
    if isinstance(selection, Mapping):
        return cast("Mapping[object, Selection]", selection)
    return dict.fromkeys(cast("Iterable[object]", selection), True)
