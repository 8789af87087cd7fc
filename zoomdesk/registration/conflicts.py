"""Say which of the person's cells could not be put into a sheet that somebody else has changed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Why(StrEnum):
    """Name what stands in the way of a cell."""

    CELL = "cell"
    """Somebody else has put another text there."""
    FORMULA = "formula"
    """Somebody else has put a formula there."""
    PERSON = "person"
    """The row that was this person's holds another address now."""
    UNSURE = "unsure"
    """Several rows could be the one that was meant."""
    ROW_GONE = "row-gone"
    COLUMN_GONE = "column-gone"
    ROW_CHANGED = "row-changed"
    """The person took the row out, somebody else has changed it."""
    LINK = "link"
    """A result belongs to an address that the row does not hold any more."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """One cell that both sides changed, or whose place cannot be told; it was not written.

    ``row`` and ``column`` are those of the sheet as the person saw it, ``header`` the column's
    heading and ``person`` the address that stood in the row. ``before`` was in the cell, ``ours``
    was to be written, ``theirs`` is there now, or for PERSON and LINK the address that is in the
    row now. ``target`` is the (row, column) where ``ours`` would go if the person chooses it, None
    where there is no such place. Results, and rows that were taken out, have the column 0.
    """

    why: Why
    row: int
    column: int
    header: str
    person: str
    before: str
    theirs: str
    ours: str
    target: tuple[int, int] | None = None

    def describe(self) -> str:
        """Return a sentence for the person."""
        who = f"Row {self.row} ({self.person})" if self.person else f"Row {self.row}"
        cell = f"{who}, “{self.header}”" if self.header else who
        return _SENTENCES[self.why].format(
            who=who,
            cell=cell,
            did="you took it out" if self.column == 0 else f"you wrote {_shown(self.ours)}",
            ours=_shown(self.ours),
            theirs=_shown(self.theirs),
            before=_shown(self.before),
        )


_SENTENCES = {
    Why.CELL: "{cell}: it was {before}, somebody else made it {theirs}, you made it {ours}.",
    Why.FORMULA: "{cell}: somebody else has put the formula {theirs} where you wrote {ours}.",
    Why.PERSON: "{cell}: the address of this row is {theirs} now; {did}.",
    Why.UNSURE: "{cell}: several rows could be this one now; {did}.",
    Why.ROW_GONE: "{cell}: the row is not on the sheet any more; {did}.",
    Why.COLUMN_GONE: "{cell}: the column is not on the sheet any more; {did}.",
    Why.ROW_CHANGED: (
        "{cell}: you took the row out, somebody else has made {before} {theirs} meanwhile."
    ),
    Why.LINK: "{who}: the address of this row is {theirs} now, so the result was not put there.",
}


def _shown(text: str) -> str:
    return f"“{text}”" if text else "empty"
