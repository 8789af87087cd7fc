"""Look at a finished file with fresh eyes before it replaces anything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from pathlib import Path
from types import MappingProxyType

from zoomdesk.errors import WorkbookError, WriteFailed
from zoomdesk.workbook.markup.alike import written_rows
from zoomdesk.workbook.markup.runs import MOST_COLUMNS, Run
from zoomdesk.workbook.markup.tokenizer import Cell, Row, SheetTokens
from zoomdesk.workbook.opc.package import Member, Package, name_key
from zoomdesk.workbook.opc.parts import tags, to_utf8
from zoomdesk.workbook.references import reference
from zoomdesk.workbook.writing.edited_cells import Value
from zoomdesk.workbook.writing.finished_texts import FinishedTexts, text_of
from zoomdesk.workbook.writing.linking import check_links
from zoomdesk.workbook.writing.plan import WritePlan
from zoomdesk.workbook.writing.row_set import RowSet
from zoomdesk.workbook.writing.row_tags import number_text


def verify(
    plan: WritePlan,
    original: Package,
    finished: Path,
    changed: Set[str],
    removed: Set[str] = frozenset(),
    added: Mapping[str, bytes] = MappingProxyType({}),
    content: bytes | None = None,
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
            _check_cells(plan, package)
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


def _check_cells(plan: WritePlan, package: Package) -> None:
    sheet = plan.sheet.part
    texts = FinishedTexts(plan.strings, plan.rows, package) if plan.strings else None
    tokens = SheetTokens(package.stream(package.member(sheet)), sheet)
    check = _Check(plan, texts, tokens)
    for item in tokens.stretches():
        if isinstance(item, Run):
            check.run(item)
        else:
            check.row(item)
    check.end()
    if plan.links is not None:
        check_links(plan.links, package, tokens.head + tokens.tail)


class _Check:
    """Holds the rows of the finished sheet against what they were to become."""

    def __init__(self, plan: WritePlan, texts: FinishedTexts | None, tokens: SheetTokens) -> None:
        self._rows, self._texts, self._tokens = plan.rows, texts, tokens
        self._seen = RowSet()

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
        given = [self._rows.columns[column] for column in columns]
        places = [column.positions(run.numbers) for column in given]
        values = [column.at(at) for column, at in zip(given, places, strict=True)]
        kinds = [_KINDS.get(frozenset(map(type, batch)), "") for batch in values]
        if not all(kinds) or len(columns) > MOST_COLUMNS:
            return False
        shared = "".join(kinds) if self._texts is not None else "".join(kinds).replace("s", "i")
        found = written_rows(self._tokens.prefix, columns, shared).cut(run)
        if found is None:
            return False
        expected: list[Sequence[bytes]] = [[b"%d" % number for number in run.numbers]]
        for column, at, kind, batch in zip(columns, places, shared, values, strict=True):
            if kind == "s" and self._texts is not None:
                expected.append(self._texts.digits(column, at))
            elif kind == "i":
                expected.append([value.encode("utf-8", "replace") for value in batch])  # type: ignore[union-attr]
            else:
                expected.append([number_text(value) for value in batch])  # type: ignore[arg-type]
        return found == list(zip(*expected, strict=True))

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


_KINDS = {frozenset([str]): "s", frozenset([int]): "n", frozenset([float]): "n",
          frozenset([int, float]): "n"}  # fmt: skip


def _failed(why: str) -> WriteFailed:
    return WriteFailed(f"The finished file did not pass its check: {why}")
