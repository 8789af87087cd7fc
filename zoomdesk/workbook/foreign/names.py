"""Name sheets and files so that Excel takes them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

MAX_SHEET_NAME = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f\ud800-\udfff\ufffe\uffff]")


def sheet_names(wanted: Iterable[str]) -> list[str]:
    """Return names for the sheets that Excel takes: none twice, none too long, none forbidden.

    >>> sheet_names(["Q1/Q2", "", "q1_q2"])
    ['Q1_Q2', 'Sheet2', 'q1_q2 (2)']
    """
    names: list[str] = []
    taken: set[str] = set()
    for number, name in enumerate(wanted, start=1):
        plain = _FORBIDDEN.sub("_", name).strip().strip("'")[:MAX_SHEET_NAME].strip()
        plain = plain or f"Sheet{number}"
        if plain.casefold() == "history":  # Excel keeps this name for itself
            plain = f"{plain}_"
        candidate, count = plain, 1
        while candidate.casefold() in taken:
            count += 1
            candidate = f"{plain[: MAX_SHEET_NAME - len(f' ({count})')]} ({count})"
        taken.add(candidate.casefold())
        names.append(candidate)
    return names


def free_path(path: Path, suffix: str) -> Path:
    """Return ``path`` with this ending; numbered where such a file exists, ``guests (2).xlsx``."""
    candidate, number = path.with_suffix(suffix), 1
    while candidate.exists() or candidate.is_symlink():
        number += 1
        candidate = path.with_name(f"{path.stem} ({number}){suffix}")
    return candidate
