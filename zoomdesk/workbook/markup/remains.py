"""Tell by a checksum whether a write left all else in a run of rows as it was.

The checksum is taken when the write is planned, of the run as it is; and once more when the
finished file is read, of what stands in its place with the written cells taken out again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from zlib import crc32

from zoomdesk.workbook.markup.alike import other_cells_of


def remains(
    xml: bytes, spots: Iterable[tuple[int, int]], prefix: bytes, columns: Sequence[int]
) -> int:
    """Return the checksum of a run without the cells of ``columns`` in the rows at ``spots``.

    Left out, too, is ``spans`` of these rows: it may be widened.
    """
    view, at, checksum = memoryview(xml), 0, 0
    rows: list[bytes] = []
    for start, end in spots:
        checksum = crc32(view[at:start], checksum)
        rows.append(xml[start:end])
        at = end
    checksum = crc32(view[at:], checksum)
    return crc32(other_cells_of(prefix, tuple(columns)).of(b"".join(rows)), checksum)
