"""Selecting parts of an object, as ``include`` and ``exclude`` of pydantic do.

A name selects a field, a number an element of a list (counted from the end if below zero), and
``"__all__"`` every element. ``True`` or ``...`` selects the whole of a field or element; a set or a
dict selects parts inside it.
"""

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias, cast

from tulevaisuus.model.register import Register
from tulevaisuus.model.value import Value

__all__ = ["Selection", "select"]

Selection: TypeAlias = Any
"""``None``, or what pydantic calls ``IncEx``: a set of keys, or a dict of keys and selections."""

_EVERY = "__all__"
"""The key that selects every element of a list."""


def select(value: object, include: Selection, exclude: Selection) -> object:
    """Return the parts of plain data, or of an object, that are included and not excluded.

    A single value is returned unchanged.
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
    selected: dict[str, object] = {}
    for name, value in members.items():
        is_in, *inner = _select_part(include, exclude, name)
        if is_in:
            selected[name] = select(value, *inner)
    return selected


def _elements(elements: list[object], include: Selection, exclude: Selection) -> object:
    count = len(elements)
    selected: list[object] = []
    for index, element in enumerate(elements):
        is_in, *inner = _select_part(include, exclude, index, index - count)
        if is_in:
            selected.append(select(element, *inner))
    return selected


def _select_part(include: Selection, exclude: Selection, *keys: str | int) -> tuple[bool, Any, Any]:
    """Return whether a part is selected, and what is included and excluded inside it."""
    included, excluded = _selections_for(include, keys), _selections_for(exclude, keys)
    is_in = (include is None or bool(included)) and not any(map(_is_whole, excluded))
    include_inside = None if any(map(_is_whole, included)) else _merge(included)
    return is_in, include_inside, _merge(excluded)


def _selections_for(selection: Selection, keys: Iterable[str | int]) -> list[Selection]:
    """Return the selections under any of the keys of a part; in a set, each key selects all."""
    if selection is None:
        return []
    all_keys = (*keys, _EVERY)
    if isinstance(selection, Mapping):
        by_key = cast("Mapping[object, Selection]", selection)
        return [by_key[key] for key in all_keys if key in by_key and by_key[key] is not False]
    return [True for key in all_keys if key in selection]


def _is_whole(selection: Selection) -> bool:
    return selection is True or selection is ...


def _merge(selections: list[Selection]) -> Selection:
    """Merge the selections under a key and under ``"__all__"``."""
    parts = [selection for selection in selections if not _is_whole(selection)]
    if not parts:
        return None
    first, *others = parts
    if not others:
        return first
    merged: dict[object, list[Selection]] = {}
    for part in parts:
        for key, each in _as_dict(part).items():
            merged.setdefault(key, []).append(each)
    return {key: _merge_with_whole(each) for key, each in merged.items()}


def _merge_with_whole(selections: list[Selection]) -> Selection:
    return True if any(map(_is_whole, selections)) else _merge(selections)


def _as_dict(selection: Selection) -> Mapping[object, Selection]:
    if isinstance(selection, Mapping):
        return cast("Mapping[object, Selection]", selection)
    return dict.fromkeys(cast("Iterable[object]", selection), True)
