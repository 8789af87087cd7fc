"""What fuzzing found once, found never again; and what it begins with, held by every target."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.workbook.fuzzed.seeds import seeds
from tests.workbook.fuzzed.targets import TARGETS

FOUND = Path(__file__).parent / "found"


@pytest.mark.parametrize("path", sorted(FOUND.glob("*/*")), ids=lambda path: path.name)
def test_what_was_found_once(path: Path) -> None:
    TARGETS[path.parent.name](path.read_bytes())


@pytest.mark.parametrize("name", TARGETS)
def test_seeds(name: str) -> None:
    given = seeds(name)
    assert given
    for data in given:
        TARGETS[name](data)
