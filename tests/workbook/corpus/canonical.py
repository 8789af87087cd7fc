"""Compare the changed parts of a workbook as canonical XML, but for what a write may change.

Canonical XML (c14n) keeps prefixes, comments, white space and the order of elements. lxml parses
without entities, document types or the network, and with its limits on depth and text.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from lxml import etree

from tests.workbook.corpus.results import Written
from zoomdesk.workbook import WritePlan
from zoomdesk.workbook.references import letters_of, parse_range

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


def parts(path: Path) -> dict[str, bytes]:
    """Return the members that changed hands as parts: by name in lower case, slashes forward."""
    with zipfile.ZipFile(path) as archive:
        return {key(name): archive.read(name) for name in archive.namelist()}


def key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def assert_equal_but_for_the_write(written: Written) -> set[str]:
    """Check every part that differs; return their keys."""
    old, new, plan = parts(written.before), parts(written.after), written.plan
    changed = {name for name in old if name in new and old[name] != new[name]}
    gone = old.keys() - new.keys()
    chain = key(plan.book.calc_chain or "")
    assert gone <= {chain}, f"lost: {gone}"
    assert not new.keys() - old.keys(), f"added: {new.keys() - old.keys()}"
    for name in changed:
        was, now = etree.fromstring(old[name], _PARSER), etree.fromstring(new[name], _PARSER)
        if name == key(plan.sheet.part):
            without_cells(was, written, set())
            without_cells(now, written, rows_of(was))
        elif name == key(plan.book.part):
            without_calculation(was), without_calculation(now)
        elif name == key(plan.book.shared_strings or ""):
            without_texts(was, len(was)), without_texts(now, len(was))
        elif plan.grows and name == key(plan.grows[0].part):
            added = set(plan.grows[1])
            without_columns(was, set()), without_columns(now, added)
        elif name == chain:
            without_links(was, plan), without_links(now, plan)
        else:
            assert gone, f"{name} changed"
            without_mention(was, chain), without_mention(now, chain)
        assert etree.tostring(was, method="c14n") == etree.tostring(now, method="c14n"), name
    return changed


def without_cells(root: etree._Element, written: Written, known: set[int]) -> None:
    """Take out the written cells, spans and dimension, and the rows that are not ``known``."""
    space = etree.QName(root).namespace
    for dimension in root.findall(f"{{{space}}}dimension"):
        root.remove(dimension)
    data = root.find(f"{{{space}}}sheetData")
    assert data is not None
    columns: dict[int, set[int]] = {}
    for _, row, column in written.values:
        columns.setdefault(row, set()).add(column)
    for number, row in numbered(data):
        row.attrib.pop("spans", None)
        _without_columns(row, f"{{{space}}}c", columns.get(number, set()))
        if known and number not in known:
            assert not len(row), f"row {number} was made with more than was written"
            _take_out(data, row)


def numbered(data: etree._Element) -> list[tuple[int, etree._Element]]:
    """Return the rows with their numbers: one without ``r`` follows the one before it."""
    rows, number = [], 0
    for row in data.findall(f"{{{etree.QName(data).namespace}}}row"):
        number = int(row.get("r", number + 1))
        rows.append((number, row))
    return rows


def rows_of(root: etree._Element) -> set[int]:
    data = root.find(f"{{{etree.QName(root).namespace}}}sheetData")
    return {0, *(number for number, _ in numbered(data))}


def _without_columns(row: etree._Element, tag: str, columns: set[int]) -> None:
    column = 0
    for cell in row.findall(tag):
        at = cell.get("r")
        column = parse_range(at).first_column if at else column + 1
        if column in columns:
            _take_out(row, cell)


def _take_out(parent: etree._Element, element: etree._Element) -> None:
    """Remove an element; the white space behind it stays."""
    before = element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + (element.tail or "")
    else:
        parent.text = (parent.text or "") + (element.tail or "")
    element.tail = None
    parent.remove(element)


def without_calculation(root: etree._Element) -> None:
    """Take out ``fullCalcOnLoad``, and the calcPr that has nothing else to say."""
    space = etree.QName(root).namespace
    for found in root.findall(f"{{{space}}}calcPr"):
        found.attrib.pop("fullCalcOnLoad", None)
        if not found.attrib and not len(found):
            _take_out(root, found)


def without_texts(root: etree._Element, kept: int) -> None:
    """Take out the shared strings behind the first ``kept``, and the counts."""
    root.attrib.pop("count", None)
    root.attrib.pop("uniqueCount", None)
    for item in root[kept:]:
        _take_out(root, item)


def without_columns(root: etree._Element, added: set[str]) -> None:
    """Take out the columns that a table gained, and its width."""
    space = etree.QName(root).namespace
    for element in (root, *root.findall(f"{{{space}}}autoFilter")):
        element.set("ref", re.sub(r":\$?[A-Z]+", ":", element.get("ref", "")))
    columns = root.find(f"{{{space}}}tableColumns")
    assert columns is not None
    assert columns.attrib.pop("count", str(len(columns))) == str(len(columns))
    for column in columns:
        if column.get("name") in added:
            _take_out(columns, column)


def without_links(root: etree._Element, plan: WritePlan) -> None:
    """Take out the links of a calculation chain that lead to cells whose formula went."""
    gone = {f"{letters_of(column)}{row}" for row, column in plan.lost_formulas}
    sheet = ""
    for link in list(root):
        sheet = link.get("i", sheet)
        if sheet == plan.sheet.sheet_id and link.get("r") in gone:
            _take_out(root, link)
        else:
            link.set("i", sheet)


def without_mention(root: etree._Element, part: str) -> None:
    """Take out the relationship or content type of a part that was left out."""
    for element in list(root):
        if (
            part.rpartition("/")[2]
            in (element.get("Target") or element.get("PartName", "")).lower()
        ):
            _take_out(root, element)
