"""Open what a command is given: options for text and passwords, and who is asked for one.

A password never stands in the command: the list of processes shows commands to everybody. It comes
from a file, from the environment, or from whoever sits at the terminal.
"""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from zoomdesk import workbook
from zoomdesk.cli.output import Output
from zoomdesk.cli.terminal import is_interactive
from zoomdesk.errors import PasswordNeeded, UsageError, WrongPassword
from zoomdesk.roster.table import Roster
from zoomdesk.settings import Settings

PASSWORD_VARIABLE = "ZOOMDESK_WORKBOOK_PASSWORD"  # noqa: S105  a name, no password
_TRIES = 3


@dataclass(frozen=True, slots=True)
class Opened:
    """A sheet, its people, and the password that opened the workbook, if it has one."""

    sheet: workbook.Sheet
    roster: Roster
    password: str | None


def add_book_options(parser: argparse.ArgumentParser) -> None:
    """Declare the workbook of a command and how it is to be opened."""
    parser.add_argument(
        "book", metavar="BOOK", help="the list: .xlsx, .xlsm, .csv, .xls, .xlsb or .ods"
    )
    parser.add_argument("--sheet", metavar="NAME", help="which sheet; default the first visible")
    group = parser.add_argument_group("plain text (.csv)")
    group.add_argument(
        "--encoding",
        metavar="NAME",
        help=f"instead of what is guessed: {', '.join(workbook.ENCODINGS)}",
    )
    group.add_argument(
        "--separator", metavar="S", help="instead of what is guessed: comma, semicolon, tab, pipe"
    )
    add_password_option(parser)


def add_password_option(parser: argparse.ArgumentParser) -> None:
    """Declare where the password of a locked workbook comes from."""
    parser.add_argument(
        "--password-file",
        metavar="FILE",
        help="its first line opens a locked workbook; without it the variable "
        f"{PASSWORD_VARIABLE} does, or you are asked",
    )


def open_roster(options: argparse.Namespace, settings: Settings, output: Output) -> Opened:
    """Read the sheet that the options name, and find its people.

    Raises the WorkbookError family, NoPeopleFound among them, and UsageError.
    """
    sheet, password = open_sheet(options, output)
    return Opened(sheet, Roster.from_grid(sheet, result_headers=settings.result_columns), password)


def open_sheet(options: argparse.Namespace, output: Output) -> tuple[workbook.Sheet, str | None]:
    """Read the sheet that the options name; return it with the password that was needed."""
    path = Path(options.book)
    password = password_for(path, options)
    text = text_options(options)
    sheet = workbook.read(path, options.sheet, password=password, text=text)
    if sheet.book.text is not None and not sheet.book.text.sure:
        name = workbook.ENCODINGS[sheet.book.text.encoding]
        output.say(
            f"Note: “{path.name}” was read as {name}, which is not sure. Look at the names; "
            "--encoding reads it another way."
        )
    return sheet, password


def text_options(options: argparse.Namespace) -> workbook.TextOptions | None:
    """Return how the options want plain text to be read, None where all is left to a guess."""
    if not options.encoding and not options.separator:
        return None
    return workbook.TextOptions(options.encoding or "", options.separator or "")


def password_for(path: Path, options: argparse.Namespace) -> str | None:
    """Return the password of a locked workbook, None where it has none.

    Raises PasswordNeeded where nobody can be asked, WrongPassword, UsageError where the file of
    the password cannot be read.
    """
    if not workbook.is_locked(path):
        return None
    given = _given(options)
    try:
        workbook.inspect(path, password=given or None)
    except PasswordNeeded as error:
        if is_interactive():
            return _asked(path)
        error.hint = f"Give it by --password-file FILE or in {PASSWORD_VARIABLE}."
        raise
    return given or None


def _asked(path: Path) -> str:
    for left in reversed(range(_TRIES)):
        password = getpass.getpass(f"Password of “{path.name}”: ", stream=sys.stderr)
        try:
            workbook.inspect(path, password=password)
        except (WrongPassword, PasswordNeeded) as error:
            if not left:
                raise
            print(error.message, file=sys.stderr)
        else:
            return password
    raise AssertionError("unreachable")


def _given(options: argparse.Namespace) -> str:
    if not options.password_file:
        return os.environ.get(PASSWORD_VARIABLE, "")
    try:
        text = Path(options.password_file).read_text("utf-8-sig")
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise UsageError(
            f"The password in “{options.password_file}” cannot be read: {why}."
        ) from None
    first = text.splitlines()[0] if text else ""
    if not first:
        raise UsageError(f"The file “{options.password_file}” holds no password in its first line.")
    return first
