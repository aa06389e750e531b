"""Files that are not tables lead to findings, never to exceptions."""

import gzip
import io
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest

import tulevaisuus as tul
from tests.exchange.tables import (
    GRANTS,
    codes_and_cells,
    csv_bytes,
    only,
    read,
    rewritten,
    workbook,
)
from tests.helpers import run_python
from tulevaisuus.exchange import Dialect, read_csv, read_table
from tulevaisuus.findings import LANGUAGES
from tulevaisuus.findings.finding import Finding
from tulevaisuus.formats import Limits

ROW = ("g1", "shc-2021", "pirsote", "granted")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def only_message(reading: tul.Reading) -> str:
    """Return the message of the only finding on a table that is rejected as a whole."""
    (finding,) = reading.findings
    assert finding.code == "TSK001"
    assert [each.register for each in reading.rejected] == ["grants"]
    assert len({finding.message(language) for language in ("fi", "sv", "en")}) == 3
    return finding.message("en")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf\r\n;;\r\n", "empty"),
        (workbook(), "empty"),
        (OLE, "old Office file"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"PK\x03\x04 and no more", "not a valid Excel workbook"),
        (b"\xff\xfeT\0", "UTF-16"),
        (b"Tunnus\x81", "neither UTF-8 nor Windows-1252"),
        (b'Tunnus;Haku\r\n"g1;x\r\n', "quotes do not match"),
    ],
    ids=["nothing", "blanks", "no cells", "xls", "password", "cut", "utf-16", "bytes", "quotes"],
)
def test_other_file_is_a_finding(data: bytes, message: str) -> None:
    """The message names the type of the file, and what to do."""
    assert message in only_message(read(data))


def test_archive_of_other_files_is_not_a_workbook() -> None:
    """Whatever openpyxl raises, it is a finding."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("a.txt", "a")
    assert "not a valid Excel workbook" in only_message(read(made.getvalue()))


def test_text_is_not_a_workbook(tmp_path: Path) -> None:
    """A CSV file with the suffix of workbooks is rejected, as other programs do."""
    file = tmp_path / "avustukset.xlsx"
    file.write_bytes(csv_bytes(GRANTS, ROW))
    reading = read_table(file, tul.Grant)
    assert "the file is text and no Excel workbook" in only_message(reading)
    assert str(reading.findings[0].location) == str(file)


def test_workbook_is_recognised_with_any_suffix(tmp_path: Path) -> None:
    """The first bytes of a file determine its type."""
    file = tmp_path / "avustukset.csv"
    file.write_bytes(workbook(GRANTS, ROW))
    assert len(read_table(file, tul.Grant).portfolio.grants) == 1


def test_decompression_bomb_is_not_unpacked() -> None:
    """An archive of a few kilobytes may decompress to gigabytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 3_000_000)
    reading = read_table(made.getvalue(), tul.Grant, limits=tul.Limits(bytes=2_000_000))
    assert "too large when unpacked" in only_message(reading)


def test_bomb_of_merged_cells_is_not_opened() -> None:
    """A few bytes may merge all seventeen billion cells of a sheet."""
    data = workbook(GRANTS, ROW, change=lambda sheet: sheet.merge_cells("A5:B6"))
    assert len(read(data).portfolio.grants) == 1
    assert "too large" in only_message(read(rewritten(data, b'"A5:B6"', b'"A1:XFD1048576"')))


def test_sheet_may_be_formatted_to_its_last_row() -> None:
    """Only cells with a value count."""
    data = workbook(GRANTS, ROW, change=lambda sheet: sheet.cell(1_048_576, 16_384))
    reading = read(data)
    assert len(reading.portfolio.grants) == 1


def test_large_file_is_not_read() -> None:
    """The limit on bytes applies to the compressed file, too."""
    reading = read_table(csv_bytes(GRANTS, ROW), tul.Grant, limits=tul.Limits(bytes=20))
    assert "larger than 20 bytes" in only_message(reading)


def test_compressed_files_are_read(tmp_path: Path) -> None:
    """The suffix is ``.gz``; a damaged one is a finding."""
    file = tmp_path / "avustukset.csv.gz"
    file.write_bytes(gzip.compress(csv_bytes(GRANTS, ROW)))
    assert len(read_table(file, tul.Grant).portfolio.grants) == 1
    file.write_bytes(file.read_bytes()[:-9])
    assert "damaged" in only_message(read_table(file, tul.Grant))


def test_open_file_is_read() -> None:
    """A file opened in binary mode is accepted; one in text mode is an error."""
    assert len(read_table(io.BytesIO(csv_bytes(GRANTS, ROW)), tul.Grant).portfolio.grants) == 1
    with pytest.raises(TypeError, match="open for bytes"):
        read_table(io.StringIO("Tunnus"), tul.Grant)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]


