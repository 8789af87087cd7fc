"""Find the columns of a list again after somebody else has changed the sheet.

A column is known by its heading; where several bear the same one, by its turn among them. Where a
heading is gone or has become more or less frequent, only the cells can tell: a column that holds
in every row that is found again what the lost one held is that column under another name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from zoomdesk import workbook
from zoomdesk.roster.header import find_header
from zoomdesk.roster.text import caseless


def heading_key(text: str) -> str:
    """Return the form in which headings are compared: case and runs of blanks do not count."""
    return caseless(" ".join(text.split()))


def find_heading_row(seen: workbook.Sheet, header_row: int, now: workbook.Sheet) -> int:
    """Return the row of headings in ``now``: of two rows the one with more of the old headings."""
    guess = find_header(now).row
    if header_row == 0:
        return guess
    known = {heading_key(seen.text(header_row, column)) for column in seen.columns} - {""}

    def found(row: int) -> tuple[int, bool]:
        there = {heading_key(now.text(row, column)) for column in now.columns}
        return len(known & there), row == header_row

    return max((header_row, guess), key=found)


def same_columns(
    seen: workbook.Sheet, header_row: int, now: workbook.Sheet, now_header_row: int
) -> dict[int, int]:
    """Return the columns of ``now`` that are surely those of ``seen``, by their headings.

    Without headings on either side columns are known by number.
    """
    if header_row == 0 or now_header_row == 0:
        return {column: column for column in seen.columns if column in now.columns}
    before, after = _by_heading(seen, header_row), _by_heading(now, now_header_row)
    pairs: dict[int, int] = {}
    for heading, columns in before.items():
        others = after.get(heading, [])
        if len(others) == len(columns):
            pairs.update(zip(columns, others, strict=True))
    return pairs


def _by_heading(sheet: workbook.Sheet, row: int) -> Mapping[str, list[int]]:
    columns: defaultdict[str, list[int]] = defaultdict(list)
    for column in sorted(sheet.columns):
        columns[heading_key(sheet.text(row, column))].append(column)
    return columns


def renamed_columns(
    lost: Iterable[int],
    seen: workbook.Sheet,
    now: workbook.Sheet,
    known: Mapping[int, int],
    rows: Mapping[int, int],
) -> dict[int, int]:
    """Find ``lost`` columns among those of ``now`` without a partner, by what is in their cells.

    ``known`` are the columns that have one, ``rows`` the rows that were found again. A column
    counts only if its cells are not all empty and no other column holds the same.
    """
    free = sorted(set(now.columns) - set(known.values()))
    contents: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for column in free:
        contents[tuple(now.text(row, column) for row in rows.values())].append(column)
    found: dict[int, int] = {}
    for column in lost:
        texts = tuple(seen.text(row, column) for row in rows)
        there = contents.get(texts, [])
        if any(texts) and len(there) == 1 and there[0] not in found.values():
            found[column] = there[0]
    return found
