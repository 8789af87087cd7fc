"""Look at a finished file with fresh eyes before it replaces anything."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from itertools import islice
from pathlib import Path

from zoomdesk.errors import WorkbookError, WriteFailed
from zoomdesk.workbook.markup.escapes import character_data
from zoomdesk.workbook.markup.runs import FIELDS, Run, Taken, row_pattern
from zoomdesk.workbook.markup.tokenizer import Cell, Row, SheetTokens
from zoomdesk.workbook.markup.xml_text import undo_escapes
from zoomdesk.workbook.opc.package import Member, Package, name_key
from zoomdesk.workbook.opc.parts import tags, to_utf8
from zoomdesk.workbook.opc.transcode import Utf8Stream
from zoomdesk.workbook.references import reference
from zoomdesk.workbook.writing.edits import Value
from zoomdesk.workbook.writing.plan import WritePlan
from zoomdesk.workbook.writing.splice import number_text

Texts = Sequence[str]
"""The texts that were appended to the shared strings, in order."""


def verify(
    plan: WritePlan,
    original: Package,
    finished: Path,
    changed: Set[str],
    removed: Set[str] = frozenset(),
) -> None:
    """Check the file at ``finished`` against the original and the plan.

    It opens; it has the same members in the same order, but for those ``removed``; those whose key
    is not in ``changed`` are the same bytes, headers included; the others match their checksums and
    are well-formed; every cell reads back as it was meant. Raises WriteFailed.
    """
    try:
        with Package(finished) as package:
            _check_members(original, package, changed, removed)
            _check_cells(plan, package)
            streamed = {name_key(plan.sheet.part), name_key(plan.book.shared_strings)}
            for key in changed - streamed:
                tags(to_utf8(package.read(key), key), key)
    except WriteFailed:
        raise
    except WorkbookError as error:
        raise _failed(error.message) from error


def _check_members(
    original: Package, package: Package, changed: Set[str], removed: Set[str]
) -> None:
    kept = [member for member in original.members if member.key not in removed]
    if [member.name for member in kept] != [member.name for member in package.members]:
        raise _failed("its list of parts is not what it was")
    for old, new in zip(kept, package.members, strict=True):
        if old.key not in changed and not _same_bytes(original, old, package, new):
            raise _failed(f"its part {old.name} is not what it was")


def _same_bytes(original: Package, old: Member, package: Package, new: Member) -> bool:
    if old.end - old.start != new.end - new.start:
        return False
    pairs = zip(original.raw(old.start, old.end), package.raw(new.start, new.end), strict=True)
    return all(before == after for before, after in pairs)


def _check_cells(plan: WritePlan, package: Package) -> None:
    rows, sheet = plan.rows, plan.sheet.part
    tokens = SheetTokens(package.stream(package.member(sheet)), sheet)
    pattern = row_pattern(tokens.prefix, {column for row in rows.values() for column in row})
    check = _Check(plan, _appended_texts(plan, package), tokens)
    for item in tokens.stretches():
        if not isinstance(item, Run):
            check.row(item)
        elif rows.keys().isdisjoint(item.numbers):
            continue
        elif pattern is None:
            for number, xml in zip(item.numbers, item.rows(), strict=True):
                check.row(tokens.row(number, xml))
        else:
            for number, xml, taken in pattern.cut(item, rows):
                if taken is not None and number in rows:
                    check.taken(number, taken, pattern.columns)
                elif number in rows:
                    check.row(tokens.row(number, xml))
    check.end()


class _Check:
    """Holds the rows of the finished sheet against what they were to become."""

    def __init__(self, plan: WritePlan, texts: Texts, tokens: SheetTokens) -> None:
        self._rows, self._texts, self._tokens = plan.rows, texts, tokens
        self._base = plan.strings.base if plan.strings is not None else 0
        self._value = re.compile(rb"<%bv>([^<]*)</%bv>\Z" % ((re.escape(tokens.prefix),) * 2))
        self._missing = set(plan.rows)

    def row(self, row: Row) -> None:
        """Check a row with the tokenizer."""
        wanted = self._rows.get(row.number)
        if wanted is None:
            return
        self._missing.discard(row.number)
        cells = {cell.column: cell for cell in self._tokens.cells(row)}
        for column, value in wanted.items():
            if not _holds(cells.get(column), value, self._texts, self._base):
                raise _failed(f"{reference(row.number, column)} does not read back")

    def taken(self, number: int, taken: Taken, columns: Sequence[int]) -> None:
        """Check a row that a pattern has cut."""
        wanted = self._rows[number]
        self._missing.discard(number)
        texts, base, at = self._texts, self._base, 3
        for column in columns:
            if column in wanted:
                _, _, kind, content, _ = taken[at : at + FIELDS]
                value = wanted[column]
                match = self._value.match(content)
                found = match[1] if match else b""
                if kind == b"s" and found.isdigit():
                    place = int(found) - base
                    holds = 0 <= place < len(texts) and texts[place] == value
                elif kind == b"inlineStr":
                    holds = not match and _text(content) == value
                elif isinstance(value, (int, float)):
                    holds = kind == b"" and found == number_text(value)
                else:
                    holds = value is None and not content
                if not holds:
                    raise _failed(f"{reference(number, column)} does not read back")
            at += FIELDS

    def end(self) -> None:
        """Check that no row is missing."""
        rows, missing = self._rows, self._missing
        if any(value is not None for number in missing for value in rows[number].values()):
            raise _failed(f"row {min(missing)} is missing")


def _holds(cell: Cell | None, value: Value, texts: Texts, base: int) -> bool:
    if cell is None or value is None:
        return value is None and (cell is None or not (cell.value or cell.inline or cell.formula))
    if cell.formula:
        return False
    if not isinstance(value, str):
        return cell.kind == b"" and cell.value == number_text(value)
    if cell.kind == b"s":
        place = int(cell.value) - base if cell.value.isdigit() else -1
        return 0 <= place < len(texts) and texts[place] == value
    return cell.kind == b"inlineStr" and _text(cell.inline) == value


_TEXT = re.compile(rb"<(?:[\w.-]+:)?t(?:\s[^<>]*)?>([^<]*)</")


_PLAIN = re.compile(rb"<(?:[\w.-]+:)?t>([^<&_\r]*+)</(?:[\w.-]+:)?t>")


def _text(markup: bytes) -> str:
    plain = _PLAIN.fullmatch(markup)
    if plain:
        return plain[1].decode("utf-8", "replace")
    return undo_escapes("".join(character_data(text) for text in _TEXT.findall(markup)))


def _appended_texts(plan: WritePlan, package: Package) -> Texts:
    """Read the texts behind the original's last shared string."""
    strings = plan.strings
    if strings is None:
        return []
    member = package.member(strings.part)
    items = _items(Utf8Stream(package.stream(member), strings.part), strings.prefix)
    return [_text(item) for item in islice(items, strings.base, None)]


def _items(stream: Iterator[bytes], prefix: bytes) -> Iterator[bytes]:
    """Yield the markup of each ``<si>``."""
    p = re.escape(prefix)
    item = re.compile(rb"<" + p + rb"si(?:\s[^<>]*)?(?:/>|>(.*?)</" + p + rb"si\s*>)", re.DOTALL)
    rest = b""
    for block in stream:
        rest += block
        at = 0
        for match in item.finditer(rest):
            yield match[1] or b""
            at = match.end()
        rest = rest[at:]


def _failed(why: str) -> WriteFailed:
    return WriteFailed(f"The finished file did not pass its check: {why}")
