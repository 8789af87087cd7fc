"""Look into old .xls files: what they are, and whether a password hides their cells."""

from __future__ import annotations

from pathlib import Path

from zoomdesk.errors import NotAWorkbook, WorkbookDamaged, WorkbookEncrypted

_BOF, _FILE_PASS = 0x0809, 0x002F
"""Records of [MS-XLS] 2.4: the first of the stream, and the one that says that it is locked."""


def check_xls(path: Path) -> None:
    """Raise for an OLE file that calamine could make nothing of.

    Raises WorkbookEncrypted where it has a password, NotAWorkbook where no workbook is in it,
    WorkbookDamaged where its container is broken.
    """
    start = _start_of_book(path)
    at = 0
    while at + 4 <= len(start):
        kind = int.from_bytes(start[at : at + 2], "little")
        size = int.from_bytes(start[at + 2 : at + 4], "little")
        if at == 0 and kind != _BOF:
            raise _damaged(path)
        if kind == _FILE_PASS:
            raise WorkbookEncrypted(
                f"“{path.name}” has a password, and is a workbook of Excel 97 to 2003 (.xls).",
                hint="Open it in Excel, save it as .xlsx, and open that file here.",
            )
        at += 4 + size


def _start_of_book(path: Path) -> bytes:
    import olefile

    try:
        with olefile.OleFileIO(str(path)) as container:
            for name in ("Workbook", "Book"):
                if container.exists(name):
                    with container.openstream(name) as stream:
                        found: bytes = stream.read(1 << 14)
                        return found
            names = [path[0] for path in container.listdir()]
    except Exception:  # noqa: BLE001  it raises whatever broken bytes lead to
        raise _damaged(path) from None
    what = "a Word document" if "WordDocument" in names else "no workbook that is known here"
    raise NotAWorkbook(f"“{path.name}” is not an Excel workbook: it is {what}.")


def _damaged(path: Path) -> WorkbookDamaged:
    return WorkbookDamaged(
        f"“{path.name}” is an old Excel workbook (.xls), and it is damaged.",
        hint="Open it in Excel or LibreOffice, save it as .xlsx, and open that file here.",
    )
