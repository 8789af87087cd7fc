"""Put the new cells of many alike rows in place with one template."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from zoomdesk.workbook.markup.alike import alike_rows
from zoomdesk.workbook.markup.escapes import text_element
from zoomdesk.workbook.markup.runs import Run, row_pattern
from zoomdesk.workbook.references import letters_of
from zoomdesk.workbook.writing.appended_strings import StringTable
from zoomdesk.workbook.writing.edited_cells import ColumnValues, EditedCells, picked
from zoomdesk.workbook.writing.row_tags import number_text, row_style, with_spans
from zoomdesk.workbook.writing.text_numbers import NO_TEXT

_KINDS = 64
"""Different start tags that rows of a run may have: each is looked at by itself."""
_TEXTS = frozenset([str])


class AlikeSplicer:
    """Writes those rows of ``cells`` that the patterns of :mod:`..markup.alike` take.

    ``new_style`` gives the style of a new cell by its column, as of a row that has none.
    """

    def __init__(
        self,
        prefix: bytes,
        cells: EditedCells,
        strings: StringTable | None,
        new_style: Callable[[int, bytes], bytes],
    ) -> None:
        self._prefix, self._cells, self._strings = prefix, cells, strings
        self._new_style = new_style

    def spliced(self, run: Run, columns: tuple[int, ...]) -> bytes | None:
        """Return the rows of ``run`` with the new cells in ``columns``, which each row gets.

        None where the rows are not alike, or some cell is not: it has to be done row by row.
        """
        if run.attributes is not None:
            return self._behind(run, run.attributes, columns)
        pattern = row_pattern(self._prefix, columns)
        found = alike_rows(pattern, run, self._prefix) if pattern is not None else None
        if found is None:
            return None
        alike, rows = found
        fields = list(zip(*rows, strict=True))
        missing = [part.column for part in alike.parts if part.column and part.field < 0]
        template = _Template(self._prefix, fields[0])
        starts = _start_tags(fields[1], missing)
        if starts is None:
            return None
        template.add(b'<%brow r="%%b"' % self._prefix, fields[0])
        template.add(b"%b", starts)
        for column, field in alike.parts:
            if not column:
                template.add(b"%b", fields[field])
                continue
            style = self._new_style(column, b"") if field < 0 else b""
            template.open(column, fields[field] if field >= 0 else None, style)
            if not self._content(template, column, run.numbers, new=field < 0):
                return None
        return template.filled()

    def _behind(self, run: Run, attributes: bytes, columns: tuple[int, ...]) -> bytes | None:
        """Return the rows with new cells behind all others; ``attributes`` are those of each."""
        if row_style(attributes):
            return None
        old = attributes + b">"
        first = b'<%brow r="%d"%b' % (self._prefix, run.numbers[0], old)
        bodies = _joint(self._prefix, old).split(run.xml)
        if len(bodies) != len(run.numbers) or not bodies[0].startswith(first):
            return None
        bodies[0] = bodies[0][len(first) :]
        bodies[-1] = bodies[-1][: -len(run.close)]
        template = _Template(self._prefix, run.numbers)
        template.add(b'<%brow r="%%d"' % self._prefix, run.numbers)
        template.add(with_spans(old, columns).replace(b"%", b"%%") + b"%b", bodies)
        for column in columns:
            template.open(column, None, self._new_style(column, b""))
            if not self._content(template, column, run.numbers, new=True):
                return None
        return template.filled()

    def _content(
        self, template: _Template, column: int, numbers: Sequence[int], *, new: bool
    ) -> bool:
        """Add the rest of the cells of a column; say whether each could be written."""
        given: ColumnValues = self._cells.columns[column]
        places, p = given.positions(numbers), self._prefix
        if self._strings is not None:
            indexes = picked(self._strings.numbers.columns[column], places)
            if isinstance(indexes, range) or NO_TEXT not in indexes:
                template.end(b' t="s"><%bv>' % p, indexes, b"</%bv></%bc>" % (p, p))
                return True
        values = given.at(places)
        if set(map(type, values)) == _TEXTS and self._strings is None:
            texts = [text_element(value, p) for value in values]  # type: ignore[arg-type]
            template.add(b' t="inlineStr"><%bis>%%b</%bis></%bc>' % (p, p, p), texts)
            return True
        if any(isinstance(value, str) for value in values) or (new and None in values):
            return False
        ending = b"><%bv>%%b</%bv></%bc>" % (p, p, p)
        template.add(
            b"%b",
            [b"/>" if value is None else ending % number_text(value) for value in values],  # type: ignore[arg-type]
        )
        return True


class _Template:
    """A row as a format string, and what goes into its places, row by row."""

    def __init__(self, prefix: bytes, numbers: Sequence[bytes] | Sequence[int]) -> None:
        self._prefix, self._numbers = prefix, numbers
        self._kind = b"%b" if isinstance(numbers[0], bytes) else b"%d"
        self._pieces: list[bytes] = []
        self._fields: list[Iterable[object]] = []

    def open(self, column: int, styles: Sequence[bytes] | None, style: bytes) -> None:
        """Add the beginning of a column's cells."""
        name, kind = letters_of(column).encode(), self._kind
        self.add(b'<%bc r="%b%b"' % (self._prefix, name, kind), self._numbers)
        if styles is not None:
            self.add(b"%b", styles)
        elif style:
            self._pieces.append(b' s="%b"' % style)

    def add(self, piece: bytes, field: Iterable[object]) -> None:
        """Add a piece with one place, and what goes there."""
        self._pieces.append(piece)
        self._fields.append(field)

    def end(self, piece: bytes, numbers: Sequence[int], end: bytes) -> None:
        """Add the rest of a column's cells, with one number; it is often the same in all."""
        same = set(numbers) if not isinstance(numbers, range) else ()
        if len(same) == 1:
            self._pieces.append(b"%b%d%b" % (piece, numbers[0], end))
        else:
            self.add(b"%b%%d%b" % (piece, end), numbers)

    def filled(self) -> bytes:
        """Return all rows."""
        count, width = len(self._numbers), len(self._fields)
        values: list[object] = [None] * (count * width)
        for place, field in enumerate(self._fields):
            values[place::width] = field
        row = b"".join([*self._pieces, b"</%brow>" % self._prefix])
        return row * count % tuple(values)


@lru_cache(maxsize=64)
def _joint(prefix: bytes, attributes: bytes) -> re.Pattern[bytes]:
    """Return the pattern of what is between the cells of a row and those of the next."""
    return re.compile(
        rb'</%brow><%brow r="[1-9]\d{0,6}"' % (re.escape(prefix), re.escape(prefix))
        + re.escape(attributes)
    )


def _start_tags(attributes: Sequence[bytes], missing: Sequence[int]) -> Iterable[bytes] | None:
    """Return the start tags from behind ``r`` on; None where one gives a new cell its style."""
    kinds = set(attributes)
    if len(kinds) > _KINDS or (missing and any(map(row_style, kinds))):
        return None
    widened = {kind: with_spans(kind + b">", missing) for kind in kinds}
    return map(widened.__getitem__, attributes)
