"""Find the place of each result column in a sheet, with headings or without."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from zoomdesk import workbook
from zoomdesk.errors import WriteRefused
from zoomdesk.roster.fields import ResultColumn
from zoomdesk.roster.own_columns import ORDER, own_columns
from zoomdesk.settings import Settings

LAST_COLUMN = 16_384
"""Excel's last column, XFD."""


@dataclass(frozen=True, slots=True)
class Places:
    """Hold the column of each result, and the headings of those that are new, by column."""

    columns: Mapping[ResultColumn, int]
    new: Mapping[int, str]

    def hyperlinks(self, urls: Mapping[int, str], settings: Settings) -> dict[tuple[int, int], str]:
        """Return the links by cell, of ``urls`` by row, where they are to open with a click.

        What is no address of the web stays plain text.
        """
        if not settings.link_as_hyperlink:
            return {}
        column = self.columns[ResultColumn.JOIN_URL]
        is_address = ("https://", "http://")
        return {(row, column): url for row, url in urls.items() if url.startswith(is_address)}


def place_results(
    sheet: workbook.Sheet, header_row: int, rows: Sequence[int], settings: Settings
) -> Places:
    """Return where results go: found where they are, else to the right.

    A sheet without headings (``header_row`` 0) gets none: a heading of ours over the first person
    would be one more person to whoever reads the sheet next. Raises WriteRefused where the sheet
    has no room to its right.
    """
    if header_row == 0:
        return Places(_unnamed(sheet), {})
    names = {result: settings.result_columns[result.value] for result in ResultColumn}
    placed = workbook.place_columns(sheet, header_row, tuple(names.values()), rows)
    return Places(
        {result: placed.columns[name] for result, name in names.items()},
        {placed.columns[name]: name for name in placed.new},
    )


def _unnamed(sheet: workbook.Sheet) -> dict[ResultColumn, int]:
    found = {result: column for column, result in own_columns(sheet.columns).items()}
    if found:
        return found
    first = sheet.last_column + 1
    if any(table.ref.last_column == first - 1 for table in sheet.tables):
        first += 1  # what touches a table is taken for a part of it
    if first + len(ORDER) - 1 > LAST_COLUMN:
        raise WriteRefused(f"The sheet “{sheet.name}” has no free columns on its right.")
    return {result: first + place for place, result in enumerate(ORDER)}
