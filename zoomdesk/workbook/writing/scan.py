"""Learn from a worksheet, in one pass, all that decides whether cells of it may be written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from zlib import crc32

from zoomdesk.errors import WorkbookDamaged
from zoomdesk.workbook.markup.alike import BareFinder
from zoomdesk.workbook.markup.patterns import attributes
from zoomdesk.workbook.markup.remains import remains
from zoomdesk.workbook.markup.runs import FIELDS, KnownRun, Run, Spots, Taken, row_pattern
from zoomdesk.workbook.markup.tokenizer import Cell, Row, SheetTokens
from zoomdesk.workbook.opc.parts import Tag, tags
from zoomdesk.workbook.references import CellRange, parse_range, parse_ranges, reference
from zoomdesk.workbook.writing.edited_cells import EditedCells, Value
from zoomdesk.workbook.writing.hyperlinks import Frame
from zoomdesk.workbook.writing.row_set import RowSet

_OWNERS = {b"array": "an array formula", b"dataTable": "a what-if data table"}


@dataclass
class SheetFacts:
    """What was found; rows and cells are only looked at where they are to be written.

    ``formulas`` maps a cell to be written to the kind of its formula (``plain``, ``shared``,
    ``master``, ``array``, ``dataTable``); ``owned`` are the ranges that array formulas, data tables
    and spilled results fill, with their description; ``filled`` are the columns to be written that
    hold something already in the header row. ``runs`` are what the splicer need not prove again.
    """

    existing_rows: RowSet = field(default_factory=RowSet)
    repeated_rows: set[int] = field(default_factory=set)
    repeated_cells: list[str] = field(default_factory=list)
    hidden_rows: int = 0
    formulas: dict[tuple[int, int], str] = field(default_factory=dict)
    filled: set[int] = field(default_factory=set)
    owned: list[tuple[CellRange, str]] = field(default_factory=list)
    has_formulas: bool = False
    has_cdata: bool = False
    merges: list[CellRange] = field(default_factory=list)
    lists: list[CellRange] = field(default_factory=list)
    protected: bool = False
    runs: dict[int, KnownRun] = field(default_factory=dict)
    frame: Frame = field(default_factory=lambda: Frame(b"", b"", b""))


def scan(blocks: Iterable[bytes], part: str, rows: EditedCells, header_row: int = 0) -> SheetFacts:
    """Read the whole part. Raises WorkbookDamaged or WorkbookHostile."""
    tokens = SheetTokens(blocks, part)
    facts = SheetFacts()
    scanner = _Scanner(facts, tokens, rows, header_row)
    for item in tokens.stretches(find=scanner.find):
        if isinstance(item, Run):
            scanner.run(item)
        else:
            scanner.row(item)
    facts.has_cdata = tokens.has_cdata
    facts.frame = Frame(tokens.head, tokens.tail, tokens.prefix)
    _note_tail(facts, tokens, part)
    return facts


class _Scanner:
    """Notes what the rows of one sheet say."""

    def __init__(
        self, facts: SheetFacts, tokens: SheetTokens, rows: EditedCells, header_row: int
    ) -> None:
        self._header_row = header_row
        self._facts, self._tokens, self._rows = facts, tokens, rows
        prefix = re.escape(tokens.prefix)
        self._formula = re.compile(rb"<" + prefix + rb"f[\s/>]")
        self._range = re.compile(rb"<" + prefix + rb"f\s[^<>]*?\sref|<" + prefix + rb"f\sref")
        self._marker = b"<" + tokens.prefix + b"f"
        self._pattern = row_pattern(tokens.prefix, rows.every_column)
        self._columns = self._pattern.columns if self._pattern else ()
        self._bare = BareFinder(tokens.prefix, min(self._columns, default=1))

    def find(self, buffer: bytes, at: int) -> Run | None:
        """Return a run of rows that end before the written columns, like those before it."""
        return self._bare.find(buffer, at)

    def row(self, row: Row) -> None:
        """Note one row."""
        wanted = self._rows.get(row.number)
        has_formula = self._marker in row.xml and self._formula.search(row.mask) is not None
        if wanted is None and not has_formula:
            return
        cells = self._tokens.cells(row)
        if has_formula:
            self._facts.has_formulas = True
            _note_owners(self._facts, cells, self._tokens.part)
        if wanted is not None:
            _note_row(self._facts, row, cells, wanted, header=row.number == self._header_row)

    def run(self, run: Run) -> None:
        """Note many rows; those with formulas that fill a range one by one."""
        facts = self._facts
        has_formula = b"f" in run.xml and self._formula.search(run.xml) is not None
        facts.has_formulas = facts.has_formulas or has_formula
        one_by_one = has_formula and self._range.search(run.xml) is not None
        if self._pattern is None or one_by_one:
            for number, xml in zip(run.numbers, run.rows(), strict=True):
                self.row(self._tokens.row(number, xml))
            return
        if run.numbers[0] == self._header_row and len(run.numbers) > 1:
            first = run.part(range(1))._replace(start=run.start)
            size = len(first.xml)
            rest = Run(run.xml[size:], run.numbers[1:], run.close, run.start + size)
            self._written(first)
            self._written(rest)
        else:
            self._written(run)

    def _written(self, run: Run) -> None:
        """Note the rows of a run that are to be written."""
        facts = self._facts
        places = self._rows.places(run.numbers)
        if not places:
            self._know(run, rest=crc32(run.xml))
            return
        self._know(run)
        header = [place for place in places if run.numbers[place] == self._header_row]
        if header:
            self._one_by_one(run.part(header))
            places = [place for place in places if place not in header]
            if not places:
                return
        spots = None if run.is_many(places) else run.found(places)
        part = (run if spots is None else run._replace(spots=spots)).part(places)
        taken = False
        tags = part.xml if part.attributes is None else part.attributes
        if b"hidden=" not in tags and self._pattern is not None:
            bare = self._bare.attributes(part)
            taken = bare is not None or self._pattern.takes(part)
            if bare is not None and part is run:
                self._know(run, bare, rest=crc32(run.xml))
                self._learn(run)
            elif taken and spots is not None and not header:
                rest = remains(run.xml, spots.values(), self._tokens.prefix, self._columns)
                self._know(run, spots=spots, rest=rest)
        if taken:
            facts.repeated_rows.update(facts.existing_rows.add_all(part.numbers))
        else:
            self._one_by_one(part)

    def _learn(self, run: Run) -> None:
        """Show the finder of bare runs one that it did not find by itself."""
        if run.attributes is None and self._bare.wants_to_learn:
            for place in {0, len(run.numbers) // 2, len(run.numbers) - 1}:
                part = run.part([place])
                row = self._tokens.row(part.numbers[0], part.xml)
                self._bare.learn(row, self._tokens.cells(row))

    def _know(
        self,
        run: Run,
        attributes_: bytes | None = None,
        *,
        spots: Spots | None = None,
        rest: int | None = None,
    ) -> None:
        """Remember what was found out about a run."""
        if run.start >= 0:
            known = KnownRun(len(run.xml), run.numbers, attributes_, spots, rest)
            self._facts.runs[run.start] = known

    def _one_by_one(self, part: Run) -> None:
        for number, xml in zip(part.numbers, part.rows(), strict=True):
            taken = self._pattern.take(xml) if self._pattern is not None else None
            if taken is None:
                self.row(self._tokens.row(number, xml))
            else:
                self._taken(number, taken)

    def _taken(self, number: int, taken: Taken) -> None:
        facts = self._facts
        if facts.existing_rows.add(number):
            facts.repeated_rows.add(number)
        facts.hidden_rows += _hidden(taken[1])
        if number == self._header_row:
            contents = zip(self._columns, taken[6::FIELDS], strict=True)
            facts.filled |= {column for column, content in contents if content}


@lru_cache(1 << 12)
def _hidden(attributes_: bytes) -> bool:
    return b"hidden" in attributes_ and attributes(attributes_).get(b"hidden") in (b"1", b"true")


def _note_owners(facts: SheetFacts, cells: list[Cell], part: str) -> None:
    for cell in cells:
        if b" ref" not in cell.formula:
            continue
        given = attributes(cell.formula[: cell.formula.index(b">") + 1])
        owner = _OWNERS.get(given.get(b"t", b""))
        if owner:
            facts.owned.append((_range(given.get(b"ref", b"").decode(), part), owner))


def _note_row(
    facts: SheetFacts, row: Row, cells: list[Cell], wanted: Mapping[int, Value], *, header: bool
) -> None:
    if facts.existing_rows.add(row.number):
        facts.repeated_rows.add(row.number)
    if b"hidden" in row.start_tag and row.attribute("hidden") in ("1", "true"):
        facts.hidden_rows += 1
    seen: set[int] = set()
    for cell in cells:
        if cell.column not in wanted:
            continue
        at = (row.number, cell.column)
        if cell.column in seen:
            facts.repeated_cells.append(reference(*at))
        seen.add(cell.column)
        if cell.formula:
            facts.formulas[at] = _formula_kind(cell.formula)
        if header and (cell.formula or cell.value or cell.inline):
            facts.filled.add(cell.column)


def _formula_kind(formula: bytes) -> str:
    given = attributes(formula[: formula.index(b">") + 1])
    kind = given.get(b"t", b"").decode()
    if kind == "shared":
        return "master" if b"ref" in given else "shared"
    return kind if kind in ("array", "dataTable") else "plain"


def _note_tail(facts: SheetFacts, tokens: SheetTokens, part: str) -> None:
    """Read what follows the rows: merges, protection, lists of allowed values."""
    found = tags(_framed(tokens), part)
    for tag in found:
        if tag.name == "mergeCell":
            facts.merges.append(_range(tag.attributes.get("ref", ""), part))
        elif tag.name == "sheetProtection" and tag.parent == 0:
            facts.protected = tag.attributes.get("sheet", "0") in ("1", "true")
        elif tag.name == "dataValidation" and tag.attributes.get("type") == "list":
            facts.lists += _sqref(tag)


def _framed(tokens: SheetTokens) -> bytes:
    """Return the part without its rows: well-formed if the part is."""
    return tokens.head + tokens.tail


def _sqref(tag: Tag) -> list[CellRange]:
    try:
        return list(parse_ranges(tag.attributes.get("sqref", "")))
    except ValueError:
        return []  # only a warning hangs on it


def _range(text: str, part: str) -> CellRange:
    try:
        return parse_range(text)
    except ValueError:
        raise WorkbookDamaged(
            f"The workbook is damaged: its part {part} speaks of a range “{text}”."
        ) from None
