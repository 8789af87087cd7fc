"""Print what every oracle says of every workbook of the corpus, and what is refused and why.

    python -m tests.workbook.corpus.table [FOLDER ...]

Cells are what a reader found in the written copy, all of them as they were or as they were meant;
"-" is a program that could not open the original either.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tests.workbook.corpus.books import CORPUS, ODD, SOUND, books_in
from tests.workbook.corpus.holding import Findings, ask, hold
from tests.workbook.corpus.office import only_written_is_shown, show
from tests.workbook.corpus.readers import NodeReaders, all_readers
from tests.workbook.corpus.results import Written, write_results
from zoomdesk.errors import WorkbookError
from zoomdesk.workbook import Edits, inspect, plan

ORACLES = ("members", "c14n", "schema", "openpyxl", "calamine", "xlsx", "exceljs", "LibreOffice")


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def main(folders: Sequence[Path]) -> int:
    """Print the table and return 1 if any oracle complained."""
    faults = 0
    with tempfile.TemporaryDirectory() as temporary, NodeReaders() as node:
        readers = all_readers(node)
        for number, folder in enumerate(folders or [CORPUS]):
            target = Path(temporary, str(number))
            target.mkdir()
            extra = [SOUND] if folder == CORPUS else []
            written = _write_all([*books_in(folder), *extra], target)
            findings = [hold(one, readers) for one in written]
            _add_office(findings, written, target)
            faults += _say(folder, written, findings)
    _print_refused()
    return int(faults > 0)


def _write_all(books: Sequence[Path], target: Path) -> list[Written]:
    written = []
    for path in books:
        try:
            written.append(write_results(path, target / path.name))
        except WorkbookError as error:
            say(f"{path.name}: refused: {error.message}")
    return written


def _add_office(findings: list[Findings], written: Sequence[Written], folder: Path) -> None:
    shown = show(written, folder)
    for index, one in enumerate(written):
        findings[index]["LibreOffice"] = ask(lambda: only_written_is_shown(shown, index, one))  # noqa: B023 - asked at once


def _say(folder: Path, written: Sequence[Written], findings: Sequence[Findings]) -> int:
    say(f"\n{folder}\n| workbook | sheet | rows | " + " | ".join(ORACLES) + " |")
    say("|" + "---|" * (len(ORACLES) + 3))
    complaints, read, cells = [], Counter[str](), Counter[str]()
    for one, found in zip(written, findings, strict=True):
        row = []
        for oracle in ORACLES:
            count = found.get(oracle, "large")
            if isinstance(count, int) and count >= 0:
                read[oracle] += 1
                cells[oracle] += count
            elif isinstance(count, str) and count.startswith("FAULT"):
                complaints.append(f"{one.before.name}: {oracle}: {count}")
            row.append("-" if count == -1 else str(count).split(":")[0])
        say(f"| {one.before.name} | {one.sheet} | {one.rows} | " + " | ".join(row) + " |")
    rows = sum(one.rows for one in written)
    say(f"\n{len(written)} workbooks written, results on {rows} rows. Oracle: workbooks, sum")
    say("; ".join(f"{oracle}: {read[oracle]}, {cells[oracle]}" for oracle in ORACLES))
    say("\n".join(complaints) or "No oracle complained.")
    return len(complaints)


def _print_refused() -> None:
    say(f"\n{CORPUS / 'refuse'}")
    for path in sorted((CORPUS / "refuse").iterdir()):
        if path.suffix == ".tsv" or path in (SOUND, ODD):
            continue
        try:
            plan(path, Edits(first_sheet(path), {(1, 1): "x"}))
        except WorkbookError as error:
            say(f"| {path.name} | {error.title} | {error.message} {error.hint} |")
        else:
            say(f"| {path.name} | FAULT: not refused | |")


def first_sheet(path: Path) -> str:
    """Return the name of the first sheet, ``""`` where it cannot be known."""
    try:
        return inspect(path).sheets[0].name
    except WorkbookError:
        return ""


if __name__ == "__main__":
    sys.exit(main([Path(argument) for argument in sys.argv[1:]]))