def test_only_classes_of_a_portfolio_are_read() -> None:
    """Others would have no place in the result."""
    with pytest.raises(TypeError, match="no register of a portfolio holds a Programme"):
        read_table(b"", tul.Programme)
    with pytest.raises(TypeError, match="give a class"):
        read_table(b"", tul.Period)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_detected_dialect_is_noted(delimiter: str, encoding: str) -> None:
    """The encoding and the separator of columns are in a note."""
    headers = (*GRANTS, "Päätöspäivä")
    data = csv_bytes(headers, (*ROW, "21.12.2021"), delimiter=delimiter, encoding=encoding)
    reading = read(data)
    assert len(reading.portfolio.grants) == 1
    (note,) = reading.findings
    name = {";": "semicolon", ",": "comma", "\t": "tab"}[delimiter]
    assert name in note.message("en")
    assert ("Windows-1252" if encoding == "cp1252" else "UTF-8") in note.message("en")
    assert note.severity is tul.Severity.NOTE


def test_dialect_may_be_given() -> None:
    """It is then not detected."""
    data = csv_bytes(GRANTS, ROW, delimiter="!", encoding="utf-16")
    reading = read(data, dialect=Dialect(encoding="utf-16", delimiter="!"))
    assert len(reading.portfolio.grants) == 1
    assert "the given separator" in reading.findings[0].message("en")
    assert "neither" in only_message(read(b"\xff", dialect=Dialect(encoding="utf-8")))


def test_sep_line_of_excel_is_respected() -> None:
    """A first line ``sep=;`` sets the separator, and counts as a row."""
    data = b"sep=;\r\n" + csv_bytes(GRANTS, ROW, ROW)
    assert codes_and_cells(read(data)) == ["TSK008 /grants/1/id A4"]
    broken = b'sep=;\r\nTunnus;Haku\r\n"g1'
    assert "line 3" in only_message(read(broken))


def test_ambiguous_separator_is_a_finding() -> None:
    """Where two fit equally well, none is chosen."""
    data = b"Tunnus,x;Haku\r\ng1,y;shc-2021\r\n"
    reading = read(data)
    assert "a semicolon, a comma fit equally well" in only_message(reading)
    chosen = read(data, dialect=Dialect(delimiter=";"), constants={"project": "pirsote"})
    assert "TSK004 /grants A1" in codes_and_cells(chosen)


def test_table_of_one_column_needs_no_separator() -> None:
    """With any separator the cells are the same."""
    given = {"call": "shc-2021", "status": "granted"}
    reading = read(b"Hanke\r\nPirSOTE\r\n", constants=given, ids="{project}")
    assert only(reading, tul.Grant).id == "pirsote"


def test_separator_with_the_most_columns_is_shown() -> None:
    """It is the likeliest where no header is known."""
    reading = read(b"a;b;c,d\r\n1;2;3,4\r\n")
    assert "semicolon" in reading.findings[0].message("en")
    assert codes_and_cells(reading) == ["TSK001 /grants 1"]


def test_ambiguous_encoding_is_a_warning() -> None:
    """The currency sign is the euro in a similar encoding."""
    data = csv_bytes((*GRANTS, "Dnro"), (*ROW, "¤ ä"), encoding="cp1252")
    reading = read(data)
    assert codes_and_cells(reading) == ["TSK001 /grants "]
    assert "another encoding" in reading.findings[0].message("en")


def two_sheets(*, hidden: bool = False) -> bytes:
    """Make a workbook with grants on two sheets, and notes on a third."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    book.create_sheet("Ohje").append(["Lue tämä"])
    for year in ("2020", "2021"):
        sheet = book.create_sheet(year)
        sheet.append(GRANTS)
        sheet.append((f"g-{year}", f"shc-{year}", "pirsote", "granted"))
    if hidden:
        book["2020"].sheet_state = "hidden"
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def test_first_of_several_tables_is_read_with_a_warning() -> None:
    """Nothing is ignored silently."""
    reading = read(two_sheets())
    assert list(reading.portfolio.grants.keys()) == ["g-2020"]
    assert codes_and_cells(reading) == ["TSK001 /grants 2020"]
    assert "2021" in reading.findings[0].message("en")


def test_the_sheet_with_the_most_known_headers_is_read() -> None:
    """It need not be the first one with a known header."""
    book = openpyxl.Workbook()
    book.worksheets[0].append(("Hanke", "Selite"))
    sheet = book.create_sheet("Päätökset")
    sheet.append(GRANTS)
    sheet.append(ROW)
    made = io.BytesIO()
    book.save(made)
    reading = read(made.getvalue())
    assert list(reading.portfolio.grants.keys()) == ["g1"]
    assert "Sheet" in reading.findings[0].message("en")


def test_limits_apply_to_a_file_without_a_table() -> None:
    """No more findings are kept than the limit."""
    reading = read_table(b"", tul.Grant, limits=Limits(findings=0))
    assert (reading.findings, reading.omitted, reading.ok) == ((), 1, False)


def test_hidden_sheets_are_not_chosen() -> None:
    """A note names them, with the other sheets that are not read."""
    reading = read(two_sheets(hidden=True))
    assert list(reading.portfolio.grants.keys()) == ["g-2021"]
    assert codes_and_cells(reading) == []
    assert "Ohje, 2020" in reading.findings[0].message("en")


def test_sheet_may_be_chosen() -> None:
    """A hidden one, too; a finding on an unknown one lists the sheets."""
    reading = read(two_sheets(hidden=True), sheet="2020")
    assert list(reading.portfolio.grants.keys()) == ["g-2020"]
    missing = only_message(read(two_sheets(), sheet="2019"))
    assert 'no sheet "2019"' in missing
    assert "Ohje, 2020, 2021" in missing


def test_formula_is_read_by_its_stored_value() -> None:
    """A formula without a value, or with an error, is a finding."""
    rows = (
        (*GRANTS, "Määrä"),
        (*ROW, "=2+3"),
        ("g2", *ROW[1:], "#N/A"),
        ("g3", *ROW[1:], 7),
    )
    data = workbook(*rows)
    reading = read(data)
    assert codes_and_cells(reading) == [
        "TSK006 /grants/0/amount_eur Taul1!E2",
        "TSK006 /grants/1/amount_eur Taul1!E3",
    ]
    assert "=2+3" in reading.findings[0].message("en")
    assert "#N/A" in reading.findings[1].message("en")
    stored = rewritten(data, b"<v /></c>", b"<v>5</v></c>")
    assert read(stored).portfolio.grants["g1"].amount_eur == 5


def test_dates_may_be_counted_from_1904() -> None:
    """Workbooks of old Macintosh programs use another epoch."""
    data = rewritten(
        workbook((*GRANTS, "Päätöspäivä"), (*ROW, 43089)),
        b"<workbookPr ",
        b'<workbookPr date1904="1" ',
    )
    grant = only(read(data), tul.Grant)
    assert grant.decided_on is not None
    assert grant.decided_on.isoformat() == "2021-12-21"


def test_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """CSV files need no extra; for workbooks the message states what to install."""
    code = (
        "import sys\n"
        "sys.modules['openpyxl'] = None\n"
        "import tulevaisuus as tul\n"
        "from tulevaisuus.exchange import read_table\n"
        f"print(len(read_table({csv_bytes(GRANTS, ROW)!r}, tul.Grant).portfolio.grants))\n"
        "try:\n"
        "    read_table(b'PK\\x03\\x04', tul.Grant)\n"
        "except ModuleNotFoundError as error:\n"
        "    print(error)\n"
    )
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(ModuleNotFoundError, match="extra excel"):
        read(b"PK\x03\x04")
    assert run_python(code).splitlines() == [
        "1",
        "Excel workbooks need the extra excel: pip install 'tulevaisuus[excel]'",
    ]


@pytest.mark.parametrize("encoding", ["cp850", "mac_roman"])
@pytest.mark.parametrize("read_all", [True, False])
def test_text_in_another_code_page_is_reported(encoding: str, *, read_all: bool) -> None:
    """Exports of old programs, read as Windows-1252, have quotation marks within words."""
    data = csv_bytes((*GRANTS, "Hankkeen nimi"), (*ROW, "Hämeenlinna"), encoding=encoding)
    findings: list[Finding] = []
    if read_all:
        findings += read(data).findings
    else:
        list(read_csv(data, tul.Grant, findings.append))
    (found,) = [each for each in findings if each.severity is tul.Severity.WARNING][:1]
    assert all(encoding in found.message(language) for language in LANGUAGES)
    word = "Hämeenlinna".encode(encoding).decode("cp1252")
    assert all(f"H{word[1]}meenlinna" in found.message(language) for language in LANGUAGES)


@pytest.mark.parametrize("word", ["Hämeenlinna", "Tšekki", "Žižka", "”Hanke”", "TŠEKKI"])
def test_other_letters_of_windows_1252_are_not_reported(word: str) -> None:
    """They occur in names."""
    data = csv_bytes((*GRANTS, "Dnro"), (*ROW, word), encoding="cp1252")
    assert codes_and_cells(read(data)) == []


def test_vertical_bars_may_separate_columns() -> None:
    """Old systems export so; in another table a bar is part of a cell."""
    reading = read(csv_bytes(GRANTS, ROW, delimiter="|"))
    assert codes_and_cells(reading) == []
    assert "a vertical bar" in reading.findings[0].message("en")
    data = csv_bytes((*GRANTS, "Dnro"), (*ROW, "VN/1|2"))
    assert only(read(data), tul.Grant).case_number == "VN/1|2"


def test_strict_workbook_is_not_called_empty() -> None:
    """Excel offers this format beside the usual one, with other element names."""
    usual, strict = b"http://schemas.openxmlformats.org/", b"http://purl.oclc.org/ooxml/"
    data = workbook(GRANTS, ROW)
    for name in (b"spreadsheetml/2006/main", b"officeDocument/2006/relationships"):
        data = rewritten(data, usual + name, strict + name.replace(b"/2006", b""))
    assert "Strict Open XML" in only_message(read(data))
