"""Append texts to the table of shared strings without moving any that is there (ECMA-376-1 18.4).

Existing entries are counted by their ``<si>`` elements: the counts that files declare lie. Among
what is appended each text stands once; entries that were there are not searched for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from zoomdesk.errors import WorkbookDamaged, WorkbookHostile, WriteRefused
from zoomdesk.workbook.markup.escapes import text_element
from zoomdesk.workbook.opc.transcode import Utf8Stream

_ROOT = re.compile(rb"<(?:([A-Za-z_][\w.-]*):)?sst(?=[\s/>])[^<>]*>")
_COUNT = re.compile(rb"""(\s(count|uniqueCount)\s*=\s*["'])(\d+)""")
_HELD = 1 << 16
_BATCH = 4096


@dataclass
class StringTable:
    """The shared strings of a workbook, and what is to be appended to them.

    ``base`` is the number of entries that are there, ``appended`` gives each added text its number,
    ``uses`` counts the cells that will refer to them.
    """

    part: str
    base: int
    prefix: bytes
    self_closed: bool
    appended: dict[str, int] = field(default_factory=dict)
    uses: int = 0

    @classmethod
    def scan(cls, blocks: Iterable[bytes], part: str) -> StringTable:
        """Count the entries of the part.

        Raises WorkbookHostile at a document type, WriteRefused where comments or CDATA make the
        count uncertain, WorkbookDamaged where it is no table of strings.
        """
        stream = Utf8Stream(blocks, part)
        rest, base, ended, closed = b"", 0, 0, False
        prefix: bytes | None = None
        item = re.compile(b"")
        for block in stream:
            rest += block
            if prefix is None:
                root = _ROOT.search(rest)
                if root is None:
                    _check(rest, part)
                    continue
                prefix = root[1] + b":" if root[1] else b""
                item = re.compile(rb"<(/?)%bsi(?:\s[^<>]*?)?(/?)>" % re.escape(prefix))
                closed = root[0].endswith(b"/>")
            _check(rest, part)
            cut = rest.rfind(b"<")
            found = item.findall(rest, 0, cut) if cut > 0 else []
            ends = sum(bool(end) for end, _ in found)
            base += len(found) - ends
            ended += ends + sum(bool(empty) for _, empty in found)
            rest = rest[max(cut, 0) :]
        if prefix is None or ended != base or (not closed and b"</" + prefix + b"sst" not in rest):
            raise _damaged(part)
        return cls(part, base, prefix, closed)

    def add(self, texts: Iterable[str]) -> None:
        """Give each of ``texts`` a number behind those that are there, equal ones the same."""
        appended, number, before = self.appended, self.base + len(self.appended), self.uses
        for self.uses, text in enumerate(texts, before + 1):
            if text not in appended:
                appended[text] = number
                number += 1

    def patched(self, blocks: Iterable[bytes]) -> Iterator[bytes]:
        """Yield the part again, the new texts at its end and its counts put right."""
        stream = Utf8Stream(blocks, self.part)
        yield from stream.encoded(self._patched(stream))

    def _patched(self, stream: Iterable[bytes]) -> Iterator[bytes]:
        held, head = b"", True
        for block in stream:
            held += block
            if head:
                root = _ROOT.search(held)
                if root is None:
                    continue
                head = False
                yield held[: root.start()] + self._root(root[0])
                held = held[root.end() :]
            if len(held) > _HELD:
                yield held[:-_HELD]
                held = held[-_HELD:]
        close = len(held) if self.self_closed else held.rfind(b"</" + self.prefix + b"sst")
        if head or close < 0:
            raise _damaged(self.part)
        yield held[:close] if not self.self_closed else b""
        yield from self._items()
        yield b"</" + self.prefix + b"sst>" + held if self.self_closed else held[close:]

    def _root(self, tag: bytes) -> bytes:
        def corrected(match: re.Match[bytes]) -> bytes:
            unique = self.base + len(self.appended)
            total = max(int(match[3]) + self.uses, unique)
            return match[1] + b"%d" % (unique if match[2] == b"uniqueCount" else total)

        tag = _COUNT.sub(corrected, tag)
        return tag[:-2].rstrip() + b">" if self.self_closed else tag

    def _items(self) -> Iterator[bytes]:
        open_tag, close_tag = b"<" + self.prefix + b"si>", b"</" + self.prefix + b"si>"
        joint, texts = close_tag + open_tag, iter(self.appended)
        while batch := [text_element(text, self.prefix) for text in islice(texts, _BATCH)]:
            yield open_tag + joint.join(batch) + close_tag


def _check(data: bytes, part: str) -> None:
    if b"<!" not in data:
        return
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise WorkbookHostile(
            f"The workbook is not safe to open: its part {part} brings a document type, "
            "which Excel never writes."
        )
    raise WriteRefused(
        f"The part {part} of the workbook holds comments or CDATA sections, between which its "
        "texts cannot be counted with certainty.",
        hint="Open it in Excel, save it, and open it here again. Nothing was changed.",
    )


def _damaged(part: str) -> WorkbookDamaged:
    return WorkbookDamaged(f"The workbook is damaged: its part {part} is no table of texts.")
