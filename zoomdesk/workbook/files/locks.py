"""Recognise who has a workbook open, by the lock files of Excel and LibreOffice (hazard 16).

Excel on every system puts ``~$`` before the whole name; to leave out two letters for it is Word's
habit alone. LibreOffice writes ``.~lock.NAME#``. Either lies beside the workbook, and says who made
it; on Windows both keep the file itself from being replaced, elsewhere the lock is all there is.
"""

from __future__ import annotations

import stat
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from zoomdesk.workbook.files import this_computer

_ANSI_NAME = 54
"""Bytes that Excel's owner file gives to the name in the system's code page."""
_ENOUGH = 4096
"""Bytes of a lock that are read: Excel's has 165, LibreOffice's some hundred."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has a workbook open: ``name`` is ``""`` where the lock names nobody.

    ``computer`` and ``since`` are as LibreOffice writes them, ``""`` for Excel.
    """

    name: str
    program: str
    computer: str = ""
    since: str = ""

    def describe(self, book: str) -> str:
        """Return a sentence that says who has ``book`` open, and where."""
        where = f" on the computer {self.computer}" if self.computer else ""
        when = f" since {self.since}" if self.since else ""
        return f"{self.name or 'Somebody'} has “{book}” open in {self.program}{where}{when}."


def lock_owner(path: Path) -> str | None:
    """Return the name in the workbook's lock file, ``""`` if it names nobody, None if unlocked."""
    holder = lock_holder(path)
    return None if holder is None else holder.name


def lock_holder(path: Path) -> Holder | None:
    """Return who has the workbook open; None where nobody has, as far as lock files tell.

    A lock that cannot be read counts. What LibreOffice left when it was killed on this computer
    does not, where it is certain that no LibreOffice runs.
    """
    for name in _spellings(path.name):
        data = _content(path.with_name(f"~${name}"))
        if data is not None:
            return Holder(_excel_owner(data), "Excel")
        data = _content(path.with_name(f".~lock.{name}#"))
        if data is not None:
            fields = _fields(data)
            if not this_computer.is_left_by_dead_libreoffice(fields[1], fields[2]):
                user = next((text for text in fields[:2] if text), "")
                return Holder(user, "LibreOffice", fields[2], fields[3])
    return None


def _spellings(name: str) -> tuple[str, ...]:
    """Return the ways in which a disk may write the same name: é is one sign or two."""
    forms = (name, unicodedata.normalize("NFC", name), unicodedata.normalize("NFD", name))
    return tuple(dict.fromkeys(forms))


def _content(lock: Path) -> bytes | None:
    """Return the beginning of a lock file; None where there is none, ``b""`` if it is unreadable.

    A folder, a pipe or a device of that name locks nothing, and a pipe is not waited for.
    """
    try:
        if not stat.S_ISREG(lock.stat().st_mode):
            return None
        with lock.open("rb") as file:
            return file.read(_ENOUGH)
    except FileNotFoundError:
        return None
    except PermissionError:  # Excel on Windows keeps its own from being read
        return b""
    except (OSError, ValueError):
        return None


def _excel_owner(data: bytes) -> str:
    """Read ``~$name.xlsx``: a length and the name in ANSI, then both again in UTF-16.

    165 bytes in all: 1 + 54, filled with blanks, and 2 + 108.
    """
    wide = data[_ANSI_NAME + 1 :]
    if len(wide) > 2:
        length = int.from_bytes(wide[:2], "little")
        if 0 < length <= _ANSI_NAME:
            return _plain(wide[2 : 2 + 2 * length].decode("utf-16-le", "replace"))
    length = data[0] if data else 0
    return _plain(data[1 : 1 + min(length, _ANSI_NAME)].decode("cp1252", "replace"))


def _fields(data: bytes) -> tuple[str, str, str, str]:
    r"""Read ``.~lock.name#``: name, user, computer and time by commas, the profile, a semicolon.

    A backslash makes the sign behind it an ordinary one (``\,`` ``\;`` ``\\``).
    """
    fields, quoted = [""], False
    for sign in data.decode("utf-8", "replace"):
        if quoted or sign not in "\\,;":
            fields[-1] += sign
            quoted = False
        elif sign == "\\":
            quoted = True
        elif sign == ",":
            fields.append("")
        else:
            break
    name, user, computer, since, *_ = [*map(_plain, fields), "", "", "", ""]
    return name, user, computer, since


def _plain(text: str) -> str:
    """Return a name without what would garble a message: control signs, marks of direction."""
    return "".join(c for c in text if unicodedata.category(c) not in ("Cc", "Cf", "Co")).strip()
