"""Dialects that no file can have are rejected when they are made, and in mapping files."""

from pathlib import Path
from typing import Any

import pytest

import tulevaisuus as tul
from tests.exchange.tables import GRANTS, csv_bytes, read
from tulevaisuus.cli import main
from tulevaisuus.exchange import Dialect, read_mapping
from tulevaisuus.findings import LANGUAGES

WRONG: list[tuple[str, Any]] = [
    ("encoding", "nope"),
    ("encoding", "hex"),
    ("encoding", "idna"),
    ("encoding", "undefined"),
    ("encoding", ""),
    ("encoding", "a\0b"),
    ("delimiter", ";;"),
    ("delimiter", ""),
    ("delimiter", "\n"),
    ("delimiter", '"'),
    ("decimal", ";"),
    ("decimal", ""),
]


@pytest.mark.parametrize(("name", "value"), [*WRONG, ("encoding", 5), ("delimiter", 5)])
def test_a_wrong_value_is_an_error_at_once(name: str, value: Any) -> None:  # noqa: ANN401 - wrong
    """No file is read in vain, and no foreign exception is raised for it."""
    values = {name: value}
    with pytest.raises(tul.InvalidValueError) as caught:
        Dialect(**values)
    (finding,) = caught.value.findings
    assert (finding.code, finding.path) == ("TSK006", f"/{name}")
    assert len({finding.message(language) for language in LANGUAGES}) == len(LANGUAGES)


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_a_mapping_file_is_reported_with_the_key(name: str, value: str, tmp_path: Path) -> None:
    """The error has the path of the value in the file."""
    file = tmp_path / "m.toml"
    text = value.encode("unicode_escape").decode().replace('"', '\\"').replace("\\x00", "\\u0000")
    file.write_text(f'[dialect]\n{name} = "{text}"\n', "utf-8")
    with pytest.raises(tul.InvalidValueError) as caught:
        read_mapping(file)
    assert [each.path for each in caught.value.findings] == [f"/dialect/{name}"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "UTF-16", "cp850", "mac_roman", "iso-8859-15"])
def test_encodings_of_files_are_accepted(encoding: str) -> None:
    """Python's names of encodings, in any form."""
    data = csv_bytes(GRANTS, ("g1", "shc-2021", "pirsote", "granted"), encoding=encoding)
    assert len(read(data, dialect=Dialect(encoding=encoding)).portfolio.grants) == 1


def test_the_command_names_the_file_and_the_key(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line on standard error, and no traceback."""
    mapping, table = tmp_path / "m.toml", tmp_path / "a.csv"
    mapping.write_text('[dialect]\nencoding = "nope"\n', "utf-8")
    table.write_bytes(csv_bytes(GRANTS))
    assert main(["check", str(table), "--map", str(mapping)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f'{mapping}: dialect/encoding: the encoding "nope" is unknown')
