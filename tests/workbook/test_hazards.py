"""Every hazard of workbooks/README.md has a test that names it: ``pytest -m hazard``."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from tests.conftest import ROOT, hazards_of


def hazards_named() -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for path in (ROOT / "tests").rglob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                for number in hazards_of(node.name):
                    found.setdefault(number, set()).add(node.name)
    return found


def test_every_hazard_has_a_test_that_names_it(shared: Path) -> None:
    facts = (shared / "workbooks" / "README.md").read_text(encoding="utf-8")
    hazards = facts.partition("\n## Hazards")[2].partition("\n## ")[0]
    numbers: list[int] = []
    for number in re.findall(r"\((\d{1,2})\) ", hazards):  # other figures are counts of workbooks
        numbers += [int(number)] if int(number) == len(numbers) + 1 else []
    assert numbers == list(range(1, 20))
    assert set(numbers) <= hazards_named().keys()


def test_numbers_are_read_from_names() -> None:
    assert hazards_of("test_hazard_7_spans_are_widened") == [7]
    assert hazards_of("test_hazards_12_and_13_are_said[1]") == [12, 13]
    assert hazards_of("test_hazards") == []
