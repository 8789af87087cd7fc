"""What a parser of XML sees in a worksheet: expat alone, sharing no code with zoomdesk."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.parsers import expat

_REFERENCE = re.compile(r"([A-Za-z]{1,3})([1-9][0-9]{0,6})")


class CannotSayError(Exception):
    """The part is no XML, or of a form of which nothing is promised."""


@dataclass
class SeenCell:
    """A cell's type and the characters of its ``<v>`` and ``<is>``; None where there is none."""

    kind: str = ""
    style: str = ""
    value: str | None = None
    inline: str | None = None
    formula: str | None = None


Seen = dict[tuple[int, int], SeenCell]


class _View:
    """Follow the parser through rows and cells, by the names that the sheet's prefix gives."""

    def __init__(self) -> None:
        self.cells: Seen = {}
        self.rows: list[int] = []
        self._path: list[str] = []
        self._prefix = ""
        self._row = self._column = 0
        self._cell: SeenCell | None = None
        self._data_seen = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._path.append(name)
        if any(">" in value for value in attributes.values()):
            raise CannotSayError("a sign that no program leaves in an attribute")
        depth = len(self._path)
        local = name.rpartition(":")[2]
        if depth == 1:
            self._prefix = name[: -len(local)]
            if local != "worksheet":
                raise CannotSayError("another root")
        elif local == "sheetData":
            if depth != 2 or self._data_seen or name != self._prefix + local:
                raise CannotSayError("rows in odd places")
            self._data_seen = True
        elif depth > 2 and self._path[1] == self._prefix + "sheetData":
            self._inside(depth, name, attributes)

    def _inside(self, depth: int, name: str, attributes: dict[str, str]) -> None:
        wanted = {3: ("row",), 4: ("c",), 5: ("f", "v", "is", "extLst")}.get(depth)
        if wanted is not None and name not in [self._prefix + word for word in wanted]:
            raise CannotSayError("unknown elements")
        if depth == 3:
            self._row = int(attributes["r"]) if "r" in attributes else self._row + 1
            self._column = 0
            self.rows.append(self._row)
        elif depth == 4:
            self._column = self._place(attributes.get("r"))
            self._cell = SeenCell(attributes.get("t", ""), attributes.get("s", ""))
            if (self._row, self._column) in self.cells:
                raise CannotSayError("a cell twice")
            self.cells[self._row, self._column] = self._cell
        elif depth == 5 and self._cell is not None:
            word = name[len(self._prefix) :]
            field = {"v": "value", "f": "formula", "is": "inline"}.get(word)
            if field is not None:
                setattr(self._cell, field, "")

    def _place(self, reference: str | None) -> int:
        if reference is None:
            return self._column + 1
        match = _REFERENCE.fullmatch(reference)
        if match is None or int(match[2]) != self._row:
            raise CannotSayError("a wrong reference")
        column = 0
        for letter in match[1].upper():
            column = column * 26 + ord(letter) - 64
        return column

    def end(self, _: str) -> None:
        self._path.pop()

    def text(self, text: str) -> None:
        cell, path = self._cell, self._path
        if cell is None or len(path) < 5 or path[1] != self._prefix + "sheetData":
            return
        word = path[4][len(self._prefix) :]
        if word == "v" and len(path) == 5:
            cell.value = (cell.value or "") + text
        elif word == "f" and len(path) == 5:
            cell.formula = (cell.formula or "") + text
        elif word == "is" and path[-1] == self._prefix + "t":
            if any(step.rpartition(":")[2] == "rPh" for step in path):
                return
            cell.inline = (cell.inline or "") + text


def view(data: bytes) -> _View:
    """Return what expat sees in a worksheet part. Raises CannotSayError."""
    seen = _View()
    _parse(data, seen)
    return seen


class _Texts:
    """Follow the parser through a table of shared strings."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._path: list[str] = []
        self._prefix = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        prefix, _, local = name.rpartition(":")
        self._path.append(local)
        self._prefix = prefix if len(self._path) == 1 else self._prefix
        if prefix != self._prefix:
            raise CannotSayError("elements of another kind")
        known = {1: ("sst",), 2: ("si", "extLst"), 3: ("t", "r", "rPh", "phoneticPr")}
        if self._path[-1] not in known.get(len(self._path), (self._path[-1],)):
            raise CannotSayError("unknown elements")
        if any(">" in text for text in attributes.values()):
            raise CannotSayError("a sign that no program leaves in an attribute")
        if len(self._path) == 2 and self._path[-1] == "si":
            self.texts.append("")

    def end(self, _: str) -> None:
        self._path.pop()

    def text(self, text: str) -> None:
        if self._path[1:2] == ["si"] and self._path[-1] == "t" and "rPh" not in self._path:
            self.texts[-1] += text


def texts(data: bytes) -> list[str]:
    """Return the shared strings that expat sees, escapes kept. Raises CannotSayError."""
    seen = _Texts()
    _parse(data, seen)
    return seen.texts


def _parse(data: bytes, seen: _View | _Texts) -> None:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = seen.start
    parser.EndElementHandler = seen.end
    parser.CharacterDataHandler = seen.text

    def doctype(*_: object) -> None:
        raise CannotSayError("a document type")

    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise CannotSayError(str(error)) from None
