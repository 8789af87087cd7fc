"""Tell what a file is by its content, whatever its name ends in."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from zoomdesk.errors import WorkbookEncrypted
from zoomdesk.workbook.foreign.encodings import wide_order
from zoomdesk.workbook.foreign.passwords import is_locked
from zoomdesk.workbook.opc.package import OLE_MAGIC, Package
from zoomdesk.workbook.opc.sniff import is_plain_text, read_head, refuse_foreign

_ODS = b"application/vnd.oasis.opendocument.spreadsheet"


class Kind(StrEnum):
    """Ways in which a list may be stored. The value is how the names of such files end."""

    PACKAGE = ".xlsx"
    """A package of Office Open XML: .xlsx, .xlsm and templates, the only ones that are written."""
    XLSB = ".xlsb"
    XLS = ".xls"
    ODS = ".ods"
    TEXT = ".csv"
    LOCKED = "locked"
    """A package behind a password ([MS-OFFCRYPTO] 2.3)."""


def kind_of(path: Path) -> Kind:
    """Return what a file is.

    Raises WorkbookNotFound, NotAWorkbook for what no list is in, WorkbookDamaged, WorkbookHostile,
    WorkbookEncrypted where it has a password that nothing here can take.
    """
    head = read_head(path)
    if is_plain_text(head) or wide_order(head):
        return Kind.TEXT
    refuse_foreign(path)
    if head.startswith(OLE_MAGIC):
        return Kind.LOCKED if is_locked(path) else Kind.XLS
    return kind_of_package(path)


def kind_of_package(path: Path, content: bytes | None = None) -> Kind:
    """Return what a zip file is: its bytes are ``content`` where it was behind a password.

    Raises what opening a package raises.
    """
    with Package(path, content) as package:
        if package.find("xl/workbook.bin") is not None:
            return Kind.XLSB
        mimetype = package.find("mimetype")
        if mimetype is None or package.read("mimetype", 1 << 16).strip() != _ODS:
            return Kind.PACKAGE
        manifest = package.find("META-INF/manifest.xml")
        if manifest is not None and b"encryption-data" in package.read(manifest.name):
            raise WorkbookEncrypted(
                f"“{path.name}” has a password, and is no workbook of Excel (.ods).",
                hint="Open it in LibreOffice, save it without the password, or as .xlsx.",
            )
        return Kind.ODS
