r"""Replace a file on Windows by ReplaceFileW, which keeps its permissions, streams and identity.

Source: Microsoft's reference of ReplaceFileW, MoveFileExW and System Error Codes. The two calls
are a small table of functions (:class:`Calls`): tests hand in one that keeps the same contract on
any system, failures with all that they leave behind included.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable
from pathlib import Path, PureWindowsPath
from typing import Any, Protocol

UNABLE_TO_REMOVE_REPLACED = 1175
"""Both files keep their names."""
UNABLE_TO_MOVE_REPLACEMENT = 1176
"""Both files keep their names, but only where a name for a backup was given."""
UNABLE_TO_MOVE_REPLACEMENT_2 = 1177
"""The replaced file has the name of the backup by now, the replacement still its own."""

ACCESS_DENIED, SHARING_VIOLATION, LOCK_VIOLATION, MAPPED = 5, 32, 33, 1224
NOT_THERE, NO_SUCH_FUNCTION, NOT_SUPPORTED, INVALID_PARAMETER = 2, 1, 50, 87

HELD = frozenset(
    {
        ACCESS_DENIED,
        SHARING_VIOLATION,
        LOCK_VIOLATION,
        MAPPED,
        UNABLE_TO_REMOVE_REPLACED,
        UNABLE_TO_MOVE_REPLACEMENT,
    }
)
"""Codes that pass once whoever holds the file lets go: virus scanners and sync clients do soon."""

_NO_REPLACE_HERE = frozenset({NO_SUCH_FUNCTION, NOT_SUPPORTED, INVALID_PARAMETER})
"""Codes of file systems and shares that know no ReplaceFileW."""

_IGNORE_MERGE_ERRORS = 2
_REPLACE_EXISTING, _WRITE_THROUGH = 1, 8
_LONG = 248
"""Characters from which Windows needs the long form of a path (MAX_PATH less an 8.3 name)."""


class Calls(Protocol):
    """Functions of kernel32; each returns 0, or the code of GetLastError."""

    def replace_file(self, replaced: str, replacement: str, backup: str | None, flags: int) -> int:
        """Call ReplaceFileW."""

    def move_file(self, source: str, target: str, flags: int) -> int:
        """Call MoveFileExW."""


class Kernel32:
    """The real functions. Raises OSError anywhere but on Windows."""

    def __init__(self) -> None:
        self._library: Any
        self._last_error: Callable[[], int]
        if sys.platform == "win32":
            import ctypes
            from ctypes import wintypes

            library = ctypes.WinDLL("kernel32", use_last_error=True)
            text, number, nothing = wintypes.LPCWSTR, wintypes.DWORD, wintypes.LPVOID
            library.ReplaceFileW.argtypes = (text, text, text, number, nothing, nothing)
            library.MoveFileExW.argtypes = (text, text, number)
            self._library, self._last_error = library, ctypes.get_last_error
        else:
            raise OSError("kernel32 is a part of Windows")

    def replace_file(self, replaced: str, replacement: str, backup: str | None, flags: int) -> int:
        """Call ReplaceFileW."""
        done = self._library.ReplaceFileW(replaced, replacement, backup, flags, None, None)
        return 0 if done else self._last_error() or INVALID_PARAMETER

    def move_file(self, source: str, target: str, flags: int) -> int:
        """Call MoveFileExW."""
        done = self._library.MoveFileExW(source, target, flags)
        return 0 if done else self._last_error() or INVALID_PARAMETER


def replace_once(calls: Calls, finished: Path, target: Path, aside: Path) -> int:
    """Put ``finished`` in the place of ``target``; return 0 or the code of what was in the way.

    Whatever the code, ``target`` is there again, as it was or as the new file, unless the code is
    UNABLE_TO_MOVE_REPLACEMENT_2: then even the way back was barred and the original is ``aside``.
    A name for a backup is always given, for without one a failure may cost the original (1176).
    """
    new, old, spare = long_form(finished), long_form(target), long_form(aside)
    code = calls.replace_file(old, new, spare, _IGNORE_MERGE_ERRORS)
    if code == UNABLE_TO_MOVE_REPLACEMENT_2:
        back = calls.move_file(spare, old, _WRITE_THROUGH)
        return code if back else SHARING_VIOLATION
    if code == NOT_THERE or code in _NO_REPLACE_HERE:
        return calls.move_file(new, old, _REPLACE_EXISTING | _WRITE_THROUGH)
    if code == 0:
        with contextlib.suppress(OSError):
            aside.unlink(missing_ok=True)
    return code


def long_form(path: Path | PureWindowsPath) -> str:
    r"""Return a path as Windows takes it at any length: ``\\?\C:\...``, ``\\?\UNC\server\...``.

    Short ones stay as they are, and so does what is not absolute or has the form already.
    """
    text = str(path)
    if len(text) < _LONG or text.startswith("\\\\?\\"):
        return text
    if text.startswith("\\\\"):
        return "\\\\?\\UNC" + text[1:]
    return "\\\\?\\" + text if PureWindowsPath(text).is_absolute() else text
