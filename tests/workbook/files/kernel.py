"""kernel32 on any system: two calls with the contract that Microsoft's reference gives them.

They work on real files. ``codes`` are what the next calls of ReplaceFileW are to fail with; each
failure leaves the files as the reference says (ReplaceFileW, "Return value").
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from zoomdesk.workbook.files import windows


class Kernel:
    """The mode of the replaced file stands for all that ReplaceFileW keeps of it."""

    def __init__(self, codes: Sequence[int] = (), moves: Sequence[int] = ()) -> None:
        self.codes = list(codes)
        self.moves = list(moves)
        self.calls: list[str] = []

    def replace_file(self, replaced: str, replacement: str, backup: str | None, flags: int) -> int:
        self.calls.append("replace")
        assert flags == 2  # REPLACEFILE_IGNORE_MERGE_ERRORS
        code = self.codes.pop(0) if self.codes else 0
        old, new = Path(replaced), Path(replacement)
        if not old.exists():
            return windows.NOT_THERE
        if code == windows.UNABLE_TO_MOVE_REPLACEMENT and backup is None:
            old.unlink()  # "the replaced file no longer exists"
        if code == windows.UNABLE_TO_MOVE_REPLACEMENT_2:
            old.rename(backup or f"{replaced}~RF1.TMP")
        if code:
            return code
        mode = old.stat().st_mode
        if backup is not None:
            old.replace(backup)
        new.replace(old)
        old.chmod(mode)
        return 0

    def move_file(self, source: str, target: str, flags: int) -> int:
        self.calls.append("move")
        code = self.moves.pop(0) if self.moves else 0
        if code:
            return code
        if Path(target).exists() and not flags & 1:
            return 183  # ERROR_ALREADY_EXISTS
        os.replace(source, target)  # noqa: PTH105 - as the system call names it
        return 0
