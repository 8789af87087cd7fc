"""The promise of the program, kept in the real window: workbook in, links out, over real HTTP."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.endtoend.screen import screen
from zoomdesk import paths

ROOT = Path(__file__).resolve().parent.parent.parent
HEADER_ROW = 3
MENDED = {"@gmial.com": "@gmail.com", "(at)": "@"}

pytestmark = [pytest.mark.endtoend, pytest.mark.x11]


@pytest.fixture(scope="module")
def job(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """Do the job once; return the workbook and what was seen."""
    folder = tmp_path_factory.mktemp("job")
    book, report = folder / "Gäste 2026.xlsx", folder / "report.json"
    shutil.copyfile(paths.resource("samples", "guests.xlsx"), book)
    with screen() as env:
        done = subprocess.run(
            [sys.executable, "-m", "tests.endtoend.window_job", book, report],
            cwd=ROOT,
            env={**os.environ, **env, "ZOOMDESK_HOME": str(folder / "home")},
            capture_output=True,
            text=True,
            timeout=110,
            check=False,
        )
    assert done.returncode == 0, done.stdout + done.stderr
    return book, json.loads(report.read_text(encoding="utf-8"))


def people(path: Path) -> tuple[list[str], dict[int, dict[str, Any]]]:
    """Return the headings of the guests' sheet and each row's cells by heading."""
    book = openpyxl.load_workbook(path)
    rows = list(book["Guests"].iter_rows(min_row=HEADER_ROW, values_only=True))
    book.close()
    headings = [str(cell) for cell in rows[0]]
    return headings, {
        HEADER_ROW + 1 + place: dict(zip(headings, row, strict=True))
        for place, row in enumerate(rows[1:])
        if any(row)
    }


def test_problems_are_shown_and_nothing_is_sent_before_the_dialog(job: Any) -> None:
    _, seen = job
    assert "2 to fix" in seen["problems"]
    assert "Gäste 2026.xlsx" in seen["title"]
    assert seen["undo steps"] == 1
    assert seen["offer"][0] == "Register 45 people"
    assert seen["nothing sent yet"]


def test_dialog_states_the_exact_effect(job: Any) -> None:
    _, seen = job
    for words in (
        "Register 45 people?",
        "All hands, spring",
        "nobody is mailed",
        "Gäste 2026.xlsx",
    ):
        assert words in seen["dialog"]
    assert "3 are left out: 1 with errors and 2 duplicates" in seen["dialog"]


def test_rows_changed_as_they_were_answered(job: Any) -> None:
    _, seen = job
    done = {done for done, _ in seen["progress"]}
    assert {0, 30, 45} <= done
    assert seen["counts"] == {"Registered": 45}
    assert list(seen["rows"].values()).count("Registered") == 45


def test_every_link_is_in_its_persons_row(job: Any) -> None:
    book, seen = job
    _, rows = people(book)
    links = {row["E-Mail"]: row["Join URL"] for row in rows.values() if row["Join URL"]}
    assert len(links) == len(seen["zoom"]) == 45
    assert seen["twice"] == []
    cleaned = {_cleaned(text): link for text, link in links.items()}
    assert cleaned == {email.lower(): link for email, link in seen["zoom"].items()}


def test_workbook_holds_the_persons_edits_and_is_else_as_it_was(job: Any) -> None:
    book, _ = job
    before_headings, before = people(paths.resource("samples", "guests.xlsx"))
    after_headings, after = people(book)
    assert after_headings[: len(before_headings)] == before_headings
    assert before.keys() == after.keys()
    for number, row in before.items():
        for heading, cell in row.items():
            expected = cell
            if heading == "E-Mail" and cell:
                for wrong, right in MENDED.items():
                    expected = expected.replace(wrong, right)
            assert after[number][heading] == expected, (number, heading)


def test_window_said_nothing_unasked_and_left_no_thread(job: Any) -> None:
    _, seen = job
    assert seen["notices"] == []
    assert seen["faults"] == []
    assert seen["threads"] == []


def _cleaned(text: str) -> str:
    """Return the address in a cell of the sample, without what people wrap around it."""
    return text.replace("mailto:", "").rpartition("<")[2].strip(" >").lower()
