"""Look at a finished file with fresh eyes before it replaces anything."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from pathlib import Path
from types import MappingProxyType

from zoomdesk.errors import WorkbookError, WriteFailed
from zoomdesk.workbook.markup.alike import written_rows
from zoomdesk.workbook.markup.runs import KnownRun, Run
from zoomdesk.workbook.markup.tokenizer import Cell, Row, SheetTokens
from zoomdesk.workbook.opc.package import Member, Package, name_key
from zoomdesk.workbook.opc.parts import tags, to_utf8
from zoomdesk.workbook.references import reference
from zoomdesk.workbook.writing.edited_cells import EditedCells, Value
from zoomdesk.workbook.writing.expected import Expected, hold
from zoomdesk.workbook.writing.finished_texts import FinishedTexts, text_of
from zoomdesk.workbook.writing.linking import check_links
from zoomdesk.workbook.writing.plan import WritePlan
from zoomdesk.workbook.writing.progress import SHEET_CHECKED, Progress
from zoomdesk.workbook.writing.rereading import KnownRuns
from zoomdesk.workbook.writing.row_set import RowSet
from zoomdesk.workbook.writing.row_tags import number_text
from zoomdesk.workbook.writing.shape import check_shape


def verify(
    plan: WritePlan,
    original: Package,
    finished: Path,
    changed: Set[str],
    removed: Set[str] = frozenset(),
    added: Mapping[str, bytes] = MappingProxyType({}),
    content: bytes | None = None,
    progress: Progress | None = None,
) -> None:
    """Check the file at ``finished`` against the original and the plan.

    ``content`` is its package where it is to be locked. It opens; it has the same members in the
    same order, but for those ``removed``, and then those ``added``; those whose key is not in
    ``changed`` are the same bytes, headers included; others match their checksums and are
    well-formed; every cell and link reads back as it was meant.
    Raises WriteFailed.
    """
    try:
        with Package(finished, content) as package:
            _check_members(original, package, changed, removed, added)
            rows = plan.rows if plan.shape is None else plan.shape.moved(plan.rows)
            _check_cells(plan, rows, package, progress or Progress())
            if plan.shape is not None:
                check_shape(plan.shape, plan.rows, plan.sheet.part, original, package)
            streamed = {name_key(plan.sheet.part), name_key(plan.book.shared_strings)}
            for key in changed - streamed:
                tags(to_utf8(package.read(key), key), key)
    except WriteFailed:
        raise
    except WorkbookError as error:
        raise _failed(error.message) from error


def _check_members(
    original: Package,
    package: Package,
    changed: Set[str],
    removed: Set[str],
    added: Mapping[str, bytes],
) -> None:
    kept = [member for member in original.members if member.key not in removed]
    names = [member.name for member in kept]
    if [*names, *added] != [member.name for member in package.members]:
        raise _failed("its list of parts is not what it was")
    for name, content in added.items():
        if package.read(name) != content:
            raise _failed(f"its new part {name} does not read back")
    for old, new in zip(kept, package.members, strict=False):
        if old.key not in changed and not _same_bytes(original, old, package, new):
            raise _failed(f"its part {old.name} is not what it was")


def _same_bytes(original: Package, old: Member, package: Package, new: Member) -> bool:
    if old.end - old.start != new.end - new.start:
        return False
    pairs = zip(original.raw(old.start, old.end), package.raw(new.start, new.end), strict=True)
    return all(before == after for before, after in pairs)


def _check_cells(plan: WritePlan, rows: EditedCells, package: Package, progress: Progress) -> None:
    sheet = plan.sheet.part
    texts = FinishedTexts(plan.strings, rows, package, progress) if plan.strings else None
    member = package.member(sheet)
    blocks = progress.through(package.stream_ahead(member), member.size, SHEET_CHECKED)
    tokens = SheetTokens(blocks, sheet)
    check = _Check(rows, texts, tokens)
    moved = plan.shape is not None and plan.shape.removal is not None
    known = check.known(() if moved else plan.runs.values())
    for item in tokens.stretches(take=known.take, stops=known.first_rows):
        if isinstance(item, Run):
            check.run(item)
        else:
            check.row(item)
    check.end()
    if plan.links is not None:
        place = plan.shape.row if plan.shape is not None else int
        check_links(plan.links, package, tokens.head + tokens.tail, place)


class _Check:
    """Holds the rows of the finished sheet against what they were to become."""

    def __init__(self, rows: EditedCells, texts: FinishedTexts | None, tokens: SheetTokens) -> None:
        self._rows, self._texts, self._tokens = rows, texts, tokens
        self._expected = Expected(rows, texts)
        self._seen = RowSet()

    def known(self, runs: Iterable[KnownRun]) -> KnownRuns:
        """Return what takes those of ``runs`` that are where they were, and checks them faster."""
        return KnownRuns(runs, self._rows, self._expected, self._tokens, self._seen, self.run)

    def run(self, run: Run) -> None:
        """Check many rows, those of alike contents at once."""
        groups = self._rows.groups(run.numbers)
        if groups is None:
            groups = [(range(len(run.numbers)), ())]
        for places, columns in groups:
            part = run.part(places)
            if columns and self._alike(part, columns):
                self._seen.add_all(part.numbers)
                continue
            for number, xml in zip(part.numbers, part.rows(), strict=True):
                self.row(self._tokens.row(number, xml))

    def _alike(self, run: Run, columns: tuple[int, ...]) -> bool:
        """Say whether all rows hold what they were to become; False where it is not sure."""
        expected = self._expected.contents(columns, run.numbers)
        if expected is None:
            return False
        kinds, contents = expected
        found = written_rows(self._tokens.prefix, columns, kinds).cut(run)
        if found is None:
            return False
        numbers, *fields = zip(*found, strict=True)
        return list(map(int, numbers)) == list(run.numbers) and hold(kinds, fields, contents)

    def row(self, row: Row) -> None:
        """Check a row with the tokenizer."""
        wanted = self._rows.get(row.number)
        if wanted is None:
            return
        self._seen.add(row.number)
        cells = {cell.column: cell for cell in self._tokens.cells(row)}
        for column, value in wanted.items():
            if not self._holds(row.number, column, cells.get(column), value):
                raise _failed(f"{reference(row.number, column)} does not read back")

    def end(self) -> None:
        """Check that no row is missing."""
        missing = filter(self._rows.holds_something, self._seen.lacking(self._rows.numbers))
        for number in missing:
            raise _failed(f"row {number} is missing")

    def _holds(self, row: int, column: int, cell: Cell | None, value: Value) -> bool:
        if cell is None or value is None:
            empty = cell is None or not (cell.value or cell.inline or cell.formula)
            return value is None and empty
        if cell.formula:
            return False
        if not isinstance(value, str):
            return cell.kind == b"" and cell.value == number_text(value)
        if cell.kind == b"s" and self._texts is not None:
            return self._texts.is_text_of(cell.value, row, column, value)
        return cell.kind == b"inlineStr" and text_of(cell.inline) == value


def _failed(why: str) -> WriteFailed:
    return WriteFailed(f"The finished file did not pass its check: {why}")
