"""Choose rows of a list, and the command that only looks: ``check``."""

from __future__ import annotations

import argparse
from collections import Counter
from dataclasses import asdict
from typing import Any

from zoomdesk import settings as settings_module
from zoomdesk.cli.opening import open_roster
from zoomdesk.cli.output import Output, count, table
from zoomdesk.cli.parser import parse_rows
from zoomdesk.errors import UsageError
from zoomdesk.roster.fields import Field
from zoomdesk.roster.problems import Severity
from zoomdesk.roster.standing import Standing
from zoomdesk.roster.table import Roster

WORDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}


def choose(
    roster: Roster, rows: str | None, *, include_hidden: bool, ended: bool = False
) -> list[int]:
    """Return the indexes of the rows that the person named, hidden ones only if asked for.

    So are those whose registration was cancelled or deleted (``ended``). A row that is named in
    ``rows`` is meant, whatever it is. Raises UsageError where no person
    stands in any of the rows.
    """
    wanted = parse_rows(rows)
    chosen = [
        index
        for index in range(len(roster))
        if (roster.row_number(index) in wanted if wanted is not None else True)
        and (wanted is not None or include_hidden or not roster.is_hidden(index))
        and (wanted is not None or ended or roster.standing(index) is not Standing.ENDED)
    ]
    if wanted is not None and not chosen:
        raise UsageError(f"There are no people in the rows {rows} of “{roster.name}”.")
    return chosen


def check(options: argparse.Namespace, output: Output) -> int:
    """Print the matched columns and the problems of each row; send nothing."""
    opened = open_roster(options, settings_module.load(), output)
    sheet, roster = opened.sheet, opened.roster
    problems = [
        {
            "row": roster.row_number(index),
            "field": problem.field.value if isinstance(problem.field, Field) else None,
            "severity": WORDS[problem.severity],
            "code": problem.code,
            "message": problem.message,
            "suggestion": problem.suggestion,
        }
        for index in range(len(roster))
        for problem in roster.problems(index)
    ]
    columns = [
        {
            "column": column.sheet_column,
            "header": column.header,
            "field": column.field.value if column.field else None,
            "result": column.result.value if column.result else None,
            "confidence": round(column.confidence, 2),
            "reason": column.reason,
        }
        for column in roster.columns
        if column.sheet_column is not None
    ]
    counts = roster.counts()
    data: dict[str, Any] = {
        "book": str(sheet.book.path),
        "sheet": roster.name,
        "sheets": [info.name for info in sheet.book.sheets],
        "header_row": roster.header_row,
        "rows": len(roster),
        "ready": counts.ready,
        "to_fix": counts.to_fix,
        "duplicates": counts.duplicates,
        "registered": counts.registered,
        "hidden": sum(roster.is_hidden(index) for index in range(len(roster))),
        "writable": not (sheet.book.write_refusal or sheet.book.new_file),
        "write_refusal": sheet.book.write_refusal,
        "new_file": sheet.book.new_file,
        "text": asdict(sheet.book.text) if sheet.book.text else None,
        "columns": columns,
        "problems": problems,
    }
    output.result(data, lambda: _report(data))
    return 0


def _report(data: dict[str, Any]) -> str:
    matched = [c for c in data["columns"] if c["field"] or c["result"]]
    lines = [
        f"{count(data['rows'], 'person', 'people')} on sheet “{data['sheet']}” of {data['book']}",
        "",
        table(
            ("Column", "Heading", "Taken as", "Why"),
            [
                (
                    str(c["column"]),
                    c["header"],
                    (c["field"] or c["result"]).replace("_", " "),
                    c["reason"],
                )
                for c in matched
            ],
        ),
        "",
    ]
    if data["problems"]:
        lines += [
            table(
                ("Row", "Severity", "Field", "What"),
                [
                    (
                        str(p["row"]),
                        p["severity"],
                        p["field"].replace("_", " "),
                        p["message"] + (f" → {p['suggestion']}" if p["suggestion"] else ""),
                    )
                    for p in data["problems"]
                ],
            ),
            "",
        ]
    severities = Counter(p["severity"] for p in data["problems"])
    lines.append(
        f"{data['ready']:,} ready · {count(severities['error'], 'error', 'errors')} · "
        f"{count(severities['warning'], 'warning', 'warnings')} · "
        f"{count(severities['note'], 'note', 'notes')}"
    )
    if data["write_refusal"]:
        lines.append(f"Results cannot be written into this file: {data['write_refusal']}")
    if data["new_file"]:
        lines.append(data["new_file"])
    return "\n".join(lines)
