"""The command ``diagnose``: calls that failed, as Zoom's support can be shown them."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from zoomdesk import logfile, paths
from zoomdesk import settings as settings_module
from zoomdesk.cli.output import Output, table
from zoomdesk.errors import ExportFailed, UsageError
from zoomdesk.registration import diagnosis
from zoomdesk.services import Services
from zoomdesk.zoom.as_curl import SHELLS, as_curl
from zoomdesk.zoom.as_postman import as_postman
from zoomdesk.zoom.failed_calls import Entry

_CALL = re.compile(r"[0-9a-f]{8}")
_REMARK = {"bash": "#", "powershell": "#", "cmd": "rem"}


def add_diagnose(commands: Any) -> None:
    """Declare the command and its options."""
    diagnose = commands.add_parser(
        "diagnose",
        help="calls to Zoom that failed, without tokens and names",
        description="Shows the calls that failed lately, those about a run, or one of them. Tokens "
        "and people are replaced by placeholders, so that an administrator can hand them to Zoom’s "
        "support. With a token filled in, a copied call does what it says: registering registers.",
    )
    diagnose.add_argument("which", nargs="?", metavar="RUN|CALL", help="a run, or one call’s ID")
    diagnose.add_argument(
        "--curl",
        nargs="?",
        const="bash",
        choices=SHELLS,
        help="print curl commands for this shell (default bash); fill in {{token}}",
    )
    diagnose.add_argument(
        "--postman", metavar="FILE", help="save them as a Postman collection (v2.1)"
    )
    diagnose.add_argument("--forget", action="store_true", help="drop the record of failed calls")


def diagnose(options: argparse.Namespace, output: Output) -> int:
    """Show, export or drop what is on record. Raises UsageError for what is not there."""
    with Services.open(settings_module.load()) as services:
        entries = _chosen(services, options.which or "")
        if options.forget:
            services.failed_calls.forget()
    log = paths.log_dir() / logfile.NAME
    data: dict[str, Any] = {
        "calls": [_row(entry, options.curl) for entry in entries],
        "log": str(log),
        "forgotten": options.forget,
        "postman": None,
    }
    if options.postman and entries:
        data["postman"] = str(_save(Path(options.postman), entries))
    output.result(data, lambda: _text(entries, options.curl or "", data))
    return 0


def _chosen(services: Services, which: str) -> list[Entry]:
    entries = list(services.failed_calls.entries())
    if _CALL.fullmatch(which):
        found = [entry for entry in entries if entry.call.id == which]
        if not found:
            raise UsageError(f"There is no failed call “{which}”.", hint="See: zoomdesk diagnose")
        return found
    return diagnosis.of_run(services.journal, which, entries) if which else entries


def _save(path: Path, entries: Sequence[Entry]) -> Path:
    try:
        path.write_text(as_postman(entry.call for entry in entries), encoding="utf-8")
    except OSError as error:
        raise ExportFailed(f"{path}: {error.strerror}.") from error
    return path.resolve()


def _row(entry: Entry, shell: Any) -> dict[str, Any]:
    call = entry.call
    row: dict[str, Any] = {
        "id": call.id,
        "when": call.when,
        "first": entry.first,
        "count": entry.count,
        "method": call.method,
        "path": call.path,
        "people": call.people,
        "http": call.http,
        "code": call.code,
        "message": call.words,
        "tracking": call.tracking,
    }
    return row | ({"curl": as_curl(call, shell)} if shell else {})


def _text(entries: Sequence[Entry], shell: Any, data: dict[str, Any]) -> str:
    if data["forgotten"]:
        return "The record of failed calls is empty now."
    if not entries:
        return f"No failed call is on record. The log is {data['log']}."
    if shell:
        return "\n\n".join(
            f"{_REMARK[shell]} {entry.call.describe()}\n{as_curl(entry.call, shell)}"
            for entry in entries
        )
    rows = [
        (entry.call.id, entry.call.when, f"{entry.count:,}", entry.call.describe())
        for entry in entries
    ]
    parts = [table(("Call", "Last (UTC)", "Times", "What failed"), rows), ""]
    tracked = [entry.call for entry in entries if entry.call.tracking]
    parts += [f"{call.id}: x-zm-trackingid {call.tracking}" for call in tracked]
    if data["postman"]:
        parts.append(f"Saved: {data['postman']}")
    parts.append(f"The log is {data['log']}.")
    return "\n".join(parts)
