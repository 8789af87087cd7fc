"""Run one command: parse, do, and turn what went wrong into words and an exit code."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence

from zoomdesk import logfile, settings
from zoomdesk.cli import accounts, books, diagnosing, journal, patching, registrants, runs, showing
from zoomdesk.cli.afterwards import clean_up
from zoomdesk.cli.output import Output
from zoomdesk.cli.parser import build, wants_json
from zoomdesk.errors import InternalError, Interrupted, ZoomdeskError
from zoomdesk.zoom.failed_call import FailedCall

Command = Callable[[argparse.Namespace, Output], int]

COMMANDS: dict[str, Command] = {
    "check": books.check,
    "show": showing.show,
    "patch": patching.patch,
    "register": runs.register,
    "resume": runs.resume,
    "links": runs.links,
    "approve": registrants.change,
    "deny": registrants.change,
    "cancel": registrants.change,
    "delete": registrants.change,
    "sign-in": accounts.sign_in,
    "sign-out": accounts.sign_out,
    "whoami": accounts.whoami,
    "accounts": accounts.accounts,
    "proxy": accounts.proxy,
    "practice": accounts.practice,
    "journal": journal.journal,
    "diagnose": diagnosing.diagnose,
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command in ``argv`` (default: the program's arguments) and return its exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    output = Output(as_json=wants_json(words))
    try:
        options = build().parse_args(words)
        clean_up(options)
        with logfile.writing(_log_level()):
            return COMMANDS[options.command](options, output)
    except ZoomdeskError as error:
        return _ended(error, output)
    except SystemExit as end:  # --help and --version
        return int(end.code or 0)
    except KeyboardInterrupt:
        return _ended(Interrupted("The command was ended by Ctrl+C."), output)
    except Exception as error:  # noqa: BLE001  whatever it is, a person is owed plain words
        return _ended(InternalError.of(error, logfile.record(error)), output)


def _log_level() -> str:
    try:
        return settings.load().log_level
    except ZoomdeskError:
        return settings.Settings().log_level  # the command itself says what is wrong with them


def _ended(error: ZoomdeskError, output: Output) -> int:
    output.error(error)
    if isinstance(call := error.failed_call, FailedCall):
        output.say(f"  For Zoom’s support: zoomdesk diagnose {call.id} --curl")
    return error.exit_code
