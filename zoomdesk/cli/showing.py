"""The command ``show``: what was read of a sheet, for people and for programs.

Both faces are made row by row and printed in pieces: a sheet of a million rows is never one text.
The JSON object is made to be held against the workbook: its rows carry their numbers, its cells
their references.
"""

from __future__ import annotations

import argparse
import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, NamedTuple

from zoomdesk import workbook
from zoomdesk.cli.opening import open_sheet
from zoomdesk.cli.output import Output, count, display_width, one_line
from zoomdesk.cli.reports import shown
from zoomdesk.workbook.references import letters_of
from zoomdesk.workbook.sheet import SparseColumn

WIDEST = 60
"""Terminal cells up to which a column is aligned; a longer text runs over, it is never cut."""
FORMULA = "ƒ "
_BATCH = 2000

Cells = list[tuple[int, str]]
"""Columns and texts of a row, from left to right."""


class ShownRow(NamedTuple):
    """One row: its number, whether it is hidden, and its cells, formulas and links by column.

    A cell with a formula is among the cells whatever it shows.
    """

    number: int
    hidden: bool
    cells: Cells
    formulas: Cells
    links: Cells


def show(options: argparse.Namespace, output: Output) -> int:
    """Print a sheet as Excel displays it; write nothing. Raises the WorkbookError family."""
    sheet, _ = open_sheet(options, output)
    output.stream(_json(sheet, output) if output.as_json else _text(sheet))
    return 0


def shown_rows(sheet: workbook.Sheet) -> Iterator[ShownRow]:
    """Yield every row that exists or holds something, ascending."""
    formulas, links = _by_row(sheet.formulas.items()), _by_row(sheet.hyperlinks.items())
    apart = _by_row(sheet.totals.items())
    dense: dict[int, Iterable[str]] = {}
    for column, texts in sheet.columns.items():
        if isinstance(texts, SparseColumn):
            for index, text in texts.filled().items():
                apart[sheet.row_numbers[index]].append((column, text))
        else:
            dense[column] = texts
    columns = sorted(dense)
    lines = zip(sheet.row_numbers, *(dense[column] for column in columns), strict=True)
    existing = set(sheet.row_numbers)
    beyond = sorted({*formulas, *links, *apart} - existing)
    blank = ("",) * len(columns)
    for number, *texts in heapq.merge(lines, ((row, *blank) for row in beyond), key=_number):
        cells = [(column, text) for column, text in zip(columns, texts, strict=True) if text]
        own = formulas.get(number, [])
        if own or number in apart:
            known = dict.fromkeys((column for column, _ in own), "")
            cells = sorted((known | dict(cells) | dict(apart.get(number, ()))).items())
        yield ShownRow(number, number in sheet.hidden_rows, cells, own, links.get(number, []))


def _number(line: tuple[Any, ...]) -> int:
    number: int = line[0]
    return number


def _by_row(cells: Iterable[tuple[tuple[int, int], str]]) -> defaultdict[int, Cells]:
    rows: defaultdict[int, Cells] = defaultdict(list)
    for (row, column), text in sorted(cells):
        rows[row].append((column, text))
    return rows


# -- for programs ----------------------------------------------------------------------------------


def _json(sheet: workbook.Sheet, output: Output) -> Iterator[str]:
    yield output.dumps(_about(sheet))[:-1] + ', "rows": ['
    rows = (output.dumps(_row(row)) for row in shown_rows(sheet))
    joint = ""
    while batch := ", ".join(islice(rows, _BATCH)):
        yield joint + batch
        joint = ", "
    yield "]}\n"


def _about(sheet: workbook.Sheet) -> dict[str, Any]:
    return {
        "book": shown(sheet.book.path),
        "kind": sheet.book.kind,
        "sheet": sheet.name,
        "state": sheet.state,
        "sheets": [{"name": info.name, "state": info.state} for info in sheet.book.sheets],
        "tables": [
            {
                "name": table.name,
                "ref": str(table.ref),
                "header_rows": table.header_row_count,
                "totals_rows": table.totals_row_count,
                "columns": list(table.columns),
                "has_query": table.has_query,
            }
            for table in sheet.tables
        ],
        "filter": str(sheet.auto_filter) if sheet.auto_filter else None,
        "merges": [str(area) for area in sheet.merges],
        "protected": sheet.protected,
        "writable": not (sheet.book.write_refusal or sheet.book.new_file),
        "write_refusal": sheet.book.write_refusal,
        "new_file": sheet.book.new_file,
    }


