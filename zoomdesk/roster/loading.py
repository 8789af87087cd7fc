"""Turn a sheet's cells into what a roster keeps: texts by column, rows of people only."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import compress

from zoomdesk.errors import NoPeopleFound
from zoomdesk.roster.columns import CHOSEN, Column, missing_results
from zoomdesk.roster.fields import Field
from zoomdesk.roster.grid import Grid
from zoomdesk.roster.matching import ColumnGuess


@dataclass(frozen=True, slots=True)
class Loaded:
    """Hold the people of a sheet.

    ``rows`` are sheet rows, ascending; ``texts`` one list of cells for each of ``columns``.
    ``formulas`` and ``links`` are keyed by (index, position), ``hidden`` holds indexes.
    """

    rows: list[int]
    columns: tuple[Column, ...]
    texts: list[list[str]]
    hidden: frozenset[int]
    formulas: frozenset[tuple[int, int]]
    links: Mapping[tuple[int, int], str]


def load(
    grid: Grid, header_row: int, guesses: Sequence[ColumnGuess], result_headers: Mapping[str, str]
) -> Loaded:
    """Take the rows below the headings that hold anything in a column with a meaning.

    Rows that are blank, or hold only what no column's meaning covers, such as a number that was
    filled down or a total, are no people. Raises NoPeopleFound where there is no email column or
    no person.
    """
    if not any(guess.field is Field.EMAIL for guess in guesses):
        raise NoPeopleFound(f"No column of the sheet “{grid.name}” holds email addresses.")
    start = bisect_right(grid.row_numbers, header_row)
    below = [_own(grid.columns[guess.column][start:]) for guess in guesses]
    meant = [texts for texts, guess in zip(below, guesses, strict=True) if guess.field]
    filled = _filled(meant)
    rows = list(compress(grid.row_numbers[start:], filled))
    if not rows:
        raise NoPeopleFound(
            f"The sheet “{grid.name}” has no people below its headings.",
            hint="Put one person in each row below the headings, or choose another sheet.",
        )
    texts = below if all(filled) else [list(compress(column, filled)) for column in below]
    columns = _columns(guesses, result_headers)
    texts += [[""] * len(rows) for _ in columns[len(guesses) :]]
    return _with_cells(grid, rows, columns, texts)


def with_choices(
    guesses: Sequence[ColumnGuess], chosen: Mapping[int, Field | None]
) -> tuple[ColumnGuess, ...]:
    """Put the person's choices over the guesses; a chosen field leaves its guessed column."""
    fields = {field for field in chosen.values() if field}
    settled = []
    for guess in guesses:
        if guess.column in chosen and guess.result is None:
            field = chosen[guess.column]
            settled.append(replace(guess, field=field, confidence=1.0, reason=CHOSEN))
        elif guess.field in fields:
            settled.append(replace(guess, field=None, confidence=0.0, reason=""))
        else:
            settled.append(guess)
    return tuple(settled)


def _own(texts: Sequence[str]) -> list[str]:
    """Return a slice as a list to keep; that of a list is one already, perhaps a million long."""
    return texts if isinstance(texts, list) else list(texts)


def _filled(columns: Sequence[Sequence[str]]) -> list[bool]:
    """Tell for each row whether any of the columns holds more than spaces."""
    # Comprehensions, not map and any: they let other threads run (DESIGN.md, Qt facts).
    filled = [bool(text.strip()) for text in columns[0]]
    for column in columns[1:]:
        filled = [known or bool(text.strip()) for known, text in zip(filled, column, strict=True)]
    return filled


def _columns(
    guesses: Sequence[ColumnGuess], result_headers: Mapping[str, str]
) -> tuple[Column, ...]:
    present = tuple(
        Column(
            position,
            guess.column,
            guess.header,
            guess.field,
            guess.result,
            guess.confidence,
            guess.reason,
            guess.result is not None,
        )
        for position, guess in enumerate(guesses)
    )
    results = [guess.result for guess in guesses if guess.result]
    return present + missing_results(result_headers, results, len(present))


def _with_cells(
    grid: Grid, rows: list[int], columns: tuple[Column, ...], texts: list[list[str]]
) -> Loaded:
    """Bring formulas, links and hidden rows from sheet numbers to indexes and positions."""
    position_of = {column.sheet_column: column.position for column in columns}
    wanted = {row for row, _ in (*grid.formulas, *grid.hyperlinks)} | grid.hidden_rows
    index_of = {row: index for index, row in enumerate(rows) if row in wanted}

    def place(cell: tuple[int, int]) -> tuple[int, int] | None:
        index, position = index_of.get(cell[0]), position_of.get(cell[1])
        return None if index is None or position is None else (index, position)

    return Loaded(
        rows,
        columns,
        texts,
        frozenset(index_of[row] for row in grid.hidden_rows if row in index_of),
        frozenset(cell for key in grid.formulas if (cell := place(key))),
        {cell: target for key, target in grid.hyperlinks.items() if (cell := place(key))},
    )
