"""Sheets for the tests of the table, made by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from zoomdesk.roster.table import Roster
from zoomdesk.settings import Settings

HEADINGS = ("E-Mail", "First name", "Last name", "Company", "Table", "Total")
EMAIL, FIRST, LAST, COMPANY, TABLE, TOTAL = range(6)


class HandGrid:
    """A sheet of texts, headings in row 1."""

    def __init__(
        self,
        rows: Sequence[Sequence[str]],
        *,
        hidden: Sequence[int] = (),
        formulas: Mapping[tuple[int, int], str] | None = None,
        headings: Sequence[str] = HEADINGS,
    ) -> None:
        self.name = "Guests"
        lines = [headings, *rows]
        self.row_numbers: Sequence[int] = range(1, len(lines) + 1)
        self.columns: Mapping[int, Sequence[str]] = {
            column + 1: [line[column] if column < len(line) else "" for line in lines]
            for column in range(len(headings))
        }
        self.hidden_rows = frozenset(hidden)
        self.formulas: Mapping[tuple[int, int], str] = formulas or {}
        self.hyperlinks: Mapping[tuple[int, int], str] = {}


GUESTS = (
    ("ana@contoso.org", "Ana", "García", "Contoso", "3", "10"),
    ("chloe@gmial.com", "Chloé", "Dupont", "", "1", "20"),
    ("fatima@northwind", "Fatima", "Haddad", "Northwind", "2", "30"),
    ("tomas@contoso.org", "Tomás", "Ñandú", "Contoso", "1", "40"),
    ("tomas@contoso.org", "Tomas", "Nandu", "Contoso", "4", "50"),
    ("yuki@fabrikam.org", "Yuki", "Tanaka", "Fabrikam", "2", "60"),
)
"""Index 1 has a typo, 2 an error, 3 and 4 share an address; the last column is a formula."""


def guests() -> Roster:
    """Make the roster of ``GUESTS``, everyone ticked who can go."""
    formulas = {(row, TOTAL + 1): f"=E{row}*10" for row in range(2, len(GUESTS) + 2)}
    roster = Roster.from_grid(
        HandGrid(GUESTS, hidden=[7], formulas=formulas),
        result_headers=Settings().result_columns,
    )
    roster.tick_all_valid()
    return roster


def many(count: int) -> Roster:
    """Make a roster of ``count`` plain people."""
    rows = [
        (f"p{i}@contoso.org", f"First{i}", f"Last{i}", "", str(i % 7), "") for i in range(count)
    ]
    return Roster.from_grid(HandGrid(rows), result_headers=Settings().result_columns)
