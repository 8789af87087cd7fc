"""Packages written by hand, for what no library writes: each test says just its odd part."""

from __future__ import annotations

import zipfile
from collections.abc import Container, Mapping
from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def book(
    path: Path,
    sheet: str | bytes,
    *,
    strings: str | bytes | None = None,
    styles: str | bytes | None = None,
    workbook_properties: str = "",
    sheet_links: str = "",
    parts: Mapping[str, str | bytes] | None = None,
    strict: bool = False,
) -> Path:
    """Write a workbook of one worksheet, ``List``, and return its path.

    ``sheet`` is the whole part, or what stands in ``<sheetData>`` where it does not begin with
    ``<?xml`` or ``<worksheet``. ``sheet_links`` are Relationship elements of the sheet.
    """
    main, office = (STRICT_MAIN, STRICT_OFFICE) if strict else (MAIN, OFFICE)
    if isinstance(sheet, str) and not sheet.startswith(("<?xml", "<worksheet")):
        sheet = f'<worksheet xmlns="{main}"><sheetData>{sheet}</sheetData></worksheet>'
    links = {"rId1": ("worksheet", "worksheets/sheet1.xml")}
    members: dict[str, str | bytes] = {"xl/worksheets/sheet1.xml": sheet}
    if strings is not None:
        links["rId2"] = ("sharedStrings", "sharedStrings.xml")
        members["xl/sharedStrings.xml"] = strings
    if styles is not None:
        links["rId3"] = ("styles", "styles.xml")
        members["xl/styles.xml"] = styles
    if sheet_links:
        members["xl/worksheets/_rels/sheet1.xml.rels"] = relationships(sheet_links)
    members["_rels/.rels"] = relationships(
        f'<Relationship Id="rId1" Type="{office}/officeDocument" Target="xl/workbook.xml"/>'
    )
    members["xl/_rels/workbook.xml.rels"] = relationships(
        "".join(
            f'<Relationship Id="{key}" Type="{office}/{kind}" Target="{target}"/>'
            for key, (kind, target) in links.items()
        )
    )
    members["xl/workbook.xml"] = (
        f'{DECLARATION}<workbook xmlns="{main}" xmlns:r="{office}">{workbook_properties}'
        '<sheets><sheet name="List" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    members["[Content_Types].xml"] = content_types(members)
    members.update(parts or {})
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def relationships(inside: str) -> str:
    return f'{DECLARATION}<Relationships xmlns="{PACKAGE}/relationships">{inside}</Relationships>'


def content_types(members: Container[str] | None = None) -> str:
    """Return the part that types a workbook's parts; of ``members`` only, where they are given."""
    overrides = {
        "xl/workbook.xml": "sheet.main",
        "xl/worksheets/sheet1.xml": "worksheet",
        "xl/sharedStrings.xml": "sharedStrings",
        "xl/styles.xml": "styles",
    }
    return (
        f'{DECLARATION}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        + "".join(
            f'<Override PartName="/{part}" ContentType="{SHEET_TYPE}.{kind}+xml"/>'
            for part, kind in overrides.items()
            if members is None or part in members
        )
        + "</Types>"
    )


def style_sheet(*codes: str) -> str:
    """Return a styles part whose style ids 0, 1, ... have these format codes."""
    formats = "".join(
        f'<numFmt numFmtId="{164 + index}" formatCode="{_attribute(code)}"/>'
        for index, code in enumerate(codes)
    )
    styles = "".join(f'<xf numFmtId="{164 + index}"/>' for index in range(len(codes)))
    return (
        f'{DECLARATION}<styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts>'
        f"<cellXfs>{styles}</cellXfs></styleSheet>"
    )


def string_table(inside: str) -> str:
    """Return a shared-strings part with these ``<si>`` elements; its counts are wrong."""
    return f'{DECLARATION}<sst xmlns="{MAIN}" count="999" uniqueCount="1">{inside}</sst>'


def _attribute(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
