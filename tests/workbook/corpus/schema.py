"""Hold parts against the schema of ECMA-376, by the tables of Microsoft's Open XML SDK.

The standard's own XSD files are in no package here. openxml-audit (MIT) carries the tables of the
Open XML SDK, which were made from them, and checks order, number and values of elements and
attributes. It knows transitional workbooks only; of a strict one it says so and stops.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

_ADVICE = "Emit shared strings instead of inlineStr cells"
"""Not a fault: where a workbook has no shared strings, text stands in the cells."""


def faults(path: Path) -> Counter[tuple[str, str]]:
    """Return what is wrong in which part; numbers are left out, for rows may have moved."""
    return Counter(
        (str(error.part_uri), re.sub(r"\d+", "#", f"{error.path}: {error.description}"))
        for error in _validator().validate(path).errors
        if _ADVICE not in error.description
    )


@cache
def _validator() -> Any:
    return pytest.importorskip("openxml_audit").OpenXmlValidator(max_errors=0)


def assert_no_new_faults(before: Path, after: Path) -> int:
    """Check that what was valid is valid; return how many faults were there before."""
    old = faults(before)
    new = faults(after) - old
    assert not new, f"not valid any more: {list(new.items())[:5]}"
    return old.total()
