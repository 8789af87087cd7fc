"""Make sheets for tests from rows, as they stand on the screen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from zoomdesk.settings import Settings

RESULT_HEADERS = Settings().result_columns


@dataclass(frozen=True)
class Sheet:
    """A ``roster.grid.Grid`` in memory."""

    name: str
    row_numbers: Sequence[int]
    columns: Mapping[int, Sequence[str]]
    hidden_rows: frozenset[int] = frozenset()
    formulas: Mapping[tuple[int, int], str] = field(default_factory=dict)
    hyperlinks: Mapping[tuple[int, int], str] = field(default_factory=dict)


def sheet(
    rows: Iterable[str | Sequence[str]],
    *,
    numbers: Sequence[int] | None = None,
    hidden: Iterable[int] = (),
    formulas: Mapping[tuple[int, int], str] | None = None,
    links: Mapping[tuple[int, int], str] | None = None,
) -> Sheet:
    """Make a sheet; a row is its cells, or a text with ``|`` between them. Rows are 1, 2, …"""
    cells = [row.split("|") if isinstance(row, str) else list(row) for row in rows]
    width = max(map(len, cells), default=0)
    columns = {
        column + 1: [row[column] if column < len(row) else "" for row in cells]
        for column in range(width)
    }
    return Sheet(
        "People",
        numbers or range(1, len(cells) + 1),
        {number: texts for number, texts in columns.items() if any(texts)},
        frozenset(hidden),
        formulas or {},
        links or {},
    )
