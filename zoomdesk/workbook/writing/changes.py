"""Gather which members of a package a write changes, and how. All others stay as they lie."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from zoomdesk.workbook.opc.package import Package
from zoomdesk.workbook.opc.relationships import SheetPart, WorkbookParts, relationships
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
from zoomdesk.workbook.writing.progress import SHEET_MADE, STRINGS_MADE, Progress
from zoomdesk.workbook.writing.recalculation import calculate_on_load
from zoomdesk.workbook.writing.removal_names import moved_chain, moved_names
from zoomdesk.workbook.writing.removal_tables import moved_table
from zoomdesk.workbook.writing.row_removal import RowRemover
from zoomdesk.workbook.writing.shape import Shape, grown_filter_name
from zoomdesk.workbook.writing.splice import Splicer
from zoomdesk.workbook.writing.tables import TablePart, grown


class Changes:
    """``contents`` makes the new content of each changed member by its key; ``removed`` go.

    ``added`` are new members by their name.
    """

    def __init__(self, package: Package, progress: Progress | None = None) -> None:
        self._package, self._progress = package, progress or Progress()
        self.contents: dict[str, Content] = {}
        self.removed: set[str] = set()
        self.added: dict[str, bytes] = {}
        self._patched: dict[str, bytes] = {}

    def stream(
        self,
        part: str,
        patched: Callable[[Iterable[bytes]], Iterator[bytes]],
        share: float = SHEET_MADE,
        content: Sequence[bytes] | None = None,
    ) -> None:
        """Change a part of any size, block by block; it is a ``share`` of all the work.

        ``content`` is what is in it, where that is known already.
        """
        member = self._package.member(part)

        def made() -> Iterator[bytes]:
            blocks = self._package.stream_ahead(member) if content is None else content
            return patched(self._progress.through(blocks, member.size, share))

        self.contents[member.key] = made

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

    def keeps(self, part: str) -> bool:
        """Say whether a part stays in the package."""
        return self._package.member(part).key not in self.removed

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


def changes_of(plan: WritePlan, package: Package, progress: Progress | None = None) -> Changes:
    """Return the changes that carry out ``plan``."""
    changes = Changes(package, progress)
    splicer = Splicer(
        plan.rows,
        plan.new_rows,
        plan.strings,
        plan.edits.header_row or 0,
        plan.edits.new_columns,
        plan.links,
        plan.runs,
        plan.shape.addition if plan.shape is not None else None,
    )
    part, removal = plan.sheet.part, plan.shape.removal if plan.shape is not None else None
    if removal is not None:
        remover = RowRemover(removal.shift, part, plan.sheet.name)
        changes.stream(
            part,
            lambda blocks: remover.patched(splicer.patched(blocks, part)),
            content=plan.content,
        )
    else:
        changes.stream(part, partial(splicer.patched, part=part), content=plan.content)
    if plan.strings is not None and plan.strings.numbers.added:
        changes.stream(plan.strings.part, plan.strings.patched, STRINGS_MADE)
    if plan.grows is not None:
        table, headings = plan.grows
        changes.patch(table.part, lambda data: grown(data, table, headings))
    if plan.recalculate:
        changes.patch(plan.book.part, lambda data: calculate_on_load(data, plan.book.part))
    if plan.links is not None:
        _link(changes, plan.links, package, plan.book.styles)
    lost = plan.lost_formulas | (removal.lost_formulas if removal is not None else frozenset())
    if lost and plan.book.calc_chain:
        _shorten_chain(changes, plan, lost)
    if plan.shape is not None:
        reshape(changes, plan.shape, plan.book, plan.sheet, plan.tables)
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


def reshape(
    changes: Changes,
    shape: Shape,
    book: WorkbookParts,
    sheet: SheetPart,
    tables: tuple[TablePart, ...],
) -> None:
    """Let the other parts follow rows that come and go; it is last, for it moves the numbers."""
    addition, removal, chain = shape.addition, shape.removal, book.calc_chain
    if addition is not None and addition.table is not None:
        changes.patch(addition.table.part, addition.grown_table)
    if addition is not None:
        changes.patch(book.part, lambda data: grown_filter_name(data, book.part, sheet, addition))
    if removal is None:
        return
    shift = removal.shift
    for table in tables:
        changes.patch(table.part, partial(moved_table, table=table, shift=shift, sheet=sheet.name))
    changes.patch(book.part, lambda data: moved_names(data, book.part, sheet, shift))
    if chain and changes.keeps(chain):
        changes.patch(chain, lambda data: moved_chain(data, chain, sheet.sheet_id, shift))


def _shorten_chain(changes: Changes, plan: WritePlan, lost: frozenset[tuple[int, int]]) -> None:
    chain = plan.book.calc_chain
    sheet_id = plan.sheet.sheet_id
    if not changes.patch(chain, lambda data: without_cells(data, chain, sheet_id, lost)):
        changes.remove(chain, plan.book.part)
