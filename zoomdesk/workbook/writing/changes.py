"""Gather which members of a package a write changes, and how. All others stay as they lie."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator

from zoomdesk.workbook.opc.package import Package
from zoomdesk.workbook.opc.relationships import relationships
from zoomdesk.workbook.opc.repackage import Content
from zoomdesk.workbook.opc.transcode import Utf8Stream
from zoomdesk.workbook.writing.calc_chain import without_cells, without_element
from zoomdesk.workbook.writing.linking import (
    LinkPlan,
    new_relationships,
    patched_relationships,
    with_relationships_type,
)
from zoomdesk.workbook.writing.plan import WritePlan
from zoomdesk.workbook.writing.recalculation import calculate_on_load
from zoomdesk.workbook.writing.splice import Splicer
from zoomdesk.workbook.writing.tables import grown


class Changes:
    """``contents`` makes the new content of each changed member by its key; ``removed`` go.

    ``added`` are new members by their name.
    """

    def __init__(self, package: Package) -> None:
        self._package = package
        self.contents: dict[str, Content] = {}
        self.removed: set[str] = set()
        self.added: dict[str, bytes] = {}
        self._patched: dict[str, bytes] = {}

    def stream(self, part: str, patched: Callable[[Iterable[bytes]], Iterator[bytes]]) -> None:
        """Change a part of any size, block by block."""
        member = self._package.member(part)
        self.contents[member.key] = lambda: patched(self._package.stream(member))

    def patch(self, part: str, patched: Callable[[bytes], bytes | None]) -> bool:
        """Change a small part, given as UTF-8; None leaves it as it was. Say whether it changed.

        What was patched before is given as it is by then.
        """
        member = self._package.member(part)
        source = Utf8Stream(self._package.stream(member), part)
        known = self._patched.get(member.key)
        data = patched(b"".join(source) if known is None else known)
        if data is not None:
            self._patched[member.key] = data
            self.contents[member.key] = lambda: source.encoded([data])
        return data is not None

    def remove(self, part: str, owner: str) -> None:
        """Leave out a part, its content type, and the relationship by which ``owner`` knows it."""
        key = self._package.member(part).key
        ids = {r.id.lower() for r in relationships(self._package, owner) if r.target == part}
        folder, name = posixpath.split(owner)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        types = "[Content_Types].xml"
        self.patch(rels, lambda data: without_element(data, rels, "Id", ids))
        self.patch(types, lambda data: without_element(data, types, "PartName", {f"/{key}"}))
        self.removed.add(key)


def changes_of(plan: WritePlan, package: Package) -> Changes:
    """Return the changes that carry out ``plan``."""
    changes = Changes(package)
    splicer = Splicer(
        plan.rows,
        plan.new_rows,
        plan.strings,
        plan.edits.header_row or 0,
        plan.edits.new_columns,
        plan.links,
    )
    changes.stream(plan.sheet.part, lambda blocks: splicer.patched(blocks, plan.sheet.part))
    if plan.strings is not None and plan.strings.numbers.added:
        changes.stream(plan.strings.part, plan.strings.patched)
    if plan.grows is not None:
        table, headings = plan.grows
        changes.patch(table.part, lambda data: grown(data, table, headings))
    if plan.recalculate:
        changes.patch(plan.book.part, lambda data: calculate_on_load(data, plan.book.part))
    if plan.links is not None:
        _link(changes, plan.links, package, plan.book.styles)
    if plan.lost_formulas and plan.book.calc_chain:
        _shorten_chain(changes, plan)
    return changes


def _link(changes: Changes, plan: LinkPlan, package: Package, styles: str) -> None:
    if package.find(plan.rels) is not None:
        if plan.sheet.added or plan.sheet.gone:
            changes.patch(plan.rels, lambda data: patched_relationships(data, plan))
    elif plan.sheet.added:
        changes.added[plan.rels] = new_relationships(plan)
        changes.patch("[Content_Types].xml", with_relationships_type)
    if plan.style is not None and plan.style.styles is not None:
        new_styles = plan.style.styles
        changes.patch(styles, lambda _: new_styles)


def _shorten_chain(changes: Changes, plan: WritePlan) -> None:
    chain = plan.book.calc_chain
    sheet_id, lost = plan.sheet.sheet_id, plan.lost_formulas
    if not changes.patch(chain, lambda data: without_cells(data, chain, sheet_id, lost)):
        changes.remove(chain, plan.book.part)
