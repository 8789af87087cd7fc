"""Replace a small text file so that a crash leaves the old one or the new, never half of one."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path


def replace(path: Path, text: str, *, lasting: bool = True) -> None:
    """Write ``text`` as UTF-8 beside ``path``, and put it in its place. Raises OSError.

    ``lasting`` waits until the disk has it, so that it outlives a power cut, too.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            if lasting:
                file.flush()
                os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise
