"""Results in workbooks that are odd but sound, made here: the unseen ones will be of such kinds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.workbook.corpus.holding import hold
from tests.workbook.corpus.odd import packages, programs, rich
from tests.workbook.corpus.office import only_written_is_shown, show
from tests.workbook.corpus.readers import UNREADABLE, NodeReaders, all_readers
from tests.workbook.corpus.results import Written

Write = Callable[[Path], Written]

OVERLOOKED_BY_OFFICE = {"packed-dotted", "packed-case", "packed-moved", "packed-backslashed"}
"""What LibreOffice does not find by its relationships, or does not open."""


def assert_sound(written: Written, node: NodeReaders) -> None:
    found = hold(written, all_readers(node))
    faults = {oracle: said for oracle, said in found.items() if isinstance(said, str)}
    assert not faults
    counts = [found[name] for name in all_readers(node)]
    assert any(count != UNREADABLE for count in counts), "nobody else can read it"


@pytest.mark.parametrize("name", rich.MADE)
def test_of_every_feature(name: str, tmp_path: Path, written: Write, node: NodeReaders) -> None:
    assert_sound(written(rich.make(tmp_path, name)), node)


def test_with_macros(tmp_path: Path, written: Write, node: NodeReaders) -> None:
    assert_sound(written(rich.make_macros(tmp_path)), node)


@pytest.mark.parametrize("name", packages.PACKED)
def test_packed_in_every_way(name: str, tmp_path: Path, written: Write, node: NodeReaders) -> None:
    assert_sound(written(packages.pack(tmp_path, name)), node)


@pytest.mark.libreoffice
def test_saved_by_libreoffice(tmp_path: Path, written: Write, node: NodeReaders) -> None:
    for path in programs.save_by_office(tmp_path):
        assert_sound(written(path), node)


def test_saved_by_sheetjs_and_exceljs(tmp_path: Path, written: Write, node: NodeReaders) -> None:
    for path in programs.save_by_node(tmp_path):
        assert_sound(written(path), node)


def test_saved_by_openpyxl(tmp_path: Path, written: Write, node: NodeReaders) -> None:
    assert_sound(written(programs.save_by_openpyxl(tmp_path)), node)


@pytest.mark.libreoffice
def test_libreoffice_shows_them_all(tmp_path: Path, written: Write) -> None:
    paths = [
        *(rich.make(tmp_path, name) for name in rich.MADE),
        *(packages.pack(tmp_path, name) for name in packages.PACKED),
        programs.save_by_openpyxl(tmp_path),
    ]
    books = [written(path) for path in paths]
    folder = tmp_path / "office"
    folder.mkdir()
    shown = show(books, folder)
    overlooked = set()
    for index, one in enumerate(books):
        if only_written_is_shown(shown, index, one) == UNREADABLE:
            overlooked.add(one.before.stem)
    assert overlooked == OVERLOOKED_BY_OFFICE
