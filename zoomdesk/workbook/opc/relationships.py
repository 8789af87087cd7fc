"""Find the parts of a workbook by their relationships, never by their names.

ECMA-376-2 (packages) and ECMA-376-1 12.3 (workbooks): the package names its main part, the main
part its sheets, a sheet its tables. Targets may be absolute, relative, of another case, or written
with backslashes (hazard 1); strict and transitional workbooks differ in namespaces only (hazard 5).
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from urllib.parse import unquote

from zoomdesk.errors import NotAWorkbook, WorkbookDamaged
from zoomdesk.workbook.opc.package import Package, name_key
from zoomdesk.workbook.opc.parts import MAIN, Tag, tags, to_utf8

KINDS = {
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": ".xlsx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml": ".xltx",
    "application/vnd.ms-excel.sheet.macroEnabled.main+xml": ".xlsm",
    "application/vnd.ms-excel.template.macroEnabled.main+xml": ".xltm",
    "application/vnd.ms-excel.addin.macroEnabled.main+xml": ".xlam",
}
_STATES = {"visible", "hidden", "veryHidden"}


@dataclass(frozen=True, slots=True)
class Relationship:
    """A link from one part to another, or to the outside.

    ``type`` is the last word of its type's address (``worksheet``, ``table``, ``hyperlink``);
    ``target`` the name of a member of the package, or the address as written where ``external``.
    """

    id: str
    type: str
    target: str
    external: bool


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A worksheet of the workbook: its name, state (visible, hidden, veryHidden) and its part.

    ``position`` counts all sheets from 0, chart sheets too: ``activeTab`` and ``localSheetId`` mean
    this number. ``sheet_id`` is the number that the calculation chain knows it by.
    """

    name: str
    state: str
    part: str
    position: int
    sheet_id: str = ""


@dataclass(frozen=True, slots=True)
class WorkbookParts:
    """What the main part says; names of parts are ``""`` where there is no such part."""

    part: str
    kind: str
    sheets: tuple[SheetPart, ...]
    active: int
    date1904: bool
    shared_strings: str
    styles: str
    calc_chain: str
    signed: bool
    strict: bool

    @property
    def shown_first(self) -> SheetPart | None:
        """The worksheet that Excel shows on opening, or the first one that it can show."""
        visible = [sheet for sheet in self.sheets if sheet.state == "visible"]
        active = [sheet for sheet in visible if sheet.position == self.active]
        return next(iter(active or visible or self.sheets), None)


def relationships(package: Package, part: str = "") -> tuple[Relationship, ...]:
    """Return the relationships of ``part``; of the package itself where it is empty."""
    folder, name = posixpath.split(part.replace("\\", "/"))
    rels = posixpath.join(folder, "_rels", f"{name}.rels")
    if package.find(rels) is None:
        return ()
    found = tags(to_utf8(package.read(rels), rels), rels)
    return tuple(_relationship(package, folder, tag) for tag in found if tag.name == "Relationship")


def _relationship(package: Package, folder: str, tag: Tag) -> Relationship:
    target = tag.attributes.get("Target", "")
    external = tag.attributes.get("TargetMode", "").lower() == "external"
    return Relationship(
        id=tag.attributes.get("Id", ""),
        type=tag.attributes.get("Type", "").rstrip("/").rpartition("/")[2],
        target=target if external else resolve(package, folder, target),
        external=external,
    )


def resolve(package: Package, folder: str, target: str) -> str:
    """Return the member's name that ``target`` means, seen from ``folder``.

    The spelling of the package wins; a member that does not exist keeps the computed name.
    """
    path = target.replace("\\", "/").partition("#")[0]
    path = posixpath.normpath(path if path.startswith("/") else posixpath.join("/", folder, path))
    for candidate in (path.lstrip("/"), unquote(path).lstrip("/")):
        member = package.find(candidate)
        if member is not None:
            return member.name
    return path.lstrip("/")


