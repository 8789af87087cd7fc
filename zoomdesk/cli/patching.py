"""The command ``patch``: set some cells of a workbook, by the same way that results take.

The cells come as one JSON object of references and values. What it holds is checked here, as usage;
what the workbook says to it is for ``workbook.plan`` and ``workbook.apply``.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from datetime import datetime
from pathlib import Path
from typing import Any, NoReturn

from zoomdesk import paths, workbook
from zoomdesk import settings as settings_module
from zoomdesk.cli.afterwards import look_again
from zoomdesk.cli.opening import password_for
from zoomdesk.cli.output import Output, count
from zoomdesk.cli.reports import shown
from zoomdesk.errors import UsageError, WriteRefused
from zoomdesk.workbook.references import parse_reference, reference

MAX_INTEGER = 2**53
"""Beyond it a cell, which holds numbers as doubles, would hold another integer than was given."""
MAX_NUMBER = 9.99999999999999e307
"""The largest number that Excel takes."""
_EXAMPLE = 'The cells are one JSON object, such as {"C5": "text", "D5": 12, "E5": null}.'

Value = str | int | float | None


class _Pairs(list[tuple[str, Any]]):
    """A JSON object as it was written: a dictionary would hide what stands in it twice."""


class _Digits(str):
    """A number of a JSON file that is not read as one: too long, or not finite."""

    __slots__ = ()


def patch(options: argparse.Namespace, output: Output) -> int:
    """Set the cells and print what was written.

    Raises UsageError for cells that make no sense, the WorkbookError family where the workbook or
    the disk refuses.
    """
    cells = parse_cells(_given(options.cells))
    edits = workbook.Edits(
        options.sheet or "", cells, overwrite_formulas=options.overwrite_formulas
    )
    path, copy = Path(options.book), Path(options.output) if options.output else None
    password = password_for(path, options)
    if password is not None and copy is None:
        raise WriteRefused(
            f"“{path.name}” is locked by a password and stays as it is: only a copy is written.",
            hint="Name the copy: --output COPY. It gets the same password.",
        )
    plan = workbook.extended(workbook.plan(path, edits, password=password))
    data: dict[str, Any] = {
        "book": shown(plan.path),
        "sheet": plan.sheet.name,
        "cells": plan.cells,
        "backup": None,
        "warnings": list(plan.warnings),
        "output": None,
    }
    what = f"{count(plan.cells, 'cell', 'cells')} of sheet “{plan.sheet.name}”"
    if options.dry_run:
        data["dry_run"] = True
        text = f"{what} would be written into {shown(copy or path)}. Nothing was written."
    else:
        report = _apply(plan, copy)
        data |= {
            "backup": shown(report.backup) if report.backup else None,
            "warnings": [*report.warnings, *look_again(report, output)],
            "output": shown(report.path),
        }
        text = f"{what} written: {data['output']}"
        if report.backup:
            text += f"\nThe file as it was before: {data['backup']}"
    output.result(data, lambda: text)
    for warning in data["warnings"]:
        output.say(f"Note: {warning}")
    return 0


def _apply(plan: workbook.WritePlan, copy: Path | None) -> workbook.WriteReport:
    """Write, with a copy of the file as it was before where the settings want one."""
    settings = settings_module.load()
    folder = paths.data_dir() / "backups" if settings.backup else None
    report = workbook.apply(plan, copy, backup_dir=folder)
    if report.backup is not None:
        workbook.prune_backups(
            report.backup.parent,
            plan.path.resolve(),
            datetime.now().astimezone(),
            days=settings.backup_days,
            count=settings.backup_count,
        )
    return report


def _given(name: str) -> bytes:
    """Return the bytes of the file, or of standard input."""
    try:
        if name != "-":
            return Path(name).read_bytes()
        if sys.stdin is None:
            raise UsageError("There is no standard input to read the cells from.")
        return sys.stdin.buffer.read()
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        why = getattr(error, "strerror", None) or error
        raise UsageError(f"The cells in “{name}” cannot be read: {why}.") from None


def parse_cells(data: bytes) -> dict[tuple[int, int], Value]:
    """Return (row, column) -> value of a JSON object in UTF-8, with a BOM or without.

    An empty text empties the cell, as None does. Raises UsageError that names the key for what is
    no cell, for a cell that is there twice, and for a value that a cell cannot hold unchanged.
    """
    try:
        found = json.loads(
            data.decode("utf-8-sig"),
            object_pairs_hook=_Pairs,
            parse_int=_integer,
            parse_constant=_Digits,
        )
    except UnicodeDecodeError:
        raise UsageError("The file of cells is not UTF-8 text.", hint=_EXAMPLE) from None
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise UsageError(
            f"The file of cells is not JSON: {error.msg} at {where}.", hint=_EXAMPLE
        ) from None
    except RecursionError:
        raise UsageError("The file of cells is nested too deeply.", hint=_EXAMPLE) from None
    if not isinstance(found, _Pairs):
        raise UsageError("The file of cells is not a JSON object.", hint=_EXAMPLE)
    if not found:
        raise UsageError("The file of cells names no cell.", hint=_EXAMPLE)
    cells: dict[tuple[int, int], Value] = {}
    for key, value in found:
        try:
            cell = parse_reference(key)
        except ValueError:
            raise UsageError(
                f"“{key}” is not a cell.", hint="Cells are named as in Excel: A1 to XFD1048576."
            ) from None
        if cell in cells:
            raise UsageError(f"The cell {reference(*cell)} is there twice (“{key}”).")
        cells[cell] = _value(key, value)
    return cells


def _integer(digits: str) -> int | _Digits:
    # int() itself refuses thousands of digits, and by then the key is not known.
    return int(digits) if len(digits) <= 20 else _Digits(digits)


def _value(key: str, value: Any) -> Value:
    if isinstance(value, _Digits):
        if value.lstrip("-").isdigit():
            _refuse_integer(key)
        raise UsageError(f"{value} for “{key}” is not a number that a cell can hold.")
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        raise UsageError(
            f"The value for “{key}” is {str(value).lower()}, which is neither text nor number.",
            hint='Give it as text, "TRUE" or "FALSE", or as 1 or 0.',
        )
    if isinstance(value, int):
        if abs(value) > MAX_INTEGER:
            _refuse_integer(key)
        return value
    if isinstance(value, float):
        if not math.isfinite(value) or abs(value) > MAX_NUMBER:
            raise UsageError(f"The number for “{key}” is larger than a cell can hold.")
        return value
    if isinstance(value, str):
        if any("\ud800" <= letter <= "\udfff" for letter in value):  # JSON may say it, UTF-8 not
            raise UsageError(f"The text for “{key}” holds half of a character.")
        return value
    raise UsageError(f"The value for “{key}” is a list or an object: a cell holds one value.")


def _refuse_integer(key: str) -> NoReturn:
    raise UsageError(
        f"The number for “{key}” has more digits than Excel keeps, which would change it.",
        hint='Give it as text, in quotes: "12345678901234567890".',
    )
