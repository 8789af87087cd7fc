from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest

from zoomdesk.workbook import last_editor


def saved_by(path: Path, name: str | None) -> Path:
    book = openpyxl.Workbook()
    book.properties.lastModifiedBy = name
    book.save(path)
    return path


@pytest.mark.parametrize("name", ["Anna Krüger", "R&D <team>", "安娜", 'O’Neil "Bo"'])
def test_the_name_is_what_the_program_wrote(tmp_path: Path, name: str) -> None:
    assert last_editor(saved_by(tmp_path / "book.xlsx", name)) == name


def test_nobody_is_named_where_nobody_is(tmp_path: Path) -> None:
    assert last_editor(saved_by(tmp_path / "book.xlsx", None)) == ""


def test_a_name_is_no_place_for_a_novel(tmp_path: Path) -> None:
    assert len(last_editor(saved_by(tmp_path / "book.xlsx", "Anna " * 100))) <= 60


def test_what_cannot_be_read_names_nobody(tmp_path: Path) -> None:
    assert last_editor(tmp_path / "missing.xlsx") == ""
    (tmp_path / "text.xlsx").write_bytes(b"no package")
    assert last_editor(tmp_path / "text.xlsx") == ""


def test_a_document_type_is_not_followed(tmp_path: Path) -> None:
    good = saved_by(tmp_path / "good.xlsx", "Anna")
    bad = tmp_path / "bad.xlsx"
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(bad, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "docProps/core.xml":
                data = b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'
            target.writestr(name, data)
    assert last_editor(bad) == ""


def test_an_empty_name_and_an_empty_element_name_nobody(tmp_path: Path) -> None:
    good = saved_by(tmp_path / "good.xlsx", "Anna")
    empty = tmp_path / "empty.xlsx"
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(empty, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "docProps/core.xml":
                start, end = data.index(b"<cp:lastModifiedBy"), data.index(b"</cp:lastModifiedBy>")
                data = data[:start] + b"<cp:lastModifiedBy/>" + data[end + 20 :]
            target.writestr(name, data)
    assert last_editor(empty) == ""
