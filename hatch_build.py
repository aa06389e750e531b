"""Packs the data of a wheel: its many small texts compress far better together than one by one.

A wheel holds one `data.xz` in place of the folders named here; what is installed in editable mode
reads the folders. `tulevaisuus._data` knows both.
"""

from __future__ import annotations

import json
import lzma
import shutil
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FILTER = {"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME, "lc": 2, "pb": 0}
"""Of all settings these make the smallest pack."""

FOLDERS = ("facts/data", "formats/schemas", "rules/texts")


class Pack(BuildHookInterface):  # type: ignore[type-arg] - hatchling's own generic is untyped here
    """Puts the pack into the wheel; pyproject.toml leaves the folders themselves out."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Pack the folders, unless the source tree itself is installed."""
        if version == "editable":
            return
        self.made = Path(tempfile.mkdtemp())
        package = Path(self.root, "src", "tulevaisuus")
        files = [file for folder in FOLDERS for file in sorted((package / folder).iterdir())]
        texts = {file.relative_to(package).as_posix(): _text(file) for file in files}
        packed = self.made / "data.xz"
        packed.write_bytes(lzma.compress(_json(texts).encode(), filters=[FILTER]))
        build_data["force_include"][str(packed)] = "tulevaisuus/data.xz"

    def finalize(self, version: str, _build_data: dict[str, Any], _artifact_path: str) -> None:
        """Take away what was made on the way."""
        if version != "editable":
            shutil.rmtree(self.made)


def _text(file: Path) -> str:
    """Read a text of the pack; of JSON, nobody needs the blanks there."""
    text = file.read_text("utf-8")
    return _json(json.loads(text)) if file.suffix == ".json" else text


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
