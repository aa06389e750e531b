"""Generates the reference of the command: its help, and real output of the command."""

from __future__ import annotations

import contextlib
import io
import os
from pathlib import Path
from unittest import mock

from tulevaisuus.cli import main
from tulevaisuus.cli.app import app

ROOT = Path(__file__).parent.parent
WIDTH = "88"

EXAMPLES = {
    "check": (
        "check examples/varsinais-suomi-broken.json --statistics",
        "check examples/varsinais-suomi-broken.json --select TSK302 --language sv",
    ),
    "explain": ("explain TSK302", "explain TSK302 --language fi"),
    "show": ("show municipality Turku --on 2022-06-01", "show grant vs-2021 --format json"),
    "schema": ("schema grant_status",),
}


def commands_page() -> str:
    """Describe every command: its help, then examples with their output."""
    names = sorted(name for name in app if not name.startswith("-"))
    lines = [
        "# The command",
        "",
        "The extra `cli` installs `tulevaisuus`. All output below is that of the command itself.",
        "",
        *_shown("--help"),
    ]
    for name in names:
        lines += [f"## {name}", "", *_shown(f"{name} --help")]
        for example in EXAMPLES.get(name, ()):
            lines += _shown(example)
    return "\n".join(lines)


def _shown(arguments: str) -> list[str]:
    """Run the command and return the command line and its output.

    It runs in this process: to start sixteen others takes longer than all the rest of this page.
    """
    fixed = {"COLUMNS": WIDTH, "NO_COLOR": "1"}
    printed = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="")
    with (
        mock.patch.dict(os.environ, fixed),
        contextlib.chdir(ROOT),
        contextlib.redirect_stdout(printed),
    ):
        os.environ.pop("TULEVAISUUS_LANGUAGE", None)
        code = main(arguments.split())
        printed.flush()
    if code not in {0, 1}:
        raise RuntimeError(f"tulevaisuus {arguments}: exit code {code}")
    output = printed.buffer.getvalue().decode()  # type: ignore[attr-defined] - of BytesIO
    return ["```console", f"$ tulevaisuus {arguments}", output.rstrip(), "```", ""]
