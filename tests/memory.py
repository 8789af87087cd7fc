"""A place for files that nobody must find again, where waiting for a disk would prove nothing."""

from __future__ import annotations

from pathlib import Path

_SHARED_MEMORY = Path("/dev/shm")


def folder_in_memory() -> Path | None:
    """Return the system's folder in memory, None where it has none: for ``tempfile``'s ``dir``."""
    return _SHARED_MEMORY if _SHARED_MEMORY.is_dir() else None
