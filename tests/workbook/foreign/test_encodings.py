"""The encoding and the separator of a text are guessed right, or the guess says that it is none."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import openpyxl
import pytest

from tests.workbook.foreign.lists import CHINESE, GERMAN, JAPANESE, lists
from tests.workbook.foreign.makers import converted
from zoomdesk.errors import NotAWorkbook, TextNotUnderstood, WorkbookNotFound
from zoomdesk.workbook import ENCODINGS, TextOptions, guess_text, read
from zoomdesk.workbook.foreign.encodings import encoding_of
from zoomdesk.workbook.foreign.plausibility import is_one_script, judge
from zoomdesk.workbook.foreign.separators import separator_of

LEAST = {
    ("ja kana", "cp932"): 0.9,  # one name of half-width katakana may be a Chinese one as well
}
"""The share of lists that must be guessed right where it is not every single one."""


def test_the_table_of_success(tmp_path: Path) -> None:
    right: Counter[tuple[str, str]] = Counter()
    tried: Counter[tuple[str, str]] = Counter()
    path = tmp_path / "guests.csv"
    for one in lists():
        data = one.text.encode(one.encoding)
        path.write_bytes(data)
        guess = guess_text(path)
        kind = (one.language, one.encoding)
        tried[kind] += 1
        assert guess.separator == one.separator, one
        if data.decode(guess.encoding).lstrip("\ufeff") == one.text:
            right[kind] += 1
        else:
            assert not guess.sure, f"{one} was read as {guess.encoding}, and that for certain"
    shares = {kind: right[kind] / tried[kind] for kind in tried}
    assert {kind: share for kind, share in shares.items() if share < LEAST.get(kind, 1.0)} == {}


@pytest.mark.parametrize(
    ("encoding", "names"),
    [
        ("cp1250", "Łukasz Wójcik;Małgorzata Żółć;Zbigniew Świątek"),
        ("cp1250", "Tomáš Dvořák;Jiří Novák;Zdeněk Růžička"),
        ("cp1251", "Иванов Иван;Пётр Сидоров"),
        ("cp1253", "Γιώργος Παπαδόπουλος;Ελένη"),
        ("cp1254", "Şükrü Yılmaz;İbrahim Çağlar"),
        ("mac_roman", "Jürgen Müller;Zoé"),
        ("cp950", "陳大文;李小龍"),
    ],
)
def test_what_is_not_guessed_is_not_sure(tmp_path: Path, encoding: str, names: str) -> None:
    path = tmp_path / "guests.csv"
    rows = "".join(f"{name};guest@example.com\r\n" for name in names.split(";"))
    path.write_bytes(f"Name;Email\r\n{rows}".encode(encoding))
    guess = guess_text(path)
    assert guess.encoding != encoding
    assert not guess.sure
    assert encoding in ENCODINGS, "a person must be able to choose it"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Name,Email\nAda,ada@example.com\n", "utf-8"),
        ("Name;Email\nÑ;n@example.com\n", "utf-8"),
        ("Name;Email\n通;t@example.com\n", "gb18030"),  # its bytes are valid UTF-8 by accident
        ("Name;Ort\nChloë d’Été;„Köln“ – 5 €\n", "cp1252"),
        ("NAME;ORT\nJÜRGEN MÜLLER;KÖLN\n", "cp1252"),
        ("Name;Firma\n田中 ｶﾞｸ;株式会社ABC\n", "cp932"),
    ],
)
def test_single_letters_and_mixed_texts(tmp_path: Path, text: str, encoding: str) -> None:
    path = tmp_path / "guests.csv"
    path.write_bytes(text.encode(encoding))
    assert guess_text(path).encoding == encoding


def test_a_letter_behind_a_million_rows_counts(tmp_path: Path) -> None:
    path = tmp_path / "guests.csv"
    path.write_bytes(b"Ada;ada@example.com\n" * 200_000 + "Zoé;zoe@example.com\n".encode("cp1252"))
    assert guess_text(path).encoding == "cp1252"


@pytest.mark.parametrize(
    ("text", "separator"),
    [
        ("sep=|\nName;x|Email\n", "|"),
        ('"sep=;"\nName;Email\n', ";"),
        ("Name;Email\nLovelace, Ada;ada@example.com\nHopper, Grace;grace@example.com\n", ";"),
        ("Name,Email\nAda;Countess,ada@example.com\nGrace;Admiral,grace@example.com\n", ","),
        ("a@example.com\nb@example.com\n", ","),
        ('Email\tNote\na@example.com\t"x;y;z\nand more"\n', "\t"),
        ("", ","),
    ],
)
def test_separators(tmp_path: Path, text: str, separator: str) -> None:
    path = tmp_path / "guests.csv"
    path.write_text(text or "\n", encoding="utf-8", newline="")
    assert guess_text(path).separator == separator


@pytest.mark.parametrize(
    ("name", "key"),
    [("UTF8", "utf-8"), ("utf-8-sig", "utf-8"), ("latin-1", "cp1252"), ("Shift_JIS", "cp932"),
     ("gbk", "gb18030"), ("UTF-16", "utf-16-le"), ("windows-1252", "cp1252"),
     ("macintosh", "mac_roman"), ("Big5", "cp950")],
)  # fmt: skip
def test_encodings_by_the_names_that_people_know(name: str, key: str) -> None:
    assert encoding_of(name) == key


def test_every_encoding_that_may_be_chosen_has_a_codec_and_its_own_key() -> None:
    assert [encoding_of(name) for name in ENCODINGS] == list(ENCODINGS)


@pytest.mark.parametrize("name", ["rot13", "hex", "utf-7", "klingon", ""])
def test_other_encodings_are_refused_with_the_choices(name: str) -> None:
    with pytest.raises(TextNotUnderstood, match="cp1252"):
        encoding_of(name)


def test_separators_by_name() -> None:
    assert [separator_of(name) for name in ("Tab", "semicolon", "\\t", ",", "pipe")] == [
        "\t", ";", "\t", ",", "|",
    ]  # fmt: skip
    with pytest.raises(TextNotUnderstood, match="semicolon"):
        separator_of(":")


@pytest.mark.parametrize(
    "content",
    [b"Name;Email\n\0\0\0\x01binary\n", b"\x01\x00\x02\x00" * 300, b"Name\n" * 9000 + b"\0"],
)
def test_zero_bytes_are_no_text(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "guests.csv"
    path.write_bytes(content)
    with pytest.raises(NotAWorkbook, match="no text"):
        guess_text(path)


def test_bytes_of_no_encoding(tmp_path: Path) -> None:
    path = tmp_path / "guests.csv"
    path.write_bytes(b"Name;Email\nA\x81\xff\x9d\x8f;a@example.com\n")
    with pytest.raises(TextNotUnderstood, match="not recognised"):
        guess_text(path)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(WorkbookNotFound):
        guess_text(tmp_path / "none.csv")


def test_options_compare_by_what_they_read() -> None:
    assert TextOptions("utf-8", ";", sure=False) == TextOptions("utf-8", ";")


def test_judgement_prefers_what_people_write() -> None:
    best = judge("Jürgen Müller".encode("cp1252"))[0]
    assert best.encoding == "cp1252"
    assert best.score == pytest.approx(1.0)
    assert is_one_script("Müller")
    assert not is_one_script("Mя")


@pytest.mark.libreoffice
@pytest.mark.parametrize(
    ("number", "encoding", "separator"),
    [(1, "cp1252", ";"), (64, "cp932", ","), (85, "gb18030", "\t"), (76, "utf-8", "|"),
     (65535, "utf-16-le", ";")],
)  # fmt: skip
def test_what_libreoffice_exports(
    tmp_path: Path, number: int, encoding: str, separator: str
) -> None:
    """LibreOffice knows encodings by numbers of its own (CSV filter options, token 3)."""
    names = {"cp932": JAPANESE, "gb18030": CHINESE}.get(encoding, GERMAN)
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["E-Mail", "Name", "Note"])
    for row, name in enumerate(names):
        book.active.append([f"guest{row}@example.com", name, 'say "hi", or; two|lines\nhere'])
    book.save(tmp_path / "guests.xlsx")
    options = f"csv:Text - txt - csv (StarCalc):{ord(separator)},34,{number},1,,0,false,true,false"
    path = converted(tmp_path / "guests.xlsx", tmp_path, options)
    assert guess_text(path) == TextOptions(encoding, separator)
    sheet = read(path)
    assert [sheet.text(row, 2) for row in range(2, len(names) + 2)] == list(names)
    assert sheet.text(2, 3) == 'say "hi", or; two|lines\nhere'
