"""Carry blocks of cells to and from other programs as tab-separated text and as HTML.

The text form is what Excel writes and reads: rows end with a line break, cells are split by tabs,
and a cell that holds a tab, a line break or a leading quote is quoted with its quotes doubled.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from html import escape
from html.parser import HTMLParser

from PySide6.QtCore import QMimeData, qAddPostRoutine
from PySide6.QtGui import QGuiApplication

Block = list[list[str]]


def put(rows: Sequence[Sequence[str]]) -> None:
    """Put a block on the system's clipboard, in both forms."""
    QGuiApplication.clipboard().setMimeData(to_mime(rows))
    if QGuiApplication.platformName() == "offscreen":
        _empty_at_the_end()


@cache
def _empty_at_the_end() -> None:
    """Empty the clipboard of a screenless window with its application.

    That one is a static of Qt, destroyed after Python has ended: a block that Python made and that
    is still there would end the process with a segmentation fault.
    """
    qAddPostRoutine(lambda: QGuiApplication.clipboard().clear())


def to_mime(rows: Sequence[Sequence[str]]) -> QMimeData:
    """Return both forms of a block, for the clipboard."""
    data = QMimeData()
    data.setText(to_text(rows))
    data.setHtml(to_html(rows))
    return data


def from_mime(data: QMimeData | None) -> Block:
    """Return the block that the clipboard holds; ``[]`` where it holds none."""
    if data is None:
        return []
    if data.hasText():
        return from_text(data.text())
    return from_html(data.html()) if data.hasHtml() else []


def to_text(rows: Sequence[Sequence[str]]) -> str:
    """Write a block as tab-separated text."""
    return "\r\n".join("\t".join(_quoted(cell) for cell in row) for row in rows)


def from_text(text: str) -> Block:
    """Read tab-separated text; rows may differ in length."""
    rows: Block = []
    row: list[str] = []
    at = 0
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    while at < len(text):
        cell, at = _cell(text, at)
        row.append(cell)
        if at >= len(text):
            break
        if text[at] == "\n":
            rows.append(row)
            row = []
        elif at == len(text) - 1:
            row.append("")
        at += 1
    if row:
        rows.append(row)
    return rows


def to_html(rows: Sequence[Sequence[str]]) -> str:
    """Write a block as an HTML table."""
    lines = (
        "<tr>" + "".join(f"<td>{_html_cell(cell)}</td>" for cell in row) + "</tr>" for row in rows
    )
    return '<meta charset="utf-8"><table>' + "\n".join(lines) + "</table>"


def from_html(text: str) -> Block:
    """Read the first table of an HTML text; ``[]`` where it has none."""
    parser = _TableParser()
    parser.feed(text)
    parser.close()
    return parser.rows


def _quoted(cell: str) -> str:
    if cell.startswith('"') or any(mark in cell for mark in "\t\n\r"):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def _cell(text: str, at: int) -> tuple[str, int]:
    """Return the cell that begins at ``at`` and where it ends."""
    if text.startswith('"', at):
        end = at + 1
        while (end := text.find('"', end)) >= 0:
            if not text.startswith('"', end + 1):
                break
            end += 2
        # A quote that closes in mid-cell was no quoting: 5" pipe, "Bob" Smith.
        if end >= 0 and (end + 1 == len(text) or text[end + 1] in "\t\n"):
            return text[at + 1 : end].replace('""', '"'), end + 1
    ends = [found for mark in "\t\n" if (found := text.find(mark, at)) >= 0]
    end = min(ends, default=len(text))
    return text[at:end], end


def _html_cell(cell: str) -> str:
    return escape(cell).replace("\r\n", "\n").replace("\n", "<br>")


class _TableParser(HTMLParser):
    """Collect the cells of the first table."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: Block = []
        self._cell: list[str] | None = None
        self._done = False

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        if self._done:
            return
        if tag == "tr":
            self._close_cell()
            self.rows.append([])
        elif tag in ("td", "th"):
            self._close_cell()
            if not self.rows:
                self.rows.append([])
            self._cell = []
        elif tag == "br" and self._cell is not None:
            self._cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr", "table"):
            self._close_cell()
        self._done = self._done or tag == "table"

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            # A source line break is only white space in HTML.
            self._cell.append(" ".join(data.split("\n")) if "\n" in data else data)

    def _close_cell(self) -> None:
        if self._cell is not None and not self._done:
            self.rows[-1].append("".join(self._cell).strip())
        self._cell = None
