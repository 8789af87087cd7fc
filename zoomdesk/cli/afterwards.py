"""Look again at a workbook that was written; clear away what killed saves left beside it."""

from __future__ import annotations

import argparse
from pathlib import Path

from zoomdesk import workbook
from zoomdesk.cli.output import Output
from zoomdesk.registration.writeback import WriteBack
from zoomdesk.workbook import WriteReport


def look_again(written: WriteBack | WriteReport, output: Output) -> tuple[str, ...]:
    """Return a warning where a sync client has put another version in the file's place.

    That takes some seconds in a folder that one carries, and none elsewhere.
    """
    client = workbook.sync_client(written.path)
    if client:
        output.say(f"{client} carries this folder: looking again in some seconds.")
    warning = workbook.settled(written.path, written.fingerprint).warning(written.path)
    return (warning,) if warning else ()


def clean_up(options: argparse.Namespace) -> None:
    """Remove what killed saves left in the folder of the workbook that a command is about."""
    book = getattr(options, "book", None)
    if book:
        workbook.clean_beside([Path(book)])