def read_workbook(package: Package) -> WorkbookParts:
    """Return the parts of the workbook in ``package``.

    Raises NotAWorkbook for other office files (.xlsb, .ods, .docx), WorkbookDamaged where the main
    part or a sheet's part is missing, WorkbookHostile at a document type.
    """
    top = relationships(package)
    main = next((r.target for r in top if r.type == "officeDocument" and not r.external), "")
    _check_kind(package, main)
    kind = _kind(package, main)
    found = tags(to_utf8(package.read(main), main), main)
    if not found or found[0].name != "workbook" or found[0].namespace not in MAIN:
        raise WorkbookDamaged(
            f"“{package.path.name}” is of a form that was used before Excel 2007 was released.",
        )
    links = relationships(package, main)
    by_type = {r.type: r.target for r in reversed(links) if package.find(r.target)}
    return WorkbookParts(
        part=main,
        kind=kind,
        sheets=_sheets(package, found, {r.id: r for r in links}),
        active=_number(found, "workbookView", "activeTab"),
        date1904=_flag(found, "workbookPr", "date1904"),
        shared_strings=by_type.get("sharedStrings", ""),
        styles=by_type.get("styles", ""),
        calc_chain=by_type.get("calcChain", ""),
        signed=_is_signed(package, top),
        strict=found[0].namespace.startswith("http://purl.oclc.org"),
    )


def _check_kind(package: Package, main: str) -> None:
    name = package.path.name
    if package.find("mimetype") is not None:
        raise NotAWorkbook(f"“{name}” is an OpenDocument file, not an Excel workbook.")
    if main.lower().endswith(".bin"):
        raise NotAWorkbook(f"“{name}” is a binary Excel workbook (.xlsb).")
    if package.find("[Content_Types].xml") is None:
        raise NotAWorkbook(f"“{name}” is a zip file, but not an Excel workbook.")
    if package.find(main) is None:
        raise WorkbookDamaged(f"“{name}” is damaged: its main part is missing.")


def _kind(package: Package, main: str) -> str:
    """Return the file-name ending that the content type of the main part stands for."""
    part = "[Content_Types].xml"
    overrides: dict[str, str] = {}
    defaults: dict[str, str] = {}
    for tag in tags(to_utf8(package.read(part), part), part):
        kind = tag.attributes.get("ContentType", "")
        if tag.name == "Override":
            overrides[name_key(tag.attributes.get("PartName", ""))] = kind
        elif tag.name == "Default":
            defaults[tag.attributes.get("Extension", "").lower()] = kind
    ending = main.lower().rpartition(".")[2]
    content_type = overrides.get(name_key(main)) or defaults.get(ending, "")
    if content_type not in KINDS:
        raise NotAWorkbook(f"“{package.path.name}” is an Office file, but not an Excel workbook.")
    return KINDS[content_type]


def _sheets(
    package: Package, found: list[Tag], links: dict[str, Relationship]
) -> tuple[SheetPart, ...]:
    sheets = []
    entries = [tag for tag in found if tag.name == "sheet" and found[tag.parent].name == "sheets"]
    for position, tag in enumerate(entries):
        link = links.get(tag.attributes.get("r:id", ""))
        name = tag.attributes.get("name", "")
        if link is None or link.external or package.find(link.target) is None:
            raise WorkbookDamaged(
                f"“{package.path.name}” is damaged: the content of its sheet “{name}” is missing."
            )
        if link.type == "worksheet":
            state = tag.attributes.get("state", "visible")
            state = state if state in _STATES else "visible"
            sheets.append(
                SheetPart(name, state, link.target, position, tag.attributes.get("sheetId", ""))
            )
    return tuple(sheets)


def _is_signed(package: Package, top: tuple[Relationship, ...]) -> bool:
    signatures = any(member.key.startswith("_xmlsignatures/") for member in package.members)
    return signatures or any(r.type == "origin" for r in top)


def _number(found: list[Tag], name: str, attribute: str) -> int:
    text = next((t.attributes.get(attribute, "0") for t in found if t.name == name), "0")
    return int(text) if text.isdecimal() else 0


def _flag(found: list[Tag], name: str, attribute: str) -> bool:
    text = next((t.attributes.get(attribute, "0") for t in found if t.name == name), "0")
    return text in ("1", "true", "on")
