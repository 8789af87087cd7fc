"""Say who stands in the rows of a list, in the form in which two states of it are compared."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from zoomdesk import workbook
from zoomdesk.roster import emails
from zoomdesk.roster.checks import RowTexts, check_row
from zoomdesk.roster.text import caseless, clean_name

Cell = tuple[int, int]
"""Row and column, both from 1."""

NOBODY = "\0"
"""Begins the key of a row without an address: the name follows."""


@dataclass(frozen=True, slots=True)
class Listed:
    """Hold the rows below the headings that hold anything, by three lists of the same length.

    ``start`` is the row of the headings. ``cells`` returns the texts of a row that others may
    change, address excepted, in an order that both sides of a comparison share.
    """

    start: int
    rows: Sequence[int]
    addresses: Sequence[str]
    names: Sequence[str]
    cells: Callable[[int], tuple[str, ...]]

    @property
    def keys(self) -> list[str]:
        """The address of each row, or the name where there is none."""
        return [
            address or f"{NOBODY}{name}"
            for address, name in zip(self.addresses, self.names, strict=True)
        ]


def listed(
    sheet: workbook.Sheet,
    start: int,
    email: int,
    names: Sequence[int],
    others: Sequence[int],
    written: Mapping[Cell, str],
) -> Listed:
    """Take the rows of ``sheet`` below row ``start``; columns are given by number.

    ``written`` are cells that hold another text by now than the sheet says.
    """
    numbers = sorted({*sheet.row_numbers, *(row for row, _ in written)})
    texts = {
        column: _column(sheet, column, numbers, written) for column in {email, *names, *others}
    }
    filled = [
        place
        for place, row in enumerate(numbers)
        if row > start and any(column[place].strip() for column in texts.values())
    ]
    place_of = {numbers[place]: place for place in filled}
    links = sheet.hyperlinks
    return Listed(
        start,
        list(place_of),
        [address_key(texts[email][p], links.get((row, email), "")) for row, p in place_of.items()],
        [name_key(texts[column][p] for column in names) for p in filled],
        lambda row: tuple(texts[column][place_of[row]] for column in others),
    )


def address_key(text: str, link: str = "") -> str:
    """Return the key of the address that a cell means, of one that cannot be used its text's.

    ``link`` is the target of the cell's hyperlink, from which an address may be taken.
    """
    if plain := emails.plain_address(text):
        return emails.key(plain)
    return emails.key(check_row(0, RowTexts(text, link=link)).email or text.strip())


def name_key(texts: Iterable[str]) -> str:
    """Return the form in which the names of two rows are compared."""
    return caseless(clean_name(" ".join(texts)))


def _column(
    sheet: workbook.Sheet, column: int, rows: Sequence[int], written: Mapping[Cell, str]
) -> Sequence[str]:
    texts = sheet.columns.get(column)
    if not written and texts is not None and len(texts) == len(rows):
        return texts
    known = dict(zip(sheet.row_numbers, texts, strict=True)) if texts is not None else {}
    known |= {row: text for (row, at), text in written.items() if at == column}
    return [known.get(row, "") for row in rows]
