"""Tell a file that is no .xlsx package at all what it is, before anything tries to read it."""

from __future__ import annotations

from pathlib import Path

from zoomdesk.errors import NotAWorkbook, WorkbookDamaged, WorkbookNotFound

_SIGNATURES = (
    (b"%PDF", "a PDF document"),
    (b"{\\rtf", "a text document (.rtf)"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\x09\x08", "a very old Excel workbook (.xls)"),
    (b"\x09\x04", "a very old Excel workbook (.xls)"),
    (b"\x09\x02", "a very old Excel workbook (.xls)"),
)
_SPREADSHEET_XML = b"urn:schemas-microsoft-com:office:spreadsheet"
_HEAD = 4096
_TABLE, _TEXT = "a table in plain text (.csv)", "plain text"


def read_head(path: Path) -> bytes:
    """Return the first bytes of a file.

    Raises WorkbookNotFound, or WorkbookDamaged for a file that is empty or nothing but zeros.
    """
    try:
        if path.is_dir():
            raise WorkbookNotFound(f"“{path}” is a folder.", hint="Choose a workbook in it.")
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except FileNotFoundError as error:
        raise WorkbookNotFound(f"There is no file “{path}”.") from error
    except OSError as error:
        raise WorkbookNotFound(f"“{path}” cannot be read: {error.strerror or error}.") from error
    if not head:
        raise WorkbookDamaged(
            f"“{path.name}” is empty.", hint="Fetch it again; the copy did not arrive whole."
        )
    if not head.strip(b"\0"):
        raise WorkbookDamaged(
            f"“{path.name}” holds nothing but zeros.",
            hint="Fetch it again; the copy did not arrive whole.",
        )
    return head


def refuse_foreign(path: Path) -> None:
    """Raise for a file that begins neither like a zip nor like an OLE file, naming what it is.

    Raises WorkbookNotFound, NotAWorkbook, or WorkbookDamaged for one that is empty.
    """
    head = read_head(path)
    if head.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        return
    kind = _kind(head)
    if kind:
        raise NotAWorkbook(f"“{path.name}” is not an Excel workbook (.xlsx): it is {kind}.")


def is_plain_text(head: bytes) -> bool:
    """Tell whether a file that begins so is plain text, and not a page or a markup of some kind."""
    return not head.startswith((b"PK\3\4", b"\xd0\xcf\x11\xe0")) and _kind(head) in (_TABLE, _TEXT)


def _kind(head: bytes) -> str:
    """Return what a file is by its first bytes, ``""`` where they say nothing."""
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            return kind
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if _SPREADSHEET_XML in start:
        return "an XML spreadsheet of Excel 2003"
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<meta")):
        return "a web page, which some programs save under the name of a workbook"
    if start.startswith(b"<"):
        return "an XML file"
    return _text_kind(head)


def _text_kind(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = head[: len(head) // 2 * 2].decode("utf-16", "replace")
    elif b"\0" in head:
        return ""
    else:
        text = head.decode("latin-1")
    if any(ord(character) < 9 for character in text):
        return ""
    first = text.splitlines()[0] if text.strip() else ""
    separated = any(separator in first for separator in ",;\t")
    return _TABLE if separated else _TEXT
