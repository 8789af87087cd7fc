"""Look at a finished file with fresh eyes before it replaces anything."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from pathlib import Path

from zoomdesk.errors import WorkbookError, WriteFailed

from .edits import Value
from .markup import character_data
from .package import Member, Package, name_key
from .parts import tags, to_utf8
from .plan import WritePlan
from .references import reference
from .splice import number_text
from .tokenizer import Cell, SheetTokens
from .transcode import Utf8Stream
from .xml_text import undo_escapes


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
    texts = _appended_texts(plan, package)
    sheet = plan.sheet.part
    tokens = SheetTokens(package.stream(package.member(sheet)), sheet)
    missing = set(plan.rows)
    for row in tokens.rows():
        wanted = plan.rows.get(row.number)
        if wanted is None:
            continue
        missing.discard(row.number)
        cells = {cell.column: cell for cell in tokens.cells(row)}
        for column, value in wanted.items():
            if not _holds(cells.get(column), value, texts):
                raise _failed(f"{reference(row.number, column)} does not read back")
    if any(value is not None for number in missing for value in plan.rows[number].values()):
        raise _failed(f"row {min(missing)} is missing")


def _holds(cell: Cell | None, value: Value, texts: dict[bytes, str]) -> bool:
    if cell is None or value is None:
        return value is None and (cell is None or not (cell.value or cell.inline or cell.formula))
    if cell.formula:
        return False
    if not isinstance(value, str):
        return cell.kind == b"" and cell.value == number_text(value)
    if cell.kind == b"s":
        return texts.get(cell.value) == value
    return cell.kind == b"inlineStr" and _text(cell.inline) == value


_TEXT = re.compile(rb"<(?:[\w.-]+:)?t(?:\s[^<>]*)?>([^<]*)</")


def _text(markup: bytes) -> str:
    return undo_escapes("".join(character_data(text) for text in _TEXT.findall(markup)))


def _appended_texts(plan: WritePlan, package: Package) -> dict[bytes, str]:
    """Read the texts behind the original's last shared string, by number."""
    strings = plan.strings
    if strings is None:
        return {}
    member = package.member(strings.part)
    items = _items(Utf8Stream(package.stream(member), strings.part), strings.prefix)
    return {
        b"%d" % number: _text(item) for number, item in enumerate(items) if number >= strings.base
    }


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
