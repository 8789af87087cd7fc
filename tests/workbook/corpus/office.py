"""What LibreOffice shows of workbooks before and after: every sheet as CSV, cells as displayed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path

from tests.workbook.corpus.readers import UNREADABLE
from tests.workbook.corpus.results import Written
from tests.workbook.libreoffice import as_shown
from zoomdesk.workbook import inspect, read

Shown = dict[str, list[list[str]]]
"""Rows of displayed text by ``book-sheet``."""


def show(books: Sequence[Written], folder: Path) -> Shown:
    """Convert all of them in one process; copies in ``folder`` have names of their own."""
    paths = []
    for index, written in enumerate(books):
        for side, path in (("before", written.before), ("after", written.after)):
            copy = folder / f"{index}{side}{path.suffix}"
            copy.write_bytes(path.read_bytes())
            paths.append(copy)
    return as_shown(paths, folder)


def only_written_is_shown(shown: Shown, index: int, written: Written) -> int:
    """Check that the written cells are shown, and all others as before; return how many are shown.

    Formulas are left out: LibreOffice may compute them anew, some from the clock. A number format
    may put blanks around the changed cell. UNREADABLE where nothing was shown of it before.
    """
    count, wrong, sheets = 0, {}, 0
    for info in inspect(written.before).sheets:
        old = shown.get(f"{index}before-{info.name}")
        if old is None:
            continue
        sheets += 1
        new = shown.get(f"{index}after-{info.name}")
        assert new is not None, f"the sheet “{info.name}” is not shown any more"
        formulas = read(written.before, info.name).formulas
        for row, (texts, now) in enumerate(zip_longest(old, new, fillvalue=[]), 1):
            for column, (was, is_) in enumerate(zip_longest(texts, now, fillvalue=""), 1):
                count += bool(is_)
                meant = written.values.get((info.name, row, column), was)
                if (row, column) == written.changed:
                    is_ = is_.strip()
                if is_ != meant and (row, column) not in formulas:
                    wrong[info.name, row, column] = (is_, meant)
        if info.name == written.sheet and not any(map(any, old)) and written.changed:
            return UNREADABLE  # it overlooked the part of the sheet
    assert not sheets or count >= len(written.values), "written cells are not shown"
    assert not wrong, f"{len(wrong)} cells shown (is, meant): {dict(list(wrong.items())[:4])}"
    return count if sheets else UNREADABLE
