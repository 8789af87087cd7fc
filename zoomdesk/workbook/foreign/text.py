"""Read a table of plain text (.csv, .tsv, .txt) as one sheet.

A record is a row, as Excel counts on opening the file; line breaks inside of quotes do not end it.
Everything is text: leading zeros, long numbers and +49 stay as they are. ``="0049"``, by which
programs keep Excel from eating zeros, is the text inside.
"""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice, zip_longest
from pathlib import Path

from zoomdesk.errors import NotAWorkbook, TextNotUnderstood, WorkbookHostile, WorkbookNotFound
from zoomdesk.workbook.book import BookInfo, TextOptions
from zoomdesk.workbook.foreign.encodings import (
    ENCODINGS,
    EncodingGuess,
    encoding_of,
    guess_encoding,
)
from zoomdesk.workbook.foreign.separators import declared_separator, guess_separator, separator_of
from zoomdesk.workbook.reading.columns import ColumnBuilder
from zoomdesk.workbook.references import MAX_COLUMN
from zoomdesk.workbook.sheet import Texts

Progress = Callable[[int, float], None]
"""Is told how many rows are read and which part of the file, 0 to 1; may raise to stop it."""

MAX_ROWS = 5_000_000
MAX_CELL = 1 << 17
"""Characters of a cell beyond which a quotation mark is open that nobody closed."""
_MAX_LINE = 1 << 23
_CHUNK_CELLS = 100_000
_KEPT_TEXT = re.compile(r'="([^"]*)"\Z')
_UNSEEN = re.compile(r"[\0-\x08\x0e-\x19\x1b-\x1f]")


def guess_text(path: Path | str) -> TextOptions:
    """Return how a text file is to be read: encoding and separator, from its content.

    Raises WorkbookNotFound, NotAWorkbook where it is no text, TextNotUnderstood where no encoding
    fits it.
    """
    path = Path(path)
    guess = guess_encoding(path)
    with _opened(path, guess.encoding) as file:
        return TextOptions(guess.encoding, _separator(file), guess.sure)


def settle(path: Path, wanted: TextOptions | None) -> TextOptions:
    """Return what to read with: what the person wants, guessed where ``""`` or None leaves it open.

    Raises what ``guess_text`` raises, and TextNotUnderstood for options that do not exist.
    """
    if wanted is None:
        return guess_text(path)
    if wanted.encoding:
        guess = EncodingGuess(encoding_of(wanted.encoding), sure=True)
    if not wanted.encoding or guess.encoding.startswith("utf-16"):
        found = guess_encoding(path)
        # Of the two ways to write UTF-16 the file itself knows which one it is.
        if not wanted.encoding or found.encoding.startswith("utf-16"):
            guess = found
    if wanted.separator:
        separator = separator_of(wanted.separator)
    else:
        with _opened(path, guess.encoding) as file:
            separator = _separator(file)
    return TextOptions(guess.encoding, separator, guess.sure)


def read_text(
    book: BookInfo, options: TextOptions, *, rows: int | None = None, progress: Progress | None
) -> tuple[Sequence[int], dict[int, Texts]]:
    """Return the rows that exist and their columns, the first ``rows`` rows if so many are wanted.

    Raises TextNotUnderstood where the bytes are of another encoding, NotAWorkbook where it is no
    text or a quotation mark is never closed, WorkbookHostile beyond MAX_ROWS and MAX_COLUMN.
    """
    builder = ColumnBuilder()
    count = 0
    with _opened(book.path, options.encoding) as file:
        size = max(book.fingerprint.size, 1)
        for chunk in _chunks(islice(_records(file, options, book.path), rows)):
            _add(builder, chunk, count, book.path)
            count += len(chunk)
            if count > MAX_ROWS:
                raise WorkbookHostile(f"“{book.path.name}” has more than {MAX_ROWS:,} rows.")
            if progress is not None:
                progress(count, min(1.0, os.lseek(file.fileno(), 0, os.SEEK_CUR) / size))
    return builder.finish()


def records(path: Path, options: TextOptions) -> Iterator[list[str]]:
    """Yield the cells of each record. Raises as ``read_text`` does."""
    with _opened(path, options.encoding) as file:
        yield from _records(file, options, path)


@contextmanager
def _opened(path: Path, encoding: str) -> Iterator[io.TextIOWrapper]:
    """Open the text behind its byte order mark; what the codec finds is turned into words."""
    try:
        with path.open(encoding=encoding, newline="") as file:
            if file.read(1) != "\ufeff":
                file.seek(0)
            yield file
    except OSError as error:
        raise WorkbookNotFound(f"“{path}” cannot be read: {error.strerror or error}.") from None
    except UnicodeError:
        raise TextNotUnderstood(
            f"“{path.name}” is not written in {ENCODINGS.get(encoding, encoding)}."
        ) from None


def _separator(file: io.TextIOWrapper) -> str:
    start = file.tell()
    first = file.readline(MAX_CELL)
    declared = declared_separator(first)
    if declared:
        return declared
    file.seek(start)
    return guess_separator(iter(lambda: file.readline(MAX_CELL), ""))


def _records(file: io.TextIOWrapper, options: TextOptions, path: Path) -> Iterator[list[str]]:
    start = file.tell()
    if not declared_separator(file.readline(MAX_CELL)):
        file.seek(start)
    reader = csv.reader(_checked(file, path), delimiter=options.separator)
    try:
        for record in reader:
            for cell in record:
                if cell[:2] == '="':
                    record = [_plain(cell) for cell in record]
                    break
            yield record
    except csv.Error:
        raise NotAWorkbook(
            f"“{path.name}” cannot be read as a table: a cell near line {reader.line_num:,} is "
            "endless. A quotation mark may have been opened there and never closed.",
            hint="Correct it in a text editor, or choose another separator.",
        ) from None


def _checked(file: io.TextIOWrapper, path: Path) -> Iterator[str]:
    """Yield lines of bounded length without characters that no text has."""
    while line := file.readline(_MAX_LINE):
        if _UNSEEN.search(line):
            raise NotAWorkbook(f"“{path.name}” is no text: it holds control characters.")
        if len(line) == _MAX_LINE:
            raise WorkbookHostile(f"“{path.name}” has a line of millions of characters.")
        yield line


def _chunks(records: Iterator[list[str]]) -> Iterator[list[list[str]]]:
    """Gather records until they make so many cells, as a table with ragged rows filled up."""
    chunk: list[list[str]] = []
    width = 1
    for record in records:
        chunk.append(record)
        if len(record) > width:
            width = len(record)
        if len(chunk) * width >= _CHUNK_CELLS:
            yield chunk
            chunk, width = [], 1
    if chunk:
        yield chunk


def _add(builder: ColumnBuilder, chunk: list[list[str]], first: int, path: Path) -> None:
    if max(map(len, chunk)) > MAX_COLUMN:
        raise WorkbookHostile(
            f"“{path.name}” has more than {MAX_COLUMN:,} columns.",
            hint="Choose another separator.",
        )
    for row in range(first + 1, first + len(chunk) + 1):
        builder.start_row(row)
    for column, cells in enumerate(zip_longest(*chunk, fillvalue=""), start=1):
        texts = list(cells)
        filled = len(texts) - texts.count("")
        known = builder.lists.get(column)
        if known is not None and len(known) == first and filled * 2 >= len(texts):
            known.extend(texts)
        elif filled:
            for index, text in enumerate(texts, start=first):
                if text:
                    builder.put(index, column, text)


def _plain(cell: str) -> str:
    match = _KEPT_TEXT.match(cell)
    return match[1] if match else cell