def _row(row: ShownRow) -> dict[str, Any]:
    return {
        "row": row.number,
        "hidden": row.hidden,
        "cells": _referenced(row.number, row.cells),
        "formulas": _referenced(row.number, row.formulas),
        "links": _referenced(row.number, row.links),
    }


def _referenced(row: int, cells: Cells) -> dict[str, str]:
    return {f"{letters_of(column)}{row}": text for column, text in cells}


# -- for people ------------------------------------------------------------------------------------


def _text(sheet: workbook.Sheet) -> Iterator[str]:
    yield "".join(f"{line}\n" for line in _heading(sheet))
    widths: dict[int, int] = {}
    rows = 0
    for row in shown_rows(sheet):
        rows += 1
        computed = {column for column, _ in row.formulas}
        for column, text in row.cells:
            width = display_width(text) + (len(FORMULA) if column in computed else 0)
            if width > widths.get(column, 0):
                widths[column] = min(width, WIDEST)
    if not widths:
        yield "The sheet is empty.\n"
        return
    columns = {column: max(widths[column], len(letters_of(column))) for column in sorted(widths)}
    mark = "hidden" if sheet.hidden_rows else ""
    start = f"{'Row':>7}  {'':{len(mark)}}  " if mark else f"{'Row':>7}  "
    yield _line(start, columns, {column: letters_of(column) for column in columns})
    yield _line("─" * 7 + start[7:], columns, {c: "─" * width for c, width in columns.items()})
    lines = (_shown(row, columns, mark) for row in shown_rows(sheet))
    while batch := "".join(islice(lines, _BATCH)):
        yield batch
    yield f"\n{_ending(sheet, rows)}\n"


def _heading(sheet: workbook.Sheet) -> Iterator[str]:
    state = "" if sheet.state == "visible" else " (hidden in Excel)"
    yield f"Sheet “{sheet.name}”{state} of {shown(sheet.book.path)} ({sheet.book.kind})"
    others = [info.name for info in sheet.book.sheets if info.name != sheet.name]
    if others:
        yield "Other sheets: " + ", ".join(f"“{name}”" for name in others)
    for table in sheet.tables:
        yield f"Table “{table.name}” on {table.ref}"
    if sheet.auto_filter:
        yield f"Filter on {sheet.auto_filter}"
    if sheet.merges:
        yield "Merged: " + ", ".join(map(str, sheet.merges))
    if sheet.protected:
        yield "The sheet is protected."
    if sheet.book.write_refusal:
        yield f"It cannot be written: {sheet.book.write_refusal}"
    if sheet.book.new_file:
        yield sheet.book.new_file
    yield ""


def _shown(row: ShownRow, columns: dict[int, int], mark: str) -> str:
    start = f"{row.number:>7}  "
    if mark:
        start += f"{mark if row.hidden else '':{len(mark)}}  "
    computed = {column for column, _ in row.formulas}
    texts = {
        column: (FORMULA if column in computed else "") + one_line(text)
        for column, text in row.cells
    }
    return _line(start, columns, texts)


def _line(start: str, columns: dict[int, int], texts: dict[int, str]) -> str:
    cells = []
    for column, width in columns.items():
        text = texts.get(column, "")
        cells.append(text + " " * (width - display_width(text)))
    return (start + "  ".join(cells)).rstrip() + "\n"


def _ending(sheet: workbook.Sheet, rows: int) -> str:
    parts = [count(rows, "row", "rows")]
    if sheet.hidden_rows:
        parts.append(f"{len(sheet.hidden_rows):,} hidden")
    if sheet.formulas:
        formulas = count(len(sheet.formulas), "formula", "formulas")
        parts.append(f"{formulas}, marked {FORMULA.strip()}")
    if sheet.hyperlinks:
        parts.append(count(len(sheet.hyperlinks), "link", "links"))
    return " · ".join(parts)
