"""Colours lines with Rich. It is imported only for output with colours."""

import io
from collections.abc import Iterable

from rich.console import Console
from rich.text import Text as Styled

from tulevaisuus.reports.styled_lines import Line

__all__ = ["coloured"]

_STYLES = {
    "place": "bold",
    "error": "bold red",
    "warning": "yellow",
    "note": "cyan",
    "summary": "bold",
    "label": "cyan",
    "detail": "dim",
    "excerpt": "dim",
}
"""The styles of `Line`, in the words of Rich."""


def coloured(lines: Iterable[Line], *, terminal: bool) -> str:
    """Return lines with the codes of colours that the output supports.

    Args:
        lines: The lines.
        terminal: Whether the output is a terminal. If not, the environment can ask for colours.
    """
    rendered = io.StringIO()
    console = Console(
        file=rendered,
        force_terminal=terminal or None,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    for line in lines:
        styled = Styled(line.text)
        for start, end, style in line.spans:
            styled.stylize(_STYLES[style], start, end)
        console.print(styled, soft_wrap=True)
    return rendered.getvalue()
