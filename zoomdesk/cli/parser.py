"""Declare the commands and their options, and read rows and events as people write them."""

from __future__ import annotations

import argparse
from typing import NoReturn

from zoomdesk import __version__
from zoomdesk.cli.diagnosing import add_diagnose
from zoomdesk.cli.opening import add_book_options, add_password_option
from zoomdesk.errors import UsageError

EXIT_CODES = """\
exit codes: 0 every row that could be registered is; 1 some rows failed; 2 usage; 3 sign-in needed;
4 the workbook; 5 Zoom refused the run, could not be reached, or the day's limit is used up."""


class Parser(argparse.ArgumentParser):
    """An argument parser whose complaints are errors of ours, so that ``--json`` covers them."""

    def error(self, message: str) -> NoReturn:
        """Raise UsageError instead of leaving the program."""
        sentence = message[:1].upper() + message[1:].rstrip(".") + "."
        raise UsageError(sentence, hint=f"See: {self.prog} --help")


def build() -> Parser:
    """Return the parser of all commands."""
    parser = Parser(
        prog="zoomdesk",
        description="Register the people of a workbook for a Zoom event and get every link back.",
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"zoomdesk {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_check(commands)
    _add_show(commands)
    _add_patch(commands)
    _add_register(commands)
    _add_resume(commands)
    _add_links(commands)
    _add_registrants(commands)
    _add_account(commands)
    _add_practice(commands)
    _add_journal(commands)
    add_diagnose(commands)
    for sub in commands.choices.values():
        sub.add_argument("--json", action="store_true", help="print one JSON object on stdout")
    return parser


def _add_check(commands: argparse._SubParsersAction[Parser]) -> None:
    check = commands.add_parser("check", help="columns matched, problems by row; sends nothing")
    add_book_options(check)


def _add_show(commands: argparse._SubParsersAction[Parser]) -> None:
    show = commands.add_parser("show", help="what a sheet holds, as Excel displays it")
    add_book_options(show)


def _add_patch(commands: argparse._SubParsersAction[Parser]) -> None:
    patch = commands.add_parser(
        "patch",
        help="set some cells, leave the rest of the file as it is",
        description='FILE.json is one object of references and values: {"C5": "text", "D5": 12, '
        '"E5": null}. A text is always written as text, a number as a number; null and "" empty '
        "the cell, which keeps its format.",
    )
    patch.add_argument("book", metavar="BOOK", help="the workbook, .xlsx or .xlsm")
    patch.add_argument("--sheet", metavar="NAME", help="which sheet; default the first visible")
    add_password_option(patch)
    patch.add_argument(
        "--cells", metavar="FILE.json", required=True, help="the cells; - reads standard input"
    )
    _add_output(patch)
    patch.add_argument(
        "--overwrite-formulas", action="store_true", help="let values take the place of formulas"
    )
    patch.add_argument("--dry-run", action="store_true", help="check everything, write nothing")


def _add_register(commands: argparse._SubParsersAction[Parser]) -> None:
    register = commands.add_parser("register", help="register people and write their links back")
    add_book_options(register)
    _add_event(register, required=False)
    _add_choice(register)
    register.add_argument(
        "--answer",
        metavar="QUESTION=COLUMN",
        action="append",
        help="the column (heading or letter) that answers a question of the event's form",
    )
    register.add_argument(
        "--practice", action="store_true", help="use the simulator: nobody is mailed"
    )
    register.add_argument(
        "--no-auto-approve", action="store_true", help="leave approval to the host"
    )
    register.add_argument("--yes", action="store_true", help="do not ask before sending")
    _add_waiting(register)
    add_account_option(register)


def _add_resume(commands: argparse._SubParsersAction[Parser]) -> None:
    resume = commands.add_parser("resume", help="finish runs that were cut short")
    resume.add_argument("run", nargs="?", metavar="RUN", help="which one; the newest if not said")
    resume.add_argument("--list", action="store_true", help="only list the unfinished runs")
    resume.add_argument("--output", metavar="COPY", help="write a copy instead")
    resume.add_argument(
        "--book", metavar="OTHER", help="write into this workbook: the run's own is gone"
    )
    resume.add_argument("--sheet", metavar="NAME", help="the sheet of --book; default the run's")
    resume.set_defaults(encoding=None, separator=None)
    _add_waiting(resume)
    add_account_option(resume)
    add_password_option(resume)


def _add_choice(parser: Parser) -> None:
    """Declare whom of the sheet a command is for, for which dates, and how careful it is."""
    parser.add_argument("--rows", metavar="2-40,55", help="only these rows of the sheet")
    parser.add_argument(
        "--include-hidden", action="store_true", help="also rows that the workbook hides"
    )
    parser.add_argument(
        "--occurrence",
        metavar="ID",
        action="append",
        help="of a recurring event only this date; may be given several times",
    )
    _add_output(parser)
    parser.add_argument("--dry-run", action="store_true", help="show what would happen")


def _add_output(parser: Parser) -> None:
    parser.add_argument("--output", metavar="COPY", help="write a copy, leave BOOK untouched")


def _add_waiting(parser: Parser) -> None:
    parser.add_argument(
        "--wait-for-tomorrow",
        action="store_true",
        help="where Zoom's limit for the day is met, wait for 00:00 GMT and go on",
    )


def _add_links(commands: argparse._SubParsersAction[Parser]) -> None:
    links = commands.add_parser("links", help="fetch the links again, register nobody")
    add_book_options(links)
    _add_event(links, required=True)
    _add_output(links)
    add_account_option(links)


def _add_registrants(commands: argparse._SubParsersAction[Parser]) -> None:
    helps = {
        "approve": "approve people who wait, or were denied or cancelled",
        "deny": "deny people who wait or were approved",
        "cancel": "cancel registrations: their links stop working",
        "delete": "take people off Zoom's list, for good",
    }
    for name, text in helps.items():
        command = commands.add_parser(name, help=text)
        add_book_options(command)
        _add_event(command, required=True)
        _add_choice(command)
        command.add_argument("--yes", action="store_true", help="do not ask before it is done")
        add_account_option(command)


def _add_account(commands: argparse._SubParsersAction[Parser]) -> None:
    sign_in = commands.add_parser("sign-in", help="sign in to Zoom")
    sign_in.add_argument("--client-id", metavar="C", help="the app's client ID; kept as a setting")
    sign_in.add_argument(
        "--server-to-server", action="store_true", help="with the secret of an app, on stdin"
    )
    sign_in.add_argument("--account-id", metavar="A", help="for --server-to-server")
    sign_out = commands.add_parser("sign-out", help="forget the session and revoke it at Zoom")
    who = sign_out.add_mutually_exclusive_group()
    add_account_option(who)
    who.add_argument("--all", action="store_true", help="every account of this computer")
    add_account_option(commands.add_parser("whoami", help="who is signed in"))
    proxy = commands.add_parser("proxy", help="which proxy leads to Zoom, and its login")
    proxy.add_argument("address", nargs="?", metavar="ADDRESS", help="http://proxy.office:8080")
    proxy.add_argument("--user", metavar="NAME", help="its name for you; the password on stdin")
    proxy.add_argument(
        "--system", action="store_true", help="ask the system again; forget the login"
    )
    accounts = commands.add_parser("accounts", help="the accounts that are signed in")
    accounts.add_argument(
        "--use", metavar="WHO", help="work with this one from now on: address, name or account ID"
    )


def _add_practice(commands: argparse._SubParsersAction[Parser]) -> None:
    practice = commands.add_parser("practice", help="serve the simulator until stopped")
    practice.add_argument("--port", type=int, default=0, metavar="N", help="default: any free port")
    practice.add_argument("--state", metavar="FILE", help="keep the simulated Zoom in this file")


def _add_journal(commands: argparse._SubParsersAction[Parser]) -> None:
    journal = commands.add_parser("journal", help="what the record of runs holds; clear it")
    journal.add_argument("act", choices=("show", "clear"), metavar="show|clear")
    journal.add_argument(
        "--older-than", type=_days, metavar="DAYS", help="clear only runs older than that"
    )
    journal.add_argument("--run", metavar="RUN", help="clear only this run")
    journal.add_argument(
        "--unfinished", action="store_true", help="also runs that could be gone on with"
    )
    journal.add_argument("--yes", action="store_true", help="do not ask before clearing")


def _days(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or not 1 <= int(text) <= 36_500:
        raise argparse.ArgumentTypeError("write a number of days from 1 to 36500")
    return int(text)


def _add_event(parser: argparse.ArgumentParser, *, required: bool) -> None:
    group = parser.add_mutually_exclusive_group(required=required)
    group.add_argument("--webinar", metavar="ID", help="the webinar's ID or link")
    group.add_argument("--meeting", metavar="ID", help="the meeting's ID or link")


def add_account_option(parser: argparse._ActionsContainer) -> None:
    """Let a command that talks to Zoom do so as somebody else than the account in use."""
    parser.add_argument(
        "--account",
        metavar="WHO",
        default="",
        help="as this account, for this command: its address, name or account ID",
    )


def parse_rows(text: str | None) -> set[int] | None:
    """Read ``2-40,55`` as row numbers of the sheet; None means all.

    Raises UsageError for anything else, and for rows beyond Excel's 1,048,576.
    """
    if text is None:
        return None
    rows: set[int] = set()
    for part in text.replace(" ", "").split(","):
        first, dash, last = part.partition("-")
        if not first.isascii() or not first.isdecimal() or (dash and not last.isdecimal()):
            raise UsageError(
                f"“{part}” is not a row or a range of rows.",
                hint="Write them as in --rows 2-40,55.",
            )
        low, high = int(first), int(last or first)
        if not 1 <= low <= high <= 1_048_576:
            raise UsageError(f"The rows {part} do not exist in a sheet.")
        rows.update(range(low, high + 1))
    return rows


def wants_json(argv: list[str]) -> bool:
    """Tell whether JSON was asked for, before the arguments are known to make sense."""
    return "--json" in argv
